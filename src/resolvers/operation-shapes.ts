/** Shapes of operations. Pure: in records, out what the client sees. */
import { classificationOf } from '../schema/classifications.js';
import type { Flow, SyncCounts } from '../schema/flow.js';
import type { FlowFilter } from '../schema/operation-filters.js';
import type { SyncError } from '../schema/sync-event.js';
import type { System } from '../schema/system.js';

export function flowsOf(flows: readonly Flow[], systems: readonly System[], filter: FlowFilter | null): Flow[] {
  const system = filter?.systemId ? systems.find(({ id }) => id === filter.systemId)?.key : undefined;
  return flows.filter(
    (flow) =>
      (!filter?.systemId || flow.sourceKey === system || flow.targetKey === system) &&
      (!filter?.entityType || filter.entityType.includes(flow.entityType)) &&
      (!filter?.state || filter.state.includes(flow.state)),
  );
}

export function lastErrorOf(system: System): SyncError | null {
  if (system.lastErrorCode === null) return null;
  return {
    classification: classificationOf(system.lastErrorCode, 'environment'),
    code: system.lastErrorCode,
    message: system.lastErrorMessage ?? system.lastErrorCode,
    originalMessage: null,
    path: null,
    isRetryable: true,
  };
}

export const noCounts: SyncCounts = {
  read: 0,
  created: 0,
  updated: 0,
  deleted: 0,
  unchanged: 0,
  excluded: 0,
  failed: 0,
  blocked: 0,
};
