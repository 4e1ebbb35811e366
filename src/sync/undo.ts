/**
 * Takes changes back with compensating ones. In: a selection, and the hash of the plan that was shown. Out: a job that puts back, record by
 * record, what is still as the changes left it: a change of the canonical record like any other, so the projectors carry it to the systems.
 * A record is put back whole or not at all, in the transaction that marks it as done: begun anew after a crash the job goes on.
 * That nothing has changed since the plan was shown is found out when it is started, or by the job before it puts anything back.
 */
import type { Document } from '../base/document.js';
import { KoppelError } from '../base/errors.js';
import { newId } from '../base/ids.js';
import { isUndoable } from '../canonical/undo.js';
import { canonicalEntities, type CanonicalEntity } from '../canonical/entities.js';
import type { Database, Tx } from '../store/database.js';
import type { JobHandler } from './jobs.js';
import type { UndoSelection } from '../store/undo-reads.js';
import type { UndoRecord } from '../store/undo-records.js';
import { findMeant, isCutShort, judgedIn, planUndo, type OnJudged, type UndoPlan } from './undo-plan.js';
import { putBackRecords, type PutBackDeps } from './undo-put-back.js';

export interface UndoDeps extends PutBackDeps {
  readonly database: Database;
  readonly records: PutBackDeps['records'] &
    Pick<
      typeof import('../store/undo-records.js'),
      'addUndoRecords' | 'addUnjudgedRecords' | 'openUndoRecords' | 'countUndoRecords' | 'forgetUndoRecords'
    >;
  readonly jobs: Pick<typeof import('../store/jobs.js'), 'createJob'>;
  /** Called when records have changed that projectors should look at. */
  readonly changed: () => void;
  readonly jobMade: () => void;
  /** So many records are put back in one transaction. */
  readonly portion?: number;
  /** So long a start looks at the records once more; what takes longer the job does. */
  readonly startWithinMs?: number;
}

export interface UndoStart {
  readonly planHash: string;
  readonly by: string;
  readonly reason: string;
}

/** Of which records changes are meant. */
export interface UndoSubjects {
  /** One record of each kind: whoever may see these may see the plan. */
  readonly samples: readonly string[];
  /** Events that are not there. */
  readonly missing: readonly string[];
}

export interface Undo {
  /** Null when there is no such run, version or job, or it has not ended. */
  about(selection: UndoSelection): Promise<UndoSubjects | null>;
  /** What it would do now; null as above. */
  plan(selection: UndoSelection): Promise<UndoPlan | null>;
  /**
   * Starts a job; returns its id, and how many records it is about. Throws UNDO_PLAN_OUTDATED, or UNDO_NOTHING when there is nothing to put back;
   * when there are too many records to find that out in time, the job fails with it.
   */
  start(selection: UndoSelection, start: UndoStart): Promise<{ readonly job: string; readonly records: number }>;
}

const portion = 50;
const tries = 10;
/** A request is cut off after ten seconds. */
const startWithinMs = 4_000;
/** Kinds of records of which something may be taken back. */
const undoable: readonly CanonicalEntity[] = canonicalEntities.filter(isUndoable);

export function makeUndo(deps: UndoDeps): Undo {
  const { database, reads } = deps;
  return {
    async about(selection) {
      const meant = await findMeant(deps, database, selection);
      if (meant === null) return null;
      const ids = selection.of === 'events' ? selection.ids : [];
      const [samples, known] = await Promise.all([
        reads.readMeantKinds(database, meant),
        reads.readKnownEvents(database, ids),
      ]);
      return { samples, missing: ids.filter((id) => !known.has(id)) };
    },
    async plan(selection) {
      const meant = await findMeant(deps, database, selection);
      return meant && planUndo(deps, database, meant);
    },
    async start(selection, { planHash, by, reason }) {
      await deps.records.forgetUndoRecords(database);
      const job = newId('job');
      const until = deps.clock.monotonic() + (deps.startWithinMs ?? startWithinMs);
      const input = { name: reason, selection: selection as unknown as Document };
      const create = (tx: Tx, more: Document = {}): Promise<void> =>
        deps.jobs.createJob(tx, { id: job, kind: 'UNDO', input: { ...input, ...more }, createdBy: by });
      const begin = async (tx: Tx): Promise<number> => {
        await create(tx);
        return prepare(deps, tx, { job, selection, planHash, until });
      };
      const records = await database.tx(begin).catch(async (thrown: unknown) => {
        if (!(thrown instanceof TakesLonger)) throw thrown;
        await database.tx((tx) => create(tx, { planHash }));
        return thrown.records;
      });
      deps.jobMade();
      return { job, records };
    },
  };
}

