/**
 * An address that the hub holds and the same address as a system states it, made one. Systems have room for a part of an
 * address only (one line, or street and number apart), so what counts is what the system changed: what it cannot say is not
 * gone. In: what is held, what is stated, what the system stated last. Out: the address with its line. Pure; saying the same
 * again changes nothing.
 *
 * Guarantee: the line that people wrote stays to the letter until somebody states another line or other parts.
 */
import { byRole } from '../base/by-role.js';
import { sameJson } from '../base/content-hash.js';
import { isObject, type Document, type Json } from '../base/document.js';
import { joinAddressLine } from './addresses.js';
import type { CanonicalEntity } from './entities.js';

/** They say one thing together. */
const lineFields = ['line1', 'street', 'houseNumber', 'addition'] as const;
const orderAddresses = ['billingAddress', 'shippingAddress'] as const;

/** `last`: what the system stated last of the fields that several systems may change; null = nothing is known of that. */
export function withMergedAddresses(
  entity: CanonicalEntity,
  fields: Document,
  held: Document | null,
  last: Document | null,
): Document {
  if (entity === 'customer') {
    const stated = fields['addresses'];
    if (!Array.isArray(stated)) return fields;
    const merged = mergeAddresses(listOf(held?.['addresses']), listOf(stated), listOf(last?.['addresses']));
    return { ...fields, addresses: merged };
  }
  if (entity !== 'order') return fields;
  const merged: Record<string, Json> = {};
  for (const name of orderAddresses) {
    const stated = fields[name];
    if (isObject(stated)) merged[name] = mergeWhole(objectOf(held?.[name]), stated);
  }
  return { ...fields, ...merged };
}

/** Role by role: an address that the system never showed is not its to take away. */
function mergeAddresses(
  held: readonly Document[],
  stated: readonly Document[],
  last: readonly Document[],
): readonly Document[] {
  const [known, now, before] = [byRole(held), byRole(stated), byRole(last)];
  const roles = new Set([...known.keys(), ...now.keys()]);
  return [...roles].flatMap((role): readonly Document[] => {
    const [mine, theirs] = [known.get(role), now.get(role)];
    if (theirs !== undefined) return [mergeChanges(mine ?? null, theirs, before.get(role) ?? {})];
    return mine === undefined || before.has(role) ? [] : [mine];
  });
}

/**
 * What the system says otherwise than before is taken over into what is held. Another line in another place is another
 * address, of which nothing of the held one is true.
 */
function mergeChanges(held: Document | null, stated: Document, last: Document): Document {
  if (held === null) return withLine(stated);
  const isOther = (names: readonly string[]): boolean => names.some((name) => !same(stated[name], last[name]));
  if (isStated(last) && isOther(lineFields) && isOther(['postalCode', 'city', 'country']))
    return mergeWhole(held, stated);
  const merged: Record<string, Json | undefined> = { ...held };
  for (const name of new Set([...Object.keys(stated), ...Object.keys(last)])) {
    if (!same(stated[name], last[name])) merged[name] = stated[name];
  }
  const isSameLine = isStated(last) && lineFields.every((name) => same(stated[name], last[name]));
  return finished(merged, isSameLine ? held : lineOf(held, stated), { held, stated });
}

/** The whole of it counts; only the line is older than its parts. */
function mergeWhole(held: Document | null, stated: Document): Document {
  return held === null ? withLine(stated) : finished({ ...stated }, lineOf(held, stated), { held, stated });
}

function finished(
  merged: Record<string, Json | undefined>,
  line: Document,
  { held, stated }: { readonly held: Document; readonly stated: Document },
): Document {
  for (const name of lineFields) merged[name] = line[name];
  // How people wrote the country holds for that country only.
  if (isEmpty(stated['countryText'])) {
    merged['countryText'] = same(merged['country'], held['country']) ? held['countryText'] : undefined;
  }
  const filled: Record<string, Json> = {};
  for (const [name, value] of Object.entries(merged)) if (value !== undefined && value !== null) filled[name] = value;
  return filled;
}

/** Who states the parts of the held line alone says nothing against it. */
function lineOf(held: Document, stated: Document): Document {
  const isOfHeld = isEmpty(stated['line1']) && lineFields.slice(1).every((name) => same(stated[name], held[name]));
  return isOfHeld ? held : withLine(stated);
}

/** With a line out of the parts where no line is stated. */
function withLine(address: Document): Document {
  const [street, houseNumber, addition, country] = ['street', 'houseNumber', 'addition', 'country'].map((name) => {
    const value = address[name];
    return typeof value === 'string' && value.trim() !== '' ? value : null;
  });
  if (!isEmpty(address['line1']) || street === undefined || street === null) return address;
  return { ...address, line1: joinAddressLine({ street, houseNumber: houseNumber ?? null, addition: addition ?? null }, country ?? null) }; // prettier-ignore
}

const isStated = (address: Document): boolean => Object.keys(address).length > 0;
const isEmpty = (value: Json | undefined): boolean => value === undefined || value === null || value === '';
const same = (a: Json | undefined, b: Json | undefined): boolean => (isEmpty(a) ? isEmpty(b) : sameJson(a, b));
const objectOf = (value: Json | undefined): Document | null => (isObject(value) ? value : null);
const listOf = (value: Json | undefined): readonly Document[] =>
  Array.isArray(value) ? (value as readonly Document[]) : [];
