/** Inputs of look-ups and mutations. One-of inputs take exactly one of their fields. */
import { Field, ID, InputType } from 'type-graphql';
import { repeatable } from './repeatable.js';
import { enumeration } from './enumeration.js';
import { DeadLetterFilter } from './operation-filters.js';
import { OrderType } from './order.js';
import type { Document } from '../base/document.js';
import { DateTime, JsonObject } from './scalars.js';
import { DeadLetterResolution } from './sync-event.js';
import { Scope } from './access.js';

const optional = { nullable: true } as const;

/** Names of the inputs of which exactly one field must be given; `buildGraph` marks them `@oneOf`. */
export const oneOfInputs = [
  'ProductBy',
  'CategoryBy',
  'CustomerBy',
  'OrderBy',
  'DeadLetterSelection',
  'SampleInput',
  'BackfillSelection',
  'AlertTarget',
  'UndoSelection',
] as const;

@InputType({ description: 'The identity of a record in a system.' })
export class ExternalReferenceKey {
  @Field(() => ID)
  systemId!: string;

  @Field(() => String)
  externalId!: string;
}

@InputType({ description: 'Exactly one key of a product.' })
export class ProductBy {
  @Field(() => ID, optional)
  id?: string;

  @Field(() => String, optional)
  sku?: string;

  @Field(() => String, optional)
  gtin?: string;

  @Field(() => ExternalReferenceKey, optional)
  externalReference?: ExternalReferenceKey;
}

@InputType({ description: 'Exactly one key of a category.' })
export class CategoryBy {
  @Field(() => ID, optional)
  id?: string;

  @Field(() => String, optional)
  slug?: string;

  @Field(() => ExternalReferenceKey, optional)
  externalReference?: ExternalReferenceKey;
}

@InputType({ description: 'Exactly one key of a customer.' })
export class CustomerBy {
  @Field(() => ID, optional)
  id?: string;

  @Field(() => String, optional)
  number?: string;

  @Field(() => ExternalReferenceKey, optional)
  externalReference?: ExternalReferenceKey;
}

@InputType({ description: 'The number of an order; orders and invoices are numbered apart.' })
export class OrderNumberKey {
  @Field(() => OrderType)
  type!: string;

  @Field(() => String)
  number!: string;
}

@InputType({ description: 'Exactly one key of an order.' })
export class OrderBy {
  @Field(() => ID, optional)
  id?: string;

  @Field(() => OrderNumberKey, optional)
  number?: OrderNumberKey;

  @Field(() => ExternalReferenceKey, optional)
  externalReference?: ExternalReferenceKey;
}

@InputType({ description: 'Which problems an action is about: exactly one way of naming them.' })
export class DeadLetterSelection {
  @Field(() => [ID], optional)
  ids?: string[];

  @Field(() => String, optional)
  fingerprint?: string;

  @Field(() => DeadLetterFilter, optional)
  filter?: DeadLetterFilter;
}

@InputType({ description: 'Stops a flow until somebody resumes it, or until a moment.' })
export class FlowPauseInput {
  @Field(() => ID)
  id!: string;

  @Field(() => String, optional)
  reason?: string | null;

  @Field(() => DateTime, { ...optional, description: 'When it goes on by itself; left out: when somebody resumes it.' })
  until?: Date | null;
}

@InputType({ description: 'Lets a paused flow work again.' })
export class FlowResumeInput {
  @Field(() => ID)
  id!: string;
}

@InputType({ description: 'Runs a flow now.' })
export class FlowRunInput {
  @Field(() => ID)
  id!: string;

  @Field(() => String, repeatable)
  idempotencyKey?: string | null;
}

export const ReplayMode = enumeration('ReplayMode', 'What is tried again.', ['REMAP', 'AS_OWN'], {
  REMAP: "Map the stored payload with today's rules.",
  AS_OWN: 'The same, and a record with a mark that the hub does not know (MARK_UNKNOWN) becomes a record of its own.',
});

@InputType({ description: 'Tries problems again.' })
export class DeadLettersReplayInput {
  @Field(() => DeadLetterSelection)
  selection!: DeadLetterSelection;

  @Field(() => ReplayMode, { defaultValue: 'REMAP' })
  mode!: string;

  @Field(() => Boolean, { defaultValue: false, description: 'True only tells how many would be tried again.' })
  isDryRun!: boolean;

  @Field(() => String, repeatable)
  idempotencyKey?: string | null;
}

@InputType({ description: 'Puts problems aside for good.' })
export class DeadLettersDiscardInput {
  @Field(() => DeadLetterSelection)
  selection!: DeadLetterSelection;

  @Field(() => DeadLetterResolution, { defaultValue: 'NOT_NEEDED' })
  resolution!: string;

  @Field(() => String)
  reason!: string;
}

@InputType({ description: 'Settings to try before they are stored.' })
export class SystemCandidate {
  @Field(() => String, { description: 'Key of the kind of application.' })
  connectorKey!: string;

  @Field(() => JsonObject, { description: "By the connector's settingsSchema; nothing of it is kept." })
  settings!: Document;
}

@InputType({ description: 'Tries the stored credentials of a system; changes nothing in it.' })
export class SystemTestInput {
  @Field(() => ID, { nullable: true, description: 'A system that is connected; or give a candidate.' })
  id?: string | null;

  @Field(() => SystemCandidate, {
    nullable: true,
    description: 'Settings that are not stored. Who gives them needs WRITE_SYSTEMS.',
  })
  candidate?: SystemCandidate | null;
}

@InputType({ description: 'Asks a system now which fields people have added to it.' })
export class SystemFieldsDiscoverInput {
  @Field(() => ID)
  id!: string;
}

@InputType({ description: 'A new key for a program.' })
export class ApiKeyCreateInput {
  @Field(() => String)
  name!: string;

  @Field(() => [Scope])
  scopes!: string[];

  @Field(() => DateTime, optional)
  expiresAt?: Date | null;

  @Field(() => Boolean, { defaultValue: false, description: 'It may then send only operations of the manifest.' })
  isLimitedToTrustedDocuments!: boolean;
}

@InputType({ description: 'Ends a key at once, also on open sockets.' })
export class ApiKeyRevokeInput {
  @Field(() => ID)
  id!: string;
}
