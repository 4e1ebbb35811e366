/** Alerts over the API: what fires, by which rules, and where people are told. */
import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Alert, AlertChannel, AlertFilter, AlertMail, AlertNotification, AlertRule } from '../schema/alert.js';
import {
  AlertAcknowledgeInput,
  AlertAcknowledgePayload,
  AlertResolveInput,
  AlertResolvePayload,
  AlertSnoozeInput,
  AlertSnoozePayload,
} from '../schema/alert-inputs.js';
import { Actor } from '../schema/audit.js';
import { AlertConnection } from '../schema/connections.js';
import { Flow } from '../schema/flow.js';
import { PageArgs } from '../schema/page.js';
import type { UserError } from '../schema/payloads.js';
import { System } from '../schema/system.js';
import { nobodyOr } from './actors.js';
import type { Context } from './context.js';
import { refusal, userError } from './user-errors.js';

const masked = '•••';
const longestNote = 2_000;
const longestSnoozeMs = 30 * 86_400_000;

const mayChange = ({ caller }: Context): boolean => caller.scopes.has('WRITE_FLOWS') || caller.scopes.has('ADMIN');

/** Where it leads, without who or what is there: addresses of people, and tokens that stand in paths. */
const placeOf = ({ kind, target }: AlertChannel): string =>
  kind === 'EMAIL' ? `${masked}@${target.slice(target.lastIndexOf('@') + 1)}` : `${new URL(target).origin}/${masked}`;

@Resolver(() => Alert)
export class AlertResolver {
  @Query(() => AlertConnection, { description: 'Alerts in pages: those that fire first, the newest first.' })
  alerts(
    @Arg('filter', () => AlertFilter, { nullable: true }) filter: AlertFilter | null,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { reads }: Context,
  ) {
    return reads.alerts(filter, page);
  }

  @FieldResolver(() => AlertRule, { nullable: true })
  rule(@Root() { ruleId }: Alert, @Ctx() { reads }: Context) {
    return ruleId === null ? null : reads.alertRule(ruleId);
  }

  @FieldResolver(() => System, { nullable: true })
  system(@Root() { systemKey }: Alert, @Ctx() { reads }: Context) {
    return systemKey === null ? null : reads.systemByKey(systemKey);
  }

  @FieldResolver(() => Flow, { nullable: true })
  flow(@Root() { flowKey }: Alert, @Ctx() { reads }: Context) {
    return flowKey === null ? null : reads.flowByKey(flowKey);
  }

  @FieldResolver(() => Actor, { nullable: true })
  acknowledgedBy(@Root() { acknowledgedById }: Alert, @Ctx() context: Context) {
    return nobodyOr(context, acknowledgedById);
  }

  @FieldResolver(() => [AlertNotification])
  notifications(@Root() { id }: Alert, @Ctx() { reads }: Context) {
    return reads.notificationsOf(id);
  }

  @Mutation(() => AlertAcknowledgePayload, {
    description: 'Says that the caller deals with an alert. It goes on, and nothing more is sent before its end.',
  })
  alertAcknowledge(@Arg('input', () => AlertAcknowledgeInput) input: AlertAcknowledgeInput, @Ctx() context: Context) {
    const note = noteOf(input);
    const work = () => context.commands.alerts.acknowledge(input.id, note, context.caller.actorId);
    return changed(context, 'alertAcknowledge', { id: input.id, note }, work);
  }

  @Mutation(() => AlertSnoozePayload, {
    description: 'Lets an alert be quiet until a moment; if it goes on then, it fires again and people are reminded.',
  })
  alertSnooze(@Arg('input', () => AlertSnoozeInput) { id, until }: AlertSnoozeInput, @Ctx() context: Context) {
    const ms = until.getTime() - context.now().getTime();
    if (ms <= 0 || ms > longestSnoozeMs) {
      const message = 'The moment is in the future, and at most 30 days from now.';
      return { alert: null, userErrors: [userError('OUT_OF_RANGE', message, ['until'])] };
    }
    const work = () => context.commands.alerts.snooze(id, until);
    return changed(context, 'alertSnooze', { id, until: until.toISOString() }, work);
  }

