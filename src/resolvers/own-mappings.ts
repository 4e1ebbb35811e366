/** Mappings that people make over the API: make, copy, choose for a system, delete; and who uses a mapping. */
import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import type { Document } from '../base/document.js';
import { Flow } from '../schema/flow.js';
import { Mapping } from '../schema/mapping.js';
import { MappingPayload } from '../schema/mapping-inputs.js';
import {
  MappingChooseInput,
  MappingChoosePayload,
  MappingCreateInput,
  MappingDeleteInput,
  MappingDeletePayload,
  MappingDuplicateInput,
  MappingDuplicatePayload,
} from '../schema/own-mappings.js';
import type { UserError } from '../schema/payloads.js';
import { System } from '../schema/system.js';
import type { Context } from './context.js';
import { followUp } from './mapping-follow-up.js';
import { mappingOf } from './mappings.js';
import { usersOf } from './used-mapping.js';
import { refusal, userError } from './user-errors.js';

/** What is wrong with the key and the name of a mapping that is to be made. */
function naming({ key, name }: { readonly key: string; readonly name: string }): UserError[] {
  const bad = /^[a-z0-9][a-z0-9-]{0,62}$/.test(key)
    ? []
    : [userError('INVALID', 'Use small letters, digits and dashes, 1 to 63.', ['key'])];
  return name.trim() === '' ? [...bad, userError('BLANK', 'The name must not be empty.', ['name'])] : bad;
}

const fieldOf: Readonly<Record<string, string>> = {
  MAPPING_EXISTS: 'key',
  MAPPING_KIND_UNKNOWN: 'entity',
  MAPPING_OF_OTHER_KIND: 'systemId',
  PLAN_OUTDATED: 'planHash',
};

/** The refusal, at the field that it is about. */
function refused(thrown: unknown): UserError {
  const error = refusal(thrown, ['id']);
  return { ...error, field: ['input', fieldOf[error.reason ?? ''] ?? 'id'] };
}

@Resolver(() => Mapping)
export class OwnMappingResolver {
  @FieldResolver(() => [System], { description: 'The systems that it translates for now.' })
  systems(@Root() { id }: Mapping, @Ctx() context: Context) {
    return usersOf(context, id);
  }

  @FieldResolver(() => [Flow], { description: 'The flows whose records go through it now.' })
  async usedBy(@Root() { id, published }: Mapping, @Ctx() context: Context) {
    const users = (await usersOf(context, id)).map(({ key }) => key);
    const { reads, commands } = context;
    const flows = (await reads.flows()).map((flow) => ({
      ...{ flow, entity: flow.entity, source: flow.sourceKey, target: flow.targetKey },
    }));
    return commands.mappings.flowsThrough(flows, published.definition, users).map(({ flow }) => flow);
  }

  @Mutation(() => MappingPayload, {
    description: 'Makes a mapping beside the shipped one of its kind. Nothing uses it until it is chosen for a system.',
  })
  async mappingCreate(@Arg('input', () => MappingCreateInput) input: MappingCreateInput, @Ctx() context: Context) {
    const { key, direction, entity, record = null, fromTemplate } = input;
    const system = await context.reads.system(input.systemId);
    const none = userError('NOT_FOUND', `There is no system ${input.systemId}.`, ['systemId']);
    const userErrors = [...naming(input), ...(system === null ? [none] : [])];
    if (system === null || userErrors.length > 0) return { mapping: null, userErrors };
    const kind = {
      connector: system.connectorKind,
      direction: direction === 'INBOUND' ? ('inbound' as const) : ('outbound' as const),
      ...{ entity, record },
    };
    try {
      await context.commands.mappings.own.create(made(input, context), kind, !fromTemplate);
    } catch (thrown) {
      return { mapping: null, userErrors: [refused(thrown)] };
    }
    const mapping = await mappingOf(context, key);
    await context.audit('mappingCreate', mapping?.id ?? key, { ...noted(input), fromTemplate });
    return { mapping, userErrors: [] };
  }

