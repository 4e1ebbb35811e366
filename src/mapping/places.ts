/**
 * Where the value of a problem stands in the record that a mapping reads, so that people find it there. Pure; asked only when
 * something is wrong with a record.
 */
import type { RecordProblem, Rule } from './mapping.js';
import type { FieldScope, Scope } from './paths.js';
import { compilePredicate } from './predicates.js';

/** Where a path of a scope stands in the whole record: `rate` of the second line is `lines.1.rate`. */
export function placeOf(path: string, scope: Scope): string {
  let from: Scope | undefined = scope;
  let rest = path;
  for (; rest.startsWith('^.'); rest = rest.slice(2)) from = from?.above;
  const own = rest === '.' ? '' : rest;
  if (from?.item === undefined || from.above === undefined) return own;
  const item = `${placeOf(from.item.list, from.above)}.${from.item.index}`;
  return own === '' ? item : `${item}.${own}`;
}

/** Says of the problems from `first` on, all of them at or below `path`, where their values stand below `place`. */
export function locate(problems: RecordProblem[], first: number, path: string, place: string): void {
  for (let i = first; i < problems.length; i++) {
    const problem = problems[i]!;
    problems[i] = { ...problem, sourcePath: place + problem.path.slice(path.length) };
  }
}

/** The place that a rule reads in a scope; nothing for a constant. */
export function makeSourcePlace(rule: Rule, fields: FieldScope): (scope: Scope) => { readonly sourcePath?: string } {
  const rows = rule.kind === 'condition' ? rule.rows : [];
  const tests = rows.map(({ when, then }) => ({ holds: compilePredicate(when, fields), then }));
  const fixed = 'source' in rule ? { copy: rule.source } : undefined;
  const otherwise = rule.kind === 'condition' ? rule.otherwise : fixed;
  return (scope) => {
    const operand = tests.find(({ holds }) => holds(scope))?.then ?? otherwise;
    return operand !== undefined && 'copy' in operand ? { sourcePath: placeOf(operand.copy, scope) } : {};
  };
}
