/** What every canonical record offers: where it lives, how each system stands with it, and what happened to it. */
import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { KoppelError } from '../base/errors.js';
import { accessOfType } from './access.js';
import { SyncEventConnection } from '../schema/connections.js';
import { SyncEventFilter } from '../schema/operation-filters.js';
import { PageArgs } from '../schema/page.js';
import { RecordField } from '../schema/record-field.js';
import type { StockLevel } from '../schema/stock-level.js';
import { Node, Syncable, typeOfId } from '../schema/syncable.js';
import { DeadLetter, SyncEvent } from '../schema/sync-event.js';
import { EntitySyncStatus, ExternalReference, SyncReason } from '../schema/sync-status.js';
import { Flow } from '../schema/flow.js';
import { System } from '../schema/system.js';
import type { Context } from './context.js';
import { shownJob } from './jobs.js';
import { shownMapping } from './mapping-shapes.js';
import { pageOf } from './record-pages.js';
import { storedRecord } from './stored-record.js';
import { shownValueMap } from './value-map-shapes.js';

/** What a target is told of a record: stock is told per variant. */
const projectedAs: Readonly<Record<string, (record: Syncable) => { entity: string; id: string }>> = {
  Product: ({ id }) => ({ entity: 'product', id }),
  ProductVariant: ({ id }) => ({ entity: 'variant', id }),
  Category: ({ id }) => ({ entity: 'category', id }),
  Customer: ({ id }) => ({ entity: 'customer', id }),
  Order: ({ id }) => ({ entity: 'order', id }),
  StockLevel: (record) => ({ entity: 'stock', id: (record as StockLevel).variantId }),
};

@Resolver(() => Syncable)
export class SyncableResolver {
  @FieldResolver(() => [ExternalReference], { description: "The record's identities in the connected systems." })
  externalReferences(@Root() record: Syncable, @Ctx() { reads }: Context) {
    return reads.load.references.load(record.id);
  }

  @FieldResolver(() => [EntitySyncStatus], {
    description: 'One entry per connected system: is that system up to date with this record?',
  })
  syncStatuses(@Root() record: Syncable, @Ctx() { reads }: Context) {
    return reads.statusesOf(projectedAs[typeOfId(record.id)!]!(record), record.id);
  }

  @FieldResolver(() => [RecordField], {
    description:
      'What the record holds, field by field; with `history { nodes { changes } }` that is known for every moment. Empty for records of people that may not be seen.',
  })
  fields(@Root() record: Syncable, @Ctx() { reads, commands }: Context) {
    const stored = storedRecord(record.id);
    return stored === null ? [] : reads.fieldsOf(stored, commands.fieldsOf);
  }

  @FieldResolver(() => SyncEventConnection, { description: 'Everything that happened to this record, newest first.' })
  history(
    @Root() record: Syncable,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => SyncEventFilter, { nullable: true }) filter: SyncEventFilter | null,
    @Ctx() { reads }: Context,
  ) {
    return reads.historyOf(record.id, filter, page);
  }
}

const mostNodes = 100;

@Resolver(() => Node)
export class NodeResolver {
  @Query(() => [Node], {
    nullable: 'items',
    description: 'Any records by their ids, in that order; null where one is unknown or hidden.',
  })
  nodes(
    @Arg('ids', () => [ID], { description: 'At most 100.' }) ids: string[],
    @Ctx() context: Context,
  ): Promise<(object | null)[]> {
    if (ids.length > mostNodes)
      throw new KoppelError('BAD_INPUT', { where: 'ids', what: `at most ${mostNodes} at once` });
    return Promise.all(ids.map((id) => foundNode(context, id)));
  }

  @Query(() => Node, { nullable: true, description: 'Any record by its id; null when it is unknown or hidden.' })
  node(@Arg('id', () => ID) id: string, @Ctx() context: Context) {
    return foundNode(context, id);
  }
}

