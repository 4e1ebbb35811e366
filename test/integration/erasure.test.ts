import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import * as merges from '../../src/store/customer-merges.js';
import { erasureWork, makeErasures } from '../../src/sync/erasure.js';
import { openErasingHub, park, person, sale, search, spread, words, type ErasingHub } from './erasure-world.js';

let hub: ErasingHub;
beforeEach(async () => {
  hub = await openErasingHub();
});
afterEach(() => hub.close());

const count = (report: { stores: readonly { store: string; removed: number; retained: number }[] }, store: string) =>
  report.stores.find((each) => each.store === store);

describe('an erased customer', () => {
  it('stands in no column of any table any more', async () => {
    await spread(hub);
    expect((await hub.found()).length).toBeGreaterThan(20);
    const report = await hub.erase();
    expect(await hub.found()).toEqual([]);
    expect(count(report, 'customer')).toMatchObject({ removed: 1, retained: 1 });
    expect(count(report, 'orders')).toMatchObject({ removed: 1, retained: 1 });
    expect(count(report, 'changes')!.removed).toBeGreaterThanOrEqual(3);
    expect(count(report, 'problems')!.removed).toBe(2);
    expect(count(report, 'deferred')!.removed).toBe(2);
    // Of files of lists those that say nothing of people stay.
    expect(count(report, 'exports')).toMatchObject({ removed: 1, retained: 0 });
    expect(await hub.database.query('select job from export_file')).toEqual([{ job: 'job_7' }]);
    // Of a filter only what quoted him goes, in whatever writing it stood in the address.
    const views = await hub.database.query<{ query: string }>('select query from saved_view order by id');
    const left = views.map(({ query }) => Object.fromEntries(new URLSearchParams(query)));
    expect(left).toEqual([{ search: '•••', kind: 'PERSON' }, { search: '•••', kind: 'PERSON' }]); // prettier-ignore
  });

  it('is in no analysis of a mapping and no held write by what only his id tells is his', async () => {
    await spread(hub);
    const values = JSON.stringify({ discount: ['7.25', '12.75'] });
    const sample = (canonicalId: string) => ({ entity: 'customer', canonicalId, label: 'Klant 33', harm: 'blanked', changes: [{ path: 'discount', item: null, before: '7.25', after: null }] }); // prettier-ignore
    for (const id of [hub.customerId, 'cus_other']) {
      const impact = [`job_9`, 'till', 'customer', id, 'WRITE', values];
      await hub.database.query('insert into impact (job, target, entity, canonical_id, outcome, changes) values ($1, $2, $3, $4, $5, $6)', impact); // prettier-ignore
    }
    const samples = JSON.stringify([sample(hub.customerId), sample('cus_other')]);
    await hub.database.query(`insert into write_hold (flow, run, records, percent, samples) values ('g', 'run_2', 20, 5, $1)`, [samples]); // prettier-ignore
    await hub.erase();
    const impacts = await hub.database.query(`select changes from impact where target = 'till' order by canonical_id <> $1`, [hub.customerId]); // prettier-ignore
    expect(impacts).toEqual([{ changes: {} }, { changes: JSON.parse(values) }]);
    const [held] = await hub.database.query(`select samples from write_hold where run = 'run_2'`);
    expect(held).toEqual({ samples: [{ ...sample(hub.customerId), label: null, changes: [] }, sample('cus_other')] });
  });

  it('stands in its own report neither, when a system that had refused him could not be told', async () => {
    await spread(hub);
    await park(hub);
    const plan = await hub.plan(hub.customerId, 'HUB_AND_SYSTEMS');
    const report = await hub.erase('HUB_AND_SYSTEMS');
    expect(await hub.found()).toEqual([]);
    const shop = { system: 'shop', externalId: 's1', outcome: 'BY_HAND', reason: 'Shop refused the record: …' };
    expect(report.systems).toContainEqual(shop);
    expect(JSON.stringify([plan.systems, report])).not.toContain('quickelbergh');
    const kept = await hub.database.query('select report from erasure');
    expect(kept).toEqual([{ report: expect.objectContaining({ systems: expect.arrayContaining([shop]) }) }]);
  });

  it.each([
    ['Held by Zwaantje Quickelbergh', null],
    ['The flow is paused.', 'The flow is paused.'],
    ['The flow of Zwaantje Quickelbergh is not in use yet.', null],
  ])('is not in a report that would say %j', async (reason, said) => {
    await park(hub, { state: 'paused', code: 'FLOW_STOPPED', reason });
    expect((await hub.erase('HUB_AND_SYSTEMS')).systems).toContainEqual({ system: 'shop', externalId: 's1', outcome: 'BY_HAND', reason: said }); // prettier-ignore
  });

  it('is a placeholder with the date, and keeps the number by which the books name him', async () => {
    await hub.erase();
    const row = await hub.one('customer');
    expect(row).toMatchObject({ number: 'K-4711', full_name: null, email: null, addresses: [], is_active: false });
    expect(row['erased_at']).toBeInstanceOf(Date);
  });

  it('leaves orders whose amounts, dates and country of VAT are those of before', async () => {
    const before = await hub.one('sales_order');
    await hub.erase();
    const after = await hub.one('sales_order');
    for (const column of ['number', 'total_incl', 'total_tax', 'placed_at', 'lines', 'customer_id', 'status']) {
      expect(after[column]).toEqual(before[column]);
    }
    expect(after).toMatchObject({
      customer_snapshot: { kind: 'PERSON' },
      billing_address: { country: 'NL' },
      shipping_address: { country: 'BE' },
      note: null,
      reference: null,
      payments: [{ key: 'till:1', amount: '12.1' }],
    });
  });

  it('is not learned anew when a system shows him or an order of his again, nor by a replay of the log', async () => {
    await hub.erase();
    await hub.take('customers', [{ id: 'c1', document: { ...person, phone: '0699999999' } }]);
    await hub.take('orders', [{ id: 'o1', document: sale({ totalIncl: '24.20' }) }]);
    await hub.take('orders', [{ id: 'o2', document: sale({ number: '2026-78' }) }]);
    expect(await hub.database.query(`select outcome, message from journal where step = 'excluded'`)).toEqual([
      { outcome: 'excluded', message: 'The customer was erased from the hub.' },
    ]);
    const orders = await hub.database.query('select total_incl, note, customer_snapshot from sales_order order by number');
    expect(orders).toEqual([
      { total_incl: '24.200000', note: null, customer_snapshot: { kind: 'PERSON' } },
      { total_incl: '12.100000', note: null, customer_snapshot: { kind: 'PERSON' } },
    ]);
    const canonical = [...(await hub.found())].filter((each) => !each.startsWith('log_entry.'));
    expect(canonical).toEqual([]);
    // What this test put into the log itself, in place of capture, is blank once it is read from its beginning.
    await hub.database.query(`update consumer_position set next_offset = 0, lease_until = '-infinity'`);
    await hub.settle();
    expect((await hub.found()).filter((each) => !each.startsWith('log_entry.'))).toEqual([]);
    expect(await hub.one('customer')).toMatchObject({ full_name: null, email: null, phone: null });
  }); // prettier-ignore

  it('is erased twice without harm, also when the process died between the removal and the end of the job', async () => {
    await spread(hub);
    const first = await hub.erase();
    const again = await hub.erase();
    expect(first.stores.reduce((sum, { removed }) => sum + removed, 0)).toBeGreaterThan(10);
    expect(count(again, 'orders')).toMatchObject({ removed: 0, retained: 1 });
    expect(await hub.found()).toEqual([]);
  });

  it('is as before when the process dies in the middle, and gone when the job begins anew', async () => {
    await spread(hub);
    const dying = await openDying();
    await expect(dying()).rejects.toThrow('died');
    expect(await hub.one('customer')).toMatchObject({ full_name: 'Zwaantje Quickelbergh', erased_at: null });
    // Known as erased already: nothing new is taken in of him.
    await hub.take('customers', [{ id: 'c1', document: { ...person, phone: '0655555555' } }]);
    expect(await hub.one('customer')).toMatchObject({ phone: '0612349876' });
    await hub.erase();
    expect((await hub.found()).filter((each) => !each.startsWith('log_entry.'))).toEqual([]);
  });

  it('is gone also when its process died in the middle and somebody asked for an end of the job meanwhile', async () => {
    await expect((await openDying())()).rejects.toThrow('died');
    const input = { customerId: hub.customerId, reach: 'HUB_ONLY' as const };
    const cancelled = (): Promise<never> => Promise.reject(Object.assign(new Error('cancel'), { why: 'cancel' }));
    await erasureWork(hub.erasure)({ id: 'job_x', input } as never, cancelled);
    expect(await hub.one('customer')).toMatchObject({ full_name: null, erased_at: expect.any(Date) });
    // One that has not begun ends at once.
    await expect(erasureWork(hub.erasure)({ id: 'job_y', input } as never, cancelled)).rejects.toThrow('cancel');
    expect(await hub.database.query('select job from erasure')).toEqual([{ job: 'job_x' }]);
  });

  /** The same hub, whose process dies after most stores are done. */
  async function openDying(): Promise<() => Promise<unknown>> {
    const deps = {
      ...hub.erasure,
      scrub: { ...hub.erasure.scrub, sweep: () => Promise.reject(new Error('died')) },
    };
    await hub.database.query(`insert into job (id, kind, input, created_by) values ('job_x', 'ERASURE', $1, 'usr_1')`, [
      JSON.stringify({ customerId: hub.customerId, reach: 'HUB_ONLY' }),
    ]);
    const input = { customerId: hub.customerId, reach: 'HUB_ONLY' as const };
    return () => erasureWork(deps)({ id: 'job_x', input } as never, () => Promise.resolve());
  }

  it('is not erased while a write of his record or of an order is under way, and the refusal says where', async () => {
    await hub.send('order', hub.orderId);
    await expect(hub.erase()).rejects.toMatchObject({ code: 'ERASURE_WRITE_UNDER_WAY', values: { systems: 'shop' } });
    expect(await hub.one('customer')).toMatchObject({ full_name: 'Zwaantje Quickelbergh' });
    await hub.database.query(`update projection set state = 'in_sync'`);
    await hub.erase();
    expect(await hub.one('customer')).toMatchObject({ full_name: null });
  });

  it('takes orders of nobody with his address of e-mail along, and nobody else with the same name', async () => {
    const other = { ...person, email: 'other@person.test', number: 'K-2', phone: '0101010101' };
    await hub.take('customers', [{ id: 'c2', document: other }]);
    const { customer: _, ...guest } = sale({ number: '2026-90' });
    await hub.take('orders', [{ id: 'g1', document: guest }]);
    await hub.erase();
    const [order] = await hub.database.query(`select note, customer_snapshot from sales_order where number = '2026-90'`);
    expect(order).toEqual({ note: null, customer_snapshot: { kind: 'PERSON' } });
    const [still] = await hub.database.query(`select full_name, email from customer where number = 'K-2'`);
    expect(still).toEqual({ full_name: 'Zwaantje Quickelbergh', email: 'other@person.test' });
  }); // prettier-ignore
});

