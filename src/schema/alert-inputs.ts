/** What people do with alerts, their rules and channels: inputs and results. */
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Severity } from './address.js';
import { Alert, AlertChannel, AlertRule, AlertRuleKind, type AlertRuleKindName } from './alert.js';
import type { ValueOf } from './enumeration.js';
import { Payload } from './payloads.js';
import { DateTime } from './scalars.js';

const versionRead = 'The version that was read; needed with an id.';

@InputType({ description: 'An alert that somebody deals with.' })
export class AlertAcknowledgeInput {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { nullable: true, description: 'For colleagues, at most 2,000 characters.' })
  note?: string | null;
}

@InputType({ description: 'An alert that is to be quiet for a while.' })
export class AlertSnoozeInput {
  @Field(() => ID)
  id!: string;

  @Field(() => DateTime, { description: 'When it fires again if it goes on; at most 30 days from now.' })
  until!: Date;
}

@InputType({ description: 'An alert that somebody ends.' })
export class AlertResolveInput {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { nullable: true, description: 'Why, at most 2,000 characters.' })
  note?: string | null;
}

@ObjectType({ description: 'Result of alertAcknowledge.', simpleResolvers: true })
export class AlertAcknowledgePayload extends Payload {
  @Field(() => Alert, { nullable: true, description: 'The alert as it is now.' })
  alert!: Alert | null;
}

@ObjectType({ description: 'Result of alertSnooze.', simpleResolvers: true })
export class AlertSnoozePayload extends Payload {
  @Field(() => Alert, { nullable: true, description: 'The alert as it is now.' })
  alert!: Alert | null;
}

@ObjectType({ description: 'Result of alertResolve.', simpleResolvers: true })
export class AlertResolvePayload extends Payload {
  @Field(() => Alert, { nullable: true, description: 'The alert as it is now.' })
  alert!: Alert | null;
}

@InputType({ description: 'A rule, as it is to be.' })
export class AlertRuleSaveInput {
  @Field(() => ID, { nullable: true, description: 'Which one to change; left out, a new one is made.' })
  id?: string | null;

  @Field(() => Int, { nullable: true, description: versionRead })
  version?: number | null;

  @Field(() => String)
  name!: string;

  @Field(() => AlertRuleKind)
  kind!: AlertRuleKindName;

  @Field(() => Severity, { defaultValue: 'WARNING' })
  severity!: ValueOf<typeof Severity>;

  @Field(() => Int, { nullable: true, description: 'From how much on it fires; not for kinds without threshold.' })
  threshold?: number | null;

  @Field(() => Int, { nullable: true, description: 'For FAILURE_RATIO; 60 when left out.' })
  windowMinutes?: number | null;

  @Field(() => [ID], { defaultValue: [], description: 'Only of these flows; empty = all.' })
  flowIds!: string[];

  @Field(() => [ID], { defaultValue: [], description: 'Only of these systems; empty = all.' })
  systemIds!: string[];

  @Field(() => [ID], { defaultValue: [], description: 'Where its alerts are told.' })
  channelIds!: string[];

  @Field(() => Boolean, { defaultValue: true, description: 'False: its alerts end, and it notices nothing more.' })
  isEnabled!: boolean;
}

@ObjectType({ description: 'Result of alertRuleSave.', simpleResolvers: true })
export class AlertRuleSavePayload extends Payload {
  @Field(() => AlertRule, { nullable: true, description: 'The rule as it is now.' })
  alertRule!: AlertRule | null;
}

@InputType({ description: 'A rule that is not needed any more; its alerts end.' })
export class AlertRuleDeleteInput {
  @Field(() => ID)
  id!: string;

  @Field(() => Int, { description: 'The version that was read.' })
  version!: number;
}

@ObjectType({ description: 'Result of alertRuleDelete.', simpleResolvers: true })
export class AlertRuleDeletePayload extends Payload {
  @Field(() => ID, { nullable: true, description: 'Id of the rule that is gone; null when it was refused.' })
  deletedId!: string | null;
}

@InputType({ description: 'Where messages go: exactly one of these.' })
export class AlertTarget {
  @Field(() => String, { nullable: true, description: 'An e-mail address.' })
  email?: string;

  @Field(() => String, {
    nullable: true,
    description: 'An address to which alerts are posted as JSON: https://, or http:// on the machine of the hub.',
  })
  webhook?: string;
}

@InputType({ description: 'A channel, as it is to be.' })
export class AlertChannelSaveInput {
  @Field(() => ID, { nullable: true, description: 'Which one to change; left out, a new one is made.' })
  id?: string | null;

  @Field(() => Int, { nullable: true, description: versionRead })
  version?: number | null;

  @Field(() => String)
  name!: string;

  @Field(() => AlertTarget, {
    nullable: true,
    description: 'Needed without id. Left out, or the same as is shown, it stays as it is, with its query.',
  })
  target?: AlertTarget | null;

  @Field(() => String, {
    nullable: true,
    description: 'With what a webhook is signed; never shown. Left out it stays, empty takes it away.',
  })
  webhookSecret?: string | null;
}

@ObjectType({ description: 'Result of alertChannelSave.', simpleResolvers: true })
export class AlertChannelSavePayload extends Payload {
  @Field(() => AlertChannel, { nullable: true, description: 'The channel as it is now.' })
  alertChannel!: AlertChannel | null;
}

@InputType({ description: 'A channel that is not needed any more.' })
export class AlertChannelDeleteInput {
  @Field(() => ID)
  id!: string;

  @Field(() => Int, { description: 'The version that was read.' })
  version!: number;
}

@ObjectType({ description: 'Result of alertChannelDelete.', simpleResolvers: true })
export class AlertChannelDeletePayload extends Payload {
  @Field(() => ID, { nullable: true, description: 'Id of the channel that is gone; null when it was refused.' })
  deletedId!: string | null;
}

@InputType({ description: 'A channel that is to be tried.' })
export class AlertChannelTestInput {
  @Field(() => ID)
  id!: string;
}

@ObjectType({ description: 'Result of alertChannelTest.', simpleResolvers: true })
export class AlertChannelTestPayload extends Payload {
  @Field(() => AlertChannel, { nullable: true, description: 'The channel as it is now.' })
  channel!: AlertChannel | null;

  @Field(() => Boolean, {
    description: 'Whether the other side has taken the message; userErrors say what it answered.',
  })
  isDelivered!: boolean;
}
