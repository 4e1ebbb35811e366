/** Customers, contacts and orders written to Softmaat, over sockets, with all traffic held against the contract. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Document } from '../src/base/document.js';
import type { ProjectedEntity } from '../src/canonical/entities.js';
import type { HeldRecord, Sought, System, WriteOutcome, WriteRequest } from '../src/systems/system.js';
import { never, openSoftmaatWorld, request, simple, type SoftmaatWorld, textOf } from './support/softmaat-world.js';

let world: SoftmaatWorld;
let system: System;
beforeAll(async () => {
  world = await openSoftmaatWorld();
  system = world.system;
  for (const sku of ['A', 'B', 'C']) await world.raw('POST', '/products', simple(sku, { manageStock: true }));
});
afterAll(() => world.close());
afterEach(() => {
  expect(world.proxy.violations.splice(0)).toEqual([]);
});

const write = async (entity: ProjectedEntity, one: WriteRequest): Promise<WriteOutcome> =>
  (await system.target.write(entity, [one], never))[0]!;
const find = (entity: ProjectedEntity, document: Document, by?: Sought['by']): Promise<HeldRecord | null> =>
  system.target.find(entity, { externalId: null, document, ...(by === undefined ? {} : { by }) }, never);
const written = (outcome: WriteOutcome): HeldRecord => {
  if (outcome.type !== 'written') throw new Error(JSON.stringify(outcome));
  return outcome.held;
};
const debtor = async (over: Document = {}): Promise<string> =>
  textOf((await world.raw('POST', '/debtors', { kind: 'person', lastName: 'Maes', ...over })).body['id']);

describe('a customer', () => {
  const person: Document = { kind: 'person', lastName: 'Maes', email: 'Luc@Example.be' };

  it('is found by its mark, by its address when nobody else has it, and never by mark when it only has the address', async () => {
    const id = await debtor({ email: 'luc@example.be' });
    const sought = { ...person, externalReference: 'cus_a' };
    expect((await find('customer', sought))?.externalId).toBe(id);
    expect(await find('customer', sought, 'mark')).toBeNull();
    const made = written(await write('customer', request(sought)));
    expect((await find('customer', sought, 'mark'))?.externalId).toBe(made.externalId);
    expect((await find('customer', { ...sought, email: 'other@example.be' }))?.externalId).toBe(made.externalId);
    expect(await find('customer', { ...person, email: 'uc@example.be' })).toBeNull();
  });

  it('of whom there are several with one address is the one with that name, or none of them', async () => {
    const email = 'info@kaap.be';
    await debtor({ email, lastName: 'Peeters' });
    const smit = await debtor({ email, lastName: 'Smit' });
    expect((await find('customer', { ...person, email, lastName: 'smit' }))?.externalId).toBe(smit);
    expect(await find('customer', { ...person, email, lastName: 'Visser' })).toBeNull();
    await debtor({ email, lastName: 'Smit' });
    expect(await find('customer', { ...person, email, lastName: 'Smit' })).toBeNull();
  });

  it('is never a company that has the same address, nor the other way round', async () => {
    const email = 'both@example.be';
    const firm = await debtor({ kind: 'company', companyName: 'Both', email });
    expect(await find('customer', { ...person, email })).toBeNull();
    const maes = await debtor({ email });
    expect((await find('customer', { ...person, email }))?.externalId).toBe(maes);
    expect((await find('customer', { kind: 'company', companyName: 'Other', email }))?.externalId).toBe(firm);
  });

  it('that was made twice under one mark is the elder of the two', async () => {
    const sought = { ...person, externalReference: 'cus_twice' };
    const elder = await debtor({ externalReference: 'cus_twice' });
    await debtor({ externalReference: 'cus_twice' });
    expect((await find('customer', sought, 'mark'))?.externalId).toBe(elder);
  });

  it('keeps what people have changed of its addresses since the hub looked, and tells that it is theirs', async () => {
    const at = (role: string, houseNumber: string, city: string): Document => {
      return { role, street: 'Laan', houseNumber, postalCode: '1000 AA', city, country: 'NL' };
    };
    const known: Document = { ...person, addresses: [at('billing', '1', 'Delft'), at('shipping', '2', 'Delft')] };
    const held = written(await write('customer', request({ ...known, email: 'addresses@example.be' })));
    const { externalId } = held;
    const people = [at('billing', '3', 'Leiden'), at('shipping', '2', 'Delft')];
    await world.raw('PATCH', `/debtors/${externalId}`, { addresses: people });
    const document = { ...known, addresses: [at('billing', '1', 'Breda'), at('shipping', '2', 'Gouda')] };
    const change = request(document, { externalId, changed: ['addresses'], held });
    const outcome = written(await write('customer', change));
    expect(outcome.document['addresses']).toMatchObject([at('billing', '3', 'Breda'), at('shipping', '2', 'Gouda')]);
    expect(outcome.mayHoldEdits).toBe(true);
    const again = written(await write('customer', { ...change, held: { ...held, document } }));
    expect(again.document['addresses']).toMatchObject([at('billing', '3', 'Breda'), at('shipping', '2', 'Gouda')]);
    // All that people have changed is known by now.
    const last = written(await write('customer', { ...change, held: again }));
    expect(last.document['addresses']).toMatchObject(document.addresses);
    expect(last.mayHoldEdits).toBeUndefined();
  });

  it('becomes a company without becoming another debtor, with a contact that is read with it', async () => {
    const held = written(await write('customer', request({ ...person, externalReference: 'cus_c', email: 'c@example.be' })));
    const company: Document = { ...held.document, kind: 'company', companyName: 'Maes BV' };
    const update = request(company, { externalId: held.externalId, changed: ['kind', 'companyName'], held });
    expect(written(await write('customer', update))).toMatchObject({ externalId: held.externalId, document: { kind: 'company', companyName: 'Maes BV' } });
    const contact: Document = { debtorId: held.externalId, lastName: 'Maes', firstName: 'Luc', email: 'c@example.be', primary: true };
    const made = written(await write('contact', request(contact)));
    expect(made.document).toMatchObject(contact);
    expect((await find('contact', { ...contact, email: 'C@example.be' }))?.externalId).toBe(made.externalId);
    expect((await find('contact', { ...contact, lastName: 'Maas' }))?.externalId).toBe(made.externalId);
    expect(await find('contact', { ...contact, email: 'other@example.be' })).toBeNull();
    const page = await system.source.read('debtors', null, { limit: 250, signal: never });
    const rest = await system.source.read('debtors', page.position, { limit: 250, signal: never });
    const seen = [...page.records, ...rest.records].filter((one) => one.externalId === held.externalId).at(-1);
    expect(seen?.document['contacts']).toMatchObject([{ id: made.externalId, lastName: 'Maes' }]);
    const under = request({ ...contact, debtorId: 'none' });
    expect(await write('contact', under)).toMatchObject({ type: 'refused', error: { code: 'RECORD_REFUSED' } });
  });
}); // prettier-ignore

describe('an order', () => {
  const order = async (n: string, over: Document = {}): Promise<Document> => ({
    externalReference: `ord_${n}`, debtorId: await debtor(), status: 'confirmed', paymentStatus: 'open', currency: 'EUR', pricesIncludeTax: true,
    placedAt: '2025-03-01T10:00:00.000Z',
    lines: [
      { sku: 'A', quantity: '2', unitPrice: '12.1', taxCode: 'NL21', discountAmount: '0' },
      { sku: 'B', quantity: '0.35', unitPrice: '10', taxCode: 'NL9', discountAmount: '0.5' },
    ],
    shippingCost: { amount: null }, billingAddress: { name: null, street: null, city: null, country: null },
    ...over,
  });
  const make = async (n: string, over: Document = {}): Promise<HeldRecord> =>
    written(await write('order', request(await order(n, over), { opKey: `op-${n}` })));
  const update = (held: HeldRecord, changes: Document): WriteRequest =>
    request({ ...held.document, ...changes }, { externalId: held.externalId, changed: Object.keys(changes), held });
  const changes = async (n: string): Promise<unknown[]> =>
    (await world.ledger()).filter((line) => line.key === `ord_${n}` && line.op === 'changeOrder').map((line) => (line as unknown as { extra: { fields: string[] } }).extra.fields);

  it('is made once for one key, shows its lines as they were asked for, and is looked for when somebody has its reference', async () => {
    const document = await order('1');
    const first = written(await write('order', request(document, { opKey: 'op-1' })));
    expect(first.document).toMatchObject({ lines: [{ sku: 'A' }, { sku: 'B' }], shippingCost: null, billingAddress: null, totals: { incl: '27.20' } });
    expect(written(await write('order', request(document, { opKey: 'op-1' }))).externalId).toBe(first.externalId);
    expect(await write('order', request(document, { opKey: 'op-other' }))).toEqual({ type: 'stale' });
    expect((await find('order', document, 'mark'))?.externalId).toBe(first.externalId);
    expect((await world.ledger()).filter((line) => line.key === 'ord_1')).toHaveLength(1);
  });

  it('is refused with the system`s own words and the field', async () => {
    const blocked = await order('2', { debtorId: await debtor({ blocked: true }) });
    expect(await write('order', request(blocked))).toMatchObject({ type: 'refused', error: { path: 'debtorId', message: expect.stringContaining('blocked') } });
    const unknown = await order('2', { paymentMethodCode: 'SHELLS' });
    expect(await write('order', request(unknown))).toMatchObject({ type: 'refused', error: { path: 'paymentMethodCode', original: expect.stringContaining('SHELLS') } });
  });

  it('is taken with an address that says too little, unless it is a street to which parcels go', async () => {
    const poor = { name: 'Jan', street: null, city: null, country: null };
    expect((await make('20', { billingAddress: poor, shippingAddress: { ...poor, country: 'NL' } })).document).toMatchObject({ billingAddress: null, shippingAddress: null });
    const street = await order('21', { shippingAddress: { ...poor, street: 'Laan', country: 'NL' } });
    expect(await write('order', request(street, { opKey: 'op-21' }))).toMatchObject({ type: 'refused', error: { code: 'ADDRESS_INCOMPLETE', path: 'shippingAddress' } });
    expect((await world.ledger()).filter((line) => line.key === 'ord_21')).toHaveLength(0);
  });

  it('of shipping costs that the system cannot hold is refused before anything is sent, and its other changes arrive', async () => {
    const back = { amount: '-4.95', taxCode: 'NL21' };
    const refused = { type: 'refused', error: { code: 'SHIPPING_COSTS_UNFIT', path: 'shippingCost' } };
    expect(await write('order', request(await order('22', { shippingCost: back }), { opKey: 'op-22' }))).toMatchObject(refused);
    const held = await make('23');
    expect(await write('order', update(held, { shippingCost: back, paymentStatus: 'paid' }))).toMatchObject({ ...refused, held: { document: { paymentStatus: 'paid' } } });
  });

  it('that is placed silently as shipped moves no stock', async () => {
    const onHand = async (): Promise<unknown> => (await world.raw('GET', '/stock?sku=A')).body;
    const before = await onHand();
    const lines = [{ sku: 'A', quantity: '1', unitPrice: '-12.1', taxCode: 'NL21', discountAmount: '0' }];
    await make('24', { silent: true, status: 'shipped', lines });
    expect(await onHand()).toEqual(before);
  });

  it('keeps the ids of its lines and what people set in them', async () => {
    const held = await make('3');
    const [a, b] = held.document['lines'] as readonly Document[];
    await world.raw('PATCH', `/orders/${held.externalId}`, { lines: [{ ...b, taxRate: undefined, warehouseCode: 'SHOP-NL' }, { ...a, taxRate: undefined }] });
    const lines = [{ sku: 'C', quantity: '1', unitPrice: '1', taxCode: 'NL21' }, { sku: 'B', quantity: '1', unitPrice: '10', taxCode: 'NL9' }];
    const after = written(await write('order', update(held, { lines })));
    expect(after.document['lines']).toMatchObject([{ sku: 'C' }, { sku: 'B', id: textOf(b?.['id']), quantity: '1', warehouseCode: 'SHOP-NL' }]);
  });

  it('says nothing that the order says already, and never moves a state back', async () => {
    const held = await make('4');
    await world.raw('PATCH', `/orders/${held.externalId}`, { status: 'shipped', paymentStatus: 'paid' });
    const { lines } = await order('4');
    const same = update(held, { status: 'confirmed', paymentStatus: 'open', lines: lines ?? [], placedAt: '2025-03-01T11:00:00+01:00' });
    expect(written(await write('order', same)).document).toMatchObject({ status: 'shipped', paymentStatus: 'paid' });
    expect(await changes('4')).toHaveLength(1);
    const now = await system.target.find('order', { externalId: held.externalId, document: held.document }, never);
    expect(written(await write('order', update(now ?? held, { paymentStatus: 'partially_paid' }))).document).toMatchObject({ paymentStatus: 'partially_paid' });
  });

  it('that is shipped still takes payments, and tells what it no longer takes', async () => {
    const held = await make('5');
    await world.raw('PATCH', `/orders/${held.externalId}`, { status: 'shipped', payments: [{ methodCode: 'PIN', amount: '2.00', reference: 'counter 1' }] });
    const payments = [{ methodCode: 'IDEAL', amount: '25.2', paidAt: '2025-03-02T10:00:00.000Z', reference: 'koppel:mpluskassa:9' }];
    const billingAddress = { street: 'Laan', city: 'Breda', country: 'NL' };
    const outcome = await write('order', update(held, { payments, paymentStatus: 'paid', billingAddress }));
    expect(outcome).toMatchObject({ type: 'refused', error: { path: 'billingAddress', original: expect.stringContaining('shipped') } });
    const now = (await world.raw('GET', `/orders/${held.externalId}`)).body;
    expect(outcome).toMatchObject({ held: { document: { paymentStatus: 'paid', billingAddress: null } } });
    expect(now).toMatchObject({ paymentStatus: 'paid', billingAddress: null, payments: [{ reference: 'counter 1' }, { reference: 'koppel:mpluskassa:9' }] });
    const both = await write('order', update(held, { status: 'cancelled', billingAddress }));
    expect(both).toMatchObject({ type: 'refused', error: { path: 'billingAddress', message: expect.stringMatching(/billingAddress: .*; status: /) } });
  });

  it('of the shop gets more shipped where others have delivered, and never less', async () => {
    const made = await make('11');
    const [a, b] = made.document['lines'] as readonly Document[];
    await world.raw('PATCH', `/orders/${made.externalId}`, { lines: [{ ...a, taxRate: undefined, shippedQuantity: '1' }, { ...b, taxRate: undefined }] });
    const deliveries = [{ key: textOf(a?.['id']), quantity: '0.5' }, { key: textOf(b?.['id']), quantity: '0.2' }, { key: 'nobody', quantity: '1' }];
    const after = written(await write('order', update(made, { deliveries, status: 'partially_shipped' })));
    expect(after.document).toMatchObject({ status: 'partially_shipped', lines: [{ id: a?.['id'], shippedQuantity: '1' }, { id: b?.['id'], shippedQuantity: '0.2' }] });
    const before = (await changes('11')).length;
    written(await write('order', update(after, { deliveries })));
    expect(await changes('11')).toHaveLength(before);
    const lines: Document[] = [{ sku: 'A', quantity: '2', unitPrice: '9', taxCode: 'NL21' }, { sku: 'B', quantity: '0.35', unitPrice: '10', taxCode: 'NL9', shippedQuantity: '0.1' }];
    expect(written(await write('order', update(after, { lines }))).document).toMatchObject({ lines: [{ unitPrice: '9.00', shippedQuantity: '1' }, { shippedQuantity: '0.2' }] });
  });

  it('keeps a line of which something was shipped, and tells that it was to be taken out', async () => {
    const held = await make('12');
    const [a, b] = held.document['lines'] as readonly Document[];
    await world.raw('PATCH', `/orders/${held.externalId}`, { lines: [{ ...a, taxRate: undefined, shippedQuantity: '1' }, { ...b, taxRate: undefined }], status: 'partially_shipped' });
    const lines: Document[] = [{ sku: 'B', quantity: '0.35', unitPrice: '9', taxCode: 'NL9' }];
    const payments = [{ methodCode: 'IDEAL', amount: '1', reference: 'koppel:mpluskassa:120' }];
    const deliveries = [{ key: textOf(b?.['id']), quantity: '0.2' }];
    const outcome = await write('order', update(held, { lines, payments, deliveries, status: 'shipped', billingAddress: { street: 'Laan', city: 'Breda', country: 'NL' } }));
    expect(outcome).toMatchObject({ type: 'refused', error: { code: 'SENT_WITHOUT_LINE', path: 'lines', message: expect.stringContaining('Softmaat has sent 1 × A of the order') } });
    const now = (await world.raw('GET', `/orders/${held.externalId}`)).body;
    expect(now).toMatchObject({ status: 'partially_shipped', payments: [{ reference: 'koppel:mpluskassa:120' }], billingAddress: { city: 'Breda' } });
    expect(now['lines']).toEqual(expect.arrayContaining([expect.objectContaining({ sku: 'A', shippedQuantity: '1' }), expect.objectContaining({ sku: 'B', unitPrice: '10.00', shippedQuantity: '0.2' })]));
    const refused = await write('order', update(held, { lines, payments: [{ methodCode: 'SHELLS', amount: '1', reference: 'koppel:mpluskassa:121' }] }));
    expect(refused).toMatchObject({ error: { code: 'SENT_WITHOUT_LINE', original: expect.stringContaining('SHELLS') } });
    // What nobody has shipped goes, and so does this line once nothing of it is.
    await world.raw('PATCH', `/orders/${held.externalId}`, { lines: (now['lines'] as Document[]).map(({ taxRate: _, ...line }) => ({ ...line, shippedQuantity: '0' })) });
    expect(written(await write('order', update(held, { lines }))).document['lines']).toMatchObject([{ sku: 'B', unitPrice: '9.00' }]);
  });

  it('takes what it can when a part is refused', async () => {
    const held = await make('9');
    const lines = [{ sku: 'NOTHING', quantity: '1', unitPrice: '1', taxCode: 'NL21' }];
    const payments = [{ methodCode: 'IDEAL', amount: '1', reference: 'koppel:mpluskassa:99' }];
    const billingAddress = { street: 'Laan', city: 'Breda', country: 'NL' };
    const outcome = await write('order', update(held, { lines, payments, billingAddress, status: 'shipped' }));
    expect(outcome).toMatchObject({
      type: 'refused',
      error: { original: expect.stringContaining('NOTHING') },
      held: { document: { status: 'shipped', billingAddress, payments: [{ reference: 'koppel:mpluskassa:99' }], lines: expect.arrayContaining([expect.objectContaining({ sku: 'A' }), expect.objectContaining({ sku: 'B' })]) } },
    });
  });

  it('that was cancelled and is taken up again tells that it cannot', async () => {
    const made = await make('10');
    await world.raw('PATCH', `/orders/${made.externalId}`, { status: 'cancelled' });
    const held = (await system.target.find('order', { externalId: made.externalId, document: made.document }, never)) ?? made;
    expect(await write('order', update(held, { status: 'confirmed' }))).toMatchObject({ type: 'refused', error: { path: 'status', original: expect.stringContaining('cancelled') } });
    const payments = [{ methodCode: 'PIN', amount: '-1', reference: 'koppel:mpluskassa:40' }];
    expect(await write('order', update(held, { payments, paymentStatus: 'refunded' }))).toMatchObject({ type: 'refused', error: { original: expect.stringContaining('cancelled') } });
  });

  it('shows of its payments those of the hub, and loses none of the others', async () => {
    const payment = (reference: string): Document => ({ methodCode: 'PIN', amount: '1', reference });
    const held = await make('6', { payments: [payment('koppel:mpluskassa:1'), payment('koppel:mpluskassa:2')] });
    expect(held.document['payments']).toMatchObject([{ reference: 'koppel:mpluskassa:1' }, { reference: 'koppel:mpluskassa:2' }]);
    const before = (await world.raw('GET', `/orders/${held.externalId}`)).body['payments'] as Document[];
    await world.raw('PATCH', `/orders/${held.externalId}`, { payments: [...before, payment('mollie:7'), payment('cash')] });
    const after = written(await write('order', update(held, { payments: [payment('koppel:mpluskassa:2')] })));
    expect(after.document['payments']).toMatchObject([{ reference: 'koppel:mpluskassa:2', id: textOf(before[1]?.['id']) }]);
    const references = async (): Promise<unknown[]> =>
      ((await world.raw('GET', `/orders/${held.externalId}`)).body['payments'] as Document[]).map(({ reference }) => reference);
    expect(await references()).toEqual(['mollie:7', 'cash', 'koppel:mpluskassa:2']);
    expect(written(await write('order', update(after, { payments: null }))).document).not.toHaveProperty('payments');
    expect(await references()).toEqual(['mollie:7', 'cash']);
  });

  it('that was placed before the flow went live is confirmed to nobody', async () => {
    const silent = await make('7', { silent: true });
    const loud = await make('8');
    const confirmed = (await world.records('confirmations')).map((one) => one['orderId']);
    expect([confirmed.includes(silent.externalId), confirmed.includes(loud.externalId)]).toEqual([false, true]);
    expect(silent.document).not.toHaveProperty('silent');
  });
}); // prettier-ignore

// Last: pages of other tests hold fewer.
describe('an address of many customers', () => {
  it('is that of none of them when there are more than a page holds', async () => {
    const email = 'shop@example.be';
    for (let made = 0; made <= 250; made++) await debtor({ email, lastName: `Guest ${made}` });
    expect(await find('customer', { kind: 'person', lastName: 'Maes', email })).toBeNull();
  });
});