describe('a customer for whom another one stands', () => {
  const twin = { ...person, number: 'K-9', fullName: 'Zwaantje Kwikkelberg', email: 'z@kwikkelberg.test', phone: '0609876543' }; // prettier-ignore
  const twinIds = async (): Promise<{ twinId: string; orderId: string }> => {
    await hub.take('customers', [{ id: 'c2', document: twin }]);
    await hub.take('orders', [{ id: 'o2', document: sale({ customer: 'c2', number: '2026-78', reference: 'Kwikkelberg' }) }]);
    const [row] = await hub.database.query<{ twinId: string; orderId: string }>(
      `select c.id as "twinId", o.id as "orderId" from customer c join sales_order o on o.customer_id = c.id where c.number = 'K-9'`,
    );
    const merge = { id: 'mrg_1', survivorId: hub.customerId, duplicateId: row!.twinId, by: 'usr_1', reason: 'K-9 is Zwaantje', moved: [] };
    await hub.database.tx((tx) => merges.beginMerge(tx, merge));
    return row!;
  }; // prettier-ignore

  it('is erased with that one, and not without', async () => {
    const { twinId } = await twinIds();
    await expect(hub.plan(twinId, 'HUB_ONLY')).rejects.toMatchObject({ code: 'ERASURE_MERGED' });
    const plan = await hub.plan(hub.customerId, 'HUB_ONLY');
    const report = await hub.erase();
    expect(await hub.found([...words, 'Kwikkelberg', '0609876543'])).toEqual([]);
    expect(plan.stores).toEqual(report.stores);
    expect(count(report, 'customer')).toMatchObject({ removed: 2, retained: 2 });
    expect(count(report, 'orders')).toMatchObject({ removed: 2, retained: 2 });
    expect(report.systems.map(({ externalId }) => externalId)).toEqual(['c1', 'c2']);
  });

  it('is told to the person who asks what is held, whichever of the two was asked for', async () => {
    const { twinId, orderId } = await twinIds();
    for (const id of [twinId, hub.customerId]) {
      const held = await makeErasures(hub.erasure).export(id);
      const of = (store: string): unknown => (held[store] as { id: string }[]).map((row) => row.id);
      expect(of('customer')).toEqual([hub.customerId, twinId]);
      expect(of('orders')).toEqual(expect.arrayContaining([hub.orderId, orderId]));
      expect(of('merges')).toEqual(['mrg_1']);
    }
  });
});

