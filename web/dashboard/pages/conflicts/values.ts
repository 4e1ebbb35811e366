/** Values of contested fields as people read and type them. In: a value as the graph has it, what the field holds. Out: texts, and back. Pure. */
import type { ConflictRowFragment } from '../../graph/graphql.ts';

export type ShownField = ConflictRowFragment['field'];

/** How single values are said. */
export interface Sayings {
  readonly empty: string;
  readonly yes: string;
  readonly no: string;
  number(text: string | number): string;
  /** A word for one of the values that the field allows; undefined when there is none. */
  wordOf(value: string): string | undefined;
  /** What a record is called, by its id. */
  nameOf(id: string): string | undefined;
}

/** The items of a list, one text each; of a plain value only one. */
export function linesOf(value: unknown, field: ShownField, say: Sayings): readonly string[] {
  const items = Array.isArray(value) ? (value as readonly unknown[]) : [value];
  const lines = items.map((item) => said(item, field, say)).filter((line) => line !== '');
  return lines.length === 0 ? [say.empty] : lines;
}

function said(value: unknown, { type, enumValues }: ShownField, say: Sayings): string {
  if (value == null || value === '') return '';
  if (typeof value === 'boolean') return value ? say.yes : say.no;
  if (typeof value === 'object') return partsOf(value).join(', ');
  const text = String(value as string | number);
  if (type === 'decimal' || type === 'integer') return say.number(text);
  if (type === 'reference') return say.nameOf(text) ?? text;
  return (enumValues == null ? undefined : say.wordOf(text)) ?? text;
}

/** What an object says, without the names of its members. */
const partsOf = (value: object): readonly string[] =>
  Object.values(value).flatMap((part: unknown) =>
    typeof part === 'object' && part !== null ? partsOf(part) : part == null ? [] : [String(part as string | number)],
  );

/** Ids of records that the values name. */
export const referencesIn = (rows: readonly ConflictRowFragment[]): readonly string[] => [
  ...new Set(
    rows
      .filter(({ field }) => field.type === 'reference')
      .flatMap(({ base, value, values }) => [base, value, ...values.map((each) => each.value)])
      .flat()
      .filter((id): id is string => typeof id === 'string'),
  ),
];

/** Whether another value can be typed: not an object, nor the id of a record. */
export const isTypeable = ({ type }: ShownField): boolean => type !== 'object' && type !== 'reference';

/** The first text of the field in which another value is typed. */
export function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.map((item) => String(item as string)).join('\n');
  return value == null ? '' : String(value as string | number | boolean);
}

/** What was typed, as the graph takes it; a decimal may have its comma. Nothing is empty. */
export function valueOf(text: string, { type, isList }: ShownField): unknown {
  const trimmed = text.trim();
  if (isList) return trimmed === '' ? null : trimmed.split(/\s*\n\s*/);
  if (trimmed === '') return null;
  if (type === 'boolean') return trimmed === 'true';
  if (type === 'decimal') return trimmed.replace(',', '.');
  if (type === 'integer' && /^-?\d+$/.test(trimmed)) return Number(trimmed);
  return trimmed;
}
