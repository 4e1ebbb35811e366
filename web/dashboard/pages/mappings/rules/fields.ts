/** Which fields a rule can read and write: in the rules of a list those of an item, and with `^.` those around it. Pure. */
import { briefly, sampleAt, type Preview } from '../model/reading.ts';
import type { EditedRule, PlacedRule } from '../model/rules.ts';
import type { Field } from '../state.ts';

/** A field as it is offered. */
export interface Offered {
  readonly path: string;
  readonly label: string;
  readonly type: string;
  /** What it holds in the record that is tried. */
  readonly sample: string;
}

const isWithin = (path: string, list: string): boolean => path.startsWith(`${list}.`);

/** Paths of the lists around a rule, from the record on, by what they read or write. */
export const listPath = (lists: readonly EditedRule[], of: 'source' | 'target'): string =>
  lists.reduce((path, list) => (path === '' ? list[of] : list[of].startsWith('^.') ? list[of].replace(/^(?:\^\.)+/u, '') : `${path}.${list[of]}`), ''); // prettier-ignore

/** Fields that the rule can read. */
export function sourcesFor(fields: readonly Field[], row: PlacedRule, preview: Preview | null): readonly Offered[] {
  const { lists } = row;
  const offer = ({ label, type }: Field, path: string): Offered => ({
    ...{ path, label, type },
    sample: briefly(sampleAt(preview, row, path), 40),
  });
  if (lists.length === 0) return fields.map((field) => offer(field, field.path));
  const list = listPath(lists, 'source');
  const inner = fields.filter(({ path }) => isWithin(path, list)).map((field) => offer(field, field.path.slice(list.length + 1))); // prettier-ignore
  const up = '^.'.repeat(lists.length);
  const outer = fields.filter(({ path }) => !isWithin(path, list)).map((field) => offer(field, `${up}${field.path}`));
  return [...inner, ...outer];
}

/** Fields that a rule at this place can write, with paths as the rule writes them. */
export function targetsFor(fields: readonly Field[], lists: readonly EditedRule[]): readonly Field[] {
  const writable = fields.filter(({ isReadOnly }) => !isReadOnly);
  if (lists.length === 0) return writable;
  const list = listPath(lists, 'target');
  return writable
    .filter(({ path }) => isWithin(path, list))
    .map((field) => ({ ...field, path: field.path.slice(list.length + 1) }));
}

/** Of the field that a rule writes; undefined when the receiving side has none of that name. */
export const targetField = (fields: readonly Field[], { rule, lists }: PlacedRule): Field | undefined =>
  targetsFor(fields, lists).find(({ path }) => path === rule.target);

/** Fields of the receiving record that no rule writes yet. */
export function openTargets(
  fields: readonly Field[],
  lists: readonly EditedRule[],
  rules: readonly EditedRule[],
): readonly Field[] {
  const written = rules.map(({ target }) => target);
  return targetsFor(fields, lists).filter(
    ({ path }) =>
      !written.some((target) => target === path || isWithin(target, path) || isWithin(path, target)) &&
      !(lists.length === 0 && fields.some((list) => list.isList && isWithin(path, list.path))),
  );
}
