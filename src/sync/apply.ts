/**
 * Carries out what was decided for a batch, inside the caller's transaction: rows, references, problems, then canonical events,
 * then the journal. A handful of set-based statements, in this order. Everything takes effect or nothing does; rows
 * and references are guarded by version, so a transaction that was overtaken throws WRITE_RACED instead of overwriting.
 */
import { contentHash } from '../base/content-hash.js';
import type { Document, Json } from '../base/document.js';
import { newId } from '../base/ids.js';
import type { Decided } from '../canonical/decide-batch.js';
import type { CanonicalEntity } from '../canonical/entities.js';
import type { CanonicalRecord } from '../canonical/record.js';
import type { ChangeLog, LogEntry } from '../log/change-log.js';
import type { CanonicalEvent } from '../log/envelope.js';
import type { Tx } from '../store/database.js';
import type { RowWrite } from '../store/canonical-table.js';
import type { ContestWrite } from '../store/field-conflicts.js';
import type { JournalEntry } from '../store/journal.js';
import type { ParkedRecord, TakenIn } from '../store/parked.js';
import type { ReferenceWrite } from '../store/references.js';
import type { MergedId } from '../store/reservations.js';
import type { UnmappedValue } from '../store/unmapped-values.js';

/** One decision with where it came from. */
export interface Step extends Decided {
  readonly source: StepSource;
}

/** Shared by all decisions of a change. */
export interface StepSource {
  readonly traceId: string;
  readonly seenAt: string;
  /** External id of the change. */
  readonly cause: string;
  readonly flow: string | null;
  /** `topic/partition/offset` of the change. */
  readonly log: string | null;
  /** `key@version` of the mapping. */
  readonly mapping: string;
}

export interface Observed {
  readonly entity: CanonicalEntity;
  readonly externalId: string;
  readonly version: string;
  readonly hash: string;
}

export interface ApplyBatch {
  readonly system: string;
  readonly steps: readonly Step[];
  /** Records as they are after the batch, with the version that they must have before it (0 = none). */
  readonly records: readonly { readonly record: CanonicalRecord; readonly expected: number }[];
  /** Ids without a record that turned out to stand for another one. */
  readonly merges: readonly MergedId[];
  /** What its system does not call a record any more: reservations by key whose record has been read, former ids. */
  readonly overtaken: readonly { readonly entity: string; readonly externalId: string }[];
  readonly references: readonly ReferenceWrite[];
  /** Records that the system has from now on, for whoever waits for them there; empty for a system that is no target. */
  readonly appeared: readonly { readonly entity: string; readonly canonicalId: string }[];
  readonly observed: readonly Observed[];
  readonly parked: readonly Omit<ParkedRecord, 'id'>[];
  /** Records that went through, whose open problems are over unless they are of a later version. */
  readonly resolved: readonly TakenIn[];
  readonly unmapped: readonly UnmappedValue[];
  /** Steps other than those that follow from `steps` and `parked`. */
  readonly journal: readonly JournalEntry[];
}

export interface ApplyDeps {
  readonly log: Pick<ChangeLog<Tx>, 'prepare' | 'append'>;
  readonly canonicalTopic: string;
  readonly rows: Pick<typeof import('../store/rows.js'), 'writeRows'>;
  readonly references: Pick<typeof import('../store/references.js'), 'writeReferences' | 'rememberObserved'>;
  readonly reservations: Pick<typeof import('../store/reservations.js'), 'mergeReserved' | 'removeOvertaken'>;
  readonly waits: Pick<
    typeof import('../store/projection-waits.js'),
    'awaitedReference' | 'releaseWaits' | 'releaseUnreadable'
  >;
  readonly parked: Pick<typeof import('../store/parked.js'), 'parkRecords' | 'resolveTaken'>;
  readonly unmapped: Pick<typeof import('../store/unmapped-values.js'), 'countUnmapped'>;
  readonly conflicts: Pick<typeof import('../store/field-conflicts.js'), 'writeContests'>;
  readonly journal: Pick<typeof import('../store/journal.js'), 'appendJournal' | 'endWithJournal' | 'encodeJournal'>;
}

/** `ending`: the transaction ends with it, after this has been called. */
export type Apply = (tx: Tx, batch: ApplyBatch, ending?: () => Promise<void>) => Promise<void>;

/** Rows that others refer to come first; the order is also the order of locks. */
const writeOrder: readonly CanonicalEntity[] = [
  'category',
  'stock_location',
  'product',
  'variant',
  'stock_level',
  'customer',
  'order',
];

