/** Mappings over the API: read, edit as a draft, try on records, publish, go back. */
import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Document } from '../base/document.js';
import type { MappingDefinition, Predicate } from '../mapping/mapping.js';
import { MappingProblem, type FieldRuleInput } from '../schema/field-rule.js';
import {
  FieldDescriptor,
  Mapping,
  MappingCoverage,
  MappingSample,
  MappingVersion,
  RuleChange,
} from '../schema/mapping.js';
import {
  MappingDraftSaveInput,
  MappingPayload,
  MappingPreview,
  MappingPreviewInput,
  MappingPublishInput,
  MappingPublishPayload,
  MappingRollbackInput,
} from '../schema/mapping-inputs.js';
import { DraftEdit } from '../schema/versions.js';
import type { Context } from './context.js';
import { descriptorsOf, shownMapping, shownPreview, shownProblems, shownVersions, storedRules } from './mapping-shapes.js'; // prettier-ignore
import { followUp } from './mapping-follow-up.js';
import { sampleOf, triedLists } from './mapping-samples.js';
import { notedRules, shownRuleChanges } from './noted-rules.js';
import { isHidden } from './personal-mappings.js';
import { usersOf } from './used-mapping.js';
import { refusal, userError } from './user-errors.js';

/** Most records that are offered to try a mapping on. */
const mostSamples = 50;

/** As it is now; one that was deleted, too. */
export async function mappingOf({ fresh }: Pick<Context, 'fresh'>, id: string): Promise<Mapping | null> {
  const found = (await fresh().everMappings()).find((row) => row.id === id || row.key === id);
  return found === undefined ? null : shownMapping(found);
}

/** Edits of what is in use; all others are of the draft. */
const ofPublished: ReadonlySet<string> = new Set(['mappingPublish', 'mappingRollback']);

/** Carries an edit out and returns the mapping as it is then. */
async function edited(
  context: Context,
  action: string,
  id: string,
  edit: () => Promise<unknown>,
  detail: (now: Mapping) => Document = () => ({}),
): Promise<MappingPayload> {
  const before = await mappingOf(context, id);
  try {
    await edit();
  } catch (thrown) {
    return { mapping: null, userErrors: [refusal(thrown, ['id'])] };
  }
  const mapping = await mappingOf(context, id);
  await context.audit(action, mapping?.id ?? id, {
    mapping: mapping?.key ?? id,
    ...(mapping === null ? {} : notedRules(context, before, mapping, ofPublished.has(action) ? 'published' : 'draft')),
    ...(mapping === null ? {} : detail(mapping)),
  });
  return { mapping, userErrors: [] };
}

/** The mapping with rules that are not saved. A condition that is null is none; one that is left out is as it is stored. */
function unsaved(
  { includeWhen: saved, ...stored }: MappingDefinition,
  rules: readonly FieldRuleInput[],
  includeWhen: unknown,
): MappingDefinition {
  const condition = includeWhen === undefined ? saved : (includeWhen as Predicate | null);
  return { ...stored, rules: storedRules(rules), ...(condition == null ? {} : { includeWhen: condition }) };
}

/** Keys of the systems that use a mapping that was changed. */
const usersNow = async (context: Context, { mapping }: MappingPayload): Promise<string[]> =>
  mapping === null ? [] : (await usersOf({ reads: context.fresh() }, mapping.id)).map(({ key }) => key);

@Resolver(() => Mapping)
export class MappingResolver {
  @Query(() => [Mapping], { description: 'All mappings.' })
  async mappings(@Ctx() { reads }: Context) {
    return (await reads.mappings()).map(shownMapping);
  }

  @Query(() => Mapping, {
    nullable: true,
    description: 'A mapping by its id or its key; one that was deleted, too, because what it did is explained by it.',
  })
  async mapping(@Arg('id', () => ID) id: string, @Ctx() { reads }: Context) {
    const found = (await reads.everMappings()).find((row) => row.id === id || row.key === id);
    return found === undefined ? null : shownMapping(found);
  }

  @FieldResolver(() => [MappingVersion], { description: 'What was in use, the newest first.' })
  async versions(@Root() mapping: Mapping, @Ctx() { reads }: Context) {
    return shownVersions(await reads.mappingVersions(mapping.key), mapping.publishedVersion);
  }

