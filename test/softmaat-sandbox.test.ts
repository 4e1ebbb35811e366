/** Behaviours of the Softmaat sandbox that its contract does not show: durability, stamps, edits by people, deliveries. */
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { systemClock } from '../src/base/clock.js';
import { openSoftmaatWorld, simple, type SoftmaatWorld, textOf } from './support/softmaat-world.js';
import { until } from './support/wait.js';

let world: SoftmaatWorld;
beforeAll(async () => {
  world = await openSoftmaatWorld();
});
afterAll(() => world.close());

interface State {
  readonly counts: Record<string, number>;
  readonly hash: Record<string, string>;
}
const state = async (of = world): Promise<State> => (await of.admin('GET', 'state')).json() as Promise<State>;

describe('the sandbox', () => {
  it('starts without products and categories, but with debtors', async () => {
    expect((await state()).counts).toMatchObject({ products: 0, categories: 0, stock: 0, orders: 0, debtors: 50 });
  });

  it('has the same records and the same ledger after a restart', async () => {
    await world.raw('POST', '/categories', { code: '1', name: 'Kleding' });
    await world.raw('POST', '/products', simple('1'));
    await world.raw('PUT', '/stock', { data: [{ sku: '1', warehouseCode: 'MAIN', onHand: '1' }] });
    await world.raw('POST', '/products', simple('1'));
    const before = [await state(), await world.records('products'), await world.ledger()];
    await world.restart();
    expect([await state(), await world.records('products'), await world.ledger()]).toEqual(before);
    expect((await world.ledger()).map(({ type, key, op }) => [type, key, op])).toEqual([
      ['categories', '1', 'createCategory'],
      ['products', '1', 'createProduct'],
      ['stock', '1@MAIN', 'setStock'],
    ]);
  });

  it('comes to the same hash whatever the order in which the same records were made', async () => {
    const [a, b] = [await openSoftmaatWorld(), await openSoftmaatWorld()];
    try {
      const make = async (at: SoftmaatWorld, skus: readonly string[]): Promise<void> => {
        for (const sku of skus) await at.raw('POST', '/products', simple(sku));
      };
      await make(a, ['1', '2', '3']);
      await make(b, ['3', '1', '2']);
      expect((await state(a)).hash['products']).toBe((await state(b)).hash['products']);
      await a.admin('POST', 'mutate', { kind: 'products', count: 1, seed: 1 });
      expect((await state(a)).hash['products']).not.toBe((await state(b)).hash['products']);
    } finally {
      await a.close();
      await b.close();
    }
  });

  it('gives stamps that tie, that lie in the past, and that rise for one record', async () => {
    // Ten at once, so that some of them share a moment on a slow machine too.
    for (let at = 0; at < 150; at += 10)
      await Promise.all(Array.from({ length: 10 }, (_, n) => world.raw('POST', '/products', simple(`U${at + n}`))));
    const rows = (await world.records('products')).filter((row) => textOf(row['sku']).startsWith('U'));
    const stamps = rows.map((row) => textOf(row['updatedAt']));
    expect(new Set(stamps).size).toBeLessThan(stamps.length);
    const inOrder = rows
      .sort((a, b) => Number(textOf(a['sku']).slice(1)) - Number(textOf(b['sku']).slice(1)))
      .map((row) => Date.parse(textOf(row['updatedAt'])));
    expect(inOrder.some((at, index) => index > 0 && at < (inOrder[index - 1] ?? 0) - 100)).toBe(true);
    const id = textOf(rows[0]?.['id']);
    let last = '';
    for (let at = 0; at < 40; at++) {
      const { body } = await world.raw('PATCH', `/products/${id}`, { weightGrams: at });
      expect(textOf(body['updatedAt']) > last).toBe(true);
      last = textOf(body['updatedAt']);
    }
  });

  it('lets people edit what a till does not own, unless asked otherwise, and never puts that in the ledger', async () => {
    const before = new Map((await world.records('products')).map((row) => [row['sku'], row]));
    const ledger = (await world.ledger()).length;
    const answer = await world.admin('POST', 'mutate', { kind: 'products', count: 30, seed: 3 });
    const { changed } = (await answer.json()) as { changed: { products: string[] } };
    const after = new Map((await world.records('products')).map((row) => [row['sku'], row]));
    const differing = [...after].filter(([sku, row]) => JSON.stringify(row) !== JSON.stringify(before.get(sku)));
    expect(differing.map(([sku]) => sku).sort()).toEqual([...changed.products].sort());
    for (const [sku, row] of differing) {
      const old = before.get(sku);
      expect([row['name'], row['price'], row['active']]).toEqual([old?.['name'], old?.['price'], old?.['active']]);
    }
    await world.admin('POST', 'mutate', { kind: 'products-owned', count: 5, seed: 3 });
    expect((await world.ledger()).length).toBe(ledger);
  });
});

