/** Making flows and changing what is set for them. What is wrong with an input comes back as `userErrors`. */
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { Document } from '../base/document.js';
import {
  FlowCreateInput,
  FlowCreatePayload,
  FlowDeleteInput,
  FlowDeletePayload,
  FlowDisableInput,
  FlowDisablePayload,
  FlowEnableInput,
  FlowEnablePayload,
  FlowUpdateInput,
  FlowUpdatePayload,
} from '../schema/flow-inputs.js';
import type { Flow } from '../schema/flow.js';
import type { UserError } from '../schema/payloads.js';
import { durationMs } from '../schema/scalars.js';
import type { NewFlow } from '../sync/flows.js';
import { changesBetween } from './audit-changes.js';
import type { Context } from './context.js';
import { changeFlow } from './flow-commands.js';
import { settingsPatch } from './flow-settings.js';
import { refusal, userError } from './user-errors.js';

/** The hub's word for each kind of record that a flow can carry. */
const flowEntities = {
  PRODUCT: 'product',
  CATEGORY: 'category',
  STOCK_LEVEL: 'stock',
  CUSTOMER: 'customer',
  ORDER: 'order',
} as const;
const leastEveryMs = 1_000;

@Resolver()
export class FlowAdminResolver {
  @Mutation(() => FlowCreatePayload, { description: 'Makes a flow; it does nothing until it is enabled.' })
  async flowCreate(@Arg('input', () => FlowCreateInput) input: FlowCreateInput, @Ctx() context: Context) {
    const settings = settingsPatch(input.settings ?? {}, {});
    const problems = [...settings.problems, ...everyProblem(input.every)];
    const say = (message: string, ...field: readonly string[]): void => void problems.push({ message, field });
    const entity = flowEntities[input.entityType as keyof typeof flowEntities] as
      (typeof flowEntities)[keyof typeof flowEntities] | undefined;
    if (entity === undefined) say(`A flow carries one of ${Object.keys(flowEntities).join(', ')}.`, 'entityType');
    if (!/^[a-z0-9][a-z0-9-]{0,62}$/.test(input.key)) say('Use small letters, digits and dashes, 1 to 63.', 'key');
    if (input.name.trim() === '') say('The name must not be empty.', 'name');
    const { reads } = context;
    const source = await reads.system(input.sourceSystemId);
    const target = await reads.system(input.targetSystemId);
    if (source === null) say(`There is no system ${input.sourceSystemId}.`, 'sourceSystemId');
    if (target === null) say(`There is no system ${input.targetSystemId}.`, 'targetSystemId');
    if (source !== null && source.id === target?.id) say('Source and target must be two systems.', 'targetSystemId');
    if (entity !== undefined && target !== null)
      problems.push(...engineProblems(context, entity, target.connectorKind, settings.patch));
    if ((await reads.flows()).some((flow) => flow.key === input.key)) say(`There is a flow ${input.key}.`, 'key');
    if (problems.length > 0 || entity === undefined || source === null || target === null) {
      return { flow: null, userErrors: problems.map(({ message, field }) => userError('INVALID', message, field)) };
    }
    try {
      await context.commands.createFlow({
        key: input.key,
        name: input.name.trim(),
        entity,
        source: source.key,
        target: target.key,
        pollEveryMs: input.every == null ? 5_000 : durationMs(input.every),
        settings: settings.patch,
      });
    } catch (thrown) {
      return { flow: null, userErrors: [refusal(thrown, ['key'])] };
    }
    const flow = (await context.fresh().flows()).find(({ key }) => key === input.key) ?? null;
    await context.audit('flowCreate', flow?.id ?? input.key, { flow: input.key });
    return { flow, userErrors: [] };
  }

