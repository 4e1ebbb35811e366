/** Mappings in the shapes of the graph, and rules that clients send in the words of the engine. Pure. */
import type { Field, Json, RecordCatalogue } from '../base/document.js';
import { valueAt } from '../base/value-at.js';
import type { MappingDefinition, MappingProblem as Problem, Operand, Predicate, Rule } from '../mapping/mapping.js';
import type { FieldRule, FieldRuleInput, MappingProblem } from '../schema/field-rule.js';
import type { FieldDescriptor, Mapping, MappingVersion } from '../schema/mapping.js';
import type { MappingPreview, PreviewChange, RuleResult } from '../schema/mapping-inputs.js';
import type { MappingRow } from '../store/mapping-access.js';
import type { Version } from '../store/versions.js';
import type { PreviewResult } from '../sync/mapping-preview.js';

const shownKind = {
  copy: 'COPY', constant: 'CONSTANT', expression: 'EXPRESSION', valueList: 'VALUE_MAP', condition: 'CONDITION', list: 'LIST',
} as const; // prettier-ignore

export const shownRules = (rules: readonly Rule[], at = 'rules'): FieldRule[] =>
  rules.map((rule, index) => shownRule(rule, `${at}.${index}`));

export function shownRule(rule: Rule, at: string): FieldRule {
  return {
    at,
    isEnabled: rule.isEnabled !== false,
    target: rule.target,
    kind: shownKind[rule.kind],
    source: 'source' in rule ? rule.source : null,
    secondKey: rule.kind === 'valueList' ? (rule.secondKey ?? null) : null,
    constant: rule.kind === 'constant' ? rule.value : null,
    expression: rule.kind === 'expression' ? rule.expression : null,
    conditions:
      rule.kind === 'condition' ? rule.rows.map(({ when, then }) => ({ when: when as Json, then: then as Json })) : [],
    otherwise: rule.kind === 'condition' ? ((rule.otherwise ?? null) as Json) : null,
    valueMapKey: rule.kind === 'valueList' ? rule.list : null,
    default: rule.default ?? null,
    defaultWhen: rule.default === undefined ? 'NEVER' : rule.defaultWhen === 'forced' ? 'FORCED' : 'EMPTY',
    onCreate: rule.onCreate !== false,
    onUpdate: rule.onUpdate !== false,
    whenEmpty: (rule.whenEmpty ?? 'omit').toUpperCase(),
    note: rule.note ?? null,
    includeWhen: rule.kind === 'list' ? ((rule.includeWhen ?? null) as Json) : null,
    rules: rule.kind === 'list' ? shownRules(rule.rules, `${at}.rules`) : [],
  };
}

/** Rules as the engine has them; what does not fit together is found when they are checked. */
export const storedRules = (rules: readonly FieldRuleInput[]): readonly Rule[] => rules.map(storedRule);

function storedRule(input: FieldRuleInput): Rule {
  const { target, onCreate, onUpdate, whenEmpty, isEnabled, note } = input;
  const isDefaulted = input.defaultWhen !== 'NEVER' && input.default != null;
  const base = {
    target,
    ...(isEnabled ? {} : { isEnabled }),
    ...(onCreate ? {} : { onCreate }),
    ...(onUpdate ? {} : { onUpdate }),
    ...(isDefaulted
      ? { default: input.default!, ...(input.defaultWhen === 'FORCED' ? { defaultWhen: 'forced' as const } : {}) }
      : {}),
    ...(whenEmpty === 'OMIT' ? {} : { whenEmpty: whenEmpty.toLowerCase() as 'clear' | 'fail' }),
    ...(note == null ? {} : { note }),
  };
  const source = input.source ?? '';
  switch (input.kind) {
    case 'COPY':
      return { kind: 'copy', source, ...base };
    case 'CONSTANT':
      return { kind: 'constant', value: input.constant ?? null, ...base };
    case 'EXPRESSION':
      return { kind: 'expression', expression: input.expression ?? '', ...base };
    case 'VALUE_MAP': {
      const secondKey = input.secondKey == null ? {} : { secondKey: input.secondKey };
      return { kind: 'valueList', source, list: input.valueMapKey ?? '', ...secondKey, ...base };
    }
    case 'CONDITION': {
      const rows = (input.conditions ?? []).map(({ when, then }) => ({
        when: when as Predicate,
        then: then as Operand,
      }));
      const otherwise = input.otherwise == null ? {} : { otherwise: input.otherwise as Operand };
      return { kind: 'condition', rows, ...otherwise, ...base };
    }
    case 'LIST': {
      const includeWhen = input.includeWhen == null ? {} : { includeWhen: input.includeWhen as Predicate };
      return { kind: 'list', source, rules: storedRules(input.rules ?? []), ...includeWhen, ...base };
    }
  }
}

