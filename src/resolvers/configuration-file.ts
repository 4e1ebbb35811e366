/** The configuration as a file: written out, compared with what is in use, and taken over. */
import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { ConfigFormat, ConfigImportInput, ConfigImportPayload, type ConfigPlan } from '../schema/configuration-file.js';
import type { AfterPublish } from '../schema/versions.js';
import type { FilePlan } from '../sync/configuration-import.js';
import type { Context } from './context.js';
import { replayRemedied } from './problem-commands.js';
import { refusal, userError } from './user-errors.js';

const subjectTypes = {
  systems: 'System',
  flows: 'Flow',
  fieldOwners: 'FieldOwner',
  mappings: 'Mapping',
  valueLists: 'ValueMap',
  comparisons: 'Reconciliation',
  alertChannels: 'AlertChannel',
  alertRules: 'AlertRule',
} as const;
type Section = keyof typeof subjectTypes;

const mostReplayed = 10_000;

function shownPlan({ planHash, parts, problems, keptCount }: FilePlan, isApplied: boolean): ConfigPlan {
  const changes = (Object.keys(subjectTypes) as Section[]).flatMap((section) =>
    parts[section].map(({ key, before, after, changes }) => ({
      kind: before === null ? 'ADDED' : after === null ? 'REMOVED' : 'CHANGED',
      subjectType: subjectTypes[section],
      key,
      changes,
    })),
  );
  const errors = problems.map(({ line, at, message }) =>
    userError('INVALID', `${line === null ? '' : `Line ${line}: `}${message}`, [
      'document',
      ...at.split('.').filter(Boolean),
    ]),
  );
  return { planHash, changes, keptCount, errors, isApplied };
}

const untouched = { replayedCount: 0, backfilledCount: 0 };

/** What is done with records of the past once a file is in use: as after publishing each mapping and list of it. */
async function followUp(
  context: Context,
  { mappings, valueLists }: FilePlan['parts'],
  then: keyof typeof AfterPublish,
) {
  if (then === 'APPLY_TO_NEW') return untouched;
  const reads = context.fresh();
  const ids = new Set<string>();
  for (const { key } of valueLists) for (const id of await reads.openProblemsOfList(key, mostReplayed)) ids.add(id);
  for (const { key, after } of mappings)
    if (after !== null)
      for (const id of await reads.openProblemsOfMapping({ key, ...after }, mostReplayed)) ids.add(id);
  const replayedCount = await replayRemedied(context, [...ids]);
  let backfilledCount = 0;
  if (then === 'BACKFILL_CHANGED') {
    for (const { key } of mappings) backfilledCount += await context.commands.mappings.backfill(key);
    for (const { key } of valueLists) backfilledCount += await context.commands.mappings.backfillList(key);
  }
  return { replayedCount, backfilledCount };
}

@Resolver()
export class ConfigurationFileResolver {
  @Query(() => String, {
    description: 'The configuration in use as a file, without secrets and without states of flows.',
  })
  configExport(
    @Arg('format', () => ConfigFormat, { defaultValue: 'YAML' }) _format: string,
    @Ctx() { commands }: Context,
  ): Promise<string> {
    return commands.configurationFiles.write();
  }

  @Mutation(() => ConfigImportPayload, { description: 'Shows what a configuration file changes, or does it.' })
  async configImport(
    @Arg('input', () => ConfigImportInput) input: ConfigImportInput,
    @Ctx() context: Context,
  ): Promise<ConfigImportPayload> {
    const { configurationFiles } = context.commands;
    const { document, prune, planHash = null } = input;
    const planned = async () => shownPlan(await configurationFiles.plan({ document, prune }), false);
    if (input.isDryRun) return { plan: await planned(), ...untouched, userErrors: [] };
    let done: FilePlan;
    try {
      done = await configurationFiles.apply({ document, prune, planHash, by: context.caller.actorId });
    } catch (thrown) {
      const field = planHash === null ? ['planHash'] : ['document'];
      return { plan: await planned(), ...untouched, userErrors: [refusal(thrown, field)] };
    }
    const plan = shownPlan(done, true);
    const changed = plan.changes.map(({ kind, subjectType, key }) => `${kind} ${subjectType} ${key}`);
    await context.audit('configImport', done.planHash ?? '', { prune, changed });
    return { plan, ...(await followUp(context, done.parts, input.then)), userErrors: [] };
  }
}
