/** A condition: a comparison, an expression, or others together (`all`, `any`, `not`), as deep as people make it. */
import { Button, Checkbox, Group, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Predicate } from '../model/rules.ts';
import { ExpressionInput } from './expression-input.tsx';
import type { Offered } from './fields.ts';
import { PathInput } from './path-input.tsx';
import { textOf, valueOf } from './value-input.tsx';

const kinds = ['field', 'all', 'any', 'not', 'expression'] as const;
type Kind = (typeof kinds)[number];
const comparisons = ['filled', 'empty', 'eq', 'ne', 'gt', 'lt', 'startsWith', 'in', 'true', 'false'] as const;
type Comparison = (typeof comparisons)[number];

const first: Predicate = { field: '', is: 'filled' };
const kindOf = (predicate: Predicate): Kind => kinds.find((each) => each in predicate) ?? 'field';

/** The condition as one of another kind; a comparison that there was goes into it. */
function as(kind: Kind, value: Predicate): Predicate {
  const note = 'note' in value ? { note: value['note'] } : {};
  const { note: _, ...plain } = value;
  const inner = kindOf(value) === 'field' ? plain : first;
  if (kind === 'field') return { ...first, ...note };
  if (kind === 'expression') return { expression: '', ...note };
  return { [kind]: kind === 'not' ? inner : [inner], ...note };
}

export interface PredicateProps {
  readonly label: string;
  readonly value: Predicate;
  readonly offered: readonly Offered[];
  onChange(value: Predicate): void;
}

export function PredicateInput({ label, value, offered, onChange }: PredicateProps) {
  const { t } = useTranslation('mappings');
  const kind = kindOf(value);
  return (
    <Stack gap="xs">
      <Group align="flex-start" gap="sm">
        <NativeSelect
          label={label}
          value={kind}
          data={kinds.map((each) => ({ value: each, label: t(`condition.${each}`) }))}
          onChange={(event) => onChange(as(event.currentTarget.value as Kind, value))}
          w={190}
        />
        {kind === 'field' && <Compared value={value} offered={offered} onChange={onChange} />}
      </Group>
      {kind === 'expression' && (
        <ExpressionInput
          label={t('expression')}
          value={String(value['expression'])}
          offered={offered}
          target={null}
          onChange={(expression) => onChange({ ...value, expression })}
        />
      )}
      {kind === 'not' && (
        <div className="predicate-inner">
          <PredicateInput
            label={t('not')}
            value={value['not'] as Predicate}
            offered={offered}
            onChange={(not) => onChange({ ...value, not })}
          />
        </div>
      )}
      {(kind === 'all' || kind === 'any') && (
        <Several kind={kind} value={value} offered={offered} onChange={onChange} />
      )}
    </Stack>
  );
}

function Compared({ value, offered, onChange }: Omit<PredicateProps, 'label'>) {
  const { t } = useTranslation('mappings');
  const is = value['is'] as Comparison;
  const takesValue = !['filled', 'empty', 'true', 'false'].includes(is);
  const become = (next: Comparison): void => {
    const { value: was, ...rest } = value;
    const list = Array.isArray(was) ? (was as unknown[]) : was === undefined ? [] : [was];
    if (['filled', 'empty', 'true', 'false'].includes(next)) onChange({ ...rest, is: next });
    else onChange({ ...rest, is: next, value: next === 'in' ? list : (list[0] ?? '') });
  };
  const type = offered.find(({ path }) => path === value['field'])?.type ?? 'text';
  const typed = (text: string): unknown => valueOf(text, type) ?? '';
  const shown = Array.isArray(value['value'])
    ? (value['value'] as unknown[]).map(textOf).join(', ')
    : textOf(value['value']);
  return (
    <Group grow preventGrowOverflow={false} align="flex-start" gap="sm" style={{ flex: '1 1 260px' }}>
      <PathInput
        label={t('field')}
        value={String(value['field'] ?? '')}
        offered={offered}
        onChange={(field) => onChange({ ...value, field })}
      />
      <NativeSelect
        label={t('comparison')}
        value={is}
        data={comparisons.map((each) => ({ value: each, label: t(`is.${each}`) }))}
        onChange={(event) => become(event.currentTarget.value as Comparison)}
      />
      {takesValue && (
        <TextInput
          label={is === 'in' ? t('valuesList') : t('value')}
          value={shown}
          onChange={({ currentTarget: { value: text } }) =>
            onChange({ ...value, value: is === 'in' ? text.split(',').map((part) => typed(part.trim())) : typed(text) })
          }
        />
      )}
    </Group>
  );
}

function Several({ kind, value, offered, onChange }: Omit<PredicateProps, 'label'> & { readonly kind: 'all' | 'any' }) {
  const { t } = useTranslation('mappings');
  const each = value[kind] as readonly Predicate[];
  const become = (next: readonly Predicate[]): void => onChange({ ...value, [kind]: next });
  return (
    <Stack gap="xs" className="predicate-inner">
      {each.map((one, i) => (
        <Stack key={i} gap={4}>
          <PredicateInput
            label={i === 0 ? t('if') : t(kind === 'all' ? 'and' : 'or')}
            value={one}
            offered={offered}
            onChange={(next) => become(each.with(i, next))}
          />
          {each.length > 1 && (
            <Button
              size="compact-xs"
              variant="subtle"
              color="red"
              w="fit-content"
              onClick={() => become(each.toSpliced(i, 1))}
            >
              {t('removeCondition')}
            </Button>
          )}
        </Stack>
      ))}
      <Button size="compact-xs" variant="default" w="fit-content" onClick={() => become([...each, first])}>
        {t('addCondition')}
      </Button>
    </Stack>
  );
}

/** A condition that need not be there. Its note is the reason that people see. */
export function OptionalPredicate({
  label,
  value,
  offered,
  onChange,
}: Omit<PredicateProps, 'value' | 'onChange'> & {
  readonly value: Predicate | null;
  onChange(value: Predicate | null): void;
}) {
  const { t } = useTranslation('mappings');
  return (
    <Stack gap="xs">
      <Checkbox
        label={label}
        checked={value !== null}
        onChange={(event) => onChange(event.currentTarget.checked ? first : null)}
      />
      {value !== null && (
        <div className="predicate-inner">
          <PredicateInput label={t('if')} value={value} offered={offered} onChange={onChange} />
          <TextInput
            mt="xs"
            label={t('reasonShown')}
            value={textOf(value['note'])}
            onChange={({ currentTarget: { value: text } }) => {
              const { note: _, ...rest } = value;
              onChange(text === '' ? rest : { ...rest, note: text });
            }}
          />
        </div>
      )}
    </Stack>
  );
}
