/**
 * Projections: what each target should hold and does hold. One row per (target, entity, record), always in exactly one state
 * with a reason. Outcomes are written under the epoch that the write was planned with (G10): whoever lost the row finds
 * nothing to update. Rows are locked in key order.
 */
import type { Document } from '../base/document.js';
import type { ProjectedEntity } from '../canonical/entities.js';
import type { Tx } from './database.js';

export type ProjectionState =
  | 'in_sync'
  | 'pending'
  | 'writing'
  | 'in_doubt'
  | 'retrying'
  | 'waiting_for'
  | 'parked'
  | 'excluded'
  | 'held'
  | 'paused'
  | 'owned_by_target';

export interface ProjectionKey {
  readonly entity: ProjectedEntity;
  readonly canonicalId: string;
}

export interface Projection extends ProjectionKey {
  readonly flow: string;
  readonly state: ProjectionState;
  readonly reasonCode: string | null;
  readonly externalId: string | null;
  /** Of the last acknowledged write; while the record has no external id, what the last attempt sent. */
  readonly wanted: Document | null;
  readonly held: Document | null;
  readonly drifted: readonly string[];
  readonly revision: number;
  readonly attempt: number;
  readonly epoch: bigint;
  readonly traceId: string | null;
  /** What a record of the target would be matched by, while this one is being made or waits for another one. */
  readonly matchKey: string | null;
  /** The fields that the update under way asks for. */
  readonly sent: Document | null;
  /** For how long it has not been known whether a write of the record took effect; null = nothing is in doubt. */
  readonly doubtedForMs: number | null;
  /** Somebody let a held write of it go on; the guard does not ask again until it is in sync. */
  readonly isApproved?: boolean;
  /** Something has happened to the record since it was in sync, or people want it told again. When not, only how it is told can be new. */
  readonly hasChanged?: boolean;
}

/** One write that is about to be sent. */
export interface Intent extends ProjectionKey {
  readonly opKey: string;
  readonly mappingVersion: number;
  readonly externalId: string | null;
  /** What is sent, kept for the search after a lost answer: all of a create, the fields that differ of an update. */
  readonly document: Document;
  readonly inFlightMs: number;
  readonly matchKey: string | null;
}

/** Writes down what is going to be sent (G4) and until when it may take effect (G3b). Raises revision and epoch by one. */
export async function commitIntents(tx: Tx, target: string, intents: readonly Intent[]): Promise<void> {
  if (intents.length === 0) return;
  await tx.query(
    `update projection p
     set state = 'writing', since = now(), reason = null, reason_code = p.reason_code, op_key = i."opKey",
       mapping_version = i."mappingVersion", external_id = i."externalId", 
       wanted = case when i."externalId" is null then i.document else p.wanted end,
       sent = case when i."externalId" is not null then i.document end,
       in_flight_until = clock_timestamp() + i."inFlightMs" * interval '1 millisecond',
       next_at = clock_timestamp() + i."inFlightMs" * interval '1 millisecond',
       doubted_since = coalesce(p.doubted_since, clock_timestamp()), revision = p.revision + 1, epoch = p.epoch + 1, look_again = false, match_key = i."matchKey"
     from json_to_recordset($2::json) as i(
       entity text, "canonicalId" text, "opKey" text, "mappingVersion" integer, "externalId" text, document jsonb,
       "inFlightMs" integer, "matchKey" text)
     where p.target = $1 and p.entity = i.entity and p.canonical_id = i."canonicalId"`,
    [target, JSON.stringify(intents)],
    'projection-intent',
  );
}

