/**
 * Who may do what. Default deny: every root field of the graph stands in `accessOfRootFields` with the scopes of which one is
 * needed; a field that does not stand there is refused, and a test walks the schema for such fields.
 */
import { Field, ObjectType } from 'type-graphql';
import { enumeration, type ValueOf } from './enumeration.js';
import { DateTime } from './scalars.js';
import { Node } from './syncable.js';

export const Scope = enumeration('Scope', 'What a person or key may do.', [
  'READ_CATALOGUE',
  'READ_CUSTOMERS',
  'READ_ORDERS',
  'READ_STOCK',
  'READ_OPERATIONS',
  'WRITE_MAPPINGS',
  'WRITE_FLOWS',
  'WRITE_SYSTEMS',
  'REPLAY',
  'ERASE',
  'ADMIN',
]);
export type ScopeName = ValueOf<typeof Scope>;

export const UserRole = enumeration('UserRole', 'A bundle of scopes.', ['VIEWER', 'OPERATOR', 'EDITOR', 'ADMIN']);
export type RoleName = ValueOf<typeof UserRole>;

const reads = ['READ_CATALOGUE', 'READ_CUSTOMERS', 'READ_ORDERS', 'READ_STOCK', 'READ_OPERATIONS'] as const;

export const scopesOfRole: Readonly<Record<RoleName, readonly ScopeName[]>> = {
  VIEWER: reads,
  OPERATOR: [...reads, 'REPLAY'],
  EDITOR: [...reads, 'REPLAY', 'WRITE_MAPPINGS', 'WRITE_FLOWS'],
  ADMIN: Object.values(Scope),
};

/** The smallest role that has all of the scopes. */
export function roleFor(scopes: readonly string[]): RoleName {
  const roles: readonly RoleName[] = ['VIEWER', 'OPERATOR', 'EDITOR'];
  return (
    roles.find((role) => scopes.every((scope) => (scopesOfRole[role] as readonly string[]).includes(scope))) ?? 'ADMIN'
  );
}