export function makeApply(deps: ApplyDeps): Apply {
  return async (tx, batch, ending) => {
    // For a log that is used for the first time, which is prepared in a transaction of its own: nobody may hold a counter meanwhile.
    await deps.log.prepare(deps.canonicalTopic);
    // All that can be computed is computed before the first counter is held.
    const events = toEvents(batch.system, batch.steps);
    const journal = deps.journal.encodeJournal([
      ...toJournal(batch.system, batch.steps),
      ...batch.parked.map(parkedEntry),
      ...batch.journal,
    ]);
    const rows = writeOrder.map((entity) => [entity, rowsOf(batch, entity)] as const);
    const records = Promise.all([
      ...rows.map(([entity, ofEntity]) => deps.rows.writeRows(tx, entity, ofEntity)),
      deps.conflicts.writeContests(tx, contestsIn(batch.steps)),
      deps.reservations.removeOvertaken(tx, batch.system, batch.overtaken),
    ]);
    if (batch.merges.length > 0) {
      await records;
      await deps.reservations.mergeReserved(tx, batch.merges);
    }
    const { awaitedReference } = deps.waits;
    const appeared = batch.appeared.map((each) => awaitedReference(batch.system, each.entity, each.canonicalId));
    const parked = batch.parked.map((record) => ({ id: newId('parked'), ...record }));
    // Asked for at once, and carried out in this order: what a record that was overtaken has written beside it is rolled back with it.
    await Promise.all([
      records,
      deps.references.writeReferences(tx, batch.system, batch.references),
      deps.waits.releaseWaits(tx, batch.system, appeared),
      ...writeOrder.map((entity) => {
        const observed = batch.observed.filter((record) => record.entity === entity);
        return deps.references.rememberObserved(tx, batch.system, entity, observed);
      }),
      deps.unmapped.countUnmapped(tx, batch.unmapped),
      deps.parked.resolveTaken(tx, batch.system, batch.resolved, 'a later change went through'),
      deps.parked.parkRecords(tx, parked),
    ]);
    await deps.waits.releaseUnreadable(
      tx,
      batch.parked.flatMap(({ entity, canonicalId }) =>
        entity === 'customer' && canonicalId !== null ? [canonicalId] : [],
      ),
    );
    await ending?.();
    const { appendJournal, endWithJournal } = deps.journal;
    const append = ending === undefined ? appendJournal : endWithJournal;
    // The log's counter first, here as everywhere.
    await Promise.all([deps.log.append(tx, deps.canonicalTopic, events), append(tx, journal)]);
  };
}

const rowsOf = ({ records }: ApplyBatch, entity: CanonicalEntity): readonly RowWrite[] =>
  records
    .filter(({ record }) => record.entity === entity)
    .map(({ record: { id, version, provenance, fields }, expected }) => {
      return { id, expected, version, contentHash: contentHash(fields), provenance, fields };
    });

/** The last word of the batch on each contested field. */
function contestsIn(steps: readonly Step[]): readonly ContestWrite[] {
  const last = new Map<string, ContestWrite>();
  for (const { entity, decision } of steps) {
    if (decision.type !== 'updated') continue;
    const canonicalId = decision.record.id;
    for (const [field, contest] of Object.entries(decision.contests ?? {})) {
      last.set(`${canonicalId} ${field}`, { id: newId('field_conflict'), entity, canonicalId, field, contest });
    }
  }
  return [...last.values()];
}

function toEvents(system: string, steps: readonly Step[]): LogEntry[] {
  const events: LogEntry[] = [];
  for (const { entity, decision, source } of steps) {
    if (decision.type !== 'created' && decision.type !== 'updated') continue;
    const event: CanonicalEvent = {
      entity,
      id: decision.record.id,
      version: decision.record.version,
      action: decision.type,
      changes: decision.changes,
      cause: { system, externalId: source.cause },
    };
    events.push({ key: event.id, traceId: source.traceId, payload: event as unknown as Json });
  }
  return events;
}

function toJournal(system: string, steps: readonly Step[]): JournalEntry[] {
  const entries: JournalEntry[] = [];
  for (const { entity, externalId, decision, source } of steps) {
    if (decision.type === 'unchanged') continue;
    const { traceId, flow, seenAt, log, mapping } = source;
    const add = (step: JournalEntry['step'], outcome: string, detail: Document): void => {
      entries.push({
        traceId,
        step,
        outcome,
        flow,
        system,
        entity,
        canonicalId: decision.record.id,
        externalId,
        detail,
      });
    };
    if (decision.type !== 'conflict') {
      const { version } = decision.record;
      add('applied', decision.type, { version, fields: Object.keys(decision.changes), seenAt, log, mapping });
    }
    const contested = decision.type === 'updated' ? Object.keys(decision.contests ?? {}) : [];
    if (contested.length > 0) add('conflict', 'contested', { fields: contested, seenAt, log, mapping });
    if (decision.type !== 'created' && hasAny(decision.conflicts)) {
      add('conflict', 'kept', { conflicts: decision.conflicts, seenAt, log, mapping });
    }
  }
  return entries;
}

const hasAny = (changes: object): boolean => Object.keys(changes).length > 0;

function parkedEntry(record: Omit<ParkedRecord, 'id'>): JournalEntry {
  return {
    traceId: record.traceId,
    step: 'parked',
    outcome: record.stage,
    flow: record.flow,
    system: record.system,
    entity: record.entity,
    canonicalId: record.canonicalId,
    externalId: record.externalId,
    code: record.code,
    message: record.message,
    detail: { path: record.path },
  };
}