describe('people who take orders', () => {
  const mutate = async (body: object): Promise<Record<string, string[]>> =>
    ((await (await world.admin('POST', 'mutate', body)).json()) as { changed: Record<string, string[]> }).changed;
  const orders = async () => new Map((await world.records('orders')).map((row) => [textOf(row['id']), row]));
  beforeAll(async () => {
    for (const [sku, taxCode] of [['M1', 'NL21'], ['M2', 'NL9'], ['M3', 'NL0'], ['M4', 'NL21']] as const)
      await world.raw('POST', '/products', simple(sku, { taxCode, manageStock: true }));
  }); // prettier-ignore

  it('sell to guests, persons and companies, weighed goods too, at every VAT rate, and none of it is in the ledger', async () => {
    const before = (await world.ledger()).length;
    expect((await mutate({ kind: 'orders', count: 150, seed: 5, edits: ['new'] }))['orders']).toHaveLength(150);
    const rows = [...(await orders()).values()];
    const lines = rows.flatMap((row) => row['lines'] as Array<Record<string, string>>);
    const some = (test: (row: Record<string, unknown>) => boolean): number => rows.filter(test).length;
    expect(some((row) => row['pricesIncludeTax'] === false)).toBeGreaterThan(5);
    expect(some((row) => row['shippingCost'] !== null)).toBeGreaterThan(20);
    expect(some((row) => textOf(row['placedAt'] as string).includes('+01:00'))).toBeGreaterThan(0);
    expect(new Set(rows.map((row) => row['paymentStatus']))).toEqual(new Set(['open', 'partially_paid', 'paid']));
    expect(new Set(lines.map((line) => line['taxCode']))).toEqual(new Set(['NL21', 'NL9', 'NL0']));
    expect(lines.some((line) => line['quantity']?.startsWith('0.'))).toBe(true);
    expect(lines.some((line) => line['unitPrice']?.startsWith('-'))).toBe(true);
    expect(lines.some((line) => line['discountAmount'] !== '0.00')).toBe(true);
    const guests = (await world.records('debtors')).filter((row) => row['email'] === null);
    expect(guests.length).toBeGreaterThan(5);
    expect((await world.ledger()).length).toBe(before);
  });

  it('change orders in every legal way, and of the copies that a client brought only what the shop does', async () => {
    const debtorId = (await world.raw('POST', '/debtors', { kind: 'person', lastName: 'Maes' })).body['id'];
    const lines = [{ sku: 'M1', quantity: '2', unitPrice: '5' }];
    for (let at = 0; at < 20; at++)
      await world.raw('POST', '/orders', { externalReference: `ord_${at}`, debtorId, status: 'confirmed', currency: 'EUR', lines });
    const before = await orders();
    await mutate({ kind: 'orders', count: 80, seed: 6, edits: ['lines', 'cancel', 'deliver'] });
    const after = await orders();
    const copies = [...before.values()].filter((row) => row['externalReference'] !== null);
    for (const copy of copies) expect(after.get(textOf(copy['id']))).toEqual(copy);
    await mutate({ kind: 'orders', count: 200, seed: 7, of: 'any' });
    const last = await orders();
    const changed = copies.map((copy) => last.get(textOf(copy['id'])));
    expect(changed.map((row) => row?.['version'])).not.toEqual(copies.map((copy) => copy['version']));
    for (const [index, row] of changed.entries()) expect(row?.['billingAddress']).toEqual(copies[index]?.['billingAddress']);
    const statuses = new Set([...last.values()].map((row) => row['status']));
    for (const status of ['confirmed', 'partially_shipped', 'shipped', 'completed', 'cancelled']) expect(statuses).toContain(status);
    expect([...last.values()].some((row) => row['paymentStatus'] === 'refunded')).toBe(true);
  }); // prettier-ignore

  it('change debtors: another e-mail address, and a company where there was a person', async () => {
    for (const [seed, edit] of ['email', 'company', 'address', 'rename', 'phone', 'contact', 'new'].entries())
      expect((await mutate({ kind: 'debtors', count: 40, seed, edits: [edit] }))['debtors']?.length).toBeGreaterThan(5);
    const standIn = textOf((await world.raw('GET', '/account')).body['defaultDebtorId']);
    expect((await world.raw('GET', `/debtors/${standIn}`)).body).toMatchObject({ version: 1 });
    await expect(world.admin('POST', 'mutate', { kind: 'debtors', count: 1, edits: ['fly'] })).rejects.toThrow('edits of debtors');
  }); // prettier-ignore
});

