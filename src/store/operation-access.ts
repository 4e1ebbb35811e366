/** What the graph asks about runs, identities, sums and vocabularies, for one request. */
import type { ReplayPlan } from '../schema/payloads.js';
import type { ExternalReferenceFilter, FlowRunFilter, SyncEventFilter } from '../schema/operation-filters.js';
import type { PageArgs } from '../schema/page.js';
import type { ExternalReference } from '../schema/sync-status.js';
import { listConnection, logCountCap, type CursorCodec } from './connections.js';
import type { Query } from './database.js';
import { runList } from './flow-reads.js';
import { readEventBuckets, type BucketRange } from './event-counts.js';
import { makeFlowActivity } from './flow-activity.js';
import { readActivity, readOpenCounts, readTotals } from './overview-reads.js';
import { readReplayPlan } from './replay-plan.js';
import type { Shown } from './shown-records.js';
import { referenceList } from './sync-reads.js';
import { readSystemCalls } from './system-calls.js';
import { readAttributes, readTaxClasses } from './vocabulary-reads.js';

interface OperationReadDeps {
  readonly query: Query;
  readonly cursors: CursorCodec;
  readonly shown: Shown;
}

export function operationReads({ query, cursors, shown }: OperationReadDeps) {
  let open: ReturnType<typeof readOpenCounts> | undefined;
  const calls = new Map<number, ReturnType<typeof readSystemCalls>>();
  const totals = new Map<number, ReturnType<typeof readTotals>>();
  return {
    flowRuns: (filter: FlowRunFilter | null | undefined, page: PageArgs) =>
      listConnection(query, cursors, runList(filter), page, {
        name: 'flowRuns',
        shown: (row: object) => row,
        cap: logCountCap,
      }),
    externalReferences: (filter: ExternalReferenceFilter | null | undefined, page: PageArgs) =>
      listConnection<ExternalReference, ExternalReference>(query, cursors, referenceList(filter), page, {
        name: 'externalReferences',
        shown: shown.reference,
        cap: logCountCap,
      }),
    activity: (windowMs: number, bucketMs: number) => readActivity(query, windowMs, bucketMs),
    flowActivity: makeFlowActivity(query),
    systemCalls(windowMs: number) {
      const found = calls.get(windowMs) ?? readSystemCalls(query, windowMs);
      calls.set(windowMs, found);
      return found;
    },
    eventBuckets: (search: string | null, filter: SyncEventFilter | null, range: BucketRange) =>
      readEventBuckets(query, { search, filter, seesPersonal: shown.seesPersonal }, range),
    openCounts: () => (open ??= readOpenCounts(query)),
    totals(windowMs: number) {
      const found = totals.get(windowMs) ?? readTotals(query, windowMs);
      totals.set(windowMs, found);
      return found;
    },
    attributes: (role: string | null) => readAttributes(query, role),
    taxClasses: () => readTaxClasses(query),
    replayPlan: (ids: readonly string[], isAll: boolean): Promise<ReplayPlan> => readReplayPlan(query, ids, isAll),
  };
}
