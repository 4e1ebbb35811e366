import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { testFlow } from './ingest-system.js';
import { product } from './ingest-world.js';
import { ann, annInBoth, openTwoWayHub, order, type TwoWayHub } from './two-way-hub.js';

let hub: TwoWayHub;
beforeEach(async () => {
  hub = await openTwoWayHub();
});
afterEach(() => hub.close());

describe('what we have written to a system that is a source too', () => {
  it('proposes nothing when it comes back', async () => {
    const id = await annInBoth(hub);
    hub.observations.set('s1', 'echo');
    const events = (await hub.events()).length;
    await hub.take('customers', [{ id: 's1', document: { ...ann, hubId: id, number: 'their own' } }], 'shop');
    expect(await hub.events()).toHaveLength(events);
    expect(await hub.count('customer')).toBe(1);
    const steps = await hub.database.query(`select step from journal where system = 'shop'`);
    expect(steps).toEqual([{ step: 'echo' }]);
  });

  it('proposes nothing either when it comes back after the hub has moved on, so nothing newer is reverted', async () => {
    await annInBoth(hub);
    await hub.take('customers', [{ id: 't1', document: { ...ann, phone: '2' } }]);
    await hub.take('customers', [{ id: 's1', document: ann }], 'shop');
    expect(await hub.one('customer')).toMatchObject({ phone: '2' });
  });

  it('proposes nothing in a document that was read before the write and taken in after it', async () => {
    const id = await annInBoth(hub);
    await hub.take('customers', [{ id: 's1', document: ann }], 'shop');
    await hub.show('customers', [{ id: 's1', document: { ...ann, note: 'read before' } }], 'shop');
    await hub.take('customers', [{ id: 't1', document: { ...ann, phone: '2' } }]);
    await hub.send('customer', id);
    const written = { changed: ['phone'], before: ann };
    await hub.acknowledge('customer', id, 's1', { ...ann, note: 'read before', phone: '2' }, written);
    await hub.settle(hub.worker({ system: 'shop' }));
    expect(await hub.one('customer')).toMatchObject({ phone: '2', note: 'read before' });
  });
});

describe('an address of a customer', () => {
  const raw = { role: 'BILLING', line1: 'Bankastraat 23 - II', postalCode: '1000 AA', countryText: 'Holland' };
  const inParts = { role: 'BILLING', street: 'Bankastraat', houseNumber: '23', addition: 'II', country: 'NL' };
  const visiting = { role: 'VISITING', line1: 'Laan 1' };
  const addresses = async (): Promise<unknown> => (await hub.one('customer'))['addresses'];

  it('keeps the line that people wrote, and what the shop cannot say, when the shop corrects the postal code', async () => {
    await hub.take('customers', [{ id: 't1', document: { ...ann, addresses: [raw, visiting] } }]);
    const id = String((await hub.one('customer'))['id']);
    await hub.send('customer', id);
    const inShop = { ...ann, addresses: [{ ...inParts, postalCode: '1000 AA' }] };
    await hub.acknowledge('customer', id, 's1', inShop);
    const corrected = { ...ann, addresses: [{ ...inParts, postalCode: '1000 BB' }] };
    await hub.take('customers', [{ id: 's1', document: corrected }], 'shop');
    const kept = { ...inParts, ...raw, postalCode: '1000 BB' };
    expect(await addresses()).toEqual([kept, { ...visiting, street: 'Laan', houseNumber: '1' }]);
    await hub.take(
      'customers',
      [{ id: 's1', document: { ...ann, addresses: [{ ...inParts, houseNumber: '25' }] } }],
      'shop',
    );
    expect(await addresses()).toMatchObject([
      { line1: 'Bankastraat 25 II', countryText: 'Holland' },
      { role: 'VISITING' },
    ]);
  });

  it('that the shop does not know the line of is not changed by showing its parts for the first time', async () => {
    await hub.take('customers', [{ id: 't1', document: { ...ann, addresses: [raw] } }]);
    const hubId = String((await hub.one('customer'))['id']);
    await hub.take('customers', [{ id: 's1', document: { ...ann, hubId, addresses: [inParts] } }], 'shop');
    expect(await addresses()).toEqual([{ ...inParts, ...raw }]);
  });
});

