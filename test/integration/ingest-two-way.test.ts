import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Document } from '../../src/base/document.js';
import { makeShownBy } from '../../src/cdc/shown.js';
import * as shownStatements from '../../src/store/shown-statements.js';
import { makeStoreShown } from '../../src/sync/acknowledge-shown.js';
import { testFlow } from './ingest-system.js';
import { openHub, type Hub } from './ingest-world.js';

let hub: Hub;
beforeEach(async () => {
  hub = await openHub();
  for (const entity of ['customer', 'order', 'category'] as const) {
    hub.configuration.flows = hub.configuration.flows.filter((flow) => flow.entity !== entity);
    hub.configuration.flows.push(testFlow('till', 'shop', entity), testFlow('shop', 'till', entity));
  }
});
afterEach(() => hub.close());

const order = (more: Document = {}): Document => ({
  placedAt: '2026-03-01T10:00:00Z',
  currency: 'EUR',
  lines: [{ key: '1', quantity: '1', unitPrice: '10', variant: 'v1' }],
  ...more,
});
const ann: Document = { fullName: 'Ann Smit', email: 'ann@example.com', phone: '1' };

const one = async (table: string): Promise<Record<string, unknown>> =>
  (await hub.database.query(`select * from ${table} order by created_at limit 1`))[0] ?? {};
const count = async (table: string): Promise<number> =>
  Number((await hub.database.query<{ n: string }>(`select count(*) as n from ${table}`))[0]?.n);

/** A write of ours to the shop is sent. */
async function send(entity: string, id: unknown): Promise<void> {
  await hub.database.query(
    `insert into projection (target, entity, canonical_id, flow, state) values ('shop', $1, $2, 'f', 'writing')
     on conflict (target, entity, canonical_id) do update set state = 'writing'`,
    [entity, id],
  );
}

/** Its outcome is known: the shop answered with the document. */
async function acknowledge(
  entity: 'customer' | 'order',
  id: unknown,
  externalId: string,
  document: Document,
  written: {
    readonly changed: readonly string[] | null;
    readonly before: Document | null;
    readonly sent?: Document;
    readonly version?: bigint;
  } = {
    changed: null,
    before: null,
  },
): Promise<void> {
  const storeShown = makeStoreShown(makeShownBy(hub.configuration), shownStatements);
  await hub.database.tx(async (tx) => {
    await tx.query(
      `insert into external_reference (system, entity, external_id, canonical_id, origin)
       values ('shop', $1, $2, $3, 'CREATED') on conflict do nothing`,
      [entity, externalId, id],
    );
    await tx.query(`update projection set state = 'in_sync' where entity = $1 and canonical_id = $2`, [entity, id]);
    await storeShown(tx, 'shop', [
      { entity, record: entity, externalId, document, sent: document, version: null, ...written },
    ]);
  });
}

/** Ann came from the till and was made in the shop, where she is `s1`. */
async function annInBoth(): Promise<string> {
  await hub.take('customers', [{ id: 't1', document: ann }]);
  const id = String((await one('customer'))['id']);
  await send('customer', id);
  await acknowledge('customer', id, 's1', ann);
  return id;
}

