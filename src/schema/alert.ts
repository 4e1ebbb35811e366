/** Alerts: what needs somebody now, the rules by which the hub notices, and the channels over which it tells. */
import { Field, InputType, ID, Int, ObjectType } from 'type-graphql';
import { Severity } from './address.js';
import { Actor } from './audit.js';
import { enumeration, type ValueOf } from './enumeration.js';
import { Flow } from './flow.js';
import { DateTime } from './scalars.js';
import { Node } from './syncable.js';
import { System } from './system.js';

const optional = { nullable: true } as const;

export const AlertStatus = enumeration(
  'AlertStatus',
  'How an alert stands.',
  ['FIRING', 'ACKNOWLEDGED', 'SNOOZED', 'RESOLVED'],
  {
    FIRING: 'It goes on, and nobody has said that they deal with it.',
    ACKNOWLEDGED: 'It goes on, and somebody deals with it.',
    SNOOZED: 'It goes on, and fires again after a moment that somebody has set.',
    RESOLVED: 'It is over: its condition has ended, or somebody has ended it.',
  },
);

export const AlertRuleKind = enumeration(
  'AlertRuleKind',
  'What a rule looks at, and what its threshold counts.',
  [
    'LAG',
    'FAILURE_RATIO',
    'OPEN_DEAD_LETTERS',
    'NO_ACTIVITY',
    'SYSTEM_UNREACHABLE',
    'CREDENTIALS',
    'UNMAPPED_VALUES',
    'FLOW_SUSPENDED',
    'RUN_HELD',
    'COMPARISON',
  ],
  {
    LAG: 'An enabled flow has had changes to deliver for at least so many minutes.',
    FAILURE_RATIO:
      'Of what a flow had to deliver within windowMinutes, at least so many per cent became problems, and at least three records.',
    OPEN_DEAD_LETTERS: 'At least so many problems are open.',
    NO_ACTIVITY: 'An enabled flow has had no run that succeeded for so many minutes.',
    SYSTEM_UNREACHABLE:
      'A system has been unreachable for at least so many minutes, or some of its streams have failed for so long although it answers.',
    CREDENTIALS: 'A system refuses the credentials. Without threshold.',
    UNMAPPED_VALUES: 'At least so many codes for which value lists have no row keep records waiting.',
    FLOW_SUSPENDED:
      'The hub has stopped a flow, or reading one of its systems for it, until a person decides. Without threshold.',
    RUN_HELD: 'Writes of a flow are held back until somebody releases or drops them. Without threshold.',
    COMPARISON:
      'The last comparison of a flow found records that differ and nothing explains, or came to no end. Without threshold.',
  },
);
export type AlertRuleKindName = ValueOf<typeof AlertRuleKind>;

export const AlertChannelKind = enumeration('AlertChannelKind', 'How people are told.', ['EMAIL', 'WEBHOOK']);
export const AlertNotificationReason = enumeration(
  'AlertNotificationReason',
  'Why a message was sent.',
  ['STARTED', 'REMINDER', 'RESOLVED'],
  { REMINDER: 'It was snoozed, and still goes on.' },
);

@ObjectType({ description: 'Where people are told of alerts.', implements: Node, simpleResolvers: true })
export class AlertChannel extends Node {
  @Field(() => AlertChannelKind)
  kind!: ValueOf<typeof AlertChannelKind>;

  @Field(() => String)
  name!: string;

  @Field(() => String, {
    description:
      'The address; of a webhook the URL without its query. Callers who may not change channels see only where it leads.',
  })
  target!: string;

  @Field(() => Boolean, { description: 'A message went through since the target was last changed.' })
  isVerified!: boolean;

  @Field(() => Boolean, { description: 'Whether its messages are signed.' })
  hasSecret!: boolean;

  @Field(() => String, {
    nullable: true,
    description: 'What was answered to the last message when it did not go through.',
  })
  lastError!: string | null;

  @Field(() => Int)
  version!: number;
}

@ObjectType({ description: 'When people are to be told, and where.', implements: Node, simpleResolvers: true })
export class AlertRule extends Node {
  @Field(() => String)
  name!: string;

  @Field(() => AlertRuleKind)
  kind!: AlertRuleKindName;

  @Field(() => Severity)
  severity!: ValueOf<typeof Severity>;

  @Field(() => Int, { nullable: true, description: 'From how much on it fires; what is counted depends on the kind.' })
  threshold!: number | null;

  @Field(() => Int, { nullable: true, description: 'How far FAILURE_RATIO looks back, in minutes; null for others.' })
  windowMinutes!: number | null;