describe('stock in both directions', () => {
  it('is counted in each place by one system: what a flow tells a system is no count of its own', async () => {
    hub.configuration.flows.push(testFlow('shop', 'till', 'stock'));
    hub.configuration.told.add('shop MAIN').add('till 3');
    await hub.take('products', [{ id: 'p1', document: product('P', ['a']) }]);
    await hub.take(
      'locations',
      ['1', '3'].map((code) => ({ id: code, document: { code, name: code } })),
    );
    await hub.take(
      'levels',
      ['1', '3'].map((location) => ({ id: `a@${location}`, document: { variant: 'v-a', location, onHand: '8' } })),
    );
    const there = ['key:MAIN', 'key:FR'].map((location) => ({
      id: `a@${location}`,
      document: { variant: 'key:a', location, onHand: '6' },
    }));
    hub.observations.set('a@key:MAIN', 'drift');
    await hub.take('levels', there, 'shop');
    const counted = await hub.database.query(
      `select r.system, r.external_id as id, trim_scale(s.on_hand)::text as n from stock_level s
       join external_reference r on r.canonical_id = s.id order by 1`,
    );
    expect(counted).toEqual([
      { system: 'shop', id: 'a@key:FR', n: '6' },
      { system: 'till', id: 'a@1', n: '8' },
    ]);
    const steps = await hub.database.query(
      `select external_id as id from journal where system = 'shop' and step = 'drift'`,
    );
    expect(steps).toEqual([{ id: 'a@key:MAIN' }]);
  });
});

describe('a flow that is a draft, or has ended', () => {
  it('makes no source of its system: what people change there is drift, and changes nothing in the hub', async () => {
    const id = await annInBoth(hub);
    hub.observations.set('s1', 'drift');
    const use = (isInUse: boolean): void => {
      hub.configuration.flows = hub.configuration.flows.map((flow) =>
        flow.source === 'shop' ? { ...flow, isEnabled: false, isRead: false, isInUse } : flow,
      );
    };
    use(false);
    await hub.take('customers', [{ id: 's1', document: { ...ann, hubId: id, phone: '2' } }], 'shop');
    expect(await hub.one('customer')).toMatchObject({ phone: '1' });
    expect(await hub.database.query(`select distinct step from journal where system = 'shop'`)).toEqual([
      { step: 'drift' },
    ]);
    use(true);
    await hub.take('customers', [{ id: 's1', document: { ...ann, hubId: id, phone: '4' } }], 'shop');
    expect(await hub.one('customer')).toMatchObject({ phone: '4' });
  });
});

describe('a person’s edit that our write has overwritten', () => {
  it('is old when it comes late, so that both systems end with what was written', async () => {
    const id = await annInBoth(hub);
    await hub.take('customers', [{ id: 's1', document: ann }], 'shop');
    await hub.show('customers', [{ id: 's1', document: { ...ann, phone: 'theirs' } }], 'shop');
    await hub.take('customers', [{ id: 't1', document: { ...ann, phone: 'ours' } }]);
    await hub.send('customer', id);
    const written = { changed: ['phone'], before: ann, version: 1_000_000n };
    await hub.acknowledge('customer', id, 's1', { ...ann, phone: 'ours' }, written);
    await hub.settle(hub.worker({ system: 'shop' }));
    expect(await hub.one('customer')).toMatchObject({ phone: 'ours' });
  });
});

