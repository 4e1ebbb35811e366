/**
 * Paths into documents. `price.amount` goes into objects, `barcodes.0` takes an item of a list, `.` is the item itself and
 * each `^.` at the start goes up to the record that holds the list. In lists whose items have codes, `characteristics.material`
 * is the value of one item; a code that is known comes before a place in the list, and may hold dots. Reading never throws and
 * sees own members only, so a document with `__proto__` or `constructor` as a key is just a document.
 */
import type { Document, Field, FieldType, Json } from '../base/document.js';

/** Where a rule reads: the record or item, and the record around it. */
export interface Scope {
  readonly value: Json;
  readonly above: Scope | undefined;
  /** Of an item: which one of which list of the record above. */
  readonly item?: { readonly list: string; readonly index: number };
  /** What expressions see of the value; made when the first one asks. */
  view?: unknown;
}
export type Reader = (scope: Scope) => Json | undefined;

/** The fields that a rule can read, innermost first. */
export interface FieldScope {
  /** Undefined when the catalogue does not describe the inside. */
  readonly fields: readonly Field[] | undefined;
  /** Set when the items are plain values (a list of texts): what `.` reads. */
  readonly item?: Field;
  readonly above: FieldScope | undefined;
}

/** What stands at a path. `open` is the inside of an object whose fields the catalogue does not list. */
export type Found = FoundField | { readonly type: 'open' } | { readonly type: 'unknown'; readonly message: string };

export interface FoundField {
  readonly type: 'field';
  readonly field: Field;
  /** Set when the path names an item of a list by its code. */
  readonly item?: NamedItem;
}

export interface NamedItem {
  /** Path of the list, from the record or item that the path starts at. */
  readonly list: string;
  readonly code: string;
  /** The list holds plain values: the item says whether one is among them. */
  readonly isMember: boolean;
  /** The catalogue lists the code, and so knows the type of the value; else `text` stands in for it. */
  readonly isListed: boolean;
}

const isIndex = (segment: string): boolean => /^\d{1,4}$/.test(segment);

/** Looks a source path up in the catalogue. */
export function findSource(path: string, scope: FieldScope): Found {
  let from: FieldScope | undefined = scope;
  let rest = path;
  while (rest.startsWith('^.') && from !== undefined) {
    from = from.above;
    rest = rest.slice(2);
  }
  if (from === undefined) return { type: 'unknown', message: `there is no record above for "${path}"` };
  if (rest === '' || rest === '.') {
    return from.item === undefined
      ? { type: 'unknown', message: `"${path}" is a whole record; name one of its fields` }
      : { type: 'field', field: from.item };
  }
  return from.fields === undefined ? { type: 'open' } : walk(rest.split('.'), from.fields, path);
}

function walk(segments: readonly string[], fields: readonly Field[], path: string): Found {
  let within = fields;
  let field: Field | undefined;
  for (const [index, segment] of segments.entries()) {
    if (field?.list === true) {
      const item = namedItem(field, segments, index);
      if (item !== undefined) return item;
      if (!isIndex(segment) && field.byCode !== undefined)
        return { type: 'unknown', message: unknownCode(field, path) };
      if (!isIndex(segment))
        return { type: 'unknown', message: `"${field.name}" in "${path}" is a list; use a list rule` };
      field = { ...field, list: false };
      continue;
    }
    if (field !== undefined && field.fields === undefined) {
      if (field.type === 'object') return { type: 'open' };
      return { type: 'unknown', message: `"${field.name}" in "${path}" has no fields inside` };
    }
    within = field?.fields ?? within;
    field = within.find((each) => each.name === segment);
    if (field === undefined) return { type: 'unknown', message: `the field "${path}" does not exist` };
  }
  return field === undefined ? { type: 'unknown', message: 'the path is empty' } : { type: 'field', field };
}

/** The item that the rest of a path names; it can be written when its list can. */
function namedItem(list: Field, segments: readonly string[], from: number): FoundField | undefined {
  const code = segments.slice(from).join('.');
  const isMember = list.type !== 'object';
  const { byCode } = list;
  const named =
    byCode !== 'any'
      ? byCode?.find(({ name }) => name === code)
      : isIndex(segments[from] ?? '') || code === ''
        ? undefined
        : ({ name: code, type: 'text' } as const);
  if (named === undefined) return undefined;
  const { computed, onCreate = true, onUpdate = true } = list;
  const rights = isMember ? { onCreate: false, onUpdate: false } : { onCreate, onUpdate };
  const field: Field = { ...named, ...rights, ...(computed === undefined ? {} : { computed }) };
  return {
    type: 'field',
    field,
    item: { list: segments.slice(0, from).join('.'), code, isMember, isListed: byCode !== 'any' },
  };
}

function unknownCode({ name, byCode }: Field, path: string): string {
  const known = byCode === 'any' ? [] : (byCode ?? []).map((each) => each.name);
  const some = known.length > 10 ? [...known.slice(0, 10), '…'] : known;
  return `the field "${path}" does not exist; "${name}" has ${some.length === 0 ? 'none that is known' : some.join(', ')}`;
}

/** Looks a target path up; lists inside the path are not allowed, because a list rule writes whole lists. */
export function findTarget(path: string, fields: readonly Field[]): Found {
  const plain = path === '.' ? fields.find((field) => field.name === '.') : undefined;
  if (plain !== undefined) return { type: 'field', field: plain };
  return walk(path.split('.'), fields, path);
}

/** Type of what was found; undefined when the catalogue does not say. */
export const typeOf = (found: Found): FieldType | undefined =>
  found.type === 'field' && found.item?.isListed !== false ? found.field.type : undefined;

/** A function that reads the path; `fields` is what can be read where it stands. */
export function makeReader(path: string, fields: FieldScope): Reader {
  const found = findSource(path, fields);
  const item = found.type === 'field' ? found.item : undefined;
  let levels = 0;
  let rest = path;
  for (; rest.startsWith('^.'); levels++) rest = rest.slice(2);
  if (item === undefined) return makePlainReader(levels, rest);
  const readList = makePlainReader(levels, item.list);
  return (scope) => valueOf(readList(scope), item);
}

function makePlainReader(levels: number, rest: string): Reader {
  const segments = rest === '' || rest === '.' ? [] : rest.split('.');
  const first = segments[0];
  if (levels === 0 && segments.length === 1 && first !== undefined) return (scope) => member(scope.value, first);
  return (scope) => {
    let from: Scope | undefined = scope;
    for (let i = 0; i < levels; i++) from = from?.above;
    let value: Json | undefined = from?.value;
    for (const segment of segments) value = member(value, segment);
    return value;
  };
}

/** Value of the first item with the code; of a member, `true` or `false`, and nothing when there is no list. */
function valueOf(list: Json | undefined, { code, isMember }: NamedItem): Json | undefined {
  if (!Array.isArray(list)) return undefined;
  const items = list as readonly Json[];
  if (isMember) return String(items.some((each) => typeof each !== 'object' && String(each) === code));
  return member(
    items.find((each) => member(each, 'code') === code),
    'value',
  );
}

/** Own member of an object or item of a list; undefined for everything else. */
function member(value: Json | undefined, name: string): Json | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.hasOwn(value, name) ? (value as Document)[name] : undefined;
}

/** Nothing to say: absent, null, text of spaces only, a list without items. */
export function isEmpty(value: Json | undefined): boolean {
  if (value === undefined || value === null) return true;
  if (typeof value === 'string') return value === '' || value.trim() === '';
  return Array.isArray(value) && value.length === 0;
}
