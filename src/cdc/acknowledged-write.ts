/** A write of ours that took effect, as its system shows it, and what is kept of it. */
import { isObject, type Document, type Json } from '../base/document.js';
import { mayBeMadeOf } from '../base/made-of.js';
import type { CanonicalEntity, ProjectedEntity } from '../canonical/entities.js';
import type { WrittenContact } from '../canonical/merge-contacts.js';
import type { Statement } from '../canonical/statements.js';
import type { Words } from '../canonical/words.js';

export interface AcknowledgedWrite {
  readonly system: string;
  /** Kind of record in the connector's catalogue. */
  readonly record: string;
  readonly entity: ProjectedEntity;
  readonly externalId: string;
  /** The whole record as the system holds it after the write. */
  readonly document: Document;
  /** What was sent of it may hold what people have changed since: it was read after the write, or goes out with their edits. */
  readonly mayHoldEdits?: boolean;
  /** Top-level fields that were sent; null when the record was made. */
  readonly changed: readonly string[] | null;
  /** What was sent of them. */
  readonly sent: Document;
  /** What the system held before, as far as it was known. */
  readonly before: Document | null;
}

/** What is kept of one record. */
export interface ShownStatement {
  readonly entity: CanonicalEntity;
  readonly externalId: string;
  readonly statement: Statement;
  /** The system's own words for it. */
  readonly words: Words;
  /** Instead of whole fields: one of the people whom the record shows. */
  readonly contact?: WrittenContact;
}

/** The record as if the sent fields still held what they held before. */
export function unsent({ document, before }: AcknowledgedWrite, changed: readonly string[]): Document {
  const former: Record<string, Json> = { ...document };
  for (const field of changed) {
    const value = before?.[field];
    if (value === undefined) delete former[field];
    else former[field] = value;
  }
  return former;
}

/** The record with what was sent in place of what it holds of that by now; what the system keeps beside it stays. */
export function asSent({ document, sent, changed }: AcknowledgedWrite): Document {
  return overlaid(document, picked(sent, changed ?? Object.keys(sent))) as Document;
}

function overlaid(there: Json | undefined, told: Json): Json {
  if (isObject(told) && isObject(there)) {
    const fields = Object.entries(told).map(([name, value]) => [name, overlaid(there[name], value)]);
    return { ...there, ...(Object.fromEntries(fields) as Document) };
  }
  if (!Array.isArray(told) || !Array.isArray(there) || told.length !== there.length) return told;
  return (told as readonly Json[]).map((item, index) => overlaid((there as readonly Json[])[index], item));
}

/**
 * What a write of ours left of a field, in the words of the hub: what the system made of it, unless that says something else than was
 * `told`: then somebody has changed it since, which is news when the stream shows it.
 */
export const leftByUs = (now: Json, told: Json | undefined): Json =>
  told === undefined || mayBeMadeOf(now, told) ? now : told;

/** The document with nothing but these fields. */
export function picked<T extends Json>(
  document: Readonly<Record<string, T>>,
  fields: readonly string[],
): Readonly<Record<string, T>> {
  return Object.fromEntries(fields.flatMap((field) => (field in document ? [[field, document[field]!]] : [])));
}