describe('a person’s edit while a write of ours is under way', () => {
  it('waits for the outcome, is taken in then, and reverts nothing newer', async () => {
    const id = await annInBoth(hub);
    await hub.take('customers', [{ id: 't1', document: { ...ann, phone: '2' } }]);
    await hub.send('customer', id);
    const edited = { ...ann, email: 'new@example.com' };
    await hub.take('customers', [{ id: 's1', document: edited }], 'shop');
    expect(await hub.one('customer')).toMatchObject({ phone: '2', email: 'ann@example.com' });
    await hub.takeUp('shop');
    expect(await hub.count('deferred_change')).toBe(1);

    await hub.acknowledge('customer', id, 's1', { ...edited, phone: '2' }, { changed: ['phone'], before: ann });
    await hub.takeUp('shop');
    expect(await hub.one('customer')).toMatchObject({ phone: '2', email: 'new@example.com' });
    expect(await hub.count('deferred_change')).toBe(0);
    const steps = await hub.database.query(`select step, outcome from journal where step = 'captured'`);
    expect(steps).toEqual([{ step: 'captured', outcome: 'deferred' }]);
  });

  it('is kept through a restart, and only the newest of several counts', async () => {
    const id = await annInBoth(hub);
    await hub.send('customer', id);
    await hub.take('customers', [{ id: 's1', document: { ...ann, phone: '5' } }], 'shop');
    await hub.take('customers', [{ id: 's1', version: 9_000, document: { ...ann, phone: '7' } }], 'shop');
    await hub.take('customers', [{ id: 's1', version: 8_000, document: { ...ann, phone: '6' } }], 'shop');
    // Nothing of it is in memory: every call has a worker of its own, as after a kill.
    await hub.database.query(`update projection set state = 'pending'`);
    await hub.takeUp('shop');
    expect(await hub.one('customer')).toMatchObject({ phone: '7' });
    await hub.takeUp('shop');
    expect((await hub.events()).filter((event) => event.changes['phone']?.[1] === '7')).toHaveLength(1);
  });

  it('is taken in again when that was asked for meanwhile, although the same document was taken over before', async () => {
    const id = await annInBoth(hub);
    const edited = { ...ann, phone: '5' };
    const [change] = await hub.show('customers', [{ id: 's1', document: edited }], 'shop');
    await hub.settle(hub.worker({ system: 'shop' }));
    await hub.send('customer', id);
    await hub.database.query(`update external_reference set shown = shown - 'phone' where external_id = 's1'`);
    await hub.database.query(`update customer set phone = '9'`);
    await hub.again('shop', change!);
    await hub.database.query(`update projection set state = 'pending'`);
    await hub.takeUp('shop');
    expect(await hub.one('customer')).toMatchObject({ phone: '5' });
  });

  it('is overtaken by a later change that is taken in first', async () => {
    const id = await annInBoth(hub);
    await hub.send('customer', id);
    await hub.take('customers', [{ id: 's1', version: 5_000, document: { ...ann, phone: '5' } }], 'shop');
    await hub.database.query(`update projection set state = 'in_sync'`);
    await hub.take('customers', [{ id: 's1', version: 6_000, document: { ...ann, phone: '6' } }], 'shop');
    await hub.takeUp('shop');
    expect(await hub.one('customer')).toMatchObject({ phone: '6' });
    expect(await hub.count('deferred_change')).toBe(0);
  });

  it('to a category that the shop may just be making for us waits, because it could be that one', async () => {
    await hub.take('categories', [{ id: 'c1', document: { name: 'Shoes' } }]);
    const id = (await hub.one('category'))['id'];
    await hub.send('category', id);
    await hub.take('categories', [{ id: '77', document: { name: 'Shoes' } }], 'shop');
    expect(await hub.count('category')).toBe(1);
    await hub.database.query(
      `insert into external_reference (system, entity, external_id, canonical_id, origin) values ('shop', 'category', '77', $1, 'CREATED')`,
      [id],
    );
    await hub.takeUp('shop');
    expect(await hub.count('category')).toBe(1);
    expect(await hub.count('deferred_change')).toBe(0);
  });
});

