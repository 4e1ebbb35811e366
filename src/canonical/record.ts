/** What ingest works on: canonical records as they are, and what a system says they should be. Plain data. */
import type { Document, Json } from '../base/document.js';
import type { Contest } from './contests.js';
import type { CanonicalEntity } from './entities.js';

/**
 * Which system each field came from: `*` for all fields that are not named; null = nobody has said it, it holds a default.
 * `<field>.back`: which system has moved a field back that others only move on, until it goes on again.
 * `<field>.contested`: which system has said something else than the one whose value is held, until that is settled.
 */
export type Provenance = { readonly [field: string]: string | null };

export interface CanonicalRecord {
  readonly entity: CanonicalEntity;
  readonly id: string;
  readonly version: number;
  /** Fields of the entity by name; empty ones are absent. */
  readonly fields: Document;
  readonly provenance: Provenance;
  /** Set aside as gone from every source. */
  readonly isDeleted: boolean;
  /** Fields on which the systems do not agree and about which people decide; loaded where the provenance names one. */
  readonly contests?: Readonly<Record<string, Contest>>;
}

/** What a system says that a canonical record should be. References are canonical ids; fields that it does not mention are absent. */
export interface Proposal {
  readonly entity: CanonicalEntity;
  readonly system: string;
  readonly fields: Document;
  /** Fields that the system says are empty. */
  readonly cleared: readonly string[];
  /** When the system showed it; the time of a statement that carries none of its own. */
  readonly seenAt: string;
  /** What the system said last of the fields that several systems may change; absent = not known. */
  readonly last?: Document | null;
  /** Fields that were put together of what is held and what the system says. */
  readonly composed?: readonly string[];
}

/** Field → [before, after]. */
export type Changes = { readonly [field: string]: readonly [Json, Json] };
