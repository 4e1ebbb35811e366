/** Products whose variants are records of their own that name them by key, read in whatever order. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Document, Json } from '../../src/base/document.js';
import { contentHash } from '../../src/base/content-hash.js';
import type { Change } from '../../src/log/envelope.js';
import { testFlow } from './ingest-system.js';
import { openHub, type Hub } from './ingest-world.js';

interface Record {
  readonly kind: 'product' | 'variant' | 'level' | 'location';
  readonly id: string;
  readonly version: number;
  readonly document: Document;
}

const streamOf = { product: 'products', variant: 'products', level: 'levels', location: 'locations' } as const;

/** A hub that reads products, variants and stock of a system called `shop`. */
async function openPartsHub(): Promise<Hub> {
  const hub = await openHub();
  const { configuration } = hub;
  configuration.flows = (['product', 'category', 'stock'] as const).map((entity) => testFlow('shop', 'till', entity));
  const shop = configuration.systems.get('shop')!;
  const streams = shop.connector.streams.map((stream) =>
    stream.name === 'products' ? { ...stream, others: { variant: 'variant' } as const } : stream,
  );
  configuration.systems.set('shop', { ...shop, connector: { ...shop.connector, streams } });
  return hub;
}

const toChange = ({ kind, id, version, document }: Record): Change => ({
  system: 'shop',
  stream: streamOf[kind],
  record: kind,
  externalId: id,
  version: String(version),
  hash: contentHash(document),
  seenAt: '2026-03-01T10:00:00.000Z',
  document,
});

async function take(hub: Hub, records: readonly Record[], atOnce: boolean): Promise<void> {
  for (const group of atOnce ? [records] : records.map((record) => [record])) {
    await hub.append(group.map(toChange));
    await hub.settle(hub.worker({ system: 'shop' }));
  }
}

const whole = (id: string, code: string, version: number, more: Document = {}): Record => ({
  kind: 'product',
  id,
  version,
  document: { code, type: 'CONFIGURABLE', name: `Product ${code}`, ...more },
});
const simple = (id: string, sku: string, version: number, more: Document = {}): Record => ({
  kind: 'product',
  id,
  version,
  document: {
    ...{ code: sku, type: 'SIMPLE', name: `Product ${sku}`, status: 'ACTIVE', ...more },
    variants: [{ externalId: id, sku, isActive: true }],
  },
});
const part = (id: string, sku: string, parent: string, version: number, more: Document = {}): Record => ({
  kind: 'variant',
  id,
  version,
  document: { product: `key:${parent}`, sku, isActive: true, ...more },
});
const level = (sku: string, onHand: string, version: number): Record => ({
  kind: 'level',
  id: `${sku}@MAIN`,
  version,
  document: { variant: `key:${sku}`, location: 'key:MAIN', onHand },
});
const location: Record = { kind: 'location', id: 'MAIN', version: 1, document: { code: 'MAIN', name: 'Main' } };

/** What is sold, by SKU: of which product, whether active, how much of it there is. */
async function sold(hub: Hub): Promise<Json> {
  return hub.database.query<{ sku: string; product: string | null; active: boolean; stock: string | null }>(
    `select v.sku, p.code as product, v.is_active as active,
       (select string_agg(trim_scale(s.on_hand)::text || '@' || l.code, ',') from stock_level s
        join stock_location l on l.id = s.location_id where s.variant_id = v.id) as stock
     from variant v left join product p on p.id = v.product_id order by v.sku`,
  );
}
const products = async (hub: Hub): Promise<Json> =>
  hub.database.query<{ code: string; name: string; status: string }>(
    'select code, name, status from product order by code',
  );

/** Some orders in which the records may be read. */
const orders = (records: readonly Record[]): readonly (readonly Record[])[] => [
  records,
  [...records].reverse(),
  [...records.slice(2), ...records.slice(0, 2)],
  [...records].sort((a, b) => (a.kind < b.kind ? -1 : 1)),
  [...records].sort((a, b) => (a.kind < b.kind ? 1 : -1)),
];

const recordsOf = (round: number): readonly Record[] => [
  whole(`u-${round}`, `P${round}`, 1),
  part(`va-${round}`, `A${round}`, `P${round}`, 1),
  part(`vb-${round}`, `B${round}`, `P${round}`, 1),
  level(`A${round}`, '5', 1),
  location,
];

let hub: Hub;
beforeAll(async () => {
  hub = await openPartsHub();
});
afterAll(() => hub.close());

