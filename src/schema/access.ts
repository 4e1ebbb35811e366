/** Who may do what: scopes, roles, which types need which scope, and the keys of programs. Root fields stand in `root-access.ts`. */
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
  EventMapping: 'READ_OPERATIONS',
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
