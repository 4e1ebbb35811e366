/** The rules while they are being edited: each with an id of its own that stays when it moves. Pure. */
import type { FieldRuleInput, MappingRuleOwnFragment, MappingRuleWholeFragment } from '../../../graph/graphql.ts';
import type { DefaultWhen, EmptyPolicy, FieldRuleKind } from '../../../graph/kinds.ts';

/** As docs/mappings.md shows them; the hub checks what they say. */
export type Predicate = Readonly<Record<string, unknown>>;
export type Operand = Readonly<Record<string, unknown>>;

export interface Row {
  readonly when: Predicate;
  readonly then: Operand;
}

export interface EditedRule {
  readonly id: string;
  readonly target: string;
  readonly kind: FieldRuleKind;
  readonly isEnabled: boolean;
  readonly source: string;
  readonly secondKey: string;
  readonly constant: unknown;
  readonly expression: string;
  readonly conditions: readonly Row[];
  readonly otherwise: Operand | null;
  readonly valueMapKey: string;
  readonly default: unknown;
  readonly defaultWhen: DefaultWhen;
  readonly onCreate: boolean;
  readonly onUpdate: boolean;
  readonly whenEmpty: EmptyPolicy;
  readonly note: string;
  readonly includeWhen: Predicate | null;
  readonly rules: readonly EditedRule[];
}

/** Changes some of a rule. */
export type ChangeRule = (change: Partial<EditedRule>) => void;

/** Everything of a mapping that can be edited. */
export interface Content {
  readonly rules: readonly EditedRule[];
  readonly includeWhen: Predicate | null;
}

let made = 0;
const nextId = (): string => `r${++made}`;

export const newRule = (target: string): EditedRule => ({
  id: nextId(),
  target,
  kind: 'COPY',
  isEnabled: true,
  source: '',
  secondKey: '',
  constant: null,
  expression: '',
  conditions: [],
  otherwise: null,
  valueMapKey: '',
  default: null,
  defaultWhen: 'NEVER',
  onCreate: true,
  onUpdate: true,
  whenEmpty: 'OMIT',
  note: '',
  includeWhen: null,
  rules: [],
});

/** The same rule of another kind; what it read is taken along, so that people go on from there. */
export function asKind(rule: EditedRule, kind: FieldRuleKind, isInList: boolean): Partial<EditedRule> {
  const { source, expression, conditions, otherwise } = rule;
  const isCarried = source !== '' && (rule.kind === 'COPY' || rule.kind === 'VALUE_MAP');
  if (kind === 'EXPRESSION' && expression === '' && isCarried) {
    const named = source.startsWith('^.') ? `record.${source.replace(/^(?:\^\.)+/u, '')}` : `${isInList ? 'item' : 'record'}.${source}`; // prettier-ignore
    return { kind, expression: named };
  }
  if (kind === 'CONDITION' && conditions.length === 0 && otherwise === null && isCarried) {
    return { kind, otherwise: { copy: source } };
  }
  return { kind };
}

type Shown = MappingRuleOwnFragment & { readonly rules?: readonly unknown[] };

/** A rule as the hub shows it, to be edited. */
export function editedRule(shown: Shown): EditedRule {
  return {
    id: nextId(),
    target: shown.target,
    kind: shown.kind,
    isEnabled: shown.isEnabled,
    source: shown.source ?? '',
    secondKey: shown.secondKey ?? '',
    constant: shown.constant,
    expression: shown.expression ?? '',
    conditions: shown.conditions as readonly Row[],
    otherwise: (shown.otherwise ?? null) as Operand | null,
    valueMapKey: shown.valueMapKey ?? '',
    default: shown.default,
    defaultWhen: shown.defaultWhen,
    onCreate: shown.onCreate,
    onUpdate: shown.onUpdate,
    whenEmpty: shown.whenEmpty,
    note: shown.note ?? '',
    includeWhen: (shown.includeWhen ?? null) as Predicate | null,
    rules: (shown.rules ?? []).map((each) => editedRule(each as Shown)),
  };
}

export const contentOf = (draft: {
  readonly rules: readonly MappingRuleWholeFragment[];
  readonly includeWhen?: unknown;
}): Content => ({
  rules: draft.rules.map(editedRule),
  includeWhen: (draft.includeWhen ?? null) as Predicate | null,
});

