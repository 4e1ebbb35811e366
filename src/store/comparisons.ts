/** Comparisons of two systems: what was seen, what was found, and how often flows are compared by themselves. */
import type { Json } from '../base/document.js';
import { newId } from '../base/ids.js';
import type { CanonicalEntity, FlowEntity, ProjectedEntity } from '../canonical/entities.js';
import type { ValueOf } from '../schema/enumeration.js';
import type { ReconciliationState } from '../schema/reconciliation.js';
import type { Query, Tx } from './database.js';
import { holdErasures } from './erasures.js';

export type ComparisonState = ValueOf<typeof ReconciliationState>;

/** What the hub can put right. */
export const repairable: readonly ComparisonState[] = ['DIFFERENT', 'MISSED', 'MISSING_IN_TARGET'];

export interface ComparedField {
  readonly path: string;
  /** What is held now. */
  readonly before: Json;
  /** What would be written, or what the system says. */
  readonly after: Json;
}

/** One record that is not simply the same. */
export interface Finding {
  readonly state: ComparisonState;
  readonly system: string;
  readonly entity: CanonicalEntity | ProjectedEntity;
  readonly externalId: string | null;
  readonly canonicalId: string | null;
  readonly changes: readonly ComparedField[];
  readonly reason: string | null;
  readonly reasonCode: string | null;
}

/** A finding as a repair needs it: what the systems say of the record it asks anew. */
export interface StoredFinding extends Omit<Finding, 'changes' | 'reason'> {
  readonly id: string;
}

/** Only those that are named, and only in these states; null: all. */
export interface WantedFindings {
  readonly items: readonly string[] | null;
  readonly states: readonly string[] | null;
}

/** Of $1 a comparison, $2 the states that can be put right, $3 and $4 what is wanted. */
const toRepair = `comparison_item
     where comparison = $1 and state = any($2::text[]) and ($3::text[] is null or id = any($3))
       and ($4::text[] is null or state = any($4))`;

/** Numbers of records by how they stand; what is not named is none. */
export type ComparisonCounts = Readonly<Partial<Record<'compared' | 'equal' | 'leftOut' | ComparisonState, number>>>;

export interface NewComparison {
  readonly id: string;
  readonly job: string;
  readonly flow: string;
  readonly entity: FlowEntity;
  readonly source: string;
  readonly target: string;
}

export async function createComparison(tx: Tx, made: NewComparison): Promise<void> {
  const { id, job, flow, entity, source, target } = made;
  await tx.query('insert into comparison (id, job, flow, entity, source, target) values ($1, $2, $3, $4, $5, $6)', [
    ...[id, job, flow, entity, source, target],
  ]);
}

/** The comparison of a flow that is waiting or running, if there is one. */
export async function runningComparison(query: Query, flow: string): Promise<string | null> {
  const [row] = await query.query<{ id: string }>(
    `select c.id from comparison c join job j on j.id = c.job
     where c.flow = $1 and j.status in ('QUEUED', 'RUNNING', 'CANCELLING') order by c.created_at desc limit 1`,
    [flow],
  );
  return row?.id ?? null;
}

/** Forgets what an earlier attempt has seen or found. */
export async function beginComparison(tx: Tx, id: string): Promise<void> {
  await beginShown(tx, id);
  await tx.query('delete from comparison_item where comparison = $1', [id]);
}

/** Forgets what was shown before. Of no system there is one row from now on: it is gone when a crash of the database has emptied the table. */
export async function beginShown(query: Query, id: string): Promise<void> {
  await forgetShown(query, id);
  await query.query(`insert into comparison_seen (comparison, system, entity, external_id) values ($1, '', '', '')`, [
    id,
  ]);
}

/** Whether all that was remembered since it began is still there. */
export async function holdsShown(query: Query, id: string): Promise<boolean> {
  const rows = await query.query(`select 1 as held from comparison_seen where comparison = $1 and system = ''`, [id]);
  return rows.length > 0;
}

export async function rememberShown(
  query: Query,
  id: string,
  system: string,
  shown: readonly { readonly entity: string; readonly externalId: string }[],
): Promise<void> {
  await query.query(
    `insert into comparison_seen (comparison, system, entity, external_id)
     select $1, $2, * from unnest($3::text[], $4::text[]) on conflict do nothing`,
    [id, system, shown.map(({ entity }) => entity), shown.map(({ externalId }) => externalId)],
    'comparison-seen',
  );
}

export const forgetShown = (query: Query, id: string): Promise<unknown> =>
  query.query('delete from comparison_seen where comparison = $1', [id]);

