/** Reads of systems, flows and their runs; each function is one SQL statement. */
import type { Document } from '../base/document.js';
import type { FlowRun, SyncCounts } from '../schema/flow.js';
import type { System } from '../schema/system.js';
import type { FlowRunFilter } from '../schema/operation-filters.js';
import { listCondition, textConditions, timeConditions } from './conditions.js';
import type { Query } from './database.js';
import type { List } from './pages.js';
import { raw, selected, type Sql } from './sql.js';

/** All connected systems; there are few. */
export const readSystems = (query: Query): Promise<System[]> =>
  selected(
    query,
    `select s.id, s.key, s.connector as "connectorKind", s.name, s.settings, s.secrets_set_at as "secretsSetAt", s.status,
       s.status_reason as "statusReason", s.status_since as "statusSince", s.last_success_at as "lastSuccessAt",
       s.last_error_at as "lastErrorAt", s.last_error_code as "lastErrorCode", s.last_error_message as "lastErrorMessage",
       s.version, s.created_at as "createdAt", s.updated_at as "updatedAt"
     from system s order by s.key`,
  );

export interface FlowRow {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly entity: string;
  readonly source: string;
  readonly target: string;
  readonly state: string;
  readonly stateReason: string | null;
  readonly stateSince: Date;
  readonly pausedUntil: Date | null;
  readonly pollEveryMs: number;
  readonly settings: Document;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** All flows; there are few. */
export const readFlows = (query: Query): Promise<FlowRow[]> =>
  selected(
    query,
    `select f.id, f.key, f.name, f.entity, f.source, f.target, f.state, f.state_reason as "stateReason",
       f.state_since as "stateSince", f.paused_until as "pausedUntil", f.poll_every_ms as "pollEveryMs", f.settings, f.version,
       f.created_at as "createdAt", f.updated_at as "updatedAt"
     from flow f order by f.key`,
  );

export const runColumns = `r.id, r.trigger, r.status, r.started_at as "startedAt", r.finished_at as "finishedAt",
  (extract(epoch from r.finished_at - r.started_at) * 1000)::integer as "durationMs", r.flow as "flowKey",
  json_build_object('read', r.read, 'created', r.created, 'updated', r.updated, 'deleted', 0, 'unchanged', r.unchanged,
    'excluded', r.excluded, 'failed', r.failed, 'blocked', r.blocked) as counts`;

export const readRuns = (query: Query, ids: readonly string[]): Promise<FlowRun[]> =>
  selected(query, `select ${runColumns} from flow_run r where r.id = any($1)`, [ids]);

export type CountsRow = SyncCounts & { readonly flowKey: string };

/** Sums over the runs of each flow that started within the window. */
export const readCounts = (query: Query, flows: readonly string[], windowMs: number): Promise<CountsRow[]> =>
  selected(
    query,
    `select r.flow as "flowKey", sum(r.read)::integer as read, sum(r.created)::integer as created,
       sum(r.updated)::integer as updated, 0 as deleted, sum(r.unchanged)::integer as unchanged,
       sum(r.excluded)::integer as excluded, sum(r.failed)::integer as failed, sum(r.blocked)::integer as blocked
     from flow_run r where r.flow = any($1) and r.started_at >= now() - $2::double precision * interval '1 millisecond'
     group by r.flow`,
    [flows, windowMs],
  );

/** Runs of each flow, newest first. */
export const runsOfFlow: List & { readonly parent: Sql } = {
  select: raw(runColumns),
  from: raw('flow_run r'),
  where: [],
  order: {
    name: 'started',
    keys: [
      { expression: 'r.started_at', type: 'timestamptz' },
      { expression: 'r.id', type: 'text' },
    ],
    descending: true,
  },
  parent: raw('r.flow'),
};

/** Runs of all flows, newest first. */
export const runList = (filter: FlowRunFilter | null | undefined): List => ({
  select: raw(runColumns),
  from: raw('flow_run r join flow f on f.key = r.flow'),
  where: [
    ...textConditions('f.id', filter?.flowId),
    ...listCondition('r.status', filter?.status),
    ...listCondition('r.trigger', filter?.trigger),
    ...timeConditions('r.started_at', filter?.startedAt),
  ],
  order: runsOfFlow.order,
});