  @FieldResolver(() => MappingVersion, { nullable: true, description: 'The rules that are shipped with the product.' })
  shipped(@Root() { published }: Mapping, @Ctx() { commands }: Context) {
    const definition = commands.mappings.shipped(published.definition);
    return definition === undefined ? null : shownVersions([{ version: 1, body: definition, note: null, publishedAt: new Date(0), publishedBy: null }], 1)[0]; // prettier-ignore
  }

  @FieldResolver(() => Boolean, {
    description:
      'The product ships rules by now that this mapping has never had: a release has changed them since it was installed. `mappingShippedRestore` takes them into the draft.',
  })
  async hasNewShippedRules(@Root() mapping: Mapping, @Ctx() { reads, commands }: Context): Promise<boolean> {
    const { isShipped, key, draft, published } = mapping;
    const shipped = isShipped ? commands.mappings.shipped(published.definition) : undefined;
    if (shipped === undefined) return false;
    const isThat = (definition: MappingDefinition): boolean => commands.mappings.sameRules(definition, shipped);
    if (isThat(published.definition) || isThat(draft.definition)) return false;
    return !(await reads.mappingVersions(key)).some(({ body }) => isThat(body));
  }

  @FieldResolver(() => [FieldDescriptor], { description: 'Fields that rules can read.' })
  sourceFields(@Root() { draft }: Mapping, @Ctx() { commands }: Context) {
    const sides = commands.mappings.sidesOf(draft.definition);
    return sides === undefined ? [] : descriptorsOf(sides.source);
  }

  @FieldResolver(() => [FieldDescriptor], { description: 'Fields that rules can write.' })
  targetFields(@Root() { draft }: Mapping, @Ctx() { commands }: Context) {
    const sides = commands.mappings.sidesOf(draft.definition);
    return sides === undefined ? [] : descriptorsOf(sides.target);
  }

  @FieldResolver(() => MappingCoverage)
  coverage(@Root() { draft }: Mapping, @Ctx() { commands }: Context): MappingCoverage {
    const { definition } = draft;
    const sides = commands.mappings.sidesOf(definition);
    if (sides === undefined) return { mappedTargets: 0, totalTargets: 0, unusedSources: [] };
    const written = new Set(definition.rules.map(({ target }) => target.split('.', 1)[0]));
    const read = commands.mappings.readsOf(definition);
    const targets = sides.target.fields.filter(({ computed }) => computed !== true);
    return {
      mappedTargets: targets.filter(({ name }) => written.has(name)).length,
      totalTargets: targets.length,
      unusedSources: descriptorsOf({ ...sides.source, fields: sides.source.fields.filter(({ name }) => !read.has(name)) }).filter(({ path }) => !path.includes('.')), // prettier-ignore
    };
  }

  @FieldResolver(() => [MappingProblem], {
    description: 'What is wrong with the draft; it can be published when nothing is.',
  })
  problems(@Root() { draft }: Mapping, @Ctx() { commands }: Context) {
    return shownProblems(commands.mappings.problemsOf(draft.definition));
  }

  @FieldResolver(() => [RuleChange], {
    description: 'What the draft, or another version, changes in a version; in the one in use when none is given.',
  })
  async changesSince(
    @Root() mapping: Mapping,
    @Arg('version', () => Int, { nullable: true }) version: number | null,
    @Arg('until', () => Int, {
      nullable: true,
      description: 'Number of the version that changes it; the draft when left out.',
    })
    until: number | null,
    @Ctx() { reads, commands }: Context,
  ) {
    const versions = version === null && until === null ? [] : await reads.mappingVersions(mapping.key);
    const bodyOf = (number: number) => versions.find((each) => each.version === number)?.body;
    const before = version === null ? mapping.published.definition : bodyOf(version);
    const after = until === null ? mapping.draft.definition : bodyOf(until);
    return before === undefined || after === undefined
      ? []
      : shownRuleChanges(commands.mappings.changes(before, after));
  }

