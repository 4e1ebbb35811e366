/**
 * What a system says anew. Of fields that several systems may change only a difference from what the system said last counts,
 * so that our own write coming back, or a document that still says what stood there before it, proposes nothing. Pure.
 *
 * `shown` holds the last statement by field. A document that is older than a write of ours proposes nothing: by its version,
 * where the system tells the version that a write left. Where it does not, `own` holds what we wrote and `past` what stood
 * there before until the system's stream has shown the write: neither is news when it comes. That is a guess: somebody may
 * write an old value again.
 */
import { sameJson } from '../base/content-hash.js';
import type { Document, Json } from '../base/document.js';
import type { CanonicalEntity } from './entities.js';
import type { Ownership } from './ownership.js';
import { changedItems } from './several-sources.js';

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

const mostPast = 5;

/** Who may say what: of the fields with several writers the last statement is kept. */
export type Sharing = Pick<Ownership, 'policy' | 'sharedFields'>;

/** They say one thing: who says one of them anew says all of them. */
const together: readonly (readonly string[])[] = [['fullName', 'firstName', 'infix', 'lastName']];

/** True for entities whose last statements are kept. */
export const isRemembered = (entity: CanonicalEntity, sharing: Sharing): boolean =>
  (ofOneDocument[entity] ?? [entity]).some((each) => sharing.sharedFields(each).length > 0);

/** Systems show a product and its variants in one document, or one of them for both. */
const ofOneDocument: Partial<Record<CanonicalEntity, readonly CanonicalEntity[]>> = {
  product: ['product', 'variant'],
  variant: ['product', 'variant'],
};

/** The fields of a statement of which the last one is kept; empty ones are null. */
export function sharedPart(entity: CanonicalEntity, { fields, cleared }: Stated, sharing: Sharing): Document {
  const part: Record<string, Json> = {};
  for (const field of sharing.sharedFields(entity)) {
    const value = fields[field] ?? (cleared.includes(field) ? null : undefined);
    if (value !== undefined) part[field] = value;
  }
  return part;
}

/** Leaves out what the system has said before. */
export function newsOf(entity: CanonicalEntity, stated: Stated, shown: Document | null, sharing: Sharing): News {
  if (!isRemembered(entity, sharing)) return { ...stated, shown: null, isBehind: false };
  const fields: Record<string, Json> = { ...stated.fields };
  const known = new Set<string>();
  const { last, own, past } = memoryOf(shown);
  let isBehind = false;
  const said = new Map<string, ReturnType<typeof judge>>();
  for (const [field, value] of Object.entries(sharedPart(entity, stated, sharing))) {
    said.set(field, judge(value, last[field], own[field], past[field] ?? []));
  }
  const isAnew = (field: string): boolean => said.get(field) === 'news';
  for (const [field, value] of Object.entries(sharedPart(entity, stated, sharing))) {
    const as = said.get(field);
    const isPart = as !== 'past' && together.some((group) => group.includes(field) && group.some(isAnew));
    if (as !== 'news' && !isPart) {
      delete fields[field];
      known.add(field);
    }
    if (as === 'news' && sharing.policy(entity, field) === 'furthestItems')
      fields[field] = changedItems(last[field], value);
    if (as === 'past') isBehind = true;
    else last[field] = value;
    if (as === 'own') delete own[field];
    // The stream has come to our write, or to an edit later than what stood before it: nothing older can come.
    if (as === 'own' || as === 'news') delete past[field];
  }
  const cleared = stated.cleared.filter((field) => !known.has(field));
  return { fields, cleared, shown: toShown({ last, own, past }), isBehind };
}

function judge(
  value: Json,
  last: Json | undefined,
  own: Json | undefined,
  past: readonly Json[],
): 'own' | 'same' | 'past' | 'news' {
  if (own !== undefined && sameJson(own, value)) return 'own';
  if (last !== undefined && sameJson(last, value)) return 'same';
  return past.some((each) => sameJson(each, value)) ? 'past' : 'news';
}

/**
 * What the system has said last once a write of ours has taken effect there. A field in which somebody else's edit has come
 * back with our write is left as it was, so that it is news when the stream shows it. With `isVersioned`, older documents are
 * known by their version, and nothing has to be remembered to recognise them.
 */
export function afterWrite(shown: Document | null, { now, before }: Statement, isVersioned = false): Document {
  const { last, own, past } = memoryOf(shown);
  for (const [field, value] of Object.entries(now)) {
    // A list of which nothing has been said is one without items: systems do not state lists that are empty.
    const known = last[field] ?? (Array.isArray(value) ? [] : undefined);
    if (known !== undefined && hasOthersEdit(value, before[field] ?? null, known)) continue;
    if (isVersioned) {
      delete own[field];
      delete past[field];
      last[field] = value;
      continue;
    }
    const former = [...(past[field] ?? []), last[field], own[field], before[field]];
    const other = former.filter((each) => each !== undefined && !sameJson(each, value)) as Json[];
    const distinct = other.filter((each, i) => other.findLastIndex((one) => sameJson(one, each)) === i);
    past[field] = distinct.slice(-mostPast);
    own[field] = value;
    last[field] = value;
  }
  return toShown({ last, own, past });
}

/**
 * Some part of the value is the same with and without our write, and not what the system said last: somebody else has
 * changed it. Parts are leaves of objects and lists, so that our own part of an address does not hide somebody's move.
 */
function hasOthersEdit(now: Json | undefined, without: Json | undefined, last: Json | undefined): boolean {
  if (isTree(now) && isTree(without) && isTree(last)) {
    const names = new Set([...Object.keys(now), ...Object.keys(without), ...Object.keys(last)]);
    return [...names].some((name) => hasOthersEdit(now[name], without[name], last[name]));
  }
  return sameJson(now ?? null, without ?? null) && !sameJson(now ?? null, last ?? null);
}

/** An object, or a list as an object of its places. */
const isTree = (value: Json | undefined): value is Document => typeof value === 'object' && value !== null;

/** Fields by name, without those that hold nothing. */
interface Memory {
  readonly last: Record<string, Json>;
  readonly own: Record<string, Json>;
  readonly past: Record<string, readonly Json[]>;
}

function memoryOf(shown: Document | null): Memory {
  const { own, past, ...last } = shown ?? {};
  return { last, own: { ...(own as Document | undefined) }, past: { ...(past as Memory['past'] | undefined) } };
}

const toShown = ({ last, own, past }: Memory): Document => ({
  ...last,
  ...(Object.keys(own).length === 0 ? {} : { own, past }),
});
