/** The live activity log as resolvers see it; http/event-feed.ts reads the journal for it. */
import type { Flow, FlowRun, SyncState } from '../schema/flow.js';
import type { DeadLetterFilter, SyncEventFilter } from '../schema/operation-filters.js';
import type { SyncEventRecordedPayload } from '../schema/payloads.js';
import type { System } from '../schema/system.js';
import type { MappingMark } from '../store/followed-reads.js';
import type { Job } from '../store/jobs.js';
import type { MappingRow } from '../store/mapping-access.js';
import type { Caller } from '../security/caller.js';

export interface FeedClient {
  /** Throws when the key that opened the feed is not valid any more. Called before every event. */
  recheck(): Promise<void>;
  /** Called before every event, so that each is answered from fresh reads. */
  renew(): void;
  readonly signal: AbortSignal;
  readonly caller: Caller;
}

/** Jobs as they go on; http/job-feed.ts reads them. */
export interface JobFeed {
  /** Ends when the job has ended. Throws BAD_INPUT when there is none. */
  open(client: FeedClient, jobId: string): Promise<AsyncIterable<Job>>;
}

export interface EventFeed {
  open(
    client: FeedClient,
    args: { readonly since?: string | null; readonly filter?: SyncEventFilter | null; readonly search?: string | null },
  ): Promise<AsyncIterable<SyncEventRecordedPayload>>;
}

/** A problem that has changed, and how many open ones there are. */
export interface ChangedProblem {
  readonly id: string;
  readonly openCount: number;
}

/**
 * States as they change; http/state-feeds.ts watches them. They begin with the present state, problems with the one that failed last. Throws BAD_INPUT when
 * there is none with an id that is given.
 */
export interface StateFeeds {
  flows(client: FeedClient, flowId: string | null): Promise<AsyncIterable<Flow>>;
  /** Of a run by its id until it has ended; of flows those that go on and those that begin. */
  runs(
    client: FeedClient,
    follow: { readonly flowId: string | null; readonly runId: string | null },
  ): Promise<AsyncIterable<FlowRun>>;
  systems(client: FeedClient, systemId: string | null): Promise<AsyncIterable<System>>;
  mappings(client: FeedClient, mappingId: string | null): Promise<AsyncIterable<MappingMark>>;
  /** The mapping in a state that was told, or in a later one; null when it is gone. All who are told share one statement. */
  mapping(mark: MappingMark): Promise<MappingRow | null>;
  /** At most one message a second per flow. */
  syncStates(client: FeedClient, flowId: string | null): Promise<AsyncIterable<SyncState>>;
  problems(client: FeedClient, filter: DeadLetterFilter | null): Promise<AsyncIterable<ChangedProblem>>;
}