/** As the hub takes it: only what the kind of the rule uses. */
export function inputOf(rule: EditedRule): FieldRuleInput {
  const { target, kind, isEnabled, onCreate, onUpdate, whenEmpty, defaultWhen, note } = rule;
  const common = {
    ...{ target, kind, isEnabled, onCreate, onUpdate, whenEmpty, defaultWhen },
    default: defaultWhen === 'NEVER' ? null : rule.default,
    note: note.trim() === '' ? null : note,
  };
  switch (kind) {
    case 'COPY':
      return { ...common, source: rule.source };
    case 'CONSTANT':
      return { ...common, constant: rule.constant };
    case 'EXPRESSION':
      return { ...common, expression: rule.expression };
    case 'VALUE_MAP': {
      const { source, valueMapKey, secondKey } = rule;
      return { ...common, source, valueMapKey, secondKey: secondKey === '' ? null : secondKey };
    }
    case 'CONDITION':
      return { ...common, conditions: rule.conditions, otherwise: rule.otherwise };
    case 'LIST':
      return { ...common, source: rule.source, includeWhen: rule.includeWhen, rules: rule.rules.map(inputOf) };
  }
}

/** What is compared to see whether anything was changed. */
export const printOf = ({ rules, includeWhen }: Content): string => JSON.stringify([rules.map(inputOf), includeWhen]);

/** Whether two rules mean the same. */
export const isSame = (left: EditedRule, right: EditedRule): boolean =>
  JSON.stringify(inputOf(left)) === JSON.stringify(inputOf(right));

type Rules = readonly EditedRule[];

/** The rules with the one of this id made into others. */
const withRule = (rules: Rules, id: string, change: (rule: EditedRule) => Rules): Rules =>
  rules.flatMap((rule) =>
    rule.id === id
      ? change(rule)
      : rule.rules.length === 0
        ? [rule]
        : [{ ...rule, rules: withRule(rule.rules, id, change) }],
  );

export const changed = (rules: Rules, id: string, change: Partial<EditedRule>): Rules =>
  withRule(rules, id, (rule) => [{ ...rule, ...change }]);

export const removed = (rules: Rules, id: string): Rules => withRule(rules, id, () => []);

/** One place up (-1) or down (1) among its neighbours. */
export function moved(rules: Rules, id: string, by: -1 | 1): Rules {
  const at = rules.findIndex((rule) => rule.id === id);
  if (at < 0) return rules.map((rule) => ({ ...rule, rules: moved(rule.rules, id, by) }));
  const other = at + by;
  if (other < 0 || other >= rules.length) return rules;
  const next = [...rules];
  [next[at], next[other]] = [next[other]!, next[at]!];
  return next;
}

/** Behind all rules, or behind those of a list. */
export const added = (rules: Rules, rule: EditedRule, listId: string | null): Rules =>
  listId === null ? [...rules, rule] : withRule(rules, listId, (list) => [{ ...list, rules: [...list.rules, rule] }]);

/** A rule in the order in which people see it, with where it stands. */
export interface PlacedRule {
  readonly rule: EditedRule;
  /** `rules.3.rules.0`, as problems name it. */
  readonly at: string;
  /** The lists around it, the outermost first. */
  readonly lists: readonly EditedRule[];
  readonly isFirst: boolean;
  readonly isLast: boolean;
}

export const placed = (rules: Rules, at = 'rules', lists: readonly EditedRule[] = []): readonly PlacedRule[] =>
  rules.flatMap((rule, i) => {
    const own = `${at}.${i}`;
    return [
      { rule, at: own, lists, isFirst: i === 0, isLast: i === rules.length - 1 },
      ...(rule.kind === 'LIST' ? placed(rule.rules, `${own}.rules`, [...lists, rule]) : []),
    ];
  });

/** Paths of the fields whose rules differ, for saying what somebody else has changed. */
export function differingTargets(before: Rules, after: Rules): readonly string[] {
  const print = (rule: EditedRule | undefined): string => (rule === undefined ? '' : JSON.stringify(inputOf(rule)));
  const was = new Map(before.map((rule) => [rule.target, print(rule)]));
  const is = new Map(after.map((rule) => [rule.target, print(rule)]));
  return [...new Set([...was.keys(), ...is.keys()])].filter((target) => was.get(target) !== is.get(target));
}
