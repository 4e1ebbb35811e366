/** One page out of a system and into the log: repeats dropped, the rest as changes, the overlap remembered. Inside the caller's transaction. */
import { contentHash } from '../base/content-hash.js';
import type { Json } from '../base/document.js';
import { newId } from '../base/ids.js';
import { cleanText } from '../canonical/clean-text.js';
import type { ChangeLog, LogEntry } from '../log/change-log.js';
import { changeKey, type Change } from '../log/envelope.js';
import type { HeldStream } from '../store/capture-positions.js';
import type { Query, Tx } from '../store/database.js';
import type { ConnectedSystem } from '../sync/configuration.js';
import type { Page, SeenRecord, Stream } from '../systems/system.js';
import { entitiesOf, type CapturedStream } from './sources.js';

export interface PageDeps {
  readonly log: Pick<ChangeLog<Tx>, 'append'>;
  readonly changesTopic: (system: string) => string;
  readonly streams: Pick<typeof import('../store/capture-positions.js'), 'seenHashes' | 'rememberSeen'>;
}

export interface ReadPage {
  readonly held: HeldStream;
  readonly stream: Stream;
  readonly page: NextPage;
  readonly seenAt: string;
  /** Everything counts as not seen before. */
  readonly isAgain: boolean;
}

/** A page; of a stream that starts at its present end, also which versions were there before that. */
export interface NextPage extends Page {
  wasBefore?(version: bigint): boolean;
}

/**
 * What comes next; of a stream that starts at its present end, what the overlap below that end shows. What is changed between asking for
 * the end and reading stands among it, and is news.
 */
export async function nextPage(
  { stream: { name }, batchSize: limit }: CapturedStream,
  { system: { source } }: ConnectedSystem,
  { from, isStart }: { readonly from: string | null; readonly isStart: boolean },
  signal: AbortSignal,
): Promise<NextPage> {
  if (!isStart) return source.read(name, from, { limit, signal });
  const records: SeenRecord[] = [];
  const head = await source.head(name, signal);
  const wasBefore = (version: bigint): boolean => source.isAfter?.(name, head, version) !== true;
  for (let position = head; ;) {
    const page = await source.read(name, position, { limit, signal });
    records.push(...page.records);
    if (!page.more || page.position === position) return { ...page, records, wasBefore };
    position = page.position;
  }
}

/** What a page shows, beside what was seen before. */
export interface ComparedPage {
  /** What was not seen before. */
  readonly fresh: readonly Change[];
  /** What it says last of each record. */
  readonly latest: readonly Change[];
  /** Ids of those that were seen otherwise before. */
  readonly changed: readonly string[];
}

/**
 * Compares a page with what was seen. Nobody else changes that meanwhile without taking the stream over, which the move of the
 * position finds out.
 */
export async function comparePage(query: Query, read: ReadPage, deps: PageDeps): Promise<ComparedPage> {
  const { held, stream, page, seenAt, isAgain } = read;
  if (page.records.length === 0) return { fresh: [], latest: [], changed: [] };
  const changes = toChanges(page.records, held.system, stream, seenAt);
  const ids = changes.map((change) => change.externalId);
  const seen = new Map(isAgain ? [] : await deps.streams.seenHashes(query, held, entitiesOf(stream), ids));
  const known = new Map(seen);
  const latest = new Map<string, Change>();
  const fresh = changes.filter((change) => {
    latest.set(change.externalId, change);
    if (seen.get(change.externalId) === change.hash) return false;
    seen.set(change.externalId, change.hash);
    return page.wasBefore?.(BigInt(change.version)) !== true;
  });
  const changed = fresh.filter(({ externalId }) => known.has(externalId)).map(({ externalId }) => externalId);
  return { fresh, latest: [...latest.values()], changed };
}

export async function appendPage(
  tx: Tx,
  { held, page }: ReadPage,
  { fresh, latest }: ComparedPage,
  deps: PageDeps,
): Promise<void> {
  const seen = latest.map(({ externalId, version, hash }) => ({ externalId, version: BigInt(version), hash }));
  // First what may fail here: in Kafka entries stand once they are sent, and those of a transaction that has ended must not come later.
  await deps.streams.rememberSeen(tx, held, seen, page.overlapFrom);
  await deps.log.append(tx, deps.changesTopic(held.system), fresh.map(toEntry));
}

/** In order of version: a page need not be sorted, but the log keeps the order of each record. */
export function toChanges(
  records: readonly SeenRecord[],
  system: string,
  stream: Stream,
  seenAt: string,
): readonly Change[] {
  const sorted = [...records].sort((a, b) => (a.version < b.version ? -1 : a.version > b.version ? 1 : 0));
  return sorted.map((record): Change => {
    const problem = record.problem && {
      code: record.problem.code,
      message: record.problem.message,
      ...(record.problem.path === undefined ? {} : { path: record.problem.path }),
    };
    return {
      system,
      stream: stream.name,
      record: record.record ?? stream.record,
      externalId: cleanText(record.externalId),
      version: String(record.version),
      hash: contentHash(problem === undefined ? record.document : { document: record.document, problem }),
      seenAt,
      document: record.document,
      ...(problem === undefined ? {} : { problem }),
    };
  });
}

const toEntry = (change: Change): LogEntry => ({
  key: changeKey(change),
  traceId: newId('trace'),
  payload: change as unknown as Json,
});
