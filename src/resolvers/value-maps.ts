/** Value lists over the API: read, edit as a draft, publish, go back. What is wrong with an input comes back as `userErrors`. */
import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Document } from '../base/document.js';
import { ValueMapEntryConnection } from '../schema/connections.js';
import { Mapping } from '../schema/mapping.js';
import { PageArgs } from '../schema/page.js';
import {
  CodeChoices,
  UnmappedValue,
  ValueMap,
  ValueMapChange,
  ValueMapCreateInput,
  ValueMapDeleteInput,
  ValueMapDeletePayload,
  ValueMapEntriesDeleteInput,
  ValueMapEntriesSaveInput,
  ValueMapPayload,
  ValueMapPublishInput,
  ValueMapPublishPayload,
  ValueMapUpdateInput,
  ValueMapVersion,
} from '../schema/value-map.js';
import { System } from '../schema/system.js';
import { DraftEdit, RollbackInput, VersionState } from '../schema/versions.js';
import type { Context } from './context.js';
import { replayRemedied } from './problem-commands.js';
import { refusal, userError } from './user-errors.js';
import { shownMapping } from './mapping-shapes.js';
import { entriesIn, policyOf, shownChanges, shownEntry, shownValueMap, valueMapVersions } from './value-map-shapes.js';

async function valueMapOf(context: Context, id: string): Promise<ValueMap | null> {
  const lists = await context.fresh().valueLists();
  const found = lists.find((list) => list.id === id || list.key === id);
  return found === undefined ? null : shownValueMap(found);
}

/** Carries an edit out and returns the list as it is then. */
async function edited(
  context: Context,
  action: string,
  id: string,
  edit: () => Promise<unknown>,
  detail: (now: ValueMap) => Document = () => ({}),
): Promise<ValueMapPayload> {
  try {
    await edit();
  } catch (thrown) {
    return { valueMap: null, changes: [], userErrors: [refusal(thrown, ['id'])] };
  }
  const valueMap = await valueMapOf(context, id);
  await context.audit(action, valueMap?.id ?? id, {
    valueList: valueMap?.key ?? id,
    ...(valueMap === null ? {} : detail(valueMap)),
  });
  return { valueMap, changes: valueMap === null ? [] : draftChanges(context, valueMap), userErrors: [] };
}

const draftChanges = (
  { commands }: Context,
  { published, draft }: Pick<ValueMap, 'published' | 'draft'>,
): ValueMapChange[] => (draft === null ? [] : shownChanges(commands.valueLists.changes(published, draft)));

const mostReplayed = 10_000;

@Resolver(() => ValueMap)
export class ValueMapResolver {
  @Query(() => [ValueMap], { description: 'All value lists.' })
  async valueMaps(@Ctx() { reads }: Context) {
    return (await reads.valueLists()).map(shownValueMap);
  }

  @Query(() => ValueMap, { nullable: true, description: 'A value list by its id or its key.' })
  async valueMap(@Arg('id', () => ID) id: string, @Ctx() { reads }: Context) {
    const found = (await reads.valueLists()).find((list) => list.id === id || list.key === id);
    return found === undefined ? null : shownValueMap(found);
  }

  @FieldResolver(() => ValueMapEntryConnection, { description: 'Rows of the draft, or of the version in use.' })
  async entries(
    @Root() list: ValueMap,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('search', () => String, { nullable: true }) search: string | null,
    @Arg('state', () => VersionState, { defaultValue: 'DRAFT' }) state: string,
    @Ctx() { reads }: Context,
  ) {
    const body = state === 'DRAFT' ? (list.draft ?? list.published) : list.published;
    const sought = search?.trim().toLowerCase() ?? '';
    const found = body.entries.filter((entry) =>
      [entry.from, entry.to, entry.secondKey ?? ''].some((text) => text.toLowerCase().includes(sought)),
    );
    return reads.entriesOf(list.key, found.map(shownEntry), page);
  }

  @FieldResolver(() => [UnmappedValue], {
    description: 'Codes that came by and have no entry, the most frequent first.',
  })
  unmapped(@Root() list: ValueMap, @Ctx() { reads }: Context) {
    return reads.unmapped(list.key);
  }

  @FieldResolver(() => [ValueMapVersion], { description: 'What was in use, the newest first.' })
  async versions(@Root() list: ValueMap, @Ctx() { reads, commands }: Context) {
    return valueMapVersions(
      await reads.valueListVersions(list.key),
      list.publishedVersion,
      commands.valueLists.changes,
    );
  }

  @FieldResolver(() => [ValueMapChange], { description: 'What the draft changes in the version in use.' })
  draftChanges(@Root() list: ValueMap, @Ctx() context: Context) {
    return draftChanges(context, list);
  }

  @FieldResolver(() => String, { description: 'The rows of the draft as CSV.' })
  csv(@Root() list: ValueMap, @Ctx() { commands }: Context) {
    return commands.valueLists.toCsv((list.draft ?? list.published).entries);
  }

  @FieldResolver(() => [CodeChoices], {
    description:
      'What connected systems list themselves of the codes that this list leads to; none when no system does. Systems are asked now and then.',
  })
  choices(@Root() list: ValueMap, @Ctx() { commands }: Context) {
    return commands.codeChoices.of(list.key);
  }

  @FieldResolver(() => [Mapping], { description: 'Mappings whose version in use, or draft, takes it.' })
  async usedBy(@Root() list: ValueMap, @Ctx() { reads, commands }: Context) {
    return (await reads.mappings())
      .filter(({ draft, published }) =>
        [draft, published].some((each) => each !== null && commands.mappings.listsOf(each).has(list.key)),
      )
      .map(shownMapping);
  }

