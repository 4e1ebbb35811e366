/** A field by the name that people have for it, or by its code for who asked for codes: rules, expressions and files say these. */
import { Checkbox, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { changeHabits, useHabits } from '../../../parts/habits.ts';

export function FieldName({ path, name }: { readonly path: string; readonly name: string | null }) {
  const isCode = useHabits().hasFieldCodes || name === null || name === path;
  if (isCode) return <code title={name ?? undefined}>{path}</code>;
  return <span title={path}>{name}</span>;
}

/** The same in a sentence. */
export function useFieldWord(): (path: string, name: string | null) => string {
  const { hasFieldCodes } = useHabits();
  return (path, name) => (hasFieldCodes ? path : (name ?? path));
}

/** A field where one is chosen: its code, which is what rules say, and what is known about it. */
export function FieldOption({ path, about }: { readonly path: string; readonly about: string }) {
  return (
    <Stack gap={0}>
      <Text size="sm" component="code">
        {path}
      </Text>
      <Text size="xs" className="muted">
        {about}
      </Text>
    </Stack>
  );
}

export function CodesSwitch() {
  const { t } = useTranslation('mappings');
  return (
    <Checkbox
      mb="sm"
      ms={2}
      label={t('fieldCodes')}
      checked={useHabits().hasFieldCodes}
      onChange={({ currentTarget }) => changeHabits({ hasFieldCodes: currentTarget.checked })}
    />
  );
}
