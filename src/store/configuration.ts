/** Configuration as it is stored: systems, flows, published mappings and value lists. What it means is in sync/. */
import type { Document } from '../base/document.js';
import type { FlowEntity } from '../canonical/entities.js';
import type { ValueList, ValueListBody, ValueListKind } from '../mapping/mapping.js';
import type { FieldOwner } from '../canonical/ownership.js';
import type { Query, Tx } from './database.js';
import { loadFieldOwners } from './field-owners.js';
import { listChoices, listPublished, type MappingChoice, type PublishedRow } from './mapping-use.js';
import { finishCheck, rejoinCheck } from './restore-check-ends.js';
import type { Verifying } from './restore-checks.js';

/** Tells every process that the configuration has changed. */
export const configurationChannel = 'koppel_config';

export type FlowState = 'DRAFT' | 'ENABLED' | 'PAUSED' | 'SUSPENDED' | 'DISABLED';
export type SystemState = 'DRAFT' | 'CONNECTED' | 'DEGRADED' | 'UNREACHABLE' | 'CREDENTIALS_REJECTED' | 'PAUSED';

export interface SystemRow {
  readonly id: string;
  readonly key: string;
  readonly connector: string;
  readonly name: string;
  readonly settings: Document;
  /** Sealed; see security/. */
  readonly secrets: Buffer | null;
  readonly status: SystemState;
  readonly version: number;
}

export interface FlowRow {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly entity: FlowEntity;
  readonly source: string;
  readonly target: string;
  readonly state: FlowState;
  readonly stateReason: string | null;
  readonly pollEveryMs: number;
  readonly settings: Document;
  readonly startedAt: Date;
}

export interface PublishedList extends ValueList {
  readonly version: number;
}

export interface StoredConfiguration {
  readonly revision: string;
  readonly systems: readonly SystemRow[];
  readonly flows: readonly FlowRow[];
  readonly mappings: readonly PublishedRow[];
  /** Which of them systems use in place of the shipped ones. */
  readonly choices: readonly MappingChoice[];
  readonly valueLists: readonly PublishedList[];
  readonly fieldOwners: readonly FieldOwner[];
}

/** All of it, as published now. */
export async function loadConfiguration(tx: Tx): Promise<StoredConfiguration> {
  await tx.query('set transaction isolation level repeatable read read only');
  const revision = await configurationRevision(tx);
  const systems = await tx.query<SystemRow & Record<string, unknown>>(
    'select id, key, connector, name, settings, secrets, status, version from system order by key',
  );
  const flows = await tx.query<FlowRow & Record<string, unknown>>(
    `select id, key, name, entity, source, target, state, state_reason as "stateReason",
       poll_every_ms as "pollEveryMs", settings, started_at as "startedAt"
     from flow
     order by key`,
  );
  const mappings = await listPublished(tx);
  const choices = await listChoices(tx);
  const lists = await tx.query<{
    key: string;
    name: string;
    kind: ValueListKind;
    version: number;
    body: ValueListBody;
  }>(
    `select l.key, l.name, l.kind, v.version, v.body
     from value_list l
     join value_list_version v on v.value_list = l.key and v.version = l.published_version
     order by l.key`,
  );
  const valueLists = lists.map(({ body, ...list }) => ({ ...list, ...body }));
  return { revision, systems, flows, mappings, choices, valueLists, fieldOwners: await loadFieldOwners(tx) };
}

/** Gives a system another name and other settings, all of them; its secrets stay. */
export async function replaceSystemSettings(tx: Tx, key: string, name: string, settings: Document): Promise<void> {
  await tx.query(
    'update system set name = $2, settings = $3, version = version + 1, updated_at = now() where key = $1',
    [key, name, JSON.stringify(settings)],
  );
}

/** Part of the transaction that changed something; sent when it commits, and seen by who asks for the revision. */
export async function announceConfiguration(query: Query): Promise<void> {
  await query.query(
    `with change as (insert into configuration_change default values returning id)
     select pg_notify('${configurationChannel}', '') from change`,
  );
}

