/**
 * What a comparison finds while it reads, by reading, so that no process has to hold it: a shop may differ in everything. In: findings of pages.
 * Out: which records a reading has found, and all of it in the order in which it was found.
 */
import type { Finding } from './comparisons.js';
import type { Query, Tx } from './database.js';

/** One of the two readings of a comparison. */
export interface ReadingId {
  readonly comparison: string;
  readonly reading: number;
}

export interface KeyedFinding {
  /** The same for one record in both readings. */
  readonly key: string;
  readonly finding: Finding;
}

/** Forgets what an attempt has found in a reading, and in those after it. */
export const forgetFound = (query: Query, { comparison, reading }: ReadingId): Promise<unknown> =>
  query.query('delete from comparison_found where comparison = $1 and reading >= $2', [comparison, reading]);

const goesOn = (of: string): string => `exists (
       select from comparison c join job j on j.id = c.job
       where c.id = ${of} and j.status in ('QUEUED', 'RUNNING', 'CANCELLING'))`;

/** Forgets what is left of comparisons that failed or were stopped, and of checks after a restore that are over. */
export async function forgetLeftOvers(query: Query): Promise<void> {
  await query.query(`delete from comparison_found f where not ${goesOn('f.comparison')}`);
  await query.query(
    `delete from comparison_seen s where not ${goesOn('s.comparison')}
       and not exists (select from restore_check r where r.id = s.comparison and r.finished_at is null)`,
  );
}

/** A record that is found again in one reading stands as it was found last. */
export async function noteFound(
  query: Query,
  { comparison, reading }: ReadingId,
  found: readonly KeyedFinding[],
): Promise<void> {
  if (found.length === 0) return;
  const last = new Map(found.map(({ key, finding }) => [key, { key, ...finding }]));
  await query.query(
    `insert into comparison_found (comparison, reading, key, state, system, entity, external_id, canonical_id, changes, reason, reason_code)
     select $1, $2, f.key, f.state, f.system, f.entity, f."externalId", f."canonicalId", f.changes, f.reason, f."reasonCode"
     from json_to_recordset($3::json) as f(key text, state text, system text, entity text, "externalId" text, "canonicalId" text,
       changes jsonb, reason text, "reasonCode" text)
     on conflict (comparison, reading, key) do update
     set state = excluded.state, entity = excluded.entity, external_id = excluded.external_id, changes = excluded.changes,
       reason = excluded.reason, reason_code = excluded.reason_code`,
    [comparison, reading, JSON.stringify([...last.values()])],
    'comparison-found-note',
  );
}

/** Whether a reading has found anything that stands in another state than these. */
export async function hasFoundBeside(
  query: Query,
  { comparison, reading }: ReadingId,
  states: readonly string[],
): Promise<boolean> {
  const [row] = await query.query<{ has: boolean }>(
    `select exists (select from comparison_found where comparison = $1 and reading = $2 and not state = any($3::text[])) as has`,
    [comparison, reading, states],
  );
  return row?.has === true;
}

/** Of these records those that the reading has found already: by key, or as a record of `source`. */
export async function foundAmong(
  query: Query,
  { comparison, reading }: ReadingId,
  records: readonly { readonly key: string; readonly canonicalId: string }[],
  source: string,
): Promise<{ readonly keys: ReadonlySet<string>; readonly ofSource: ReadonlySet<string> }> {
  const rows = await query.query<{ key: string; canonical_id: string | null; is_of_source: boolean }>(
    `select key, canonical_id, system = $5 as is_of_source from comparison_found where comparison = $1 and reading = $2 and key = any($3::text[])
     union all
     select key, canonical_id, true from comparison_found
     where comparison = $1 and reading = $2 and canonical_id = any($4::text[]) and system = $5`,
    [comparison, reading, records.map(({ key }) => key), records.map(({ canonicalId }) => canonicalId), source],
    'comparison-found-among',
  );
  return {
    keys: new Set(rows.map(({ key }) => key)),
    ofSource: new Set(rows.flatMap(({ canonical_id: id, is_of_source }) => (is_of_source && id !== null ? [id] : []))),
  };
}

/** A finding of a reading, and how the same record stood in the first one. */
export interface FoundTwice {
  readonly place: string;
  readonly finding: Finding;
  /** Undefined: it was not found then. */
  readonly before: Finding | undefined;
}

interface FoundRow extends Finding {
  readonly place: string;
  readonly before: Pick<Finding, 'state' | 'changes'> | null;
}

const columnsOf = (f: string): string =>
  `${f}.state, ${f}.system, ${f}.entity, ${f}.external_id as "externalId", ${f}.canonical_id as "canonicalId", ${f}.changes, ${f}.reason, ${f}.reason_code as "reasonCode"`;

/** The next findings of a reading, in the order in which they were found. */
export async function nextFound(
  tx: Tx,
  { comparison, reading }: ReadingId,
  after: string,
  limit: number,
): Promise<readonly FoundTwice[]> {
  const rows = await tx.query<FoundRow & Record<string, unknown>>(
    `select f.place::text, ${columnsOf('f')}, case when b.key is not null then jsonb_build_object('state', b.state, 'changes', b.changes) end as before
     from comparison_found f
     left join comparison_found b on b.comparison = f.comparison and b.reading = 1 and b.key = f.key
     where f.comparison = $1 and f.reading = $2 and f.place > $3::bigint order by f.place limit $4`,
    [comparison, reading, after, limit],
    'comparison-found-next',
  );
  return rows.map(({ place, before, ...finding }) => ({
    place,
    finding,
    before: before === null ? undefined : { ...finding, ...before },
  }));
}
