/**
 * Reads what changed. In: a stream and a position. Out: complete pages in the order of (updatedAt, key). Upholds: a
 * position moves only over records that were in the page; reading again from an old position repeats and never skips.
 */
import { KoppelError } from '../../base/errors.js';
import type { Page, Position, ReadOptions, SeenRecord, Source } from '../system.js';
import type { Api, Query } from './api.js';
import { microsOf } from './instant.js';
import { readPage, type PageRead, type PageRecord } from './page.js';
import { moveOn, overlapMicros, parsePlace, placeText, sameInstant, sweepStart, type Place } from './position.js';
import { systemName } from './settings.js';
import { problemIn } from './shapes.js';
import { detailsOf, type StreamDetails } from './streams.js';

const largestPage = 250;

export function makeSource(api: Api): Source {
  const ask = async (
    stream: StreamDetails,
    query: Query,
    limit: number,
    signal: AbortSignal,
    from?: string | null,
  ): Promise<PageRead> => {
    const body = await api.read(stream.path, { ...query, limit: String(limit) }, signal);
    const operation = `GET ${stream.path}`;
    return readPage(body, {
      operation,
      limit,
      keyOf: stream.keyOf,
      ...(from === undefined ? {} : { updatedFrom: from }),
    });
  };

  const newest = async (stream: StreamDetails, signal: AbortSignal): Promise<PageRecord | undefined> =>
    (await ask(stream, { sort: '-updatedAt,-id' }, 1, signal)).records[0];

  const readFrom = async (stream: StreamDetails, place: Place, options: ReadOptions): Promise<Page> => {
    const wanted = Math.max(1, Math.min(options.limit, largestPage));
    // The records at this instant that were given already come again, so there must be room for new ones behind them.
    const limit = Math.min(largestPage, wanted + place.seen.length);
    const query = {
      sort: 'updatedAt,id',
      updatedFrom: place.updatedFrom ?? undefined,
      cursor: place.cursor ?? undefined,
    };
    const answer = await ask(stream, query, limit, options.signal, place.updatedFrom);
    if (answer.records.length === 0 && place.high !== null && place.cursor === null) {
      await refuseWhenBeyond(stream, place, options.signal);
    }
    const seen = new Set(place.seen);
    const fresh = answer.records.filter(
      (record) => !(seen.has(record.key) && sameInstant(record.updatedAt, place.updatedFrom)),
    );
    const records = fresh.slice(0, wanted);
    const isCut = records.length < fresh.length;
    const more = isCut || answer.nextCursor !== null;
    const next = moveOn(place, records, more, isCut ? null : answer.nextCursor);
    const high = next.high === null ? 0n : (microsOf(next.high) ?? 0n);
    return {
      records: records.map((record) => toSeen(stream, record)),
      position: placeText(next),
      more,
      overlapFrom: high > overlapMicros ? high - overlapMicros : 0n,
    };
  };

  /**
   * Nothing at or after the newest record that was ever seen: either that record was deleted, which is nothing special,
   * or the system was restored from a copy. It was for certain when the record is there with an older stamp, or when
   * the whole system is empty.
   */
  const refuseWhenBeyond = async (stream: StreamDetails, place: Place, signal: AbortSignal): Promise<void> => {
    const head = await newest(stream, signal);
    const high = place.high ?? '';
    const beyond = new KoppelError('POSITION_BEYOND_SOURCE', {
      system: systemName,
      stream: stream.name,
      position: high,
      head: head?.updatedAt ?? 'nothing',
    });
    if (head === undefined || place.top === null) throw beyond;
    if (head.version >= (microsOf(high) ?? 0n)) return;
    const now = await find(stream, place.top, signal);
    if (now !== undefined && now.version < (microsOf(high) ?? 0n)) throw beyond;
  };

  const find = async (stream: StreamDetails, key: string, signal: AbortSignal): Promise<PageRecord | undefined> => {
    if (stream.name !== 'stock') {
      const body = await api.read(`${stream.path}/${encodeURIComponent(key)}`, {}, signal);
      return body === null
        ? undefined
        : readPage(
            { data: [body], page: { nextCursor: null } },
            { operation: `GET ${stream.path}`, limit: 1, keyOf: stream.keyOf },
          ).records[0];
    }
    const at = key.lastIndexOf('@');
    return (await ask(stream, { sku: key.slice(0, at), warehouseCode: key.slice(at + 1) }, 1, signal)).records[0];
  };

  return {
    async read(name, from, options) {
      const stream = detailsOf(name);
      const place = parsePlace(name, from);
      try {
        return await readFrom(stream, place, options);
      } catch (thrown) {
        // A cursor may expire; without it the tie is read from its beginning.
        const isRefused = thrown instanceof KoppelError && thrown.code === 'UNEXPECTED_RESPONSE';
        if (place.cursor === null || !isRefused) throw thrown;
        return readFrom(stream, { ...place, cursor: null, seen: [] }, options);
      }
    },

    async head(name, signal): Promise<Position> {
      const head = await newest(detailsOf(name), signal);
      return placeText(sweepStart(head?.updatedAt ?? null, head?.key ?? null));
    },

    async *scan(name, signal) {
      const stream = detailsOf(name);
      const keys = new Set<string>();
      const cursors = new Set<string>();
      for (let cursor: string | undefined; ;) {
        const page: PageRead = await ask(stream, { fields: stream.scanFields, cursor }, largestPage, signal);
        const records = page.records.filter((record) => !keys.has(record.key));
        for (const record of records) keys.add(record.key);
        yield records.map(({ key, version, document }) => ({ externalId: key, version, document }));
        if (page.nextCursor === null) return;
        if (cursors.has(page.nextCursor)) {
          const values = {
            system: systemName,
            operation: `GET ${stream.path}`,
            what: 'its pages go round in a circle',
          };
          throw new KoppelError('UNEXPECTED_RESPONSE', values);
        }
        cursors.add(page.nextCursor);
        cursor = page.nextCursor;
      }
    },
  };
}

function toSeen(stream: StreamDetails, record: PageRecord): SeenRecord {
  const { key, version, document } = record;
  const what = problemIn(stream.shape, document);
  if (what === undefined) return { externalId: key, version, document };
  const problem = new KoppelError(
    'RECORD_UNREADABLE',
    { system: systemName, what },
    { path: what.split(' ', 1)[0] ?? '' },
  );
  return { externalId: key, version, document, problem };
}