  @Mutation(() => ValueMapPayload, { description: 'Makes a value list without rows.' })
  valueMapCreate(@Arg('input', () => ValueMapCreateInput) input: ValueMapCreateInput, @Ctx() context: Context) {
    const { key, name, kind } = input;
    if (!/^[a-z0-9][a-z0-9-]{0,62}$/.test(key) || name.trim() === '') {
      const message = 'A key has small letters, digits and dashes, 1 to 63; a name is not empty.';
      return { valueMap: null, changes: [], userErrors: [userError('INVALID', message, ['key'])] };
    }
    const body = { ...policyOf(input), entries: [] };
    return edited(context, 'valueMapCreate', key, () =>
      context.commands.valueLists.create({ key, name: name.trim(), kind, body }, context.caller.actorId),
    );
  }

  @Mutation(() => ValueMapPayload, { description: 'Says in the draft what becomes of codes without a row.' })
  valueMapUpdate(@Arg('input', () => ValueMapUpdateInput) input: ValueMapUpdateInput, @Ctx() context: Context) {
    return edited(context, 'valueMapUpdate', input.id, () =>
      context.commands.valueLists.saveWhenUnmapped(input, policyOf(input)),
    );
  }

  @Mutation(() => ValueMapPayload, { description: 'Adds and changes rows of the draft, or replaces all of them.' })
  async valueMapEntriesSave(
    @Arg('input', () => ValueMapEntriesSaveInput) input: ValueMapEntriesSaveInput,
    @Ctx() context: Context,
  ) {
    const { valueLists } = context.commands;
    const found = entriesIn(input, valueLists.fromCsv);
    if ('message' in found) {
      return { valueMap: null, changes: [], userErrors: [userError('INVALID', found.message, [found.field])] };
    }
    if (input.isDryRun) {
      const valueMap = await valueMapOf(context, input.id);
      const body =
        valueMap && valueLists.withEntries(valueMap.draft ?? valueMap.published, found.entries, input.isReplacement);
      const changes = valueMap === null ? [] : draftChanges(context, { ...valueMap, draft: body });
      return { valueMap, changes, userErrors: [] };
    }
    return edited(context, 'valueMapEntriesSave', input.id, () =>
      valueLists.saveEntries(input, found.entries, input.isReplacement),
    );
  }

  @Mutation(() => ValueMapPayload, { description: 'Removes rows of the draft.' })
  valueMapEntriesDelete(
    @Arg('input', () => ValueMapEntriesDeleteInput) input: ValueMapEntriesDeleteInput,
    @Ctx() context: Context,
  ) {
    return edited(context, 'valueMapEntriesDelete', input.id, () =>
      context.commands.valueLists.deleteEntries(
        input,
        input.entries.map(({ sourceValue, secondKey }) => ({ from: sourceValue, secondKey: secondKey ?? '' })),
      ),
    );
  }

  @Mutation(() => ValueMapPayload, { description: 'Drops the draft.' })
  valueMapDraftDiscard(@Arg('input', () => DraftEdit) input: DraftEdit, @Ctx() context: Context) {
    return edited(context, 'valueMapDraftDiscard', input.id, () => context.commands.valueLists.discard(input));
  }

  @Mutation(() => ValueMapPublishPayload, {
    description: 'Makes the draft the version in use, and tries again what waited for it.',
  })
  async valueMapPublish(
    @Arg('input', () => ValueMapPublishInput) input: ValueMapPublishInput,
    @Ctx() context: Context,
  ) {
    const { valueLists, mappings } = context.commands;
    if (input.note.trim() === '') {
      const blank = userError('BLANK', 'Say what has changed.', ['note']);
      return { valueMap: null, replayedCount: 0, backfilledCount: 0, userErrors: [blank] };
    }
    const note = input.note.trim();
    const publish = () => valueLists.publish({ ...input, note, by: context.caller.actorId });
    const { valueMap, userErrors } = await edited(
      context,
      'valueMapPublish',
      input.id,
      publish,
      ({ publishedVersion: version }) => ({ version, note }),
    );
    if (valueMap === null) return { valueMap, replayedCount: 0, backfilledCount: 0, userErrors };
    const ids =
      input.then === 'APPLY_TO_NEW' ? [] : await context.fresh().openProblemsOfList(valueMap.key, mostReplayed);
    const replayedCount = await replayRemedied(context, ids);
    const backfilledCount = input.then === 'BACKFILL_CHANGED' ? await mappings.backfillList(valueMap.key) : 0;
    return { valueMap, replayedCount, backfilledCount, userErrors };
  }

  @Mutation(() => ValueMapPayload, { description: 'Makes an earlier version the one in use, as a new version.' })
  valueMapRollback(@Arg('input', () => RollbackInput) input: RollbackInput, @Ctx() context: Context) {
    const rollBack = () => context.commands.valueLists.rollBack({ ...input, by: context.caller.actorId });
    return edited(context, 'valueMapRollback', input.id, rollBack, ({ publishedVersion: version }) => ({
      version,
      note: input.note,
    }));
  }

  @Mutation(() => ValueMapDeletePayload, { description: 'Removes a list that no mapping uses.' })
  async valueMapDelete(@Arg('input', () => ValueMapDeleteInput) input: ValueMapDeleteInput, @Ctx() context: Context) {
    try {
      await context.commands.valueLists.delete(input.id);
    } catch (thrown) {
      return { deletedId: null, userErrors: [refusal(thrown, ['id'])] };
    }
    await context.audit('valueMapDelete', input.id, {});
    return { deletedId: input.id, userErrors: [] };
  }
}

@Resolver(() => CodeChoices)
export class CodeChoicesResolver {
  @FieldResolver(() => System, { nullable: true })
  system(@Root() choices: CodeChoices, @Ctx() { reads }: Context) {
    return reads.systemByKey(choices.systemKey);
  }
}
