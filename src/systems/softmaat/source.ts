/**
 * Reads what changed. In: a stream and a position. Out: complete pages in the order of (updatedAt, key). Upholds: a
 * position moves only over records that were in the page; reading again from an old position repeats and never skips.
 */
import type { Clock } from '../../base/clock.js';
import { KoppelError } from '../../base/errors.js';
import type { Page, Position, ReadOptions, SeenRecord, Source } from '../system.js';
import { unexpected, type Api, type Query } from './api.js';
import { microsOf } from './instant.js';
import { readPage, type PageRead, type PageRecord } from './page.js';
import { moveOn, overlapMicros, parsePlace, placeText, sameInstant, sweepStart, type Place } from './position.js';
import { systemName } from './settings.js';
import { problemIn } from './shapes.js';
import { detailsOf, warehouseStream, type StreamDetails } from './streams.js';
import { makeWarehouseReader } from './warehouse-stream.js';

const largestPage = 250;

/**
 * Who asks more often than this gets what is newer than the newest record, and what has appeared in the past no later than this. Ten
 * seconds of a busy system are pages of records, which nobody needs ten times a second.
 */
export const overlapEveryMs = 500;

/** The end of a reading, and when the overlap was last read to its end. */
interface Swept {
  readonly position: Position;
  readonly at: number;
}

export function makeSource(api: Api, clock: Clock): Source {
  const warehouses = makeWarehouseReader(api, clock);
  const swept = new Map<string, Swept>();
  const readSweep = async (stream: StreamDetails, place: Place, options: ReadOptions): Promise<Page> => {
    try {
      return await readFrom(api, stream, place, options);
    } catch (thrown) {
      // A cursor may expire; without it the tie is read from its beginning.
      const isRefused = thrown instanceof KoppelError && thrown.code === 'UNEXPECTED_RESPONSE';
      if (place.cursor === null || !isRefused) throw thrown;
      return readFrom(api, stream, { ...place, cursor: null, seen: [] }, options);
    }
  };
  return {
    async read(name, from, options) {
      if (name === warehouseStream.name) return warehouses.read(from, options.signal);
      const stream = detailsOf(name);
      const place = parsePlace(name, from);
      const last = swept.get(name);
      if (last?.position === from && clock.monotonic() - last.at < overlapEveryMs) {
        const page = await readNewer(api, stream, place, options);
        if (page !== undefined) {
          swept.set(name, { ...last, position: page.position });
          return page;
        }
      }
      const page = await readSweep(stream, place, options);
      if (!page.more) swept.set(name, { position: page.position, at: clock.monotonic() });
      return page;
    },
    async head(name, signal): Promise<Position> {
      if (name === warehouseStream.name) return warehouses.head(signal);
      const head = await newest(api, detailsOf(name), signal);
      return placeText(sweepStart(head?.updatedAt ?? null, head?.key ?? null));
    },
    scan: (name, signal) =>
      name === warehouseStream.name ? warehouses.scan(signal) : scan(api, detailsOf(name), signal),
  };
}

interface Ask {
  readonly stream: StreamDetails;
  readonly query: Query;
  readonly limit: number;
  /** Set when the answer should be in the order of change from this instant on. */
  readonly updatedFrom?: string | null;
}

async function ask(api: Api, { stream, query, limit, updatedFrom }: Ask, signal: AbortSignal): Promise<PageRead> {
  const body = await api.read(stream.path, { ...query, limit: String(limit) }, signal);
  const order = updatedFrom === undefined ? {} : { updatedFrom };
  return readPage(body, { operation: `GET ${stream.path}`, limit, keyOf: stream.keyOf, ...order });
}

async function newest(api: Api, stream: StreamDetails, signal: AbortSignal): Promise<PageRecord | undefined> {
  return (await ask(api, { stream, query: { sort: '-updatedAt,-id' }, limit: 1 }, signal)).records[0];
}

async function readFrom(api: Api, stream: StreamDetails, place: Place, options: ReadOptions): Promise<Page> {
  const { updatedFrom } = place;
  const wanted = Math.max(1, Math.min(options.limit, stream.mostRecords ?? largestPage));
  // The records at this instant that were given already come again, so there must be room for new ones behind them.
  const limit = Math.min(largestPage, wanted + place.seen.length);
  const query = { sort: 'updatedAt,id', updatedFrom: updatedFrom ?? undefined, cursor: place.cursor ?? undefined };
  const answer = await ask(api, { stream, query, limit, updatedFrom }, options.signal);
  if (answer.records.length === 0 && place.high !== null && place.cursor === null) {
    await refuseWhenBeyond(api, stream, place, options.signal);
  }
  const seen = new Set(place.seen);
  const fresh = answer.records.filter(
    (record) => !(seen.has(record.key) && sameInstant(record.updatedAt, updatedFrom)),
  );
  const some = fresh.slice(0, wanted);
  const isCut = some.length < fresh.length;
  const records = (await stream.complete?.(api, some, options.signal)) ?? some;
  const more = isCut || answer.nextCursor !== null;
  const next = moveOn(place, records, more, isCut ? null : answer.nextCursor);
  const high = next.high === null ? 0n : (microsOf(next.high) ?? 0n);
  return {
    records: records.map((record) => toSeen(stream, record)),
    position: placeText(next),
    more,
    overlapFrom: high > overlapMicros ? high - overlapMicros : 0n,
  };
}