  @Query(() => MappingPreview, { description: 'What a mapping would do with one record. Writes nothing.' })
  async mappingPreview(@Arg('input', () => MappingPreviewInput) input: MappingPreviewInput, @Ctx() context: Context) {
    const { reads, commands } = context;
    const row = (await reads.mappings()).find(({ id, key }) => id === input.mappingId || key === input.mappingId);
    if (row === undefined)
      return shownPreview({ type: 'nothing', message: `There is no mapping ${input.mappingId}.` }, []);
    const stored: MappingDefinition = row.draft ?? row.published;
    const definition = input.rules == null ? stored : unsaved(stored, input.rules, input.includeWhen);
    const lists = await triedLists(context, input);
    const sample = await sampleOf(context, input, definition.entity);
    if (typeof sample === 'string') return shownPreview({ type: 'nothing', message: sample }, []);
    const result = await commands.mappings.preview({ definition, lists }, sample);
    const systems = await reads.load.systems();
    const system = systems.find(({ id, connectorKind }) =>
      input.systemId == null ? connectorKind === definition.connector : id === input.systemId,
    );
    return shownPreview(result, definition.rules, { entity: definition.entity, system: system?.key ?? null });
  }

  @Query(() => [MappingSample], {
    description:
      'Records to try a mapping on: those that changed last. None for inbound mappings: their originals are not kept.',
  })
  async mappingSamples(
    @Arg('mappingId', () => ID) mappingId: string,
    @Arg('first', () => Int, { defaultValue: 10 }) first: number,
    @Ctx() context: Context,
  ): Promise<MappingSample[]> {
    const mapping = await mappingOf(context, mappingId);
    const definition = mapping?.draft.definition;
    if (definition?.direction !== 'outbound' || isHidden(context, definition.entity)) return [];
    const found = await context.reads.recentRecords(definition.entity, Math.min(Math.max(first, 1), mostSamples));
    return found.map(({ id, label, updatedAt }) => ({ entityId: id, label, updatedAt }));
  }

  @Mutation(() => MappingPayload, {
    description: 'Replaces the rules of the draft; what is wrong with them stands in `problems`.',
  })
  mappingDraftSave(@Arg('input', () => MappingDraftSaveInput) input: MappingDraftSaveInput, @Ctx() context: Context) {
    return edited(context, 'mappingDraftSave', input.id, () =>
      context.commands.mappings.saveDraft(input, {
        rules: storedRules(input.rules),
        includeWhen: (input.includeWhen ?? null) as Predicate | null,
      }),
    );
  }

  @Mutation(() => MappingPayload, { description: 'Drops the draft.' })
  mappingDraftDiscard(@Arg('input', () => DraftEdit) input: DraftEdit, @Ctx() context: Context) {
    return edited(context, 'mappingDraftDiscard', input.id, () => context.commands.mappings.discard(input));
  }

  @Mutation(() => MappingPayload, { description: 'Takes the rules that are shipped with the product into the draft.' })
  mappingShippedRestore(@Arg('input', () => DraftEdit) input: DraftEdit, @Ctx() context: Context) {
    return edited(context, 'mappingShippedRestore', input.id, () => context.commands.mappings.restoreShipped(input));
  }

  @Mutation(() => MappingPublishPayload, { description: 'Makes the draft the version in use.' })
  async mappingPublish(@Arg('input', () => MappingPublishInput) input: MappingPublishInput, @Ctx() context: Context) {
    if (input.note.trim() === '') {
      const blank = userError('BLANK', 'Say what has changed.', ['note']);
      return { mapping: null, replayedCount: 0, backfilledCount: 0, userErrors: [blank] };
    }
    const note = input.note.trim();
    const publish = () => context.commands.mappings.publish({ ...input, note, by: context.caller.actorId });
    const done = await edited(context, 'mappingPublish', input.id, publish, ({ publishedVersion: version }) => ({
      version,
      note,
    }));
    return followUp(context, done, input.then, { systems: await usersNow(context, done), isShown: input.planHash != null }); // prettier-ignore
  }

  @Mutation(() => MappingPublishPayload, { description: 'Makes an earlier version the one in use, as a new version.' })
  async mappingRollback(
    @Arg('input', () => MappingRollbackInput) input: MappingRollbackInput,
    @Ctx() context: Context,
  ) {
    const rollBack = () => context.commands.mappings.rollBack({ ...input, by: context.caller.actorId });
    const done = await edited(context, 'mappingRollback', input.id, rollBack, ({ publishedVersion: version }) => ({
      version,
      note: input.note,
    }));
    return followUp(context, done, input.then, { systems: await usersNow(context, done) });
  }
}
