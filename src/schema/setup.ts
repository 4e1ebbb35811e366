/** How far the first steps are: from nothing to two systems that are synchronised. */
import { Field, InputType, ObjectType } from 'type-graphql';
import { enumeration, type ValueOf } from './enumeration.js';
import { Payload } from './payloads.js';

export const SetupStepKey = enumeration(
  'SetupStepKey',
  'A step of the wizard.',
  ['ACCOUNT', 'LANGUAGE_AND_TIME', 'CONNECT_SOURCE', 'CONNECT_TARGET', 'CHOOSE_FLOWS', 'MATCHING', 'VALUE_MAPS', 'DRY_RUN', 'ALERTS', 'GO_LIVE'],
  {
    ACCOUNT: 'Somebody can sign in.',
    LANGUAGE_AND_TIME: 'Language and time were looked at.',
    CONNECT_SOURCE: 'A system of the first kind is connected.',
    CONNECT_TARGET: 'A system of the other kind is connected.',
    CHOOSE_FLOWS: 'There are flows between the two.',
    MATCHING: 'What both systems have was looked at.',
    VALUE_MAPS: 'Codes without a row were looked at.',
    DRY_RUN: 'A trial run went well, and nothing has changed since.',
    ALERTS: 'Somebody is told when something goes wrong.',
    GO_LIVE: 'Every flow between the two was enabled.',
  },
); // prettier-ignore

export const SetupStepStatus = enumeration(
  'SetupStepStatus',
  'How a step stands.',
  ['OPEN', 'CURRENT', 'DONE', 'SKIPPED'],
  {
    OPEN: 'Its turn comes later.',
    CURRENT: 'It is the next one.',
    DONE: 'It is done.',
    SKIPPED: 'Somebody has said that it is left out.',
  },
);

@ObjectType({ description: 'A step of the wizard.', simpleResolvers: true })
export class SetupStep {
  @Field(() => SetupStepKey, { description: 'Which step.' })
  key!: ValueOf<typeof SetupStepKey>;

  @Field(() => SetupStepStatus)
  status!: ValueOf<typeof SetupStepStatus>;
}

@ObjectType({ description: 'How far the first steps are.', simpleResolvers: true })
export class SetupState {
  @Field(() => Boolean, { description: 'Every step is done or left out.' })
  isComplete!: boolean;

  @Field(() => [SetupStep], { description: 'All steps, in their order.' })
  steps!: readonly SetupStep[];
}

@InputType({ description: 'A step that somebody says is done.' })
export class SetupStepCompleteInput {
  @Field(() => SetupStepKey, {
    description: 'One of LANGUAGE_AND_TIME, MATCHING, VALUE_MAPS, ALERTS; the hub sees by itself when others are done.',
  })
  step!: ValueOf<typeof SetupStepKey>;
}

@ObjectType({ description: 'Result of setupStepComplete.', simpleResolvers: true })
export class SetupStepCompletePayload extends Payload {
  @Field(() => SetupState, { nullable: true, description: 'How far the steps are then; null when it was refused.' })
  setup!: SetupState | null;
}
