/** The executable schema: resolvers and types are listed, never globbed. */
import 'reflect-metadata';
import {
  isInterfaceType,
  isUnionType,
  isObjectType,
  lexicographicSortSchema,
  printSchema,
  type GraphQLInputObjectType,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql';
import { buildSchemaSync, getMetadataStorage, type PubSub } from 'type-graphql';
import { describeFields } from '../schema/describe.js';
import { oneOfInputs } from '../schema/inputs.js';
import { answerOnce } from './answer-once.js';
import type { Connection } from '../schema/page.js';
import { typeOfId, type Node } from '../schema/syncable.js';
import { callDirectly } from './direct.js';
import { DeadLetterGroupResolver, DeadLetterResolver, JourneyStepResolver, SyncEventResolver } from './activity.js';
import { actorResolvers } from './actors.js';
import { AlertAdminResolver } from './alert-admin.js';
import { alertResolvers } from './alerts.js';
import { AuditResolver } from './audit.js';
import { AttributeResolver, CategoryResolver, ProductResolver, ProductVariantResolver } from './catalogue.js';
import {
  FieldChangeResolver,
  PreviewChangeResolver,
  ReconciliationChangeResolver,
  FieldImpactResolver,
  ProblemValueResolver,
  UndoChangeResolver,
} from './change-values.js';
import { ChangeResolver } from './changes.js';
import { CommandResolver } from './commands.js';
import { ConfigurationFileResolver } from './configuration-file.js';
import { customerMergeResolvers } from './customer-merges.js';
import { CustomerResolver } from './customers.js';
import { DataExportResolver } from './data-exports.js';
import {
  FlowResolver,
  FlowRunResolver,
  SyncStateResolver,
  SystemHealthResolver,
  SystemResolver,
} from './operations.js';
import { EventMappingResolver, MappedEventResolver } from './event-mappings.js';
import { ConflictValueResolver, FieldConflictResolver } from './field-owners.js';
import { FlowAdminResolver } from './flow-admin.js';
import { FlowMarkerResolver } from './flow-markers.js';
import { HeldFlowResolver, RunHoldResolver } from './held-runs.js';
import { JobResolver } from './jobs.js';
import { ListedCodeResolver } from './listed-codes.js';
import { MomentResolver } from './moments.js';
import { MappingTestResolver } from './mapping-tests.js';
import { MappingResolver } from './mappings.js';
import { OwnMappingResolver } from './own-mappings.js';
import { OrderLineResolver, OrderResolver, SourceStatusResolver } from './orders.js';
import { ActivityResolver, OverviewResolver } from './overview.js';
import { MappingRuleResolver } from './mapping-rules.js';
import { ProblemCareResolver } from './problem-care.js';
import { FieldProvenanceResolver, ProvenanceResolver } from './provenance.js';
import {
  MissingEntryResolver,
  ProblemCauseResolver,
  ProblemFollowersResolver,
  UnmappedValueResolver,
} from './problem-causes.js';
import { FlowReconciliationResolver, JobReconciliationResolver, ReconciliationItemResolver, ReconciliationResolver } from './reconciliations.js'; // prettier-ignore
import { ReferenceLinkResolver } from './reference-links.js';
import { ResendResolver } from './resends.js';
import { RestoreCheckFlowResolver, RestoreCheckResolver, RestoredFlowResolver } from './restore-checks.js';
import { ReplayPlanResolver, RunResolver } from './runs.js';
import { SearchResolver } from './search.js';
import { speakTheirLanguage } from './sentences.js';
import { StateResolver } from './states.js';
import { StockLevelResolver, StockLocationResolver } from './stock.js';
import {
  EntitySyncStatusResolver,
  ExternalReferenceResolver,
  NodeResolver,
  SyncableResolver,
  SyncReasonResolver,
} from './syncable.js';
import { DemoResolver } from './demo.js';
import { SetupResolver } from './setup.js';
import { SavedViewResolver } from './saved-views.js';
import { SystemAdminResolver } from './system-admin.js';
import { ErasureResolver } from './erasures.js';
import { TrialResolver } from './trials.js';
import { UndoableResolver, UndoableRunResolver, UndoResolver, UndoSystemResolver } from './undo.js';
import { UsersResolver } from './users.js';
import { CodeChoicesResolver, ValueMapResolver } from './value-maps.js';
import { VocabularyResolver } from './vocabulary.js';
import { ViewerResolver } from './viewer.js';

/** The library asks for one; subscriptions read the journal from a cursor instead. */
const noPubSub: PubSub = {
  publish: () => undefined,
  subscribe: () => {
    throw new Error('subscriptions read the journal');
  },
};

/** All that answer for a field. */
const resolvers = [
  ProductResolver,
  ProductVariantResolver,
  CategoryResolver,
  AttributeResolver,
  StockLevelResolver,
  StockLocationResolver,
  CustomerResolver,
  ...customerMergeResolvers,
  OrderResolver,
  OrderLineResolver,
  SourceStatusResolver,
  SyncableResolver,
  ProvenanceResolver,
  FieldProvenanceResolver,
  MomentResolver,
  NodeResolver,
  ExternalReferenceResolver,
  EntitySyncStatusResolver,
  SyncReasonResolver,
  SystemResolver,
  SystemHealthResolver,
  FlowResolver,
  FlowRunResolver,
  RunHoldResolver,
  HeldFlowResolver,
  SyncStateResolver,
  SyncEventResolver,
  MappedEventResolver,
  EventMappingResolver,
  FieldChangeResolver,
  PreviewChangeResolver,
  ReconciliationChangeResolver,
  FieldImpactResolver,
  ProblemValueResolver,
  UndoChangeResolver,
  JourneyStepResolver,
  DeadLetterResolver,
  DeadLetterGroupResolver,
  ProblemCauseResolver,
  ProblemFollowersResolver,
  MissingEntryResolver,
  UnmappedValueResolver,
  ActivityResolver,
  OverviewResolver,
  ReplayPlanResolver,
  RunResolver,
  ReconciliationResolver,
  ReconciliationItemResolver,
  FlowReconciliationResolver,
  RestoreCheckResolver,
  RestoreCheckFlowResolver,
  RestoredFlowResolver,
  JobReconciliationResolver,
  SearchResolver,
  VocabularyResolver,
  ListedCodeResolver,
  FieldConflictResolver,
  ConflictValueResolver,
  ChangeResolver,
  StateResolver,
  FlowMarkerResolver,
  SystemAdminResolver,
  DemoResolver,
  SetupResolver,
  CommandResolver,
  FlowAdminResolver,
  ResendResolver,
  UndoResolver,
  UndoableResolver,
  UndoableRunResolver,
  UndoSystemResolver,
  ReferenceLinkResolver,
  MappingRuleResolver,
  MappingResolver,
  MappingTestResolver,
  OwnMappingResolver,
  JobResolver,
  ErasureResolver,
  DataExportResolver,
  TrialResolver,
  ValueMapResolver,
  CodeChoicesResolver,
  ConfigurationFileResolver,
  ViewerResolver,
  AuditResolver,
  SavedViewResolver,
  UsersResolver,
  ProblemCareResolver,
  ...alertResolvers,
  AlertAdminResolver,
  ...actorResolvers,
] as const;

/** As the classes declare it: fields whose name says enough have no description yet. */
export function buildBareGraph(): GraphQLSchema {
  const schema = buildSchemaSync({
    resolvers,
    validate: false,
    // A question that costs every start a quarter of a second; graph.test.ts asks it.
    skipCheck: true,
    pubSub: noPubSub,
  });
  for (const name of oneOfInputs) (schema.getType(name) as GraphQLInputObjectType).isOneOf = true;
  for (const type of Object.values(schema.getTypeMap())) resolveAtOnce(type);
  callDirectly(schema);
  answerOnce(schema);
  speakTheirLanguage(schema);
  return schema;
}

/** The schema that is served; making it takes a while, so a process has one. */
export const servedGraph = (): GraphQLSchema => (served ??= buildGraph());
let served: GraphQLSchema | undefined;

export function buildGraph(): GraphQLSchema {
  const schema = buildBareGraph();
  describeFields(schema);
  return schema;
}

/** Documents are compiled: what a record is must be known without waiting, and a count is called for. */
function resolveAtOnce(type: GraphQLNamedType): void {
  if (isInterfaceType(type)) type.resolveType = (record: Node) => typeOfId(record.id);
  if (isUnionType(type)) {
    const own = getMetadataStorage().unions.find(({ name }) => name === type.name)?.resolveType;
    if (own !== undefined) type.resolveType = own as NonNullable<typeof type.resolveType>;
  }
  if (!isObjectType(type)) return;
  const { totalCount } = type.getFields();
  if (totalCount !== undefined) totalCount.resolve = (page: Connection<unknown>) => page.totalCount();
}

/** The schema as text, sorted, so that a change shows as a change. */
export const graphText = (schema: GraphQLSchema): string => `${printSchema(lexicographicSortSchema(schema))}\n`;
