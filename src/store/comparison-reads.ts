/** What the graph asks about comparisons, for one request. */
import DataLoader from 'dataloader';
import { isMadeForMachines } from '../base/ids.js';
import { calledBy } from '../base/called.js';
import { entityTypes } from '../schema/entity-words.js';
import type { PageArgs } from '../schema/page.js';
import type { Reconciliation, ReconciliationItem } from '../schema/reconciliation.js';
import { repairable, type ComparedField, type ComparisonCounts, type ComparisonState } from './comparisons.js';
import { listConnection, logCountCap, type CursorCodec } from './connections.js';
import type { Query } from './database.js';
import type { JobStatus } from './jobs.js';
import type { List } from './pages.js';
import { namesOf } from './record-names.js';
import { raw, sql } from './sql.js';

interface ComparisonRow extends Record<string, unknown> {
  readonly id: string;
  readonly job: string;
  readonly flow: string;
  readonly entity: string;
  readonly source: string;
  readonly target: string;
  readonly counts: ComparisonCounts;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
  readonly status: JobStatus;
  readonly error: string | null;
  readonly createdBy: string;
  readonly repaired: number;
}

const columns = `c.id, c.job, c.flow, c.entity, c.source, c.target, c.counts, c.created_at as "createdAt",
  c.finished_at as "finishedAt", j.status, j.error_message as error, j.created_by as "createdBy",
  (select count(*)::integer from comparison_item i where i.comparison = c.id and i.repair_asked_at is not null) as repaired`;
const from = 'comparison c join job j on j.id = c.job';

const comparisonList = (flowId: string | null): List => ({
  select: raw(columns),
  from: raw(from),
  where: flowId === null ? [] : [sql`c.flow = (select f.key from flow f where f.id = ${flowId})`],
  order: {
    name: 'created',
    keys: [
      { expression: 'c.created_at', type: 'timestamptz' },
      { expression: 'c.id', type: 'text' },
    ],
    descending: true,
  },
});

interface ItemRow extends Record<string, unknown> {
  readonly id: string;
  readonly state: ComparisonState;
  readonly system: string;
  readonly entity: string;
  readonly externalId: string | null;
  readonly canonicalId: string | null;
  readonly changes: readonly ComparedField[];
  readonly reason: string | null;
  readonly repairAskedAt: Date | null;
}

const itemColumns = `id, state, system, entity, external_id as "externalId", canonical_id as "canonicalId", changes, reason,
  repair_asked_at as "repairAskedAt"`;

const itemList = (comparison: string, states: readonly string[] | null): List => ({
  select: raw(itemColumns),
  from: raw('comparison_item'),
  where: [sql`comparison = ${comparison}`, ...(states === null ? [] : [sql`state = any(${[...states]}::text[])`])],
  order: { name: 'found', keys: [{ expression: 'id', type: 'text' }], descending: false },
});

