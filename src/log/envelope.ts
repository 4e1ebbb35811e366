/** What the payloads of the two kinds of topics hold. Both are plain JSON; `version` is text because markers exceed 2^53. */
import type { Document, Json } from '../base/document.js';
import type { CanonicalEntity } from '../canonical/entities.js';

/** One record as a system showed it, in that system's words, untranslated. */
export interface Change {
  readonly system: string;
  readonly stream: string;
  readonly record: string;
  readonly externalId: string;
  readonly version: string;
  /** Content hash of `document`. */
  readonly hash: string;
  readonly seenAt: string;
  readonly document: Document;
  /** Set when capture could not read just this record; ingest parks it. */
  readonly problem?: { readonly code: string; readonly message: string; readonly path?: string };
}

/** The fact that a canonical record changed. Carries what changed, not the whole record. */
export interface CanonicalEvent {
  readonly entity: CanonicalEntity;
  readonly id: string;
  readonly version: number;
  readonly action: 'created' | 'updated' | 'deleted';
  /** Field → [before, after]; on `created` only after is filled. */
  readonly changes: { readonly [field: string]: readonly [Json, Json] };
  readonly cause: { readonly system: string; readonly externalId: string };
}

export const changeKey = (change: Pick<Change, 'record' | 'externalId'>): string =>
  `${change.record}:${change.externalId}`;
