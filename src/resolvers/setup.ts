/** The first steps over the API: how far they are, and saying that one is done which the hub cannot see. */
import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { SetupState, SetupStepCompleteInput, SetupStepCompletePayload } from '../schema/setup.js';
import type { Context } from './context.js';
import { refusal } from './user-errors.js';

async function stateOf({ commands }: Context): Promise<SetupState> {
  const steps = await commands.setup.steps();
  return { isComplete: steps.every(({ status }) => status === 'DONE' || status === 'SKIPPED'), steps };
}

@Resolver()
export class SetupResolver {
  @Query(() => SetupState, {
    description: 'How far the first steps are. Most is read from what there is, so it is the same in every browser.',
  })
  setup(@Ctx() context: Context): Promise<SetupState> {
    return stateOf(context);
  }

  @Mutation(() => SetupStepCompletePayload, {
    description: 'Says that a step is done, or left out, of which the hub cannot see it.',
  })
  async setupStepComplete(
    @Arg('input', () => SetupStepCompleteInput) { step }: SetupStepCompleteInput,
    @Ctx() context: Context,
  ): Promise<SetupStepCompletePayload> {
    try {
      await context.commands.setup.complete(step, context.caller.actorId);
    } catch (thrown) {
      return { setup: null, userErrors: [refusal(thrown, ['step'])] };
    }
    await context.audit('setupStepComplete', step, { step });
    return { setup: await stateOf(context), userErrors: [] };
  }
}
