/** What is going on, at one glance. */
import { Arg, Ctx, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql';
import { KoppelError } from '../base/errors.js';
import { Flow, SyncCounts, SyncState } from '../schema/flow.js';
import { SyncEventFilter } from '../schema/operation-filters.js';
import { ActivityBucket, Overview, SyncEventBucket } from '../schema/overview.js';
import { Duration, durationMs } from '../schema/scalars.js';
import { System } from '../schema/system.js';
import type { BucketRange } from '../store/event-counts.js';
import type { Context } from './context.js';

const pieces = 24;
const mostPieces = 500;
const longestMs = 400 * 86_400_000;
const hourMs = 3_600_000;
const mostBuckets = 200;

/** A window as milliseconds, or a refusal of one that would mean to read everything. */
function windowOf(text: string): number {
  const ms = durationMs(text);
  if (ms >= 1_000 && ms <= longestMs) return ms;
  throw new KoppelError('BAD_INPUT', { where: 'window', what: 'a window is between PT1S and P400D' });
}

/** Whole pieces, so that they stay the same while time goes on; those up to now end with the one that goes on. */
function rangeOf(now: number, filter: SyncEventFilter | null, pieces: number): BucketRange {
  const { from, to, within } = filter?.occurredAt ?? {};
  const end = to == null ? now : new Date(to).getTime();
  const start = from == null ? end - (within == null ? hourMs : durationMs(within)) : new Date(from).getTime();
  const windowMs = end - start;
  if (!(windowMs >= pieces && windowMs <= longestMs)) {
    const what = 'the moments are too close together, too far apart, or in the wrong order';
    throw new KoppelError('BAD_INPUT', { where: 'filter.occurredAt', what });
  }
  const stepMs = Math.ceil(windowMs / pieces);
  const last = to == null ? Math.ceil(now / stepMs) * stepMs : end;
  return { from: from == null ? last - stepMs * pieces : start, stepMs, pieces };
}

/** Only the window is known at once; each field is read when it is asked for. */
type Asked = Overview & { readonly windowMs: number };

@Resolver(() => Overview)
export class OverviewResolver {
  @Query(() => Overview, { description: 'What is going on, and what happened within the window.' })
  overview(@Arg('window', () => Duration, { description: 'How far it looks back.' }) window: string) {
    return { windowMs: windowOf(window) };
  }

  @FieldResolver(() => [System])
  systems(@Ctx() { reads }: Context) {
    return reads.load.systems();
  }

  @FieldResolver(() => [Flow])
  flows(@Ctx() { reads }: Context) {
    return reads.flows();
  }

  @FieldResolver(() => Int)
  async openDeadLetters(@Ctx() { reads }: Context) {
    return (await reads.openCounts()).problems;
  }

  @FieldResolver(() => Int)
  async openFieldConflicts(@Ctx() { reads }: Context) {
    return (await reads.openCounts()).conflicts;
  }

  @FieldResolver(() => Int)
  firingAlerts(@Ctx() { reads }: Context) {
    return reads.firingAlerts();
  }

  @FieldResolver(() => SyncState, { nullable: true })
  async worstLag(@Ctx() { reads }: Context) {
    const states = await Promise.all((await reads.flows()).map((flow) => reads.syncState(flow)));
    const late = states.filter(({ lagSeconds }) => lagSeconds !== null);
    return late.sort((a, b) => (b.lagSeconds ?? 0) - (a.lagSeconds ?? 0))[0] ?? null;
  }

  @FieldResolver(() => SyncCounts)
  async counts(@Root() { windowMs }: Asked, @Ctx() { reads }: Context) {
    return (await reads.totals(windowMs)).now;
  }

  @FieldResolver(() => SyncCounts)
  async previousCounts(@Root() { windowMs }: Asked, @Ctx() { reads }: Context) {
    return (await reads.totals(windowMs)).before;
  }

  @FieldResolver(() => [ActivityBucket])
  activity(@Root() { windowMs }: Asked, @Ctx() { reads }: Context) {
    return reads.activity(windowMs, windowMs / pieces);
  }
}

@Resolver()
export class ActivityResolver {
  @Query(() => [ActivityBucket], {
    description: 'What happened within the window, in pieces of time, the oldest first.',
  })
  activity(
    @Arg('window', () => Duration, { description: 'How far it looks back.' }) window: string,
    @Arg('bucket', () => Duration, { nullable: true, description: 'Length of a piece; a 24th of the window.' })
    bucket: string | null,
    @Ctx() { reads }: Context,
  ) {
    const windowMs = windowOf(window);
    const bucketMs = bucket == null ? windowMs / pieces : durationMs(bucket);
    if (bucketMs <= 0 || windowMs / bucketMs > mostPieces) {
      throw new KoppelError('BAD_INPUT', { where: 'bucket', what: `a window has at most ${mostPieces} pieces` });
    }
    return reads.activity(windowMs, bucketMs);
  }

  @Query(() => [SyncEventBucket], {
    description:
      'Events of the activity log counted in pieces of time, the oldest first: within the moments of the filter, else within the last hour.',
  })
  syncEventBuckets(
    @Arg('search', () => String, { nullable: true }) search: string | null,
    @Arg('filter', () => SyncEventFilter, { nullable: true }) filter: SyncEventFilter | null,
    @Arg('pieces', () => Int, { defaultValue: 60, description: 'How many pieces; 1 to 200.' }) pieces: number,
    @Ctx() context: Context,
  ) {
    if (pieces < 1 || pieces > mostBuckets) {
      throw new KoppelError('BAD_INPUT', { where: 'pieces', what: `1 to ${mostBuckets} are possible` });
    }
    return context.reads.eventBuckets(search, filter, rangeOf(context.now().getTime(), filter, pieces));
  }
}
