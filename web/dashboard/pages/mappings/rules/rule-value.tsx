/** What makes the value of a rule, by its kind. */
import { Anchor, Group, NativeSelect, Stack } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { ChangeRule, PlacedRule } from '../model/rules.ts';
import { useEditor } from '../state.ts';
import { ConditionRows } from './condition-rows.tsx';
import { ExpressionInput } from './expression-input.tsx';
import { sourcesFor, targetField, type Offered } from './fields.ts';
import { PathInput } from './path-input.tsx';
import { OptionalPredicate } from './predicate-input.tsx';
import { AddRule } from './add-rule.tsx';
import { ValueInput } from './value-input.tsx';

export function RuleValue({ row, change }: { readonly row: PlacedRule; readonly change: ChangeRule }) {
  const { t } = useTranslation('mappings');
  const { mapping, preview } = useEditor();
  const { rule, lists } = row;
  const offered = sourcesFor(mapping.sourceFields, row, preview);
  const field = targetField(mapping.targetFields, row);
  switch (rule.kind) {
    case 'COPY':
      return (
        <PathInput
          label={t('source')}
          value={rule.source}
          offered={offered}
          onChange={(source) => change({ source })}
        />
      );
    case 'CONSTANT':
      return <ValueInput label={t('value')} type={field?.type} values={field?.enumValues ?? null} value={rule.constant} onChange={(constant) => change({ constant })} />; // prettier-ignore
    case 'VALUE_MAP':
      return <Lookup row={row} change={change} />;
    case 'EXPRESSION':
      return (
        <ExpressionInput
          label={t('expression')}
          value={rule.expression}
          offered={offered}
          // The hub checks expressions of single fields of the record; those inside of lists are checked with all rules.
          target={lists.length === 0 ? rule.target : null}
          onChange={(expression) => change({ expression })}
        />
      );
    case 'CONDITION':
      return (
        <ConditionRows
          rule={rule}
          offered={offered}
          type={field?.type}
          values={field?.enumValues ?? null}
          change={change}
        />
      );
    case 'LIST':
      return <OfList row={row} offered={offered} change={change} />;
  }
}

function OfList({
  row,
  offered,
  change,
}: {
  readonly row: PlacedRule;
  readonly offered: readonly Offered[];
  readonly change: ChangeRule;
}) {
  const { t } = useTranslation('mappings');
  const { mapping, preview, mayEdit } = useEditor();
  const { rule, lists } = row;
  return (
    <Stack gap="sm">
      <PathInput
        label={t('listSource')}
        value={rule.source}
        offered={offered}
        onChange={(source) => change({ source })}
      />
      <OptionalPredicate
        label={t('itemsWhen')}
        value={rule.includeWhen}
        offered={sourcesFor(mapping.sourceFields, { ...row, lists: [...lists, rule] }, preview)}
        onChange={(includeWhen) => change({ includeWhen })}
      />
      {mayEdit && <AddRule list={rule} lists={[...lists, rule]} />}
    </Stack>
  );
}

function Lookup({ row, change }: { readonly row: PlacedRule; readonly change: ChangeRule }) {
  const { t } = useTranslation('mappings');
  const { mapping, preview, valueMaps } = useEditor();
  const { source, secondKey, valueMapKey } = row.rule;
  const offered = sourcesFor(mapping.sourceFields, row, preview);
  const list = valueMaps.find(({ key }) => key === valueMapKey);
  return (
    <Stack gap="sm">
      <Group grow align="flex-start" preventGrowOverflow={false} gap="sm">
        <PathInput label={t('source')} value={source} offered={offered} onChange={(path) => change({ source: path })} />
        <PathInput
          label={t('secondKey')}
          description={t('secondKeyHint')}
          value={secondKey}
          offered={offered}
          onChange={(path) => change({ secondKey: path })}
        />
      </Group>
      <NativeSelect
        label={t('kind.VALUE_MAP')}
        value={valueMapKey}
        data={[{ value: '', label: t('choose') }, ...valueMaps.map(({ key, name }) => ({ value: key, label: name }))]}
        onChange={(event) => change({ valueMapKey: event.currentTarget.value })}
      />
      {list !== undefined && (
        <Anchor component={Link} to={`/value-lists/${list.id}`} size="sm">
          {t('toValueList', { name: list.name })}
        </Anchor>
      )}
    </Stack>
  );
}
