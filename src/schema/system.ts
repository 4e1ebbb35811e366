/** A connected application and the connector that talks to it. Secrets go in and never come out. */
import { Field, Int, ObjectType } from 'type-graphql';
import type { Document } from '../base/document.js';
import { enumeration } from './enumeration.js';
import { DateTime, JsonObject } from './scalars.js';
import { Node } from './syncable.js';

export const EntityType = enumeration(
  'EntityType',
  'A kind of canonical record.',
  ['PRODUCT', 'PRODUCT_VARIANT', 'CATEGORY', 'CUSTOMER', 'CONTACT', 'ORDER', 'STOCK_LEVEL'],
  { CONTACT: 'The first contact of a company, where a system keeps it apart from the customer.' },
);

export const SystemStatus = enumeration('SystemStatus', 'How a connected system is doing.', [
  'DRAFT',
  'CONNECTED',
  'DEGRADED',
  'UNREACHABLE',
  'CREDENTIALS_REJECTED',
  'PAUSED',
]);

export const ChangeDetection = enumeration(
  'ChangeDetection',
  'How the hub learns of changes.',
  ['SYNC_MARKER', 'MODIFIED_SINCE', 'WEBHOOK', 'FULL_SCAN'],
  { SYNC_MARKER: 'A growing number that the system keeps per record.' },
);

@ObjectType({ description: 'A kind of application that the hub can talk to.', implements: Node, simpleResolvers: true })
export class Connector extends Node {
  @Field(() => String)
  key!: string;

  @Field(() => String)
  name!: string;

  @Field(() => JsonObject, { description: 'JSON Schema of the settings; secrets are marked writeOnly.' })
  settingsSchema!: Document;

  /** The settings that say where its records have pages, by kind of record. */
  pages!: readonly { readonly entity: string; readonly types?: readonly string[]; readonly setting: string }[];
}

@ObjectType({ description: 'How writes to a system went within a window.', simpleResolvers: true })
export class SystemCalls {
  @Field(() => Int, { description: 'Records that were written.' })
  written!: number;

  @Field(() => Int, { description: 'Tries that failed or got no answer.' })
  failed!: number;

  @Field(() => Int, {
    nullable: true,
    description: 'How long a write took, in milliseconds: half of them at most this.',
  })
  medianMs!: number | null;

  @Field(() => Int, { nullable: true, description: 'How long 95 of 100 writes took at most, in milliseconds.' })
  p95Ms!: number | null;
}

@ObjectType({ description: 'What the last calls to a system gave.', simpleResolvers: true })
export class SystemHealth {
  @Field(() => DateTime, { nullable: true })
  lastSuccessAt!: Date | null;

  @Field(() => DateTime, { nullable: true })
  lastErrorAt!: Date | null;
}

@ObjectType({
  description: 'A connected application: one administration or shop with its own credentials.',
  implements: Node,
  simpleResolvers: true,
})
export class System extends Node {
  @Field(() => String)
  name!: string;

  @Field(() => String, { description: 'Short stable key for configuration files and metric labels.' })
  key!: string;

  @Field(() => SystemStatus)
  status!: string;

  @Field(() => String, { nullable: true })
  statusReason!: string | null;

  @Field(() => DateTime)
  statusSince!: Date;

  @Field(() => JsonObject, { description: 'Everything except secrets.' })
  settings!: Document;

  @Field(() => DateTime, { nullable: true })
  secretsSetAt!: Date | null;

  @Field(() => Int)
  version!: number;

  @Field(() => DateTime)
  createdAt!: Date;

  @Field(() => DateTime)
  updatedAt!: Date;

  connectorKind!: string;
  lastSuccessAt!: Date | null;
  lastErrorAt!: Date | null;
  lastErrorCode!: string | null;
  lastErrorMessage!: string | null;
}

export const CheckStatus = enumeration('CheckStatus', 'Result of a check.', ['PASS', 'WARN', 'FAIL', 'SKIPPED']);

@ObjectType({ description: 'One thing that was checked.', simpleResolvers: true })
export class CheckResult {
  @Field(() => String)
  name!: string;

  @Field(() => CheckStatus)
  status!: string;

  @Field(() => String)
  message!: string;

  @Field(() => String, { nullable: true, description: 'What to do about it.' })
  hint!: string | null;

  @Field(() => [String], { description: 'The settings to look at when it did not pass, as the schema names them.' })
  settings!: readonly string[];

  @Field(() => Int, { nullable: true })
  durationMs!: number | null;
}

@ObjectType({ description: 'What a connection test found.', simpleResolvers: true })
export class SystemTestResult {
  @Field(() => Boolean)
  isOk!: boolean;

  @Field(() => [CheckResult])
  checks!: CheckResult[];
}
