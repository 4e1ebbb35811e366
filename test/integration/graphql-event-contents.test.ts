/** What events of the activity log were about, how many there were when, and following the log from a page on. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { appendJournal, type JournalEntry } from '../../src/store/journal.js';
import type { ConnectedSystem } from '../../src/sync/configuration.js';
import { makeSpokenNames } from '../../src/sync/spoken-names.js';
import { mpluskassa } from '../../src/systems/mpluskassa/index.js';
import { fillCatalogue, openGraphWorld, serveGraph, type GraphWorld } from '../support/graph-server.js';
import { endSockets, signedInSocket, subscribeMessage } from '../support/graph-socket.js';
import { until } from '../support/wait.js';

let world: GraphWorld;
const product = { traceId: 'trc_1', entity: 'product', canonicalId: 'prd_00001', externalId: 'A1', flow: 'products' };
const order = { ...product, entity: 'order', canonicalId: 'ord_2', externalId: 'O1', flow: 'orders' };
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
  await logged('canonical', 'ord_2', { version: 1, changes: { deliveries: [[], [{ key: '1', quantity: '2' }]], customerSnapshot: [null, { email: 'jan@example.com' }] } }); // prettier-ignore
  await write(
    { ...product, step: 'applied', outcome: 'updated', system: 'mpluskassa', detail: { version: 2, fields: ['name', 'brand'], log: 'changes.mpluskassa/0/0' } },
    { ...product, step: 'written', outcome: 'updated', system: 'softmaat', detail: { changes: { title: ['Old', 'Shirt'] } } },
    { ...product, step: 'failed', outcome: 'refused', system: 'softmaat', code: 'RECORD_REFUSED', message: 'Too long.', canonicalId: 'prd_00002' },
    { ...product, step: 'applied', outcome: 'updated', entity: 'customer', canonicalId: 'cus_1', detail: { version: 1, fields: ['email'], log: 'changes.mpluskassa/0/1' } },
    { ...order, step: 'written', outcome: 'created', system: 'mpluskassa', detail: { changes: { lineList: [null, [{ data: { vatCode: '1', turnoverGroupType: 'TURNOVER-GROUP-TYPE-TURNOVER' } }]], vatMethod: [null, 'VAT-METHOD-INCLUSIVE'] } } },
    { ...order, step: 'applied', outcome: 'updated', system: 'mpluskassa', detail: { version: 1, fields: ['deliveries'] } },
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

describe('what the values of a change are called', () => {
  const asked = `query ($id: ID!) { syncEvent(id: $id) { changes { path label parts { path label } codes { field code name } } } }`;
  const till: ConnectedSystem = { key: 'mpluskassa', name: 'Kassa', connector: mpluskassa } as never;
  const names = makeSpokenNames({ current: () => ({ systems: new Map([['mpluskassa', till]]), catalogues: new Map([['mpluskassa', mpluskassa.catalogue]]), valueLists: [], flows: [] }) as never }); // prettier-ignore
  const listed = { systemKey: 'mpluskassa', readAt: null, problem: null };
  const codeChoices = {
    of: async (list: string) =>
      list === 'mpluskassa-vat-code' ? [{ ...listed, codes: [{ value: '1', name: '21 %', country: null }] }] : [],
  };
  let named: GraphWorld;
  beforeAll(async () => {
    named = await serveGraph(world.database, world.database, { commands: { names, codeChoices } });
  });
  afterAll(() => named.close());
  const ask = async (position: number, language: string): Promise<Record<string, unknown>[]> => {
    const body = JSON.stringify({ query: asked, variables: { id: `evt_${position}` } });
    const answer = await named.post(body, { authorization: `Bearer ${world.adminKey}`, 'accept-language': language });
    expect(answer.body.errors).toBeUndefined();
    return answer.body.data.syncEvent.changes as Record<string, unknown>[];
  };

  it('is said in the language: parts without what explains them, words of the system, and names that it lists', async () => {
    const [lines, method] = await ask(4, 'nl');
    expect(lines).toMatchObject({ path: 'lineList', label: 'Regels' });
    expect(lines!['parts']).toContainEqual({ path: 'data.vatCode', label: 'Btw-code' });
    // What nobody has named is not for people.
    expect(JSON.stringify(lines!['parts'])).not.toContain('turnoverGroupType');
    expect(lines!['codes']).toEqual([
      { field: 'vatCode', code: '1', name: '21 %' },
      { field: 'turnoverGroupType', code: 'TURNOVER-GROUP-TYPE-TURNOVER', name: 'Omzet' },
    ]);
    expect(method).toMatchObject({ path: 'vatMethod', codes: [{ field: 'vatMethod', code: 'VAT-METHOD-INCLUSIVE', name: 'Btw inbegrepen' }] }); // prettier-ignore
    expect((await ask(4, 'fr'))[1]!['codes']).toEqual([{ field: 'vatMethod', code: 'VAT-METHOD-INCLUSIVE', name: 'TVA comprise' }]); // prettier-ignore
  });

  it('is known of every code that a system lists, by the field in which it can stand, also one of the hub', async () => {
    const body = JSON.stringify({ query: '{ listedCodes { field code name } }' });
    const answer = await named.post(body, { authorization: `Bearer ${world.adminKey}` });
    expect(answer.body).toMatchObject({
      data: {
        listedCodes: [
          { field: 'vatCode', code: '1', name: '21 %' },
          { field: 'taxClass', code: '1', name: '21 %' },
        ],
      },
    });
  });

  it('is in the words of the hub where it was taken over, whatever the system calls it', async () => {
    const [deliveries, buyer] = await ask(5, 'nl');
    expect(deliveries).toMatchObject({ label: 'Geleverde hoeveelheden per regel', codes: [] });
    expect(deliveries!['parts']).toContainEqual({ path: 'quantity', label: 'Geleverde hoeveelheid in totaal' });
    expect(buyer!['parts']).toContainEqual({ path: 'email', label: 'E-mail' });
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
    expect(fields.find(({ path }) => path === 'attributes')!.parts).toContainEqual({ path: 'code', label: 'Code' });
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
    expect(await count({})).toEqual({ SUCCEEDED: 5, FAILED: 1 });
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

describe('the mappings that decided about an event', () => {
  const asked = `query ($id: ID!) { syncEvent(id: $id) { mappings { version isInUse system { key } mapping { key direction deletedAt } } } }`;
  const decided = { ...product, traceId: 'trc_mapped', canonicalId: 'prd_00002' };
  let first = 0;
  const mappingsOf = async (index: number, key?: string) => {
    const { body } = await world.ask(asked, { id: `evt_${first + index}` }, key);
    expect(body.errors).toBeUndefined();
    return (body.data.syncEvent.mappings as { mapping: { key: string }; version: number }[]).map(({ mapping, version }) => `${mapping.key}@${version}`);
  };

  beforeAll(async () => {
    const [{ next } = { next: 0 }] = await world.database.query<{ next: number }>('select count(*)::integer as next from journal');
    first = next;
    for (const [key, direction, connector, own] of [['t-in', 'inbound', 'mpluskassa', null], ['t-in-2', 'inbound', 'mpluskassa', 'Another'], ['t-out', 'outbound', 'softmaat', null]] as const) {
      await world.database.query(
        `insert into mapping (id, key, connector, direction, record, entity, name, published_version, own_version)
         values ('map_' || $1, $1, $2, $3, 'thing', 'product', $4::text, case when $4::text is null then 2 else 0 end, case when $4::text is null then null else 1 end)`,
        [key, connector, direction, own],
      );
      for (const version of [1, 2])
        await world.database.query('insert into mapping_version (mapping, version, definition) values ($1, $2, $3)', [key, version, JSON.stringify({ key, direction, connector, record: 'thing', entity: 'product', rules: [] })]);
    }
    await write(
      { ...decided, step: 'applied', outcome: 'updated', system: 'mpluskassa', detail: { mapping: 't-in-2@1' } },
      { ...decided, step: 'intent', outcome: 'update', system: 'softmaat', detail: { mapping: 2, mappingKey: 't-out' } },
      { ...decided, step: 'written', outcome: 'updated', system: 'softmaat' },
      { ...decided, step: 'applied', outcome: 'updated', system: 'mpluskassa', detail: { mapping: 't-in@2' } },
      { ...decided, step: 'intent', outcome: 'update', system: 'softmaat', detail: { mapping: 1 } },
      { ...decided, step: 'written', outcome: 'updated', system: 'softmaat', traceId: 'trc_bare' },
    );
  });

  it('are those of then, of the whole way, and not those that translate such records now', async () => {
    expect(await mappingsOf(0)).toEqual(['t-in-2@1', 't-out@2']);
    expect(await mappingsOf(2)).toEqual(['t-in-2@1', 't-out@2']);
    expect(await mappingsOf(3)).toEqual(['t-in@2', 't-out@2']);
    expect(await mappingsOf(5)).toEqual([]);
    expect(await mappingsOf(0, await world.keyWith(['READ_CATALOGUE', 'READ_OPERATIONS']))).toHaveLength(2);
  });

  it('say whether they are still in use, and when they were deleted', async () => {
    const used = async () => (await world.ask(asked, { id: `evt_${first}` })).body.data.syncEvent.mappings as object[];
    expect(await used()).toMatchObject([
      { isInUse: false, system: { key: 'mpluskassa' }, mapping: { direction: 'INBOUND', deletedAt: null } },
      { isInUse: true, system: { key: 'softmaat' }, mapping: { direction: 'OUTBOUND' } },
    ]);
    await world.database.query(`insert into mapping_choice (system, direction, record, entity, mapping) values ('mpluskassa', 'inbound', 'thing', 'product', 't-in-2')`);
    expect(await used()).toMatchObject([{ isInUse: true }, {}]);
    await world.database.query(`delete from mapping_choice`);
    await world.database.query(`update mapping set deleted_at = '2026-01-02T03:04:05Z' where key = 't-in-2'`);
    expect(await used()).toMatchObject([{ isInUse: false, mapping: { key: 't-in-2', deletedAt: '2026-01-02T03:04:05.000Z' } }, {}]);
  });
}); // prettier-ignore