describe('what we have written to a system that is a source too', () => {
  it('proposes nothing when it comes back', async () => {
    const id = await annInBoth();
    hub.observations.set('s1', 'echo');
    const events = (await hub.events()).length;
    await hub.take('customers', [{ id: 's1', document: { ...ann, hubId: id, number: 'their own' } }], 'shop');
    expect(await hub.events()).toHaveLength(events);
    expect(await count('customer')).toBe(1);
    const steps = await hub.database.query(`select step from journal where system = 'shop'`);
    expect(steps).toEqual([{ step: 'echo' }]);
  });

  it('proposes nothing either when it comes back after the hub has moved on, so nothing newer is reverted', async () => {
    await annInBoth();
    await hub.take('customers', [{ id: 't1', document: { ...ann, phone: '2' } }]);
    await hub.take('customers', [{ id: 's1', document: ann }], 'shop');
    expect(await one('customer')).toMatchObject({ phone: '2' });
  });

  it('proposes nothing in a document that was read before the write and taken in after it', async () => {
    const id = await annInBoth();
    await hub.take('customers', [{ id: 's1', document: ann }], 'shop');
    await hub.show('customers', [{ id: 's1', document: { ...ann, note: 'read before' } }], 'shop');
    await hub.take('customers', [{ id: 't1', document: { ...ann, phone: '2' } }]);
    await send('customer', id);
    const written = { changed: ['phone'], before: ann };
    await acknowledge('customer', id, 's1', { ...ann, note: 'read before', phone: '2' }, written);
    await hub.settle(hub.worker({ system: 'shop' }));
    expect(await one('customer')).toMatchObject({ phone: '2', note: 'read before' });
  });
});

describe('a person’s edit that our write has overwritten', () => {
  it('is old when it comes late, so that both systems end with what was written', async () => {
    const id = await annInBoth();
    await hub.take('customers', [{ id: 's1', document: ann }], 'shop');
    await hub.show('customers', [{ id: 's1', document: { ...ann, phone: 'theirs' } }], 'shop');
    await hub.take('customers', [{ id: 't1', document: { ...ann, phone: 'ours' } }]);
    await send('customer', id);
    const written = { changed: ['phone'], before: ann, version: 1_000_000n };
    await acknowledge('customer', id, 's1', { ...ann, phone: 'ours' }, written);
    await hub.settle(hub.worker({ system: 'shop' }));
    expect(await one('customer')).toMatchObject({ phone: 'ours' });
  });
});

describe('a person’s edit while a write of ours is under way', () => {
  it('waits for the outcome, is taken in then, and reverts nothing newer', async () => {
    const id = await annInBoth();
    await hub.take('customers', [{ id: 't1', document: { ...ann, phone: '2' } }]);
    await send('customer', id);
    const edited = { ...ann, email: 'new@example.com' };
    await hub.take('customers', [{ id: 's1', document: edited }], 'shop');
    expect(await one('customer')).toMatchObject({ phone: '2', email: 'ann@example.com' });
    await hub.takeUp('shop');
    expect(await count('deferred_change')).toBe(1);

    await acknowledge('customer', id, 's1', { ...edited, phone: '2' }, { changed: ['phone'], before: ann });
    await hub.takeUp('shop');
    expect(await one('customer')).toMatchObject({ phone: '2', email: 'new@example.com' });
    expect(await count('deferred_change')).toBe(0);
    const steps = await hub.database.query(`select step, outcome from journal where step = 'captured'`);
    expect(steps).toEqual([{ step: 'captured', outcome: 'deferred' }]);
  });

  it('is kept through a restart, and only the newest of several counts', async () => {
    const id = await annInBoth();
    await send('customer', id);
    await hub.take('customers', [{ id: 's1', document: { ...ann, phone: '5' } }], 'shop');
    await hub.take('customers', [{ id: 's1', version: 9_000, document: { ...ann, phone: '7' } }], 'shop');
    await hub.take('customers', [{ id: 's1', version: 8_000, document: { ...ann, phone: '6' } }], 'shop');
    // Nothing of it is in memory: every call has a worker of its own, as after a kill.
    await hub.database.query(`update projection set state = 'pending'`);
    await hub.takeUp('shop');
    expect(await one('customer')).toMatchObject({ phone: '7' });
    await hub.takeUp('shop');
    expect((await hub.events()).filter((event) => event.changes['phone']?.[1] === '7')).toHaveLength(1);
  });

  it('is overtaken by a later change that is taken in first', async () => {
    const id = await annInBoth();
    await send('customer', id);
    await hub.take('customers', [{ id: 's1', version: 5_000, document: { ...ann, phone: '5' } }], 'shop');
    await hub.database.query(`update projection set state = 'in_sync'`);
    await hub.take('customers', [{ id: 's1', version: 6_000, document: { ...ann, phone: '6' } }], 'shop');
    await hub.takeUp('shop');
    expect(await one('customer')).toMatchObject({ phone: '6' });
    expect(await count('deferred_change')).toBe(0);
  });

  it('to a category that the shop may just be making for us waits, because it could be that one', async () => {
    await hub.take('categories', [{ id: 'c1', document: { name: 'Shoes' } }]);
    const id = (await one('category'))['id'];
    await send('category', id);
    await hub.take('categories', [{ id: '77', document: { name: 'Shoes' } }], 'shop');
    expect(await count('category')).toBe(1);
    await hub.database.query(
      `insert into external_reference (system, entity, external_id, canonical_id, origin) values ('shop', 'category', '77', $1, 'CREATED')`,
      [id],
    );
    await hub.takeUp('shop');
    expect(await count('category')).toBe(1);
    expect(await count('deferred_change')).toBe(0);
  });
});

