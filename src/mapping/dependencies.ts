/**
 * What each top-level field of a target record is made from: the paths of the source record that its rules read, in values,
 * conditions, second keys and lists. In: the rules. Out: field → paths, in order. Static: read off the definition, so it
 * holds for every record. Settings and ids are nobody's statement and are left out; a field of constants has no paths.
 */
import { readsOf } from './expression/expression.js';
import type { Lookup, Operand, Predicate, Rule } from './mapping.js';

export type Dependencies = ReadonlyMap<string, readonly string[]>;

/** Where the rules of a list stand: the path of its items, and the record around it. */
interface Place {
  readonly path: string;
  readonly above: Place | undefined;
}

export function dependenciesOf(rules: readonly Rule[]): Dependencies {
  const found = new Map<string, Set<string>>();
  for (const rule of rules) {
    const field = rule.target.split('.', 1)[0] ?? rule.target;
    const paths = found.get(field) ?? new Set<string>();
    found.set(field, paths);
    addRule(rule, { path: '', above: undefined }, paths);
  }
  return new Map([...found].map(([field, paths]) => [field, [...paths].filter(isStatement).sort()]));
}

const isStatement = (path: string): boolean => !/^settings(?:\.|$)|(?:^|\.)id$/.test(path);

function addRule(rule: Rule, at: Place, paths: Set<string>): void {
  if (rule.defaultWhen === 'forced') return;
  switch (rule.kind) {
    case 'constant':
      return;
    case 'copy':
      return add(rule.source, at, paths);
    case 'valueList':
      return addLookup(rule, at, paths);
    case 'condition':
      for (const row of rule.rows) {
        addPredicate(row.when, at, paths);
        addOperand(row.then, at, paths);
      }
      if (rule.otherwise !== undefined) addOperand(rule.otherwise, at, paths);
      return;
    case 'expression':
      return addExpression(rule.expression, at, paths);
    case 'list': {
      add(rule.source, at, paths);
      const inner: Place = { path: resolve(rule.source, at), above: at };
      if (rule.includeWhen !== undefined) addPredicate(rule.includeWhen, inner, paths);
      for (const each of rule.rules) addRule(each, inner, paths);
    }
  }
}

function addOperand(operand: Operand, at: Place, paths: Set<string>): void {
  if ('copy' in operand) add(operand.copy, at, paths);
  else if ('translate' in operand) addLookup(operand.translate, at, paths);
  else if ('expression' in operand) addExpression(operand.expression, at, paths);
}

function addExpression(text: string, at: Place, paths: Set<string>): void {
  for (const path of readsOf(text)) {
    if (path.startsWith('$.')) add(path.slice(2), rootOf(at), paths);
    else add(path, at, paths);
  }
}

function rootOf(at: Place): Place {
  let from = at;
  while (from.above !== undefined) from = from.above;
  return from;
}

function addLookup({ source, secondKey }: Lookup, at: Place, paths: Set<string>): void {
  add(source, at, paths);
  if (secondKey !== undefined) add(secondKey, at, paths);
}

function addPredicate(predicate: Predicate, at: Place, paths: Set<string>): void {
  if ('all' in predicate) for (const each of predicate.all) addPredicate(each, at, paths);
  else if ('any' in predicate) for (const each of predicate.any) addPredicate(each, at, paths);
  else if ('not' in predicate) addPredicate(predicate.not, at, paths);
  else if ('expression' in predicate) addExpression(predicate.expression, at, paths);
  else add(predicate.field, at, paths);
}

function add(source: string, at: Place, paths: Set<string>): void {
  const path = resolve(source, at);
  if (path !== '') paths.add(path);
}

/** The whole path from the record down. */
function resolve(source: string, at: Place): string {
  let from: Place | undefined = at;
  let rest = source;
  while (rest.startsWith('^.')) {
    from = from?.above;
    rest = rest.slice(2);
  }
  const base = from?.path ?? '';
  if (rest === '' || rest === '.') return base;
  return base === '' ? rest : `${base}.${rest}`;
}
