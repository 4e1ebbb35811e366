/** People as administrators see and change them, and what people do with their own account. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { askAs, cookieSet, personWith, sendSession, type Person } from '../support/graph-people.js';
import { openGraphWorld, type GraphWorld } from '../support/graph-server.js';

let world: GraphWorld;
let owner: Person;
beforeAll(async () => {
  world = await openGraphWorld();
  owner = await personWith(world, 'ADMIN');
}, 60_000);
afterAll(() => world.close());

const asOwner = async (query: string, variables: object = {}) => {
  const { body } = await askAs(world, owner.headers, query, variables);
  expect(body.errors).toBeUndefined();
  return body.data;
};
const save = async (input: object) =>
  (
    await asOwner(
      `mutation ($input: UserSaveInput!) { userSave(input: $input) {
         invitation user { id version name email role language isActive hasPassword createdBy { ... on User { id } } }
         userErrors { code field message } } }`,
      { input },
    )
  ).userSave;
const accept = (invitation: string, password: string) =>
  sendSession(world, 'POST', '/session/invitation', { invitation, password });
const auditOf = async (subjectId: string) =>
  (await asOwner(`query ($subjectId: ID!) { auditEntries(filter: { subjectId: $subjectId }) {
     nodes { action detail actor { ... on User { id name } } subject { ... on User { id } } } } }`, { subjectId })).auditEntries.nodes; // prettier-ignore

describe('a new user', () => {
  it('is invited, sets a password once, and is signed in by that', async () => {
    const made = await save({ name: ' Bob ', email: 'bob@x.example', role: 'OPERATOR', language: 'nl' });
    expect(made).toMatchObject({
      userErrors: [],
      user: {
        name: 'Bob',
        role: 'OPERATOR',
        language: 'nl',
        isActive: true,
        hasPassword: false,
        createdBy: { id: owner.id },
      },
    });
    expect((await accept(made.invitation, 'short')).body.errors[0].extensions.reason).toBe('PASSWORD_TOO_SHORT');
    const [one, two] = await Promise.all([1, 2].map(() => accept(made.invitation, 'seven quiet harbours')));
    expect([one!.status, two!.status].sort()).toEqual([200, 403]);
    const done = [one!, two!].find(({ status }) => status === 200)!;
    const { body } = await askAs(world, { cookie: cookieSet(done), origin: world.url }, '{ viewer { role language actor { ... on User { name } } } }'); // prettier-ignore
    expect(body.data.viewer).toEqual({ role: 'OPERATOR', language: 'nl', actor: { name: 'Bob' } });
    const inFrench = { cookie: cookieSet(done), origin: world.url, 'accept-language': 'fr-BE, en;q=0.5' };
    expect((await askAs(world, inFrench, '{ viewer { language } }')).body.data.viewer.language).toBe('fr');
    expect((await accept(made.invitation, 'another long sentence')).status).toBe(403);
    const entries = await auditOf(made.user.id);
    expect(entries.map(({ action, actor }: { action: string; actor: { id: string } }) => [action, actor.id])).toEqual([
      ['invitationAccept', made.user.id],
      ['userSave', owner.id],
    ]);
    expect(JSON.stringify(entries)).not.toContain(made.invitation);
  });

  it('has an invitation that ends after seven days, and with the next one', async () => {
    const { invitation, user } = await save({ name: 'Eve', email: 'eve@x.example', role: 'VIEWER' });
    const again = await asOwner('mutation ($id: ID!) { userInvite(input: { id: $id }) { invitation userErrors { code } } }', { id: user.id }); // prettier-ignore
    expect((await accept(invitation, 'seven quiet harbours')).status).toBe(403);
    await world.database.query(`update app_user set invitation_expires_at = now() - interval '1 second' where id = $1`, [user.id]); // prettier-ignore
    expect((await accept(again.userInvite.invitation, 'seven quiet harbours')).status).toBe(403);
    await world.database.query(`update app_user set invitation_expires_at = now() + interval '1 hour' where id = $1`, [user.id]); // prettier-ignore
    expect((await accept(again.userInvite.invitation, 'seven quiet harbours')).status).toBe(200);
  });

  it.each([
    [{ email: 'a@x.example', role: 'VIEWER' }, 'BLANK', 'name'],
    [{ name: 'A', role: 'VIEWER' }, 'BLANK', 'email'],
    [{ name: 'A', email: 'a@x.example' }, 'BLANK', 'role'],
    [{ name: 'A', email: 'a', role: 'VIEWER' }, 'INVALID', 'email'],
    [{ name: ' ', email: 'a@x.example', role: 'VIEWER' }, 'INVALID', 'name'],
    [{ name: 'A', email: 'a@x.example', role: 'VIEWER', language: 'de' }, 'INVALID', 'language'],
    [{ name: 'A', email: 'BOB@x.example', role: 'VIEWER' }, 'TAKEN', 'email'],
    [{ id: 'usr_none', expectedVersion: 1, name: 'A' }, 'NOT_FOUND', 'id'],
  ])('as %j is refused with %s at %s', async (input, code, field) => {
    const { user, userErrors } = await save(input);
    expect([user, userErrors[0].code, userErrors[0].field]).toEqual([null, code, ['input', field]]);
  });
});

describe('a change of a user', () => {
  it('counts at once, and only from the version that was looked at', async () => {
    const { id, headers } = await personWith(world, 'EDITOR');
    const create = 'mutation { flowPause(input: { id: "flw_none" }) { userErrors { code } } }';
    expect((await askAs(world, headers, create)).status).toBe(200);
    expect((await save({ id, expectedVersion: 2, role: 'VIEWER' })).userErrors[0].code).toBe('VERSION_CONFLICT');
    expect((await save({ id, role: 'VIEWER' })).userErrors[0].field).toEqual(['input', 'expectedVersion']);
    expect((await save({ id, expectedVersion: 1, role: 'VIEWER' })).user).toMatchObject({ role: 'VIEWER', version: 2 });
    expect((await askAs(world, headers, create)).status).toBe(403);
    expect((await save({ id, expectedVersion: 2, isActive: false })).user.isActive).toBe(false);
    expect((await askAs(world, headers, '{ viewer { role } }')).status).toBe(401);
    await save({ id, expectedVersion: 3, isActive: true });
    expect((await askAs(world, headers, '{ viewer { role } }')).status).toBe(401);
  });

  it('leaves an administrator who can sign in, also when two take each other away at the same moment', async () => {
    const other = await personWith(world, 'ADMIN');
    await save({ name: 'Not yet', email: 'later@x.example', role: 'ADMIN' });
    const demote = async ({ id }: Person) => {
      const text = `mutation { userSave(input: { id: "${id}", expectedVersion: 1, role: EDITOR }) { userErrors { code message } } }`;
      return (await world.ask(text)).body.data.userSave.userErrors[0]?.code ?? 'done';
    };
    expect((await Promise.all([demote(owner), demote(other)])).sort()).toEqual(['NOT_ALLOWED', 'done']);
    const rows = await world.database.query<{ id: string }>(`select id from app_user where role = 'ADMIN' and password_hash is not null`); // prettier-ignore
    expect(rows).toHaveLength(1);
    const text = `mutation { userSave(input: { id: "${rows[0]!.id}", expectedVersion: 1, isActive: false }) { userErrors { message } } }`;
    expect((await world.ask(text)).body.data.userSave.userErrors[0].message).toMatch(/last administrator/);
    await world.database.query(`update app_user set role = 'ADMIN', version = 1 where id = $1`, [owner.id]);
  });
});

describe('e-mail addresses', () => {
  it('are shown to administrators and to the person alone', async () => {
    const viewer = await personWith(world, 'VIEWER');
    const ask = async (id: string) =>
      (await askAs(world, viewer.headers, `{ node(id: "${id}") { ... on User { name email } } }`)).body.data.node.email;
    expect(await ask(owner.id)).toBeNull();
    expect(await ask(viewer.id)).toContain('@');
    expect((await asOwner(`{ node(id: "${viewer.id}") { ... on User { email } } }`)).node.email).toContain('@');
  });
});

describe('one’s own password', () => {
  const change = (headers: Record<string, string>, currentPassword: string, newPassword: string) =>
    askAs(world, headers, 'mutation ($input: PasswordChangeInput!) { passwordChange(input: $input) { isChanged userErrors { code field } } }', { input: { currentPassword, newPassword } }); // prettier-ignore

  it('is changed by who knows it, and ends all sessions of the person', async () => {
    const { invitation } = await save({ name: 'Kim', email: 'kim@x.example', role: 'VIEWER' });
    const first = { cookie: cookieSet(await accept(invitation, 'seven quiet harbours')), origin: world.url };
    const signIn = (password: string) => sendSession(world, 'POST', '/session', { email: 'kim@x.example', password });
    const second = { cookie: cookieSet(await signIn('seven quiet harbours')), origin: world.url };
    const wrong = (await change(first, 'not my password', 'nine loud factories')).body.data.passwordChange;
    expect(wrong).toEqual({ isChanged: false, userErrors: [{ code: 'INVALID', field: ['input', 'currentPassword'] }] });
    const weak = (await change(first, 'seven quiet harbours', 'kim@x.example')).body.data.passwordChange;
    expect(weak.userErrors[0].field).toEqual(['input', 'newPassword']);
    const done = await change(first, 'seven quiet harbours', 'nine loud factories');
    expect(done.body.data.passwordChange).toEqual({ isChanged: true, userErrors: [] });
    for (const headers of [first, second])
      expect((await askAs(world, headers, '{ viewer { role } }')).status).toBe(401);
    expect((await signIn('seven quiet harbours')).status).toBe(401);
    expect((await signIn('nine loud factories')).status).toBe(200);
  });

  it('is not something that a key has', async () => {
    const { body } = await world.ask('mutation { passwordChange(input: { currentPassword: "a", newPassword: "b" }) { userErrors { code } } }'); // prettier-ignore
    expect(body.data.passwordChange.userErrors[0].code).toBe('NOT_ALLOWED');
  });

  it('cannot be guessed with a session that somebody left open', async () => {
    const { headers } = await personWith(world, 'VIEWER');
    await world.database.query(`update app_user set password_hash = (select password_hash from app_user where email = 'kim@x.example') where id = $1`, [headers.id ?? (await personIdOf(headers))]); // prettier-ignore
    const codes: string[] = [];
    // Once the budget is used up, a guess comes back every five seconds: on a slow machine it lasts longer than its 20.
    for (let n = 0; n < 60 && codes.at(-1) !== 'TOO_MANY'; n++) {
      codes.push((await change(headers, `guess number ${n}`, 'nine loud factories')).body.data.passwordChange.userErrors[0].code); // prettier-ignore
    }
    expect(codes.slice(0, 10)).toEqual(Array(10).fill('INVALID'));
    expect(codes.at(-1)).toBe('TOO_MANY');
  });
});

const personIdOf = async (headers: Record<string, string>): Promise<string> =>
  (await askAs(world, headers, '{ viewer { actor { ... on User { id } } } }')).body.data.viewer.actor.id;