  @Mutation(() => AlertResolvePayload, {
    description:
      'Ends an alert by hand. While its condition still holds it does not begin anew, unless its rule is saved again.',
  })
  alertResolve(@Arg('input', () => AlertResolveInput) input: AlertResolveInput, @Ctx() context: Context) {
    const note = noteOf(input);
    const work = () => context.commands.alerts.resolve(input.id, note);
    return changed(context, 'alertResolve', { id: input.id, note }, work);
  }
}

const noteOf = ({ note }: { readonly note?: string | null }): string | null => (note?.trim() ?? '') || null;

async function changed(
  context: Context,
  action: string,
  { id, ...detail }: { readonly id: string; readonly note?: string | null; readonly until?: string },
  work: () => Promise<void>,
): Promise<{ alert: Alert | null; userErrors: readonly UserError[] }> {
  if ((detail.note ?? '').length > longestNote) {
    const message = `A note has at most ${longestNote} characters.`;
    return { alert: null, userErrors: [userError('TOO_LONG', message, ['note'])] };
  }
  try {
    await work();
  } catch (thrown) {
    return { alert: null, userErrors: [refusal(thrown, ['id'])] };
  }
  await context.audit(action, id, detail);
  return { alert: await context.fresh().alert(id), userErrors: [] };
}

@Resolver(() => AlertRule)
export class AlertRuleResolver {
  @Query(() => [AlertRule], { description: 'All rules by which alerts begin, the oldest first.' })
  alertRules(@Ctx() { reads }: Context) {
    return reads.alertRules();
  }

  @FieldResolver(() => [Flow])
  async flows(@Root() { flowKeys }: AlertRule, @Ctx() { reads }: Context) {
    return (await reads.flows()).filter(({ key }) => flowKeys.includes(key));
  }

  @FieldResolver(() => [System])
  async systems(@Root() { systemKeys }: AlertRule, @Ctx() { reads }: Context) {
    return (await reads.load.systems()).filter(({ key }) => systemKeys.includes(key));
  }

  @FieldResolver(() => [AlertChannel])
  async channels(@Root() { channelIds }: AlertRule, @Ctx() { reads }: Context) {
    return (await reads.alertChannels()).filter(({ id }) => channelIds.includes(id));
  }
}

@Resolver(() => AlertChannel)
export class AlertChannelResolver {
  @Query(() => [AlertChannel], { description: 'All channels over which people are told of alerts, the oldest first.' })
  alertChannels(@Ctx() { reads }: Context) {
    return reads.alertChannels();
  }

  @Query(() => AlertMail, { description: 'Whether the hub can send e-mail, and what to set when it cannot.' })
  alertMail(@Ctx() { commands }: Context): AlertMail {
    const { mailFrom, mailHint } = commands.alerts;
    return { isConfigured: mailFrom !== null, from: mailFrom, hint: mailFrom === null ? mailHint : null };
  }

  @FieldResolver(() => String)
  target(@Root() channel: AlertChannel, @Ctx() context: Context) {
    return mayChange(context) ? channel.target : placeOf(channel);
  }

  @FieldResolver(() => String, { nullable: true })
  lastError(@Root() { lastError }: AlertChannel, @Ctx() context: Context) {
    return lastError === null || mayChange(context) ? lastError : masked;
  }
}

@Resolver(() => AlertNotification)
export class AlertNotificationResolver {
  @FieldResolver(() => AlertChannel, { nullable: true })
  channel(@Root() { channelId }: AlertNotification, @Ctx() { reads }: Context) {
    return channelId === null ? null : reads.alertChannel(channelId);
  }

  @FieldResolver(() => String, { nullable: true })
  error(@Root() { error }: AlertNotification, @Ctx() context: Context) {
    return error === null || mayChange(context) ? error : masked;
  }
}

export const alertResolvers = [
  AlertResolver,
  AlertRuleResolver,
  AlertChannelResolver,
  AlertNotificationResolver,
] as const;
