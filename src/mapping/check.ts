/**
 * Checks a mapping against the catalogues of both sides, so that what can be known to fail is refused when it is saved, not
 * when a record comes by. In: a definition (perhaps made by hand), the two catalogues, the value lists. Out: every problem
 * with the place of its rule. What depends on a record's values is found in values.ts while it is mapped.
 */
import type { Field, FieldType, Json } from '../base/document.js';
import type {
  ConditionRule,
  ListRule,
  Lookup,
  MappingDefinition,
  MappingProblem,
  Operand,
  Predicate,
  Rule,
  RuleKind,
} from './mapping.js';
import { compileExpression, type Expected } from './expression/expression.js';
import { findSource, findTarget, type FieldScope, type Found, type FoundField } from './paths.js';
import { makeCoercer, show } from './values.js';
import { checkWritten } from './written.js';

interface Check {
  readonly lists: ReadonlySet<string>;
  readonly problems: MappingProblem[];
}

/** All problems of a definition; empty when it can be used. */
export function checkMapping(
  definition: MappingDefinition,
  source: readonly Field[],
  target: readonly Field[],
  lists: ReadonlySet<string>,
): readonly MappingProblem[] {
  const check: Check = { lists, problems: [] };
  const scope: FieldScope = { fields: source, above: undefined };
  if (definition.includeWhen !== undefined) checkPredicate(check, definition.includeWhen, scope, 'includeWhen', 0);
  checkRules(check, definition.rules, scope, target, 'rules');
  return check.problems;
}

function checkRules(
  check: Check,
  rules: readonly Rule[] | undefined,
  scope: FieldScope,
  target: readonly Field[],
  at: string,
): void {
  if (!Array.isArray(rules)) return report(check, 'INVALID_RULE', at, 'rules should be a list');
  const written = new Map<Rule, FoundField>();
  (rules as readonly Rule[]).forEach((rule, index) => {
    const found = checkRule(check, rule, scope, target, `${at}.${index}`);
    if (found !== undefined) written.set(rule, found);
  });
  check.problems.push(...checkWritten(rules, written, target, at));
}

const known = {
  copy: true,
  constant: true,
  valueList: true,
  condition: true,
  expression: true,
  list: true,
} satisfies Record<RuleKind, true>;

function checkRule(
  check: Check,
  rule: Rule,
  scope: FieldScope,
  target: readonly Field[],
  at: string,
): FoundField | undefined {
  if (
    typeof rule !== 'object' ||
    rule === null ||
    typeof rule.target !== 'string' ||
    !Object.hasOwn(known, String(rule.kind))
  ) {
    report(
      check,
      'INVALID_RULE',
      at,
      'a rule has a target and one of the kinds copy, constant, valueList, condition, expression, list',
    );
    return undefined;
  }
  const found = findTarget(rule.target, target);
  if (found.type !== 'field') {
    report(
      check,
      'UNKNOWN_FIELD',
      at,
      found.type === 'unknown' ? found.message : `"${rule.target}" cannot be written by name`,
    );
    return undefined;
  }
  const { field } = found;
  if (field.computed === true || (field.onCreate === false && field.onUpdate === false)) {
    report(check, 'READ_ONLY_FIELD', at, `"${rule.target}" cannot be written`);
  }
  checkValue(check, rule.default, field, `${at}.default`);
  if (rule.defaultWhen === 'forced' && rule.default === undefined)
    report(check, 'INVALID_RULE', at, 'a forced default needs a value');
  checkKind(check, rule, scope, field, at);
  return found;
}

function checkKind(check: Check, rule: Rule, scope: FieldScope, field: Field, at: string): void {
  switch (rule.kind) {
    case 'copy':
      return checkCopy(check, rule.source, scope, field, at);
    case 'constant':
      return checkValue(check, rule.value, field, at);
    case 'valueList':
      return checkLookup(check, rule, scope, field, at);
    case 'condition':
      if (!Array.isArray(rule.rows)) return report(check, 'INVALID_RULE', at, 'a condition has rows');
      (rule.rows as ConditionRule['rows']).forEach((row, index) => {
        checkPredicate(check, row.when, scope, `${at}.rows.${index}`, 0);
        checkOperand(check, row.then, scope, field, `${at}.rows.${index}`);
      });
      if (rule.otherwise !== undefined) checkOperand(check, rule.otherwise, scope, field, `${at}.otherwise`);
      return;
    case 'expression':
      return checkExpression(check, rule.expression, scope, field, at);
    case 'list':
      return checkList(check, rule, scope, field, at);
  }
}

function checkLookup(check: Check, lookup: Lookup, scope: FieldScope, field: Field, at: string): void {
  const { list, source, secondKey } = lookup;
  if (!check.lists.has(list)) report(check, 'UNKNOWN_VALUE_LIST', at, `there is no value list "${list}"`);
  if (field.type === 'object')
    report(check, 'TYPE_MISMATCH', at, `"${field.name}" holds fields; a value list gives a code`);
  checkSource(check, source, scope, at);
  if (secondKey !== undefined) checkSource(check, secondKey, scope, at);
}

function checkOperand(check: Check, operand: Operand, scope: FieldScope, field: Field, at: string): void {
  if (typeof operand !== 'object' || operand === null)
    return report(check, 'INVALID_RULE', at, 'a value is { copy }, { constant }, { translate } or { expression }');
  if ('copy' in operand) checkCopy(check, operand.copy, scope, field, at);
  else if ('translate' in operand) {
    const lookup: unknown = operand.translate;
    if (typeof lookup !== 'object' || lookup === null)
      return report(check, 'INVALID_RULE', at, '{ translate } names a source and a list');
    checkLookup(check, operand.translate, scope, field, at);
  } else if ('expression' in operand) checkExpression(check, operand.expression, scope, field, at);
  else checkValue(check, operand.constant, field, at);
}