describe('the mark of the hub', () => {
  it('makes a record known before the write that made it is acknowledged', async () => {
    await hub.take('orders', [{ id: 't1', document: order() }]);
    const { id } = await one('sales_order');
    await hub.take('orders', [{ id: 's1', document: order({ hubId: String(id), note: 'seen in the shop' }) }], 'shop');
    expect(await count('sales_order')).toBe(1);
    const references = await hub.database.query(
      `select origin, canonical_id from external_reference where system = 'shop' and entity = 'order'`,
    );
    expect(references).toEqual([{ origin: 'MATCHED', canonical_id: id }]);
  });

  it('on a second record of the same system is told as a duplicate, and nothing is taken from it', async () => {
    await hub.take('orders', [{ id: 't1', document: order() }]);
    const hubId = String((await one('sales_order'))['id']);
    await hub.take('orders', [{ id: 's1', document: order({ hubId }) }], 'shop');
    await hub.take('orders', [{ id: 's2', document: order({ hubId, status: 'CANCELLED' }) }], 'shop');
    expect(await count('sales_order')).toBe(1);
    expect(await one('sales_order')).toMatchObject({ status: 'OPEN' });
    const [problem] = await hub.database.query('select code, message from parked');
    expect(problem?.['code']).toBe('DUPLICATE_IN_SYSTEM');
    expect(problem?.['message']).toContain('s1 and s2');
  });

  it('on a second record of a system that is only a target is told too', async () => {
    hub.configuration.flows = [testFlow('till', 'shop', 'order')];
    await hub.take('orders', [{ id: 't1', document: order() }]);
    const hubId = String((await one('sales_order'))['id']);
    await acknowledge('order', hubId, 's1', order());
    await hub.take('orders', [{ id: 's2', document: order({ hubId }) }], 'shop');
    expect((await hub.database.query('select code from parked'))[0]).toEqual({ code: 'DUPLICATE_IN_SYSTEM' });
  });

  it('shows that a record which was only mentioned is one of the hub’s: what mentions it names that one', async () => {
    await hub.take('customers', [{ id: 't1', document: ann }]);
    const hubId = String((await one('customer'))['id']);
    await hub.take('orders', [{ id: 's1', document: order({ customer: 'c9' }) }], 'shop');
    expect((await one('sales_order'))['customer_id']).not.toBe(hubId);
    await hub.take('customers', [{ id: 'c9', document: { ...ann, hubId } }], 'shop');
    expect(await count('customer')).toBe(1);
    expect(await one('sales_order')).toMatchObject({ customer_id: hubId, version: 2 });
  });

  it('of somebody else’s hub means nothing', async () => {
    await hub.take('orders', [{ id: 's1', document: order({ hubId: `ord_${'0'.repeat(26)}` }) }], 'shop');
    await hub.take('orders', [{ id: 's2', document: order({ hubId: 'WEB-7' }) }], 'shop');
    expect(await count('sales_order')).toBe(2);
    expect(await count('parked')).toBe(0);
  });
});