/** Stores what a comparison has found, in this order. */
export async function addFindings(tx: Tx, id: string, findings: readonly Finding[]): Promise<void> {
  await tx.query(
    `insert into comparison_item (id, comparison, state, system, entity, external_id, canonical_id, changes, reason, reason_code)
     select f.id, $1, f.state, f.system, f.entity, f."externalId", f."canonicalId", f.changes, f.reason, f."reasonCode"
     from json_to_recordset($2::json) as f(id text, state text, system text, entity text, "externalId" text, "canonicalId" text,
       changes jsonb, reason text, "reasonCode" text)`,
    [id, JSON.stringify(findings.map((finding) => ({ ...finding, id: newId('comparison_item') })))],
    'comparison-findings-add',
  );
}

/** Ends it: the counts, and what was only kept for reading goes. */
export async function endComparison(tx: Tx, id: string, counts: ComparisonCounts): Promise<void> {
  await forgetShown(tx, id);
  // What was read of somebody before he was erased is not kept; whoever is erased from now on is taken out of what is.
  await holdErasures(tx);
  await tx.query(
    `update comparison_item set changes = '[]', reason = null
     where comparison = $1 and (canonical_id in (select customer_id from erasure) or canonical_id in (select canonical_id from erased_record))`,
    [id],
  );
  await tx.query('update comparison set counts = $2, finished_at = clock_timestamp() where id = $1', [
    id,
    JSON.stringify(counts),
  ]);
}

/** Findings that can be put right, in their order. */
export const findingsToRepair = (query: Query, id: string, wanted: WantedFindings): Promise<readonly StoredFinding[]> =>
  query.query<StoredFinding & Record<string, unknown>>(
    `select id, state, system, entity, external_id as "externalId", canonical_id as "canonicalId", reason_code as "reasonCode"
     from ${toRepair} order by id`,
    [id, repairable, wanted.items, wanted.states],
  );

/** How many of them there are. */
export async function countToRepair(query: Query, id: string, wanted: WantedFindings): Promise<number> {
  const [row] = await query.query<{ n: number }>(`select count(*)::integer as n from ${toRepair}`, [
    ...[id, repairable, wanted.items, wanted.states],
  ]);
  return row?.n ?? 0;
}

export const markRepairAsked = (query: Query, items: readonly string[]): Promise<unknown> =>
  query.query('update comparison_item set repair_asked_at = clock_timestamp() where id = any($1::text[])', [items]);

export interface ComparisonOf {
  readonly flow: string;
  readonly source: string;
  readonly target: string;
}

export async function findComparison(query: Query, id: string): Promise<ComparisonOf | null> {
  const [row] = await query.query<ComparisonOf & Record<string, unknown>>(
    'select flow, source, target from comparison where id = $1',
    [id],
  );
  return row ?? null;
}

/** `null`: only when somebody asks. */
export async function scheduleComparisons(tx: Tx, flow: string, everyHours: number | null): Promise<void> {
  if (everyHours === null) await tx.query('delete from comparison_schedule where flow = $1', [flow]);
  else
    await tx.query(
      `insert into comparison_schedule (flow, every_hours) values ($1, $2)
       on conflict (flow) do update set every_hours = excluded.every_hours`,
      [flow, everyHours],
    );
}

/** How often a flow is compared by itself. */
export interface ComparisonSchedule {
  readonly flow: string;
  readonly everyHours: number;
}

export const listSchedules = (query: Query): Promise<ComparisonSchedule[]> =>
  query.query<ComparisonSchedule & Record<string, unknown>>(
    'select flow, every_hours as "everyHours" from comparison_schedule order by flow',
  );

/** Flows whose time has come, each locked until the transaction ends: another process finds it started. */
export async function dueComparisons(tx: Tx): Promise<readonly string[]> {
  const rows = await tx.query<{ flow: string }>(
    `select s.flow from comparison_schedule s join flow f on f.key = s.flow and f.state = 'ENABLED'
     where not exists (
       select from comparison c where c.flow = s.flow and c.created_at > now() - s.every_hours * interval '1 hour')
     order by s.flow for update of s skip locked`,
  );
  return rows.map(({ flow }) => flow);
}

/** How long findings are kept; the last result of each flow stays. */
const keptFor = '30 days';

export const forgetComparisons = (query: Query): Promise<unknown> =>
  query.query(
    `delete from comparison c where c.created_at < now() - interval '${keptFor}' and c.id <> (
       select l.id from comparison l where l.flow = c.flow order by l.finished_at desc nulls last limit 1)`,
  );
