/** Where a record lives and whether each system is up to date with it. */
import { Field, ObjectType } from 'type-graphql';
import { enumeration } from './enumeration.js';
import { DateTime } from './scalars.js';
import type { SpokenAbout } from './sync-event.js';
import { Node } from './syncable.js';
import { EntityType } from './system.js';

export const ReferenceOrigin = enumeration(
  'ReferenceOrigin',
  'How a record and its identity in a system found each other.',
  ['INGESTED', 'MATCHED', 'CREATED', 'MANUAL', 'MENTIONED'],
  {
    INGESTED: 'Read from the system.',
    MATCHED: 'Found by a match rule (e-mail, SKU, GTIN).',
    CREATED: 'The hub created the record in that system.',
    MANUAL: 'A person linked it.',
    MENTIONED: 'Another record refers to it; it has not been read itself yet.',
  },
);

@ObjectType({
  description: 'One identity of a canonical record in one connected system.',
  implements: Node,
  simpleResolvers: true,
})
export class ExternalReference extends Node {
  @Field(() => EntityType)
  entityType!: string;

  @Field(() => String, { description: 'Key that the system itself uses, always text.' })
  externalId!: string;

  @Field(() => [String], { description: 'Other codes by which people know it there: SKU, barcode.' })
  alternateKeys!: string[];

  @Field(() => ReferenceOrigin)
  origin!: string;

  @Field(() => DateTime)
  firstSeenAt!: Date;

  @Field(() => DateTime, { nullable: true })
  lastSeenAt!: Date | null;

  @Field(() => DateTime, { nullable: true })
  lastWrittenAt!: Date | null;

  @Field(() => String, {
    nullable: true,
    description: 'Hash of the last payload read; equal hashes are skipped.',
  })
  contentHash!: string | null;

  systemKey!: string;
  canonicalId!: string;
}

export const EntitySyncState = enumeration(
  'EntitySyncState',
  'State of a record in one system.',
  ['IN_SYNC', 'PENDING', 'HELD', 'RETRYING', 'FAILED', 'BLOCKED', 'EXCLUDED', 'NOT_LINKED'],
  {
    HELD: 'A guard or a pause holds it back.',
    BLOCKED: 'Waits for another record.',
    EXCLUDED: 'A filter keeps it out.',
  },
);

export const SyncReasonCode = enumeration('SyncReasonCode', 'Why a record is in its state.', [
  'DELIVERED',
  'QUEUED',
  'RATE_LIMITED',
  'FLOW_PAUSED',
  'RUN_HELD',
  'FILTERED_OUT',
  'WAITING_FOR_RECORD',
  'RETRYING',
  'REJECTED_BY_SYSTEM',
  'MAPPING_FAILED',
  'CONFLICT',
  'OWNED_BY_OTHER_SIDE',
  'NO_FLOW',
]);

export const Responsible = enumeration('Responsible', 'Who has to act.', [
  'NOBODY',
  'HUB',
  'SHOP',
  'INTEGRATOR',
  'SYSTEM_VENDOR',
]);

@ObjectType({ description: 'Why a record is in its state, what ends it and who has to act.', simpleResolvers: true })
export class SyncReason {
  @Field(() => SyncReasonCode)
  code!: string;

  @Field(() => String)
  message!: string;

  @Field(() => DateTime, { nullable: true })
  until!: Date | null;

  @Field(() => Responsible)
  responsible!: string;

  flowKey!: string | null;
  /** Which kind of record of which system the sentence is about; absent when it names no field. */
  about?: SpokenAbout;
  /** The row that waits, for finding what it waits for. */
  waiting!: { readonly target: string; readonly entity: string; readonly canonicalId: string } | null;
}

@ObjectType({ description: 'State of a record in one connected system.', simpleResolvers: true })
export class EntitySyncStatus {
  @Field(() => EntitySyncState)
  state!: string;

  @Field(() => SyncReason, { description: 'Why it is in this state, what ends it and who has to act.' })
  reason!: SyncReason;

  @Field(() => DateTime)
  since!: Date;

  systemKey!: string;
  entity!: string;
  canonicalId!: string;
}
