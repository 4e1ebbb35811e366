/**
 * Held writes: which harmful updates were let through lately, and what waits for a person (tables `write_harm`, `write_hold`). What
 * counts is decided under a lock per flow, so that several processes that share a flow count together.
 */
import type { Json } from '../base/document.js';
import type { ProjectedEntity } from '../canonical/entities.js';
import type { Harm } from '../canonical/write-harm.js';
import type { Query, Tx } from './database.js';
import type { ProjectionKey } from './projections.js';

/** Reason codes of rows that the guard holds. */
export const heldCodes = {
  ended: 'HELD_ENDED',
  zeroed: 'HELD_ZEROED',
  repriced: 'HELD_REPRICED',
  blanked: 'HELD_BLANKED',
  restored: 'HELD_RESTORED',
} as const satisfies Record<Harm, string>;

const codes = Object.values(heldCodes);

/** Whether the guard holds a row, and not something else. */
export const isHeldByGuard = (row: string): string =>
  `${row}.state = 'held' and ${row}.reason_code = any(array[${codes.map((code) => `'${code}'`).join(', ')}])`;

/** What would be lost: at which path, in which item of a list. */
export interface HeldChange {
  readonly path: string;
  readonly item: string | null;
  readonly before: Json;
  readonly after: Json;
}

/** One write that was held first: what the target holds and what it would be told. */
export interface HeldSample {
  readonly entity: ProjectedEntity;
  readonly canonicalId: string;
  readonly harm: Harm;
  /** What people know the record by; null when it has no such name. */
  readonly label: string | null;
  readonly changes: readonly HeldChange[];
}

export interface Standing {
  /** Of the hold that has not ended; null when the flow has none. */
  readonly samples: number | null;
  /** Other records to which something harmful was let through within the window. */
  readonly harmful: number;
}

/** How a flow stands, which no other process changes before this transaction ends. */
export async function lockStanding(
  tx: Tx,
  flow: string,
  windowMs: number,
  except: readonly string[],
): Promise<Standing> {
  const [, [row]] = await Promise.all([
    tx.query(`select pg_advisory_xact_lock(hashtext('koppel.guard'), hashtext($1))`, [flow], 'guard-lock'),
    tx.query<Standing & Record<string, unknown>>(
      `select (select jsonb_array_length(samples) from write_hold where flow = $1 and ended_at is null) as samples,
         (select count(*)::integer from write_harm
          where flow = $1 and at > now() - $2 * interval '1 millisecond' and canonical_id <> all($3::text[])) as harmful`,
      [flow, windowMs, except],
      'guard-standing',
    ),
  ]);
  return row!;
}

/** How many other records the flow has updated, or was about to, within the window. */
export async function updatesOf(tx: Tx, flow: string, windowMs: number, except: readonly string[]): Promise<number> {
  const [row] = await tx.query<{ updates: number }>(
    `select count(distinct canonical_id)::integer as updates from journal
     where at > now() - $2 * interval '1 millisecond' and flow = $1 and step = 'intent' and outcome = 'update'
       and canonical_id <> all($3::text[])`,
    [flow, windowMs, except],
    'guard-updates',
  );
  return row?.updates ?? 0;
}

/** Notes harmful updates that are let through, and forgets what is too old to count. */
export async function noteHarm(tx: Tx, flow: string, rows: readonly ProjectionKey[], windowMs: number): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(
    `with gone as (delete from write_harm where flow = $1 and at < now() - $4 * interval '1 millisecond'
       and (entity, canonical_id) not in (select * from unnest($2::text[], $3::text[])))
     insert into write_harm (flow, entity, canonical_id)
     select $1, k.* from unnest($2::text[], $3::text[]) as k
     on conflict (flow, entity, canonical_id) do update set at = excluded.at`,
    [flow, rows.map(({ entity }) => entity), rows.map(({ canonicalId }) => canonicalId), windowMs],
    'guard-note',
  );
}

/** Begins to hold back, in the flow's run, or in one of this id when it has none. */
export async function openHold(
  tx: Tx,
  {
    flow,
    run,
    records,
    percent,
    samples,
  }: {
    readonly flow: string;
    readonly run: string;
    readonly records: number;
    readonly percent: number;
    readonly samples: readonly HeldSample[];
  },
): Promise<void> {
  await tx.query(
    `with present as (
       select id from flow_run where flow = $1 and finished_at is null order by started_at desc limit 1 for update
     ), marked as (
       update flow_run r set status = 'HELD' from present where r.id = present.id returning r.id
     ), made as (
       insert into flow_run (id, flow, trigger, status, started_at)
       select $2, $1, 'SCHEDULE', 'HELD', clock_timestamp() where not exists (select from present) returning id
     )
     insert into write_hold (flow, run, records, percent, samples)
     select $1, id, $3, $4, $5::jsonb from (select id from marked union all select id from made) as r`,
    [flow, run, records, percent, JSON.stringify(samples)],
    'guard-open',
  );
}

/** What was held later shows as well, while there are few. */
export async function addSamples(tx: Tx, flow: string, samples: readonly HeldSample[]): Promise<void> {
  await tx.query(
    'update write_hold set samples = samples || $2::jsonb where flow = $1 and ended_at is null',
    [flow, JSON.stringify(samples)],
    'guard-samples',
  );
}

/** By reason code. */
export type HeldCounts = Readonly<Record<string, number>>;