  @Mutation(() => MappingDuplicatePayload, {
    description: 'Copies a mapping as it is in use, to try a variant of it. Nothing uses the copy until it is chosen.',
  })
  async mappingDuplicate(
    @Arg('input', () => MappingDuplicateInput) input: MappingDuplicateInput,
    @Ctx() context: Context,
  ): Promise<MappingDuplicatePayload> {
    const userErrors = naming(input);
    if (userErrors.length > 0) return { mapping: null, testCount: 0, userErrors };
    const original = await mappingOf(context, input.id);
    let testCount: number;
    try {
      testCount = await context.commands.mappings.own.duplicate(input.id, made(input, context), input.withTests);
    } catch (thrown) {
      return { mapping: null, testCount: 0, userErrors: [refused(thrown)] };
    }
    const mapping = await mappingOf(context, input.key);
    const from = original?.key ?? input.id;
    await context.audit('mappingDuplicate', mapping?.id ?? input.key, { ...noted(input), from, testCount });
    return { mapping, testCount, userErrors: [] };
  }

  @Mutation(() => MappingChoosePayload, {
    description: 'Lets a system use this mapping from now on, in place of the one that it uses for these records.',
  })
  async mappingChoose(
    @Arg('input', () => MappingChooseInput) input: MappingChooseInput,
    @Ctx() context: Context,
  ): Promise<MappingChoosePayload> {
    const nothing = { mapping: null, replayedCount: 0, backfilledCount: 0 };
    const system = await context.reads.system(input.systemId);
    if (system === null) {
      const none = userError('NOT_FOUND', `There is no system ${input.systemId}.`, ['systemId']);
      return { ...nothing, userErrors: [none] };
    }
    let before: string | null;
    try {
      before = await context.commands.mappings.own.choose(input.id, system.key, input.planHash ?? null);
    } catch (thrown) {
      return { ...nothing, userErrors: [refused(thrown)] };
    }
    const mapping = await mappingOf(context, input.id);
    const key = mapping?.key ?? input.id;
    await context.audit('mappingChoose', mapping?.id ?? key, {
      ...{ mapping: key, system: system.key },
      changes: { mapping: [before, key] },
    });
    const done = { mapping, userErrors: [] };
    return followUp(context, done, input.then, { systems: [system.key], isShown: input.planHash != null });
  }

  @Mutation(() => MappingDeletePayload, {
    description:
      'Deletes a mapping that people made and no system uses. Its versions stay, and explain what was done by them.',
  })
  async mappingDelete(
    @Arg('input', () => MappingDeleteInput) { id, confirmation }: MappingDeleteInput,
    @Ctx() context: Context,
  ): Promise<MappingDeletePayload> {
    const refuse = (error: UserError): MappingDeletePayload => ({ deletedId: null, userErrors: [error] });
    const mapping = await mappingOf(context, id);
    if (mapping === null || mapping.deletedAt !== null)
      return refuse(userError('NOT_FOUND', `There is no mapping ${id}.`, ['id']));
    if (confirmation !== mapping.key)
      return refuse(userError('CONFIRMATION_REQUIRED', `Type ${mapping.key} to confirm.`, ['confirmation']));
    try {
      await context.commands.mappings.own.delete(mapping.key);
    } catch (thrown) {
      return refuse(refused(thrown));
    }
    const { key, name = key, publishedVersion: version } = mapping;
    await context.audit('mappingDelete', mapping.id, { mapping: key, name, version });
    return { deletedId: mapping.id, userErrors: [] };
  }
}

const made = ({ key, name }: { readonly key: string; readonly name: string }, { caller }: Context) => ({
  ...{ key, name: name.trim(), by: caller.actorId },
});

const noted = ({ key, name }: { readonly key: string; readonly name: string }): Document => ({
  ...{ mapping: key, name: name.trim() },
});
