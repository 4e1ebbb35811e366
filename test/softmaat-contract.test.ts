/** The sandbox keeps the contract in docs/softmaat-openapi.yaml: every request and answer below is checked against it. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { loadContract, operationsOf, salesTags } from './support/softmaat-contract.js';
import { openSoftmaatWorld, simple, type Raw, type SoftmaatWorld, textOf } from './support/softmaat-world.js';

let world: SoftmaatWorld;
beforeAll(async () => {
  world = await openSoftmaatWorld();
});
afterAll(() => world.close());
afterEach(() => {
  expect(world.proxy.violations.splice(0)).toEqual([]);
});

const post = (path: string, body: unknown, headers?: Record<string, string>): Promise<Raw> =>
  world.raw('POST', path, body, headers);
const pointers = (raw: Raw): string[] =>
  (raw.body['errors'] as Array<{ pointer: string }>).map((one) => one.pointer).sort();

describe('the contract file', () => {
  it('compiles as JSON Schema 2020-12 in every component', () => {
    const { contract, check } = loadContract();
    for (const name of Object.keys(contract.components.schemas)) {
      expect(() => check(`/components/schemas/${name}`, 17)).not.toThrow();
    }
  });

  it('tells right from wrong', () => {
    const { check } = loadContract();
    expect(check('/components/schemas/ProductNew', simple('1'))).toBeUndefined();
    expect(
      check('/components/schemas/ProductNew', {
        ...simple('1'),
        price: undefined,
        taxCode: null,
        type: 'simple',
        sku: '',
      }),
    ).toBeDefined();
    expect(check('/components/schemas/ProductNew', { ...simple('1'), id: 'mine' })).toBeDefined();
    expect(check('/components/schemas/ProductNew', { sku: 'P', type: 'configurable', name: 'x' })).toBeUndefined();
  });
});

describe('products and categories', () => {
  it('are made, read, changed under If-Match and refused when stale', async () => {
    const made = await post(
      '/products',
      simple('A1', { weightGrams: 100, options: [{ code: 'kleur', value: 'rood' }] }),
    );
    expect([made.status, made.headers.get('etag')]).toEqual([201, '"1"']);
    const path = `/products/${textOf(made.body['id'])}`;
    const changed = await world.raw('PATCH', path, { name: 'Kop' }, { 'if-match': '"1"' });
    expect(changed.body).toMatchObject({ name: 'Kop', version: 2 });
    expect((await world.raw('PATCH', path, { name: 'Beker' }, { 'if-match': '"1"' })).status).toBe(412);
    expect((await world.raw('GET', path)).body).toEqual(changed.body);
    expect((await world.raw('PATCH', path, { name: 'Kop' })).body).toEqual(changed.body);
  });

  it('are normalised silently: names trimmed, scripts removed, prices rounded, SKUs kept as they are', async () => {
    const wild = {
      name: '  Thee & <b>koek</b> 🍪 ',
      description: '<p>a<script>alert(1)</script>b</p>',
      price: { amount: '1.005', currency: 'EUR', taxIncluded: true },
    };
    const { body } = await post('/products', simple(' aB@é/ ', wild));
    expect(body).toMatchObject({
      sku: ' aB@é/ ',
      name: 'Thee & <b>koek</b> 🍪',
      description: '<p>ab</p>',
      price: { amount: '1.01' },
    });
    const found = await world.raw('GET', `/products?sku=${encodeURIComponent(' aB@é/ ')}`);
    expect((found.body['data'] as unknown[]).length).toBe(1);
  });

  it('name every problem with a pointer and leave nothing behind', async () => {
    const before = (await world.records('products')).length;
    const wrong = {
      sku: '',
      type: 'simple',
      name: 'x'.repeat(256),
      price: { amount: '-1', currency: 'euro' },
      weightGrams: 1.5,
      hue: 1,
    };
    expect(pointers(await post('/products', wrong))).toEqual([
      '/hue',
      '/name',
      '/price/amount',
      '/price/currency',
      '/price/taxIncluded',
      '/sku',
      '/taxCode',
      '/weightGrams',
    ]);
    const unknown = await post('/products', simple('B1', { taxCode: 'XX', categoryIds: ['none'], parentSku: 'P' }));
    expect([unknown.status, pointers(unknown)]).toEqual([422, ['/categoryIds/0', '/parentSku', '/taxCode']]);
    expect((await world.records('products')).length).toBe(before);
  });

  it('refuse a second SKU or code with the id of the first, and take categories without a code twice', async () => {
    const first = await post('/products', simple('A2'));
    const second = await post('/products', simple('A2'));
    expect([second.status, second.body['existingId']]).toEqual([409, first.body['id']]);
    const category = await post('/categories', { name: 'Mokken', code: '7' });
    expect((await post('/categories', { name: 'Kopjes', code: '7' })).body['existingId']).toBe(category.body['id']);
    expect((await world.raw('GET', '/categories?code=7')).body['data']).toEqual([
      (await world.raw('GET', `/categories/${textOf(category.body['id'])}`)).body,
    ]);
    const twice = [await post('/categories', { name: 'Los' }), await post('/categories', { name: 'Los' })];
    expect(new Set(twice.map((one) => one.body['id'])).size).toBe(2);
    expect(
      (await world.raw('PATCH', `/categories/${textOf(category.body['id'])}`, { parentId: category.body['id'] }))
        .status,
    ).toBe(422);
  });

  it('let a variant stand under a configurable product only', async () => {
    expect(pointers(await post('/products', simple('V1', { type: 'variant' })))).toEqual(['/parentSku']);
    await post('/products', { sku: 'P1', type: 'configurable', name: 'Trui' });
    expect((await post('/products', simple('V1', { type: 'variant', parentSku: 'P1' }))).status).toBe(201);
    const listed = await world.raw('GET', '/products?parentSku=P1');
    expect((listed.body['data'] as Array<{ sku: string }>).map((one) => one.sku)).toEqual(['V1']);
  });
});

describe('stock', () => {
  it('answers each row for itself', async () => {
    await post('/products', simple('S1'));
    const data = [
      { sku: 'S1', warehouseCode: 'MAIN', onHand: '3.50' },
      { sku: 'none', warehouseCode: 'MAIN', onHand: '1' },
      { sku: 'S1', warehouseCode: 'MOON', onHand: '1' },
      { sku: 'S1', warehouseCode: 'SHOP-NL', onHand: '-2', version: 4 },
    ];
    const { body } = await world.raw('PUT', '/stock', { data });
    const rows = body['data'] as Array<{ status: number; code?: string; row?: { onHand: string } }>;
    expect(rows.map((row) => [row.status, row.code])).toEqual([[200, undefined], [404, 'unknown_sku'], [404, 'unknown_warehouse'], [409, 'stale_version']]); // prettier-ignore
    expect(rows[0]?.row?.onHand).toBe('3.5');
    expect((await world.raw('GET', '/stock?sku=S1')).body['data']).toEqual([rows[0]?.row]);
    expect((await world.raw('PUT', '/stock', { data: [{ sku: 'S1', warehouseCode: 'MAIN', onHand: 3 }] })).status).toBe(
      422,
    );
  });
});

describe('everything else', () => {
  it('serves master data, the account and webhooks', async () => {
    for (const kind of [
      'warehouses',
      'tax-codes',
      'revenue-accounts',
      'shipping-methods',
      'payment-methods',
      'payment-terms',
    ]) {
      const rows = (await world.raw('GET', `/${kind}`)).body['data'] as Array<{ code: string }>;
      expect(rows.length).toBeGreaterThan(2);
      expect((await world.raw('GET', `/${kind}/${rows[0]?.code}`)).body).toEqual(rows[0]);
      expect((await world.raw('GET', `/${kind}/none`)).status).toBe(404);
    }
    expect((await world.raw('GET', '/account')).body).toMatchObject({
      currency: 'EUR',
      defaultDebtorId: expect.any(String),
    });
    expect((await post('/webhooks', { url: 'http://example.com/x' })).status).toBe(422);
    const hook = await post('/webhooks', { url: 'http://127.0.0.1:9/x', resources: ['orders'] });
    expect((await world.raw('GET', `/webhooks/${textOf(hook.body['id'])}`)).body).not.toHaveProperty('secret');
    expect((await world.raw('GET', '/webhooks')).body['data']).toHaveLength(1);
    expect((await world.raw('DELETE', `/webhooks/${textOf(hook.body['id'])}`)).status).toBe(204);
  });

  it('refuses strangers, readers who write, and what it does not understand', async () => {
    expect((await world.raw('GET', '/products', undefined, { authorization: 'Bearer wrong' })).status).toBe(401);
    expect(
      (await world.raw('POST', '/products', simple('X'), { authorization: 'Bearer sandbox-readonly' })).status,
    ).toBe(403);
    for (const query of ['limit=0', 'limit=251', 'cursor=abc', 'sort=name', 'updatedFrom=yesterday', 'colour=red']) {
      expect([query, (await world.raw('GET', `/products?${query}`)).status]).toEqual([query, 400]);
    }
    expect((await world.raw('POST', '/products', '{"sku":')).status).toBe(400);
    expect((await world.raw('GET', '/products/none')).status).toBe(404);
    expect((await world.raw('DELETE', '/products/none')).status).toBe(405);
  });

  it('was checked in all operations of the contract that are not about sales', () => {
    const met = new Set(world.proxy.exchanges.map((one) => one.operationId));
    const missing = operationsOf((tag) => !salesTags.includes(tag)).filter((operation) => !met.has(operation));
    expect(missing).toEqual([]);
  });
});
