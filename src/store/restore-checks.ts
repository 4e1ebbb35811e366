/**
 * Checks after a restore (tables `restore_check`, `restore_check_flow`, column `flow.verifying`): which flows may not write yet, who
 * compares them, and how rows rest until then. What begins or ends a check locks the flows that planners read in their transactions.
 */
import { newId } from '../base/ids.js';
import { restCodes } from '../base/restore-codes.js';
import type { ValueOf } from '../schema/enumeration.js';
import type { RestoreCause } from '../schema/restore-check.js';
import { hubItself } from './audit.js';
import type { Query, Tx } from './database.js';
import { projectionColumns, toProjection } from './projection-claim.js';
import type { Projection, ProjectionKey } from './projections.js';
import { finishCheck } from './restore-check-ends.js';
import { heldCodes } from './write-holds.js';

export type RestoreReason = ValueOf<typeof RestoreCause>;

/** `READING`: nothing is planned. `LOOKING`: the target is asked for what would be made. */
export type Verifying = 'READING' | 'LOOKING';

const codes = Object.values(restCodes);

/** Begins a check of all flows that are in use; one that goes on is replaced. Returns its id. */
export async function beginCheck(tx: Tx, cause: RestoreReason, by: string): Promise<string> {
  const id = newId('restore_check');
  await tx.query('update restore_check set finished_at = clock_timestamp() where finished_at is null');
  await tx.query('insert into restore_check (id, cause, started_by) values ($1, $2, $3)', [id, cause, by]);
  await tx.query(
    `with present as (
       select key, entity from flow where state in ('ENABLED', 'PAUSED', 'SUSPENDED') order by key for update
     ), closed as (
       update flow f set verifying = 'READING', verifying_in = $1 from present p where f.key = p.key
     )
     insert into restore_check_flow (restore, flow, place)
     select $1, key, row_number() over (order by array_position(array['category', 'product', 'stock', 'customer', 'order'], entity), key)
     from present`,
    [id],
  );
  await finishCheck(tx);
  if (by === hubItself)
    await tx.query(`insert into audit (actor, action, subject, detail) values ($1, 'restoreCheckStart', $2, $3)`, [
      by,
      id,
      JSON.stringify({ cause }),
    ]);
  return id;
}

export interface OpenCheck {
  readonly id: string;
  readonly flows: number;
  readonly done: number;
}

/** The check that goes on, with how far it is. */
export async function openCheck(query: Query): Promise<OpenCheck | null> {
  const [row] = await query.query<OpenCheck & Record<string, unknown>>(
    `select c.id, count(f.flow)::integer as flows,
       count(f.flow) filter (where f.state in ('COMPARED', 'SKIPPED'))::integer as done
     from restore_check c left join restore_check_flow f on f.restore = c.id
     where c.finished_at is null group by c.id`,
    [],
    'restore-open',
  );
  return row ?? null;
}

export interface FlowToCheck {
  readonly restore: string;
  readonly flow: string;
}

/** The next flow to compare, taken for `leaseMs`: one at a time, in the order in which records refer to each other. */
export async function takeFlow(query: Query, owner: string, leaseMs: number): Promise<FlowToCheck | undefined> {
  const [row] = await query.query<FlowToCheck & Record<string, unknown>>(
    `update restore_check_flow t
     set owner = $1, lease_until = clock_timestamp() + $2 * interval '1 millisecond'
     where (t.restore, t.flow) = (
       select r.restore, r.flow
       from restore_check_flow r
       join restore_check c on c.id = r.restore and c.finished_at is null
       join flow f on f.key = r.flow and f.state = 'ENABLED'
       where r.state not in ('COMPARED', 'SKIPPED') and r.try_at <= clock_timestamp()
         and not exists (select from system s where s.key in (f.source, f.target) and s.status in ('PAUSED', 'DRAFT'))
         and not exists (select from restore_check_flow o where o.restore = r.restore and o.lease_until > clock_timestamp())
       order by r.place limit 1 for update of r skip locked)
     returning t.restore, t.flow`,
    [owner, leaseMs],
    'restore-take',
  );
  return row;
}

