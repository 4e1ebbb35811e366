/** Checks after a restore over the API: how far they are, starting one, and letting flows write without it. */
import { Arg, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Actor } from '../schema/audit.js';
import { Flow } from '../schema/flow.js';
import {
  RestoreCheck,
  RestoreCheckFlow,
  RestoreCheckPayload,
  RestoreCheckSkipInput,
  RestoreCheckStartInput,
} from '../schema/restore-check.js';
import { nobodyOr } from './actors.js';
import type { Context } from './context.js';
import { refusal } from './user-errors.js';

@Resolver(() => RestoreCheck)
export class RestoreCheckResolver {
  @Query(() => RestoreCheck, {
    nullable: true,
    description: 'The check after a restore that goes on, else the last one; null when there never was one.',
  })
  restoreCheck(@Ctx() { reads }: Context) {
    return reads.restoreCheck();
  }

  @FieldResolver(() => Actor, { nullable: true, description: 'A person, a program, or the hub, which noticed it.' })
  startedBy(@Root() { startedById }: RestoreCheck, @Ctx() context: Context) {
    return nobodyOr(context, startedById);
  }

  @Mutation(() => RestoreCheckPayload, {
    description:
      'Says that the database was restored: from now on nothing is written to the target of a flow before it was compared. A check that goes on is given back.',
  })
  async restoreCheckStart(
    @Arg('input', () => RestoreCheckStartInput) { reason }: RestoreCheckStartInput,
    @Ctx() context: Context,
  ): Promise<RestoreCheckPayload> {
    const id = await context.commands.restoreChecks.start(context.caller.actorId);
    await context.audit('restoreCheckStart', id, { reason: wordsOf(reason) });
    return { restoreCheck: await context.fresh().restoreCheck(), userErrors: [] };
  }

  @Mutation(() => RestoreCheckPayload, {
    description: 'Lets flows write that were not compared yet: nothing was lost, because the database was only moved.',
  })
  async restoreCheckSkip(
    @Arg('input', () => RestoreCheckSkipInput) { reason }: RestoreCheckSkipInput,
    @Ctx() context: Context,
  ): Promise<RestoreCheckPayload> {
    try {
      const { restore, flows } = await context.commands.restoreChecks.skip();
      await context.audit('restoreCheckSkip', restore, { flows: [...flows], reason: wordsOf(reason) });
      return { restoreCheck: await context.fresh().restoreCheck(), userErrors: [] };
    } catch (thrown) {
      return { restoreCheck: await context.reads.restoreCheck(), userErrors: [refusal(thrown, [])] };
    }
  }
}

const wordsOf = (reason: string | null | undefined): string | null => reason?.trim() || null;

@Resolver(() => RestoreCheckFlow)
export class RestoreCheckFlowResolver {
  @FieldResolver(() => Flow, { nullable: true, description: 'Null when it was deleted since.' })
  flow(@Root() { flowKey }: RestoreCheckFlow, @Ctx() { reads }: Context) {
    return reads.flowByKey(flowKey);
  }
}

/** What a flow says of a check that goes on. */
@Resolver(() => Flow)
export class RestoredFlowResolver {
  @FieldResolver(() => RestoreCheckFlow, {
    nullable: true,
    description:
      'While the flow may not write, because it was not compared since the database was restored; else null.',
  })
  restoreCheck(@Root() { key }: Flow, @Ctx() { reads }: Context) {
    return reads.restoreCheckOf(key);
  }
}
