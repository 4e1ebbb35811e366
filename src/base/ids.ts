/**
 * Identifiers. Canonical ids are a readable prefix and a time-ordered tail (`prd_01JDK…`), opaque to clients and unique
 * across types. Operation keys are derived (UUID version 5), so that they survive a restored database.
 */
import { createHash, randomFillSync } from 'node:crypto';

/** Prefix per kind of record; `node(id)` finds the type by it. */
export const idPrefixes = {
  product: 'prd',
  variant: 'var',
  category: 'cat',
  stock_location: 'loc',
  stock_level: 'stk',
  customer: 'cus',
  customer_merge: 'mrg',
  order: 'ord',
  system: 'sys',
  flow: 'flw',
  run: 'run',
  mapping: 'map',
  value_list: 'vls',
  parked: 'prk',
  field_conflict: 'cfl',
  job: 'job',
  comparison: 'cmp',
  comparison_item: 'cmi',
  restore_check: 'rsc',
  mapping_test: 'mpt',
  api_key: 'key',
  user: 'usr',
  alert: 'alr',
  alert_rule: 'aru',
  alert_channel: 'ach',
  alert_notification: 'ntf',
  saved_view: 'vie',
  trace: 'trc',
} as const;

export type IdKind = keyof typeof idPrefixes;

/** An id that a machine made for machines: one of ours, a UUID, a place held for a key. People know records by other names. */
export const isMadeForMachines = (text: string): boolean =>
  /^([a-z]{3}_[0-9A-HJKMNP-TV-Z]{26}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|key:.*)$/is.test(text);

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
let lastMs = 0;
let lastTail = 0n;

/** Asking the system for random bytes costs more than all the rest of an id, so many are asked for at once. */
const random = { bytes: Buffer.alloc(9 * 256), at: 9 * 256 };

function nextRandom(): bigint {
  if (random.at === random.bytes.length) {
    randomFillSync(random.bytes);
    random.at = 0;
  }
  return BigInt(`0x${random.bytes.toString('hex', random.at, (random.at += 9))}`);
}

/** A new id: 10 characters of milliseconds, 16 of randomness; strictly rising within a process. */
export function newId(kind: IdKind): string {
  const now = Date.now();
  if (now > lastMs) {
    lastMs = now;
    lastTail = nextRandom();
  } else {
    lastTail += 1n;
  }
  return `${idPrefixes[kind]}_${base32(BigInt(lastMs), 10)}${base32(lastTail, 16)}`;
}

/**
 * An id that follows from the parts, with the prefix of its kind: the same record gets the same id again after a restore,
 * so that what targets know it by still fits.
 */
export function derivedId(kind: IdKind, ...parts: readonly string[]): string {
  const hash = createHash('sha256').update(namespace).update(parts.join('\u0000')).digest();
  return `${idPrefixes[kind]}_${base32(BigInt(`0x${hash.subarray(0, 17).toString('hex')}`) & ((1n << 130n) - 1n), 26)}`;
}

function base32(value: bigint, length: number): string {
  let text = '';
  for (let rest = value, i = 0; i < length; i++, rest >>= 5n) text = alphabet.charAt(Number(rest & 31n)) + text;
  return text;
}

/** Of all derived keys and ids of the hub. */
const namespace = Buffer.from('6f1d5a0a6e4b4c0f9d52a1c2b3d4e5f6', 'hex');

/** UUID version 5 of the parts: the same parts give the same key in every process and after every restore. */
export function derivedKey(...parts: readonly string[]): string {
  const hash = createHash('sha1').update(namespace).update(parts.join('\u0000')).digest();
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x50, 6);
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = hash.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}
