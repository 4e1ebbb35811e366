/** Named filters of lists over HTTP, as people who have signed in have them: their own, shared ones, defaults, and who may change what. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { systemClock } from '../../src/base/clock.js';
import { noFailpoint } from '../../src/base/failpoint.js';
import { silentLogger } from '../../src/base/logger.js';
import { openDatabase, type Database } from '../../src/store/database.js';
import { savedViewCare } from '../../src/store/saved-views.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { personWith, type Person } from '../support/graph-people.js';
import { serveGraph, type GraphWorld } from '../support/graph-server.js';

interface View {
  readonly id: string;
  readonly list: string;
  readonly name: string;
  readonly query: string;
  readonly isShared: boolean;
  readonly isDefault: boolean;
  readonly isOwn: boolean;
  readonly isEditable: boolean;
  readonly ownerName: string;
}
interface Saved {
  readonly savedView: View | null;
  readonly userErrors: readonly { readonly code: string; readonly message: string }[];
}

let made: TestDatabase;
let database: Database;
let graph: GraphWorld;
let viewer: Person;
let editor: Person;
let admin: Person;
beforeAll(async () => {
  made = await createTestDatabase();
  database = openDatabase(
    { url: made.url, poolMax: 4, applicationName: 'koppel test' },
    { clock: systemClock, logger: silentLogger, failpoint: noFailpoint },
  );
  graph = await serveGraph(database, database, { commands: { savedViews: savedViewCare(database) } });
  [viewer, editor, admin] = await Promise.all([
    personWith(graph, 'VIEWER'),
    personWith(graph, 'EDITOR'),
    personWith(graph, 'ADMIN'),
  ]);
}, 60_000);
beforeEach(() => database.query('delete from saved_view'));
afterAll(async () => {
  await graph.close();
  await database.end();
  await made.drop();
});

const fields = 'id list name query isShared isDefault isOwn isEditable ownerName';
async function ask<T>(person: Person, query: string, variables: object, language = 'en'): Promise<T> {
  const headers = { ...person.headers, authorization: '', 'accept-language': language };
  const { body } = await graph.post(JSON.stringify({ query, variables }), headers);
  expect((body as { errors?: unknown }).errors).toBeUndefined();
  return Object.values((body as { data: Record<string, T> }).data)[0]!;
}
const viewsOf = (person: Person, list: string | null = null): Promise<readonly View[]> =>
  ask(person, `query ($list: SavedViewList) { savedViews(list: $list) { ${fields} } }`, { list });
const save = (person: Person, input: object, language?: string): Promise<Saved> =>
  ask(person, `mutation ($input: SavedViewSaveInput!) { savedViewSave(input: $input) { savedView { ${fields} } userErrors { code message } } }`, { input }, language); // prettier-ignore
const remove = (person: Person, id: string): Promise<{ deletedId: string | null; userErrors: { code: string }[] }> =>
  ask(person, 'mutation ($input: SavedViewDeleteInput!) { savedViewDelete(input: $input) { deletedId userErrors { code } } }', { input: { id } }); // prettier-ignore
const begin = (person: Person, list: string, id: string | null): Promise<Saved> =>
  ask(person, `mutation ($input: SavedViewDefaultInput!) { savedViewDefault(input: $input) { savedView { ${fields} } userErrors { code message } } }`, { input: { list, id } }); // prettier-ignore

const late = { list: 'ORDERS', name: 'Late orders', query: 'state=FAILED&within=P7D' };
const saved = async (person: Person, input: object = late): Promise<View> => {
  const { savedView, userErrors } = await save(person, input);
  expect(userErrors).toEqual([]);
  return savedView!;
};

describe('a view', () => {
  it('is found again by the person who has saved it, and by nobody else', async () => {
    const view = await saved(viewer);
    expect(view).toMatchObject({ ...late, isShared: false, isDefault: false, isOwn: true, isEditable: true });
    expect(await viewsOf(viewer, 'ORDERS')).toEqual([view]);
    expect(await viewsOf(viewer, 'STOCK')).toEqual([]);
    expect(await viewsOf(admin)).toEqual([]);
    expect(await remove(admin, view.id)).toMatchObject({ deletedId: null, userErrors: [{ code: 'NOT_FOUND' }] });
  });

  it('that is shared is read by all, and changed by its owner and administrators alone', async () => {
    const { id } = await saved(editor, { ...late, isShared: true });
    expect(await viewsOf(viewer)).toMatchObject([{ id, isOwn: false, isEditable: false, ownerName: 'A editor' }]);
    expect(await save(viewer, { id, name: 'Mine' })).toMatchObject({ savedView: null, userErrors: [{ code: 'NOT_ALLOWED' }] }); // prettier-ignore
    expect(await remove(viewer, id)).toMatchObject({ deletedId: null, userErrors: [{ code: 'NOT_ALLOWED' }] });
    expect(await save(admin, { id, name: 'Too late' })).toMatchObject({ savedView: { name: 'Too late', query: late.query } }); // prettier-ignore
    expect(await remove(admin, id)).toMatchObject({ deletedId: id, userErrors: [] });
    expect(await viewsOf(editor)).toEqual([]);
  });

  it('of a list that somebody may not read is not shown to him, nor saved by him', async () => {
    await saved(admin, { list: 'AUDIT', name: 'Sign-ins', query: 'action=signIn', isShared: true });
    expect(await viewsOf(editor)).toEqual([]);
    expect(await save(editor, { list: 'AUDIT', name: 'x', query: '' })).toMatchObject({ savedView: null });
  });

  it('has a name that is its own among those of the person and list, however it is written', async () => {
    await saved(viewer);
    const again = await save(viewer, { ...late, name: ' late ORDERS ' }, 'nl');
    expect(again.userErrors).toEqual([
      {
        code: 'TAKEN',
        message: expect.stringContaining('U hebt al een weergave late ORDERS van deze lijst.') as unknown,
      },
    ]);
    expect(await save(viewer, { ...late, list: 'STOCK' })).toMatchObject({ userErrors: [] });
    expect(await save(editor, late)).toMatchObject({ userErrors: [] });
    const other = await saved(viewer, { ...late, name: 'Other' });
    expect(await save(viewer, { id: other.id, name: 'Late Orders' })).toMatchObject({
      userErrors: [{ code: 'TAKEN' }],
    });
  });

  it('wants a name and a filter of reasonable length, and a person', async () => {
    expect((await save(viewer, { ...late, name: '  ' })).userErrors).toMatchObject([{ code: 'BLANK' }]);
    expect((await save(viewer, { ...late, name: 'x'.repeat(81) })).userErrors).toMatchObject([{ code: 'TOO_LONG' }]);
    expect((await save(viewer, { ...late, query: 'x'.repeat(2_001) })).userErrors).toMatchObject([
      { code: 'TOO_LONG' },
    ]);
    const answer = await graph.ask(`mutation { savedViewSave(input: { list: ORDERS, name: "x", query: "" }) { userErrors { code } } }`); // prettier-ignore
    expect(answer.body).toMatchObject({ data: { savedViewSave: { userErrors: [{ code: 'NOT_ALLOWED' }] } } });
  });
});

describe('the default of a list', () => {
  it('is one per person and list: an own view or one that is shared', async () => {
    const own = await saved(viewer);
    const shared = await saved(editor, { ...late, name: 'Of all', isShared: true });
    expect(await begin(viewer, 'ORDERS', own.id)).toMatchObject({ savedView: { id: own.id, isDefault: true } });
    expect(await begin(viewer, 'ORDERS', shared.id)).toMatchObject({ savedView: { id: shared.id, isDefault: true } });
    expect((await viewsOf(viewer)).filter(({ isDefault }) => isDefault)).toMatchObject([{ id: shared.id }]);
    expect((await viewsOf(editor)).filter(({ isDefault }) => isDefault)).toEqual([]);
    expect(await begin(viewer, 'STOCK', own.id)).toMatchObject({ userErrors: [{ code: 'NOT_FOUND' }] });
    await begin(viewer, 'ORDERS', null);
    expect((await viewsOf(viewer)).filter(({ isDefault }) => isDefault)).toEqual([]);
  });

  it('ends with the view, and for others when it is shared no more', async () => {
    const { id } = await saved(editor, { ...late, isShared: true });
    await begin(viewer, 'ORDERS', id);
    await begin(editor, 'ORDERS', id);
    await save(editor, { id, isShared: false });
    expect(await database.query('select user_id from saved_view_default')).toEqual([{ user_id: editor.id }]);
    await remove(editor, id);
    expect(await database.query('select user_id from saved_view_default')).toEqual([]);
  });
});