  @Field(() => [Flow], { description: 'Only of these; empty = all.' })
  flows!: readonly Flow[];

  @Field(() => [System], { description: 'Only of these; empty = all.' })
  systems!: readonly System[];

  @Field(() => [AlertChannel], { description: 'Where its alerts are told; without one they only show in the hub.' })
  channels!: readonly AlertChannel[];

  @Field(() => Boolean, { description: 'False: it stays and notices nothing.' })
  isEnabled!: boolean;

  @Field(() => Int)
  version!: number;

  @Field(() => DateTime)
  updatedAt!: Date;

  flowKeys!: readonly string[];
  systemKeys!: readonly string[];
  channelIds!: readonly string[];
}

@ObjectType({ description: 'A message about an alert over one channel.', simpleResolvers: true })
export class AlertNotification {
  @Field(() => AlertChannel, { nullable: true, description: 'Null when it was deleted.' })
  channel!: AlertChannel | null;

  @Field(() => AlertNotificationReason, { description: 'Why it was sent.' })
  reason!: ValueOf<typeof AlertNotificationReason>;

  @Field(() => DateTime, { description: 'When it went through, was tried last, or became due.' })
  at!: Date;

  @Field(() => Boolean, { description: 'Whether the other side has taken it.' })
  isDelivered!: boolean;

  @Field(() => String, { nullable: true, description: 'What was answered when it did not go through.' })
  error!: string | null;

  alertId!: string;
  channelId!: string | null;
}

@ObjectType({
  description: 'Something that needs somebody: the condition of a rule has held for one flow, one system, or the hub.',
  implements: Node,
  simpleResolvers: true,
})
export class Alert extends Node {
  @Field(() => AlertRule, { nullable: true, description: 'Null when it was deleted.' })
  rule!: AlertRule | null;

  @Field(() => AlertRuleKind)
  kind!: AlertRuleKindName;

  @Field(() => AlertStatus)
  status!: ValueOf<typeof AlertStatus>;

  @Field(() => Severity)
  severity!: ValueOf<typeof Severity>;

  @Field(() => String, { description: 'What is the matter, in a few words.' })
  title!: string;

  @Field(() => String, { description: 'What is the matter, with the numbers of when it was last looked at.' })
  description!: string;

  @Field(() => System, { nullable: true, description: 'The system that it is about; null when it is about none.' })
  system!: System | null;

  @Field(() => Flow, { nullable: true, description: 'The flow that it is about; null when it is about none.' })
  flow!: Flow | null;

  @Field(() => DateTime)
  startedAt!: Date;

  @Field(() => DateTime, { nullable: true, description: 'When somebody said that they deal with it.' })
  acknowledgedAt!: Date | null;

  @Field(() => Actor, { nullable: true, description: 'Who deals with it.' })
  acknowledgedBy!: typeof Actor | null;

  @Field(() => String, optional)
  note!: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When it fires again if it goes on; null when not snoozed.' })
  snoozedUntil!: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'When it was over; null while it goes on.' })
  resolvedAt!: Date | null;

  @Field(() => String, { nullable: true, description: 'Page of the dashboard on which it can be mended.' })
  path!: string | null;

  @Field(() => [AlertNotification], { description: 'What was sent about it, the oldest first.' })
  notifications!: readonly AlertNotification[];

  ruleId!: string | null;
  flowKey!: string | null;
  systemKey!: string | null;
  acknowledgedById!: string | null;
}

@ObjectType({ description: 'Whether the hub can send e-mail.', simpleResolvers: true })
export class AlertMail {
  @Field(() => Boolean, { description: 'Whether it knows a mail server.' })
  isConfigured!: boolean;

  @Field(() => String, { nullable: true, description: 'From whom its mail comes; null without a mail server.' })
  from!: string | null;

  @Field(() => String, { nullable: true, description: 'What to set when it cannot; null when it can.' })
  hint!: string | null;
}

@InputType({ description: 'Which alerts; all conditions that are given must hold.' })
export class AlertFilter {
  @Field(() => [AlertStatus], optional)
  status?: string[] | null;

  @Field(() => ID, { nullable: true, description: 'Id of the rule.' })
  ruleId?: string | null;

  @Field(() => ID, optional)
  systemId?: string | null;

  @Field(() => ID, optional)
  flowId?: string | null;

  @Field(() => DateTime, { nullable: true, description: 'Only those that went on at this moment or later.' })
  since?: Date | null;
}
