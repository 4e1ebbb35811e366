/**
 * References inside canonical fields, at any depth: who is mentioned, and the same fields with other ids. A record can be
 * mentioned by its id in a system, as `key:<key>` by its natural key there, or as `mark:<id>` by the hub's mark on it. Pure.
 */
import type { Document, Field, Json } from '../base/document.js';
import type { CanonicalEntity } from './entities.js';
import { fieldsOf } from './normalise.js';

const keyPrefix = 'key:';

/** A mention by natural key; also the external id of the reservation that it makes. */
export const mentionByKey = (key: string): string => `${keyPrefix}${key}`;

/** The natural key of a mention by key. */
export const keyOfMention = (externalId: string): string | undefined =>
  externalId.startsWith(keyPrefix) ? externalId.slice(keyPrefix.length) : undefined;

const markPrefix = 'mark:';

/** A mention by the mark of the hub that the mentioned record carries. */
export const mentionByMark = (hubId: string): string => `${markPrefix}${hubId}`;

/** The id of the hub in a mention by mark. */
export const markOfMention = (externalId: string): string | undefined =>
  externalId.startsWith(markPrefix) ? externalId.slice(markPrefix.length) : undefined;

interface ReferenceField {
  readonly name: string;
  /** Of a reference; undefined for an object, which has references inside. */
  readonly entity: CanonicalEntity | undefined;
  readonly inner: readonly ReferenceField[];
}

const referenceFields = Object.fromEntries(
  Object.entries(fieldsOf).map(([entity, fields]) => [entity, referencesAmong(fields)]),
) as unknown as Readonly<Record<CanonicalEntity, readonly ReferenceField[]>>;

function referencesAmong(fields: readonly Field[]): readonly ReferenceField[] {
  return fields.flatMap((field): readonly ReferenceField[] => {
    const { name } = field;
    if (field.type === 'reference') return [{ name, entity: field.entity as CanonicalEntity, inner: [] }];
    const inner = referencesAmong(field.fields ?? []);
    return inner.length === 0 ? [] : [{ name, entity: undefined, inner }];
  });
}

/** Calls back with every id that the fields refer to. */
export function eachReference(
  entity: CanonicalEntity,
  fields: Document,
  call: (entity: CanonicalEntity, id: string) => void,
): void {
  visit(referenceFields[entity], fields, call);
}

function visit(
  references: readonly ReferenceField[],
  fields: Document,
  call: (entity: CanonicalEntity, id: string) => void,
): void {
  for (const { name, entity, inner } of references) {
    const value = fields[name];
    if (value === undefined || value === null) continue;
    for (const item of Array.isArray(value) ? (value as readonly Json[]) : [value]) {
      if (entity === undefined) visit(inner, item as Document, call);
      else call(entity, item as string);
    }
  }
}

/** The fields with every id replaced; the same object when none is. A list of references names each record once. */
export function replaceReferences(
  entity: CanonicalEntity,
  fields: Document,
  replace: (entity: CanonicalEntity, id: string) => string,
): Document {
  return rewrite(referenceFields[entity], fields, replace);
}

/** All ids that the fields of several records refer to, by the kind of record that has them. */
export function referencesIn(
  records: readonly { readonly entity: CanonicalEntity; readonly fields: Document }[],
): ReadonlyMap<CanonicalEntity, ReadonlySet<string>> {
  const named = new Map<CanonicalEntity, Set<string>>();
  for (const { entity, fields } of records)
    eachReference(entity, fields, (of, id) => named.set(of, (named.get(of) ?? new Set()).add(id)));
  return named;
}

/** The fields with the ids of the hub, as far as they are known; a mark says the id itself. */
export const withKnownIds = (
  entity: CanonicalEntity,
  fields: Document,
  known: (entity: CanonicalEntity, id: string) => string | undefined,
): Document => replaceReferences(entity, fields, (of, id) => markOfMention(id) ?? known(of, id) ?? id);

function rewrite(
  references: readonly ReferenceField[],
  fields: Document,
  replace: (entity: CanonicalEntity, id: string) => string,
): Document {
  let changed: Record<string, Json> | undefined;
  for (const { name, entity, inner } of references) {
    const value = fields[name];
    if (value === undefined || value === null) continue;
    const after = Array.isArray(value)
      ? rewriteList(value as readonly Json[], entity, inner, replace)
      : rewriteOne(value, entity, inner, replace);
    if (after === value) continue;
    changed ??= { ...fields };
    changed[name] = after;
  }
  return changed ?? fields;
}

const rewriteOne = (
  item: Json,
  entity: CanonicalEntity | undefined,
  inner: readonly ReferenceField[],
  replace: (entity: CanonicalEntity, id: string) => string,
): Json => (entity === undefined ? rewrite(inner, item as Document, replace) : replace(entity, item as string));

function rewriteList(
  items: readonly Json[],
  entity: CanonicalEntity | undefined,
  inner: readonly ReferenceField[],
  replace: (entity: CanonicalEntity, id: string) => string,
): readonly Json[] {
  const replaced = items.map((item) => rewriteOne(item, entity, inner, replace));
  if (replaced.every((item, index) => item === items[index])) return items;
  return entity === undefined ? replaced : [...new Set(replaced)];
}
