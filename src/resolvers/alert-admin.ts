/** Rules and channels of alerts as people set them. Secrets are in no answer and in no audit row. */
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { Edited } from '../alerts/alert-edits.js';
import {
  AlertChannelDeleteInput,
  AlertChannelDeletePayload,
  AlertChannelSaveInput,
  AlertChannelSavePayload,
  AlertChannelTestInput,
  AlertChannelTestPayload,
  AlertRuleDeleteInput,
  AlertRuleDeletePayload,
  AlertRuleSaveInput,
  AlertRuleSavePayload,
} from '../schema/alert-inputs.js';
import type { UserError } from '../schema/payloads.js';
import { KoppelError } from '../base/errors.js';
import type { Context } from './context.js';
import { refusal, userError } from './user-errors.js';

/** The engine says which field is meant. */
function refused(thrown: unknown, field: string): readonly UserError[] {
  const path = thrown instanceof KoppelError ? thrown.path : undefined;
  const isTarget = path === 'email' || path === 'webhook';
  return [refusal(thrown, isTarget ? ['target', path] : [path ?? field])];
}

/** What is changed; null for something new. */
function editedOf({
  id,
  version,
}: {
  readonly id?: string | null;
  readonly version?: number | null;
}): Edited | null | UserError {
  // prettier-ignore
  if (id == null) return null;
  if (version == null) return userError('BLANK', 'Say from which version the change was made.', ['version']);
  return { id, version };
}

const isError = (edited: Edited | UserError | null): edited is UserError => edited !== null && 'code' in edited;

@Resolver()
export class AlertAdminResolver {
  @Mutation(() => AlertRuleSavePayload, {
    description: 'Makes or changes a rule. What people have ended by hand begins anew if it still holds.',
  })
  async alertRuleSave(
    @Arg('input', () => AlertRuleSaveInput) input: AlertRuleSaveInput,
    @Ctx() context: Context,
  ): Promise<AlertRuleSavePayload> {
    const of = editedOf(input);
    if (isError(of)) return { alertRule: null, userErrors: [of] };
    const named = await namedBy(input, context);
    if (named.userErrors.length > 0) return { alertRule: null, userErrors: named.userErrors };
    const { name, kind, severity, isEnabled, threshold = null, windowMinutes = null } = input;
    const { flows, systems, channels } = named;
    try {
      const edit = { of, name, kind, severity, threshold, windowMinutes, flows, systems, channels, isEnabled };
      const id = await context.commands.alerts.saveRule(edit);
      await context.audit('alertRuleSave', id, { name: name.trim(), kind, severity, threshold, windowMinutes, flows, systems, channels, isEnabled }); // prettier-ignore
      return { alertRule: await context.fresh().alertRule(id), userErrors: [] };
    } catch (thrown) {
      return { alertRule: null, userErrors: refused(thrown, 'id') };
    }
  }

  @Mutation(() => AlertRuleDeletePayload, { description: 'Deletes a rule; its alerts end without a message.' })
  async alertRuleDelete(
    @Arg('input', () => AlertRuleDeleteInput) { id, version }: AlertRuleDeleteInput,
    @Ctx() context: Context,
  ): Promise<AlertRuleDeletePayload> {
    const rule = await context.reads.alertRule(id);
    try {
      await context.commands.alerts.deleteRule({ id, version });
    } catch (thrown) {
      return { deletedId: null, userErrors: refused(thrown, 'id') };
    }
    await context.audit('alertRuleDelete', id, { name: rule?.name ?? null });
    return { deletedId: id, userErrors: [] };
  }

  @Mutation(() => AlertChannelSavePayload, {
    description: 'Makes or changes a channel. Its messages are written in the language of whoever saves it.',
  })
  async alertChannelSave(
    @Arg('input', () => AlertChannelSaveInput) input: AlertChannelSaveInput,
    @Ctx() context: Context,
  ): Promise<AlertChannelSavePayload> {
    const of = editedOf(input);
    if (isError(of)) return { alertChannel: null, userErrors: [of] };
    const { name, target = null, webhookSecret = null } = input;
    try {
      const edit = { of, name, target, webhookSecret, language: context.language };
      const id = await context.commands.alerts.saveChannel(edit);
      const alertChannel = await context.fresh().alertChannel(id);
      await context.audit('alertChannelSave', id, { name: name.trim(), target: alertChannel?.target ?? null, isSecretGiven: webhookSecret !== null }); // prettier-ignore
      return { alertChannel, userErrors: [] };
    } catch (thrown) {
      return { alertChannel: null, userErrors: refused(thrown, 'id') };
    }
  }

  @Mutation(() => AlertChannelDeletePayload, { description: 'Deletes a channel, and takes it out of the rules.' })
  async alertChannelDelete(
    @Arg('input', () => AlertChannelDeleteInput) { id, version }: AlertChannelDeleteInput,
    @Ctx() context: Context,
  ): Promise<AlertChannelDeletePayload> {
    const channel = await context.reads.alertChannel(id);
    try {
      await context.commands.alerts.deleteChannel({ id, version });
    } catch (thrown) {
      return { deletedId: null, userErrors: refused(thrown, 'id') };
    }
    await context.audit('alertChannelDelete', id, { name: channel?.name ?? null });
    return { deletedId: id, userErrors: [] };
  }

  @Mutation(() => AlertChannelTestPayload, {
    description: 'Sends a message over a channel now, and tells what was answered.',
  })
  async alertChannelTest(
    @Arg('input', () => AlertChannelTestInput) { id }: AlertChannelTestInput,
    @Ctx() context: Context,
  ): Promise<AlertChannelTestPayload> {
    let userErrors: readonly UserError[] = [];
    try {
      await context.commands.alerts.testChannel(id);
    } catch (thrown) {
      userErrors = refused(thrown, 'id');
    }
    const channel = await context.fresh().alertChannel(id);
    const isDelivered = userErrors.length === 0;
    if (channel !== null) await context.audit('alertChannelTest', id, { name: channel.name, isDelivered });
    return { channel, isDelivered, userErrors };
  }
}

/** Flows and systems by their keys, and channels; or which of them is not there. */
async function namedBy({ flowIds, systemIds, channelIds }: AlertRuleSaveInput, { reads }: Context) {
  const userErrors: UserError[] = [];
  const find = <T extends { readonly id: string }>(all: readonly T[], ids: readonly string[], field: string): T[] =>
    [...new Set(ids)].flatMap((id) => {
      const found = all.find((each) => each.id === id);
      if (found === undefined) userErrors.push(userError('NOT_FOUND', `There is no record ${id}.`, [field]));
      return found ?? [];
    });
  const keys = (found: readonly { readonly key: string }[]): string[] => found.map(({ key }) => key);
  const flows = keys(find(await reads.flows(), flowIds, 'flowIds'));
  const systems = keys(find(await reads.load.systems(), systemIds, 'systemIds'));
  const channels = find(await reads.alertChannels(), channelIds, 'channelIds').map(({ id }) => id);
  return { flows, systems, channels, userErrors };
}
