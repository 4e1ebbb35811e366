/**
 * Lists without a marker or a time of change: the whole list is read each time and compared by its hash. In: a position
 * (`version:hash`). Out: all records when the list differs, else nothing. The version is at least the time in
 * milliseconds, so it rises also when somebody starts the stream from the beginning again.
 */
import type { Clock } from '../base/clock.js';
import { contentHash } from '../base/content-hash.js';
import { KoppelError } from '../base/errors.js';
import type { Page, Position, SeenRecord } from './system.js';

export interface ListReader {
  read(from: Position | null, signal: AbortSignal): Promise<Page>;
  head(signal: AbortSignal): Promise<Position>;
  scan(signal: AbortSignal): AsyncIterable<readonly SeenRecord[]>;
}

export function makeListReader(
  list: (signal: AbortSignal) => Promise<readonly SeenRecord[]>,
  clock: Clock,
): ListReader {
  const hashOf = (records: readonly SeenRecord[]): string =>
    contentHash(
      records
        .map(({ externalId, document }) => ({ externalId, document }))
        .sort((a, b) => (a.externalId < b.externalId ? -1 : 1)),
    );
  const after = (version: bigint): bigint => {
    const now = BigInt(clock.now().getTime());
    return now > version ? now : version + 1n;
  };
  const withVersion = (records: readonly SeenRecord[], version: bigint): readonly SeenRecord[] =>
    records.map((record) => ({ ...record, version }));

  return {
    async read(from, signal) {
      const seen = parse(from);
      const records = await list(signal);
      const hash = hashOf(records);
      if (from !== null && (hash === seen.hash || records.length === 0)) {
        // An empty list is an accident rather than a shop that has none.
        return { records: [], position: from, more: false, overlapFrom: seen.version };
      }
      const version = after(seen.version);
      return {
        records: withVersion(records, version),
        position: `${version}:${hash}`,
        more: false,
        overlapFrom: version,
      };
    },
    head: async (signal) => `${after(0n)}:${hashOf(await list(signal))}`,
    async *scan(signal) {
      yield withVersion(await list(signal), after(0n));
    },
  };
}

function parse(position: Position | null): { readonly version: bigint; readonly hash: string } {
  if (position === null) return { version: 0n, hash: '' };
  const match = /^(\d{1,19}):([\w-]*)$/.exec(position);
  if (match === null) throw new KoppelError('UNEXPECTED', { what: `the position "${position}" is not usable` });
  return { version: BigInt(match[1]!), hash: match[2]! };
}