/** `[]` = whoever has signed in, and any valid key. Pausing and running are for operators too, who have REPLAY but may not edit flows. */
export const accessOfRootFields: Readonly<Record<string, readonly ScopeName[]>> = {
  'Query.node': ['READ_CATALOGUE', 'READ_STOCK', 'READ_CUSTOMERS', 'READ_ORDERS', 'READ_OPERATIONS', 'ADMIN'],
  'Query.viewer': [],
  'Query.health': [],
  'Query.nodes': ['READ_CATALOGUE', 'READ_STOCK', 'READ_CUSTOMERS', 'READ_ORDERS', 'READ_OPERATIONS', 'ADMIN'],
  'Query.search': ['READ_CATALOGUE', 'READ_STOCK', 'READ_CUSTOMERS', 'READ_ORDERS', 'READ_OPERATIONS'],
  'Query.overview': ['READ_OPERATIONS'],
  'Query.activity': ['READ_OPERATIONS'],
  'Query.attributes': ['READ_CATALOGUE'],
  'Query.taxClasses': ['READ_CATALOGUE'],
  'Query.flowRuns': ['READ_OPERATIONS'],
  'Query.flowRun': ['READ_OPERATIONS'],
  'Query.externalReferences': ['READ_OPERATIONS'],
  'Query.replayPlan': ['READ_OPERATIONS'],
  'Query.expressionCheck': ['READ_OPERATIONS'],
  'Query.products': ['READ_CATALOGUE'],
  'Query.product': ['READ_CATALOGUE'],
  'Query.productVariants': ['READ_CATALOGUE'],
  'Query.categories': ['READ_CATALOGUE'],
  'Query.category': ['READ_CATALOGUE'],
  'Query.rootCategories': ['READ_CATALOGUE'],
  'Query.customers': ['READ_CUSTOMERS'],
  'Query.customer': ['READ_CUSTOMERS'],
  'Query.orders': ['READ_ORDERS'],
  'Query.order': ['READ_ORDERS'],
  'Query.stockLevels': ['READ_STOCK'],
  'Query.stockLocations': ['READ_STOCK'],
  'Query.connectors': ['READ_OPERATIONS'],
  'Query.systems': ['READ_OPERATIONS'],
  'Query.system': ['READ_OPERATIONS'],
  'Query.demo': ['WRITE_SYSTEMS'],
  'Query.flows': ['READ_OPERATIONS'],
  'Query.flow': ['READ_OPERATIONS'],
  'Query.syncStates': ['READ_OPERATIONS'],
  'Query.syncEvents': ['READ_OPERATIONS'],
  'Query.syncEvent': ['READ_OPERATIONS'],
  'Query.syncEventBuckets': ['READ_OPERATIONS'],
  'Query.deadLetters': ['READ_OPERATIONS'],
  'Query.deadLetter': ['READ_OPERATIONS'],
  'Query.deadLetterGroups': ['READ_OPERATIONS'],
  'Query.mappings': ['READ_OPERATIONS'],
  'Query.mapping': ['READ_OPERATIONS'],
  'Query.fieldOwners': ['READ_OPERATIONS'],
  'Query.fieldConflicts': ['READ_OPERATIONS'],
  'Query.reconciliations': ['READ_OPERATIONS'],
  'Query.reconciliation': ['READ_OPERATIONS'],
  'Query.restoreCheck': ['READ_OPERATIONS'],
  'Query.undoPlan': ['READ_OPERATIONS'],
  'Query.customersMergePlan': ['READ_CUSTOMERS'],
  'Query.jobs': ['READ_OPERATIONS'],
  'Query.job': ['READ_OPERATIONS'],
  'Query.mappingSamples': ['READ_OPERATIONS'],
  'Query.mappingPreview': ['READ_OPERATIONS'],
  'Query.configExport': ['ADMIN'],
  'Query.valueMaps': ['READ_OPERATIONS'],
  'Query.valueMap': ['READ_OPERATIONS'],
  'Query.apiKeys': ['ADMIN'],
  'Query.users': ['ADMIN'],
  'Query.assignees': ['REPLAY'],
  'Query.auditEntries': ['ADMIN'],
  'Query.alerts': ['READ_OPERATIONS'],
  'Query.alertRules': ['READ_OPERATIONS'],
  'Query.alertChannels': ['READ_OPERATIONS'],
  'Query.alertMail': ['READ_OPERATIONS'],
  'Query.rateLimit': [],
  // Each view is shown to those who may read its list.
  'Query.savedViews': [],
  'Mutation.restoreCheckStart': ['ADMIN'],
  'Mutation.restoreCheckSkip': ['ADMIN'],
  'Mutation.flowCreate': ['WRITE_FLOWS'],
  'Mutation.flowUpdate': ['WRITE_FLOWS'],
  'Mutation.flowEnable': ['WRITE_FLOWS'],
  'Mutation.flowDisable': ['WRITE_FLOWS'],
  'Mutation.flowDelete': ['WRITE_FLOWS'],
  'Mutation.flowBackfill': ['WRITE_FLOWS', 'REPLAY'],
  'Mutation.entityResync': ['REPLAY'],
  'Mutation.undoStart': ['WRITE_MAPPINGS', 'REPLAY'],
  'Mutation.syncEventReplay': ['REPLAY'],
  'Mutation.externalReferenceLink': ['WRITE_FLOWS', 'REPLAY'],
  'Mutation.externalReferenceUnlink': ['WRITE_FLOWS', 'REPLAY'],
  'Mutation.flowMarkerReset': ['WRITE_FLOWS'],
  'Mutation.flowPause': ['WRITE_FLOWS', 'REPLAY'],
  'Mutation.flowResume': ['WRITE_FLOWS', 'REPLAY'],
  'Mutation.flowRun': ['WRITE_FLOWS', 'REPLAY'],
  'Mutation.flowRunRelease': ['WRITE_FLOWS', 'REPLAY'],
  'Mutation.deadLettersReplay': ['REPLAY'],
  'Mutation.deadLettersDiscard': ['REPLAY'],
  'Mutation.deadLettersAssign': ['REPLAY'],
  'Mutation.deadLetterAnnotate': ['REPLAY'],
  'Mutation.systemFieldsDiscover': ['WRITE_SYSTEMS', 'WRITE_MAPPINGS'],
  'Mutation.systemCreate': ['WRITE_SYSTEMS'],
  'Mutation.systemUpdate': ['WRITE_SYSTEMS'],
  'Mutation.demoConnect': ['WRITE_SYSTEMS'],
  'Mutation.customersMerge': ['WRITE_MAPPINGS', 'REPLAY'],
  'Mutation.customersUnmerge': ['WRITE_MAPPINGS', 'REPLAY'],
  'Mutation.customerErase': ['ERASE'],
  'Mutation.customerExport': ['ERASE'],
  'Mutation.flowsTry': ['WRITE_FLOWS'],
  'Mutation.systemPause': ['WRITE_SYSTEMS', 'REPLAY'],
  'Mutation.systemResume': ['WRITE_SYSTEMS', 'REPLAY'],
  'Mutation.systemDelete': ['WRITE_SYSTEMS'],
  'Mutation.systemTest': ['WRITE_SYSTEMS', 'REPLAY'],
  'Mutation.mappingDraftSave': ['WRITE_MAPPINGS'],
  'Mutation.mappingDraftDiscard': ['WRITE_MAPPINGS'],
  'Mutation.mappingShippedRestore': ['WRITE_MAPPINGS'],
  'Mutation.mappingImpactAnalyze': ['WRITE_MAPPINGS'],
  'Mutation.reconciliationStart': ['WRITE_FLOWS', 'REPLAY'],
  'Mutation.reconciliationRepair': ['REPLAY'],
  'Mutation.reconciliationSchedule': ['WRITE_FLOWS'],
  'Mutation.jobCancel': ['WRITE_MAPPINGS', 'REPLAY'],
  'Mutation.mappingTestSave': ['WRITE_MAPPINGS'],
  'Mutation.mappingTestDelete': ['WRITE_MAPPINGS'],
  'Mutation.mappingTestsRun': ['WRITE_MAPPINGS'],
  'Mutation.mappingRuleSave': ['WRITE_MAPPINGS'],
  'Mutation.mappingRuleDelete': ['WRITE_MAPPINGS'],
  'Mutation.mappingPublish': ['WRITE_MAPPINGS'],
  'Mutation.mappingRollback': ['WRITE_MAPPINGS'],
  'Mutation.valueMapCreate': ['WRITE_MAPPINGS'],
  'Mutation.valueMapUpdate': ['WRITE_MAPPINGS'],
  'Mutation.valueMapEntriesSave': ['WRITE_MAPPINGS'],
  'Mutation.valueMapEntriesDelete': ['WRITE_MAPPINGS'],
  'Mutation.valueMapDraftDiscard': ['WRITE_MAPPINGS'],
  'Mutation.valueMapPublish': ['WRITE_MAPPINGS'],
  'Mutation.valueMapRollback': ['WRITE_MAPPINGS'],
  'Mutation.valueMapDelete': ['WRITE_MAPPINGS'],
  'Mutation.fieldOwnersSave': ['WRITE_MAPPINGS'],
  'Mutation.fieldConflictResolve': ['WRITE_MAPPINGS', 'REPLAY'],
  'Mutation.alertAcknowledge': ['WRITE_FLOWS', 'REPLAY'],
  'Mutation.alertSnooze': ['WRITE_FLOWS', 'REPLAY'],
  'Mutation.alertResolve': ['WRITE_FLOWS', 'REPLAY'],
  'Mutation.alertRuleSave': ['WRITE_FLOWS'],
  'Mutation.alertRuleDelete': ['WRITE_FLOWS'],
  'Mutation.alertChannelSave': ['WRITE_FLOWS'],
  'Mutation.alertChannelDelete': ['WRITE_FLOWS'],
  'Mutation.alertChannelTest': ['WRITE_FLOWS'],
  'Mutation.configImport': ['ADMIN'],
  'Mutation.apiKeyCreate': ['ADMIN'],
  'Mutation.apiKeyRevoke': ['ADMIN'],
  'Mutation.userSave': ['ADMIN'],
  'Mutation.userInvite': ['ADMIN'],
  'Mutation.passwordChange': [],
  'Mutation.savedViewSave': [],
  'Mutation.savedViewDelete': [],
  'Mutation.savedViewDefault': [],
  'Subscription.syncEventRecorded': ['READ_OPERATIONS'],
  'Subscription.jobProgressed': ['READ_OPERATIONS'],
  'Subscription.flowStateChanged': ['READ_OPERATIONS'],
  'Subscription.flowRunProgressed': ['READ_OPERATIONS'],
  'Subscription.systemStatusChanged': ['READ_OPERATIONS'],
  'Subscription.syncStateChanged': ['READ_OPERATIONS'],
  'Subscription.mappingChanged': ['READ_OPERATIONS'],
  'Subscription.deadLetterChanged': ['READ_OPERATIONS'],
  'Subscription.productChanged': ['READ_CATALOGUE'],
  'Subscription.customerChanged': ['READ_CUSTOMERS'],
  'Subscription.orderChanged': ['READ_ORDERS'],
  'Subscription.stockLevelChanged': ['READ_STOCK'],
};

