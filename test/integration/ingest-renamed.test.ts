/** What hangs on a SKU that people change in the system where its stock and its orders name it by that. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Document } from '../../src/base/document.js';
import { loadDocuments } from '../../src/store/canonical-documents.js';
import { readStockSummaries } from '../../src/store/stock-reads.js';
import { testFlow } from './ingest-system.js';
import { openHub, type Hub } from './ingest-world.js';

let hub: Hub;
beforeEach(async () => {
  hub = await openHub();
  hub.configuration.flows = [
    ...(['product', 'stock', 'order'] as const).map((entity) => testFlow('shop', 'till', entity)),
    testFlow('till', 'shop', 'order'),
  ];
  await hub.take('locations', [{ id: 'MAIN', document: { code: 'MAIN', name: 'Main' } }], 'shop');
});
afterEach(() => hub.close());

const sold = (id: string, sku: string): Promise<void> =>
  hub.take('products', [{ id, document: { name: id, variants: [{ externalId: id, sku, isActive: true }] } }], 'shop');
const row = (sku: string, onHand: string) => ({
  id: `${sku}@MAIN`,
  document: { variant: `key:${sku}`, location: 'key:MAIN', onHand },
});
const counted = (...rows: readonly ReturnType<typeof row>[]): Promise<void> => hub.take('levels', rows, 'shop');

/** What the till is told of each variant, and what the hub says in sum. */
async function told(): Promise<Document> {
  const variants = await hub.database.query<{ id: string; sku: string }>('select id, sku from variant order by sku');
  const ids = variants.map(({ id }) => id);
  const documents = await loadDocuments(hub.database, 'stock', ids);
  const sums = new Map((await readStockSummaries(hub.database, ids)).map((each) => [each.variantId, each]));
  return Object.fromEntries(
    variants.map(({ id, sku }) => [
      sku,
      {
        levels: ((documents.get(id)?.document['levels'] ?? []) as Document[]).map((level) => level['onHand'] ?? null),
        sum: sums.get(id)?.onHand ?? null,
      },
    ]),
  );
}
const levels = () => hub.database.query('select id from stock_level');
const namesOfLevels = async (): Promise<readonly unknown[]> =>
  (await hub.database.query(`select external_id from external_reference where entity = 'stock_level' order by 1`)).map(
    (each) => each['external_id'],
  );

describe('stock of a variant whose SKU is changed', () => {
  it('is one level, under the id that its system gives it now', async () => {
    await sold('u1', 'A');
    await counted(row('A', '10'));
    await sold('u1', 'B');
    await counted(row('B', '9'));
    expect(await told()).toEqual({ B: { levels: ['9'], sum: '9' } });
    expect(await levels()).toHaveLength(1);
    expect(await namesOfLevels()).toEqual(['B@MAIN']);
  });

  it('is not that of another product which gets the former SKU', async () => {
    await sold('u1', 'A');
    await counted(row('A', '10'));
    await sold('u1', 'B');
    await counted(row('B', '9'));
    await sold('u2', 'A');
    await counted(row('A', '4'));
    await counted(row('B', '8'));
    expect(await told()).toEqual({ A: { levels: ['4'], sum: '4' }, B: { levels: ['8'], sum: '8' } });
  });

  it('is kept apart when both rows come at once, whichever product has which SKU by then', async () => {
    await sold('u1', 'A');
    await counted(row('A', '10'));
    await sold('u1', 'B');
    await sold('u2', 'A');
    await counted(row('B', '9'), row('A', '4'));
    expect(await told()).toEqual({ A: { levels: ['4'], sum: '4' }, B: { levels: ['9'], sum: '9' } });
  });

  it('is counted once when the row is read before the product', async () => {
    await sold('u1', 'A');
    await counted(row('A', '10'));
    await counted(row('B', '9'));
    await sold('u1', 'B');
    expect(await told()).toEqual({ B: { levels: ['9'], sum: '9' } });
  });

  it('is added to what another system counts of it', async () => {
    await sold('u1', 'A');
    await counted(row('A', '10'));
    hub.configuration.flows.push(testFlow('till', 'shop', 'stock'));
    const there = { id: 'A@1', document: { variant: 'key:A', location: 'key:MAIN', onHand: '3' } };
    await hub.take('levels', [there], 'till');
    expect(await told()).toEqual({ A: { levels: ['10', '3'], sum: '13' } });
  });
});

describe('an order of a variant whose SKU is changed', () => {
  const order = (more: Document = {}): { id: string; document: Document } => ({
    id: 'o1',
    document: {
      placedAt: '2026-03-01T10:00:00Z',
      currency: 'EUR',
      lines: [{ key: '1', sku: 'A', quantity: '1', unitPrice: '10', variant: 'key:A' }],
      ...more,
    },
  });
  const lineVariant = async (): Promise<unknown> =>
    (await hub.database.query(`select lines -> 0 ->> 'variant' as id from sales_order`))[0]?.['id'];
  const variantOf = async (sku: string): Promise<unknown> =>
    (await hub.database.query('select id from variant where sku = $1', [sku]))[0]?.['id'];

  it('is of that variant when it is changed later', async () => {
    await sold('u1', 'A');
    await hub.take('orders', [order()], 'shop');
    await sold('u1', 'B');
    await hub.take('orders', [order({ note: 'paid' })], 'shop');
    expect(await lineVariant()).toBe(await variantOf('B'));
  });

  it('is not of another product that gets the former SKU', async () => {
    await sold('u1', 'A');
    await hub.take('orders', [order()], 'shop');
    await sold('u1', 'B');
    await sold('u2', 'A');
    await hub.take('orders', [order({ note: 'paid' })], 'shop');
    expect(await lineVariant()).toBe(await variantOf('B'));
    expect(await hub.database.query('select note from sales_order')).toEqual([{ note: 'paid' }]);
  });
});
