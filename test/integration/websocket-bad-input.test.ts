/** What clients should not send, over WebSocket: the table of HTTP, floods, and what must not leave. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { appendJournal } from '../../src/store/journal.js';
import { badRequests } from '../support/bad-requests.js';
import { fillCatalogue, openGraphWorld, type GraphWorld } from '../support/graph-server.js';
import { connectSocket, endSockets, signedInSocket, subscribeMessage } from '../support/graph-socket.js';
import { until } from '../support/wait.js';

let world: GraphWorld;
beforeAll(async () => {
  world = await openGraphWorld();
  await fillCatalogue(world.database, 1);
}, 60_000);
afterEach(endSockets);
afterAll(() => world.close());

const feed = 'subscription { syncEventRecorded { cursor event { id entity { id } } } }';

/** Rows that are an operation; what is HTTP alone (bodies, headers) does not exist here. */
const operations = badRequests
  .filter(([name, body, headers]) => {
    if (Object.keys(headers).length > 0 || name === 'a subscription over HTTP') return false;
    try {
      const parsed: unknown = JSON.parse(String(body));
      return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed);
    } catch {
      return false;
    }
  })
  .map(([name, body, , , code, message]) => [name, String(body), code, message] as const);

/** What the protocol itself refuses, before an operation is looked at. */
function protocolCode(body: string): number | null {
  if (body.length > 65_000) return 1009;
  const { query, variables } = JSON.parse(body) as { query?: unknown; variables?: unknown };
  return typeof query !== 'string' || Array.isArray(variables) ? 4400 : null;
}

describe('over WebSocket', () => {
  it('most of what HTTP refuses is tried', () => expect(operations.length).toBeGreaterThan(25));

  it.each(operations)('%s is refused with the code of HTTP', async (_, body, code, message) => {
    const client = await signedInSocket(world.url, world.adminKey);
    client.send(`{"id":"1","type":"subscribe","payload":${body}}`);
    const closing = protocolCode(body);
    if (closing !== null) {
      expect(await client.closed).toBe(closing);
      return;
    }
    const [error] = (await client.next('error', '1')).payload;
    expect(error.extensions.code).toBe(code);
    expect(error.message).toMatch(message);
    expect(error.extensions.requestId).toMatch(/^trc_/);
    expect(client.socket.readyState).toBe(client.socket.OPEN);
  });

  it.each([
    ['a page that is too large', 'variants(first: 101) { nodes { id } }'],
    ['a cursor of another list', 'variants(first: 1, after: "x") { nodes { id } }'],
  ])('%s inside an event is refused with the event, and the subscription goes on', async (_, field) => {
    const client = await signedInSocket(world.url, world.adminKey);
    const text = `subscription { syncEventRecorded { cursor event { entity { ... on Product { ${field} } } } } }`;
    client.send(subscribeMessage('1', text));
    const event = { traceId: 'trc_1', step: 'applied', outcome: 'updated', entity: 'product', canonicalId: 'prd_00001' } as const; // prettier-ignore
    await until(async () => (await world.database.tx((tx) => appendJournal(tx, [event])), client.got.length > 1), {
      what: 'two events',
      everyMs: 100,
    });
    expect(client.got.map(({ type }) => type)).not.toContain('error');
    for (const { payload } of client.got) expect(payload.errors[0].extensions.code).toBe('BAD_USER_INPUT');
  });

  it('a flood of subscriptions is refused one by one, and others are served', async () => {
    const client = await signedInSocket(world.url, world.adminKey);
    for (let i = 0; i < 3_000; i++) client.send(subscribeMessage(`${i}`, feed));
    await until(() => client.got.filter(({ type }) => type === 'error').length === 2_980, { what: '2,980 refusals' });
    expect(new Set(client.got.map(({ payload }) => payload[0].extensions.code))).toEqual(new Set(['TOO_MANY_SUBSCRIPTIONS'])); // prettier-ignore
    expect((await world.ask('{ viewer { role } }')).status).toBe(200);
  });

  it('a sixth socket of a key is closed with a code that clients come back from, and a free place can be taken', async () => {
    const key = await world.keyOf('VIEWER');
    const five = await Promise.all(Array.from({ length: 5 }, () => signedInSocket(world.url, key)));
    const sixth = await connectSocket(world.url);
    sixth.send({ type: 'connection_init', payload: { Authorization: `Bearer ${key}` } });
    expect(await sixth.closed).toBe(1013);
    five[0]!.socket.close();
    await five[0]!.closed;
    await until(() => signedInSocket(world.url, key), { what: 'a place' });
  });

  it('a socket that goes while it signs in holds no place', async () => {
    const key = await world.keyOf('VIEWER');
    const init = { type: 'connection_init', payload: { Authorization: `Bearer ${key}` } };
    for (let i = 0; i < 20; i++) {
      const { socket, closed } = await connectSocket(world.url);
      socket.send(JSON.stringify(init), () => socket.terminate());
      await closed;
    }
    const isServed = async (): Promise<boolean> => {
      const client = await connectSocket(world.url);
      client.send(init);
      let isClosed = false;
      void client.closed.then(() => (isClosed = true));
      await until(() => isClosed || client.got.length > 0, { what: 'an answer' });
      return client.got.some(({ type }) => type === 'connection_ack');
    };
    await until(isServed, { what: 'an ordinary connection' });
  });

  it('a key in the address is not looked at', async () => {
    const client = await connectSocket(`${world.url}/graphql?apiKey=${world.adminKey}&x=`);
    client.send({ type: 'connection_init' });
    expect(await client.closed).toBe(4403);
  });

  it('what breaks inside is told as a request id, never in the words of the database', async () => {
    const client = await signedInSocket(world.url, world.adminKey);
    await world.database.query('alter table product rename to product_gone');
    client.send(subscribeMessage('1', feed));
    const event = { traceId: 'trc_1', step: 'applied', outcome: 'updated', entity: 'product', canonicalId: 'prd_00001' } as const; // prettier-ignore
    await until(async () => (await world.database.tx((tx) => appendJournal(tx, [event])), client.got.length > 0), {
      what: 'an event',
      everyMs: 100,
    });
    await world.database.query('alter table product_gone rename to product');
    const { errors } = client.got[0].payload;
    expect(errors[0].extensions).toEqual({ code: 'INTERNAL_SERVER_ERROR', requestId: expect.stringMatching(/^trc_/) });
    expect(JSON.stringify(client.got)).not.toMatch(/relation|product_gone|select|stack|\.js/);
  });
});
