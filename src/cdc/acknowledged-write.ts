/** A write of ours that took effect, as its system shows it, and what is kept of it. */
import type { Document, Json } from '../base/document.js';
import type { CanonicalEntity, ProjectedEntity } from '../canonical/entities.js';
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

/** The document with nothing but these fields. */
export function picked<T extends Json>(
  document: Readonly<Record<string, T>>,
  fields: readonly string[],
): Readonly<Record<string, T>> {
  return Object.fromEntries(fields.flatMap((field) => (field in document ? [[field, document[field]!]] : [])));
}
