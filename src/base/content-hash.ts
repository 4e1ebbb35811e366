/** Hashes of documents that do not depend on the order of keys. */
import { createHash } from 'node:crypto';
import type { Json } from './document.js';

/** JSON text with sorted keys; `undefined` members are left out. */
export function canonicalJson(value: Json | undefined): string {
  if (value === undefined || value === null) return 'null';
  if (typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) {
    let items = '';
    for (const item of value as readonly Json[])
      items += items === '' ? canonicalJson(item) : `,${canonicalJson(item)}`;
    return `[${items}]`;
  }
  const record = value as { readonly [key: string]: Json | undefined };
  const keys = Object.keys(record);
  if (!isSorted(keys)) keys.sort();
  let text = '';
  for (const key of keys) {
    const member = record[key];
    if (member !== undefined) text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${canonicalJson(member)}`;
  }
  return `{${text}}`;
}

function isSorted(keys: readonly string[]): boolean {
  for (let i = 1; i < keys.length; i++) if ((keys[i - 1] as string) > (keys[i] as string)) return false;
  return true;
}

/** SHA-1 of the canonical text, base64url: 27 characters. For telling documents apart, never for security. */
export function contentHash(value: Json): string {
  return hashOfText(canonicalJson(value));
}

/** The same for a canonical text that is there already. */
export function hashOfText(text: string): string {
  return createHash('sha1').update(text).digest('base64url');
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
