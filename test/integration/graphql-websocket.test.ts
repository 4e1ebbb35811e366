import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { appendJournal } from '../../src/store/journal.js';
import { fillCatalogue, openGraphWorld, type GraphWorld } from '../support/graph-server.js';
import {
  connectSocket,
  endSockets,
  signedInSocket,
  subscribeMessage,
  type SocketOptions,
} from '../support/graph-socket.js';
import { until } from '../support/wait.js';

let world: GraphWorld;
beforeAll(async () => {
  world = await openGraphWorld();
  await fillCatalogue(world.database, 1);
}, 60_000);
afterEach(endSockets);
afterAll(() => world.close());

const connect = (options?: SocketOptions) => connectSocket(world.url, options);
const signedIn = (key = world.adminKey) => signedInSocket(world.url, key);

const feed =
  'subscription ($since: String, $filter: SyncEventFilter) { syncEventRecorded(since: $since, filter: $filter) { cursor isReplayed event { id externalId entityLabel } } }';
const subscribe = (id: string, variables: object = {}, query = feed) => subscribeMessage(id, query, variables);

async function record(...externalIds: string[]): Promise<void> {
  const entries = externalIds.map((externalId) => ({
    traceId: 'trc_1', step: 'applied', outcome: 'updated', entity: 'product', canonicalId: 'prd_00001', externalId,
  }) as const); // prettier-ignore
  await world.database.tx((tx) => appendJournal(tx, entries));
}

describe('the protocol over WebSocket', () => {
  it.each([
    ['no initialisation', [], 4408],
    ['a second initialisation', ['init', 'init'], 4429],
    ['a subscription before the initialisation', [subscribe('1')], 4401],
    ['the same id twice', ['init', subscribe('1'), subscribe('1')], 4409],
    ['rubbish', ['rubbish'], 4400],
    ['an unknown message', [{ type: 'nonsense' }], 4400],
    ['a binary frame', [Buffer.from('{"type":"ping"}')], 1003],
    ['a frame of 1 MB', ['x'.repeat(1_048_576)], 1009],
    ['no key', [{ type: 'connection_init' }], 4403],
    ['an unknown key', [{ type: 'connection_init', payload: { Authorization: 'Bearer wrong-key-1' } }], 4403],
  ] as const)('%s closes the socket', async (_, messages, code) => {
    const client = await connect();
    for (const message of messages) {
      client.send(
        message === 'init'
          ? { type: 'connection_init', payload: { Authorization: `Bearer ${world.adminKey}` } }
          : (message as string),
      );
      if (message === 'init' && client.socket.readyState === client.socket.OPEN) {
        await until(
          () =>
            client.got.some(({ type }) => type === 'connection_ack') || client.socket.readyState !== client.socket.OPEN,
          { what: 'an answer' },
        );
      }
    }
    expect(await client.closed).toBe(code);
  });

  it('an unknown subprotocol closes the socket', async () => {
    const client = await connect({ protocol: 'graphql-ws' }).catch((error: Error) => error);
    expect(client instanceof Error ? client.message : await client.closed).toEqual(
      client instanceof Error ? expect.stringMatching(/subprotocol/) : 4406,
    );
  });

  it('a page of another origin is refused at the upgrade, our own is not', async () => {
    await expect(connect({ headers: { origin: 'https://evil.example' } })).rejects.toThrow('403');
    const own = await connect({ headers: { origin: world.url } });
    expect(own.socket.readyState).toBe(own.socket.OPEN);
  });

  it.each([
    ['a query', '{ viewer { role } }', 'BAD_USER_INPUT'],
    ['a mutation', 'mutation { flowPause(input: { id: "flw_A" }) { flow { id } } }', 'BAD_USER_INPUT'],
    [
      '200 levels',
      `subscription { syncEventRecorded { event { entity { ...on Product { ${'primaryCategory { parent { '.repeat(100)} id ${'} } '.repeat(100)} } } } } }`,
      'QUERY_TOO_COMPLEX',
    ],
    ['a syntax error', 'subscription {', 'GRAPHQL_PARSE_FAILED'],
    ['an unknown field', 'subscription { nothing }', 'GRAPHQL_VALIDATION_FAILED'],
    ['7,000 fields', `subscription { syncEventRecorded { ${'cursor '.repeat(7_000)} } }`, 'QUERY_TOO_COMPLEX'],
  ])('%s gives the same code as over HTTP', async (_, query, code) => {
    const client = await signedIn();
    client.send(subscribe('1', {}, query));
    const [error] = (await client.next('error', '1')).payload;
    expect(error.extensions.code).toBe(code);
    expect(error.extensions.requestId).toMatch(/^trc_/);
    expect(world.told).toEqual([]);
  });

  it('introspection is refused to those who may not read the schema', async () => {
    const client = await signedIn(await world.keyOf('VIEWER'));
    client.send(subscribe('1', {}, '{ __schema { queryType { name } } }'));
    expect((await client.next('error', '1')).payload[0].message).toMatch(/introspection/i);
  });

  it('the 21st subscription of a socket is refused, and one that has ended makes room', async () => {
    const client = await signedIn();
    for (let i = 0; i < 21; i++) client.send(subscribe(`${i}`));
    expect((await client.next('error', '20')).payload[0].extensions.code).toBe('TOO_MANY_SUBSCRIPTIONS');
    client.send({ id: '0', type: 'complete' });
    client.send(subscribe('again'));
    await until(
      async () => (await record('room'), client.got.some(({ id, type }) => id === 'again' && type === 'next')),
      {
        what: 'an event of the new subscription',
        everyMs: 100,
      },
    );
  });
});

