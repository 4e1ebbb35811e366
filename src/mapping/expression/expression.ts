/**
 * Compiles one expression. In: its text, the fields that it can read, what is expected of it. Out: a function of a scope, or
 * the problem with its place in the text. `record` is the whole record; in the rules of a list `item` is the item, `outer`
 * the item around it. The function never throws: it gives a value, nothing (when a field that it needs is absent), or why not.
 */
import {
  EvaluationError,
  ParseError,
  TypeError as CheckError,
  type ASTNode,
  type Environment,
  type ParseResult,
} from '@marcbachmann/cel-js';
import type { Field, FieldType, Json } from '../../base/document.js';
import type { RecordProblem, TextRange } from '../mapping.js';
import type { FieldScope, Scope } from '../paths.js';
import { isSpent, meter, startBudget } from './budget.js';
import { mostDigits } from './decimal.js';
import { ExpressionFailure } from './failure.js';
import { callable, language, patternOf } from './language.js';
import { inLanguage, prepare } from './prepare.js';
import { allOf, usesOf } from './reads.js';
import { toJson } from './results.js';
import { plainType, registerViews, wrapItem, type ViewType } from './views.js';

/** `empty`: a field that it needs is absent. */
export type ExpressionResult =
  | { readonly type: 'value'; readonly value: Json }
  | { readonly type: 'empty' }
  | { readonly type: 'failed'; readonly message: string; readonly problem?: RecordProblem };

/** A compiled expression. */
export type Expression = (scope: Scope) => ExpressionResult;

export interface ExpressionProblem {
  readonly code: 'EXPRESSION_SYNTAX' | 'EXPRESSION_TYPE' | 'UNKNOWN_FIELD';
  readonly message: string;
  readonly range: TextRange;
}

export type ExpressionCompiled =
  | { readonly type: 'compiled'; readonly expression: Expression }
  | { readonly type: 'invalid'; readonly problem: ExpressionProblem };

export const longestExpression = 4_000;

/** What the value is for: a condition, or a field that takes it. */
export type Expected = 'condition' | Field;

/** Checks and compiles. The same text over the same fields is compiled once. */
export function compileExpression(text: string, scope: FieldScope, expected: Expected): ExpressionCompiled {
  if (text.trim() === '') return invalid('EXPRESSION_SYNTAX', 'The expression is empty.', 0, 0);
  if (text.length > longestExpression)
    return invalid(
      'EXPRESSION_SYNTAX',
      `An expression has at most ${longestExpression} characters.`,
      longestExpression,
      text.length,
    );
  const variables = variablesOf(scope);
  if (variables === undefined) return invalid('EXPRESSION_TYPE', 'Nothing is known of what it could read here.', 0, 0);
  let parsed: ParseResult;
  try {
    parsed = variables.env.parse(text);
  } catch (thrown) {
    return refused('EXPRESSION_SYNTAX', thrown, text);
  }
  const literal = prepare(parsed.ast)?.range;
  if (literal !== undefined)
    return invalid('EXPRESSION_SYNTAX', `A number has at most ${mostDigits} digits.`, literal.start, literal.end);
  const result = parsed.check();
  if (!result.valid) return refused('EXPRESSION_TYPE', result.error, text);
  const misuse = misuseOf(parsed.ast) ?? unexpected(result.type ?? 'dyn', expected, parsed.ast);
  if (misuse !== undefined) return { type: 'invalid', problem: misuse };
  meter(parsed.ast);
  return { type: 'compiled', expression: makeRun(parsed, variables) };
}

function invalid(code: ExpressionProblem['code'], message: string, from: number, to: number): ExpressionCompiled {
  return { type: 'invalid', problem: { code, message, range: { from, to } } };
}

