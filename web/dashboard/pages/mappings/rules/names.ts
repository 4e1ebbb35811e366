/**
 * What people call the fields that rules read and write: the names on the way to a field, the outermost first (`Product › Name`). Pure.
 * In: the fields of a side, a path as the rule writes it. Out: the name; null where no field is known by that path.
 */
import type { PlacedRule } from '../model/rules.ts';
import type { Field } from '../state.ts';
import { listPath } from './fields.ts';

type Named = Pick<Field, 'path' | 'name'>;

export function fieldName(fields: readonly Named[], path: string): string | null {
  const parts = path.split('.');
  const names = parts.map((_, at) => {
    const whole = parts.slice(0, at + 1).join('.');
    return fields.find((field) => field.path === whole)?.name;
  });
  return names.includes(undefined) ? null : names.join(' › ');
}

/** The parts of a field that have a name, by their paths below it: lists say those of their items. */
export function partsOf(
  fields: readonly Named[],
  path: string,
): readonly { readonly path: string; readonly label: string }[] {
  const whole = path.replace(/\.\d+(?=\.|$)/gu, '');
  return fields.flatMap((field) => (field.path.startsWith(`${whole}.`) && field.name != null ? [{ path: field.path.slice(whole.length + 1), label: field.name }] : [])); // prettier-ignore
}

/** Whether a field, or a part of it, refers to records. */
export const refersToRecords = (fields: readonly Pick<Field, 'path' | 'type'>[], path: string): boolean =>
  fields.some((field) => field.type === 'reference' && (field.path === path || field.path.startsWith(`${path}.`)));

/** Of a field that a rule reads; in the rules of a list it stands in the item, and `^.` leads out of it. Expressions name fields of the record too. */
export function sourceName(
  fields: readonly Named[],
  { lists }: Pick<PlacedRule, 'lists'>,
  path: string,
): string | null {
  const up = /^(?:\^\.)*/u.exec(path)![0].length / 2;
  const own = path.slice(up * 2);
  const around = listPath(lists.slice(0, Math.max(lists.length - up, 0)), 'source');
  return nameWithin(fields, around, own) ?? fieldName(fields, own);
}

/** Of the field that a rule writes. */
export const targetName = (
  fields: readonly Named[],
  { rule, lists }: Pick<PlacedRule, 'rule' | 'lists'>,
): string | null => nameWithin(fields, listPath(lists, 'target'), rule.target);

/** Of a field of an item: that it stands in the list goes without saying. */
function nameWithin(fields: readonly Named[], list: string, path: string): string | null {
  if (list === '') return fieldName(fields, path);
  const inside = fields.filter((field) => field.path.startsWith(`${list}.`));
  return fieldName(inside.map(({ path: whole, name }) => ({ path: whole.slice(list.length + 1), name })), path); // prettier-ignore
}
