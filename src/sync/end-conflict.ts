/**
 * Ends conflicts: the field gets the value that somebody or a policy has chosen. That is a change of the canonical record like any
 * other, so the projectors carry it to the systems.
 */
import { contentHash, sameJson } from '../base/content-hash.js';
import { keyOfContest } from '../base/contested.js';
import type { Json } from '../base/document.js';
import { KoppelError } from '../base/errors.js';
import { newId } from '../base/ids.js';
import { isRequired } from '../canonical/field-defaults.js';
import { normaliseFields } from '../canonical/normalise.js';
import { worker } from '../canonical/ownership.js';
import type { CanonicalRecord } from '../canonical/record.js';
import type { ChangeLog } from '../log/change-log.js';
import type { CanonicalEvent } from '../log/envelope.js';
import type { Database, Tx } from '../store/database.js';
import type { ConflictResolution, FieldConflictRow } from '../store/field-conflicts.js';

export interface EndConflictDeps {
  readonly database: Database;
  readonly conflicts: typeof import('../store/field-conflicts.js');
  readonly rows: Pick<typeof import('../store/rows.js'), 'loadRows' | 'writeRows'>;
  readonly journal: Pick<typeof import('../store/journal.js'), 'appendJournal'>;
  readonly log: Pick<ChangeLog<Tx>, 'append'>;
  readonly canonicalTopic: string;
}

export interface Chosen {
  readonly value: Json;
  /** Whose it is from now on; null: the hub's own. */
  readonly from: string | null;
}
/** What becomes of the field; null: what is held stays. */
export type Choose = (conflict: FieldConflictRow) => Chosen | null;

export interface ConflictOutcome {
  readonly by: string;
  readonly resolution: ConflictResolution;
}

const tries = 5;

/** Ends an open conflict. Throws FIELD_CONFLICT_OVER when it has been ended, FIELD_VALUE_INVALID when the field cannot hold the choice. */
export async function endConflict(
  deps: EndConflictDeps,
  id: string,
  choose: Choose,
  outcome: ConflictOutcome,
): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await deps.database.tx((tx) => endOnce(deps, tx, id, choose, outcome));
      return;
    } catch (thrown) {
      // Ingest has changed the record meanwhile, perhaps even ended the conflict: it is looked at anew.
      if (!(thrown instanceof KoppelError) || thrown.code !== 'WRITE_RACED' || attempt === tries) throw thrown;
    }
  }
}

async function endOnce(
  deps: EndConflictDeps,
  tx: Tx,
  id: string,
  choose: Choose,
  outcome: ConflictOutcome,
): Promise<void> {
  const conflict = await deps.conflicts.findConflict(tx, id);
  if (conflict === undefined) throw new KoppelError('FIELD_CONFLICT_UNKNOWN', { id });
  if (conflict.resolvedAt !== null) throw new KoppelError('FIELD_CONFLICT_OVER', { id });
  const { entity, canonicalId, field } = conflict;
  const [record] = await deps.rows.loadRows(tx, entity, [canonicalId]);
  if (record === undefined) throw new KoppelError('FIELD_CONFLICT_UNKNOWN', { id });
  const held = record.fields[field] ?? null;
  const choice = choose(conflict);
  const value = choice === null ? held : valid(conflict, choice.value);
  const after = settled(record, field, value, choice);
  await deps.rows.writeRows(tx, entity, [
    {
      id: record.id,
      expected: record.version,
      version: after.version,
      contentHash: contentHash(after.fields),
      provenance: after.provenance,
      fields: after.fields,
    },
  ]);
  if (!(await deps.conflicts.closeConflict(tx, id, { ...outcome, value })))
    throw new KoppelError('FIELD_CONFLICT_OVER', { id });
  await announce(deps, tx, after, {
    field,
    before: held,
    value,
    from: choice?.from ?? null,
    conflict: id,
    by: outcome.by,
  });
}

/** The value as the field holds it, or why it cannot. */
function valid({ entity, field }: FieldConflictRow, value: Json): Json {
  if (value === null) {
    if (isRequired(entity, field)) throw new KoppelError('FIELD_VALUE_INVALID', { field, what: 'it cannot be empty' });
    return null;
  }
  const { fields, problems } = normaliseFields(entity, { [field]: value }, []);
  const [problem] = problems;
  if (problem !== undefined) throw new KoppelError('FIELD_VALUE_INVALID', { field, what: problem.message });
  return fields[field] ?? null;
}

function settled(record: CanonicalRecord, field: string, value: Json, choice: Chosen | null): CanonicalRecord {
  const fields = Object.fromEntries(Object.entries({ ...record.fields, [field]: value }).filter(([, v]) => v !== null));
  const left = Object.entries(record.provenance).filter(([key]) => key !== keyOfContest(field));
  const owner = choice === null ? {} : { [field]: choice.from ?? worker };
  return { ...record, version: record.version + 1, fields, provenance: { ...Object.fromEntries(left), ...owner } };
}

async function announce(
  deps: EndConflictDeps,
  tx: Tx,
  { entity, id, version }: CanonicalRecord,
  done: { readonly field: string; readonly before: Json; readonly value: Json; readonly from: string | null; readonly conflict: string; readonly by: string }, // prettier-ignore
): Promise<void> {
  const { field, before, value, from, conflict, by } = done;
  const traceId = newId('trace');
  const event: CanonicalEvent = {
    entity,
    id,
    version,
    action: 'updated',
    changes: sameJson(before, value) ? {} : { [field]: [before, value] },
    cause: { system: worker, externalId: conflict },
  };
  await deps.log.append(tx, deps.canonicalTopic, [{ key: id, traceId, payload: event as unknown as Json }]);
  const entry = { traceId, flow: null, system: from, entity, canonicalId: id, externalId: null };
  const fields = Object.keys(event.changes);
  await deps.journal.appendJournal(tx, [
    ...(fields.length === 0
      ? []
      : [{ ...entry, step: 'applied', outcome: 'updated', detail: { version, fields, by } } as const]),
    { ...entry, step: 'conflict', outcome: 'resolved', detail: { fields: [field], conflict, version, by } },
  ]);
}