describe('a product and its variants that are read apart', () => {
  it('are one product, whichever is read first, with stock that names them by SKU', async () => {
    const rounds = [...orders(recordsOf(0)).keys()].flatMap((order) =>
      [true, false].map((atOnce) => ({ order, atOnce })),
    );
    for (const [round, { order, atOnce }] of rounds.entries()) {
      await take(hub, orders(recordsOf(round))[order]!, atOnce);
      const rows = (await sold(hub)) as unknown as readonly { sku: string }[];
      expect(rows.filter(({ sku }) => sku === `A${round}` || sku === `B${round}`)).toEqual([
        { sku: `A${round}`, product: `P${round}`, active: true, stock: '5@MAIN' },
        { sku: `B${round}`, product: `P${round}`, active: true, stock: null },
      ]);
    }
    expect(await products(hub)).toHaveLength(rounds.length);
    const [left] = await hub.database.query<{ n: number }>(
      `select count(*)::int as n from external_reference where external_id like 'key:%'`,
    );
    expect(left).toEqual({ n: 0 });
  }, 60_000);

  it('are left alone by a statement about the product that lists no variants', async () => {
    await take(hub, [whole('u-50', 'P50', 1), part('v-50', 'V50', 'P50', 1)], false);
    await take(hub, [whole('u-50', 'P50', 2, { name: 'Renamed' })], false);
    expect(await sold(hub)).toContainEqual({ sku: 'V50', product: 'P50', active: true, stock: null });
    expect(await products(hub)).toContainEqual({ code: 'P50', name: 'Renamed', status: 'ACTIVE' });
  });

  it('follow a variant that is moved to another product', async () => {
    await take(hub, [whole('u-60', 'P60', 1), part('v-60', 'V60', 'P60', 1), part('v-60', 'V60', 'P61', 2)], false);
    await take(hub, [whole('u-61', 'P61', 3)], false);
    expect(await sold(hub)).toContainEqual({ sku: 'V60', product: 'P61', active: true, stock: null });
  });
});

describe('a simple product', () => {
  it('that becomes a configurable one is the same product and is not sold itself any more', async () => {
    await take(hub, [simple('u-70', 'S70', 1), level('S70', '3', 1)], false);
    const changed = [part('v-71', 'S70-M', 'S70', 2), whole('u-70', 'S70', 3), part('v-72', 'S70-L', 'S70', 4)];
    await take(hub, changed, false);
    const rows = (await sold(hub)) as unknown as readonly { sku: string }[];
    expect(rows.filter(({ sku }) => sku.startsWith('S70'))).toEqual([
      { sku: 'S70', product: 'S70', active: false, stock: '3@MAIN' },
      { sku: 'S70-L', product: 'S70', active: true, stock: null },
      { sku: 'S70-M', product: 'S70', active: true, stock: null },
    ]);
    await take(hub, [simple('u-70', 'S70', 5)], false);
    const back = (await sold(hub)) as unknown as readonly { sku: string; active: boolean }[];
    expect(back.filter(({ sku, active }) => sku.startsWith('S70') && active)).toHaveLength(1);
  });

  it('that becomes a variant of another one is no product any more', async () => {
    await take(hub, [simple('u-80', 'S80', 1), whole('u-81', 'P81', 1), part('u-80', 'S80', 'P81', 2)], false);
    expect(await sold(hub)).toContainEqual({ sku: 'S80', product: 'P81', active: true, stock: null });
    expect(await products(hub)).toContainEqual({ code: 'S80', name: 'Product S80', status: 'DISCONTINUED' });
  });

  // Each kind of record has a key of its own in the log, so which of them is taken in first is chance when ingest was away for a while.
  it.each([true, false])(
    'stays the variant that it has become when what it was before comes later (in one batch: %s)',
    async (atOnce) => {
      const [id, sku, parent] = atOnce ? ['u-90', 'S90', 'P91'] : ['u-92', 'S92', 'P93'];
      await take(hub, [simple(id, sku, 1), whole(`of-${id}`, parent, 1)], false);
      await take(hub, [part(id, sku, parent, 3), simple(id, sku, 2, { brand: 'Second' })], atOnce);
      expect(await sold(hub)).toContainEqual({ sku, product: parent, active: true, stock: null });
      expect(await products(hub)).toContainEqual({ code: sku, name: `Product ${sku}`, status: 'DISCONTINUED' });
      await take(hub, [simple(id, sku, 5, { brand: 'Fifth' }), part(id, sku, parent, 4, { isActive: false })], atOnce);
      expect(await sold(hub)).toContainEqual({ sku, product: sku, active: true, stock: null });
      expect(await products(hub)).toContainEqual({ code: sku, name: `Product ${sku}`, status: 'ACTIVE' });
    },
  );
});