/** Records that a key may see through `node`, and through edges that lead from one subject into another. */
export const scopeOfType: Readonly<Record<string, ScopeName>> = {
  Product: 'READ_CATALOGUE',
  ProductVariant: 'READ_CATALOGUE',
  Category: 'READ_CATALOGUE',
  StockLocation: 'READ_STOCK',
  StockLevel: 'READ_STOCK',
  StockSummary: 'READ_STOCK',
  Customer: 'READ_CUSTOMERS',
  Order: 'READ_ORDERS',
  OrderEdge: 'READ_ORDERS',
  OrderConnection: 'READ_ORDERS',
  OrderLine: 'READ_ORDERS',
  Payment: 'READ_ORDERS',
  System: 'READ_OPERATIONS',
  Connector: 'READ_OPERATIONS',
  Flow: 'READ_OPERATIONS',
  FlowRun: 'READ_OPERATIONS',
  Reconciliation: 'READ_OPERATIONS',
  ReconciliationItem: 'READ_OPERATIONS',
  SyncEvent: 'READ_OPERATIONS',
  DeadLetter: 'READ_OPERATIONS',
  DeadLetterGroup: 'READ_OPERATIONS',
  EntitySyncStatus: 'READ_OPERATIONS',
  ExternalReference: 'READ_OPERATIONS',
  Job: 'READ_OPERATIONS',
  FieldOwner: 'READ_OPERATIONS',
  FieldConflict: 'READ_OPERATIONS',
  Mapping: 'READ_OPERATIONS',
  ValueMap: 'READ_OPERATIONS',
  Alert: 'READ_OPERATIONS',
  AlertRule: 'READ_OPERATIONS',
  AlertChannel: 'READ_OPERATIONS',
  // Who did something is told to everybody who sees what was done; lists of them are for administrators.
  ApiKey: 'READ_OPERATIONS',
  User: 'READ_OPERATIONS',
  AuditEntry: 'ADMIN',
};