/** Null also when the caller may not see such records. What is configured is shown by who shows it elsewhere. */
async function foundNode(context: Context, id: string): Promise<object | null> {
  const { reads, caller } = context;
  const type = typeOfId(id);
  if (!accessOfType(caller, type)) return null;
  switch (type) {
    case 'Job': {
      const job = await reads.job(id);
      return job && shownJob(context, job);
    }
    case 'Mapping': {
      const mapping = (await reads.everMappings()).find((row) => row.id === id);
      return mapping === undefined ? null : shownMapping(mapping);
    }
    case 'ValueMap': {
      const list = (await reads.valueLists()).find((row) => row.id === id);
      return list === undefined ? null : shownValueMap(list);
    }
    case 'Connector':
      return context.connectors().find((connector) => connector.id === id) ?? null;
    default:
      return reads.node(id);
  }
}

@Resolver(() => ExternalReference)
export class ExternalReferenceResolver {
  @FieldResolver(() => System, { nullable: true })
  system(@Root() reference: ExternalReference, @Ctx() { reads }: Context) {
    return reads.systemByKey(reference.systemKey);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      "Address of the record's page in the system, by the template in the system's settings; null while nobody has set one, or when a part of it is not known.",
  })
  url(@Root() reference: ExternalReference, @Ctx() context: Context) {
    return pageOf(context, reference);
  }

  @FieldResolver(() => Syncable, { nullable: true, description: 'The record that this identity belongs to.' })
  entity(@Root() reference: ExternalReference, @Ctx() { reads, caller }: Context) {
    const type = typeOfId(reference.canonicalId);
    return type !== undefined && type in projectedAs && accessOfType(caller, type)
      ? reads.node(reference.canonicalId)
      : null;
  }
}

/** A contact has identities of its own beside those of its customer. */
const isOf = (reference: ExternalReference, status: EntitySyncStatus): boolean =>
  (reference.entityType === 'CONTACT') === (status.entity === 'contact');

@Resolver(() => EntitySyncStatus)
export class EntitySyncStatusResolver {
  @FieldResolver(() => System, { nullable: true })
  system(@Root() status: EntitySyncStatus, @Ctx() { reads }: Context) {
    return reads.systemByKey(status.systemKey);
  }

  @FieldResolver(() => ExternalReference, { nullable: true })
  async reference(@Root() status: EntitySyncStatus, @Ctx() { reads }: Context) {
    const references = await reads.load.references.load(status.canonicalId);
    return references.find((one) => one.systemKey === status.systemKey && isOf(one, status)) ?? null;
  }

  @FieldResolver(() => SyncEvent, { nullable: true })
  lastEvent(@Root() status: EntitySyncStatus, @Ctx() { reads }: Context) {
    return reads.lastEvent(status.systemKey, status.canonicalId);
  }

  @FieldResolver(() => DeadLetter, { nullable: true })
  async deadLetter(@Root() status: EntitySyncStatus, @Ctx() { reads }: Context) {
    const recordKey = `${status.entity}:${status.canonicalId}`;
    return (await reads.load.problemOf.load({ system: status.systemKey, recordKey }))[0] ?? null;
  }
}

@Resolver(() => SyncReason)
export class SyncReasonResolver {
  @FieldResolver(() => Flow, { nullable: true })
  flow(@Root() reason: SyncReason, @Ctx() { reads }: Context) {
    return reason.flowKey === null ? null : reads.flowByKey(reason.flowKey);
  }

  @FieldResolver(() => [Syncable], {
    description: 'Records that must exist in the system first; those that the caller may see.',
  })
  async waitingFor(@Root() reason: SyncReason, @Ctx() { reads, caller }: Context) {
    const records = reason.waiting === null ? [] : await reads.awaitedBy(reason.waiting);
    return records.filter((record) => accessOfType(caller, typeOfId((record as Syncable).id)));
  }
}
