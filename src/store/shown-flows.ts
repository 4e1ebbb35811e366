/** Flow rows as the graph shows them. Pure. */
import { KoppelError } from '../base/errors.js';
import type { Flow, SyncState } from '../schema/flow.js';
import { durationOf } from '../schema/scalars.js';
import { filled } from '../base/sentences/template.js';
import type { FailingStream, FlowProgress } from './flow-progress.js';
import type { FlowRow } from './flow-reads.js';
import type { StandingIngest } from './log-heads.js';
import { entityTypes } from '../schema/entity-words.js';

export function shownFlow(row: FlowRow): Flow {
  const every = row.pollEveryMs;
  return {
    id: row.id,
    name: row.name,
    key: row.key,
    entityType: entityTypes[row.entity]!,
    state: row.state,
    stateReason: row.stateReason,
    stateSince: row.stateSince,
    pausedUntil: row.pausedUntil,
    schedule: {
      kind: 'INTERVAL',
      every: durationOf(Math.max(1_000, every)),
      summary: every < 1_000 ? `every ${every} ms` : `every ${every / 1_000} s`,
      nextRunAt: null,
    },
    storedSettings: row.settings,
    version: row.version,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
    entity: row.entity,
    sourceKey: row.source,
    targetKey: row.target,
  };
}

export function shownSyncState(flow: Flow, progress: FlowProgress, markerKind: string): SyncState {
  const { lagMs } = progress;
  return {
    flow,
    marker: progress.marker,
    markerKind,
    markerAt: progress.markerAt,
    stoppedBecause: progress.stoppedBecause,
    failingBecause: failingBecause(progress),
    lag: lagMs === null ? null : durationOf(lagMs),
    lagSeconds: lagMs === null ? null : Math.max(0, Math.round(lagMs / 1_000)),
    lastSuccessAt: progress.lastSuccessAt,
    nextRunAt: null,
    consecutiveFailures: progress.consecutiveFailures,
    pendingCount: progress.pending,
    lastRunRow: progress.lastRun,
  };
}

function failingBecause({ failing: [stream], standing }: FlowProgress): string | null {
  if (stream !== undefined) return failingSentence(stream);
  return standing === null ? null : standingSentence(standing);
}

const failingSentence = ({ stream, systemName, since, message }: FailingStream): string =>
  filled('en', 'Stream {stream} of {system} has failed since {moment}: {message}', {
    ...{ stream, system: systemName, message },
    moment: `${new Date(since).toISOString().slice(0, 19)}Z`,
  });

/** What is said of changes that nobody takes in. */
export const standingSentence = ({ systemName, since }: StandingIngest): string =>
  new KoppelError('INGEST_STANDS_STILL', { system: systemName, moment: since }).message;