describe('webhooks', () => {
  it('are signed hints, delivered at least once, again after a failure', async () => {
    const got: Array<{ body: string; signature: string }> = [];
    let refusals = 1;
    const server: Server = createServer((incoming, out) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () => {
        out.statusCode = refusals-- > 0 ? 500 : 204;
        if (out.statusCode === 204)
          got.push({
            body: Buffer.concat(chunks).toString(),
            signature: String(incoming.headers['softmaat-signature']),
          });
        out.end();
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
    const hook = await world.raw('POST', '/webhooks', {
      url,
      resources: ['categories'],
      secret: 'a-secret-of-the-test',
    });
    const made = await world.raw('POST', '/categories', { name: 'Nieuw' });
    await world.raw('POST', '/products', simple('not announced'));
    await until(() => got.length > 0, { what: 'a delivery' });
    const [first] = got;
    const { t, v1 } = /^t=(?<t>\d+),v1=(?<v1>[0-9a-f]{64})$/.exec(first?.signature ?? '')?.groups ?? {};
    expect(v1).toBe(createHmac('sha256', 'a-secret-of-the-test').update(`${t}.${first?.body}`).digest('hex'));
    expect(JSON.parse(first?.body ?? '')).toEqual({
      event: 'created',
      resource: 'categories',
      id: made.body['id'],
      updatedAt: made.body['updatedAt'],
    });
    await world.raw('DELETE', `/webhooks/${textOf(hook.body['id'])}`);
    server.close();
    server.closeAllConnections();
  });
});

describe('the rate limit', () => {
  it('refuses with 429 and says how long to wait', async () => {
    const strict = await openSoftmaatWorld({ rateLimit: 3 });
    // All of them within one second.
    const still = jest.spyOn(systemClock, 'monotonic').mockReturnValue(0);
    try {
      const answers = await Promise.all(Array.from({ length: 5 }, () => strict.raw('GET', '/products')));
      expect(answers.map((one) => one.status).sort()).toEqual([200, 200, 200, 429, 429]);
      expect(answers.find((one) => one.status === 429)?.headers.get('retry-after')).toBe('1');
      expect(strict.proxy.violations).toEqual([]);
    } finally {
      still.mockRestore();
      await strict.close();
    }
  });
});
