/** Flows, runs, systems, mappings and problems as they change: one watcher each, which reads only while somebody follows. */
import type { Clock } from '../base/clock.js';
import { KoppelError } from '../base/errors.js';
import type { Service } from '../base/lifecycle.js';
import type { Logger } from '../base/logger.js';
import type { StateFeeds } from '../resolvers/feed.js';
import type { Flow, FlowRun, SyncState } from '../schema/flow.js';
import type { System } from '../schema/system.js';
import type { CursorCodec } from '../store/connections.js';
import type { Database } from '../store/database.js';
import type { StreamsOf } from '../store/flow-progress.js';
import { readSystems } from '../store/flow-reads.js';
import { readLatestRuns, readMappingMarks, type MappingMark } from '../store/followed-reads.js';
import { makeReads } from '../store/reads.js';
import { makeProblemFeed } from './problem-feed.js';
import { makeSharedMappings } from './shared-mappings.js';
import { makeWatched, type Follow } from './watched.js';

interface StateFeedsDeps {
  readonly database: Database;
  readonly cursors: CursorCodec;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly streamsOf: StreamsOf;
}

const restMs = 250;
/** How far a flow is changes with every record, and is told once a second at most. */
const progressRestMs = 1_000;

const idOf = ({ id }: { readonly id: string }): string => id;
const text = (...parts: readonly unknown[]): string => JSON.stringify(parts);

const ended: ReadonlySet<string> = new Set(['SUCCEEDED', 'PARTIAL', 'FAILED', 'CANCELLED']);

function kinds({ database, cursors, streamsOf }: StateFeedsDeps) {
  const reads = () => makeReads({ query: database, cursors, streamsOf, seesPersonalData: false });
  return {
    flows: {
      name: 'flow',
      restMs,
      read: () => reads().flows(),
      idOf,
      markOf: ({ state, stateReason, stateSince, pausedUntil }: Flow) =>
        text(state, stateReason, stateSince, pausedUntil),
    },
    runs: {
      name: 'flow run',
      restMs,
      read: (ids: readonly string[]) => readLatestRuns(database, ids),
      idOf,
      markOf: ({ status, finishedAt, counts }: FlowRun) => text(status, finishedAt, counts),
    },
    systems: {
      name: 'system',
      restMs,
      read: () => readSystems(database),
      idOf,
      markOf: ({ status, statusReason, statusSince }: System) => text(status, statusReason, statusSince),
    },
    mappings: {
      name: 'mapping',
      restMs,
      read: () => readMappingMarks(database),
      idOf,
      markOf: ({ draftRevision, publishedVersion, chosenBy }: MappingMark) =>
        text(draftRevision, publishedVersion, chosenBy),
    },
    syncStates: {
      name: 'progress',
      restMs: progressRestMs,
      async read() {
        const all = reads();
        return Promise.all((await all.flows()).map((flow) => all.syncState(flow)));
      },
      idOf: ({ flow }: SyncState) => flow.id,
      markOf: ({
        marker,
        stoppedBecause,
        failingBecause,
        pendingCount,
        lastSuccessAt,
        consecutiveFailures,
        lastRunRow,
      }: SyncState) =>
        text(
          marker,
          stoppedBecause,
          failingBecause,
          pendingCount,
          lastSuccessAt,
          consecutiveFailures,
          lastRunRow?.id,
          lastRunRow?.status,
        ),
    },
  };
}

/** What is said of an id that names nothing, by the argument in which it came. */
const unknown = {
  flowId: (id: string) => `there is no flow ${id}`,
  runId: (id: string) => `there is no run ${id}`,
  systemId: (id: string) => `there is no system ${id}`,
  mappingId: (id: string) => `there is no mapping ${id}`,
} as const;

/** All of them, or the one with this id, of which there has to be one. */
function oneOrAll<T>(argument: keyof typeof unknown, id: string | null, idOfEach: (each: T) => string): Follow<T> {
  if (id === null) return { wants: () => true };
  return {
    wants: (each) => idOfEach(each) === id,
    endsWhenGone: true,
    check(all) {
      if (!all.some((each) => idOfEach(each) === id))
        throw new KoppelError('BAD_INPUT', { where: argument, what: unknown[argument](id) });
    },
  };
}

export function makeStateFeeds(deps: StateFeedsDeps): StateFeeds & { readonly services: readonly Service[] } {
  const each = kinds(deps);
  const flows = makeWatched<Flow>(each.flows, deps);
  const runs = makeWatched<FlowRun>(each.runs, deps);
  const systems = makeWatched<System>(each.systems, deps);
  const mappings = makeWatched<MappingMark>(each.mappings, deps);
  const syncStates = makeWatched<SyncState>(each.syncStates, deps);
  const problems = makeProblemFeed(deps);
  const all = () => makeReads({ ...deps, query: deps.database, seesPersonalData: false }).mappings();
  return {
    mapping: makeSharedMappings(all),
    services: [flows, runs, systems, mappings, syncStates, problems],
    flows: (client, id) => flows.open(client, oneOrAll('flowId', id, idOf)),
    systems: (client, id) => systems.open(client, oneOrAll('systemId', id, idOf)),
    mappings: (client, id) => mappings.open(client, oneOrAll('mappingId', id, idOf)),
    syncStates: (client, id) => syncStates.open(client, oneOrAll('flowId', id, each.syncStates.idOf)),
    problems: (client, filter) => problems.open(client, filter),
    async runs(client, { flowId, runId }) {
      const flow = flowId === null ? null : await flowKey(deps, flowId);
      const isOfFlow = ({ flowKey: key }: FlowRun): boolean => flow === null || key === flow;
      if (runId !== null) {
        const one = oneOrAll<FlowRun>('runId', runId, idOf);
        const check = (all: readonly FlowRun[]): void => {
          one.check?.(all);
          if (all.some((run) => run.id === runId && isOfFlow(run))) return;
          throw new KoppelError('BAD_INPUT', { where: 'flowId', what: `run ${runId} is not of flow ${flowId}` });
        };
        return runs.open(client, { ...one, check, ids: [runId], isLast: ({ status }) => ended.has(status) });
      }
      return runs.open(client, { wants: isOfFlow, knows: ({ status }) => ended.has(status) });
    },
  };
}

async function flowKey({ database, cursors, streamsOf }: StateFeedsDeps, id: string): Promise<string> {
  const flow = await makeReads({ query: database, cursors, streamsOf, seesPersonalData: false }).flow(id);
  if (flow === null) throw new KoppelError('BAD_INPUT', { where: 'flowId', what: unknown.flowId(id) });
  return flow.key;
}
