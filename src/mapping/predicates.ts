/**
 * Conditions as data, compiled to functions. A condition over a field that is absent or of another kind simply does not
 * hold (`ne` does). Numbers are compared as decimals, everything else as text.
 */
import Big from 'big.js';
import type { Json } from '../base/document.js';
import { normaliseDecimal } from '../base/decimal.js';
import type { Predicate } from './mapping.js';
import { compileExpression } from './expression/expression.js';
import { ExpressionFailure } from './expression/failure.js';
import { isEmpty, makeReader, type FieldScope, type Reader, type Scope } from './paths.js';

/** Throws an ExpressionFailure when an expression in it fails for the record. */
export type Test = (scope: Scope) => boolean;

/** The condition as a function. `fields`: what it can read. */
export function compilePredicate(predicate: Predicate, fields: FieldScope): Test {
  if ('all' in predicate) {
    const tests = predicate.all.map((each) => compilePredicate(each, fields));
    return (scope) => tests.every((test) => test(scope));
  }
  if ('any' in predicate) {
    const tests = predicate.any.map((each) => compilePredicate(each, fields));
    return (scope) => tests.some((test) => test(scope));
  }
  if ('not' in predicate) {
    const test = compilePredicate(predicate.not, fields);
    return (scope) => !test(scope);
  }
  if ('expression' in predicate) return compileCondition(predicate.expression, fields);
  return compileComparison(predicate, makeReader(predicate.field, fields));
}

function compileCondition(text: string, fields: FieldScope): Test {
  const compiled = compileExpression(text, fields, 'condition');
  if (compiled.type === 'invalid') throw new ExpressionFailure(compiled.problem.message);
  return (scope) => {
    const result = compiled.expression(scope);
    if (result.type === 'failed') throw new ExpressionFailure(result.message, result.problem);
    return result.type === 'value' && result.value === true;
  };
}

type Comparison = Extract<Predicate, { readonly field: string }>;

function compileComparison(predicate: Comparison, read: Reader): Test {
  switch (predicate.is) {
    case 'empty':
      return (scope) => isEmpty(read(scope));
    case 'filled':
      return (scope) => !isEmpty(read(scope));
    case 'true':
      return (scope) => isTrue(read(scope));
    case 'false':
      return (scope) => isFalse(read(scope));
    case 'in': {
      const allowed = new Set(predicate.value.map(comparable));
      return (scope) => allowed.has(comparable(read(scope)));
    }
    case 'eq': {
      const expected = comparable(predicate.value);
      return (scope) => comparable(read(scope)) === expected;
    }
    case 'ne': {
      const refused = comparable(predicate.value);
      return (scope) => comparable(read(scope)) !== refused;
    }
    case 'startsWith': {
      const start = String(predicate.value);
      return (scope) => {
        const value = read(scope);
        return (typeof value === 'string' || typeof value === 'number') && String(value).startsWith(start);
      };
    }
    case 'gt':
      return (scope) => compare(read(scope), predicate.value) > 0;
    case 'lt':
      return (scope) => compare(read(scope), predicate.value) < 0;
  }
}

const isTrue = (value: Json | undefined): boolean => value === true || value === 1 || value === 'true' || value === '1';
const isFalse = (value: Json | undefined): boolean =>
  value === false || value === 0 || value === 'false' || value === '0';

/** What two values are compared by: empty ones are all the same, `"21.00"` is 21, groups of fields equal nothing. */
function comparable(value: Json | undefined): string | symbol {
  if (value === undefined || isEmpty(value)) return '';
  if (typeof value === 'object') return Symbol('never equal');
  const text = String(value);
  return normaliseDecimal(text) ?? text;
}

/** NaN, which is neither above nor below, when the two cannot be compared. */
function compare(a: Json | undefined, b: Json): number {
  const left = comparable(a);
  const right = comparable(b);
  if (typeof left === 'symbol' || typeof right === 'symbol' || left === '' || right === '') return NaN;
  const [x, y] = [normaliseDecimal(left), normaliseDecimal(right)];
  if (x !== undefined && y !== undefined) return new Big(x).cmp(y);
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Why the condition does not hold, in the words of whoever wrote it; undefined when it holds. */
export function makeWhyNot(predicate: Predicate, fields: FieldScope): (scope: Scope) => string | undefined {
  const test = compilePredicate(predicate, fields);
  const inner = 'all' in predicate ? predicate.all.map((each) => makeWhyNot(each, fields)) : [];
  const reason = predicate.note ?? 'The record does not meet the condition of the mapping.';
  const hasInnerNotes = 'all' in predicate && predicate.all.some((each) => each.note !== undefined);
  return (scope) => {
    if (test(scope)) return undefined;
    if (!hasInnerNotes) return reason;
    for (const whyNot of inner) {
      const why = whyNot(scope);
      if (why !== undefined) return why;
    }
    return reason;
  };
}