describe('the plan of an erasure', () => {
  it('reads nothing but keys of what the log holds of other things than people and sales', async () => {
    // However many there are; this one could not even be read.
    await hub.database.query(
      `insert into log_entry (topic, partition, "offset", key, trace_id, payload)
       values ('changes.till', 0, 900001, 'product:p1', 't', 'zwaantje@quickelbergh.test, not JSON'),
         ('changes.till', 0, 900002, 'order:o99', 't', $1)`,
      [JSON.stringify({ system: 'till', record: 'order', externalId: 'o99', document: sale({ customer: 'c1' }) })],
    );
    const { stores } = await hub.plan(hub.customerId, 'HUB_ONLY');
    await hub.erase();
    expect(await hub.found(['zwaantje@quickelbergh.test'])).toEqual(['log_entry.payload: zwaantje@quickelbergh.test']);
    expect(count({ stores }, 'changes')).toMatchObject({ removed: 4 });
  });

  it('counts what would go and changes nothing', async () => {
    await spread(hub);
    const before = await hub.found();
    const plan = await hub.plan(hub.customerId, 'HUB_ONLY');
    expect(await hub.found()).toEqual(before);
    expect(plan).toMatchObject({ openOrders: 1, confirmations: ['K-4711', 'Zwaantje Quickelbergh', hub.customerId] });
    const report = await hub.erase();
    expect(plan.stores).toEqual(report.stores);
    expect(plan.systems).toEqual([{ system: 'till', externalId: 'c1', outcome: 'LEFT', reason: null }]);
  });

  it('has the same hash until the customer or an order changes', async () => {
    const { planHash } = await hub.plan(hub.customerId, 'HUB_ONLY');
    expect((await hub.plan(hub.customerId, 'HUB_ONLY')).planHash).toBe(planHash);
    await hub.take('orders', [{ id: 'o1', document: sale({ totalIncl: '1.00' }) }]);
    expect((await hub.plan(hub.customerId, 'HUB_ONLY')).planHash).not.toBe(planHash);
  });
});

it('the search finds what a table keeps, so that a new one cannot be forgotten', async () => {
  await hub.database.query('create table new_store (kept jsonb)');
  await hub.database.query(`insert into new_store values ('{"name": "Geelvinkje"}')`);
  await hub.erase();
  expect(await search(hub.database, words)).toEqual(['new_store.kept: Geelvinkje']);
});
