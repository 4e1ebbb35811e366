/** The configuration as a file: written out, compared with what is in use, and taken over. */
import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import type { MappingDefinition } from '../mapping/mapping.js';
import { ConfigFormat, ConfigImportInput, ConfigImportPayload, type ConfigPlan } from '../schema/configuration-file.js';
import type { AfterPublish } from '../schema/versions.js';
import type { Reads } from '../store/reads.js';
import type { FilePlan } from '../sync/configuration-import.js';
import type { Context } from './context.js';
import { replayRemedied } from './problem-commands.js';
import { mappingUsedBy, usersOf } from './used-mapping.js';
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

/** A mapping with the keys of systems that use it. */
interface Used {
  readonly definition: MappingDefinition;
  readonly users: readonly string[];
}

/** Mappings that were changed. */
async function usedOnes(reads: Reads, changes: FilePlan['parts']['mappings']): Promise<Used[]> {
  const rows = (await reads.mappings()).filter(({ key }) => changes.some((change) => change.key === key));
  return Promise.all(
    rows.map(async ({ id, published }) => ({
      definition: published,
      users: (await usersOf({ reads }, id)).map(({ key }) => key),
    })),
  );
}

/** What systems use now where they used another mapping before. */
async function chosenAnew(reads: Reads, changes: FilePlan['parts']['systems']): Promise<Used[]> {
  const rows = await reads.mappings();
  const systems = await reads.load.systems();
  return changes.flatMap(({ key, before, after }) => {
    const system = systems.find((each) => each.key === key);
    const [was, is] = [before?.mappings ?? [], after?.mappings ?? []];
    const differing = rows.filter((row) => was.includes(row.key) !== is.includes(row.key));
    return differing.flatMap(({ direction, entity, published }): Used[] => {
      const used = system && mappingUsedBy(rows, system, { direction, entity, record: published.record });
      return used === undefined ? [] : [{ definition: used.published, users: [key] }];
    });
  });
}

/** What is done with records of the past once a file is in use: as after publishing each mapping and list of it. */
async function followUp(
  context: Context,
  { mappings, valueLists, systems }: FilePlan['parts'],
  then: keyof typeof AfterPublish,
) {
  if (then === 'APPLY_TO_NEW') return untouched;
  const reads = context.fresh();
  const ids = new Set<string>();
  for (const { key } of valueLists) for (const id of await reads.openProblemsOfList(key, mostReplayed)) ids.add(id);
  const changed = [...(await usedOnes(reads, mappings)), ...(await chosenAnew(reads, systems))];
  for (const { definition, users } of changed)
    for (const id of await reads.openProblemsOfMapping(definition, users, mostReplayed)) ids.add(id);
  const replayedCount = await replayRemedied(context, [...ids]);
  let backfilledCount = 0;
  if (then === 'BACKFILL_CHANGED') {
    for (const { definition, users } of changed)
      backfilledCount += await context.commands.mappings.backfill(definition.key, { systems: users });
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
