/** Somebody else has saved the draft meanwhile: what they changed, and what can be done. Other refusals of a save are said too. */
import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { RefusedError } from '../../api/hooks.ts';
import { Failure } from '../../parts/failure.tsx';
import { useFormats } from '../../parts/formats.ts';
import { contentOf, differingTargets } from './model/rules.ts';
import { useFieldWord } from './rules/field-name.tsx';
import { fieldName } from './rules/names.ts';
import { useEditor } from './state.ts';

export function Conflict({ error }: { readonly error: Error | null }) {
  const { t } = useTranslation('mappings');
  const formats = useFormats();
  const { mapping, editing, isSaving } = useEditor();
  const word = useFieldWord();
  const { newer, base } = editing;
  const isConflict = error instanceof RefusedError && error.refusals.some(({ code }) => code === 'VERSION_CONFLICT');
  if (newer === null || isSaving) return error === null || isConflict ? null : <Failure error={error} />;
  const theirs = differingTargets(base.rules, contentOf(newer.draft).rules).map((path) => word(path, fieldName(mapping.targetFields, path))); // prettier-ignore
  return (
    <Alert color="yellow" role="alert" title={t('conflictTitle')}>
      <Stack gap="xs">
        <Text size="sm">
          {theirs.length === 0 ? t('conflictSame') : t('conflictFields', { fields: formats.list(theirs.slice(0, 12)) })}{' '}
          {t('conflictText')}
        </Text>
        <Group gap="xs">
          <Button size="xs" variant="default" onClick={() => editing.take(newer)}>
            {t('takeTheirs')}
          </Button>
          <Button size="xs" variant="default" onClick={editing.keepMine}>
            {t('keepMine')}
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}
