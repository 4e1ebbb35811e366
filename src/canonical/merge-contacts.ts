/**
 * The people of a company that the hub holds and those that a system states, made one. Systems have room for a part of a
 * person only (one contact, one name without an infix), so what a system cannot say is not gone. In: what is held, what is
 * stated, what the system stated last. Out: the people. Pure; saying the same again changes nothing.
 */
import { sameJson } from '../base/content-hash.js';
import type { Document, Json } from '../base/document.js';
import type { CanonicalEntity } from './entities.js';

/** A person of a company as a system shows him after a write of ours, and as it showed him before; null = he was made. */
export interface WrittenContact {
  readonly now: Document;
  readonly before: Document | null;
}

/** They say one thing together. */
const nameFields = ['fullName', 'firstName', 'infix', 'lastName'] as const;

export function mergeContacts(
  held: readonly Document[],
  stated: readonly Document[],
  last: readonly Document[],
): readonly Document[] {
  const before = pairs(held, last, () => true);
  // Somebody whom the system has never shown has not become another person there.
  const mayBeRenamed = (person: Document): boolean => before.has(person) || (held.length === 1 && stated.length === 1);
  const now = pairs(held, stated, mayBeRenamed, before);
  const kept = held.flatMap((person): readonly Merged[] => {
    const [said, formerly] = [now.get(person), before.get(person)];
    if (said !== undefined) return [{ person: changed(person, said, formerly), held: person, said, formerly }];
    // Somebody whom the system has never shown is not its to take away.
    return formerly === undefined ? [{ person }] : [];
  });
  const known = new Set(now.values());
  const others = stated.filter((person) => !known.has(person));
  const paired = new Set(before.values());
  const unheld = last.filter((person) => !paired.has(person));
  const made = others.map((said) => ({ person: said, said, formerly: unheld.find((each) => isSame(each, said)) }));
  return onePrimary([...kept, ...made], stated, last.length > 0);
}

/** A person as he is now, with what he was, what the system says of him and what it said of him last. */
interface Merged {
  readonly person: Document;
  readonly held?: Document;
  readonly said?: Document;
  readonly formerly?: Document | undefined;
}

/** `last`: what the system stated last of the fields that several systems may change; null = nothing is known of that. */
export function withMergedContacts(
  entity: CanonicalEntity,
  fields: Document,
  held: Document | null,
  last: Document | null,
): Document {
  const stated = fields['contacts'];
  if (entity !== 'customer' || !Array.isArray(stated)) return fields;
  const contacts = mergeContacts(listOf(held?.['contacts']), listOf(stated), listOf(last?.['contacts']));
  return { ...fields, contacts };
}

/** The people whom a system stated last, once a write of ours to one of them has taken effect there. `before`: as he stood there. */
export function withWrittenContact(last: readonly Document[], { now, before }: WrittenContact): readonly Document[] {
  const known =
    last.find((person) => before !== null && sameJson(person, before)) ??
    last.find((person) => isSame(person, before ?? now)) ??
    last.find((person) => isSame(person, now));
  return known === undefined ? [...last, now] : last.map((person) => (person === known ? now : person));
}

/**
 * Who of the stated people is who of the held ones: by e-mail address, by name, by what the system called him before (`formerly`), or as
 * the only one left on both sides of those who may have got another name.
 */
function pairs(
  held: readonly Document[],
  stated: readonly Document[],
  mayBeRenamed: (person: Document) => boolean,
  formerly: ReadonlyMap<Document, Document> = new Map(),
): ReadonlyMap<Document, Document> {
  const found = new Map<Document, Document>();
  const free = new Set(stated);
  const match = (person: Document, isHim: (each: Document) => boolean): void => {
    const him = found.has(person) ? undefined : [...free].find(isHim);
    if (him === undefined) return;
    found.set(person, him);
    free.delete(him);
  };
  for (const key of ['email', 'fullName'] as const) {
    for (const person of held) {
      if (text(person[key]) !== '') match(person, (each) => text(each[key]) === text(person[key]));
    }
  }
  for (const [person, before] of formerly) match(person, (each) => isSame(before, each));
  const alone = held.filter((person) => !found.has(person) && mayBeRenamed(person));
  const [only] = alone;
  const [other] = free;
  if (only !== undefined && other !== undefined && alone.length === 1 && free.size === 1) found.set(only, other);
  return found;
}

/** What the system says otherwise than before; the first time, what nobody has said under any name. */
function changed(held: Document, stated: Document, last: Document | undefined): Document {
  const merged: Record<string, Json> = { ...held };
  const isHeld = (value: Json | undefined): boolean => Object.values(held).some((each) => text(each) === text(value));
  const put = (field: string): void => {
    const value = stated[field];
    if (value === undefined || value === null) delete merged[field];
    else merged[field] = value;
  };
  if (text(stated['fullName']) !== text(held['fullName'])) {
    if (last === undefined || text(stated['fullName']) !== text(last['fullName'])) nameFields.forEach(put);
  }
  for (const field of new Set([...Object.keys(stated), ...Object.keys(last ?? {})])) {
    if ((nameFields as readonly string[]).includes(field)) continue;
    const isNews =
      last === undefined
        ? text(stated[field]) !== '' && !isHeld(stated[field])
        : text(stated[field]) !== text(last[field]);
    if (isNews) put(field);
  }
  return merged;
}

/**
 * Where the system names a primary contact, the others are none. Of several, as systems have them where nobody has unmarked the
 * former one, it is the one whom the system names anew, else the one who is held as it.
 */
function onePrimary(
  merged: readonly Merged[],
  stated: readonly Document[],
  isKnownWhoWas: boolean,
): readonly Document[] {
  const persons = merged.map(({ person }) => person);
  if (persons.filter(isFirst).length < 2) return persons;
  const named = stated.flatMap((each) =>
    merged.filter(({ said, person }) => said === each && isFirst(each) && isFirst(person)),
  );
  const primary =
    (isKnownWhoWas ? named.find(({ formerly }) => !isFirst(formerly)) : undefined) ??
    named.find(({ held }) => isFirst(held)) ??
    named[0];
  if (primary === undefined) return persons;
  return persons.map((person) =>
    isFirst(person) && person !== primary.person ? { ...person, isPrimary: false } : person,
  );
}

const isFirst = (person: Document | undefined): boolean => person?.['isPrimary'] === true;

const isSame = (a: Document, b: Document): boolean =>
  (['email', 'fullName'] as const).some((key) => text(a[key]) !== '' && text(a[key]) === text(b[key]));

const listOf = (value: Json | undefined): readonly Document[] =>
  Array.isArray(value) ? (value as readonly Document[]) : [];

const text = (value: Json | undefined): string =>
  value === undefined || value === null ? '' : String(value).trim().toLowerCase();