/** Types that ADMIN alone shows too: without them nobody could administer people and keys. */
const administered: ReadonlySet<string> = new Set(['ApiKey', 'User']);

/** The scopes of which one shows records of a type; undefined = the type holds no records. */
export function scopesOfType(type: string): readonly ScopeName[] | undefined {
  const scope = scopeOfType[type];
  if (scope === undefined) return undefined;
  return administered.has(type) ? [scope, 'ADMIN'] : [scope];
}

/**
 * Types that a key without their scope may ask for where an edge leads to them; it is shown no personal data then
 * (store/personal-data.ts). Their root fields and `node` need the scope.
 */
export const maskedTypes: ReadonlySet<string> = new Set(['Customer']);

@ObjectType({ description: 'A key of a program or person.', implements: Node, simpleResolvers: true })
export class ApiKey extends Node {
  @Field(() => String)
  name!: string;

  @Field(() => String, { description: 'First characters, enough to recognise it.' })
  prefix!: string;

  @Field(() => UserRole)
  role!: RoleName;

  @Field(() => [Scope])
  scopes!: readonly ScopeName[];

  @Field(() => DateTime)
  createdAt!: Date;

  @Field(() => DateTime, { nullable: true })
  lastUsedAt!: Date | null;

  @Field(() => DateTime, { nullable: true })
  expiresAt!: Date | null;

  @Field(() => DateTime, { nullable: true })
  revokedAt!: Date | null;

  @Field(() => Boolean, { description: 'It may send only operations of the manifest, by their documentId.' })
  isLimitedToTrustedDocuments!: boolean;

  createdById!: string | null;
}