describe('an order', () => {
  it('gets the same id again when its reference is lost, and is updated instead of made anew', async () => {
    await hub.take('orders', [{ id: 't1', document: order() }]);
    const { id } = await one('sales_order');
    await hub.database.query('delete from external_reference');
    await hub.take('orders', [{ id: 't1', document: order({ note: 'again' }) }]);
    expect(await hub.database.query('select id, note from sales_order')).toEqual([{ id, note: 'again' }]);
  });

  it('is moved on by the other system, and back only by the one that it came from', async () => {
    await hub.take('orders', [{ id: 't1', document: order({ fulfillmentStatus: 'UNFULFILLED' }) }]);
    const hubId = String((await one('sales_order'))['id']);
    await send('order', hubId);
    await acknowledge('order', hubId, 's1', order({ fulfillmentStatus: 'UNFULFILLED' }));
    const say = (fulfillmentStatus: string) =>
      hub.take('orders', [{ id: 's1', document: order({ hubId, fulfillmentStatus }) }], 'shop');
    const now = async () => (await one('sales_order'))['fulfillment_status'];
    await say('FULFILLED');
    expect(await now()).toBe('FULFILLED');
    await say('PARTIALLY_FULFILLED');
    expect(await now()).toBe('FULFILLED');
    await hub.take('orders', [{ id: 't1', document: order({ fulfillmentStatus: 'UNFULFILLED', note: 'x' }) }]);
    expect(await now()).toBe('FULFILLED');
    await hub.take('orders', [{ id: 't1', document: order({ fulfillmentStatus: 'RETURNED' }) }]);
    await hub.take('orders', [{ id: 't1', document: order({ fulfillmentStatus: 'UNFULFILLED' }) }]);
    expect(await now()).toBe('UNFULFILLED');
  });

  it('has the payments of both systems', async () => {
    await hub.take('orders', [{ id: 't1', document: order({ payments: [{ key: 'till:1', amount: '5' }] }) }]);
    const hubId = String((await one('sales_order'))['id']);
    const payments = [
      { key: 'till:1', amount: '9' },
      { key: 'shop:1', amount: '5' },
    ];
    await hub.take('orders', [{ id: 's1', document: order({ hubId, payments }) }], 'shop');
    expect((await one('sales_order'))['payments']).toEqual([
      { key: 'till:1', amount: '5' },
      { key: 'shop:1', amount: '5' },
    ]);
  });

  it('of a type, or from a time, that no flow takes is excluded with a sentence, unless the hub has it already', async () => {
    await hub.take('orders', [{ id: 't0', document: order() }]);
    hub.configuration.flows = [testFlow('till', 'shop', 'order', 20, { startFrom: '2026-04-01T00:00:00Z' })];
    await hub.take('orders', [
      { id: 't0', document: order({ note: 'known' }) },
      { id: 't1', document: order() },
      { id: 't2', document: order({ placedAt: '2026-04-01T00:00:00Z' }) },
      { id: 't3', document: order({ placedAt: '2026-05-01T00:00:00Z', type: 'INVOICE' }) },
    ]);
    expect(await count('sales_order')).toBe(2);
    expect(await one('sales_order')).toMatchObject({ note: 'known' });
    const reasons = await hub.database.query(
      `select external_id, message from journal where step = 'excluded' order by 1`,
    );
    expect(reasons).toEqual([
      {
        external_id: 't1',
        message:
          'It was placed at 2026-03-01T10:00:00.000Z; orders are taken that were placed from 2026-04-01T00:00:00Z on.',
      },
      { external_id: 't3', message: 'Documents of type INVOICE are not taken from till.' },
    ]);
  });
});
