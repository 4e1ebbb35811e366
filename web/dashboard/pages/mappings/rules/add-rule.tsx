/** Makes a rule for a field that none writes yet. */
import { Autocomplete, Button, Group } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { added, newRule, type EditedRule } from '../model/rules.ts';
import { useEditor } from '../state.ts';
import { FieldOption } from './field-name.tsx';
import { openTargets } from './fields.ts';

/** Adds a rule for a field that none writes yet; `list`: in the rules of this list. */
export function AddRule({
  list,
  lists = [],
}: {
  readonly list: EditedRule | null;
  readonly lists?: readonly EditedRule[];
}) {
  const { t } = useTranslation('mappings');
  const { mapping, editing, openRule } = useEditor();
  const [target, setTarget] = useState('');
  const open = openTargets(mapping.targetFields, lists, list?.rules ?? editing.content.rules);
  function add(event: FormEvent): void {
    event.preventDefault();
    event.stopPropagation();
    if (target.trim() === '') return;
    const rule = newRule(target.trim());
    editing.changeRules((rules) => added(rules, rule, list?.id ?? null));
    setTarget('');
    openRule(rule.id);
  }
  return (
    <form onSubmit={add}>
      <Group mt="sm" gap="xs" align="flex-end">
        <Autocomplete
          label={list === null ? t('addFor') : t('addInList')}
          placeholder={open[0] === undefined ? '' : t('fieldPlaceholder', { field: open[0].path })}
          data={open.map(({ path }) => path)}
          renderOption={({ option: { value: path } }) => (
            <FieldOption path={path} about={open.find((field) => field.path === path)?.label ?? ''} />
          )}
          limit={100}
          value={target}
          onChange={setTarget}
          maw={320}
          style={{ flex: '1 1 200px' }}
        />
        <Button type="submit" variant="default" leftSection={<IconPlus size={16} aria-hidden="true" />}>
          {t('addRule')}
        </Button>
      </Group>
    </form>
  );
}