describe('the mark of the hub', () => {
  it('makes a record known before the write that made it is acknowledged', async () => {
    await hub.take('orders', [{ id: 't1', document: order() }]);
    const { id } = await hub.one('sales_order');
    await hub.take('orders', [{ id: 's1', document: order({ hubId: String(id), note: 'seen in the shop' }) }], 'shop');
    expect(await hub.count('sales_order')).toBe(1);
    const references = await hub.database.query(
      `select origin, canonical_id from external_reference where system = 'shop' and entity = 'order'`,
    );
    expect(references).toEqual([{ origin: 'MATCHED', canonical_id: id }]);
  });

  it('on a second record of the same system is told as a duplicate, and nothing is taken from it', async () => {
    await hub.take('orders', [{ id: 't1', document: order() }]);
    const hubId = String((await hub.one('sales_order'))['id']);
    await hub.take('orders', [{ id: 's1', document: order({ hubId }) }], 'shop');
    await hub.take('orders', [{ id: 's2', document: order({ hubId, status: 'CANCELLED' }) }], 'shop');
    expect(await hub.count('sales_order')).toBe(1);
    expect(await hub.one('sales_order')).toMatchObject({ status: 'OPEN' });
    const [problem] = await hub.database.query('select code, message from parked');
    expect(problem?.['code']).toBe('DUPLICATE_IN_SYSTEM');
    expect(problem?.['message']).toContain('s1 and s2');
  });

  it('on a second record of a system that is only a target is told too', async () => {
    hub.configuration.flows = [testFlow('till', 'shop', 'order')];
    await hub.take('orders', [{ id: 't1', document: order() }]);
    const hubId = String((await hub.one('sales_order'))['id']);
    await hub.acknowledge('order', hubId, 's1', order());
    await hub.take('orders', [{ id: 's2', document: order({ hubId }) }], 'shop');
    expect((await hub.database.query('select code from parked'))[0]).toEqual({ code: 'DUPLICATE_IN_SYSTEM' });
  });

  it('on two records of a system that is only a target is told too when both come before the answer to the write', async () => {
    hub.configuration.flows = [testFlow('till', 'shop', 'order')];
    await hub.take('orders', [{ id: 't1', document: order() }]);
    const hubId = String((await hub.one('sales_order'))['id']);
    await hub.send('order', hubId);
    await hub.take('orders', [{ id: 's1', document: order({ hubId }) }], 'shop');
    await hub.take('orders', [{ id: 's2', document: order({ hubId }) }], 'shop');
    await hub.takeUp('shop');
    expect(await hub.count('parked')).toBe(0);
    await hub.acknowledge('order', hubId, 's2', order());
    await hub.takeUp('shop');
    const problems = await hub.database.query('select code, external_id from parked');
    expect(problems).toEqual([{ code: 'DUPLICATE_IN_SYSTEM', external_id: 's1' }]);
    expect(await hub.count('deferred_change')).toBe(0);
  });

  it('on records that come together from a system that is only a target is told, although the hub has lost its reference', async () => {
    hub.configuration.flows = [testFlow('till', 'shop', 'order')];
    await hub.take('orders', [{ id: 't1', document: order() }]);
    const hubId = String((await hub.one('sales_order'))['id']);
    const copies = Array.from({ length: 9 }, (_, i) => ({ id: `s${i}`, document: order({ hubId }) }));
    await hub.take('orders', copies, 'shop');
    // Nine records in eight partitions: at least two of them come together.
    expect(await hub.count('parked')).toBeGreaterThan(0);
  });

  it('shows that a record which was only mentioned is one of the hub’s: what mentions it names that one', async () => {
    await hub.take('customers', [{ id: 't1', document: ann }]);
    const hubId = String((await hub.one('customer'))['id']);
    await hub.take('orders', [{ id: 's1', document: order({ customer: 'c9' }) }], 'shop');
    expect((await hub.one('sales_order'))['customer_id']).not.toBe(hubId);
    await hub.take('customers', [{ id: 'c9', document: { ...ann, hubId } }], 'shop');
    expect(await hub.count('customer')).toBe(1);
    expect(await hub.one('sales_order')).toMatchObject({ customer_id: hubId, version: 2 });
  });

  it('that has not the form of one means nothing', async () => {
    await hub.take('orders', [{ id: 's2', document: order({ hubId: 'WEB-7' }) }], 'shop');
    expect(await hub.count('sales_order')).toBe(1);
    expect(await hub.count('parked')).toBe(0);
  });
});