function refused(code: ExpressionProblem['code'], thrown: unknown, text: string): ExpressionCompiled {
  if (thrown instanceof ParseError || thrown instanceof CheckError || thrown instanceof EvaluationError) {
    const { start = 0, end = text.length } = thrown.range ?? {};
    const missing =
      /^No such key: (.*)$/.exec(thrown.summary)?.[1] ?? /^Unknown variable: (.*)$/.exec(thrown.summary)?.[1];
    const message = missing === undefined ? inLanguage(thrown.summary) : `There is no field "${missing}" here.`;
    return invalid(
      missing === undefined ? code : 'UNKNOWN_FIELD',
      message,
      Math.min(start, text.length),
      Math.min(Math.max(end, start), text.length),
    );
  }
  // Nesting so deep that the parser itself gives up.
  return invalid('EXPRESSION_SYNTAX', 'The expression is nested too deeply.', 0, text.length);
}

interface Variables {
  readonly env: Environment;
  readonly names: readonly (readonly [name: string, of: (scope: Scope) => unknown])[];
}

const known = new WeakMap<
  readonly Field[],
  { readonly env: Environment; readonly byFields: Map<readonly Field[], ViewType> }
>();

/** The variables of a scope with their types. */
function variablesOf(scope: FieldScope): Variables | undefined {
  const scopes: FieldScope[] = [];
  for (let each: FieldScope | undefined = scope; each !== undefined; each = each.above) scopes.push(each);
  const root = scopes.at(-1)?.fields;
  if (root === undefined) return undefined;
  let made = known.get(root);
  if (made === undefined) {
    const base = language.clone();
    const byFields = new Map<readonly Field[], ViewType>();
    registerViews(base, root, byFields);
    known.set(root, (made = { env: base, byFields }));
  }
  const { byFields } = made;
  const env = made.env.clone();
  const names: (readonly [string, (scope: Scope) => unknown])[] = [];
  const declare = (name: string, of: FieldScope, find: (scope: Scope) => Scope | undefined): void => {
    const view = of.fields === undefined ? undefined : byFields.get(of.fields);
    const { item } = of;
    env.registerVariable(name, view?.name ?? (item === undefined ? 'dyn' : plainType(item).name));
    names.push([name, (at) => viewOf(find(at), view, item)]);
  };
  declare('record', scopes.at(-1)!, rootOf);
  const [inner, outer] = scopes;
  if (inner !== undefined && scopes.length > 1) declare('item', inner, (at) => at);
  if (outer !== undefined && scopes.length > 2) declare('outer', outer, (at) => at.above);
  return { env, names };
}

function rootOf(scope: Scope): Scope {
  let at = scope;
  while (at.above !== undefined) at = at.above;
  return at;
}

function viewOf(scope: Scope | undefined, view: ViewType | undefined, item: Field | undefined): unknown {
  if (scope === undefined) return undefined;
  if (view === undefined) return item === undefined ? scope.value : wrapItem(item, scope.value);
  return (scope.view ??= view.wrap(scope.value));
}

/** What an expression may not do although it is correct. */
function misuseOf(root: ASTNode): ExpressionProblem | undefined {
  for (const { op, args, range } of allOf(root)) {
    if (op !== 'call' && op !== 'rcall') continue;
    const name = args[0];
    const at = { from: range.start, to: range.end };
    if (!callable.has(name)) {
      const instead = name === 'matches' ? ' Use like, which is safe for every text.' : '';
      return { code: 'EXPRESSION_TYPE', message: `There is no function "${name}".${instead}`, range: at };
    }
    if (!['like', 'find', 'replaceLike'].includes(name)) continue;
    const pattern = (args.at(-1) as readonly ASTNode[])[0];
    if (pattern?.op !== 'value' || typeof pattern.args !== 'string')
      return { code: 'EXPRESSION_TYPE', message: `${name} takes a pattern that is written out.`, range: at };
    try {
      patternOf(pattern.args);
    } catch (thrown) {
      const range = { from: pattern.range.start, to: pattern.range.end };
      return { code: 'EXPRESSION_SYNTAX', message: `${sentence((thrown as Error).message)}`, range };
    }
  }
  return wholeRecord(root);
}