/** Writes down how far a flow is and keeps it; false when somebody else has it, or it is over. */
export async function keepFlow(
  query: Query,
  { restore, flow }: FlowToCheck,
  owner: string,
  { read, leaseMs }: { readonly read: number; readonly leaseMs: number },
): Promise<boolean> {
  const rows = await query.query(
    `update restore_check_flow
     set read = $4, lease_until = clock_timestamp() + $5 * interval '1 millisecond'
     where restore = $1 and flow = $2 and owner = $3
       and exists (select from flow f where f.key = $2 and f.verifying_in = $1)
     returning 1 as kept`,
    [restore, flow, owner, read, leaseMs],
    'restore-keep',
  );
  return rows.length > 0;
}

/** Gives a flow back; with an error it is tried again after `restMs`. */
export async function giveFlowBack(
  query: Query,
  { restore, flow }: FlowToCheck,
  owner: string,
  failure: { readonly code: string; readonly message: string; readonly restMs: number } | null,
): Promise<void> {
  await query.query(
    `update restore_check_flow
     set owner = null, lease_until = '-infinity', error_code = $4, error_message = $5,
       try_at = clock_timestamp() + $6 * interval '1 millisecond'
     where restore = $1 and flow = $2 and owner = $3 and state not in ('COMPARED', 'SKIPPED')`,
    [restore, flow, owner, failure?.code ?? null, failure?.message ?? null, failure?.restMs ?? 0],
  );
}

/** Moves a flow into a phase; false when it is over. What rests is looked at anew. */
export async function setPhase(tx: Tx, { restore, flow }: FlowToCheck, phase: Verifying): Promise<boolean> {
  // First the flow, which planners hold: those that come later see the new phase.
  const locked = await tx.query('update flow set verifying = $3 where key = $2 and verifying_in = $1 returning 1 as open', [restore, flow, phase]); // prettier-ignore
  if (locked.length === 0) return false;
  await tx.query(
    'update restore_check_flow set state = $3, error_code = null, error_message = null where restore = $1 and flow = $2',
    [restore, flow, phase],
  );
  if (phase === 'LOOKING') await letGo(tx, flow);
  return true;
}

/** Makes what rests for the check due. */
const letGo = (tx: Tx, flow: string): Promise<unknown> =>
  tx.query(
    `update projection p
     set state = 'pending', since = now(), reason = null, reason_code = null, next_at = now(), attempt = 0
     from (select target, entity, canonical_id from projection
       where flow = $1 and state = 'paused' and reason_code = any($2::text[])
       order by target, entity, canonical_id for update) k
     where p.target = k.target and p.entity = k.entity and p.canonical_id = k.canonical_id`,
    [flow, codes],
  );

export interface Movement {
  readonly flow: string;
  /** Who looks at events of the topic, and how far the topic was. */
  readonly consumer: string;
  readonly topic: string;
  readonly head: string;
  /** Only what was under way by then; null: anything. */
  readonly before: Date | null;
}

/** Whether there are events up to a place, parts of which may have been left out, that were not looked at yet, or rows of the flow are about to be planned or are being looked for. */
export async function isMoving(query: Query, { flow, consumer, topic, head, before }: Movement): Promise<boolean> {
  const [row] = await query.query<{ moving: boolean }>(
    `select exists (select from consumer_position c join log_entry e using (topic, partition)
         where c.consumer = $2 and c.topic = $3 and e."offset" >= c.next_offset and e."offset" < $4::bigint)
       or exists (
         select from projection p
         where p.flow = $1 and ($5::timestamptz is null or p.since <= $5)
           and (p.state in ('writing', 'in_doubt') or p.state in ('pending', 'retrying')
             -- Stock rests for some seconds now and then, and is told as it is counted then.
             and p.next_at <= now() + case when p.entity = 'stock' then interval '0' else interval '30 seconds' end)) as moving`,
    [flow, consumer, topic, head, before],
    'restore-moving',
  );
  return row?.moving === true;
}

/** Rows that rest for the check, in the order of their keys. */
export async function restingRows(
  query: Query,
  flow: string,
  after: ProjectionKey | null,
  limit: number,
): Promise<readonly Projection[]> {
  const rows = await query.query(
    `select ${projectionColumns} from projection
     where flow = $1 and state = 'paused' and reason_code = any($2::text[])
       and ($3::text is null or (entity, canonical_id) > ($3, $4))
     order by entity, canonical_id limit $5`,
    [flow, codes, after?.entity ?? null, after?.canonicalId ?? null, limit],
    'restore-resting',
  );
  return rows.map(toProjection);
}

