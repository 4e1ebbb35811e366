/** A rule being edited: what makes the value, and when, whether and with what it is written. */
import { Alert, Badge, Button, Checkbox, Fieldset, Group, NativeSelect, Stack, Switch, TextInput } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { DefaultWhen, EmptyPolicy, FieldRuleKind } from '../../../graph/kinds.ts';
import type { PreviewProblem } from '../model/reading.ts';
import { asKind, changed, moved, removed, type ChangeRule, type EditedRule, type PlacedRule } from '../model/rules.ts';
import { useEditor } from '../state.ts';
import { useFieldWord } from './field-name.tsx';
import { targetField, targetsFor } from './fields.ts';
import { targetName } from './names.ts';
import { PathInput } from './path-input.tsx';
import { RuleValue } from './rule-value.tsx';
import { ValueInput } from './value-input.tsx';

const kinds: readonly FieldRuleKind[] = ['COPY', 'CONSTANT', 'VALUE_MAP', 'CONDITION', 'EXPRESSION', 'LIST'];

export function RuleForm({
  row,
  problems,
}: {
  readonly row: PlacedRule;
  readonly problems: readonly PreviewProblem[];
}) {
  const { t } = useTranslation('mappings');
  const { editing, mayEdit, mapping } = useEditor();
  const word = useFieldWord();
  const { rule, lists } = row;
  const change: ChangeRule = (change) => editing.changeRules((rules) => changed(rules, rule.id, change));
  const field = targetField(mapping.targetFields, row);
  const targets = targetsFor(mapping.targetFields, lists).map(({ path, label, type }) => ({ path, label, type, sample: '' })); // prettier-ignore
  return (
    <Fieldset
      disabled={!mayEdit}
      className="rule-form"
      legend={t('ruleFor', { target: word(rule.target, targetName(mapping.targetFields, row)) })}
    >
      <Stack gap="sm">
        <Group gap="xs">
          {field !== undefined && (
            <Badge variant="light">{t(`type.${field.type as 'text'}`, { defaultValue: field.type })}</Badge>
          )}
          {field?.isRequired === true && (
            <Badge variant="light" color="orange">
              {t('required')}
            </Badge>
          )}
          {field === undefined && <Badge color="red">{t('unknownField')}</Badge>}
        </Group>
        <Group grow align="flex-start" preventGrowOverflow={false} gap="sm">
          <PathInput
            label={t('target')}
            value={rule.target}
            offered={targets}
            onChange={(target) => change({ target })}
          />
          <NativeSelect
            label={t('how')}
            value={rule.kind}
            data={kinds.map((kind) => ({ value: kind, label: t(`kindLong.${kind}`) }))}
            onChange={(event) => change(asKind(rule, event.currentTarget.value as FieldRuleKind, lists.length > 0))}
          />
        </Group>
        <RuleValue row={row} change={change} />
        <Writing rule={rule} type={field?.type} values={field?.enumValues ?? null} change={change} />
        {problems.map(({ code, message }) => (
          <Alert key={`${code}${message}`} color="red" variant="light" py="xs">
            {message}
          </Alert>
        ))}
        {mayEdit && <Placing row={row} />}
      </Stack>
    </Fieldset>
  );
}

/** When, and what without a value. */
function Writing({
  rule,
  type,
  values,
  change,
}: {
  readonly rule: EditedRule;
  readonly type: string | undefined;
  readonly values: readonly string[] | null;
  readonly change: ChangeRule;
}) {
  const { t } = useTranslation('mappings');
  const policies: readonly EmptyPolicy[] = ['OMIT', 'CLEAR', 'FAIL'];
  const uses: readonly DefaultWhen[] = ['NEVER', 'EMPTY', 'FORCED'];
  return (
    <>
      <Switches rule={rule} change={change} />
      <Group grow align="flex-start" preventGrowOverflow={false} gap="sm">
        <NativeSelect
          label={t('whenEmpty')}
          value={rule.whenEmpty}
          data={policies.map((policy) => ({ value: policy, label: t(`empties.${policy}`) }))}
          onChange={(event) => change({ whenEmpty: event.currentTarget.value as EmptyPolicy })}
        />
        <NativeSelect
          label={t('defaultWhen')}
          value={rule.defaultWhen}
          data={uses.map((use) => ({ value: use, label: t(`defaults.${use}`) }))}
          onChange={(event) => change({ defaultWhen: event.currentTarget.value as DefaultWhen })}
        />
        {rule.defaultWhen !== 'NEVER' && (
          <ValueInput
            label={t('default')}
            type={type}
            values={values}
            value={rule.default}
            onChange={(value) => change({ default: value })}
          />
        )}
      </Group>
      <TextInput
        label={t('note')}
        value={rule.note}
        onChange={(event) => change({ note: event.currentTarget.value })}
      />
    </>
  );
}

/** Whether it takes part at all, and when. */
function Switches({ rule, change }: { readonly rule: EditedRule; readonly change: ChangeRule }) {
  const { t } = useTranslation('mappings');
  return (
    <Group gap="lg">
      <Switch
        label={t('enabled')}
        checked={rule.isEnabled}
        onChange={(event) => change({ isEnabled: event.currentTarget.checked })}
      />
      <Checkbox
        label={t('onCreate')}
        checked={rule.onCreate}
        onChange={(event) => change({ onCreate: event.currentTarget.checked })}
      />
      <Checkbox
        label={t('onUpdate')}
        checked={rule.onUpdate}
        onChange={(event) => change({ onUpdate: event.currentTarget.checked })}
      />
    </Group>
  );
}

/** Where it stands among its neighbours, and away with it. */
function Placing({ row: { rule, isFirst, isLast } }: { readonly row: PlacedRule }) {
  const { t } = useTranslation('mappings');
  const { editing, openRule } = useEditor();
  const move = (by: -1 | 1): void => editing.changeRules((rules) => moved(rules, rule.id, by));
  return (
    <Group gap="xs">
      <Button
        size="xs"
        variant="default"
        disabled={isFirst}
        leftSection={<IconArrowUp size={14} aria-hidden="true" />}
        onClick={() => move(-1)}
      >
        {t('moveUp')}
      </Button>
      <Button
        size="xs"
        variant="default"
        disabled={isLast}
        leftSection={<IconArrowDown size={14} aria-hidden="true" />}
        onClick={() => move(1)}
      >
        {t('moveDown')}
      </Button>
      <Button
        size="xs"
        variant="subtle"
        color="red"
        leftSection={<IconTrash size={14} aria-hidden="true" />}
        onClick={() => {
          editing.changeRules((rules) => removed(rules, rule.id));
          openRule(null);
        }}
      >
        {t('removeRule')}
      </Button>
    </Group>
  );
}
