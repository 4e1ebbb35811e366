import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fillCatalogue, openGraphWorld, serveGraph, type GraphWorld } from '../support/graph-server.js';
import { until } from '../support/wait.js';

const slow = '{ products(first: 1) { nodes { id } } }';
let world: GraphWorld;
/** The same, where an operation has longer than the tests wait. */
let lenient: GraphWorld;
beforeAll(async () => {
  world = await openGraphWorld({ operationTimeoutMs: 4_000 });
  lenient = await serveGraph(world.database, world.database, { operationTimeoutMs: 120_000 });
  await fillCatalogue(world.database, 3);
  // The first time an operation takes longer until it is in the database.
  for (const each of [world, lenient]) await each.ask(slow, {}, world.adminKey);
  // Every read of products takes a minute from now on; whoever reads them as the API does waits inside the database.
  await world.database.query(
    `create function dawdle() returns boolean language sql volatile as 'select pg_sleep(60) is not null'`,
  );
  await world.database.query('alter table product rename to slow_product');
  await world.database.query('create view product as select p.* from slow_product p where dawdle()');
}, 60_000);
afterAll(async () => {
  await lenient.close();
  await world.close();
});

const running = async (): Promise<number> =>
  (
    await world.database.query(
      `select pid from pg_stat_activity where datname = current_database() and state = 'active' and query like '%from product p%'
       and pid <> pg_backend_pid()`,
    )
  ).length;

describe('an operation that is given up', () => {
  it('ends in the database too when it has taken too long', async () => {
    const answer = world.ask(slow);
    await until(async () => (await running()) === 1, { what: 'the statement to run' });
    const { status, body } = await answer;
    expect([status, body.errors[0].extensions.code]).toEqual([504, 'OPERATION_TIMEOUT']);
    await until(async () => (await running()) === 0, { what: 'the statement to end' });
  });

  it('ends in the database too when the client goes away', async () => {
    const client = new AbortController();
    const gone = fetch(`${lenient.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${world.adminKey}` },
      body: JSON.stringify({ query: slow }),
      signal: client.signal,
    });
    await until(async () => (await running()) === 1, { what: 'the statement to run' });
    client.abort();
    await expect(gone).rejects.toThrow();
    await until(async () => (await running()) === 0, { what: 'the statement to end' });
  });

  it('leaves connections that work', async () => {
    await Promise.all(Array.from({ length: 8 }, () => world.ask(slow)));
    await until(async () => (await running()) === 0, { what: 'the statements to end' });
    const answers = await Promise.all(Array.from({ length: 8 }, () => world.ask('{ flows { id } }')));
    expect(answers.map(({ body }) => body.data?.flows)).toEqual(Array(8).fill([{ id: 'flw_A' }]));
  });
});
