/** Who owns fields, and the conflicts about which people decide. */
import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import {
  ConflictValue,
  FieldConflict,
  FieldConflictConnection,
  FieldConflictResolveInput,
  FieldConflictResolvePayload,
  FieldOwner,
  FieldOwnersSaveInput,
  FieldOwnersSavePayload,
} from '../schema/field-owner.js';
import { entityTypes } from '../schema/entity-words.js';
import { IdFilter } from '../schema/filters.js';
import { FieldDescriptor } from '../schema/mapping.js';
import { PageArgs } from '../schema/page.js';
import { Syncable, typeOfId } from '../schema/syncable.js';
import { EntityType, System } from '../schema/system.js';
import type { FieldOwnership, OwnerOfField } from '../sync/field-ownership.js';
import { accessOfType } from './access.js';
import type { Context } from './context.js';
import { descriptorOf } from './mapping-shapes.js';
import { refusal, userError } from './user-errors.js';

const entities: Readonly<Record<string, Parameters<FieldOwnership['ownersOf']>[0]>> = {
  PRODUCT: 'product',
  PRODUCT_VARIANT: 'variant',
  CATEGORY: 'category',
  CUSTOMER: 'customer',
};
const policies = { SYSTEM: 'source', LAST_WRITER: 'lastWriter', MANUAL: 'manual' } as const;
const shownPolicies = { source: 'SYSTEM', lastWriter: 'LAST_WRITER', manual: 'MANUAL' } as const;
const shownPolicy = (policy: OwnerOfField['policy']): FieldOwner['policy'] =>
  shownPolicies[policy as keyof typeof shownPolicies] ?? 'LAST_WRITER';

/** Of a kind of record, as the graph or the hub calls it; none where people cannot say so. */
export async function ownersOf({ commands, reads }: Context, kind: string): Promise<FieldOwner[]> {
  const entityType = entityTypes[kind] ?? kind;
  const entity = entities[entityType];
  if (entity === undefined) return [];
  const systems = await reads.load.systems();
  const named = (keys: readonly string[]): System[] => systems.filter(({ key }) => keys.includes(key));
  return commands.fieldOwnership
    .ownersOf(entity)
    .map(({ field, label, policy, owners, isOwn, isEditable, usual, sources }: OwnerOfField) => ({
      entityType,
      path: field,
      label,
      policy: shownPolicy(policy),
      systems: named(owners),
      isOwn,
      isEditable,
      defaultPolicy: shownPolicy(usual.policy),
      defaultSystems: named(usual.owners),
      sources: named(sources),
    }));
}

@Resolver(() => FieldConflict)
export class FieldConflictResolver {
  @Query(() => [FieldOwner], { description: 'Who decides about each field of a kind of record.' })
  fieldOwners(@Arg('entityType', () => EntityType) entityType: string, @Ctx() context: Context) {
    return ownersOf(context, entityType);
  }

  @Query(() => FieldConflictConnection, {
    description: 'Fields on which systems do not agree and about which people decide, the latest first.',
  })
  fieldConflicts(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('entityType', () => EntityType, { nullable: true }) entityType: string | null,
    @Arg('isOpen', () => Boolean, {
      nullable: true,
      defaultValue: true,
      description: 'False for those that are over, null for all.',
    })
    isOpen: boolean | null,
    @Arg('entityId', () => IdFilter, { nullable: true, description: 'Of which records.' }) entityId: IdFilter | null,
    @Arg('path', () => String, { nullable: true, description: 'About which field.' }) path: string | null,
    @Ctx() { reads }: Context,
  ) {
    return reads.fieldConflicts({ entityType, isOpen, entityId, path }, page);
  }

  @FieldResolver(() => FieldDescriptor, { description: 'The field about which the systems do not agree.' })
  field(@Root() { entityType, path }: FieldConflict, @Ctx() { commands }: Context): FieldDescriptor {
    const entity = entities[entityType];
    const found = entity === undefined ? undefined : commands.fieldOwnership.fieldOf(entity, path);
    return descriptorOf(found ?? { name: path, type: 'text' }, path);
  }

  @FieldResolver(() => Syncable, {
    nullable: true,
    description: 'The record; null when who asks may not see it.',
  })
  entity(@Root() { canonicalId }: FieldConflict, @Ctx() { reads, caller }: Context) {
    return accessOfType(caller, typeOfId(canonicalId)) ? reads.node(canonicalId) : null;
  }

  @Mutation(() => FieldOwnersSavePayload, {
    description: 'Says who decides about fields. Open conflicts about them end by the new policy.',
  })
  async fieldOwnersSave(
    @Arg('input', () => FieldOwnersSaveInput) input: FieldOwnersSaveInput,
    @Ctx() context: Context,
  ): Promise<FieldOwnersSavePayload> {
    const entity = entities[input.entityType];
    if (entity === undefined) {
      const accepted = `Owners can be set for ${Object.keys(entities).join(', ')}.`;
      return { owners: [], userErrors: [userError('INVALID', accepted, ['entityType'])] };
    }
    const systems = await context.reads.load.systems();
    const owners = input.owners.map(({ path, policy, systemId }) => ({
      entity,
      field: path,
      policy: policies[policy],
      owner: systemId == null ? null : (systems.find(({ id }) => id === systemId)?.key ?? systemId),
    }));
    try {
      await context.commands.fieldOwnership.saveOwners(owners, context.caller.actorId);
    } catch (thrown) {
      return { owners: [], userErrors: [refusal(thrown, ['owners'])] };
    }
    await context.audit('fieldOwnersSave', entity, { owners });
    return { owners: await ownersOf(context, input.entityType), userErrors: [] };
  }

  @Mutation(() => FieldConflictResolvePayload, { description: 'Ends a conflict by the word of the person who asks.' })
  async fieldConflictResolve(
    @Arg('input', () => FieldConflictResolveInput) { id, resolution }: FieldConflictResolveInput,
    @Ctx() context: Context,
  ): Promise<FieldConflictResolvePayload> {
    const { takeFromSystemId, ...other } = resolution;
    const isTaken = takeFromSystemId != null;
    if (isTaken === 'value' in other) {
      const one = 'Give either a system whose word counts, or a value.';
      return { conflict: null, userErrors: [userError('INVALID', one, ['resolution'])] };
    }
    const before = await context.reads.fieldConflict(id);
    if (before === null) {
      return { conflict: null, userErrors: [userError('NOT_FOUND', `There is no conflict ${id}.`, ['id'])] };
    }
    const systems = await context.reads.load.systems();
    const key = systems.find((system) => system.id === takeFromSystemId)?.key ?? takeFromSystemId;
    try {
      await context.commands.fieldOwnership.resolve(
        id,
        key == null ? { value: other.value ?? null } : { takeFrom: key },
        context.caller.actorId,
      );
    } catch (thrown) {
      return { conflict: null, userErrors: [refusal(thrown, ['resolution'])] };
    }
    await context.audit('fieldConflictResolve', id, { record: before.canonicalId, field: before.path, takeFrom: key ?? null }); // prettier-ignore
    return { conflict: await context.fresh().fieldConflict(id), userErrors: [] };
  }
}

@Resolver(() => ConflictValue)
export class ConflictValueResolver {
  @FieldResolver(() => System, { nullable: true })
  system(@Root() claim: ConflictValue, @Ctx() { reads }: Context) {
    return reads.systemByKey(claim.systemKey);
  }
}
