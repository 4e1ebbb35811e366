/**
 * Mutations. Each checks what was asked, hands it to the engine and leaves an audit row; what a person can correct comes back
 * as `userErrors`, everything else is thrown.
 */
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import {
  ApiKeyCreateInput,
  ApiKeyRevokeInput,
  DeadLettersDiscardInput,
  DeadLettersReplayInput,
  FlowPauseInput,
  FlowResumeInput,
  FlowRunInput,
  SystemFieldsDiscoverInput,
  SystemTestInput,
} from '../schema/inputs.js';
import {
  ApiKeyCreatePayload,
  ApiKeyRevokePayload,
  DeadLettersDiscardPayload,
  DeadLettersReplayPayload,
  FlowPausePayload,
  FlowResumePayload,
  FlowRunPayload,
  SystemFieldsDiscoverPayload,
  SystemTestPayload,
} from '../schema/payloads.js';
import { createKey, revokeKey } from './key-commands.js';
import { discardProblems, replayProblems } from './problem-commands.js';
import { changeFlow, discoverFields, testSystem } from './flow-commands.js';
import type { Context } from './context.js';

@Resolver()
export class CommandResolver {
  @Mutation(() => FlowPausePayload, { description: 'Stops a flow until somebody resumes it, or until a moment.' })
  flowPause(@Arg('input', () => FlowPauseInput) input: FlowPauseInput, @Ctx() context: Context) {
    const { id, reason = null, until = null } = input;
    const pause = (key: string): Promise<void> => context.commands.pauseFlow(key, reason, until);
    return changeFlow(context, 'flowPause', id, pause, { reason, until: until?.toISOString() ?? null });
  }

  @Mutation(() => FlowResumePayload, { description: 'Lets a paused flow work again.' })
  flowResume(@Arg('input', () => FlowResumeInput) input: FlowResumeInput, @Ctx() context: Context) {
    return changeFlow(context, 'flowResume', input.id, (key) => context.commands.resumeFlow(key));
  }

  @Mutation(() => FlowRunPayload, { description: 'Runs a flow now.' })
  async flowRun(@Arg('input', () => FlowRunInput) input: FlowRunInput, @Ctx() context: Context) {
    const { flow, userErrors } = await changeFlow(context, 'flowRun', input.id, (key) => context.commands.runFlow(key));
    return { flow, run: null, userErrors };
  }

  @Mutation(() => DeadLettersReplayPayload, { description: "Tries problems again with today's rules." })
  deadLettersReplay(
    @Arg('input', () => DeadLettersReplayInput) input: DeadLettersReplayInput,
    @Ctx() context: Context,
  ) {
    return replayProblems(context, input);
  }

  @Mutation(() => DeadLettersDiscardPayload, { description: 'Puts problems aside for good.' })
  deadLettersDiscard(
    @Arg('input', () => DeadLettersDiscardInput) input: DeadLettersDiscardInput,
    @Ctx() context: Context,
  ) {
    return discardProblems(context, input);
  }

  @Mutation(() => SystemTestPayload, { description: 'Tries the stored credentials; changes nothing in the system.' })
  systemTest(@Arg('input', () => SystemTestInput) input: SystemTestInput, @Ctx() context: Context) {
    return testSystem(context, input);
  }

  @Mutation(() => SystemFieldsDiscoverPayload, {
    description: 'Asks a system which fields people have added to it, so that mappings can name them at once.',
  })
  systemFieldsDiscover(
    @Arg('input', () => SystemFieldsDiscoverInput) input: SystemFieldsDiscoverInput,
    @Ctx() context: Context,
  ) {
    return discoverFields(context, input.id);
  }

  @Mutation(() => ApiKeyCreatePayload, { description: 'Makes a key; the secret is shown only in this answer.' })
  apiKeyCreate(@Arg('input', () => ApiKeyCreateInput) input: ApiKeyCreateInput, @Ctx() context: Context) {
    return createKey(context, input);
  }

  @Mutation(() => ApiKeyRevokePayload, { description: 'Ends a key at once, also on open sockets.' })
  apiKeyRevoke(@Arg('input', () => ApiKeyRevokeInput) input: ApiKeyRevokeInput, @Ctx() context: Context) {
    return revokeKey(context, input.id);
  }
}