export function shownMapping(row: MappingRow): Mapping {
  const { id, key, connector, entity, direction, publishedVersion, draftRevision, updatedAt, deletedAt, draft, published } = row; // prettier-ignore
  const version = (definition: MappingDefinition, number: number | null): MappingVersion => ({
    number, state: number === null ? 'DRAFT' : 'PUBLISHED', rules: shownRules(definition.rules),
    includeWhen: (definition.includeWhen ?? null) as Json, note: null, publishedAt: null, publishedById: null, definition,
  }); // prettier-ignore
  return {
    id, key, connectorKey: connector, entity, direction: direction.toUpperCase(), publishedVersion, draftRevision, updatedAt, deletedAt,
    record: published.record, isShipped: row.name === null, ...(row.name === null ? {} : { name: row.name }),
    hasUnpublishedChanges: draft !== null, draft: version(draft ?? published, null), published: version(published, publishedVersion),
  }; // prettier-ignore
}

export const shownVersions = (versions: readonly Version<MappingDefinition>[], inUse: number): MappingVersion[] =>
  versions.map(({ version, body, note, publishedAt, publishedBy }) => ({
    number: version,
    state: version === inUse ? 'PUBLISHED' : 'SUPERSEDED',
    rules: shownRules(body.rules),
    includeWhen: (body.includeWhen ?? null) as Json,
    note,
    publishedAt,
    publishedById: publishedBy,
    definition: body,
  }));

export const shownProblems = (problems: readonly Problem[]): MappingProblem[] =>
  problems.map(({ code, at, message, range }) => ({ code, at, message, range: range ?? null }));

/** A field that stands at a path of its record. */
export const descriptorOf = (field: Field, path: string): FieldDescriptor => ({
  path,
  name: field.label ?? field.name,
  label: field.label ?? field.name,
  type: field.type,
  isList: field.list === true,
  isRequired: field.required === true,
  isReadOnly: field.computed === true || (field.onCreate === false && field.onUpdate === false),
  enumValues: field.values ?? null,
});

/** The fields of a record, those inside objects and lists with their whole path. */
export function descriptorsOf({ fields }: RecordCatalogue): FieldDescriptor[] {
  const found: FieldDescriptor[] = [];
  const visit = (within: readonly Field[], prefix: string): void => {
    for (const field of within) {
      const path = `${prefix}${field.name}`;
      found.push(descriptorOf(field, path));
      if (field.fields !== undefined) visit(field.fields, `${path}.`);
    }
  };
  visit(fields, '');
  return found;
}

const noPreview = {
  operation: null,
  reason: null,
  source: null,
  result: null,
  current: null,
  changes: [],
  ruleResults: [],
  durationMs: 0,
};

/** Its fields have paths that no other kind of record has, or that mean the same there. */
const anyRecord = { entity: null, system: null };

/** `about`: the kind of record, and the system that would be written; what is not known is said of any. */
export function shownPreview(
  result: PreviewResult,
  rules: readonly Rule[],
  about: PreviewChange['about'] = anyRecord,
): MappingPreview {
  if (result.type === 'invalid') return { ...noPreview, problems: shownProblems(result.problems) };
  if (result.type === 'nothing') return { ...noPreview, reason: result.message, problems: [] };
  const { operation, reason, source, result: made, current, changes, defaulted, problems, durationMs } = result.preview;
  const shown = problems.map(({ code, path, message }) => ({ code, at: path, message, range: null, about: anyRecord }));
  const ruleResults = rules.map((rule, index): RuleResult => {
    const input = 'source' in rule && source !== null ? valueAt(source, rule.source) : undefined;
    const output = made === null ? undefined : valueAt(made, rule.target);
    const problem = shown.find(({ at }) => at === rule.target || at.startsWith(`${rule.target}.`)) ?? null;
    return {
      at: `rules.${index}`, target: rule.target, input: input ?? null, output: output ?? null,
      usedDefault: defaulted.includes(rule.target), problem,
    }; // prettier-ignore
  });
  const named = changes.map((change) => ({ ...change, about }));
  return { operation, reason, source, result: made, current, changes: named, ruleResults, problems: shown, durationMs };
}
