/** Setting systems up. What is wrong with an input comes back as `userErrors`; secrets are in no answer and in no audit row. */
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { Document } from '../base/document.js';
import { problemsBySetting } from '../base/problems-by-setting.js';
import type { UserError } from '../schema/payloads.js';
import {
  SystemCreateInput,
  SystemDeleteInput,
  SystemDeletePayload,
  SystemPauseInput,
  SystemPayload,
  SystemResumeInput,
  SystemUpdateInput,
} from '../schema/system-admin.js';
import type { System } from '../schema/system.js';
import { changesBetween } from './audit-changes.js';
import type { Context } from './context.js';
import { refusal, userError } from './user-errors.js';

const refused = (error: UserError): SystemPayload => ({ system: null, userErrors: [error] });
/** What the connector says against settings, each at its own. */
function bySetting(error: UserError): readonly UserError[] {
  const problems =
    error.reason === 'SETTINGS_INVALID' ? problemsBySetting((error.params as Document | null) ?? {}) : [];
  const found = problems.map(({ setting, problem }) => userError('INVALID', problem, ['settings', setting]));
  return found.length > 0 ? found : [{ ...error, field: ['input', 'settings'] }];
}

const unknown = (id: string): UserError => userError('NOT_FOUND', `There is no system ${id}.`, ['id']);

async function changed(
  context: Context,
  action: string,
  id: string,
  work: (key: string) => Promise<void>,
  detail: (before: System, after: System | null) => Document = () => ({}),
): Promise<SystemPayload> {
  const system = await context.reads.system(id);
  if (system === null) return refused(unknown(id));
  try {
    await work(system.key);
  } catch (thrown) {
    const error = refusal(thrown, ['id']);
    return error.reason === 'SETTINGS_INVALID' ? { system: null, userErrors: bySetting(error) } : refused(error);
  }
  const after = await context.fresh().system(id);
  await context.audit(action, id, { system: system.key, ...detail(system, after) });
  return { system: after, userErrors: [] };
}

const setOf = ({ name, settings }: System): Document => ({ name, ...settings });

@Resolver()
export class SystemAdminResolver {
  @Mutation(() => SystemPayload, {
    description: 'Connects a system. Nothing is read or written before a flow names it.',
  })
  async systemCreate(
    @Arg('input', () => SystemCreateInput) input: SystemCreateInput,
    @Ctx() context: Context,
  ): Promise<SystemPayload> {
    const { connectorKey, key, settings } = input;
    const name = input.name.trim();
    if (!/^[a-z][a-z0-9-]{0,62}$/.test(key))
      return refused(userError('INVALID', 'Use a small letter, then letters, digits and dashes, 1 to 63.', ['key']));
    if (name === '') return refused(userError('BLANK', 'The name must not be empty.', ['name']));
    try {
      await context.commands.systems.create({ connector: connectorKey, key, name, settings });
    } catch (thrown) {
      const error = refusal(thrown, ['settings']);
      const field = { TAKEN: 'key', NOT_FOUND: 'connectorKey' }[String(error.code)];
      if (field !== undefined) return refused({ ...error, field: ['input', field] });
      return { system: null, userErrors: bySetting(error) };
    }
    const system: System | null = await context.fresh().systemByKey(key);
    await context.audit('systemCreate', system?.id ?? key, { system: key, connector: connectorKey });
    return { system, userErrors: [] };
  }

  @Mutation(() => SystemPayload, { description: 'Changes name or settings of a system.' })
  systemUpdate(
    @Arg('input', () => SystemUpdateInput) input: SystemUpdateInput,
    @Ctx() context: Context,
  ): Promise<SystemPayload> {
    const name = input.name?.trim() ?? null;
    if (name === '') return Promise.resolve(refused(userError('BLANK', 'The name must not be empty.', ['name'])));
    const settings = input.settings ?? {};
    const change = { expectedVersion: input.expectedVersion, name, settings };
    const work = (key: string): Promise<void> => context.commands.systems.update(key, change);
    // Secrets are never shown: of those it is only said that they were set.
    const detail = (before: System, after: System | null): Document => ({
      changes: changesBetween(setOf(before), setOf(after ?? before)),
      secrets: Object.keys(settings).filter(
        (field) => !(field in before.settings) && !(field in (after?.settings ?? {})),
      ),
    });
    return changed(context, 'systemUpdate', input.id, work, detail);
  }

  @Mutation(() => SystemPayload, {
    description: 'Nothing is read from the system or written to it until somebody resumes it.',
  })
  systemPause(@Arg('input', () => SystemPauseInput) { id, reason }: SystemPauseInput, @Ctx() context: Context) {
    const work = (key: string): Promise<void> => context.commands.systems.pause(key, reason ?? null);
    return changed(context, 'systemPause', id, work, () => ({ reason: reason ?? null }));
  }

  @Mutation(() => SystemPayload, { description: 'Lets a system work again.' })
  systemResume(@Arg('input', () => SystemResumeInput) { id }: SystemResumeInput, @Ctx() context: Context) {
    return changed(context, 'systemResume', id, (key) => context.commands.systems.resume(key));
  }

  @Mutation(() => SystemDeletePayload, { description: 'Deletes a system that nothing names any more.' })
  async systemDelete(
    @Arg('input', () => SystemDeleteInput) { id, confirmation }: SystemDeleteInput,
    @Ctx() context: Context,
  ): Promise<SystemDeletePayload> {
    const refuse = (error: UserError): SystemDeletePayload => ({ deletedId: null, userErrors: [error] });
    const system = await context.reads.system(id);
    if (system === null) return refuse(unknown(id));
    if (confirmation !== system.key)
      return refuse(userError('CONFIRMATION_REQUIRED', `Type ${system.key} to confirm.`, ['confirmation']));
    try {
      await context.commands.systems.remove(system.key);
    } catch (thrown) {
      return refuse(refusal(thrown, ['id']));
    }
    await context.audit('systemDelete', id, { system: system.key });
    return { deletedId: id, userErrors: [] };
  }
}
