/** The live activity log as resolvers see it; http/event-feed.ts reads the journal for it. */
import type { SyncEventFilter } from '../schema/operation-filters.js';
import type { SyncEventRecordedPayload } from '../schema/payloads.js';
import type { Job } from '../store/jobs.js';
import type { Caller } from '../security/keyring.js';

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
    args: { readonly since?: string | null; readonly filter?: SyncEventFilter | null },
  ): Promise<AsyncIterable<SyncEventRecordedPayload>>;
}
