/** Sessions over WebSocket: whose page may open a socket, and that it ends with the right to it. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { appendJournal } from '../../src/store/journal.js';
import { personWith, sendSession, type Person } from '../support/graph-people.js';
import { openGraphWorld, type GraphWorld } from '../support/graph-server.js';
import { connectSocket, endSockets, signedInSocket, subscribeMessage } from '../support/graph-socket.js';
import { until } from '../support/wait.js';

let world: GraphWorld;
beforeAll(async () => {
  world = await openGraphWorld();
}, 60_000);
afterEach(endSockets);
afterAll(() => world.close());

const feed = 'subscription { syncEventRecorded { event { externalId } } }';

const record = (externalId: string) =>
  world.database.tx((tx) =>
    appendJournal(tx, [{ traceId: 'trc_1', step: 'applied', outcome: 'updated', entity: 'product', canonicalId: 'prd_1', externalId }]),
  ); // prettier-ignore

async function listening(person: Person) {
  const client = await signedInSocket(world.url, person.headers);
  client.send(subscribeMessage('1', feed));
  await until(async () => (await record('before'), client.got.length > 0), { what: 'an event', everyMs: 100 });
  return client;
}

const codeOfUpgrade = async (headers: Record<string, string>): Promise<number | string> => {
  const client = await connectSocket(world.url, { headers }).catch((error: Error) => error);
  if (client instanceof Error) return client.message;
  let code: number | undefined;
  void client.closed.then((closed) => (code = closed));
  client.send({ type: 'connection_init' });
  const isAcknowledged = () => client.got.some(({ type }) => type === 'connection_ack');
  return until(() => code ?? (isAcknowledged() && 'acknowledged'), { what: 'an answer to the beginning' });
};

describe('a socket with a session', () => {
  it.each([
    ['our own page', (url: string) => ({ origin: url }), 'acknowledged'],
    ['a page of another site', () => ({ origin: 'https://evil.example' }), expect.stringContaining('403')],
    ['no page', () => ({}), 4403],
  ])('opened by %s is treated so', async (_, more, expected) => {
    const { cookie } = (await personWith(world, 'VIEWER')).headers;
    expect(await codeOfUpgrade({ cookie, ...(more(world.url) as Record<string, string>) })).toEqual(expected);
  });

  it('is refused when the session is unknown', async () => {
    expect(await codeOfUpgrade({ cookie: `koppel-session=${'x'.repeat(43)}`, origin: world.url })).toBe(4403);
  });

  it('counts by its key, not by the cookie, when a key is sent', async () => {
    const { headers } = await personWith(world, 'ADMIN');
    const client = await connectSocket(world.url, { headers });
    client.send({ type: 'connection_init', payload: { Authorization: 'Bearer kpl_wrong_key' } });
    expect(await client.closed).toBe(4403);
  });

  it.each<[string, (person: Person) => Promise<unknown>]>([
    [
      'the person signs out',
      ({ headers }) => sendSession(world, 'DELETE', '/session', undefined, { ...headers, 'content-type': '' }),
    ],
    [
      'the person is disabled',
      ({ id }) =>
        world.ask(`mutation { userSave(input: { id: "${id}", expectedVersion: 1, isActive: false }) { user { id } } }`),
    ],
    [
      'the role is changed',
      ({ id }) =>
        world.ask(`mutation { userSave(input: { id: "${id}", expectedVersion: 1, role: VIEWER }) { user { id } } }`),
    ],
    ['the user is deleted', ({ id }) => world.database.query('delete from app_user where id = $1', [id])],
    [
      'the session is too old',
      ({ id }) => world.database.query(`update session set expires_at = now() where user_id = $1`, [id]),
    ],
  ])('ends within five seconds when %s, and others stay', async (_, end) => {
    const person = await personWith(world, 'OPERATOR');
    const other = await listening(await personWith(world, 'OPERATOR'));
    const client = await listening(person);
    await end(person);
    const at = performance.now();
    expect(await client.closed).toBe(4403);
    expect(performance.now() - at).toBeLessThan(5_000);
    expect(other.socket.readyState).toBe(other.socket.OPEN);
  });

  it('says nothing more once the role is gone, also before it is closed', async () => {
    const slow = await openGraphWorld({ socketLimits: { recheckMs: 600_000 } });
    try {
      const person = await personWith(slow, 'OPERATOR');
      const client = await signedInSocket(slow.url, person.headers);
      client.send(subscribeMessage('1', feed));
      const write = (externalId: string) =>
        slow.database.tx((tx) => appendJournal(tx, [{ traceId: 'trc_1', step: 'applied', outcome: 'updated', entity: 'product', canonicalId: 'prd_1', externalId }])); // prettier-ignore
      await until(async () => (await write('before'), client.got.length > 0), { what: 'an event', everyMs: 100 });
      await slow.database.query(`update app_user set role = 'VIEWER' where id = $1`, [person.id]);
      const refused = () => client.got.find(({ type }) => type === 'error');
      await until(async () => (await write('after'), refused() !== undefined), { what: 'a refusal', everyMs: 200 });
      expect(refused().payload[0].extensions.code).toBe('UNAUTHENTICATED');
    } finally {
      await slow.close();
    }
  });
});
