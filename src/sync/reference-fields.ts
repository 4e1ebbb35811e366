/**
 * Fields of a target's record that name other records. Mappings write canonical ids; the target is given its own id or the
 * natural key of that record. A value that starts with `=` is the target's own id already. Pure; which references exist is
 * handed in.
 */
import type { Document, Field, Json } from '../base/document.js';

/** A record that another one names. */
export interface Mention {
  readonly entity: string;
  readonly canonicalId: string;
  readonly use: 'id' | 'key';
}

export type Resolve = (mention: Mention) => string | undefined;

/** A document with its references replaced; `missing` are those that the target does not have yet. */
export interface Resolved {
  readonly document: Document;
  readonly missing: readonly Mention[];
}

/** All mentions in a document. */
export function mentionsIn(document: Document, fields: readonly Field[]): readonly Mention[] {
  const mentions: Mention[] = [];
  replace(document, fields, (mention) => {
    mentions.push(mention);
    return undefined;
  });
  return mentions;
}

/** Replaces every mention by what the target calls that record. */
export function resolveMentions(document: Document, fields: readonly Field[], resolve: Resolve): Resolved {
  const missing: Mention[] = [];
  const made = replace(document, fields, (mention) => {
    const name = resolve(mention);
    if (name === undefined) missing.push(mention);
    return name;
  });
  return { document: made, missing };
}

/** A copy of the document in which each mention at whatever depth is replaced; the same document when there is none. */
function replace(document: Document, fields: readonly Field[], name: Resolve): Document {
  let out: Record<string, Json> | undefined;
  for (const field of fields) {
    if (field.type !== 'reference' && field.fields === undefined) continue;
    const value = document[field.name];
    if (value === undefined || value === null) continue;
    const made = Array.isArray(value)
      ? (value as readonly Json[]).map((item) => replaceOne(item, field, name))
      : replaceOne(value, field, name);
    if (made !== value) {
      out ??= { ...document };
      out[field.name] = made;
    }
  }
  return out ?? document;
}

function replaceOne(value: Json, field: Field, name: Resolve): Json {
  if (field.type === 'reference') {
    if (typeof value !== 'string' || field.entity === undefined) return value;
    if (value.startsWith('=')) return value.slice(1);
    return name({ entity: field.entity, canonicalId: value, use: field.use ?? 'id' }) ?? value;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return replace(value as Document, field.fields ?? [], name);
}
