/**
 * Reads what changed. In: a stream and a position. Out: complete pages in the order of (updatedAt, key). Upholds: a
 * position moves only over records that were in the page; reading again from an old position repeats and never skips.
 */
import type { Clock } from '../../base/clock.js';
import { KoppelError } from '../../base/errors.js';
import type { Page, Position, ReadOptions, SeenRecord, Source } from '../system.js';
import { unexpected, type Api, type Query } from './api.js';
import { readPage, type PageRead, type PageRecord } from './page.js';
import {
  beginning,
  isAfterEnd,
  microsAt,
  moveOn,
  newestOf,
  notAhead,
  overlapOf,
  parsePlace,
  placeText,
  presentEnd,
  sameInstant,
  shownAgainFrom,
  withLow,
  type Place,
  type Stamped,
} from './position.js';
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
  const now = (): bigint => BigInt(clock.now().getTime()) * 1_000n;
  const readSweep = async (reading: Reading, place: Place): Promise<Page> => {
    try {
      return await readFrom(reading, place);
    } catch (thrown) {
      // A cursor may expire; without it the tie is read from its beginning.
      if (place.cursor === null || !isUnexpected(thrown)) throw thrown;
      return readFrom(reading, { ...place, cursor: null, seen: [] });
    }
  };
  return {
    async read(name, from, options) {
      if (name === warehouseStream.name) return warehouses.read(from, options.signal);
      const reading = { api, stream: detailsOf(name), options, now };
      const place = parsePlace(name, from);
      const last = swept.get(name);
      if (last?.position === from && clock.monotonic() - last.at < overlapEveryMs) {
        const page = await readNewer(reading, place);
        if (page !== undefined) {
          swept.set(name, { ...last, position: page.position });
          return page;
        }
      }
      const page = await readSweep(reading, notAhead(place, now()));
      if (!page.more) swept.set(name, { position: page.position, at: clock.monotonic() });
      return page;
    },
    async head(name, signal): Promise<Position> {
      if (name === warehouseStream.name) return warehouses.head(signal);
      const { newest, isEmpty } = await askNewest(api, detailsOf(name), now, signal);
      return placeText(isEmpty ? beginning : presentEnd(newest, now()));
    },
    isAfter: (name, head, version) =>
      name !== warehouseStream.name && isAfterEnd(parsePlace(name, head), version, now()),
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

async function newestOfAll(
  api: Api,
  stream: StreamDetails,
  limit: number,
  signal: AbortSignal,
): Promise<readonly PageRecord[]> {
  const query = { sort: '-updatedAt,-id', fields: stream.scanFields };
  return (await ask(api, { stream, query, limit }, signal)).records;
}

/** The newest record that is not ahead of our clock, when there is one among the newest of all. */
async function askNewest(
  api: Api,
  stream: StreamDetails,
  now: () => bigint,
  signal: AbortSignal,
): Promise<{ readonly newest: Stamped | undefined; readonly isEmpty: boolean }> {
  const first = await newestOfAll(api, stream, 1, signal);
  if (first.length === 0) return { newest: undefined, isEmpty: true };
  const newest = newestOf(first, now()) ?? newestOf(await newestOfAll(api, stream, largestPage, signal), now());
  return { newest, isEmpty: false };
}

interface Reading {
  readonly api: Api;
  readonly stream: StreamDetails;
  readonly options: ReadOptions;
  /** Our clock, in microseconds. */
  readonly now: () => bigint;
}

async function readFrom(reading: Reading, from: Place): Promise<Page> {
  const { api, stream, options, now } = reading;
  const wanted = Math.max(1, Math.min(options.limit, stream.mostRecords ?? largestPage));
  const vouched = async (place: Place): Promise<Place> =>
    withLow(place, (await askNewest(api, stream, now, options.signal)).newest);
  // What is everything is rarely one page.
  let place = from.low === null && from.updatedFrom === null ? await vouched(from) : from;
  let page = await askPage(reading, place, wanted);
  if (place.low === null && page.more) {
    // It is the first of several: what vouches for them must have been seen before it was read.
    place = await vouched(place);
    page = await askPage(reading, place, wanted);
  }
  const { some, more, cursor } = page;
  const records = (await stream.complete?.(api, some, options.signal)) ?? some;
  const next = moveOn(place, { records, more, cursor, now: now() });
  return {
    records: records.map((record) => toSeen(stream, record)),
    position: placeText(next),
    more,
    overlapFrom: shownAgainFrom(next),
  };
}

interface SweepPage {
  /** What this sweep has not given yet, as much of it as is wanted. */
  readonly some: readonly PageRecord[];
  readonly more: boolean;
  readonly cursor: string | null;
}

async function askPage({ api, stream, options }: Reading, place: Place, wanted: number): Promise<SweepPage> {
  const { updatedFrom } = place;
  // The records at this instant that were given already come again, so there must be room for new ones behind them.
  const limit = Math.min(largestPage, wanted + place.seen.length);
  const query = { sort: 'updatedAt,id', updatedFrom: updatedFrom ?? undefined, cursor: place.cursor ?? undefined };
  const answer = await ask(api, { stream, query, limit, updatedFrom }, options.signal);
  await refuseWhenRestored(api, stream, place, answer, options.signal);
  const seen = new Set(place.seen);
  const fresh = answer.records.filter(
    (record) => !(seen.has(record.key) && sameInstant(record.updatedAt, updatedFrom)),
  );
  const some = fresh.slice(0, wanted);
  const isCut = some.length < fresh.length;
  return { some, more: isCut || answer.nextCursor !== null, cursor: isCut ? null : answer.nextCursor };
}

/**
 * What is at least as new as the newest record that was seen; the position keeps where the next sweep starts, so that whoever goes on from
 * it has the whole overlap before them. Nothing when that does not end in one page, or when the newest record is not there: a sweep knows why.
 */
async function readNewer({ api, stream, options, now }: Reading, place: Place): Promise<Page | undefined> {
  const { high, top, updatedFrom } = place;
  if (high === null || updatedFrom === null) return undefined;
  const limit = Math.max(1, Math.min(options.limit, stream.mostRecords ?? largestPage));
  const query = { sort: 'updatedAt,id', updatedFrom: high };
  const answer = await ask(api, { stream, query, limit, updatedFrom: high }, options.signal);
  if (answer.nextCursor !== null || !answer.records.some((record) => record.key === top)) return undefined;
  const fresh = answer.records.filter((record) => record.key !== top || !sameInstant(record.updatedAt, high));
  const records = (await stream.complete?.(api, fresh, options.signal)) ?? fresh;
  return {
    records: records.map((record) => toSeen(stream, record)),
    position: placeText({ ...moveOn(place, { records, more: false, cursor: null, now: now() }), updatedFrom }),
    more: false,
    overlapFrom: microsAt(updatedFrom),
  };
}

/**
 * A page that starts before the newest record that was ever seen and reaches it must show it, unless it was changed since and stands further
 * back, was deleted, or the system was restored from a copy. The last is certain when the record is there with a stamp that is older by more
 * than records may appear in the past, or when the whole system is empty. What was merged or is left out of the list proves nothing.
 */
async function refuseWhenRestored(
  api: Api,
  stream: StreamDetails,
  { high, top, updatedFrom, cursor }: Place,
  { records, nextCursor }: PageRead,
  signal: AbortSignal,
): Promise<void> {
  if (high === null || updatedFrom === null || cursor !== null || microsAt(updatedFrom) > microsAt(high)) return;
  if (nextCursor !== null && !records.some(({ version }) => version >= microsAt(high))) return;
  const values = { system: systemName, stream: stream.name, position: high };
  const shown = records.find(({ key }) => key === top);
  const found = shown ?? (top === null ? undefined : await findByKey(api, stream, top, signal));
  if (found?.key === top && found.version < microsAt(overlapOf(high))) {
    throw new KoppelError('POSITION_BEYOND_SOURCE', { ...values, head: found.updatedAt });
  }
  if (found !== undefined || records.length > 0) return;
  const [head] = await newestOfAll(api, stream, 1, signal);
  if (head !== undefined && top !== null) return;
  throw new KoppelError('POSITION_BEYOND_SOURCE', { ...values, head: head?.updatedAt ?? 'nothing' });
}

/** Undefined also when the system answers with something else than one record: that says nothing of the one that is sought. */
async function findByKey(
  api: Api,
  stream: StreamDetails,
  key: string,
  signal: AbortSignal,
): Promise<PageRecord | undefined> {
  try {
    if (stream.name === 'stock') {
      const at = key.lastIndexOf('@');
      const query = { sku: key.slice(0, at), warehouseCode: key.slice(at + 1) };
      return (await ask(api, { stream, query, limit: 1 }, signal)).records[0];
    }
    const body = await api.read(`${stream.path}/${encodeURIComponent(key)}`, {}, signal);
    if (body === null) return undefined;
    const asked = { operation: `GET ${stream.path}`, limit: 1, keyOf: stream.keyOf };
    return readPage({ data: [body], page: { nextCursor: null } }, asked).records[0];
  } catch (thrown) {
    if (isUnexpected(thrown)) return undefined;
    throw thrown;
  }
}

const isUnexpected = (thrown: unknown): boolean =>
  thrown instanceof KoppelError && thrown.code === 'UNEXPECTED_RESPONSE';

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

function toSeen(stream: StreamDetails, { key, version, document, ...found }: PageRecord): SeenRecord {
  const what = found.what ?? problemIn(stream.shape, document);
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