describe('the live activity log', () => {
  it('delivers what is recorded, in order, from fresh reads', async () => {
    const client = await signedIn();
    client.send(subscribe('1'));
    await until(async () => (await record('probe'), client.got.length > 0), { what: 'the first event', everyMs: 100 });
    client.got.length = 0;
    await world.database.query(`update product set name = 'Renamed' where id = 'prd_00001'`);
    await record('a', 'b', 'c');
    await until(() => client.got.some(({ payload }) => payload.data.syncEventRecorded.event.externalId === 'c'), {
      what: 'event c',
    });
    const events = client.got
      .map(({ payload }) => payload.data.syncEventRecorded)
      .filter(({ event }) => event.externalId !== 'probe');
    expect(events.map(({ event }) => event.externalId)).toEqual(['a', 'b', 'c']);
    expect(events[0]).toMatchObject({ isReplayed: false, event: { entityLabel: 'Renamed' } });
  });

  it('goes on after a cursor without a gap or a repetition, also when writers commit while it reads', async () => {
    const first = await signedIn();
    first.send(subscribe('1', { filter: { externalId: { startsWith: 'n' } } }));
    await until(async () => (await record('n-first'), first.got.length > 0), { what: 'the first event', everyMs: 100 });
    first.socket.terminate();
    const { cursor } = first.got.at(-1).payload.data.syncEventRecorded;
    const numbers = Array.from({ length: 400 }, (_, i) => `n${i}`);
    for (let i = 0; i < 200; i += 50) await record(...numbers.slice(i, i + 50));
    const second = await signedIn();
    second.send(subscribe('1', { since: cursor, filter: { externalId: { startsWith: 'n' } } }));
    for (let i = 200; i < 400; i += 20) await record('x', ...numbers.slice(i, i + 20));
    const ids = () =>
      second.got
        .map(({ payload }) => payload.data.syncEventRecorded.event.externalId as string)
        .filter((id) => id !== 'n-first');
    await until(() => ids().includes('n399'), { what: 'the last event' });
    expect(ids()).toEqual(numbers);
    expect(
      second.got.find(({ payload }) => payload.data.syncEventRecorded.event.externalId === 'n0').payload.data
        .syncEventRecorded.isReplayed,
    ).toBe(true);
  });

  it('refuses cursors that are not ours, and those whose events are not kept any more', async () => {
    const client = await signedIn();
    client.send(subscribe('1', { since: 'x' }));
    expect((await client.next('next', '1')).payload.errors[0].extensions.reason).toBe('BAD_CURSOR');
    client.send(subscribe('2'));
    await until(async () => (await record('old'), client.got.some(({ id, type }) => id === '2' && type === 'next')), {
      what: 'an event',
      everyMs: 100,
    });
    const { cursor } = (await client.next('next', '2')).payload.data.syncEventRecorded;
    await record('old');
    await record('new');
    await world.database.query('delete from journal where position < (select max(position) from journal)');
    await world.database.query(`delete from journal where external_id = 'old'`);
    await record('newer');
    client.send(subscribe('3', { since: cursor }));
    expect((await client.next('next', '3')).payload.errors[0].extensions.code).toBe('CURSOR_EXPIRED');
  });

  it('ends within seconds of its key', async () => {
    const endedAfterMs = async (): Promise<number> => {
      const key = await world.keyOf('VIEWER');
      const client = await signedIn(key);
      client.send(subscribe('1'));
      await until(async () => (await record('before'), client.got.length > 0), { what: 'an event', everyMs: 100 });
      await world.database.query(`update api_key set revoked_at = now() where prefix = $1`, [key.slice(0, 12)]);
      const at = performance.now();
      expect(await client.closed).toBe(4403);
      return performance.now() - at;
    };
    const first = await endedAfterMs();
    expect(first < 5_000 ? first : Math.min(first, await endedAfterMs())).toBeLessThan(5_000);
  });

  it('says nothing of people to a key that may not see them', async () => {
    const key = await world.keyOf('VIEWER');
    await world.database.query(`update api_key set scopes = '{READ_OPERATIONS}' where prefix = $1`, [key.slice(0, 12)]);
    const summary = 'subscription { syncEventRecorded { event { summary entityLabel error { code message } } } }';
    const [open, closed] = [await signedIn(), await signedIn(key)];
    for (const client of [open, closed]) client.send(subscribe('1', {}, summary));
    const refused = {
      traceId: 'trc_1', step: 'failed', outcome: 'refused', entity: 'order', canonicalId: 'ord_1', externalId: 'S1',
      code: 'RECORD_REFUSED', message: 'Jan de Vries is refused.', detail: { original: 'Jan' },
    } as const; // prettier-ignore
    const both = () => open.got.length > 0 && closed.got.length > 0;
    await until(async () => (await world.database.tx((tx) => appendJournal(tx, [refused])), both()), {
      what: 'an event for each',
      everyMs: 100,
    });
    expect(JSON.stringify(open.got)).toContain('Jan de Vries is refused.');
    expect(JSON.stringify(closed.got)).toContain('RECORD_REFUSED');
    expect(JSON.stringify(closed.got)).not.toContain('Jan');
  });

  it('closes its sockets when the server stops, so that clients come back by their cursor', async () => {
    const client = await signedIn();
    client.send(subscribe('1'));
    await world.server.stop();
    expect(await client.closed).toBe(1001);
    await world.server.start();
  });
});