export interface HoldRow {
  readonly run: string;
  readonly flow: string;
  readonly heldAt: Date;
  readonly records: number;
  readonly percent: number;
  readonly samples: readonly HeldSample[];
  readonly endedAt: Date | null;
  readonly ending: 'RELEASED' | 'DROPPED' | 'GONE' | null;
  readonly note: string | null;
  readonly counts: HeldCounts;
}

const countHeld = (flow: string): string =>
  `coalesce((select jsonb_object_agg(c.reason_code, c.n) from (
     select p.reason_code, count(*) as n from projection p where p.flow = ${flow} and ${isHeldByGuard('p')} group by p.reason_code) c), '{}')`;

const holdColumns = `h.run, h.flow, h.held_at as "heldAt", h.records, h.percent, h.samples, h.ended_at as "endedAt", h.ending, h.note,
  case when h.ended_at is null then ${countHeld('h.flow')} else h.counts end as counts`;

/** The last hold of each run that had one. */
export async function readHolds(query: Query, runs: readonly string[]): Promise<HoldRow[]> {
  return query.query<HoldRow & Record<string, unknown>>(
    `select distinct on (h.run) ${holdColumns} from write_hold h where h.run = any($1::text[]) order by h.run, h.held_at desc`,
    [runs],
  );
}

/** The runs that hold something back now; there are few. */
export async function readOpenHolds(query: Query): Promise<{ readonly flow: string; readonly run: string }[]> {
  return query.query<{ flow: string; run: string }>('select flow, run from write_hold where ended_at is null');
}

/** Lets everything that a flow has ready go on as it is, once. */
async function approveRows(tx: Tx, flow: string): Promise<void> {
  await tx.query(
    `update projection p set approved_at = now()
     from (select target, entity, canonical_id from projection p where flow = $1 and (state in ('pending', 'retrying') or ${isHeldByGuard('p')})
       order by target, entity, canonical_id for update) k
     where p.target = k.target and p.entity = k.entity and p.canonical_id = k.canonical_id`,
    [flow],
  );
}

/**
 * Ends the hold of a run: `RELEASED` sends what is held, `DROPPED` leaves it as it is until its record changes. Returns how many
 * records of which kind there were; undefined when the run holds nothing (any more).
 */
export async function endHold(
  tx: Tx,
  run: string,
  {
    ending,
    reason,
    note,
  }: { readonly ending: 'RELEASED' | 'DROPPED'; readonly reason: string; readonly note: string | null },
): Promise<{ readonly flow: string; readonly counts: HeldCounts } | undefined> {
  const [open] = await tx.query<{ flow: string }>('select flow from write_hold where run = $1 and ended_at is null', [
    run,
  ]);
  if (open === undefined) return undefined;
  const { flow } = open;
  // Before the lock: whoever plans has its rows when it waits for it.
  if (ending === 'RELEASED') await approveRows(tx, flow);
  await tx.query(`select pg_advisory_xact_lock(hashtext('koppel.guard'), hashtext($1))`, [flow]);
  const counts = await closeHold(tx, flow, ending, note);
  if (counts === undefined) return undefined;
  await tx.query(
    `update projection p
     set state = $2, since = now(), reason = $3, reason_code = $4, next_at = case when $2 = 'pending' then now() end, attempt = 0,
       approved_at = case when $2 = 'pending' then now() end, changed_at = case when $2 = 'pending' then p.changed_at end
     where p.flow = $1 and ${isHeldByGuard('p')}`,
    ending === 'RELEASED' ? [flow, 'pending', null, null] : [flow, 'excluded', reason, 'DROPPED'],
  );
  return { flow, counts };
}

/** The run stands as its other records do, or was called off. */
async function closeHold(tx: Tx, flow: string, ending: string, note: string | null): Promise<HeldCounts | undefined> {
  const [row] = await tx.query<{ counts: HeldCounts }>(
    `with ended as (
       update write_hold h set ended_at = clock_timestamp(), ending = $2, note = $3, counts = ${countHeld('h.flow')}
       where h.flow = $1 and h.ended_at is null returning h.run, h.counts
     ), run as (
       update flow_run r
       set status = case when r.finished_at is null then 'RUNNING' when $2 = 'DROPPED' then 'CANCELLED' when r.failed > 0 then 'PARTIAL' else 'SUCCEEDED' end
       from ended where r.id = ended.run
     )
     select counts from ended`,
    [flow, ending, note],
  );
  return row?.counts;
}

/**
 * Ends holds of a flow in which nothing is held any more: the source took it back, or the mapping was mended. What is being judged
 * again may still be held, so the hold stays until that is known.
 */
export async function endEmptyHold(tx: Tx, flow: string): Promise<boolean> {
  await tx.query(`select pg_advisory_xact_lock(hashtext('koppel.guard'), hashtext($1))`, [flow]);
  const [held] = await tx.query(
    `select 1 as held from projection p where p.flow = $1 and (p.state in ('pending', 'retrying') or ${isHeldByGuard('p')}) limit 1`,
    [flow],
  );
  return held === undefined && (await closeHold(tx, flow, 'GONE', null)) !== undefined;
}

/** With a flow that is deleted. */
export async function removeHolds(tx: Tx, flow: string): Promise<void> {
  await tx.query('delete from write_hold where flow = $1', [flow]);
  await tx.query('delete from write_harm where flow = $1', [flow]);
}
