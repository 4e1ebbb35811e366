/**
 * Takes changes back with compensating ones. In: ids of events, and the hash of the plan that was shown. Out: a job that puts back, record by
 * record, what is still as the event left it: a change of the canonical record like any other, so the projectors carry it to the systems.
 * Begun anew after a crash it leaves alone what it has put back already.
 */
import { contentHash } from '../base/content-hash.js';
import type { Document, Json } from '../base/document.js';
import { KoppelError } from '../base/errors.js';
import { newId } from '../base/ids.js';
import { worker } from '../canonical/ownership.js';
import { putBack, type UndoneField } from '../canonical/undo.js';
import type { CanonicalRecord } from '../canonical/record.js';
import type { ChangeLog } from '../log/change-log.js';
import type { CanonicalEvent } from '../log/envelope.js';
import type { Database, Tx } from '../store/database.js';
import type { JobHandler } from './jobs.js';
import { lookAt, planUndo, type UndoPlan, type UndoPlanDeps } from './undo-plan.js';

export interface UndoDeps extends UndoPlanDeps {
  readonly database: Database;
  readonly rows: Pick<typeof import('../store/rows.js'), 'loadRows' | 'writeRows'>;
  readonly journal: Pick<typeof import('../store/journal.js'), 'appendJournal'>;
  readonly jobs: Pick<typeof import('../store/jobs.js'), 'createJob'>;
  readonly log: Pick<ChangeLog<Tx>, 'append'>;
  readonly canonicalTopic: string;
  /** Called when records have changed that projectors should look at. */
  readonly changed: () => void;
  readonly jobMade: () => void;
}

export interface UndoStart {
  readonly planHash: string;
  readonly by: string;
  readonly reason: string;
}

export interface Undo {
  plan(eventIds: readonly string[]): Promise<UndoPlan>;
  /** Starts a job; returns its id. Throws UNDO_PLAN_OUTDATED, or UNDO_NOTHING when there is nothing to put back. */
  start(eventIds: readonly string[], start: UndoStart): Promise<string>;
}

/** What a job of kind UNDO is told. */
interface UndoInput {
  /** Event → the fields that were shown as put back. */
  readonly approved: Readonly<Record<string, readonly string[]>>;
  readonly name: string;
}

const tries = 5;

export function makeUndo(deps: UndoDeps): Undo {
  const plan = (eventIds: readonly string[]): Promise<UndoPlan> => planUndo(deps, deps.database, eventIds);
  return {
    plan,
    async start(eventIds, { planHash, by, reason }) {
      const found = await plan(eventIds);
      if (found.planHash !== planHash) throw new KoppelError('UNDO_PLAN_OUTDATED', {});
      if (found.reversible === 0) throw new KoppelError('UNDO_NOTHING', {});
      const reversed = found.items.filter(({ verdict }) => verdict === 'reverse');
      const approved = Object.fromEntries(
        reversed.map(({ eventId, fields }) => [eventId, fields.map(({ field }) => field)]),
      );
      const id = newId('job');
      const input = { approved, name: reason };
      await deps.database.tx((tx) => deps.jobs.createJob(tx, { id, kind: 'UNDO', input, createdBy: by }));
      deps.jobMade();
      return id;
    },
  };
}

/** The work of a job of kind UNDO. */
export function undoWork(deps: UndoDeps): JobHandler {
  return async ({ id, input, createdBy }, progress): Promise<Document> => {
    const { approved, name } = input as unknown as UndoInput;
    const ids = Object.keys(approved);
    let succeeded = 0;
    let skipped = 0;
    for (const [done, event] of ids.entries()) {
      await progress(done, ids.length);
      const fields = approved[event] ?? [];
      const count = await takeBack(deps, { event, fields, job: id, by: createdBy, reason: name });
      succeeded += count;
      skipped += fields.length - count;
    }
    deps.changed();
    await progress(ids.length, ids.length);
    return { succeeded, failed: 0, skipped };
  };
}

interface Taking {
  readonly event: string;
  readonly fields: readonly string[];
  readonly job: string;
  readonly by: string;
  readonly reason: string;
}

/** Returns how many fields were put back. */
async function takeBack(deps: UndoDeps, taking: Taking): Promise<number> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await deps.database.tx((tx) => takeBackOnce(deps, tx, taking));
    } catch (thrown) {
      // Ingest has changed the record meanwhile, perhaps the very field: it is looked at anew.
      if (!(thrown instanceof KoppelError) || thrown.code !== 'WRITE_RACED' || attempt === tries) throw thrown;
    }
  }
}

async function takeBackOnce(deps: UndoDeps, tx: Tx, taking: Taking): Promise<number> {
  const [event] = await deps.reads.readUndoEvents(tx, [taking.event]);
  if (event === undefined) return 0;
  const { record, fields, later } = await lookAt(deps, tx, event);
  const own = later.find(({ job, undoes }) => job === taking.job && undoes === taking.event);
  if (own !== undefined) return own.fields.length;
  const reversed = fields.filter(({ field, verdict }) => verdict === 'reverse' && taking.fields.includes(field));
  if (record === null || reversed.length === 0) return 0;
  const after = putBack(record, reversed);
  const { id, version, provenance, fields: held } = after;
  await deps.rows.writeRows(tx, record.entity, [
    { id, expected: record.version, version, contentHash: contentHash(held), provenance, fields: held },
  ]);
  await announce(deps, tx, after, reversed, taking);
  return reversed.length;
}

async function announce(
  deps: UndoDeps,
  tx: Tx,
  { entity, id, version }: CanonicalRecord,
  reversed: readonly UndoneField[],
  { event, job, by, reason }: Taking,
): Promise<void> {
  const traceId = newId('trace');
  const said: CanonicalEvent = {
    entity,
    id,
    version,
    action: 'updated',
    changes: Object.fromEntries(reversed.map(({ field, now, former }) => [field, [now, former] as const])),
    cause: { system: worker, externalId: event },
  };
  await deps.log.append(tx, deps.canonicalTopic, [{ key: id, traceId, payload: said as unknown as Json }]);
  const fields = reversed.map(({ field }) => field);
  const detail = { version, fields, by, job, undoes: event, reason };
  const entry = { traceId, step: 'applied', outcome: 'undone', flow: null, system: null, entity } as const;
  await deps.journal.appendJournal(tx, [{ ...entry, canonicalId: id, externalId: null, detail }]);
}