/** Of the whole record nobody could say which of its fields are read. Of items it is known: those of their list. */
function wholeRecord(root: ASTNode): ExpressionProblem | undefined {
  const use = usesOf(root, new Set(['record'])).find(({ names }) => names.length === 0);
  if (use === undefined) return undefined;
  const range = { from: use.range.start, to: use.range.end };
  return { code: 'EXPRESSION_TYPE', message: '"record" is a whole record; name one of its fields.', range };
}

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1).replace(/\.$/, '')}.`;

const gives: Readonly<Record<string, readonly FieldType[]>> = {
  string: ['text', 'reference', 'decimal', 'integer', 'boolean', 'instant'],
  decimal: ['text', 'decimal', 'integer'],
  double: ['text', 'decimal', 'integer'],
  int: ['text', 'decimal', 'integer', 'reference'],
  bool: ['boolean'],
  'google.protobuf.Timestamp': ['instant', 'text'],
};

function unexpected(type: string, expected: Expected, ast: ASTNode): ExpressionProblem | undefined {
  const range = { from: ast.range.start, to: ast.range.end };
  const bare = /^optional<(.+)>$/.exec(type)?.[1] ?? type;
  const named = type.replace('google.protobuf.Timestamp', 'timestamp');
  if (expected === 'condition') {
    if (bare === 'bool' || bare === 'dyn') return undefined;
    return { code: 'EXPRESSION_TYPE', message: `A condition is true or false, but this is ${named}.`, range };
  }
  const list = /^list<(.+)>$/.exec(bare)?.[1] ?? (bare === 'list' ? 'dyn' : undefined);
  if (list !== undefined && expected.list !== true)
    return { code: 'EXPRESSION_TYPE', message: `"${expected.name}" holds one value, but this is a list.`, range };
  const one = list ?? bare;
  if (one === 'dyn' || one === 'T') return undefined;
  const isRecord = one.startsWith('Record') || one.startsWith('map');
  if (isRecord ? expected.type === 'object' : gives[one]?.includes(expected.type) === true) return undefined;
  return { code: 'EXPRESSION_TYPE', message: `"${expected.name}" is ${expected.type}, but this is ${named}.`, range };
}

/**
 * Paths of the fields that an expression reads, as rules would write them at its place: `$.` leads from the whole record
 * on, `^.` from the item around. Nothing for one that cannot be parsed.
 */
export function readsOf(text: string): readonly string[] {
  let root: ASTNode;
  try {
    root = language.parse(text).ast;
  } catch {
    return [];
  }
  const paths = usesOf(root, variableNames).map(({ variable, names }) => `${prefixes[variable]}${names.join('.')}`);
  return [...new Set(paths)].sort();
}

/** How rules write the records that the variables stand for; `$.` is the whole record. */
const prefixes: Readonly<Record<string, string>> = { record: '$.', item: '', outer: '^.' };
const variableNames: ReadonlySet<string> = new Set(Object.keys(prefixes));

function makeRun(parsed: ParseResult, { names }: Variables): Expression {
  return (scope) => {
    startBudget();
    try {
      const context: Record<string, unknown> = {};
      for (const [name, of] of names) context[name] = of(scope);
      const value = toJson(parsed(context));
      if (isSpent()) return { type: 'failed', message: 'the expression takes too many steps for one record' };
      return value === undefined ? empty : { type: 'value', value };
    } catch (thrown) {
      return failureOf(thrown);
    }
  };
}

const empty = { type: 'empty' } as const;

function failureOf(thrown: unknown): ExpressionResult {
  const cause = thrown instanceof EvaluationError ? (thrown.cause ?? thrown) : thrown;
  if (cause instanceof ExpressionFailure) {
    const { message, problem } = cause;
    return { type: 'failed', message, ...(problem === undefined ? {} : { problem }) };
  }
  if (cause instanceof EvaluationError) {
    if (['no_such_key', 'index_out_of_bounds', 'unknown_variable', 'optional_none'].includes(cause.code) && !isSpent())
      return empty;
    return { type: 'failed', message: cause.summary };
  }
  return { type: 'failed', message: cause instanceof Error ? cause.message : 'the expression failed' };
}
