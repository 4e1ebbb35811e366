/**
 * By which rule a record holds what it holds. In: a field, who stated it, whose the field is, and what is known of the change that
 * brought the value. Out: one rule, and whether there is anything to explain. Where that change is not kept any more, only what
 * the record itself says counts. Pure.
 */
import type { Json } from '../base/document.js';
import type { CanonicalEntity } from './entities.js';
import { worker, type FieldPolicy, type Ownership } from './ownership.js';
import type { CanonicalRecord } from './record.js';

export const provenanceRules = ['SYSTEM_OF_RECORD', 'LAST_WRITER', 'DEFAULT', 'COMPUTED', 'MANUAL'] as const;
export type ProvenanceRule = (typeof provenanceRules)[number];

/** How the rules of a mapping came to a value: a record says it, something stands in for it, or it is worked out. */
export type Making = 'said' | 'default' | 'computed';

/** The last change that was about a field. */
export interface LastWord {
  /** A person ended a conflict, took a change back, or had a person erased. */
  readonly isByHand: boolean;
  /** The change made the record. */
  readonly isCreation: boolean;
  /** Null: no rule of a mapping is known. */
  readonly making: Making | null;
}

type Explained = Pick<CanonicalRecord, 'entity' | 'fields' | 'provenance'>;

/** Null: nobody has said it, the hub's own default stands there. `hub`: no single system has. */
export const statedBy = ({ provenance }: Explained, field: string): string | null =>
  provenance[field] === undefined ? (provenance['*'] ?? null) : provenance[field];

const isEmpty = (value: Json | undefined): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);

/** A field that has always been empty has no origin; one that was emptied has. */
export const hasOrigin = (record: Explained, field: string, last: LastWord | null): boolean =>
  !isEmpty(record.fields[field]) || (last !== null && !last.isCreation);

/** What the hub works out of what several systems say; anything else that is the hub's own, a person has put there. */
function isWorkedOut(entity: CanonicalEntity, field: string, policy: FieldPolicy): boolean {
  return entity === 'order' || policy === 'union' || policy === 'furthestItems' || composed.has(field);
}

/** Lists of customers in which several systems have parts. */
const composed: ReadonlySet<string> = new Set(['addresses', 'contacts']);

/** By which rule the field holds its value. Who owns it is asked as it is now. */
export function ruleOf(
  record: Explained,
  field: string,
  ownership: Pick<Ownership, 'policy' | 'owners'>,
  last: LastWord | null,
): ProvenanceRule {
  const { entity } = record;
  const policy = ownership.policy(entity, field);
  const origin = statedBy(record, field);
  if (last?.isByHand === true) return 'MANUAL';
  if (origin === null) return 'DEFAULT';
  if (origin === worker) return last !== null || isWorkedOut(entity, field, policy) ? 'COMPUTED' : 'MANUAL';
  if (last?.making === 'default') return 'DEFAULT';
  if (last?.making === 'computed') return 'COMPUTED';
  return policy === 'source' || ownership.owners(entity, field) !== undefined ? 'SYSTEM_OF_RECORD' : 'LAST_WRITER';
}
