/** One page into the log: repeats dropped, the rest as changes, the overlap remembered. Inside the caller's transaction. */
import { contentHash } from '../base/content-hash.js';
import type { Json } from '../base/document.js';
import { newId } from '../base/ids.js';
import { cleanText } from '../canonical/clean-text.js';
import type { ChangeLog, LogEntry } from '../log/change-log.js';
import { changeKey, type Change } from '../log/envelope.js';
import type { HeldStream } from '../store/capture-positions.js';
import type { Tx } from '../store/database.js';
import type { Page, SeenRecord, Stream } from '../systems/system.js';

export interface PageDeps {
  readonly log: Pick<ChangeLog<Tx>, 'append'>;
  readonly changesTopic: (system: string) => string;
  readonly streams: Pick<typeof import('../store/capture-positions.js'), 'seenHashes' | 'rememberSeen'>;
}

export interface ReadPage {
  readonly held: HeldStream;
  readonly stream: Stream;
  readonly page: Page;
  readonly seenAt: string;
}

/** Returns how many records were new. */
export async function appendPage(tx: Tx, { held, stream, page, seenAt }: ReadPage, deps: PageDeps): Promise<number> {
  if (page.records.length === 0) {
    await deps.streams.rememberSeen(tx, held, [], page.overlapFrom);
    return 0;
  }
  const changes = toChanges(page.records, held.system, stream, seenAt);
  const seen = new Map(
    await deps.streams.seenHashes(
      tx,
      held,
      changes.map((change) => change.externalId),
    ),
  );
  const latest = new Map<string, Change>();
  const fresh = changes.filter((change) => {
    latest.set(change.externalId, change);
    if (seen.get(change.externalId) === change.hash) return false;
    seen.set(change.externalId, change.hash);
    return true;
  });
  await deps.streams.rememberSeen(
    tx,
    held,
    [...latest.values()].map(({ externalId, version, hash }) => ({ externalId, version: BigInt(version), hash })),
    page.overlapFrom,
  );
  await deps.log.append(tx, deps.changesTopic(held.system), fresh.map(toEntry));
  return fresh.length;
}

/** In order of version: a page need not be sorted, but the log keeps the order of each record. */
function toChanges(records: readonly SeenRecord[], system: string, stream: Stream, seenAt: string): readonly Change[] {
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
