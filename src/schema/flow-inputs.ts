/** Inputs and results of making and changing flows. */
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { enumeration, type ValueOf } from './enumeration.js';
import { Flow } from './flow.js';
import { FlowSettingsInput } from './flow-settings.js';
import { Count } from './page.js';
import { Payload } from './payloads.js';
import { Duration } from './scalars.js';
import { EntityType } from './system.js';

const optional = { nullable: true } as const;

@InputType({ description: 'A new flow; it does nothing until it is enabled.' })
export class FlowCreateInput {
  @Field(() => String, { description: 'Small letters, digits and dashes; never changes.' })
  key!: string;

  @Field(() => String)
  name!: string;

  @Field(() => EntityType)
  entityType!: string;

  @Field(() => ID)
  sourceSystemId!: string;

  @Field(() => ID)
  targetSystemId!: string;

  @Field(() => Duration, { ...optional, description: 'How often the source is looked at; 5 seconds when left out.' })
  every?: string | null;

  @Field(() => FlowSettingsInput, optional)
  settings?: FlowSettingsInput | null;
}

@InputType({ description: 'Changes a flow; what is left out stays as it is.' })
export class FlowUpdateInput {
  @Field(() => ID)
  id!: string;

  @Field(() => Int, { description: 'Version that was read; another one means that somebody else has changed it.' })
  expectedVersion!: number;

  @Field(() => String, optional)
  name?: string | null;

  @Field(() => Duration, optional)
  every?: string | null;

  @Field(() => FlowSettingsInput, optional)
  settings?: FlowSettingsInput | null;
}

@InputType({ description: 'Lets a new or disabled flow work; what the hub holds already is looked at.' })
export class FlowEnableInput {
  @Field(() => ID)
  id!: string;
}

@InputType({ description: 'Ends a flow; what it has delivered stays.' })
export class FlowDisableInput {
  @Field(() => ID)
  id!: string;
}

export const MarkerEdge = enumeration('MarkerEdge', 'A place in what a system shows.', ['BEGINNING', 'NOW', 'HERE'], {
  BEGINNING:
    'Everything is read again. Refused while the flow starts NOW (`settings.start`): it takes nothing of before.',
  NOW: 'What changes from now on.',
  HERE: 'Where it stands.',
});

@InputType({ description: 'Where a flow is to read on. Exactly one.' })
export class MarkerTarget {
  @Field(() => MarkerEdge, { nullable: true, description: 'One of the ends, or where it stands.' })
  edge?: ValueOf<typeof MarkerEdge> | null;

  @Field(() => String, { nullable: true, description: 'A position as `syncState.marker` has shown it.' })
  marker?: string | null;
}

@InputType({ description: 'A flow that is to read on from another place.' })
export class FlowMarkerResetInput {
  @Field(() => ID)
  id!: string;

  @Field(() => MarkerTarget, { description: 'From where.' })
  to!: MarkerTarget;

  @Field(() => String, { description: 'Why; it stands in the audit.' })
  reason!: string;

  @Field(() => Boolean, { defaultValue: false, description: 'False only says what it would mean.' })
  isConfirmed!: boolean;
}

@ObjectType({ description: 'Result of flowMarkerReset.', simpleResolvers: true })
export class FlowMarkerResetPayload extends Payload {
  @Field(() => Flow, { nullable: true })
  flow!: Flow | null;

  @Field(() => Count, { nullable: true, description: 'Records that are read again; null when that cannot be told.' })
  affected!: Count | null;
}

@ObjectType({ description: 'Result of flowCreate.', simpleResolvers: true })
export class FlowCreatePayload extends Payload {
  @Field(() => Flow, { nullable: true })
  flow!: Flow | null;
}

@ObjectType({ description: 'Result of flowUpdate.', simpleResolvers: true })
export class FlowUpdatePayload extends Payload {
  @Field(() => Flow, { nullable: true })
  flow!: Flow | null;
}

@ObjectType({ description: 'Result of flowEnable.', simpleResolvers: true })
export class FlowEnablePayload extends Payload {
  @Field(() => Flow, { nullable: true })
  flow!: Flow | null;
}

@ObjectType({ description: 'Result of flowDisable.', simpleResolvers: true })
export class FlowDisablePayload extends Payload {
  @Field(() => Flow, { nullable: true })
  flow!: Flow | null;
}

@InputType({ description: 'A flow that is not needed any more; it has to be disabled, or never have been enabled.' })
export class FlowDeleteInput {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { description: 'The key of the flow, typed once more.' })
  confirmation!: string;
}

@ObjectType({ description: 'Result of flowDelete.', simpleResolvers: true })
export class FlowDeletePayload extends Payload {
  @Field(() => ID, { nullable: true, description: 'Id of the flow that is gone; null when it was refused.' })
  deletedId!: string | null;

  @Field(() => Int, { description: 'Open problems of the flow that were put aside.' })
  discardedCount!: number;

  @Field(() => Int, {
    description:
      'Records that stay in the target as they are. The hub goes on knowing them: another flow finds them there.',
  })
  leftCount!: number;
}
