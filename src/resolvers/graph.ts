/** The executable schema: resolvers and types are listed, never globbed. */
import 'reflect-metadata';
import {
  isInterfaceType,
  isObjectType,
  lexicographicSortSchema,
  printSchema,
  type GraphQLInputObjectType,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql';
import { buildSchemaSync, type PubSub } from 'type-graphql';
import { oneOfInputs } from '../schema/inputs.js';
import type { Connection } from '../schema/page.js';
import { typeOfId, type Node } from '../schema/syncable.js';
import { callDirectly } from './direct.js';
import { DeadLetterGroupResolver, DeadLetterResolver, JourneyStepResolver, SyncEventResolver } from './activity.js';
import { AttributeResolver, CategoryResolver, ProductResolver, ProductVariantResolver } from './catalogue.js';
import { CommandResolver } from './commands.js';
import { ConfigurationFileResolver } from './configuration-file.js';
import { CustomerResolver } from './customers.js';
import {
  FlowResolver,
  FlowRunResolver,
  SyncStateResolver,
  SystemHealthResolver,
  SystemResolver,
} from './operations.js';
import { FlowAdminResolver } from './flow-admin.js';
import { JobResolver } from './jobs.js';
import { MappingTestResolver } from './mapping-tests.js';
import { MappingResolver } from './mappings.js';
import { OrderLineResolver, OrderResolver, SourceStatusResolver } from './orders.js';
import { StockLevelResolver, StockLocationResolver } from './stock.js';
import {
  EntitySyncStatusResolver,
  ExternalReferenceResolver,
  NodeResolver,
  SyncableResolver,
  SyncReasonResolver,
} from './syncable.js';
import { ValueMapResolver } from './value-maps.js';
import { ViewerResolver } from './viewer.js';

/** The library asks for one; subscriptions read the journal from a cursor instead. */
const noPubSub: PubSub = {
  publish: () => undefined,
  subscribe: () => {
    throw new Error('subscriptions read the journal');
  },
};

export function buildGraph(): GraphQLSchema {
  const schema = buildSchemaSync({
    resolvers: [
      ProductResolver,
      ProductVariantResolver,
      CategoryResolver,
      AttributeResolver,
      StockLevelResolver,
      StockLocationResolver,
      CustomerResolver,
      OrderResolver,
      OrderLineResolver,
      SourceStatusResolver,
      SyncableResolver,
      NodeResolver,
      ExternalReferenceResolver,
      EntitySyncStatusResolver,
      SyncReasonResolver,
      SystemResolver,
      SystemHealthResolver,
      FlowResolver,
      FlowRunResolver,
      SyncStateResolver,
      SyncEventResolver,
      JourneyStepResolver,
      DeadLetterResolver,
      DeadLetterGroupResolver,
      CommandResolver,
      FlowAdminResolver,
      MappingResolver,
      MappingTestResolver,
      JobResolver,
      ValueMapResolver,
      ConfigurationFileResolver,
      ViewerResolver,
    ],
    validate: false,
    pubSub: noPubSub,
  });
  for (const name of oneOfInputs) (schema.getType(name) as GraphQLInputObjectType).isOneOf = true;
  for (const type of Object.values(schema.getTypeMap())) resolveAtOnce(type);
  callDirectly(schema);
  return schema;
}

/** Documents are compiled: what a record is must be known without waiting, and a count is called for. */
function resolveAtOnce(type: GraphQLNamedType): void {
  if (isInterfaceType(type)) type.resolveType = (record: Node) => typeOfId(record.id);
  if (!isObjectType(type)) return;
  const { totalCount } = type.getFields();
  if (totalCount !== undefined) totalCount.resolve = (page: Connection<unknown>) => page.totalCount();
}

/** The schema as text, sorted, so that a change shows as a change. */
export const graphText = (schema: GraphQLSchema): string => `${printSchema(lexicographicSortSchema(schema))}\n`;
