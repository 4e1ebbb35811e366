/** Setting systems up. */
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { Document } from '../base/document.js';
import { Payload } from './payloads.js';
import { JsonObject } from './scalars.js';
import { System } from './system.js';

const settingsAre = "By the connector's settingsSchema; secrets go in and never come out.";

@InputType({ description: 'A system to connect.' })
export class SystemCreateInput {
  @Field(() => String, { description: 'Key of the kind of application.' })
  connectorKey!: string;

  @Field(() => String, { description: 'Small letters, digits and dashes; never changes.' })
  key!: string;

  @Field(() => String)
  name!: string;

  @Field(() => JsonObject, { description: settingsAre })
  settings!: Document;
}

@InputType({ description: 'What is to change of a system.' })
export class SystemUpdateInput {
  @Field(() => ID)
  id!: string;

  @Field(() => Int, { description: 'The version that was read.' })
  expectedVersion!: number;

  @Field(() => String, { nullable: true })
  name?: string | null;

  @Field(() => JsonObject, {
    nullable: true,
    description: 'Merged into what is stored, so that secrets need not be sent again; null removes a setting.',
  })
  settings?: Document | null;
}

@InputType({ description: 'A system that is to rest.' })
export class SystemPauseInput {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { nullable: true, description: 'Shown while it rests.' })
  reason?: string | null;
}

@InputType({ description: 'A system that is to work again.' })
export class SystemResumeInput {
  @Field(() => ID)
  id!: string;
}

@InputType({ description: 'A system that is not needed any more.' })
export class SystemDeleteInput {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { description: 'The key of the system, typed once more.' })
  confirmation!: string;
}

@ObjectType({
  description: 'Result of systemCreate, systemUpdate, systemPause and systemResume.',
  simpleResolvers: true,
})
export class SystemPayload extends Payload {
  @Field(() => System, { nullable: true, description: 'The system as it is now; null when it was refused.' })
  system!: System | null;
}

@ObjectType({ description: 'Result of systemDelete.', simpleResolvers: true })
export class SystemDeletePayload extends Payload {
  @Field(() => ID, { nullable: true, description: 'Id of the system that is gone; null when it was refused.' })
  deletedId!: string | null;
}
