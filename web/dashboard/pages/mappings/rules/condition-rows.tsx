/** A table of conditions: rows tried from top to bottom, the first that holds gives the value. */
import { Button, Checkbox, Group, Paper, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ChangeRule, EditedRule, Row } from '../model/rules.ts';
import type { Offered } from './fields.ts';
import { OperandInput } from './operand-input.tsx';
import { PredicateInput } from './predicate-input.tsx';

interface Props {
  readonly rule: EditedRule;
  readonly offered: readonly Offered[];
  readonly type: string | undefined;
  readonly values: readonly string[] | null;
  readonly change: ChangeRule;
}

export function ConditionRows({ rule, offered, type, values, change }: Props) {
  const { t } = useTranslation('mappings');
  const { conditions, otherwise } = rule;
  const become = (next: readonly Row[]): void => change({ conditions: next });
  return (
    <Stack gap="sm">
      {conditions.map((row, i) => (
        <Paper key={i} withBorder p="sm" radius="md" role="group" aria-label={t('rowNumber', { number: i + 1 })}>
          <Stack gap="sm">
            <PredicateInput
              label={t('if')}
              value={row.when}
              offered={offered}
              onChange={(when) => become(conditions.with(i, { ...row, when }))}
            />
            <OperandInput
              label={t('then')}
              value={row.then}
              offered={offered}
              type={type}
              values={values}
              onChange={(then) => become(conditions.with(i, { ...row, then }))}
            />
            <RowPlace at={i} rows={conditions} become={become} />
          </Stack>
        </Paper>
      ))}
      <Group>
        <Button
          size="xs"
          variant="default"
          onClick={() => become([...conditions, { when: { field: '', is: 'filled' }, then: { constant: null } }])}
        >
          {t('addRow')}
        </Button>
        {conditions.length === 0 && (
          <Text size="sm" className="muted">
            {t('noRows')}
          </Text>
        )}
      </Group>
      <Checkbox
        label={t('hasOtherwise')}
        checked={otherwise !== null}
        onChange={(event) => change({ otherwise: event.currentTarget.checked ? { constant: null } : null })}
      />
      {otherwise !== null && (
        <OperandInput
          label={t('otherwise')}
          value={otherwise}
          offered={offered}
          type={type}
          values={values}
          onChange={(next) => change({ otherwise: next })}
        />
      )}
    </Stack>
  );
}

function RowPlace({
  at,
  rows,
  become,
}: {
  readonly at: number;
  readonly rows: readonly Row[];
  become(rows: readonly Row[]): void;
}) {
  const { t } = useTranslation('mappings');
  const swap = (other: number): void => become(rows.with(at, rows[other]!).with(other, rows[at]!));
  return (
    <Group gap="xs">
      <Button size="compact-xs" variant="default" disabled={at === 0} onClick={() => swap(at - 1)}>
        {t('moveUp')}
      </Button>
      <Button size="compact-xs" variant="default" disabled={at === rows.length - 1} onClick={() => swap(at + 1)}>
        {t('moveDown')}
      </Button>
      <Button size="compact-xs" variant="subtle" color="red" onClick={() => become(rows.toSpliced(at, 1))}>
        {t('removeRow')}
      </Button>
    </Group>
  );
}
