/** The sandboxes that a hub was started with, and connecting them. */
import { Field, InputType, ObjectType } from 'type-graphql';
import { FlowSettings } from './flow-settings.js';
import { Payload } from './payloads.js';
import { EntityType, System } from './system.js';

@ObjectType({ description: 'A sandbox that can be connected.', simpleResolvers: true })
export class DemoSystem {
  @Field(() => String, { description: 'Key of the kind of application.' })
  connectorKey!: string;

  @Field(() => String, { description: 'Key of the system when it is connected.' })
  key!: string;

  @Field(() => String)
  name!: string;
}

@ObjectType({ description: 'A flow as the sample has it.', simpleResolvers: true })
export class DemoFlow {
  @Field(() => EntityType)
  entityType!: string;

  @Field(() => String, { description: 'Key of the system that is read.' })
  sourceKey!: string;

  @Field(() => String, { description: 'Key of the system that is written.' })
  targetKey!: string;

  @Field(() => FlowSettings)
  settings!: FlowSettings;
}

@ObjectType({ description: 'Sandboxes with a made-up shop, to try the hub with.', simpleResolvers: true })
export class Demo {
  @Field(() => [DemoSystem], { description: 'The sandboxes, connected or not.' })
  systems!: readonly DemoSystem[];

  @Field(() => [DemoFlow], { description: 'What the sample would synchronise between them.' })
  flows!: readonly DemoFlow[];
}

@InputType({ description: 'Which sandboxes to connect.' })
export class DemoConnectInput {
  @Field(() => [String], { nullable: true, description: 'Kinds of application; all when left out.' })
  connectorKeys?: string[] | null;
}

@ObjectType({ description: 'Result of demoConnect.', simpleResolvers: true })
export class DemoConnectPayload extends Payload {
  @Field(() => [System], { description: 'Systems that were connected now.' })
  systems!: readonly System[];
}