/** Names the configuration that this transaction sees; another one as soon as a change to it has committed. */
export async function configurationRevision(query: Query): Promise<string> {
  const [row] = await query.query<{ revision: string }>(
    `select count(*) || ' ' || coalesce(sum(id), 0) as revision from configuration_change`,
    [],
    'configuration-revision',
  );
  return row?.revision ?? '';
}

/** Forgets changes that every process knows by now. What it leaves is another revision: each process loads once more. */
export async function forgetConfigurationChanges(query: Query): Promise<void> {
  await query.query(
    `delete from configuration_change where at < clock_timestamp() - interval '1 day'
       and id < (select max(id) from configuration_change)`,
  );
}

export interface NewSystem {
  readonly id: string;
  readonly key: string;
  readonly connector: string;
  readonly name: string;
  readonly settings: Document;
  readonly secrets: Buffer | null;
}

export async function installSystem(tx: Tx, system: NewSystem): Promise<boolean> {
  const { id, key, connector, name, settings, secrets } = system;
  const rows = await tx.query(
    `insert into system (id, key, connector, name, settings, secrets, secrets_set_at)
     values ($1, $2, $3, $4, $5, $6, case when $6::bytea is not null then now() end)
     on conflict (key) do nothing
     returning 1 as installed`,
    [id, key, connector, name, JSON.stringify(settings), secrets],
  );
  return rows.length > 0;
}

/** Merges settings into those of a system; returns whether anything changed. */
export async function changeSystemSettings(tx: Tx, key: string, settings: Document): Promise<boolean> {
  const rows = await tx.query(
    `update system
     set settings = settings || $2::jsonb, version = version + 1, updated_at = now()
     where key = $1 and settings is distinct from settings || $2::jsonb
     returning 1 as changed`,
    [key, JSON.stringify(settings)],
  );
  return rows.length > 0;
}

export type NewFlow = Omit<FlowRow, 'state' | 'stateReason' | 'startedAt'>;

export async function installFlow(tx: Tx, flow: NewFlow): Promise<boolean> {
  const { id, key, name, entity, source, target, pollEveryMs, settings } = flow;
  const rows = await tx.query(
    `insert into flow (id, key, name, entity, source, target, state, poll_every_ms, settings)
     values ($1, $2, $3, $4, $5, $6, 'ENABLED', $7, $8)
     on conflict (key) do nothing
     returning 1 as installed`,
    [id, key, name, entity, source, target, pollEveryMs, JSON.stringify(settings)],
  );
  return rows.length > 0;
}

/** Stores a new flow as a draft; false when its key is taken. */
export async function createFlow(tx: Tx, flow: NewFlow): Promise<boolean> {
  const { id, key, name, entity, source, target, pollEveryMs, settings } = flow;
  const rows = await tx.query(
    `insert into flow (id, key, name, entity, source, target, state, poll_every_ms, settings)
     values ($1, $2, $3, $4, $5, $6, 'DRAFT', $7, $8)
     on conflict (key) do nothing
     returning 1 as created`,
    [id, key, name, entity, source, target, pollEveryMs, JSON.stringify(settings)],
  );
  return rows.length > 0;
}

/** Changes a flow that still has the expected version; objects among the settings are merged, null removes a setting. */
export async function changeFlow(
  tx: Tx,
  key: string,
  change: {
    readonly expectedVersion: number;
    readonly name: string | null;
    readonly pollEveryMs: number | null;
    readonly settings: Document;
  },
): Promise<boolean> {
  const rows = await tx.query(
    `update flow f
     set name = coalesce($3, name), poll_every_ms = coalesce($4, poll_every_ms), version = version + 1, updated_at = now(),
       started_at = case when $5::jsonb ? 'startFrom' and settings ->> 'startFrom' is distinct from $5::jsonb ->> 'startFrom'
         then now() else started_at end,
       settings = jsonb_strip_nulls(settings || coalesce((
         select jsonb_object_agg(c.key,
           case when jsonb_typeof(c.value) = 'object' and jsonb_typeof(f.settings -> c.key) = 'object'
             then (f.settings -> c.key) || c.value else c.value end)
         from jsonb_each($5::jsonb) c), '{}'))
     where key = $1 and version = $2
     returning 1 as changed`,
    [key, change.expectedVersion, change.name, change.pollEveryMs, JSON.stringify(change.settings)],
  );
  return rows.length > 0;
}

