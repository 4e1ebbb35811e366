/** What becomes of codes without a row. */
import { Button, Group, NativeSelect, Paper, Text, TextInput, Title } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { UnmappedPolicy } from '../../graph/kinds.ts';
import { Failure } from '../../parts/failure.tsx';
import { choicesFor, useEditing, type List } from './editing.ts';
import { useRefusal } from './refusal.ts';

const policies: readonly UnmappedPolicy[] = ['FAIL', 'USE_DEFAULT', 'PASS_THROUGH', 'LEAVE_OUT'];

export function WhenUnmapped({ list }: { readonly list: List }) {
  const { t } = useTranslation('valueLists');
  const { t: common } = useTranslation();
  const { mayEdit, decide } = useEditing();
  const { error, tell } = useRefusal();
  const [isSaving, setSaving] = useState(false);
  // Only what was touched is kept here, so that the rest is always as the list has it.
  const [draft, setDraft] = useState<{ readonly policy?: UnmappedPolicy; readonly value?: string }>({});
  const { policy = list.whenUnmapped, value = list.defaultValue ?? '' } = draft;
  const defaultValue = policy === 'USE_DEFAULT' ? value.trim() : null;
  const isSame = policy === list.whenUnmapped && (defaultValue ?? '') === (list.defaultValue ?? '');
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setSaving(true);
    const refusal = await decide({ whenUnmapped: policy, defaultValue });
    setSaving(false);
    tell(refusal);
    if (refusal === null) setDraft((now) => (now === draft ? {} : now));
  }
  return (
    <Paper withBorder p="md" component="section" aria-label={t('whenUnmapped')}>
      <Title order={2} mb="xs">
        {t('whenUnmapped')}
      </Title>
      <form onSubmit={(event) => void submit(event)}>
        <Group gap="sm" align="flex-end">
          <NativeSelect
            label={t('policyLabel')}
            disabled={!mayEdit}
            value={policy}
            onChange={(event) => setDraft({ ...draft, policy: event.currentTarget.value as UnmappedPolicy })}
            data={policies.map((each) => ({ value: each, label: t(`policy.${each}`) }))}
          />
          {policy === 'USE_DEFAULT' && (
            <TextInput
              label={t('defaultValue')}
              value={value}
              readOnly={!mayEdit}
              onChange={(event) => setDraft({ ...draft, value: event.currentTarget.value })}
              list={choicesFor(null)}
            />
          )}
          {mayEdit && (
            <Button type="submit" variant="default" disabled={isSame} loading={isSaving}>
              {common('save')}
            </Button>
          )}
        </Group>
      </form>
      <Text size="sm" mt="xs" className="muted">
        {t(`effect.${policy}`)}
      </Text>
      {error !== null && <Failure error={error} />}
    </Paper>
  );
}
