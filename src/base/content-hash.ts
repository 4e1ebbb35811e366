/** Hashes of documents that do not depend on the order of keys. */
import { createHash } from 'node:crypto';
import type { Json } from './document.js';

/** JSON text with sorted keys; `undefined` members are left out. */
export function canonicalJson(value: Json | undefined): string {
  if (value === undefined || value === null) return 'null';
  if (typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((item: Json) => canonicalJson(item)).join(',')}]`;
  const record = value as { readonly [key: string]: Json | undefined };
  const keys = Object.keys(record).sort();
  let text = '';
  for (const key of keys) {
    const member = record[key];
    if (member !== undefined) text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${canonicalJson(member)}`;
  }
  return `{${text}}`;
}

/** SHA-1 of the canonical text, base64url: 27 characters. For telling documents apart, never for security. */
export function contentHash(value: Json): string {
  return createHash('sha1').update(canonicalJson(value)).digest('base64url');
}

/** True when both documents say the same. */
export function sameJson(a: Json | undefined, b: Json | undefined): boolean {
  return a === b || canonicalJson(a) === canonicalJson(b);
}
