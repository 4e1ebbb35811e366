/**
 * What a system says anew. Of fields that several systems may change only a difference from what the system said last counts,
 * so that our own write coming back, or a document that still says what stood there before it, proposes nothing. Pure.
 *
 * `shown` holds the last statement by field; its member `past` the values that our own writes have replaced and that the
 * system's stream may still show, because it was read before the write: a field's past is over once the stream has caught up.
 */
import { sameJson } from '../base/content-hash.js';
import type { Document, Json } from '../base/document.js';
import type { CanonicalEntity } from './entities.js';
import { fieldPolicies, type FieldPolicy } from './ownership.js';

export interface Stated {
  readonly fields: Document;
  readonly cleared: readonly string[];
}

export interface News extends Stated {
  /** What the system has said last from now on; null for entities of which that is not kept. */
  readonly shown: Document | null;
  /** The document is older than a write of ours to the record. */
  readonly isBehind: boolean;
}

/** What the system says after a write of ours, and what it said before it, of the fields that the write changed. */
export interface Statement {
  readonly now: Document;
  readonly before: Document;
}

/** Levels have several writers too, but each level has one system that counts it. */
const remembered: ReadonlySet<CanonicalEntity> = new Set(['customer', 'order']);
const shared: ReadonlySet<FieldPolicy> = new Set(['lastWriter', 'furthest', 'union']);
const mostPast = 5;

const sharedFields = Object.fromEntries(
  Object.entries(fieldPolicies).map(([entity, policies]) => [
    entity,
    Object.entries(policies).flatMap(([field, policy]) => (shared.has(policy) ? [field] : [])),
  ]),
) as unknown as Readonly<Record<CanonicalEntity, readonly string[]>>;

/** True for entities whose last statements are kept. */
export const isRemembered = (entity: CanonicalEntity): boolean => remembered.has(entity);

/** The fields of a statement of which the last one is kept; empty ones are null. */
export function sharedPart(entity: CanonicalEntity, { fields, cleared }: Stated): Document {
  const part: Record<string, Json> = {};
  if (!isRemembered(entity)) return part;
  for (const field of sharedFields[entity]) {
    const value = fields[field] ?? (cleared.includes(field) ? null : undefined);
    if (value !== undefined) part[field] = value;
  }
  return part;
}

/** Leaves out what the system has said before. */
export function newsOf(entity: CanonicalEntity, stated: Stated, shown: Document | null): News {
  if (!isRemembered(entity)) return { ...stated, shown: null, isBehind: false };
  const fields: Record<string, Json> = { ...stated.fields };
  const known = new Set<string>();
  const last: Record<string, Json> = { ...shown };
  const past = pastOf(shown);
  let isBehind = false;
  for (const [field, value] of Object.entries(sharedPart(entity, stated))) {
    const isSame = shown !== null && Object.hasOwn(shown, field) && sameJson(shown[field], value);
    const isPast = !isSame && (past[field] ?? []).some((each) => sameJson(each, value));
    if (isSame || isPast) {
      delete fields[field];
      known.add(field);
    }
    if (isPast) isBehind = true;
    else {
      last[field] = value;
      delete past[field];
    }
  }
  const cleared = stated.cleared.filter((field) => !known.has(field));
  return { fields, cleared, shown: withPast(last, past), isBehind };
}

/** What the system has said last once a write of ours has taken effect there. */
export function afterWrite(shown: Document | null, { now, before }: Statement): Document {
  const last: Record<string, Json> = { ...shown };
  const past = pastOf(shown);
  for (const [field, value] of Object.entries(now)) {
    const former = [...(past[field] ?? []), last[field], before[field]];
    const other = former.filter((each) => each !== undefined && !sameJson(each, value)) as Json[];
    past[field] = other.filter((each, i) => other.findIndex((one) => sameJson(one, each)) === i).slice(-mostPast);
    if (past[field].length === 0) delete past[field];
    last[field] = value;
  }
  return withPast(last, past);
}

type Past = Record<string, readonly Json[]>;

const pastOf = (shown: Document | null): Past => ({ ...(shown?.['past'] as Past | undefined) });

function withPast(last: Document, past: Past): Document {
  const { past: _, ...fields } = last;
  return Object.keys(past).length === 0 ? fields : { ...fields, past };
}
