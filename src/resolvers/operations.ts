/** Systems, flows and how far they have come. */
import { Arg, Args, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import { KoppelError } from '../base/errors.js';
import { FlowRunConnection } from '../schema/connections.js';
import { FlowActivity } from '../schema/flow-activity.js';
import { Flow, FlowRun, SyncCounts, SyncState } from '../schema/flow.js';
import { FlowSettings } from '../schema/flow-settings.js';
import { FlowFilter } from '../schema/operation-filters.js';
import { Count, PageArgs } from '../schema/page.js';
import { Duration, durationMs } from '../schema/scalars.js';
import { SyncError } from '../schema/sync-event.js';
import { Connector, System, SystemCalls, SystemHealth } from '../schema/system.js';
import type { BucketRange } from '../store/event-counts.js';
import type { Context } from './context.js';
import { shownSettings } from './flow-settings.js';
import { flowsOf, lastErrorOf, noCounts } from './operation-shapes.js';

@Resolver(() => System)
export class SystemResolver {
  @Query(() => [Connector], { description: 'Kinds of applications that the hub can talk to.' })
  connectors(@Ctx() context: Context) {
    return context.connectors();
  }

  @Query(() => [System], { description: 'All connected systems.' })
  systems(@Ctx() { reads }: Context) {
    return reads.load.systems();
  }

  @Query(() => System, { nullable: true, description: 'A connected system by its id.' })
  system(@Arg('id', () => ID) id: string, @Ctx() { reads }: Context) {
    return reads.system(id);
  }

  @FieldResolver(() => Connector, { nullable: true })
  connector(@Root() system: System, @Ctx() context: Context) {
    return context.connectors().find(({ key }) => key === system.connectorKind) ?? null;
  }

  @FieldResolver(() => SystemHealth)
  health(@Root() system: System) {
    return system;
  }

  @FieldResolver(() => [Flow])
  async flows(@Root() system: System, @Ctx() { reads }: Context) {
    return (await reads.flows()).filter(({ sourceKey, targetKey }) => [sourceKey, targetKey].includes(system.key));
  }
}

@Resolver(() => SystemHealth)
export class SystemHealthResolver {
  @FieldResolver(() => SyncError, { nullable: true })
  lastError(@Root() system: System) {
    return lastErrorOf(system);
  }

  @FieldResolver(() => SystemCalls, { description: 'How writes to it went within the window.' })
  async calls(
    @Root() { key }: System,
    @Arg('window', () => Duration, { description: 'How far it looks back; PT1S to P7D.' }) window: string,
    @Ctx() { reads }: Context,
  ) {
    const windowMs = durationMs(window);
    if (windowMs < 1_000 || windowMs > 7 * 86_400_000)
      throw new KoppelError('BAD_INPUT', { where: 'window', what: 'a window is between PT1S and P7D' });
    return (await reads.systemCalls(windowMs)).get(key) ?? { written: 0, failed: 0, medianMs: null, p95Ms: null };
  }
}

const mostPieces = 48;
const minuteMs = 60_000;
const dayMs = 86_400_000;

/** Whole pieces, so that they stay the same while time goes on. */
function piecesUntil(now: number, windowMs: number, pieces: number): BucketRange {
  if (pieces < 1 || pieces > mostPieces)
    throw new KoppelError('BAD_INPUT', { where: 'pieces', what: `1 to ${mostPieces} are possible` });
  if (windowMs < minuteMs || windowMs > 31 * dayMs)
    throw new KoppelError('BAD_INPUT', { where: 'window', what: 'a window is between PT1M and P31D' });
  const stepMs = Math.ceil(windowMs / pieces);
  return { from: Math.ceil(now / stepMs) * stepMs - stepMs * pieces, stepMs, pieces };
}

@Resolver(() => Flow)
export class FlowResolver {
  @Query(() => [Flow], { description: 'All flows.' })
  async flows(
    @Arg('filter', () => FlowFilter, { nullable: true }) filter: FlowFilter | null,
    @Ctx() { reads }: Context,
  ) {
    return flowsOf(await reads.flows(), await reads.load.systems(), filter);
  }

  @Query(() => Flow, { nullable: true, description: 'A flow by its id.' })
  flow(@Arg('id', () => ID) id: string, @Ctx() { reads }: Context) {
    return reads.flow(id);
  }

  @Query(() => [SyncState], { description: 'How far each flow has come.' })
  async syncStates(
    @Arg('filter', () => FlowFilter, { nullable: true }) filter: FlowFilter | null,
    @Ctx() { reads }: Context,
  ) {
    const flows = flowsOf(await reads.flows(), await reads.load.systems(), filter);
    return flows.map((flow) => reads.syncState(flow));
  }

  @FieldResolver(() => System)
  source(@Root() flow: Flow, @Ctx() { reads }: Context) {
    return reads.systemByKey(flow.sourceKey);
  }

  @FieldResolver(() => System)
  target(@Root() flow: Flow, @Ctx() { reads }: Context) {
    return reads.systemByKey(flow.targetKey);
  }

  @FieldResolver(() => FlowSettings)
  settings(@Root() flow: Flow, @Ctx() { commands }: Context) {
    return shownSettings(commands.settingsOf(flow.storedSettings));
  }

  @FieldResolver(() => SyncState)
  syncState(@Root() flow: Flow, @Ctx() { reads }: Context) {
    return reads.syncState(flow);
  }

  @FieldResolver(() => FlowRunConnection)
  runs(@Root() flow: Flow, @Args(() => PageArgs) page: PageArgs, @Ctx() { reads }: Context) {
    return reads.runsOf(flow, page);
  }

  @FieldResolver(() => [FlowActivity], {
    description: 'What it did in the window, in pieces of the same length, the oldest first; the last one goes on.',
  })
  activity(
    @Root() flow: Flow,
    @Arg('window', () => Duration, { defaultValue: 'P1D', description: 'How far it looks back; PT1M to P31D.' })
    window: string,
    @Arg('pieces', () => Int, { defaultValue: 24, description: 'How many pieces; 1 to 48.' }) pieces: number,
    @Ctx() context: Context,
  ) {
    return context.reads.flowActivity(flow.key, piecesUntil(context.now().getTime(), durationMs(window), pieces));
  }

  @FieldResolver(() => Int)
  openDeadLetterCount(@Root() flow: Flow, @Ctx() { reads }: Context) {
    return reads.openProblems(flow.key);
  }
}

@Resolver(() => SyncState)
export class SyncStateResolver {
  @FieldResolver(() => Flow)
  flow(@Root() state: SyncState) {
    return state.flow;
  }

  @FieldResolver(() => Count, { description: 'Records that are not delivered yet.' })
  pending(@Root() state: SyncState) {
    return { value: state.pendingCount, precision: 'EXACT' };
  }

  @FieldResolver(() => FlowRun, { nullable: true })
  lastRun(@Root() state: SyncState) {
    return state.lastRunRow;
  }

  @FieldResolver(() => SyncCounts, { description: 'Sums over the runs that started within the window.' })
  async counts(@Root() state: SyncState, @Arg('window', () => Duration) window: string, @Ctx() { reads }: Context) {
    return (await reads.load.counts.load({ flow: state.flow.key, windowMs: durationMs(window) })) ?? noCounts;
  }
}

@Resolver(() => FlowRun)
export class FlowRunResolver {
  @FieldResolver(() => Flow, { nullable: true })
  flow(@Root() run: FlowRun, @Ctx() { reads }: Context) {
    return reads.flowByKey(run.flowKey);
  }
}
