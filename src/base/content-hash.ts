/** Hashes of documents that do not depend on the order of keys. */
import { hash } from 'node:crypto';
import type { Json } from './document.js';

/** JSON text with sorted keys; `undefined` members are left out. */
export function canonicalJson(value: Json | undefined): string {
  if (value === undefined || value === null) return 'null';
  // The built-in function is several times faster than the walk below and says the same of what is in order already.
  if (typeof value !== 'object' || isInOrder(value)) return JSON.stringify(value);
  if (Array.isArray(value)) {
    let items = '';
    for (const item of value as readonly Json[])
      items += items === '' ? canonicalJson(item) : `,${canonicalJson(item)}`;
    return `[${items}]`;
  }
  const record = value as Members;
  let text = '';
  for (const key of Object.keys(record).sort()) {
    const member = record[key];
    if (member !== undefined) text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${canonicalJson(member)}`;
  }
  return `{${text}}`;
}

/** True when every object in the value lists its keys in order. */
function isInOrder(value: Json | undefined): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) {
    for (const item of value as readonly Json[]) if (!isInOrder(item)) return false;
    return true;
  }
  const members = value as Members;
  let last = '';
  for (const key in members) {
    if (key < last || !isInOrder(members[key])) return false;
    last = key;
  }
  return true;
}

/** SHA-1 of the canonical text, base64url: 27 characters. For telling documents apart, never for security. */
export function contentHash(value: Json): string {
  return hash('sha1', canonicalJson(value), 'base64url');
}

/** True when both documents say the same: they have the same canonical text. */
export function sameJson(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return (a ?? null) === (b ?? null);
  if (Array.isArray(a)) {
    if (!Array.isArray(b) || a.length !== b.length) return false;
    for (let i = 0; i < a.length; i++) if (!sameJson(a[i] as Json, b[i] as Json)) return false;
    return true;
  }
  if (Array.isArray(b)) return false;
  return sameMembers(a as Members, b as Members);
}

type Members = { readonly [key: string]: Json | undefined };

function sameMembers(a: Members, b: Members): boolean {
  let size = 0;
  for (const key in a) {
    if (a[key] === undefined) continue;
    size++;
    // A name may be one that every object has.
    if (!Object.hasOwn(b, key) || b[key] === undefined || !sameJson(a[key], b[key])) return false;
  }
  for (const key in b) if (b[key] !== undefined) size--;
  return size === 0;
}