/** Kinds of record of which the target has shown some that the hub does not know, and that no comparison of before has told. */
export async function strangeEntities(
  query: Query,
  restore: string,
  system: string,
  entities: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await query.query<{ entity: string }>(
    `select distinct s.entity
     from comparison_seen s
     where s.comparison = $1 and s.system = $2 and s.entity = any($3::text[])
       and not exists (select from external_reference r
         where r.system = s.system and r.external_id = s.external_id and r.origin <> 'MENTIONED')
       and not exists (select from comparison_item i
         where i.state = 'ONLY_IN_TARGET' and i.system = s.system and i.external_id = s.external_id)`,
    [restore, system, entities],
  );
  return new Set(rows.map(({ entity }) => entity));
}

/** Keeps rows for a person that still rest. */
export async function holdRows(
  tx: Tx,
  target: string,
  rows: readonly ProjectionKey[],
  reason: string,
): Promise<number> {
  const held = await tx.query(
    `update projection p set state = 'held', since = now(), reason = $4, reason_code = $5, next_at = null
     from unnest($2::text[], $3::text[]) as k(entity, canonical_id)
     where p.target = $1 and p.entity = k.entity and p.canonical_id = k.canonical_id
       and p.state = 'paused' and p.reason_code = any($6::text[])
     returning 1 as held`,
    [target, rows.map(({ entity }) => entity), rows.map((row) => row.canonicalId), reason, heldCodes.restored, codes],
  );
  return held.length;
}

export interface FlowCounts {
  readonly takenIn: number;
  readonly found: number;
  readonly held: number;
}

/** Lets a flow write again; the check ends with its last one in use. False when it was over. */
export async function openFlow(
  tx: Tx,
  { restore, flow }: FlowToCheck,
  ended: { readonly state: 'COMPARED' | 'SKIPPED' } & FlowCounts,
): Promise<boolean> {
  const locked = await tx.query('update flow set verifying = null, verifying_in = null where key = $2 and verifying_in = $1 returning 1 as open', [restore, flow]); // prettier-ignore
  if (locked.length === 0) return false;
  await tx.query(
    `update restore_check_flow
     set state = $3, taken_in = $4, found = $5, held = $6, owner = null, lease_until = '-infinity', error_code = null, error_message = null,
       finished_at = clock_timestamp()
     where restore = $1 and flow = $2`,
    [restore, flow, ended.state, ended.takenIn, ended.found, ended.held],
  );
  await letGo(tx, flow);
  await finishCheck(tx);
  return true;
}

/** Flows of the check that goes on that have not been compared. */
export const flowsToCheck = (query: Query): Promise<readonly FlowToCheck[]> =>
  query.query<FlowToCheck & Record<string, unknown>>(
    `select r.restore, r.flow from restore_check_flow r join restore_check c on c.id = r.restore and c.finished_at is null
     where r.state not in ('COMPARED', 'SKIPPED') order by r.flow`,
  );

/**
 * What a check has brought for a flow, by the log: records of its kinds that were new or changed since the check began, whoever read them
 * first, and records of the target that were linked.
 */
export async function countsSince(
  query: Query,
  { restore, flow }: FlowToCheck,
  entities: readonly string[],
): Promise<Pick<FlowCounts, 'takenIn' | 'found'>> {
  const [row] = await query.query<{ takenIn: number; found: number }>(
    `select count(distinct j.canonical_id) filter (where j.step = 'applied' and j.outcome in ('created', 'updated')
         and j.entity = any($3::text[]))::integer as "takenIn",
       count(distinct j.canonical_id) filter (where j.step = 'planned' and j.outcome = 'matched' and j.flow = $2)::integer as found
     from journal j where j.at >= (select started_at from restore_check where id = $1)`,
    [restore, flow, entities],
  );
  return row ?? { takenIn: 0, found: 0 };
}

/** The moment by the clock that all processes share. */
export async function momentOf(query: Query): Promise<Date> {
  const [row] = await query.query<{ now: Date }>('select clock_timestamp() as now');
  return row!.now;
}
