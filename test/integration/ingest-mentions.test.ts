import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Document } from '../../src/base/document.js';
import { testFlow } from './ingest-system.js';
import { openHub, product, type Hub } from './ingest-world.js';

let hub: Hub;
beforeEach(async () => {
  hub = await openHub();
  hub.configuration.flows.push(
    testFlow('shop', 'till', 'product'),
    testFlow('shop', 'till', 'order'),
    testFlow('till', 'shop', 'order'),
  );
});
afterEach(() => hub.close());

const order = (variant: string, more: Document = {}): Document => ({
  placedAt: '2026-03-01T10:00:00Z',
  currency: 'EUR',
  lines: [{ key: '1', quantity: '1', unitPrice: '10', variant }],
  ...more,
});

async function lineVariants(): Promise<readonly unknown[]> {
  const rows = await hub.database.query<{ id: string }>(
    `select l ->> 'variant' as id from sales_order o, jsonb_array_elements(o.lines) l order by o.number, l ->> 'key'`,
  );
  return rows.map(({ id }) => id);
}
const variants = () => hub.database.query<{ id: string; sku: string }>('select id, sku from variant order by sku');
const references = () =>
  hub.database.query(
    `select system, external_id, origin, canonical_id from external_reference where entity = 'variant' order by 1, 2`,
  );

describe('a variant that an order line mentions by its id', () => {
  it('is the one that is read later', async () => {
    await hub.take('orders', [{ id: 'o1', document: order('v-S') }]);
    await hub.take('products', [{ id: '7', document: product('Shirt', ['S']) }]);
    expect(await lineVariants()).toEqual([(await variants())[0]?.id]);
  });

  it('is merged with the variant of another system that has its SKU: no second product, and the line names that one', async () => {
    await hub.take('orders', [{ id: 'o1', document: order('v-S') }], 'till');
    await hub.take('levels', [{ id: 'l1', document: { variant: 'v-S', location: '1', onHand: '5' } }]);
    await hub.take('products', [{ id: 'p1', document: product('Hemd', ['S']) }], 'shop');
    await hub.take('products', [{ id: '7', document: product('Shirt', ['S']) }], 'till');
    const [only, ...others] = await variants();
    expect(others).toEqual([]);
    expect(await hub.database.query('select id from product')).toHaveLength(1);
    expect(await lineVariants()).toEqual([only?.id]);
    expect(await hub.database.query('select variant_id from stock_level')).toEqual([{ variant_id: only?.id }]);
    expect((await references()).map((r) => r['canonical_id'])).toEqual([only?.id, only?.id]);
    const last = (await hub.events()).filter((event) => event.entity === 'order').at(-1);
    expect(last).toMatchObject({ action: 'updated', version: 2 });
    expect(Object.keys(last?.changes ?? {})).toEqual(['lines']);
  });
});

