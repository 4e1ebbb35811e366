/**
 * Flows, runs, systems, mappings and problems as they change. A message is the state as it is then: several changes in a row may
 * come as one, and the last is never missed.
 */
import { Arg, Ctx, ID, Resolver, Root, Subscription } from 'type-graphql';
import { Flow, FlowRun, SyncState } from '../schema/flow.js';
import { Mapping } from '../schema/mapping.js';
import { DeadLetterFilter } from '../schema/operation-filters.js';
import { DeadLetterChangedPayload } from '../schema/payloads.js';
import { System } from '../schema/system.js';
import type { MappingMark } from '../store/followed-reads.js';
import type { Context } from './context.js';
import type { ChangedProblem, StateFeeds } from './feed.js';
import { shownMapping } from './mapping-shapes.js';

interface Asked {
  readonly args: object;
  readonly context: unknown;
}
type Arguments = Readonly<Record<'flowId' | 'runId' | 'systemId' | 'mappingId', string | undefined | null>>;

const one =
  (name: keyof Arguments, feed: (states: StateFeeds) => StateFeeds['flows' | 'systems' | 'mappings' | 'syncStates']) =>
  ({ args, context }: Asked) =>
    feed((context as Context).states)(context as Context, (args as Arguments)[name] ?? null);

@Resolver()
export class StateResolver {
  @Subscription(() => Flow, {
    description:
      'Flows as they are enabled, paused, stopped and ended: first each as it is, then whenever that changes.',
    subscribe: one('flowId', ({ flows }) => flows),
  })
  flowStateChanged(
    @Root() flow: Flow,
    @Arg('flowId', () => ID, { nullable: true, description: 'Only this one.' }) _?: string,
  ): Flow {
    return flow;
  }

  @Subscription(() => FlowRun, {
    description:
      'Runs of flows as they begin and end, those first that go on; with `runId` only that one, until it has ended.',
    subscribe: ({ args, context }: Asked) => {
      const { flowId, runId } = args as Arguments;
      return (context as Context).states.runs(context as Context, { flowId: flowId ?? null, runId: runId ?? null });
    },
  })
  flowRunProgressed(
    @Root() run: FlowRun,
    @Arg('flowId', () => ID, { nullable: true, description: 'Only those of this flow.' }) _?: string,
    @Arg('runId', () => ID, { nullable: true, description: 'Only this one.' }) __?: string,
  ): FlowRun {
    return run;
  }

  @Subscription(() => System, {
    description: 'Systems as they answer, fail and are paused: first each as it is, then whenever that changes.',
    subscribe: one('systemId', ({ systems }) => systems),
  })
  systemStatusChanged(
    @Root() system: System,
    @Arg('systemId', () => ID, { nullable: true, description: 'Only this one.' }) _?: string,
  ): System {
    return system;
  }

  @Subscription(() => SyncState, {
    description: 'How far flows have come, at most once a second for each: first each as it is, then as it goes on.',
    subscribe: one('flowId', ({ syncStates }) => syncStates),
  })
  syncStateChanged(
    @Root() state: SyncState,
    @Arg('flowId', () => ID, { nullable: true, description: 'Only that of this flow.' }) _?: string,
  ): SyncState {
    return state;
  }

  @Subscription(() => Mapping, {
    description:
      'Mappings as drafts are saved and versions published: first each as it is, then whenever that changes.',
    subscribe: one('mappingId', ({ mappings }) => mappings),
  })
  async mappingChanged(
    @Root() mark: MappingMark,
    @Ctx() { states }: Context,
    @Arg('mappingId', () => ID, { nullable: true, description: 'Only this one.' }) _?: string,
  ): Promise<Mapping | null> {
    const found = await states.mapping(mark);
    return found === null ? null : shownMapping(found);
  }

  @Subscription(() => DeadLetterChangedPayload, {
    description:
      'Problems as they arise, change and end; first, when there is one, the one that failed last. Whoever lists open ones leaves the status out here, to see them end.',
    subscribe: ({ args, context }: Asked) => {
      const { filter } = args as { readonly filter?: DeadLetterFilter | null };
      return (context as Context).states.problems(context as Context, filter ?? null);
    },
  })
  async deadLetterChanged(
    @Root() { id, openCount }: ChangedProblem,
    @Ctx() { reads }: Context,
    @Arg('filter', () => DeadLetterFilter, { nullable: true }) _?: DeadLetterFilter,
  ) {
    return { deadLetter: await reads.load.problem.load(id), openCount };
  }
}
