/**
 * Where the values of rules come from: copied fields, constants, value lists, expressions. In: an operand and the field that
 * takes it. Out: a function of the record, which notes what does not fit and what no list knows.
 */
import type { Field, Json } from '../base/document.js';
import { missingEntryPhrase } from '../base/missing-entry.js';
import { compileExpression } from './expression/expression.js';
import type { ExpressionFailure } from './expression/failure.js';
import type { Lookup, Operand, RecordProblem, UnmappedNote } from './mapping.js';
import { findSource, isEmpty, makeReader, typeOf, type FieldScope, type Scope } from './paths.js';
import { locate, placeOf } from './places.js';
import { tidyCode, type Translate } from './value-lists.js';
import { kept, makeCoercer, show } from './values.js';
import type { Operation } from './written.js';

/** What is gathered while one record is mapped; `prefix` is the place of the item that is being made. */
export interface Run {
  readonly problems: RecordProblem[];
  readonly cleared: string[];
  readonly unmapped: UnmappedNote[];
  /** Where a default stood in for a rule that had nothing to say. */
  readonly defaulted: string[];
  prefix: string;
}
/** The value of a rule before defaults; undefined when empty or when a problem was noted. */
export type Value = (scope: Scope, run: Run) => Json | undefined;

/** What rules are compiled with: `reads` is what they can read where they stand. */
export interface Compiling {
  readonly operation: Operation;
  readonly lists: ReadonlyMap<string, Translate>;
  readonly reads: FieldScope;
}
/** The value of an operand, in the form of the field that takes it. */
export function compileOperand(operand: Operand, field: Field, target: string, compiling: Compiling): Value {
  if ('translate' in operand) return compileLookup(operand.translate, field, target, compiling);
  if ('expression' in operand) return compileFormula(operand.expression, field, target, compiling.reads);
  if (!('copy' in operand)) {
    const constant = coerceOnce(operand.constant, field);
    return () => constant;
  }
  const read = makeReader(operand.copy, compiling.reads);
  const coerce = makeCoercer(field);
  return (scope, run) => {
    const value = read(scope);
    if (value === undefined || isEmpty(value)) return undefined;
    const { length } = run.problems;
    const path = run.prefix + target;
    const result = coerce(value, path, run.problems);
    if (run.problems.length > length) locate(run.problems, length, path, placeOf(operand.copy, scope));
    return result;
  };
}

/** An expression as a value: nothing when a field that it needs is absent. */
function compileFormula(text: string, field: Field, target: string, reads: FieldScope): Value {
  const compiled = compileExpression(text, reads, field);
  // The definition has been checked, so it compiles.
  if (compiled.type === 'invalid') return () => undefined;
  const coerce = makeCoercer(field);
  return (scope, run) => {
    const result = compiled.expression(scope);
    const path = run.prefix + target;
    if (result.type === 'value') return isEmpty(result.value) ? undefined : coerce(result.value, path, run.problems);
    if (result.type === 'failed') run.problems.push(failedExpression(path, result));
    return undefined;
  };
}

/** The problem of an expression that failed for a record. */
export function failedExpression(
  path: string,
  { message, problem }: Pick<ExpressionFailure, 'message' | 'problem'>,
): RecordProblem {
  return {
    code: 'EXPRESSION_FAILED',
    path,
    message: `${path}: ${message}`,
    ...(problem === undefined ? {} : { sourcePath: problem.path }),
    ...(problem?.value === undefined ? {} : { value: problem.value }),
  };
}

/** A value that was checked with the definition, in the form of the field. */
export function coerceOnce(value: Json | undefined, field: Field): Json | undefined {
  return value === undefined || isEmpty(value) ? undefined : makeCoercer(field)(value, field.name, []);
}

function compileLookup(lookup: Lookup, field: Field, target: string, { lists, reads }: Compiling): Value {
  const translate = lists.get(lookup.list);
  const read = makeReader(lookup.source, reads);
  const readSecond = lookup.secondKey === undefined ? undefined : makeReader(lookup.secondKey, reads);
  const type = typeOf(findSource(lookup.source, reads));
  const isNumber = type === 'decimal' || type === 'integer';
  const coerce = makeCoercer(field);
  const one = (value: Json, second: string | undefined, run: Run): Json | undefined => {
    const path = run.prefix + target;
    const code = typeof value === 'object' ? undefined : String(value);
    const found = code === undefined ? undefined : translate?.(code, second, isNumber);
    const noted = second === undefined ? {} : { secondKey: tidyCode(second) };
    if (code !== undefined && (found?.type === 'empty' || (found?.type === 'translated' && found.standsIn === true))) {
      run.unmapped.push({ list: lookup.list, value: tidyCode(code), ...noted });
    }
    if (found?.type === 'translated') return found.to;
    if (found?.type === 'empty') return undefined;
    const shownSecond = second === undefined ? undefined : show(second);
    const message = `${path}: ${missingEntryPhrase(lookup.list, show(value), shownSecond)}`;
    run.problems.push({ code: 'UNMAPPED_VALUE', path, message, list: lookup.list, ...noted, ...kept(value) });
    return undefined;
  };
  return (scope, run) => {
    const value = read(scope);
    if (value === undefined || isEmpty(value)) return undefined;
    const second = readSecond?.(scope);
    const secondKey =
      second === undefined || second === null || typeof second === 'object' ? undefined : String(second);
    const { length } = run.problems;
    const translated = Array.isArray(value)
      ? (value as readonly Json[]).map((each) => one(each, secondKey, run)).filter((each) => each !== undefined)
      : one(value, secondKey, run);
    const result =
      translated === undefined || isEmpty(translated)
        ? undefined
        : coerce(translated, run.prefix + target, run.problems);
    if (run.problems.length > length) locate(run.problems, length, run.prefix + target, placeOf(lookup.source, scope));
    return result;
  };
}