describe('a variant that an order line mentions by its SKU', () => {
  it('is found when it is there already, whichever system it came from, and nothing is stored for it', async () => {
    await hub.take('products', [{ id: '7', document: product('Shirt', ['S']) }], 'till');
    await hub.take('orders', [{ id: 'o1', document: order('key:S') }], 'shop');
    expect(await lineVariants()).toEqual([(await variants())[0]?.id]);
    expect((await references()).map((r) => r['system'])).toEqual(['till']);
  });

  it('is reserved when it is not there, and is the one that its own system shows later', async () => {
    await hub.take('orders', [{ id: 'o1', document: order('key:S') }], 'shop');
    expect(await references()).toMatchObject([{ system: 'shop', external_id: 'key:S', origin: 'MENTIONED' }]);
    await hub.take('products', [{ id: 'p1', document: product('Hemd', ['S']) }], 'shop');
    const [only] = await variants();
    expect(await lineVariants()).toEqual([only?.id]);
    expect(await references()).toEqual([
      { system: 'shop', external_id: 'v-S', origin: 'INGESTED', canonical_id: only?.id },
    ]);
  });

  it('is the one that another system shows first, and both systems then mean it', async () => {
    await hub.take('orders', [{ id: 'o1', document: order('key:S', { number: '1' }) }], 'shop');
    await hub.take('products', [{ id: '7', document: product('Shirt', ['S']) }], 'till');
    await hub.take('orders', [{ id: 'o2', document: order('key:S', { number: '2' }) }], 'shop');
    await hub.take('products', [{ id: 'p1', document: product('Hemd', ['S']) }], 'shop');
    const [only, ...others] = await variants();
    expect(others).toEqual([]);
    expect(await lineVariants()).toEqual([only?.id, only?.id]);
    expect((await references()).map((r) => [r['system'], r['external_id']])).toEqual([
      ['shop', 'v-S'],
      ['till', 'v-S'],
    ]);
  });

  it('is one record with what the other system mentions by id, as soon as that shows which SKU it has', async () => {
    await hub.take('orders', [{ id: 'o1', document: order('key:S', { number: '1' }) }], 'shop');
    await hub.take('orders', [{ id: 'o2', document: order('v-S', { number: '2' }) }], 'till');
    const before = await lineVariants();
    expect(before[0]).not.toBe(before[1]);
    await hub.take('products', [{ id: '7', document: product('Shirt', ['S']) }], 'till');
    const [only] = await variants();
    expect(await lineVariants()).toEqual([only?.id, only?.id]);
    expect(new Set((await references()).map((r) => r['canonical_id']))).toEqual(new Set([only?.id]));
  });

  it('in the same batch as the variant is that one', async () => {
    await hub.show('products', [{ id: 'p1', document: product('Hemd', ['S']) }], 'shop');
    await hub.show('orders', [{ id: 'o1', document: order('key:S') }], 'shop');
    await hub.settle(hub.worker({ system: 'shop' }));
    expect(await lineVariants()).toEqual([(await variants())[0]?.id]);
  });

  it('is unclear when two variants of the system have the SKU: the order is parked with it', async () => {
    await hub.take('products', [{ id: 'p1', document: product('A', ['S']) }], 'shop');
    const twin = { name: 'B', variants: [{ externalId: 'v-twin', sku: 'S' }] };
    await hub.take('products', [{ id: 'p2', document: twin }], 'shop');
    await hub.take('orders', [{ id: 'o1', document: order('key:S') }], 'shop');
    expect(await hub.database.query('select code, entity from parked')).toEqual([
      { code: 'AMBIGUOUS_MATCH', entity: 'order' },
    ]);
  });

  it('is never made twice, whatever comes at the same moment', async () => {
    const skus = Array.from({ length: 30 }, (_, i) => `${i}`);
    await hub.show(
      'orders',
      skus.map((sku) => ({ id: `o${sku}`, document: order(`key:${sku}`, { number: sku }) })),
      'shop',
    );
    await hub.show(
      'levels',
      skus.map((sku) => ({ id: `l${sku}`, document: { variant: `v-${sku}`, location: '1', onHand: '1' } })),
    );
    await hub.show(
      'products',
      skus.map((sku) => ({ id: sku, document: product(`P${sku}`, [sku]) })),
      'till',
    );
    await hub.show(
      'products',
      skus.map((sku) => ({ id: sku, document: product(`P${sku}`, [sku]) })),
      'shop',
    );
    await Promise.all([
      hub.settle(hub.worker({ system: 'shop', batchSize: 4 })),
      hub.settle(hub.worker({ system: 'till', batchSize: 4 })),
    ]);
    const made = await variants();
    expect(made.map(({ sku }) => sku).sort()).toEqual([...skus].sort());
    expect(await hub.database.query('select id from product')).toHaveLength(30);
    const ids = new Set(made.map(({ id }) => id));
    for (const id of await lineVariants()) expect(ids).toContain(id);
    for (const { id } of await hub.database.query<{ id: string }>('select variant_id as id from stock_level'))
      expect(ids).toContain(id);
  });
});

describe('what waits for a record in a system', () => {
  it('is released when the record shows up there by itself', async () => {
    await hub.take('products', [{ id: '7', document: product('Shirt', ['S']) }], 'till');
    const [variant] = await variants();
    await hub.database.query(
      `insert into projection (target, entity, canonical_id, flow, state) values ('shop', 'order', 'ord_1', 'f', 'waiting_for')`,
    );
    await hub.database.query(
      `insert into projection_wait (target, entity, canonical_id, awaited) values ('shop', 'order', 'ord_1', $1)`,
      [`reference:shop:variant:${variant?.id}`],
    );
    await hub.take('products', [{ id: 'p1', document: product('Hemd', ['S']) }], 'shop');
    expect(await hub.database.query('select state, next_at is not null as due from projection')).toEqual([
      { state: 'pending', due: true },
    ]);
    expect(await hub.database.query('select from projection_wait')).toEqual([]);
  });
});
