/** Commands about problems. A selection is resolved once, so that what was counted is what is tried again. */
import type { DeadLetterSelection, DeadLettersDiscardInput, DeadLettersReplayInput } from '../schema/inputs.js';
import type { DeadLettersDiscardPayload, DeadLettersReplayPayload, ReplayPlan } from '../schema/payloads.js';
import type { Context } from './context.js';
import { refusal, userError } from './user-errors.js';

/** What trying them again would mean; nothing is done. */
export async function planReplay({ reads }: Context, selection: DeadLetterSelection): Promise<ReplayPlan> {
  const ids = await reads.openProblemIds(selection, mostProblems);
  return reads.replayPlan(ids, ids.length < mostProblems);
}

/** Most problems of one command. */
export const mostProblems = 10_000;

const nothing = 'No open problem is meant by the selection.';

export async function replayProblems(
  context: Context,
  input: DeadLettersReplayInput,
): Promise<DeadLettersReplayPayload> {
  const ids = await context.reads.openProblemIds(input.selection, mostProblems);
  const plan = await context.reads.replayPlan(ids, ids.length < mostProblems);
  if (ids.length === 0) {
    return { plan, replayedCount: 0, userErrors: [userError('NOT_FOUND', nothing, ['selection'])] };
  }
  if (input.isDryRun) return { plan, replayedCount: 0, userErrors: [] };
  try {
    const replayedCount = await context.commands.replayParked(ids, { asOwn: input.mode === 'AS_OWN' });
    await context.audit('deadLettersReplay', subjectOf(ids), { count: ids.length, mode: input.mode, replayedCount });
    return { plan, replayedCount, userErrors: [] };
  } catch (thrown) {
    return { plan, replayedCount: 0, userErrors: [refusal(thrown, ['selection'])] };
  }
}

/**
 * Tries problems again whose cause somebody has removed. Flows that the hub has stopped because of them go on, or what is
 * tried again would only be held.
 */
export async function replayRemedied(context: Context, ids: readonly string[]): Promise<number> {
  if (ids.length === 0) return 0;
  const flows = await context.fresh().suspendedFlowsOf(ids);
  const count = await context.commands.replayParked(ids, { asOwn: false });
  for (const flow of flows) {
    await context.commands.resumeFlow(flow);
    const id = (await context.reads.flowByKey(flow))?.id ?? flow;
    await context.audit('flowResume', id, { flow, reason: 'Its problems were remedied.' });
  }
  return count;
}

export async function discardProblems(
  context: Context,
  input: DeadLettersDiscardInput,
): Promise<DeadLettersDiscardPayload> {
  const reason = input.reason.trim();
  if (reason === '') {
    return {
      discardedCount: 0,
      userErrors: [userError('BLANK', 'Say why the problems need nothing more.', ['reason'])],
    };
  }
  const ids = await context.reads.openProblemIds(input.selection, mostProblems);
  if (ids.length === 0) return { discardedCount: 0, userErrors: [userError('NOT_FOUND', nothing, ['selection'])] };
  const discardedCount = await context.commands.discardParked(
    ids,
    `${input.resolution}: ${reason}`,
    context.caller.actorId,
  );
  await context.audit('deadLettersDiscard', subjectOf(ids), { reason, resolution: input.resolution, discardedCount });
  return { discardedCount, userErrors: [] };
}

/** What an audit entry is about. */
export const subjectOf = (ids: readonly string[]): string => (ids.length === 1 ? ids[0]! : `${ids.length} problems`);