/** What is known of a row now. */
export interface ProjectionChange extends ProjectionKey {
  /** Epoch that the row must still have. */
  readonly epoch: bigint;
  readonly state: Exclude<ProjectionState, 'writing'>;
  readonly reason: string | null;
  readonly reasonCode: string | null;
  /** From now; null = not before something happens (in_doubt: when the write can no longer take effect). */
  readonly nextInMs: number | null;
  readonly externalId: string | null;
  readonly wanted: Document | null;
  readonly wantedHash: string | null;
  readonly held: Document | null;
  readonly drifted: readonly string[];
  readonly attempt: number;
  readonly mappingVersion: number | null;
  /** Takes the row away from whoever has it, for a look at the target. */
  readonly raiseEpoch?: boolean;
  /** What every write of the record has come to is known now; so it is, too, when the record is in sync. */
  readonly endsDoubt?: boolean;
  /** Kept while the outcome is in doubt; else set to this. */
  readonly matchKey?: string;
}

/**
 * Applies changes under their epochs; returns the keys of the rows that were still ours. A row whose record changed while
 * it was being written goes back to pending instead of resting, and so does one whose pause has ended meanwhile.
 */
export async function applyChanges(
  tx: Tx,
  target: string,
  changes: readonly ProjectionChange[],
): Promise<ReadonlySet<string>> {
  if (changes.length === 0) return new Set();
  const sorted = [...changes].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  const rows = await tx.query<{ entity: ProjectedEntity; canonical_id: string }>(
    changeRows,
    [target, JSON.stringify(sorted.map((change) => ({ ...change, epoch: String(change.epoch) })))],
    'projection-apply',
  );
  return new Set(rows.map((row) => keyOf({ entity: row.entity, canonicalId: row.canonical_id })));
}

/**
 * Locks rows, and those that wait for any of `awaited` (`awaitedReference`), in the order of their keys and before any reference: so do
 * those who look at records and those who compare what a target shows, and of two nobody waits for the other.
 */
export async function lockWithWaiting(
  tx: Tx,
  target: string,
  keys: readonly ProjectionKey[],
  awaited: readonly string[],
): Promise<void> {
  if (awaited.length === 0) return;
  await tx.query(
    `select from projection p
     where p.target = $1 and (p.entity, p.canonical_id) in (
       select * from unnest($2::text[], $3::text[])
       union
       -- Asked row by row: in a first load nearly everything waits, and is not to be gone through for each write.
       select w.entity, w.canonical_id
       from projection_wait w
       where w.target = $1 and w.awaited = any($4::text[]) and 'waiting_for' = (
         select q.state from projection q where q.target = w.target and q.entity = w.entity and q.canonical_id = w.canonical_id))
     order by p.entity, p.canonical_id
     for update of p`,
    [target, keys.map((key) => key.entity), keys.map((key) => key.canonicalId), awaited],
    'projection-lock-waiting',
  );
}

/**
 * Which of the rows are still those that the changes were made for; they are locked too. Not one statement with `lockWithWaiting`: of a row
 * that it found both as ours and as waiting, and whose lock it had to wait for, Postgres returns one of the two for both.
 */
export async function lockOurs(
  tx: Tx,
  target: string,
  changes: readonly (ProjectionKey & Pick<ProjectionChange, 'epoch'>)[],
): Promise<ReadonlySet<string>> {
  const rows = await tx.query<{ entity: ProjectedEntity; canonical_id: string }>(
    `select p.entity, p.canonical_id
     from unnest($2::text[], $3::text[], $4::bigint[]) as c(entity, canonical_id, epoch)
     join projection p on p.target = $1 and p.entity = c.entity and p.canonical_id = c.canonical_id and p.epoch = c.epoch
     order by p.entity, p.canonical_id
     for update of p`,
    [
      target,
      changes.map((change) => change.entity),
      changes.map((change) => change.canonicalId),
      changes.map((change) => String(change.epoch)),
    ],
    'projection-lock-ours',
  );
  return new Set(rows.map((row) => keyOf({ entity: row.entity, canonicalId: row.canonical_id })));
}

