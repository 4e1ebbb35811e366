/** The first account, signing in and out, and how long a session lasts: over real HTTP, with real passwords. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { setUpToken } from '../../src/security/set-up-token.js';
import { hashOfToken } from '../../src/security/sessions.js';
import { askAs, cookieSet, sendSession } from '../support/graph-people.js';
import { openGraphWorld, type GraphWorld } from '../support/graph-server.js';
import { until } from '../support/wait.js';

const masterKey = randomBytes(32);
const owner = { name: 'Anna Peeters', email: 'Anna@Winkel.example', password: 'five green bicycles' };

let world: GraphWorld;
beforeAll(async () => {
  world = await openGraphWorld({ masterKey });
}, 60_000);
afterAll(() => world.close());

const send = (method: string, path: string, body?: object, headers?: Record<string, string>) =>
  sendSession(world, method, path, body, headers);
const signIn = (email = owner.email, password = owner.password, headers?: Record<string, string>) =>
  send('POST', '/session', { email, password }, headers);
const viewer = (cookie: string, headers: Record<string, string> = {}) =>
  askAs(
    world,
    { cookie, origin: world.url, ...headers },
    '{ viewer { role language actor { ... on User { name email } } } }',
  );
const codeOf = ({ status, body }: { status: number; body: { errors: { extensions: { reason: string } }[] } }) =>
  `${status} ${body.errors[0]!.extensions.reason}`;

describe('the first account', () => {
  const first = (more: object) => send('POST', '/session/first', { ...owner, ...more });

  it('needs the proof of having set up the hub: nothing else makes it', async () => {
    expect((await send('GET', '/session')).body).toEqual({ user: null, needsFirstAccount: true });
    expect(codeOf(await first({ proof: 'guessed' }))).toBe('403 SET_UP_PROOF_REFUSED');
    expect(codeOf(await first({ proof: await world.keyOf('EDITOR') }))).toBe('403 SET_UP_PROOF_REFUSED');
    expect(codeOf(await first({ proof: setUpToken(randomBytes(32).toString('hex')) }))).toBe(
      '403 SET_UP_PROOF_REFUSED',
    );
    expect((await first({})).status).toBe(400);
    expect(await world.database.query('select 1 from app_user')).toEqual([]);
  });

  it.each([
    [{ password: 'short' }, '400 PASSWORD_TOO_SHORT'],
    [{ password: 'a b '.repeat(65) }, '400 PASSWORD_TOO_LONG'],
    [{ password: 'Welkom123456!' }, '400 PASSWORD_COMMON'],
    [{ password: ' anna@winkel.example' }, '400 PASSWORD_IS_EMAIL'],
    [{ name: '  ' }, '400 ACCOUNT_FIELD_INVALID'],
    [{ email: 'nobody' }, '400 ACCOUNT_FIELD_INVALID'],
    [{ language: 'de' }, '400 ACCOUNT_FIELD_INVALID'],
    [{ role: 'ADMIN' }, '400 BAD_INPUT'],
    [{ name: 'a\u0000b' }, '400 BAD_INPUT'],
  ])('with %j is refused with a sentence, also with the proof', async (more, code) => {
    const answer = await first({ proof: world.adminKey, ...more });
    expect(codeOf(answer)).toBe(code);
    expect(answer.body.errors[0].message).toMatch(/^[A-Z].*\.$/);
    expect(answer.text).not.toContain(owner.password);
  });

  it('is made once, of many that try at the same moment, and signs in; the link works no second time', async () => {
    const proof = setUpToken(masterKey.toString('hex'));
    const answers = await Promise.all(
      [1, 2, 3, 4].map((n) => first({ proof, email: n === 1 ? owner.email : `other${n}@x.example` })),
    );
    const made = answers.filter(({ status }) => status === 200);
    expect(made).toHaveLength(1);
    expect(answers.filter((answer) => answer.status !== 200).map(codeOf)).toEqual(
      Array(3).fill('409 FIRST_ACCOUNT_EXISTS'),
    );
    expect((await viewer(cookieSet(made[0]!))).body.data.viewer.role).toBe('ADMIN');
    await world.database.query('update app_user set email = $1, email_key = lower($1)', [owner.email]);
    expect(codeOf(await first({ proof, email: 'second@x.example' }))).toBe('409 FIRST_ACCOUNT_EXISTS');
    expect((await send('GET', '/session')).body).toEqual({ user: null, needsFirstAccount: false });
  });
});

describe('signing in', () => {
  it('gives a cookie that pages cannot read and other sites do not send, and nothing that a stolen database could use', async () => {
    const answer = await signIn();
    expect(answer.status).toBe(200);
    expect(answer.body.user).toMatchObject({ name: owner.name, role: 'ADMIN', language: 'en' });
    expect(answer.headers.get('set-cookie')).toMatch(
      /^koppel-session=[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; SameSite=Strict$/,
    );
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const token = cookieSet(answer).split('=')[1]!;
    const dump = JSON.stringify([
      await world.database.query('select * from session'),
      await world.database.query('select * from app_user'),
      await world.database.query('select * from audit'),
    ]);
    expect(dump).toContain(hashOfToken(token));
    expect(dump).not.toContain(token);
    expect(dump).not.toContain(owner.password);
    expect(dump).toMatch(/scrypt\$N=32768,r=8,p=3\$/);
    expect((await viewer(cookieSet(answer))).body.data.viewer.actor).toEqual({ name: owner.name, email: owner.email });
  });

  it('takes the address in any letters and the password in any form of Unicode', async () => {
    expect((await signIn('ANNA@WINKEL.EXAMPLE')).status).toBe(200);
    const { body } = await world.ask(
      'mutation { userSave(input: { name: "Zoë", email: "zoe@x.example", role: VIEWER, language: "fr" }) { invitation userErrors { message } } }',
    );
    const { invitation } = body.data.userSave;
    const password = 'café ﬁnal élégant';
    expect((await send('POST', '/session/invitation', { invitation, password })).status).toBe(200);
    const typedElsewhere = password.normalize('NFKD');
    expect(typedElsewhere).not.toBe(password);
    expect((await signIn('zoe@x.example', typedElsewhere)).status).toBe(200);
  });

  it('refuses with the same answer whatever is wrong', async () => {
    await world.database.query(`update app_user set is_disabled = true where email = 'zoe@x.example'`);
    await world.ask(
      'mutation { userSave(input: { name: "New", email: "new@x.example", role: VIEWER }) { invitation } }',
    );
    const answers = [
      await signIn(owner.email, 'another password'),
      await signIn('unknown@x.example'),
      await signIn('zoe@x.example', 'café ﬁnal élégant'),
      await signIn('new@x.example', ''),
      await signIn(owner.email, 'x'.repeat(100_000)),
    ];
    for (const { status, body, headers } of answers) {
      expect([status, body.errors[0].message, headers.get('set-cookie')]).toEqual([
        401,
        'E-mail address and password do not belong together.',
        null,
      ]);
    }
  });

  it('ends the session that the browser had before: none can be slipped to a person', async () => {
    const planted = cookieSet(await signIn());
    const fresh = await signIn(owner.email, owner.password, { cookie: planted });
    expect(cookieSet(fresh)).not.toBe(planted);
    expect((await viewer(planted)).status).toBe(401);
    const invented = `koppel-session=${'A'.repeat(43)}`;
    expect(cookieSet(await signIn(owner.email, owner.password, { cookie: invented }))).not.toBe(invented);
    expect((await viewer(invented)).status).toBe(401);
  });

  it('strengthens what is kept of a password that was kept with weaker parameters', async () => {
    const weak = 'scrypt$N=1024,r=8,p=1$AAAAAAAAAAAAAAAAAAAAAA$';
    const { scryptSync } = await import('node:crypto');
    const hash = scryptSync(owner.password, Buffer.alloc(16), 32, { N: 1024, r: 8, p: 1 }).toString('base64url');
    await world.database.query('update app_user set password_hash = $1 where email = $2', [weak + hash, owner.email]);
    expect((await signIn()).status).toBe(200);
    const [row] = await world.database.query<{ h: string }>('select password_hash as h from app_user where email = $1', [owner.email]); // prettier-ignore
    expect(row!.h).toMatch(/^scrypt\$N=32768,/);
    expect((await signIn()).status).toBe(200);
  });
});

describe('a session', () => {
  it('ends by signing out, and its cookie is taken away', async () => {
    const cookie = cookieSet(await signIn());
    const out = await send('DELETE', '/session', undefined, { cookie, 'content-type': '' });
    expect(out.status).toBe(204);
    expect(out.headers.get('set-cookie')).toMatch(/^koppel-session=; Max-Age=0; Path=\/; HttpOnly; SameSite=Strict$/);
    expect((await viewer(cookie)).status).toBe(401);
    expect((await send('GET', '/session', undefined, { cookie })).body.user).toBeNull();
  });

  it.each([
    ['its age', `update session set expires_at = now() - interval '1 second'`],
    ['rest', `update session set last_seen_at = now() - interval '181 minutes'`],
    ['its row', 'delete from session'],
    ['its user', `update app_user set is_disabled = true`],
  ])('ends with %s', async (_, statement) => {
    const cookie = cookieSet(await signIn());
    expect((await viewer(cookie)).status).toBe(200);
    await world.database.query(statement);
    expect(codeOf(await viewer(cookie))).toBe('401 UNAUTHENTICATED');
    await world.database.query('update app_user set is_disabled = false where email = $1', [owner.email]);
  });

  it('goes on while it is used', async () => {
    const cookie = cookieSet(await signIn());
    await world.database.query(`update session set last_seen_at = now() - interval '179 minutes'`);
    expect((await viewer(cookie)).status).toBe(200);
    // The answer does not wait for it.
    await until(
      async () => {
        const [row] = await world.database.query<{ rest: number }>(`select extract(epoch from now() - max(last_seen_at))::float8 as rest from session`); // prettier-ignore
        return row!.rest < 60;
      },
      { what: 'a session that was used just now' },
    );
  });

  it('lasts as long as was configured, with a cookie for https only when people come by https', async () => {
    const secure = await openGraphWorld({
      masterKey,
      publicUrl: 'https://hub.example',
      sessionLife: { lifeMs: 600_000, idleMs: 60_000 },
    });
    try {
      const answer = await sendSession(secure, 'POST', '/session/first', { ...owner, proof: secure.adminKey }, { origin: 'https://hub.example' }); // prettier-ignore
      expect(answer.headers.get('set-cookie')).toMatch(
        /^__Host-koppel-session=[\w-]{43}; Max-Age=600; Path=\/; HttpOnly; SameSite=Strict; Secure$/,
      );
      const ask = (origin: string, cookie = cookieSet(answer)) =>
        askAs(secure, { cookie, origin }, '{ viewer { role } }');
      expect((await ask('https://hub.example')).status).toBe(200);
      expect((await ask(secure.url)).status).toBe(403);
      // A cookie without the prefix could have been set by another host of the same domain.
      expect((await ask('https://hub.example', cookieSet(answer).replace('__Host-', ''))).status).toBe(401);
    } finally {
      await secure.close();
    }
  });
});

describe('a request with a session', () => {
  it.each([
    ['another origin', { origin: 'https://evil.example' }, 403],
    ['the null origin', { origin: 'null' }, 403],
    ['no origin', { origin: '' }, 403],
    ['our host under another scheme', { origin: 'ftp://127.0.0.1' }, 403],
    ['a form', { 'content-type': 'text/plain' }, 400],
    ['our own origin', {}, 200],
  ])('from %s is answered with %s %i', async (_, headers, status) => {
    expect((await viewer(cookieSet(await signIn()), headers)).status).toBe(status);
  });

  it('reads by GET from our own pages only', async () => {
    const cookie = cookieSet(await signIn());
    const get = (headers: Record<string, string>) =>
      fetch(`${world.url}/graphql?query=${encodeURIComponent('{ viewer { role } }')}`, {
        headers: { cookie, 'apollo-require-preflight': '1', ...headers },
      }).then(({ status }) => status);
    expect(await get({})).toBe(200);
    expect(await get({ 'sec-fetch-site': 'same-origin' })).toBe(200);
    expect(await get({ 'sec-fetch-site': 'cross-site' })).toBe(403);
    expect(await get({ 'sec-fetch-site': 'same-site' })).toBe(403);
    expect(await get({ origin: 'https://evil.example' })).toBe(403);
  });

  it('counts by its key when it has one, also by one that is wrong', async () => {
    const cookie = cookieSet(await signIn());
    const ask = (authorization: string) => viewer(cookie, { authorization, origin: '' });
    expect((await ask(`Bearer ${await world.keyOf('VIEWER')}`)).body.data.viewer.role).toBe('VIEWER');
    expect((await ask('Bearer kpl_wrong_key')).status).toBe(401);
    expect((await ask('Basic x')).status).toBe(401);
  });

  it.each(['/session', '/session/first', '/session/invitation'])(
    'to %s from a foreign page changes nothing',
    async (path) => {
      const foreign: Record<string, string>[] = [{ origin: 'https://evil.example' }, { origin: '', 'sec-fetch-site': 'cross-site' }]; // prettier-ignore
      for (const headers of foreign) {
        const cookie = cookieSet(await signIn());
        expect(codeOf(await send('POST', path, { ...owner }, { cookie, ...headers }))).toBe('403 ORIGIN_REFUSED');
        if (path === '/session') {
          expect(codeOf(await send('DELETE', path, undefined, { cookie, ...headers }))).toBe('403 ORIGIN_REFUSED');
        }
        expect((await viewer(cookie)).status).toBe(200);
      }
      const form = await send('POST', path, owner, { 'content-type': 'text/plain' });
      expect(codeOf(form)).toBe('400 CSRF_PREVENTED');
    },
  );
});
