/** Filters of lists that people have named: their own, and those that others share with everybody who may read the list. */
import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { newId } from '../base/ids.js';
import type { UserError } from '../schema/payloads.js';
import {
  SavedView,
  SavedViewDefaultInput,
  SavedViewDefaultPayload,
  SavedViewDeleteInput,
  SavedViewDeletePayload,
  SavedViewList,
  SavedViewSaveInput,
  SavedViewSavePayload,
  scopeOfList,
  type SavedViewListName,
} from '../schema/saved-view.js';
import type { Context } from './context.js';
import { refusal, userError } from './user-errors.js';

const longestName = 80;
const longestQuery = 2_000;
const mostViews = 100;

/** Views that the caller may see. A program has none of its own. */
async function viewsOf(context: Context, reads = context.reads): Promise<readonly SavedView[]> {
  const { actorId, scopes } = context.caller;
  const rows = (await reads.savedViews(actorId)).filter(({ list }) => scopes.has(scopeOfList[list]));
  return Promise.all(
    rows.map(async ({ ownerId, ...view }) => {
      const isOwn = ownerId === actorId;
      const ownerName = (await reads.user(ownerId))?.name ?? '';
      return { ...view, isOwn, isEditable: isOwn || scopes.has('ADMIN'), ownerName };
    }),
  );
}

const viewOf = async (context: Context, id: string): Promise<SavedView | null> =>
  (await viewsOf(context, context.fresh())).find((view) => view.id === id) ?? null;

/** What is wrong with what was typed. */
function problemsOf({ name, query }: Pick<SavedViewSaveInput, 'name' | 'query'>, isNew: boolean): UserError[] {
  const found: UserError[] = [];
  if ((isNew || name != null) && (name ?? '').trim() === '') found.push(userError('BLANK', 'Give it a name.', ['name'])); // prettier-ignore
  if ((name ?? '').trim().length > longestName)
    found.push(userError('TOO_LONG', `A name has at most ${longestName} characters.`, ['name']));
  if (isNew && query == null) found.push(userError('BLANK', 'Say which filter is meant.', ['query']));
  if ((query ?? '').length > longestQuery)
    found.push(userError('TOO_LONG', `A filter has at most ${longestQuery} characters.`, ['query']));
  return found;
}

const onlyPeople = (): UserError => userError('NOT_ALLOWED', 'Only people who have signed in have views.', []);
const noView = (id: string): UserError => userError('NOT_FOUND', `There is no view ${id}.`, ['id']);
const notYours = (): UserError =>
  userError('NOT_ALLOWED', 'The view is somebody else’s; save one of your own.', ['id']);

@Resolver()
export class SavedViewResolver {
  @Query(() => [SavedView], {
    description: 'Filters that the person who asks has named, and those that others share; own ones first.',
  })
  async savedViews(
    @Arg('list', () => SavedViewList, { nullable: true, description: 'Of one list; of all when left out.' })
    list: SavedViewListName | null,
    @Ctx() context: Context,
  ): Promise<readonly SavedView[]> {
    return (await viewsOf(context)).filter((view) => list == null || view.list === list);
  }

  @Mutation(() => SavedViewSavePayload, { description: 'Names a filter of a list, or changes a view.' })
  async savedViewSave(
    @Arg('input', () => SavedViewSaveInput) input: SavedViewSaveInput,
    @Ctx() context: Context,
  ): Promise<SavedViewSavePayload> {
    const refused = (...userErrors: UserError[]): SavedViewSavePayload => ({ savedView: null, userErrors });
    if (context.caller.session === null) return refused(onlyPeople());
    const problems = problemsOf(input, input.id == null);
    if (problems.length > 0) return refused(...problems);
    const [name, query, isShared] = [input.name?.trim(), input.query ?? undefined, input.isShared ?? undefined];
    try {
      const id =
        input.id == null ? await created(context, { ...input, name: name ?? '', query: query ?? '' }) : input.id;
      if (typeof id !== 'string') return refused(id);
      if (input.id != null) {
        const view = await viewOf(context, id);
        if (view === null) return refused(noView(id));
        if (!view.isEditable) return refused(notYours());
        await context.commands.savedViews.updateView(id, { name, query, isShared });
      }
      const savedView = await viewOf(context, id);
      await context.audit('savedViewSave', id, { name: savedView?.name ?? null, list: savedView?.list ?? null, isShared: savedView?.isShared ?? null }); // prettier-ignore
      return { savedView, userErrors: [] };
    } catch (thrown) {
      return refused(refusal(thrown, ['name']));
    }
  }

  @Mutation(() => SavedViewDeletePayload, { description: 'Deletes a view, for everybody with whom it was shared.' })
  async savedViewDelete(
    @Arg('input', () => SavedViewDeleteInput) { id }: SavedViewDeleteInput,
    @Ctx() context: Context,
  ): Promise<SavedViewDeletePayload> {
    const view = await viewOf(context, id);
    if (view === null) return { deletedId: null, userErrors: [noView(id)] };
    if (!view.isEditable) return { deletedId: null, userErrors: [notYours()] };
    await context.commands.savedViews.deleteView(id);
    await context.audit('savedViewDelete', id, { name: view.name, list: view.list, isShared: view.isShared });
    return { deletedId: id, userErrors: [] };
  }

  @Mutation(() => SavedViewDefaultPayload, {
    description: 'Says with which view a list begins for the person who asks.',
  })
  async savedViewDefault(
    @Arg('input', () => SavedViewDefaultInput) { list, id = null }: SavedViewDefaultInput,
    @Ctx() context: Context,
  ): Promise<SavedViewDefaultPayload> {
    const refused = (error: UserError): SavedViewDefaultPayload => ({ savedView: null, userErrors: [error] });
    if (context.caller.session === null) return refused(onlyPeople());
    const view = id === null ? null : await viewOf(context, id);
    if (id !== null && view?.list !== list) return refused(noView(id));
    await context.commands.savedViews.setDefaultView(context.caller.actorId, list, id);
    return { savedView: id === null ? null : await viewOf(context, id), userErrors: [] };
  }
}

/** Makes a view; its id, or what is in the way. */
async function created(
  context: Context,
  { list, name, query, isShared }: SavedViewSaveInput & { readonly name: string; readonly query: string },
): Promise<string | UserError> {
  const { actorId, scopes } = context.caller;
  if (list == null || !scopes.has(scopeOfList[list])) return userError('BLANK', 'Say of which list.', ['list']);
  const own = (await viewsOf(context)).filter((view) => view.isOwn);
  if (own.length >= mostViews) return userError('TOO_MANY', `Nobody has more than ${mostViews} views; delete one first.`, ['list']); // prettier-ignore
  const id = newId('saved_view');
  await context.commands.savedViews.createView({
    id,
    ownerId: actorId,
    list,
    name,
    query,
    isShared: isShared ?? false,
  });
  return id;
}
