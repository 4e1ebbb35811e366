/** What becomes of codes without a row. */
import { Button, Group, NativeSelect, Paper, Text, TextInput, Title } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../api/hooks.ts';
import { ValueListUpdateDocument } from '../../graph/graphql.ts';
import type { UnmappedPolicy } from '../../graph/kinds.ts';
import { Failure } from '../../parts/failure.tsx';
import { choicesFor, touched, useEditing, type List } from './editing.ts';

const policies: readonly UnmappedPolicy[] = ['FAIL', 'USE_DEFAULT', 'PASS_THROUGH', 'LEAVE_OUT'];

export function WhenUnmapped({ list }: { readonly list: List }) {
  const { t } = useTranslation('valueLists');
  const { t: common } = useTranslation();
  const { mayEdit } = useEditing();
  const update = useCommand(ValueListUpdateDocument, touched);
  const [policy, setPolicy] = useState<UnmappedPolicy>(list.whenUnmapped);
  const [value, setValue] = useState(list.defaultValue ?? '');
  const defaultValue = policy === 'USE_DEFAULT' ? value.trim() : null;
  const isSame = policy === list.whenUnmapped && (defaultValue ?? '') === (list.defaultValue ?? '');
  function submit(event: FormEvent): void {
    event.preventDefault();
    update
      .run({ input: { id: list.id, expectedRevision: list.draftRevision, whenUnmapped: policy, defaultValue } })
      .catch(() => undefined);
  }
  return (
    <Paper withBorder p="md" component="section" aria-label={t('whenUnmapped')}>
      <Title order={2} mb="xs">
        {t('whenUnmapped')}
      </Title>
      <form onSubmit={submit}>
        <Group gap="sm" align="flex-end">
          <NativeSelect
            label={t('policyLabel')}
            disabled={!mayEdit}
            value={policy}
            onChange={(event) => setPolicy(event.currentTarget.value as UnmappedPolicy)}
            data={policies.map((each) => ({ value: each, label: t(`policy.${each}`) }))}
          />
          {policy === 'USE_DEFAULT' && (
            <TextInput
              label={t('defaultValue')}
              value={value}
              readOnly={!mayEdit}
              onChange={(event) => setValue(event.currentTarget.value)}
              list={choicesFor(null)}
            />
          )}
          {mayEdit && (
            <Button type="submit" variant="default" disabled={isSame} loading={update.isRunning}>
              {common('save')}
            </Button>
          )}
        </Group>
      </form>
      <Text size="sm" mt="xs" className="muted">
        {t(`effect.${policy}`)}
      </Text>
      {update.error !== null && <Failure error={update.error} />}
    </Paper>
  );
}
