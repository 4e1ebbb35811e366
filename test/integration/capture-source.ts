/** A system with rising versions whose records a test edits, for the tests of capture. */
import type { Document } from '../../src/base/document.js';
import type { KoppelError } from '../../src/base/errors.js';
import type { Page, Position } from '../../src/systems/system.js';

interface Held {
  readonly id: string;
  version: number;
  document: Document;
}

/** A system with markers: `read` gives everything at or above `from − overlap`, unsorted, in pages of `limit` new ones. */
export function makeSource(overlap: number) {
  const records: Held[] = [];
  const source = {
    records,
    calls: 0,
    failure: undefined as KoppelError | undefined,
    fingerprint: 'shop-1',
    edit(id: string, document: Document): void {
      const version = Math.max(0, ...records.map((record) => record.version)) + 1;
      const known = records.find((record) => record.id === id);
      if (known === undefined) records.push({ id, version, document });
      else Object.assign(known, { version, document });
    },
    head: (): Promise<Position> => Promise.resolve(String(Math.max(0, ...records.map((record) => record.version)))),
    isAfter: (_: string, head: Position, version: bigint): boolean => version > BigInt(head),
    read: (_: string, from: Position | null, { limit }: { limit: number }): Promise<Page> => {
      source.calls++;
      if (source.failure !== undefined) return Promise.reject(source.failure);
      const start = from === null ? 0 : Number(from) - overlap;
      const due = records.filter((record) => record.version >= start).sort((a, b) => a.version - b.version);
      // The overlap does not count, or a page could consist of nothing else.
      const most = limit + overlap + 1;
      const more = due.length > most;
      const page = due.slice(0, most);
      const position = String(Math.max(Number(from ?? 0), ...page.map((record) => record.version)));
      return Promise.resolve({
        records: page
          .map(({ id, version, document }) => ({ externalId: id, version: BigInt(version), document }))
          .reverse(),
        position,
        more,
        overlapFrom: BigInt(Math.max(0, Number(position) - overlap)),
      });
    },
  };
  return source;
}
