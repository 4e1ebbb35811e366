/** The sandbox keeps the contract for debtors, contacts and orders: every request and answer below is checked against it. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { operationsOf, salesTags } from './support/softmaat-contract.js';
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

async function aDebtor(over: Record<string, unknown> = {}): Promise<string> {
  return String(
    (await post('/debtors', { kind: 'person', lastName: 'de Vries', email: 'x@example.nl', ...over })).body['id'],
  );
}

describe('debtors and contacts', () => {
  it('are not unique by e-mail, get a number, and require a name by kind', async () => {
    const ids = [await aDebtor(), await aDebtor()];
    expect(new Set(ids).size).toBe(2);
    expect(((await world.raw('GET', '/debtors?email=X@EXAMPLE.nl')).body['data'] as unknown[]).length).toBe(2);
    expect(pointers(await post('/debtors', { kind: 'company', lastName: 'x' }))).toEqual(['/companyName']);
    const [id] = ids;
    const contact = await post(`/debtors/${id}/contacts`, { lastName: 'Maes', primary: true });
    expect(
      (await world.raw('PATCH', `/debtors/${id}/contacts/${textOf(contact.body['id'])}`, { phone: '1' })).body,
    ).toMatchObject({ phone: '1', version: 2 });
    expect((await world.raw('GET', `/debtors/${ids[1]}/contacts/${textOf(contact.body['id'])}`)).status).toBe(404);
    expect((await world.raw('GET', `/debtors/${id}/contacts`)).body['data']).toHaveLength(1);
    expect((await world.raw('GET', '/debtors/none/contacts')).status).toBe(404);
    expect((await world.raw('PATCH', `/debtors/${id}`, { blocked: true })).body).toEqual(
      (await world.raw('GET', `/debtors/${id}`)).body,
    );
  });
});

describe('debtors as the hub finds them', () => {
  it('are listed by reference, which several may carry, and exactly', async () => {
    const externalReference = 'cus_01';
    const ids = [await aDebtor({ externalReference }), await aDebtor({ externalReference })];
    await aDebtor({ externalReference: 'cus_011' });
    const { body } = await world.raw('GET', `/debtors?externalReference=${externalReference}`);
    expect((body['data'] as Array<{ id: string }>).map((one) => one.id).sort()).toEqual(ids.sort());
    expect((await world.raw('GET', '/debtors?email=x@example')).body['data']).toEqual([]);
  });

  it('change with their contacts, so that whoever reads what changed sees those', async () => {
    const id = await aDebtor({ kind: 'company', companyName: 'Kaap' });
    const debtor = async () => (await world.raw('GET', `/debtors/${id}`)).body;
    const first = await debtor();
    const contact = (await post(`/debtors/${id}/contacts`, { lastName: 'Maes' })).body;
    const second = await debtor();
    expect(second).toMatchObject({ version: 2 });
    expect(textOf(second['updatedAt']) > textOf(first['updatedAt'])).toBe(true);
    await world.raw('PATCH', `/debtors/${id}/contacts/${textOf(contact['id'])}`, { jobTitle: 'Inkoop' });
    const third = await debtor();
    expect(third).toMatchObject({ version: 3 });
    await world.raw('PATCH', `/debtors/${id}/contacts/${textOf(contact['id'])}`, { jobTitle: 'Inkoop' });
    expect(await debtor()).toEqual(third);
  });
});

describe('orders', () => {
  const order = (debtorId: string, over: Record<string, unknown> = {}): Record<string, unknown> => ({
    debtorId, status: 'new', currency: 'EUR', pricesIncludeTax: true,
    lines: [{ sku: 'O1', quantity: '2', unitPrice: '12.10' }, { sku: 'O2', quantity: '1', unitPrice: '10.90', discountAmount: '0.5' }],
    ...over,
  }); // prettier-ignore

  beforeAll(async () => {
    await post('/products', simple('O1', { manageStock: true }));
    await post('/products', simple('O2', { taxCode: 'NL9' }));
    await world.raw('PUT', '/stock', { data: [{ sku: 'O1', warehouseCode: 'MAIN', onHand: '10' }] });
  });
  const stockOf = async (sku: string): Promise<unknown> =>
    ((await world.raw('GET', `/stock?sku=${sku}`)).body['data'] as unknown[])[0];

  it('reserve, take and release stock, and are locked once shipped', async () => {
    const debtorId = await aDebtor();
    const placed = await post('/orders', order(debtorId));
    expect(await stockOf('O1')).toMatchObject({ onHand: '10', reserved: '2', available: '8' });
    const path = `/orders/${textOf(placed.body['id'])}`;
    expect((await world.raw('GET', path)).body).toEqual(placed.body);
    await world.raw('PATCH', path, { lines: [{ sku: 'O1', quantity: '3', unitPrice: '12.10' }] });
    expect(await stockOf('O1')).toMatchObject({ onHand: '10', reserved: '3' });
    await world.raw('PATCH', path, { status: 'shipped' });
    expect(await stockOf('O1')).toMatchObject({ onHand: '7', reserved: '0', available: '7' });
    expect(pointers(await world.raw('PATCH', path, { reference: 'late', status: 'cancelled' }))).toEqual([
      '/reference',
      '/status',
    ]);
    expect((await world.raw('PATCH', path, { status: 'completed', paymentStatus: 'paid' })).status).toBe(200);
    const other = await post('/orders', order(debtorId));
    await world.raw('PATCH', `/orders/${textOf(other.body['id'])}`, { status: 'cancelled' });
    expect(await stockOf('O1')).toMatchObject({ onHand: '7', reserved: '0' });
  });

  it('ship line by line: what is shipped leaves the shelf, the rest stays reserved', async () => {
    await post('/products', simple('O3', { manageStock: true }));
    await world.raw('PUT', '/stock', { data: [{ sku: 'O3', warehouseCode: 'MAIN', onHand: '10' }] });
    const line = { sku: 'O3', quantity: '3', unitPrice: '12.10' };
    const placed = await post('/orders', order(await aDebtor(), { lines: [line] }));
    const path = `/orders/${textOf(placed.body['id'])}`;
    expect(placed.body['lines']).toMatchObject([{ shippedQuantity: '0' }]);
    const part = { lines: [{ ...line, shippedQuantity: '2' }], status: 'partially_shipped' };
    expect((await world.raw('PATCH', path, part)).status).toBe(200);
    expect(await stockOf('O3')).toMatchObject({ onHand: '8', reserved: '1' });
    const tooMany = await world.raw('PATCH', path, { lines: [{ ...line, shippedQuantity: '4' }] });
    expect(pointers(tooMany)).toEqual(['/lines/0/shippedQuantity']);
    const whole = await world.raw('PATCH', path, { status: 'shipped' });
    expect(whole.body['lines']).toMatchObject([{ shippedQuantity: '3' }]);
    expect(await stockOf('O3')).toMatchObject({ onHand: '7', reserved: '0' });
  });

  it('confirm to the customer, unless they are placed silently, which reserves nothing either', async () => {
    await post('/products', simple('O4', { manageStock: true }));
    await world.raw('PUT', '/stock', { data: [{ sku: 'O4', warehouseCode: 'MAIN', onHand: '10' }] });
    const lines = [{ sku: 'O4', quantity: '1', unitPrice: '5' }];
    const debtorId = await aDebtor();
    const loud = await post('/orders', order(debtorId, { lines }));
    const silent = await post('/orders', order(debtorId, { lines, silent: true }));
    expect(silent.body).not.toHaveProperty('silent');
    const confirmed = (await world.records('confirmations')).map((one) => one['orderId']);
    expect(confirmed).toContain(loud.body['id']);
    expect(confirmed).not.toContain(silent.body['id']);
    expect(await stockOf('O4')).toMatchObject({ onHand: '10', reserved: '1' });
    const path = `/orders/${textOf(silent.body['id'])}`;
    expect(pointers(await world.raw('PATCH', path, { silent: true }))).toEqual(['/silent']);
    await world.raw('PATCH', path, { status: 'shipped' });
    expect(await stockOf('O4')).toMatchObject({ onHand: '9', reserved: '1' });
  });

  it('go on for a debtor who was blocked since, and are placed now when no moment is named', async () => {
    const debtorId = await aDebtor();
    const placed = await post('/orders', order(debtorId));
    expect(placed.body['placedAt']).toBe(placed.body['updatedAt']);
    await world.raw('PATCH', `/debtors/${debtorId}`, { blocked: true });
    const path = `/orders/${textOf(placed.body['id'])}`;
    expect((await world.raw('PATCH', path, { status: 'shipped' })).status).toBe(200);
  });

  it('are totalled per tax code to the cent', async () => {
    const { body } = await post(
      '/orders',
      order(await aDebtor(), { shippingCost: { amount: '4.95', taxCode: 'NL21' } }),
    );
    expect(body['totals']).toEqual({
      excl: '33.63', tax: '5.92', incl: '39.55',
      taxes: [{ taxCode: 'NL21', rate: '21', base: '24.09', amount: '5.06' }, { taxCode: 'NL9', rate: '9', base: '9.54', amount: '0.86' }],
    }); // prettier-ignore
  });

  it('honour Idempotency-Key and refuse a known reference', async () => {
    const debtorId = await aDebtor();
    const body = order(debtorId, { externalReference: 'W-1' });
    const first = await post('/orders', body, { 'idempotency-key': 'k1' });
    const again = await post('/orders', body, { 'idempotency-key': 'k1' });
    expect(again.body).toEqual(first.body);
    expect((await post('/orders', { ...body, note: 'other' }, { 'idempotency-key': 'k1' })).status).toBe(409);
    expect((await post('/orders', body)).body).toMatchObject({ status: 409, existingId: first.body['id'] });
    expect((await world.raw('GET', '/orders?externalReference=W-1')).body['data']).toHaveLength(1);
  });

  it('refuse blocked debtors, unknown products and negative quantities', async () => {
    const blocked = await post(
      '/orders',
      order(await aDebtor({ blocked: true }), { lines: [{ sku: 'nope', quantity: '1', unitPrice: '1' }] }),
    );
    expect(pointers(blocked)).toEqual(['/debtorId', '/lines/0/sku']);
    expect(
      pointers(await post('/orders', order('x', { lines: [{ sku: 'O1', quantity: '-1', unitPrice: '1' }] }))),
    ).toEqual(['/lines/0/quantity']);
  });
});

it('all operations on debtors, contacts and orders were checked', () => {
  const met = new Set(world.proxy.exchanges.map((one) => one.operationId));
  const missing = operationsOf((tag) => salesTags.includes(tag)).filter((operation) => !met.has(operation));
  expect(missing).toEqual([]);
});
