/** The sandboxes that a hub was started with: what there is to try, and connecting it. No secret is in any answer. */
import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { entityTypes } from '../schema/entity-words.js';
import { Demo, DemoConnectInput, DemoConnectPayload } from '../schema/demo.js';
import type { Context } from './context.js';
import { shownSettings } from './flow-settings.js';
import { userError } from './user-errors.js';

@Resolver()
export class DemoResolver {
  @Query(() => Demo, { nullable: true, description: 'Null when the hub was started without sandboxes.' })
  demo(@Ctx() { commands }: Context): Demo | null {
    const { demo } = commands;
    return (
      demo && {
        systems: demo.systems.map(({ connector: connectorKey, key, name }) => ({ connectorKey, key, name })),
        flows: demo.flows.map(({ entity, source: sourceKey, target: targetKey, settings }) => ({
          ...{ entityType: entityTypes[entity]!, sourceKey, targetKey },
          settings: shownSettings(commands.settingsOf(settings)),
        })),
      }
    );
  }

  @Mutation(() => DemoConnectPayload, { description: 'Connects the sandboxes that the hub was started with.' })
  async demoConnect(
    @Arg('input', () => DemoConnectInput) { connectorKeys }: DemoConnectInput,
    @Ctx() context: Context,
  ): Promise<DemoConnectPayload> {
    const { demo } = context.commands;
    if (demo === null) {
      const none = userError('NOT_FOUND', 'This hub was started without sandboxes.', ['connectorKeys']);
      return { systems: [], userErrors: [none] };
    }
    const keys = await demo.connect(connectorKeys ?? null);
    const systems = (await context.fresh().load.systems()).filter(({ key }) => keys.includes(key));
    for (const { id, key } of systems) await context.audit('demoConnect', id, { system: key });
    return { systems, userErrors: [] };
  }
}