  @Mutation(() => FlowUpdatePayload, { description: 'Changes name, rhythm or settings of a flow.' })
  async flowUpdate(@Arg('input', () => FlowUpdateInput) input: FlowUpdateInput, @Ctx() context: Context) {
    const flow = await context.reads.flow(input.id);
    const { patch, problems } = settingsPatch(input.settings ?? {}, flow?.storedSettings ?? {});
    const all = [...problems, ...everyProblem(input.every)];
    const target = flow === null ? null : await context.reads.systemByKey(flow.targetKey);
    if (flow !== null && target !== null) {
      all.push(...engineProblems(context, flow.entity as NewFlow['entity'], target.connectorKind, patch));
    }
    if (input.name != null && input.name.trim() === '') {
      all.push({ message: 'The name must not be empty.', field: ['name'] });
    }
    if (all.length > 0) {
      return { flow: null, userErrors: all.map(({ message, field }) => userError('INVALID', message, field)) };
    }
    const update = (key: string): Promise<void> =>
      context.commands.updateFlow(key, {
        expectedVersion: input.expectedVersion,
        name: input.name?.trim() ?? null,
        pollEveryMs: input.every == null ? null : durationMs(input.every),
        settings: patch,
      });
    const detail = (before: Flow, after: Flow | null): Document => ({
      changes: changesBetween(setOf(before), setOf(after ?? before)),
    });
    return changeFlow(context, 'flowUpdate', input.id, update, detail);
  }

  @Mutation(() => FlowEnablePayload, { description: 'Lets a new or disabled flow work.' })
  flowEnable(@Arg('input', () => FlowEnableInput) input: FlowEnableInput, @Ctx() context: Context) {
    return changeFlow(context, 'flowEnable', input.id, (key) => context.commands.enableFlow(key));
  }

  @Mutation(() => FlowDisablePayload, { description: 'Ends a flow; what it has delivered stays.' })
  flowDisable(@Arg('input', () => FlowDisableInput) input: FlowDisableInput, @Ctx() context: Context) {
    return changeFlow(context, 'flowDisable', input.id, (key) => context.commands.disableFlow(key));
  }

  @Mutation(() => FlowDeletePayload, {
    description:
      'Deletes a flow that is disabled or was never enabled. Its open problems are put aside; records that the target has by it stay there as they are, and the hub goes on knowing them.',
  })
  async flowDelete(
    @Arg('input', () => FlowDeleteInput) { id, confirmation }: FlowDeleteInput,
    @Ctx() context: Context,
  ): Promise<FlowDeletePayload> {
    const refused = (error: UserError): FlowDeletePayload => ({
      ...{ deletedId: null, discardedCount: 0, leftCount: 0 },
      userErrors: [error],
    });
    const flow = await context.reads.flow(id);
    if (flow === null) return refused(userError('NOT_FOUND', `There is no flow ${id}.`, ['id']));
    if (confirmation !== flow.key) {
      const { problems, records } = await context.commands.flowRemains(flow.key);
      const effect = `${problems} open problems would be put aside, ${records} records would stay in the target as they are.`;
      return refused(userError('CONFIRMATION_REQUIRED', `Type ${flow.key} to confirm: ${effect}`, ['confirmation']));
    }
    try {
      const { problems, records } = await context.commands.deleteFlow(flow.key);
      await context.audit('flowDelete', id, { flow: flow.key, discardedCount: problems, leftCount: records });
      return { deletedId: id, discardedCount: problems, leftCount: records, userErrors: [] };
    } catch (thrown) {
      return refused(refusal(thrown, ['id']));
    }
  }
}

/** All that people set for a flow. */
const setOf = ({ name, schedule: { every }, storedSettings }: Flow): Document => ({ name, every, ...storedSettings });

function engineProblems({ commands }: Context, entity: NewFlow['entity'], targetKind: string, settings: Document) {
  return commands
    .settingProblems(entity, targetKind, settings)
    .map(({ message, field }) => ({ message, field: ['settings', ...field] }));
}

function everyProblem(every: string | null | undefined): { message: string; field: readonly string[] }[] {
  if (every == null || durationMs(every) >= leastEveryMs) return [];
  return [{ message: 'A source is looked at once a second at most.', field: ['every'] }];
}
