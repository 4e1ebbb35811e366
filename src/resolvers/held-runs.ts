/** Runs that the write guard holds: what is held, and letting it go on or dropping it. */
import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { entityTypes } from '../schema/entity-words.js';
import { Flow, FlowRun } from '../schema/flow.js';
import { FlowRunReleaseInput, FlowRunReleasePayload, HarmKind, RunHold } from '../schema/held-run.js';
import type { HeldCounts, HoldRow } from '../store/write-holds.js';
import type { Context } from './context.js';
import { isHidden } from './personal-mappings.js';
import { refusal, userError } from './user-errors.js';

const masked = '•••';
const longestReason = 500;

const sumOf = (counts: HeldCounts): number => Object.values(counts).reduce((sum, count) => sum + count, 0);

/** In the order of the kinds, none that did not happen. */
const countsBy = (counts: HeldCounts) =>
  Object.keys(HarmKind).flatMap((kind) => {
    const count = counts[`HELD_${kind}`] ?? 0;
    return count === 0 ? [] : [{ kind, count }];
  });

const isOnly = (counts: HeldCounts, code: string): boolean => sumOf(counts) > 0 && counts[code] === sumOf(counts);
const afterRestore =
  'The database was restored, and the target holds something of these records that the hub does not remember and the source does not say.';

function shownHold(context: Context, row: HoldRow, target: string | null): RunHold {
  const { heldAt, records, percent, endedAt, ending, note } = row;
  return {
    ...{ heldAt, endedAt, ending, note },
    reason: isOnly(row.counts, 'HELD_RESTORED')
      ? afterRestore
      : `More than ${records} records, and more than ${percent} % of what the flow was changing within five minutes, would have lost something: their stock, their price, a filled field or their being in use.`,
    affectedCount: sumOf(row.counts),
    affected: countsBy(row.counts),
    samples: row.samples.map(({ entity, canonicalId, harm, label, changes }) => ({
      // Stock is that of a variant, which has the page.
      entityType: entityTypes[entity === 'stock' ? 'variant' : entity]!,
      entityId: canonicalId,
      label: label !== null && isHidden(context, entity) ? masked : label,
      kind: harm.toUpperCase(),
      changes: isHidden(context, entity) ? [] : changes.map((change) => ({ ...change, about: { entity, system: target } })), // prettier-ignore
    })),
  };
}

@Resolver(() => FlowRun)
export class RunHoldResolver {
  @FieldResolver(() => RunHold, {
    nullable: true,
    description: 'What the write guard holds of the run, or held; null when it never held anything.',
  })
  async hold(@Root() run: FlowRun, @Ctx() context: Context): Promise<RunHold | null> {
    const row = await context.reads.load.hold.load(run.id);
    const flow = row === null ? null : await context.reads.flowByKey(row.flow);
    return row === null ? null : shownHold(context, row, flow?.targetKey ?? null);
  }

  @Mutation(() => FlowRunReleasePayload, {
    description: 'Sends what a run holds, or drops it. Nothing else of the flow waits for that.',
  })
  async flowRunRelease(
    @Arg('input', () => FlowRunReleaseInput) { runId, isApproved, reason = null }: FlowRunReleaseInput,
    @Ctx() context: Context,
  ): Promise<FlowRunReleasePayload> {
    const note = reason?.trim() || null;
    const run = await context.reads.load.run.load(runId);
    const refused = (error: FlowRunReleasePayload['userErrors'][number]): FlowRunReleasePayload => ({ run, affectedCount: 0, userErrors: [error] }); // prettier-ignore
    if (run === null) return refused(userError('NOT_FOUND', `There is no run ${runId}.`, ['runId']));
    if (note !== null && note.length > longestReason)
      return refused(userError('TOO_LONG', `A reason has at most ${longestReason} characters.`, ['reason']));
    try {
      const affectedCount = sumOf(await context.commands.heldRuns.end(runId, { isApproved, note }));
      const flow = await context.reads.flowByKey(run.flowKey);
      const detail = { flow: run.flowKey, run: runId, count: affectedCount, reason: note };
      await (isApproved
        ? context.audit('flowRunRelease', flow?.id ?? runId, detail)
        : context.audit('flowRunDrop', flow?.id ?? runId, detail));
      return { run: await context.fresh().load.run.load(runId), affectedCount, userErrors: [] };
    } catch (thrown) {
      return refused(refusal(thrown, ['runId']));
    }
  }
}

@Resolver(() => Flow)
export class HeldFlowResolver {
  @FieldResolver(() => FlowRun, {
    nullable: true,
    description: 'The run whose harmful writes the guard holds now; null while it holds none of the flow.',
  })
  async heldRun(@Root() { key }: Flow, @Ctx() { reads }: Context) {
    const held = (await reads.load.openHolds()).find(({ flow }) => flow === key);
    return held === undefined ? null : reads.load.run.load(held.run);
  }
}
