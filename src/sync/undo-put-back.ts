/**
 * Puts records back to what they held before the changes that are taken back. In: records of a job, inside a transaction. Out: the canonical
 * records with their former values, their events, lines in the journal, and the systems to be told; a record that somebody has changed
 * meanwhile is left alone. Everything takes effect or nothing does.
 */
import { contentHash } from '../base/content-hash.js';
import type { Json } from '../base/document.js';
import { KoppelError } from '../base/errors.js';
import { newId } from '../base/ids.js';
import type { CanonicalEntity } from '../canonical/entities.js';
import { worker } from '../canonical/ownership.js';
import type { CanonicalRecord } from '../canonical/record.js';
import { putBack, type UndoneField } from '../canonical/undo.js';
import type { ChangeLog } from '../log/change-log.js';
import type { CanonicalEvent } from '../log/envelope.js';
import type { Tx } from '../store/database.js';
import type { JournalEntry } from '../store/journal.js';
import type { UndoRecord } from '../store/undo-records.js';
import { judgeRecords } from './undo-judge.js';
import type { UndoPlanDeps } from './undo-plan.js';

export interface PutBackDeps extends UndoPlanDeps {
  readonly rows: Pick<typeof import('../store/rows.js'), 'loadRows' | 'writeRows'>;
  readonly records: Pick<typeof import('../store/undo-records.js'), 'settleUndoRecords' | 'lookApproved'>;
  readonly journal: Pick<typeof import('../store/journal.js'), 'appendJournal'>;
  readonly log: Pick<ChangeLog<Tx>, 'append'>;
  readonly canonicalTopic: string;
}

/** Whose undo it is, and why. */
export interface Told {
  readonly job: string;
  readonly by: string;
  readonly reason: string;
}

/** The order of locks: that of ingest. */
const writeOrder: readonly CanonicalEntity[] = ['category', 'product', 'variant', 'customer'];

interface Done {
  readonly before: CanonicalRecord;
  readonly after: CanonicalRecord;
  readonly fields: readonly UndoneField[];
  /** The latest event that is taken back. */
  readonly event: string;
  readonly traceId: string;
}

/** Throws WRITE_RACED when ingest was quicker. */
export async function putBackRecords(
  deps: PutBackDeps,
  tx: Tx,
  open: readonly UndoRecord[],
  told: Told,
): Promise<void> {
  const meant = open.map(({ entity, canonicalId, positions }) => {
    return { entity, canonicalId, positions, isMade: false, isChange: true };
  });
  const judged = await judgeRecords(deps, tx, meant);
  const done = judged.flatMap(({ record, fields }, index): Done[] => {
    const { fields: approved, positions } = open[index]!;
    const reversed = fields.filter(
      ({ field, verdict }) => verdict === 'reverse' && (approved === null || approved.includes(field)),
    );
    if (record === null || reversed.length === 0) return [];
    const after = putBack(record, reversed);
    return [{ before: record, after, fields: reversed, event: `evt_${positions.at(-1)}`, traceId: newId('trace') }];
  });
  for (const entity of writeOrder) await writeBack(deps, tx, entity, done);
  const back = new Set(done.map(({ after }) => after.id));
  const settled = open.map(({ place, canonicalId }) => ({ place, isPutBack: back.has(canonicalId) }));
  // Whoever runs the job beside this, after a lease was lost, has done these.
  if (!(await deps.records.settleUndoRecords(tx, told.job, settled)))
    throw new KoppelError('WRITE_RACED', { what: 'records of an undo' });
  if (done.length === 0) return;
  const looked = done.map(({ after: { entity, id }, traceId }) => ({ entity, id, traceId }));
  await deps.records.lookApproved(tx, looked);
  const events = done.map((each) => ({ key: each.after.id, traceId: each.traceId, payload: eventOf(each) }));
  await deps.log.append(tx, deps.canonicalTopic, events);
  await deps.journal.appendJournal(tx, done.map((each) => entryOf(each, told))); // prettier-ignore
}

async function writeBack(deps: PutBackDeps, tx: Tx, entity: CanonicalEntity, done: readonly Done[]): Promise<void> {
  const rows = done
    .filter(({ after }) => after.entity === entity)
    .map(({ before, after: { id, version, provenance, fields } }) => {
      return { id, expected: before.version, version, contentHash: contentHash(fields), provenance, fields };
    });
  await deps.rows.writeRows(tx, entity, rows);
}

function eventOf({ after: { entity, id, version }, fields, event }: Done): Json {
  const said: CanonicalEvent = {
    entity,
    id,
    version,
    action: 'updated',
    changes: Object.fromEntries(fields.map(({ field, now, former }) => [field, [now, former] as const])),
    cause: { system: worker, externalId: event },
  };
  return said as unknown as Json;
}

function entryOf(
  { after: { entity, id, version }, fields, event, traceId }: Done,
  { job, by, reason }: Told,
): JournalEntry {
  const detail = { version, fields: fields.map(({ field }) => field), by, job, undoes: event, reason };
  const entry = { traceId, step: 'applied', outcome: 'undone', flow: null, system: null, entity } as const;
  return { ...entry, canonicalId: id, externalId: null, detail };
}