function checkExpression(check: Check, text: string, scope: FieldScope, expected: Expected, at: string): void {
  if (typeof text !== 'string') return report(check, 'INVALID_RULE', at, 'an expression is a text');
  const compiled = compileExpression(text, scope, expected);
  if (compiled.type === 'invalid') check.problems.push({ at, ...compiled.problem });
}

function checkList(check: Check, rule: ListRule, scope: FieldScope, field: Field, at: string): void {
  if (field.list !== true) return report(check, 'TYPE_MISMATCH', at, `"${rule.target}" is not a list`);
  const found = checkSource(check, rule.source, scope, at);
  if (found.type === 'unknown') return;
  if (found.type === 'field' && found.field.list !== true)
    return report(check, 'TYPE_MISMATCH', at, `"${rule.source}" is not a list`);
  const inner = itemScope(found, scope);
  if (rule.includeWhen !== undefined) checkPredicate(check, rule.includeWhen, inner, `${at}.includeWhen`, 0);
  checkRules(check, rule.rules, inner, itemFields(field), `${at}.rules`);
}

/** What the rules of a list read from. */
export function itemScope(found: Found, above: FieldScope): FieldScope {
  if (found.type !== 'field') return { fields: undefined, above };
  const { field } = found;
  return field.type === 'object'
    ? { fields: field.fields, above }
    : { fields: [], item: { ...field, list: false }, above };
}

/** What the rules of a list write: the fields of an item, or `.` for a list of plain values. */
export function itemFields(field: Field): readonly Field[] {
  if (field.type === 'object') return field.fields ?? [];
  return [{ ...field, name: '.', list: false, required: true }];
}

function checkSource(check: Check, path: string, scope: FieldScope, at: string): Found {
  const found: Found =
    typeof path === 'string' ? findSource(path, scope) : { type: 'unknown', message: 'the rule names no source' };
  if (found.type === 'unknown') report(check, 'UNKNOWN_FIELD', at, found.message);
  return found;
}

/** From which types a field can take values; what is in the text is seen when a record is mapped. */
const takes: Record<FieldType, ReadonlySet<FieldType>> = {
  text: new Set(['text', 'decimal', 'integer', 'instant', 'reference']),
  decimal: new Set(['decimal', 'integer', 'text']),
  integer: new Set(['integer', 'decimal', 'text']),
  boolean: new Set(['boolean', 'integer', 'text']),
  instant: new Set(['instant', 'text']),
  reference: new Set(['reference', 'text', 'integer']),
  object: new Set(['object']),
};

function checkCopy(check: Check, path: string, scope: FieldScope, field: Field, at: string): void {
  const found = checkSource(check, path, scope, at);
  if (found.type !== 'field') return;
  // The value of an item travels as text, whatever is in it.
  const isText = found.item !== undefined && field.type === 'text';
  if (!isText && !takes[field.type].has(found.field.type)) {
    report(check, 'TYPE_MISMATCH', at, `"${path}" is ${found.field.type}, but "${field.name}" is ${field.type}`);
  } else if (found.field.list === true && field.list !== true) {
    report(check, 'TYPE_MISMATCH', at, `"${path}" is a list, but "${field.name}" holds one value`);
  }
}

function checkValue(check: Check, value: Json | undefined, field: Field, at: string): void {
  if (value === undefined || value === null) return;
  const found: Parameters<ReturnType<typeof makeCoercer>>[2] = [];
  makeCoercer(field)(value, field.name, found);
  for (const problem of found)
    report(check, 'TYPE_MISMATCH', at, `the value ${show(value)} does not fit: ${problem.message}`);
}

const comparisons = new Set(['empty', 'filled', 'true', 'false', 'eq', 'ne', 'gt', 'lt', 'startsWith', 'in']);
const deepestPredicate = 20;

function checkPredicate(check: Check, predicate: Predicate, scope: FieldScope, at: string, depth: number): void {
  if (typeof predicate !== 'object' || predicate === null || depth > deepestPredicate) {
    return report(
      check,
      'INVALID_RULE',
      at,
      `a condition is all, any, not or a comparison, at most ${deepestPredicate} deep`,
    );
  }
  if ('all' in predicate || 'any' in predicate) {
    const inner: unknown = 'all' in predicate ? predicate.all : predicate.any;
    if (!Array.isArray(inner)) return report(check, 'INVALID_RULE', at, 'all and any take a list of conditions');
    inner.forEach((each: Predicate) => checkPredicate(check, each, scope, at, depth + 1));
    return;
  }
  if ('not' in predicate) return checkPredicate(check, predicate.not, scope, at, depth + 1);
  if ('expression' in predicate) return checkExpression(check, predicate.expression, scope, 'condition', at);
  if (!comparisons.has(predicate.is))
    return report(check, 'INVALID_RULE', at, `"${String(predicate.is)}" is no comparison`);
  if (predicate.is === 'in' && !Array.isArray(predicate.value))
    return report(check, 'INVALID_RULE', at, '"in" takes a list of values');
  checkSource(check, predicate.field, scope, at);
}

function report(check: Check, code: MappingProblem['code'], at: string, message: string): void {
  check.problems.push({ code, at, message });
}