/** A flow of orders that takes the past goes live now, unless somebody has said when: what was placed before goes silently. */
export async function goLive(tx: Tx, key: string): Promise<void> {
  await tx.query(
    `update flow
     set settings = settings || jsonb_build_object('liveFrom', to_char(now() at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
     where key = $1 and entity = 'order' and settings ->> 'liveFrom' is null and settings ->> 'startFrom' is distinct from 'now'`,
    [key],
  );
}

/** Moves a flow between states; returns the state it had, undefined when it is not in one of `from`. `until`: when a pause ends by itself. A check after a restore ends with the use of its last flow. */
export async function setFlowState(
  tx: Tx,
  key: string,
  from: readonly FlowState[],
  to: FlowState,
  reason: string | null,
  until: Date | null = null,
): Promise<FlowState | undefined> {
  const [row] = await tx.query<{ state: FlowState }>(
    `with had as (select key, state from flow where key = $1 and state = any($2::text[]) for update)
     update flow f
     set state = $3, state_reason = $4, paused_until = $5, version = f.version + 1, updated_at = now(),
       state_since = case when had.state = $3 then f.state_since else now() end,
       started_at = case when had.state = 'DRAFT' and $3 = 'ENABLED' then now() else f.started_at end
     from had
     where f.key = had.key
     returning had.state`,
    [key, from, to, reason, until],
  );
  if (row !== undefined && to === 'ENABLED') await rejoinCheck(tx, key);
  if (row !== undefined && to === 'DISABLED') await finishCheck(tx);
  return row?.state;
}

export async function findFlowState(query: Query, key: string): Promise<FlowState | undefined> {
  const [row] = await query.query<{ state: FlowState }>('select state from flow where key = $1', [key]);
  return row?.state;
}

/** Whether the moment is still to come, by the clock that all processes share. */
export async function isToCome(query: Query, moment: Date): Promise<boolean> {
  const [row] = await query.query<{ toCome: boolean }>('select $1::timestamptz > now() as "toCome"', [moment]);
  return row?.toCome === true;
}

/** Flows whose pause is over; none that another process is about to resume. */
export async function findEndedPauses(tx: Tx): Promise<readonly string[]> {
  const rows = await tx.query<{ key: string }>(
    `select key from flow where state = 'PAUSED' and paused_until <= now() order by key for update skip locked`,
  );
  return rows.map(({ key }) => key);
}

export interface LockedFlow {
  readonly state: FlowState;
  readonly reason: string | null;
  /** Not null until it was compared after a restore: nothing is written to its target. */
  readonly verifying: Verifying | null;
}

/** Reads the states of flows and keeps them as they are until the transaction ends. */
export async function lockFlowStates(tx: Tx, keys: readonly string[]): Promise<ReadonlyMap<string, LockedFlow>> {
  const rows = await tx.query<{
    key: string;
    state: FlowState;
    state_reason: string | null;
    verifying: Verifying | null;
  }>(
    'select key, state, state_reason, verifying from flow where key = any($1::text[]) order by key for share',
    [keys],
    'flow-states',
  );
  return new Map(
    rows.map((row) => [row.key, { state: row.state, reason: row.state_reason, verifying: row.verifying }]),
  );
}

/** Asks for a run now. */
export async function requestRun(tx: Tx, key: string): Promise<boolean> {
  const rows = await tx.query(
    'update flow set run_requested_at = clock_timestamp() where key = $1 returning 1 as asked',
    [key],
  );
  return rows.length > 0;
}
