/** Records as they change and jobs as they go on, over real sockets: changes that ingest has really taken in, in commit order. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Document } from '../../src/base/document.js';
import type { Database } from '../../src/store/database.js';
import { createJob, endJob, reportJob, takeJob } from '../../src/store/jobs.js';
import { serveGraph, type GraphWorld } from '../support/graph-server.js';
import { endSockets, signedInSocket, subscribeMessage, type SocketClient } from '../support/graph-socket.js';
import { until } from '../support/wait.js';
import { testFlow } from './ingest-system.js';
import { openHub, product, type Hub } from './ingest-world.js';

let hub: Hub;
let graph: GraphWorld;
/** Subscriptions whose beginning has been read: what changes from then on is told to them. */
let begun: number;
const live = (count: number): Promise<unknown> =>
  until(() => begun >= count, { what: `${count} subscriptions to begin` });
beforeEach(async () => {
  begun = 0;
  hub = await openHub();
  hub.configuration.flows.push(
    testFlow('shop', 'till', 'product'),
    testFlow('shop', 'till', 'order'),
    testFlow('till', 'shop', 'order'),
  );
  graph = await serveGraph(hub.database, {
    ...hub.database,
    async query(text, values, name, until) {
      const rows = await hub.database.query(text, values, name, until);
      if (text.includes('min(position) from journal')) begun++;
      return rows;
    },
  } as Database);
}, 60_000);
afterEach(async () => {
  endSockets();
  await graph.close();
  await hub.close();
});

const fields =
  'cursor isReplayed changedFields entity { id ... on Product { name } ... on ProductVariant { sku } ... on Order { number } }';
const order = (number: string): Document => ({
  number,
  placedAt: '2026-03-01T10:00:00Z',
  currency: 'EUR',
  lines: [{ key: '1', quantity: '1', unitPrice: '10', variant: 'v-S' }],
});

interface Changed {
  readonly cursor: string;
  readonly isReplayed: boolean;
  readonly changedFields: readonly string[];
  readonly entity: { readonly id: string; readonly name?: string; readonly sku?: string; readonly number?: string };
}

async function changes(client: SocketClient, id: string, field: string, count: number): Promise<readonly Changed[]> {
  const found: Changed[] = [];
  while (found.length < count) {
    const { payload } = (await client.next('next', id)) as { payload: { data: Record<string, Changed> } };
    found.push(payload.data[field]!);
  }
  return found;
}

describe('a subscription to changes', () => {
  it('tells each change of its kind of record, with what changed and the record as it is now', async () => {
    const client = await signedInSocket(graph.url, graph.adminKey);
    client.send(subscribeMessage('p', `subscription { productChanged { ${fields} } }`));
    client.send(subscribeMessage('o', `subscription { orderChanged { ${fields} } }`));
    await live(2);
    await hub.take('products', [{ id: '7', document: product('Shirt', ['S']) }]);
    await hub.take('orders', [{ id: 'o1', document: order('1001') }]);
    const made = await changes(client, 'p', 'productChanged', 2);
    expect(made.map(({ entity }) => entity.name ?? entity.sku).sort()).toEqual(['S', 'Shirt']);
    expect((await changes(client, 'o', 'orderChanged', 1))[0]).toMatchObject({
      entity: { number: '1001' },
      isReplayed: false,
    });
    await hub.take('products', [{ id: '7', document: product('Blouse', ['S']) }]);
    const [renamed] = await changes(client, 'p', 'productChanged', 1);
    expect(renamed).toMatchObject({ changedFields: ['name'], entity: { name: 'Blouse' } });
    expect(client.got).toEqual([]);
  }, 60_000);

  it('goes on where it was, and can follow one record', async () => {
    const first = await signedInSocket(graph.url, graph.adminKey);
    first.send(subscribeMessage('p', `subscription { productChanged { ${fields} } }`));
    await live(1);
    await hub.take('products', [
      { id: '7', document: product('Shirt', ['S']) },
      { id: '8', document: product('Sock', ['M']) },
    ]);
    const seen = await changes(first, 'p', 'productChanged', 4);
    first.socket.terminate();
    await hub.take('products', [{ id: '7', document: product('Blouse', ['S']) }]);
    await hub.take('products', [{ id: '8', document: product('Stocking', ['M']) }]);
    const sock = seen.find(({ entity }) => entity.name === 'Sock')!.entity.id;
    const client = await signedInSocket(graph.url, graph.adminKey);
    const query = `subscription ($id: ID, $since: String) { productChanged(id: $id, since: $since) { ${fields} } }`;
    client.send(subscribeMessage('all', query, { since: seen.at(-1)!.cursor }));
    client.send(subscribeMessage('one', query, { since: seen.at(-1)!.cursor, id: sock }));
    expect((await changes(client, 'all', 'productChanged', 2)).map(({ entity }) => entity.name)).toEqual([
      'Blouse',
      'Stocking',
    ]);
    expect(await changes(client, 'one', 'productChanged', 1)).toMatchObject([
      { isReplayed: true, entity: { name: 'Stocking' } },
    ]);
  }, 60_000);

  it('is for keys that may see such records', async () => {
    const client = await signedInSocket(graph.url, await graph.keyWith(['READ_CATALOGUE']));
    client.send(subscribeMessage('c', 'subscription { customerChanged { cursor } }'));
    expect((await client.next('error', 'c')).payload[0].extensions.code).toBe('FORBIDDEN');
    client.send(subscribeMessage('p', 'subscription { productChanged { changedFields } }'));
    await live(1);
    await hub.take('products', [{ id: '7', document: product('Shirt', ['S']) }]);
    expect((await client.next('next', 'p')).payload.errors).toBeUndefined();
  }, 60_000);
});

describe('a subscription to a job', () => {
  it('tells how far it is until it has ended, and then ends too', async () => {
    const job = {
      id: 'job_1',
      kind: 'IMPACT_ANALYSIS',
      input: { definition: { entity: 'product' } },
      createdBy: 'key_1',
    } as const;
    await hub.database.tx((tx) => createJob(tx, job));
    const client = await signedInSocket(graph.url, graph.adminKey);
    client.send(subscribeMessage('j', 'subscription { jobProgressed(jobId: "job_1") { status done total } }'));
    const state = async () => ((await client.next('next', 'j')) as { payload: { data: { jobProgressed: object } } }).payload.data.jobProgressed; // prettier-ignore
    expect(await state()).toEqual({ status: 'QUEUED', done: 0, total: null });
    await hub.database.tx((tx) => takeJob(tx, 'me', 60_000, ['IMPACT_ANALYSIS']));
    expect(await state()).toMatchObject({ status: 'RUNNING' });
    await reportJob(hub.database, 'job_1', 'me', { done: 5, total: 10, leaseMs: 60_000 });
    expect(await state()).toEqual({ status: 'RUNNING', done: 5, total: 10 });
    await endJob(hub.database, 'job_1', 'me', { status: 'CANCELLED' });
    expect(await state()).toMatchObject({ status: 'CANCELLED' });
    await client.next('complete', 'j');
    client.send(subscribeMessage('x', 'subscription { jobProgressed(jobId: "job_none") { status } }'));
    expect((await client.next('next', 'x')).payload.errors[0].message).toContain('job_none');
  }, 60_000);
});
