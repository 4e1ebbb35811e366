/** Who is asking, how the hub is doing, and the keys there are. */
import { Ctx, Query, Resolver } from 'type-graphql';
import { ApiKey } from '../schema/access.js';
import { Health } from '../schema/health.js';
import { Viewer } from '../schema/user.js';
import { shownKey } from './key-commands.js';
import type { Context } from './context.js';

@Resolver()
export class ViewerResolver {
  @Query(() => Viewer, { description: 'Who is asking and what it may do.' })
  viewer(@Ctx() { caller, language }: Context) {
    return { role: caller.role, scopes: [...caller.scopes], language, actorId: caller.actorId };
  }

  @Query(() => Health, { description: 'How the hub itself is doing.' })
  health(@Ctx() context: Context) {
    return context.health();
  }

  @Query(() => [ApiKey], { description: 'All keys, ended ones included.' })
  async apiKeys(@Ctx() { keys }: Context) {
    return (await keys.list()).map(shownKey);
  }
}