/**
 * What is at least as new as the newest record that was seen; the position keeps where the next sweep starts, so that whoever goes on from
 * it has the whole overlap before them. Nothing when that does not end in one page, or when the newest record is gone: a sweep knows why.
 */
async function readNewer(
  api: Api,
  stream: StreamDetails,
  place: Place,
  options: ReadOptions,
): Promise<Page | undefined> {
  const { high, top, updatedFrom } = place;
  if (high === null || updatedFrom === null) return undefined;
  const limit = Math.max(1, Math.min(options.limit, stream.mostRecords ?? largestPage));
  const query = { sort: 'updatedAt,id', updatedFrom: high };
  const answer = await ask(api, { stream, query, limit, updatedFrom: high }, options.signal);
  if (answer.records.length === 0 || answer.nextCursor !== null) return undefined;
  const fresh = answer.records.filter((record) => record.key !== top || !sameInstant(record.updatedAt, high));
  const records = (await stream.complete?.(api, fresh, options.signal)) ?? fresh;
  return {
    records: records.map((record) => toSeen(stream, record)),
    position: placeText({ ...moveOn(place, records, false, null), updatedFrom }),
    more: false,
    overlapFrom: microsOf(updatedFrom) ?? 0n,
  };
}

/**
 * Nothing at or after the newest record that was ever seen: either that record was deleted, which is nothing special, or
 * the system was restored from a copy. It was for certain when the record is there with an older stamp, or when the
 * whole system is empty.
 */
async function refuseWhenBeyond(api: Api, stream: StreamDetails, place: Place, signal: AbortSignal): Promise<void> {
  const head = await newest(api, stream, signal);
  const high = microsOf(place.high ?? '') ?? 0n;
  const values = { system: systemName, stream: stream.name, position: place.high, head: head?.updatedAt ?? 'nothing' };
  const beyond = new KoppelError('POSITION_BEYOND_SOURCE', values);
  if (head === undefined || place.top === null) throw beyond;
  if (head.version >= high) return;
  const now = await findByKey(api, stream, place.top, signal);
  if (now !== undefined && now.version < high) throw beyond;
}

async function findByKey(
  api: Api,
  stream: StreamDetails,
  key: string,
  signal: AbortSignal,
): Promise<PageRecord | undefined> {
  if (stream.name === 'stock') {
    const at = key.lastIndexOf('@');
    const query = { sku: key.slice(0, at), warehouseCode: key.slice(at + 1) };
    return (await ask(api, { stream, query, limit: 1 }, signal)).records[0];
  }
  const body = await api.read(`${stream.path}/${encodeURIComponent(key)}`, {}, signal);
  if (body === null) return undefined;
  const asked = { operation: `GET ${stream.path}`, limit: 1, keyOf: stream.keyOf };
  return readPage({ data: [body], page: { nextCursor: null } }, asked).records[0];
}

/** All keys, each once. Ends normally only when the last page was reached. */
export async function* scan(
  api: Api,
  stream: StreamDetails,
  signal: AbortSignal,
): AsyncGenerator<readonly SeenRecord[]> {
  const keys = new Set<string>();
  const cursors = new Set<string>();
  for (let cursor: string | undefined; ;) {
    const query = { fields: stream.scanFields, cursor };
    const page: PageRead = await ask(api, { stream, query, limit: largestPage }, signal);
    const records = page.records.filter((record) => !keys.has(record.key));
    for (const record of records) keys.add(record.key);
    yield records.map(({ key, version, document }) => ({ externalId: key, version, document }));
    if (page.nextCursor === null) return;
    if (cursors.has(page.nextCursor)) throw unexpected(`GET ${stream.path}`, 'its pages go round in a circle');
    cursors.add(page.nextCursor);
    cursor = page.nextCursor;
  }
}

function toSeen(stream: StreamDetails, { key, version, document }: PageRecord): SeenRecord {
  const what = problemIn(stream.shape, document);
  const kind = stream.recordOf?.(document);
  const record = kind === undefined ? {} : { record: kind };
  if (what === undefined) return { externalId: key, version, document, ...record };
  const problem = new KoppelError(
    'RECORD_UNREADABLE',
    { system: systemName, what },
    { path: what.split(' ', 1)[0] ?? '' },
  );
  return { externalId: key, version, document, ...record, problem };
}
