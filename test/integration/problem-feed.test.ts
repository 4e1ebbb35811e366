/** What whoever begins to follow problems is told first: so that nothing is missed between a list of them and its news. */
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { openGraphWorld, type GraphWorld } from '../support/graph-server.js';
import { endSockets, signedInSocket, subscribeMessage, type SocketClient } from '../support/graph-socket.js';
import { until } from '../support/wait.js';

let world: GraphWorld;
beforeAll(async () => {
  world = await openGraphWorld();
}, 60_000);
afterEach(endSockets);
afterAll(() => world.close());

const park = (id: string, entity: string, lastFailedAt: string): Promise<unknown> =>
  world.database.query(
    `insert into parked (id, stage, system, flow, entity, record_key, trace_id, code, message, hint, classification, fingerprint, payload, last_failed_at)
     values ($1, 'project', 'softmaat', 'products', $2, $1, 'trc_1', 'RECORD_REFUSED', 'Too long.', 'Shorten it.', 'data', 'fp', '{}', $3)`,
    [id, entity, lastFailedAt],
  );
const toldTo = ({ got }: SocketClient): [id: string, openCount: number][] =>
  got
    .filter(({ type }) => type === 'next')
    .map(({ payload: { data } }) => [data.deadLetterChanged.deadLetter.id, data.deadLetterChanged.openCount]);

async function follow(entityType: string): Promise<SocketClient> {
  const client = await signedInSocket(world.url, world.adminKey);
  const text = 'subscription ($filter: DeadLetterFilter) { deadLetterChanged(filter: $filter) { openCount deadLetter { id } } }'; // prettier-ignore
  client.send(subscribeMessage('1', text, { filter: { entityType: [entityType] } }));
  return client;
}

it('is the one that failed last of those that are meant, with how many are open; then what changes', async () => {
  await park('prk_1', 'product', '2026-01-01T10:00:00Z');
  await park('prk_2', 'product', '2026-01-01T12:00:00Z');
  await park('prk_3', 'product', '2026-01-01T11:00:00Z');
  await park('prk_4', 'order', '2026-01-01T13:00:00Z');
  const first = await follow('PRODUCT');
  await until(() => toldTo(first).length > 0, { what: 'the first message' });
  expect(toldTo(first)[0]).toEqual(['prk_2', 3]);
  await world.database.query(`update parked set status = 'RESOLVED' where id = 'prk_1'`);
  // What had changed just before may be told once more.
  await until(() => String(toldTo(first).at(-1)) === 'prk_1,2', { what: 'the end of one' });
  // Also for whoever comes when somebody follows already.
  const second = await follow('PRODUCT');
  await until(() => toldTo(second).length > 0, { what: 'the first message' });
  expect(toldTo(second)[0]).toEqual(['prk_2', 2]);
});

it('is nothing where there is none; then the first one', async () => {
  const client = await follow('CUSTOMER');
  // Whoever is told of another kind afterwards has begun after this one.
  const other = await follow('ORDER');
  await until(() => toldTo(other).length > 0, { what: 'the first message of another' });
  expect(toldTo(client)).toEqual([]);
  await until(
    async () => (await park(`prk_${Math.random()}`, 'customer', '2026-01-01T14:00:00Z'), toldTo(client).length > 0),
    { what: 'the first problem', everyMs: 100 },
  );
});
