/** What events of the activity log were about, how many there were when, and following the log from a page on. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { appendJournal, type JournalEntry } from '../../src/store/journal.js';
import { fillCatalogue, openGraphWorld, type GraphWorld } from '../support/graph-server.js';
import { endSockets, signedInSocket, subscribeMessage } from '../support/graph-socket.js';
import { until } from '../support/wait.js';

let world: GraphWorld;
const product = { traceId: 'trc_1', entity: 'product', canonicalId: 'prd_00001', externalId: 'A1', flow: 'products' };
const write = (...entries: JournalEntry[]) => world.database.tx((tx) => appendJournal(tx, entries));
const logged = (topic: string, key: string, payload: object) =>
  world.database.query(
    `insert into log_entry (topic, partition, "offset", key, trace_id, payload)
     values ($1, 0, (select count(*) from log_entry where topic = $1), $2, 'trc_1', $3)`,
    [topic, key, JSON.stringify(payload)],
  );

beforeAll(async () => {
  world = await openGraphWorld();
  await fillCatalogue(world.database, 2);
  await logged('changes.mpluskassa', 'product:A1', { document: { articleNumber: 'A1', description: 'Shirt' } });
  await logged('changes.mpluskassa', 'relation:7', { document: { email: 'jan@example.com' } });
  await logged('canonical', 'prd_00001', { version: 1, changes: { name: [null, 'Old'] } });
  await logged('canonical', 'prd_00001', { version: 2, changes: { name: ['Old', 'Shirt'], brand: ['X', null] } });
  await write(
    { ...product, step: 'applied', outcome: 'updated', system: 'mpluskassa', detail: { version: 2, fields: ['name', 'brand'], log: 'changes.mpluskassa/0/0' } },
    { ...product, step: 'written', outcome: 'updated', system: 'softmaat', detail: { changes: { title: ['Old', 'Shirt'] } } },
    { ...product, step: 'failed', outcome: 'refused', system: 'softmaat', code: 'RECORD_REFUSED', message: 'Too long.', canonicalId: 'prd_00002' },
    { ...product, step: 'applied', outcome: 'updated', entity: 'customer', canonicalId: 'cus_1', detail: { version: 1, fields: ['email'], log: 'changes.mpluskassa/0/1' } },
  ); // prettier-ignore
}, 60_000);
afterEach(endSockets);
afterAll(() => world.close());

const contents = `query ($id: ID!) { syncEvent(id: $id) { changes { kind path label before after } seenRecord } }`;
const contentsOf = async (position: number, key?: string) => {
  const { body } = await world.ask(contents, { id: `evt_${position}` }, key);
  expect(body.errors).toBeUndefined();
  return body.data.syncEvent as object;
};

describe('what an event was about', () => {
  it('is what became different in the hub, and the record as its system showed it', async () => {
    expect(await contentsOf(0)).toEqual({
      changes: [
        { kind: 'CHANGED', path: 'name', label: null, before: 'Old', after: 'Shirt' },
        { kind: 'REMOVED', path: 'brand', label: null, before: 'X', after: null },
      ],
      seenRecord: { articleNumber: 'A1', description: 'Shirt' },
    });
  });

  it('is what became different in the target, of a write', async () => {
    const changes = [{ kind: 'CHANGED', path: 'title', label: null, before: 'Old', after: 'Shirt' }];
    expect(await contentsOf(1)).toEqual({ changes, seenRecord: null });
    expect(await contentsOf(2)).toEqual({ changes: [], seenRecord: null });
  });

  it('is not shown of people to keys that may not see them', async () => {
    const key = await world.keyWith(['READ_OPERATIONS']);
    expect(await contentsOf(3)).toEqual({ changes: [], seenRecord: { email: 'jan@example.com' } });
    expect(await contentsOf(3, key)).toEqual({ changes: [], seenRecord: null });
  });
});

describe('a record over time', () => {
  const query = `query ($id: ID!) { node(id: $id) { ... on Syncable {
    fields { path label value parts { path label } }
    history(first: 10, filter: { isChange: true }) { nodes { id changes { path before after } } }
    others: history(first: 10, filter: { isChange: false }) { nodes { id } } } } }`;

  it('is its fields now and the changes that led to them, apart from all that was done with it', async () => {
    const { body } = await world.ask(query, { id: 'prd_00001' });
    expect(body.errors).toBeUndefined();
    const { fields, history, others } = body.data.node as {
      fields: { path: string; label: string; value: unknown; parts: object[] }[];
      history: { nodes: { id: string; changes: object[] }[] };
      others: { nodes: { id: string }[] };
    };
    expect(fields.find(({ path }) => path === 'name')).toMatchObject({ label: 'Name', value: 'Shirt 1', parts: [] });
    expect(fields.find(({ path }) => path === 'brand')).toMatchObject({ label: 'Brand', value: null });
    expect(fields.find(({ path }) => path === 'attributes')!.parts).toContainEqual({ path: 'code', label: 'code' });
    expect(history.nodes.map(({ id, changes }) => [id, changes.length])).toEqual([['evt_0', 2]]);
    expect(others.nodes).toEqual([{ id: 'evt_1' }]);
  });

  it('says its fields in the language, and none of people to keys that may not see them', async () => {
    await world.database.query(
      `insert into customer (id, version, content_hash, kind, number) values ('cus_1', 1, 'h', 'PERSON', '7')`,
    );
    const ask = async (id: string, key: string, language: string) => {
      const asked = { query: `{ node(id: "${id}") { ... on Syncable { fields { path label value } } } }` };
      const headers = { authorization: `Bearer ${key}`, 'accept-language': language };
      return (await world.post(JSON.stringify(asked), headers)).body.data.node.fields as { path: string; label: string }[]; // prettier-ignore
    };
    expect((await ask('prd_00001', world.adminKey, 'fr')).find(({ path }) => path === 'name')!.label).toBe('Nom');
    expect((await ask('cus_1', world.adminKey, 'nl')).length).toBeGreaterThan(5);
    await world.database
      .query(`insert into sales_order (id, version, content_hash, type, number, status, payment_status, fulfillment_status, placed_at, currency)
      values ('ord_1', 1, 'h', 'ORDER', '9', 'OPEN', 'UNPAID', 'UNFULFILLED', now(), 'EUR')`);
    expect((await ask('ord_1', world.adminKey, 'en')).length).toBeGreaterThan(5);
    expect(await ask('ord_1', await world.keyWith(['READ_ORDERS', 'READ_OPERATIONS']), 'en')).toEqual([]);
  });
});

describe('counts of events', () => {
  it('are those of the list, in pieces that follow each other', async () => {
    const query = `query ($filter: SyncEventFilter, $search: String, $pieces: Int!) {
      syncEventBuckets(filter: $filter, search: $search, pieces: $pieces) { from to counts { outcome count } } }`;
    const count = async (variables: object) => {
      const { body } = await world.ask(query, { pieces: 10, ...variables });
      expect(body.errors).toBeUndefined();
      const pieces = body.data.syncEventBuckets as {
        from: string;
        to: string;
        counts: { outcome: string; count: number }[];
      }[];
      pieces.slice(1).forEach(({ from }, i) => expect(from).toBe(pieces[i]!.to));
      expect(pieces).toHaveLength(10);
      const sums: Record<string, number> = {};
      for (const each of pieces.flatMap(({ counts }) => counts))
        sums[each.outcome] = (sums[each.outcome] ?? 0) + each.count;
      return sums;
    };
    expect(await count({})).toEqual({ SUCCEEDED: 3, FAILED: 1 });
    expect(await count({ filter: { outcome: ['FAILED'] } })).toEqual({ FAILED: 1 });
    expect(await count({ search: 'too long' })).toEqual({ FAILED: 1 });
    expect(await count({ filter: { occurredAt: { within: 'P7D' }, entityType: ['CUSTOMER'] } })).toEqual({ SUCCEEDED: 1 }); // prettier-ignore
    expect(await count({ filter: { occurredAt: { from: '2020-01-01T00:00:00Z', to: '2020-02-01T00:00:00Z' } } })).toEqual({}); // prettier-ignore
    const backwards = { occurredAt: { from: '2020-02-01T00:00:00Z', to: '2020-01-01T00:00:00Z' } };
    const refused = await world.ask(query, { pieces: 10, filter: backwards });
    expect(refused.body.errors[0].message).toContain('in the wrong order');
  });
});

describe('the live activity log', () => {
  it('goes on behind a page of the log, with a text to look for', async () => {
    const page = await world.ask('{ syncEvents(first: 1) { edges { cursor } } }');
    const since = page.body.data.syncEvents.edges[0].cursor as string;
    await write(
      { ...product, step: 'written', outcome: 'updated', externalId: 'B1' },
      { ...product, step: 'written', outcome: 'updated', externalId: 'C1' },
    );
    const client = await signedInSocket(world.url, world.adminKey);
    const feed =
      'subscription ($since: String) { syncEventRecorded(since: $since, search: "c1") { event { externalId } } }';
    client.send(subscribeMessage('1', feed, { since }));
    const seen = () => client.got.filter(({ type }) => type === 'next').map(({ payload }) => payload.data);
    await until(() => Promise.resolve(seen().length > 0), { timeoutMs: 10_000, everyMs: 20, what: 'the event' });
    expect(seen()).toEqual([{ syncEventRecorded: { event: { externalId: 'C1' } } }]);
    const other = await world.ask('{ products(first: 1) { edges { cursor } } }');
    client.send(subscribeMessage('2', feed, { since: other.body.data.products.edges[0].cursor as string }));
    await until(() => Promise.resolve(client.got.some(({ id, type }) => id === '2' && type !== 'next')), { timeoutMs: 10_000, everyMs: 20, what: 'the refusal' }); // prettier-ignore
  });
});