export function comparisonReads({ query, cursors }: { readonly query: Query; readonly cursors: CursorCodec }) {
  const shown = (rows: readonly ComparisonRow[]): readonly Reconciliation[] => rows.map(shownComparison);
  /** The newest of each flow that ended well, or that goes on. */
  const newest = (condition: string) => async (): Promise<ReadonlyMap<string, Reconciliation>> => {
    const rows = await query.query<ComparisonRow>(
      `select distinct on (c.flow) ${columns} from ${from} where ${condition} order by c.flow, c.created_at desc`,
    );
    return new Map(shown(rows).map((each) => [each.flowKey, each]));
  };
  const lastOnes = once(newest('c.finished_at is not null'));
  const runningOnes = once(newest(`j.status in ('QUEUED', 'RUNNING', 'CANCELLING')`));
  const schedules = once(async () => {
    const rows = await query.query<{ flow: string; hours: number }>(
      'select flow, every_hours as hours from comparison_schedule',
    );
    return new Map(rows.map(({ flow, hours }) => [flow, hours]));
  });
  const names = new DataLoader<{ readonly entity: string; readonly canonicalId: string }, string | null>(
    async (records) => {
      const found = await namesOf(query, records.map(asNamed));
      return records.map(asNamed).map(({ entity, canonicalId }) => found.get(`${entity}:${canonicalId}`) ?? null);
    },
    { cache: false },
  );
  const byId = new DataLoader<string, Reconciliation | null>(
    async (ids) => {
      const rows = await query.query<ComparisonRow>(`select ${columns} from ${from} where c.id = any($1::text[])`, [
        ids,
      ]);
      const found = new Map(shown(rows).map((each) => [each.id, each]));
      return ids.map((id) => found.get(id) ?? null);
    },
    { cache: false },
  );
  return {
    reconciliations: (flowId: string | null, page: PageArgs) =>
      listConnection<ComparisonRow, Reconciliation>(query, cursors, comparisonList(flowId), page, {
        name: 'reconciliations',
        shown: shownComparison,
        cap: logCountCap,
      }),
    reconciliation: (id: string): Promise<Reconciliation | null> => byId.load(id),
    lastReconciliation: async (flow: string) => (await lastOnes()).get(flow) ?? null,
    runningReconciliation: async (flow: string) => (await runningOnes()).get(flow) ?? null,
    compareEveryHours: async (flow: string) => (await schedules()).get(flow) ?? null,
    reconciliationItems: (comparison: string, states: readonly string[] | null, page: PageArgs) =>
      listConnection<ItemRow, ReconciliationItem>(query, cursors, itemList(comparison, states), page, {
        name: 'reconciliationItems',
        shown: shownItem,
        cap: logCountCap,
      }),
    async reconciliationItem(id: string): Promise<ReconciliationItem | null> {
      const [row] = await query.query<ItemRow>(`select ${itemColumns} from comparison_item where id = $1`, [id]);
      return row === undefined ? null : shownItem(row);
    },
    /** What people call the record of an item: its own name, else what the system calls it. */
    async labelOfItem({ about, canonicalId, externalId, changes }: ReconciliationItem): Promise<string | null> {
      const name = canonicalId === null ? shownName(changes) : await names.load({ entity: about.entity!, canonicalId });
      const found = name ?? externalId;
      return found === null || isMadeForMachines(found) ? null : found;
    },
  };
}

/** By what its system calls a record of which the hub has nothing; an order or a customer by its number alone. */
const shownName = (changes: readonly ComparedField[]): string | null =>
  calledBy(
    Object.fromEntries(changes.map(({ path, before, after }) => [path === 'number' ? 'code' : path, before ?? after])),
  );

function once<T>(read: () => Promise<T>): () => Promise<T> {
  let found: Promise<T> | undefined;
  return () => (found ??= read());
}

/** Stock is called by its article. */
const asNamed = <T extends { readonly entity: string }>(record: T): T =>
  record.entity === 'stock' ? { ...record, entity: 'variant' } : record;

function shownComparison({
  job,
  flow,
  entity,
  source,
  target,
  createdAt,
  createdBy,
  ...row
}: ComparisonRow): Reconciliation {
  const { counts } = row;
  const of = (what: keyof ComparisonCounts): number => counts[what] ?? 0;
  return {
    ...{ id: row.id, status: row.status, error: row.error, startedAt: createdAt, finishedAt: row.finishedAt },
    ...{ entityType: entityTypes[entity]!, jobId: job, flowKey: flow, sourceKey: source, targetKey: target },
    startedById: createdBy,
    counts: {
      ...{ compared: of('compared'), equal: of('equal'), different: of('DIFFERENT'), missed: of('MISSED') },
      ...{ missingInTarget: of('MISSING_IN_TARGET'), missingInSource: of('MISSING_IN_SOURCE') },
      ...{ onlyInTarget: of('ONLY_IN_TARGET'), duplicates: of('DUPLICATE'), known: of('KNOWN') },
      ...{ inFlight: of('IN_FLIGHT'), leftOut: of('leftOut'), repaired: row.repaired },
    },
  };
}

function shownItem({ id, state, system, entity, externalId, canonicalId, changes, reason, repairAskedAt }: ItemRow) {
  const about = { entity, system };
  return {
    ...{ id, state, externalId, canonicalId, reason, repairAskedAt, about, systemKey: system },
    entityType: entityTypes[entity]!,
    label: '',
    isRepairable: repairable.includes(state),
    changes: changes.map((change) => ({ ...change, label: null, about })),
  };
}
