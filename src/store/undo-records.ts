/**
 * Which records jobs of kind UNDO put back (table `undo_record`), how far each is, and letting the projectors tell the systems without the
 * write guard asking once more. A record is done in the transaction that puts it back.
 */
import type { CanonicalEntity } from '../canonical/entities.js';
import type { Query, Tx } from './database.js';
import { affectedBy, concernedIf, upsert } from './projection-looks.js';
import { sql, textOf } from './sql.js';
import { groupedByRecord, type MeantChanges } from './undo-reads.js';

export interface UndoRecord {
  readonly place: number;
  readonly entity: CanonicalEntity;
  readonly canonicalId: string;
  /** Of its changes in the journal, the oldest first. */
  readonly positions: readonly string[];
  /** Fields that the plan has shown as put back; null: it did not look at the record. */
  readonly fields: readonly string[] | null;
}

/** Adds records to a job. */
export async function addUndoRecords(tx: Tx, job: string, records: readonly UndoRecord[]): Promise<void> {
  if (records.length === 0) return;
  await tx.query(
    `insert into undo_record (job, place, entity, canonical_id, positions, fields)
     select $1, r.place, r.entity, r."canonicalId", r.positions, r.fields
     from jsonb_to_recordset($2::jsonb) as r(place integer, entity text, "canonicalId" text, positions bigint[], fields text[])`,
    [job, JSON.stringify(records)],
    'undo-add',
  );
}

/** Adds what the plan did not look at: the records that are meant behind the first `judged` ones. */
export async function addUnjudgedRecords(
  tx: Tx,
  job: string,
  { condition }: MeantChanges,
  { judged, entities }: { readonly judged: number; readonly entities: readonly CanonicalEntity[] },
): Promise<void> {
  const statement = sql`insert into undo_record (job, place, entity, canonical_id, positions)
    select ${job}, g.place, g.entity, g."canonicalId", g.positions::bigint[]
    from (${groupedByRecord(condition)}) g
    where g.place > ${judged}::bigint and g.entity = any(${[...entities]}::text[])
      and g."canonicalId" is not null and g."isChange" and not g."isMade"`;
  await tx.query(textOf(statement), statement.values);
}

/** The next records that are not done. */
export const openUndoRecords = (query: Query, job: string, limit: number): Promise<readonly UndoRecord[]> =>
  query.query<UndoRecord & Record<string, unknown>>(
    `select place, entity, canonical_id as "canonicalId", positions::text[] as positions, fields
     from undo_record where job = $1 and state = 'OPEN' order by place limit $2`,
    [job, limit],
    'undo-open',
  );

/** Marks records as done; false when one of them was done already. */
export async function settleUndoRecords(
  tx: Tx,
  job: string,
  settled: readonly { readonly place: number; readonly isPutBack: boolean }[],
): Promise<boolean> {
  const rows = await tx.query(
    `update undo_record u set state = case when s.back then 'PUT_BACK' else 'LEFT_ALONE' end
     from unnest($2::integer[], $3::boolean[]) as s(place, back)
     where u.job = $1 and u.place = s.place and u.state = 'OPEN' returning 1 as settled`,
    [job, settled.map(({ place }) => place), settled.map(({ isPutBack }) => isPutBack)],
    'undo-settle',
  );
  return rows.length === settled.length;
}

export interface UndoProgress {
  readonly total: number;
  readonly done: number;
  readonly putBack: number;
}

export async function countUndoRecords(query: Query, job: string): Promise<UndoProgress> {
  const [row] = await query.query<UndoProgress & Record<string, unknown>>(
    `select count(*)::integer as total, count(*) filter (where state <> 'OPEN')::integer as done,
       count(*) filter (where state = 'PUT_BACK')::integer as "putBack"
     from undo_record where job = $1`,
    [job],
  );
  return row!;
}

/** Forgets the records of jobs that are long over. */
export async function forgetUndoRecords(query: Query): Promise<void> {
  await query.query(
    `delete from undo_record u using job j where j.id = u.job and j.finished_at < now() - interval '1 day'`,
  );
}

/**
 * Makes the projections of these records due, approved: somebody has seen what is written, and the write guard lets it. Stock is none of
 * what was seen.
 */
export async function lookApproved(
  tx: Tx,
  records: readonly { readonly entity: CanonicalEntity; readonly id: string; readonly traceId: string }[],
): Promise<void> {
  const rows = await tx.query<{ target: string; entity: string; canonicalId: string }>(
    `with event as materialized (
       select entity, id, trace_id, now() as at from unnest($1::text[], $2::text[], $3::text[]) as e(entity, id, trace_id)
     ), ${affectedBy()}, ${concernedIf(`entity <> 'stock'`)}, looked as (
       ${upsert} returning p.target, p.entity, p.canonical_id as "canonicalId"
     )
     select * from looked`,
    [records.map(({ entity }) => entity), records.map(({ id }) => id), records.map(({ traceId }) => traceId)],
    'undo-look',
  );
  await tx.query(
    `update projection p set approved_at = now()
     from unnest($1::text[], $2::text[], $3::text[]) as k(target, entity, canonical_id)
     where p.target = k.target and p.entity = k.entity and p.canonical_id = k.canonical_id`,
    [rows.map(({ target }) => target), rows.map(({ entity }) => entity), rows.map(({ canonicalId }) => canonicalId)],
    'undo-approve',
  );
}
