/**
 * Conditions as data, compiled to functions. A condition over a field that is absent or of another kind simply does not
 * hold (`ne` does). Values are compared as their field is: decimals and whole numbers as numbers, moments as moments, all
 * others as text (`0017` is not `17`), where the type is not known what is written as a number as that (`1.00` is `1`); above
 * and below, texts that both say a number are in the order of these.
 */
import Big from 'big.js';
import type { FieldType, Json } from '../base/document.js';
import { normaliseDecimal } from '../base/decimal.js';
import type { Predicate } from './mapping.js';
import { compileExpression } from './expression/expression.js';
import { ExpressionFailure } from './expression/failure.js';
import { findSource, isEmpty, makeReader, typeOf, type FieldScope, type Reader, type Scope } from './paths.js';
import { makeCoercer } from './values.js';

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
  const found = findSource(predicate.field, fields);
  return compileComparison(predicate, makeReader(predicate.field, fields), typeOf(found));
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

function compileComparison(predicate: Comparison, read: Reader, type: FieldType | undefined): Test {
  const form = formOf(type);
  const comparable = (value: Json | undefined): string | symbol => comparableIn(value, form);
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
      return (scope) => compare(comparable(read(scope)), comparable(predicate.value)) > 0;
    case 'lt':
      return (scope) => compare(comparable(read(scope)), comparable(predicate.value)) < 0;
  }
}

const isTrue = (value: Json | undefined): boolean => value === true || value === 1 || value === 'true' || value === '1';
const isFalse = (value: Json | undefined): boolean =>
  value === false || value === 0 || value === 'false' || value === '0';

/** The one form of the values of a type that say the same: of `"21.00"` it is `"21"`. What is no moment equals none. */
type Form = (text: string) => string | symbol;

function formOf(type: FieldType | undefined): Form {
  if (type === 'decimal' || type === 'integer') return (text) => normaliseDecimal(text) ?? text;
  if (type === 'instant') return instantForm;
  return type === undefined ? formOfUnknown : (text) => text;
}

/** No code begins with a zero that says nothing, or has an exponent, and is a number all the same. */
const plainNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/;
const formOfUnknown: Form = (text) => (plainNumber.test(text) ? (normaliseDecimal(text) ?? text) : text);

const toInstant = makeCoercer({ name: '', type: 'instant' });

/** In UTC and without the letter at its end, so that the order of the texts is that of the moments. */
function instantForm(text: string): string | symbol {
  const instant = toInstant(text, '', []) as string | undefined;
  return instant?.slice(0, -1).replace(/(?<=\.\d{3}\d*)0+$/, '') ?? Symbol('never equal');
}

/** What two values are compared by: empty ones are all the same, groups of fields equal nothing. */
function comparableIn(value: Json | undefined, form: Form): string | symbol {
  if (value === undefined || isEmpty(value)) return '';
  return typeof value === 'object' ? Symbol('never equal') : form(String(value));
}

/** NaN, which is neither above nor below, when the two cannot be compared. */
function compare(left: string | symbol, right: string | symbol): number {
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
