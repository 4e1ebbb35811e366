/** Inputs and results of linking records with those of systems. */
import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { Payload } from './payloads.js';
import { ExternalReference } from './sync-status.js';

@InputType({ description: 'A record of the hub, and what it is in a system.' })
export class ExternalReferenceLinkInput {
  @Field(() => ID, { description: 'The record of the hub.' })
  entityId!: string;

  @Field(() => ID)
  systemId!: string;

  @Field(() => String)
  externalId!: string;

  @Field(() => String, { nullable: true, description: 'Why; it stands in the audit and in the activity log.' })
  reason?: string | null;
}

@ObjectType({ description: 'Result of externalReferenceLink.', simpleResolvers: true })
export class ExternalReferenceLinkPayload extends Payload {
  @Field(() => ExternalReference, { nullable: true, description: 'The identity; null when it was refused.' })
  externalReference!: ExternalReference | null;
}

@InputType({ description: 'An identity that is wrong.' })
export class ExternalReferenceUnlinkInput {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { nullable: true, description: 'Why; it stands in the audit and in the activity log.' })
  reason?: string | null;
}

@ObjectType({ description: 'Result of externalReferenceUnlink.', simpleResolvers: true })
export class ExternalReferenceUnlinkPayload extends Payload {
  @Field(() => ID, { nullable: true, description: 'Id of the identity that is gone; null when it was refused.' })
  deletedId!: string | null;
}
