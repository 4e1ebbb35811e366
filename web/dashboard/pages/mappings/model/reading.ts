/** What a rule reads and gives, on the record that the mapping is tried on. Pure. */
import type { MappingPreviewedQuery } from '../../../graph/graphql.ts';
import type { EditedRule, Operand, PlacedRule, Predicate } from './rules.ts';

export type Preview = MappingPreviewedQuery['mappingPreview'];
export type PreviewProblem = Preview['problems'][number];

/** The value at a dotted path; undefined when there is none. In lists whose items have codes, a code names an item. */
export function valueAt(value: unknown, path: string): unknown {
  if (path === '' || path === '.') return value;
  let at: unknown = value;
  for (const part of path.split('.')) {
    if (Array.isArray(at)) {
      const coded = (at as readonly unknown[]).find((item) => isGroup(item) && item['code'] === part);
      at = coded === undefined ? (at as readonly unknown[])[Number(part)] : (coded as Group)['value'];
    } else at = isGroup(at) && Object.hasOwn(at, part) ? at[part] : undefined;
  }
  return at;
}

type Group = Readonly<Record<string, unknown>>;
const isGroup = (value: unknown): value is Group =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A value in a few characters. */
export function briefly(value: unknown, most = 60): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  const line = text.replace(/\s+/gu, ' ');
  return line.length > most ? `${line.slice(0, most - 1)}…` : line;
}

/** Paths that a rule reads, as it writes them; in the rules of a list they start at the item. */
export function sourcesOf(rule: EditedRule): readonly string[] {
  switch (rule.kind) {
    case 'COPY':
    case 'LIST':
      return rule.source === '' ? [] : [rule.source];
    case 'VALUE_MAP':
      return [rule.source, rule.secondKey].filter((path) => path !== '');
    case 'CONSTANT':
      return [];
    case 'EXPRESSION':
      return readsOfExpression(rule.expression);
    case 'CONDITION': {
      const read = rule.conditions.flatMap(({ when, then }) => [...readsOfPredicate(when), ...readsOfOperand(then)]);
      return [...new Set([...read, ...(rule.otherwise === null ? [] : readsOfOperand(rule.otherwise))])];
    }
  }
}

const text = (value: unknown): readonly string[] => (typeof value === 'string' && value !== '' ? [value] : []);

function readsOfPredicate(predicate: Predicate): readonly string[] {
  const { field, expression, all, any, not } = predicate;
  const inner = [...((all ?? []) as Predicate[]), ...((any ?? []) as Predicate[]), ...(not === undefined ? [] : [not as Predicate])]; // prettier-ignore
  return [...text(field), ...text(expression).flatMap(readsOfExpression), ...inner.flatMap(readsOfPredicate)];
}

function readsOfOperand({ copy, translate, expression }: Operand): readonly string[] {
  const { source, secondKey } = (translate ?? {}) as { readonly source?: unknown; readonly secondKey?: unknown };
  return [...text(copy), ...text(source), ...text(secondKey), ...text(expression).flatMap(readsOfExpression)];
}

/** Fields that an expression names; a name in front of a bracket is a function and not a field. */
export function readsOfExpression(expression: string): readonly string[] {
  const named = expression.matchAll(/\b(record|item|outer)((?:\.\??[A-Za-z_]\w*(?!\w)(?!\s*\())+)/gu);
  return [...new Set([...named].map(([, , path]) => path!.slice(1).replaceAll('?', '')))];
}

/** The record or item that a rule reads from, and those around it: the innermost last. */
function scopesOf(record: unknown, lists: readonly EditedRule[]): readonly unknown[] {
  const scopes = [record];
  for (const { source } of lists) {
    const list = readIn(scopes, source);
    scopes.push(Array.isArray(list) ? (list as readonly unknown[])[0] : undefined);
  }
  return scopes;
}

function readIn(scopes: readonly unknown[], path: string): unknown {
  const up = /^(?:\^\.)*/u.exec(path)![0].length / 2;
  return valueAt(scopes[Math.max(scopes.length - 1 - up, 0)], path.slice(up * 2));
}

/** What stands at a source path for a rule; of lists the first item. */
export function sampleAt(preview: Preview | null, { rule, lists }: PlacedRule, path: string): unknown {
  if (preview?.source == null) return undefined;
  const scopes = scopesOf(preview.source, lists);
  if (rule.kind !== 'EXPRESSION') return readIn(scopes, path);
  return readIn(scopes, path) ?? valueAt(preview.source, path);
}

/** Path in the receiving record, for a rule in a list that of the first item. */
export const targetPath = ({ rule, lists }: Pick<PlacedRule, 'rule' | 'lists'>): string =>
  [...lists.map(({ target }) => `${target}.0`), rule.target].join('.');

/** What a rule gave; undefined when it gave nothing. */
export const resultOf = (preview: Preview | null, rule: PlacedRule): unknown =>
  preview?.result == null ? undefined : valueAt(preview.result, targetPath(rule));

/** Whether a problem names the place of a rule, or a field that the rule writes. */
export function isAbout(problem: PreviewProblem, { rule, at, lists }: PlacedRule): boolean {
  const place = problem.at;
  if (place == null) return false;
  if (place.startsWith('rules.')) return place === at || (place.startsWith(`${at}.`) && !place.startsWith(`${at}.rules.`)); // prettier-ignore
  const pattern = [...lists.flatMap(({ target }) => [target, '\\d+']), rule.target].map((part) => part === '\\d+' ? part : part.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&')).join('\\.'); // prettier-ignore
  const below = rule.kind === 'LIST' ? '' : '(?:\\..+)?';
  return new RegExp(`^${pattern}${below}$`, 'u').test(place);
}
