/** Instants with microseconds, as numbers that can be compared. In and out: RFC 3339 text. Pure. */
import type { Document } from '../../base/document.js';

/** Microseconds since 1970, or undefined when the text is no instant between 2000 and 2100. */
export function microsOf(text: string): bigint | undefined {
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)$/.exec(text);
  if (match === null) return undefined;
  const [, seconds = '', fraction = '', zone = ''] = match;
  const ms = Date.parse(seconds + zone);
  if (Number.isNaN(ms) || ms < 946_684_800_000 || ms > 4_102_444_800_000) return undefined;
  return BigInt(ms) * 1_000n + BigInt(fraction.padEnd(6, '0').slice(0, 6));
}

/** RFC 3339 in UTC with six decimals. */
export function instantOf(micros: bigint): string {
  const seconds = new Date(Number(micros / 1_000_000n) * 1_000).toISOString().slice(0, 19);
  return `${seconds}.${String(micros % 1_000_000n).padStart(6, '0')}Z`;
}

/** The version of a record as the streams tell it: when it was changed. */
export function versionOf(row: Document): { readonly version?: bigint } {
  const { updatedAt } = row;
  const version = typeof updatedAt === 'string' ? microsOf(updatedAt) : undefined;
  return version === undefined ? {} : { version };
}