const changeRows = `with c as materialized (
    select p.target, p.entity, p.canonical_id, c.state, c.reason, c."reasonCode", c."nextInMs", c."externalId",
      c.wanted, c."wantedHash", c.held, c.drifted, c.attempt, c."mappingVersion", c."raiseEpoch", c."matchKey", c."endsDoubt",
      p.look_again and c.state in ('in_sync', 'parked', 'excluded', 'waiting_for') as again
    from json_to_recordset($2::json) as c(
      entity text, "canonicalId" text, epoch bigint, state text, reason text, "reasonCode" text, "nextInMs" bigint,
      "externalId" text, wanted jsonb, "wantedHash" text, held jsonb, drifted text[], attempt integer,
      "mappingVersion" integer, "raiseEpoch" boolean, "matchKey" text, "endsDoubt" boolean)
    join projection p on p.target = $1 and p.entity = c.entity and p.canonical_id = c."canonicalId" and p.epoch = c.epoch
    order by p.entity, p.canonical_id
    for update of p
  )
  update projection p
  set state = case when c.again then 'pending' else c.state end,
    since = case when p.state = case when c.again then 'pending' else c.state end then p.since else now() end,
    reason = case when c.again then null else c.reason end,
    reason_code = case when c.again then null else c."reasonCode" end,
    next_at = case
      when c.again then now()
      when c.state = 'in_doubt' and c."nextInMs" is null then p.in_flight_until
      else clock_timestamp() + c."nextInMs" * interval '1 millisecond' end,
    external_id = c."externalId", wanted = c.wanted, wanted_hash = c."wantedHash", held = c.held,
    drifted = case when '*' = any(p.drifted) and not '*' = any(c.drifted) and p.look_again then c.drifted || '*'::text else c.drifted end,
    attempt = c.attempt, mapping_version = coalesce(c."mappingVersion", p.mapping_version),
    in_flight_until = case when c.state = 'in_doubt' then p.in_flight_until end,
    changed_at = case when c.again or c.state not in ('in_sync', 'excluded') then p.changed_at end,
    epoch = p.epoch + case when c."raiseEpoch" then 1 else 0 end,
    look_again = p.look_again and c.state in ('in_doubt'),
    match_key = case when c.state = 'in_doubt' then p.match_key else c."matchKey" end,
    sent = case when c.state = 'in_doubt' then p.sent end,
    approved_at = case when c.state in ('in_sync', 'excluded') then null else p.approved_at end,
    doubted_since = case when c.state = 'in_sync' or c."endsDoubt" then null else p.doubted_since end
  from c
  where p.target = c.target and p.entity = c.entity and p.canonical_id = c.canonical_id
  returning p.entity, p.canonical_id`;

/** Key of a row within its target, as parked problems name it too. */
export const keyOf = (key: ProjectionKey): string => `${key.entity}:${key.canonicalId}`;

/** Makes rows due that a person or a repair wants looked at again; what is being written is looked at afterwards. */
export async function setProjectionDue(
  tx: Tx,
  target: string,
  keys: readonly ProjectionKey[],
  traceId: string | null,
): Promise<number> {
  if (keys.length === 0) return 0;
  const rows = await tx.query(
    `update projection p
     set state = case when p.state in ('writing', 'in_doubt') then p.state else 'pending' end,
       since = case when p.state in ('writing', 'in_doubt', 'pending') then p.since else now() end,
       reason = case when p.state in ('writing', 'in_doubt') then p.reason end,
       next_at = case when p.state in ('writing', 'in_doubt') then p.next_at else now() end,
       look_again = p.state in ('writing', 'in_doubt'), attempt = 0, trace_id = coalesce($4, p.trace_id),
       changed_at = coalesce(p.changed_at, now())
     from (
       select p.entity, p.canonical_id
       from unnest($2::text[], $3::text[]) as k(entity, canonical_id)
       join projection p on p.target = $1 and p.entity = k.entity and p.canonical_id = k.canonical_id
       order by p.entity, p.canonical_id
       for update of p
     ) k
     where p.target = $1 and p.entity = k.entity and p.canonical_id = k.canonical_id
     returning 1 as due`,
    [target, keys.map((key) => key.entity), keys.map((key) => key.canonicalId), traceId],
    'projection-due',
  );
  return rows.length;
}