/** Ends the transaction of a start that would take longer than a request may. */
class TakesLonger extends Error {
  constructor(readonly records: number) {
    super('the records of an undo could not be looked at in time');
  }
}

interface Prepared {
  readonly job: string;
  readonly selection: UndoSelection;
  /** Of the plan that was shown. */
  readonly planHash: string;
  /** Null: whatever time it takes. */
  readonly until: number | null;
}

/** Looks at all records that the plan has looked at once more and writes down what is put back; returns how many there are. */
async function prepare(deps: UndoDeps, tx: Tx, { job, selection, planHash, until }: Prepared): Promise<number> {
  const meant = await findMeant(deps, tx, selection);
  if (meant === null) throw new KoppelError('UNDO_PLAN_OUTDATED', {});
  const again = { judged: judgedIn(planHash), onJudged: remember(deps, tx, job), until };
  const plan = await planUndo(deps, tx, meant, again);
  const { total, judged } = plan.records;
  if (isCutShort(plan, again)) throw new TakesLonger(total);
  if (plan.planHash !== planHash) throw new KoppelError('UNDO_PLAN_OUTDATED', {});
  if (judged < total) await deps.records.addUnjudgedRecords(tx, job, meant, { judged, entities: undoable });
  const { total: count } = await deps.records.countUndoRecords(tx, job);
  if (count === 0) throw new KoppelError('UNDO_NOTHING', {});
  return count;
}

/** Writes down what was shown of each record of which something is put back. */
const remember =
  (deps: UndoDeps, tx: Tx, job: string): OnJudged =>
  async (page, first) => {
    const records = page.flatMap(({ meant: { positions }, record, fields }, index): UndoRecord[] => {
      const reversed = fields.filter(({ verdict }) => verdict === 'reverse').map(({ field }) => field);
      if (record === null || reversed.length === 0) return [];
      const { entity, id: canonicalId } = record;
      return [{ place: first + index, entity, canonicalId, positions, fields: reversed }];
    });
    await deps.records.addUndoRecords(tx, job, records);
  };

interface UndoInput {
  /** The reason; it is what the job is called. */
  readonly name: string;
  readonly selection: UndoSelection;
  /** Of a plan that the job has to look at once more before it puts anything back. */
  readonly planHash?: string;
}

/** The work of a job of kind UNDO. */
export function undoWork(deps: UndoDeps): JobHandler {
  const { database, records } = deps;
  return async ({ id, input, createdBy }, progress): Promise<Document> => {
    const { name: reason, selection, planHash } = input as unknown as UndoInput;
    const told = { job: id, by: createdBy, reason };
    if (planHash !== undefined && (await records.countUndoRecords(database, id)).total === 0) {
      await progress(0, null);
      await database.tx((tx) => prepare(deps, tx, { job: id, selection, planHash, until: null }));
    }
    for (;;) {
      const { done, total, putBack } = await records.countUndoRecords(database, id);
      await progress(done, total);
      const open = await records.openUndoRecords(database, id, deps.portion ?? portion);
      if (open.length === 0) return { succeeded: putBack, failed: 0, skipped: total - putBack };
      await again(() => database.tx((tx) => putBackRecords(deps, tx, open, told)));
      deps.changed();
    }
  };
}

/** Ingest may have changed a record meanwhile, perhaps the very field: then all are looked at anew. */
async function again(work: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (thrown) {
      if (!(thrown instanceof KoppelError) || thrown.code !== 'WRITE_RACED' || attempt === tries) throw thrown;
    }
  }
}
