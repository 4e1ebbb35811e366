/** The oracle of orders is itself held against systems that are wrong in one place each: it has to see every one of them. */
import { describe, expect, it } from '@jest/globals';
import { judgeOrders, ordersRefused, type ShownProblem, type OrderWorld, type Verdict } from './order-oracle.js';
import type { Created, SideName } from './order-sides.js';
import { shopCustomer, shopOrder, type ShopDebtor, type ShopOrder } from './shop-side.js';
import { tillCustomer, tillOrder, type TillOrder, type TillRelation } from './till-side.js';

const relation: TillRelation = {
  relationNumber: '7',
  name: 'Noor de Vries',
  email: 'Noor@example.nl',
  address: 'Coolsingel 12 A',
  zipcode: '3011 AB',
  city: 'Rotterdam',
  country: 'Nederland',
};
const debtor: ShopDebtor = {
  id: 'd-7',
  externalReference: 'cus_7',
  kind: 'person',
  companyName: null,
  firstName: 'Noor',
  infix: 'de',
  lastName: 'Vries',
  email: 'noor@example.nl',
  blocked: false,
  addresses: [{ role: 'billing', street: 'Coolsingel', houseNumber: '12', addition: 'A', postalCode: '3011AB', city: 'Rotterdam', country: 'NL' }],
}; // prettier-ignore
const fromTill: TillOrder = {
  orderId: 't-1',
  relationNumber: '7',
  financialBranchNumber: 2,
  totalInclAmount: '2299',
  vatGroupList: [{ vatPercentage: '21', vatAmount: '399' }],
  deliveryState: 'ORDER-DELIVERY-STATE-NOTHING',
  cancelState: 'ORDER-CANCEL-STATE-NOTHING',
  completeState: 'ORDER-COMPLETE-STATE-NOTHING',
  lineList: [{ articleNumber: '10001', data: { quantity: '350', decimalPlaces: 3 } }],
  paymentList: [{ amount: '2299' }],
};
const inShop: ShopOrder = {
  id: 's-1',
  externalReference: 'ord_1',
  debtorId: 'd-7',
  status: 'confirmed',
  paymentStatus: 'paid',
  placedAt: null,
  lines: [{ sku: '10001', quantity: '0.35', unitPrice: '65.69', warehouseCode: 'SHOP-NL' }],
  shippingCost: null,
  totals: { incl: '22.99', taxes: [{ rate: '21', amount: '3.99' }] },
  payments: [{ amount: '22.99' }],
};

interface Parts {
  tillOrders: TillOrder[];
  shopOrders: ShopOrder[];
  relations: TillRelation[];
  debtors: ShopDebtor[];
  shopCreated: Created[];
  problems: ShownProblem[];
}

function world(change: Partial<Parts> = {}): OrderWorld {
  const parts: Parts = {
    tillOrders: [fromTill],
    shopOrders: [inShop],
    relations: [relation],
    debtors: [debtor],
    shopCreated: [
      { entity: 'customer', mark: 'cus_7', id: 'd-7' },
      { entity: 'order', mark: 'ord_1', id: 's-1' },
    ],
    problems: [],
    ...change,
  };
  return {
    till: { orders: parts.tillOrders.map(tillOrder), customers: parts.relations.map(tillCustomer), created: [] },
    shop: {
      orders: parts.shopOrders.map(shopOrder),
      customers: parts.debtors.map((each) => shopCustomer(each, undefined)),
      created: parts.shopCreated,
    },
    links: [
      { entity: 'order', system: 'mpluskassa', externalId: 't-1', canonicalId: 'ord_1' },
      { entity: 'order', system: 'softmaat', externalId: 's-1', canonicalId: 'ord_1' },
      { entity: 'customer', system: 'mpluskassa', externalId: '7', canonicalId: 'cus_7' },
      { entity: 'customer', system: 'softmaat', externalId: 'd-7', canonicalId: 'cus_7' },
    ],
    aliases: [],
    problems: parts.problems,
    defaultCustomers: { mpluskassa: '900000', softmaat: 'd-0' },
  };
}

const judge = (change: Partial<Parts> = {}): Verdict => judgeOrders(world(change));
const clean = { lost: [], doubled: [], reported: [], refused: [], compared: 1 };
const second = { id: 's-2' };

describe('the oracle of orders', () => {
  it('has nothing to say about an order that both systems hold in their own words', () => {
    expect(judge()).toEqual(clean);
  });

  it.each<[string, Partial<Parts>, RegExp]>([
    ['an order that is missing', { shopOrders: [], shopCreated: [] }, /t-1 .* missing in softmaat/],
    ['an order that the hub never saw', { tillOrders: [fromTill, { ...fromTill, orderId: 't-2' }] }, /t-2 .* unknown to the hub/],
    ['a cent', { shopOrders: [{ ...inShop, totals: { ...inShop.totals, incl: '22.98' } }] }, /total incl. VAT is 2298/],
    ['VAT at another rate', { shopOrders: [{ ...inShop, totals: { incl: '22.99', taxes: [{ rate: '9', amount: '3.99' }] } }] }, /VAT at 21 %/],
    ['a quantity', { shopOrders: [{ ...inShop, lines: [{ sku: '10001', quantity: '0.36', unitPrice: '65.69' }] }] }, /goods/],
    ['another article', { shopOrders: [{ ...inShop, lines: [{ sku: '10002', quantity: '0.35', unitPrice: '65.69' }] }] }, /goods/],
    ['another warehouse', { shopOrders: [{ ...inShop, lines: [{ ...inShop.lines[0]!, warehouseCode: null }] }] }, /warehouses is \["MAIN"\]/],
    ['shipping costs that are gone', { tillOrders: [{ ...fromTill, lineList: [...fromTill.lineList, { articleNumber: '900001', data: { quantity: '1' } }] }] }, /shipping/],
    ['an instant', { tillOrders: [{ ...fromTill, entryTimestamp: '2026-10-25T00:30:00.000Z' }], shopOrders: [{ ...inShop, placedAt: '2026-10-25T01:30:00Z' }] }, /placed/],
    ['a delivery', { shopOrders: [{ ...inShop, status: 'shipped' }] }, /delivered is all in softmaat, none in mpluskassa/],
    ['a cancellation', { tillOrders: [{ ...fromTill, cancelState: 'ORDER-CANCEL-STATE-COMPLETE' }] }, /cancelled is false in softmaat/],
    ['a state of payment', { shopOrders: [{ ...inShop, paymentStatus: 'open' }] }, /paid is none in softmaat, all in mpluskassa/],
    ['a payment', { shopOrders: [{ ...inShop, payments: [] }] }, /payments in cents is 0/],
    ['an order that is completed in the till only', { tillOrders: [{ ...fromTill, deliveryState: 'ORDER-DELIVERY-STATE-COMPLETE', completeState: 'ORDER-COMPLETE-STATE-COMPLETE' }], shopOrders: [{ ...inShop, status: 'shipped' }] }, /completed in mpluskassa/],
    ['another customer', { shopOrders: [{ ...inShop, debtorId: 'd-8' }], debtors: [debtor, { ...debtor, id: 'd-8', externalReference: null }] }, /customer in softmaat is d-8, should be d-7/],
    ['the default customer for one who is there', { shopOrders: [{ ...inShop, debtorId: 'd-0' }] }, /default customer/],
    ['an e-mail address', { debtors: [{ ...debtor, email: 'noor@example.be' }] }, /email/],
    ['a name', { debtors: [{ ...debtor, lastName: 'Bakker' }] }, /name/],
    ['a company', { relations: [{ ...relation, companyName: 'Bakkerij', contact: 'Noor de Vries' }] }, /company/],
    ['an address', { debtors: [{ ...debtor, addresses: [{ ...debtor.addresses[0]!, houseNumber: '13' }] }] }, /street/],
  ])('sees %s', (_, change, words) => {
    const { lost, doubled } = judge(change);
    expect(doubled).toEqual([]);
    expect(lost.some((line) => words.test(line)) ? [] : lost).toEqual([]);
  }); // prettier-ignore

  it('takes a sale for paid of which the cash was rounded to five cents, and no other', () => {
    const paid = (method: string): Partial<Parts> => ({
      tillOrders: [{ ...fromTill, paymentList: [{ method, amount: '2300' }] }],
      shopOrders: [{ ...inShop, payments: [{ amount: '23.00' }] }],
    });
    const part = (method: string): Partial<Parts> => ({
      tillOrders: [{ ...fromTill, totalInclAmount: '2302', paymentList: [{ method, amount: '2300' }] }],
      shopOrders: [{ ...inShop, totals: { ...inShop.totals, incl: '23.02' }, payments: [{ amount: '23.00' }] }],
    });
    expect([judge(paid('CONTANT')), judge(part('CONTANT'))]).toEqual([clean, clean]);
    expect(judge(part('PIN')).lost).toHaveLength(1);
  });

  it.each<[string, Partial<Parts>, RegExp]>([
    ['two orders with one mark', { shopOrders: [inShop, { ...inShop, ...second }] }, /ord_1 is 2 times in softmaat/],
    ['two creates of one order, one of which is gone', { shopCreated: [...world().shop.created, { entity: 'order', mark: 'ord_1', id: 's-2' }] }, /order ord_1 was made 2 times/],
    ['an order that the hub made of nothing', { shopOrders: [inShop, { ...inShop, id: 's-9', externalReference: 'ord_9' }] }, /ord_9 is in softmaat without an original/],
    ['two creates of one customer that nobody was told of', { shopCreated: [...world().shop.created, { entity: 'customer', mark: 'cus_7', id: 'd-8' }] }, /customer cus_7 was made 2 times/],
    ['two customers made for one address', { debtors: [debtor, { ...debtor, id: 'd-8', externalReference: 'cus_8' }] }, /cus_7, cus_8 were all made in softmaat/],
  ])('sees %s', (_, change, words) => {
    const { doubled } = judge(change);
    expect(doubled).toHaveLength(1);
    expect(doubled[0]).toMatch(words);
  }); // prettier-ignore

  it('tells customers that a system made twice apart when the hub has told of them', () => {
    const shopCreated: Created[] = [...world().shop.created, { entity: 'customer', mark: 'cus_7', id: 'd-8' }];
    const problem = {
      isOpen: true,
      code: 'DUPLICATE_IN_SYSTEM',
      system: 'softmaat',
      entity: 'customer',
      canonicalId: 'cus_7',
    } as const;
    const verdict = judge({ shopCreated, problems: [{ ...problem, externalId: 'd-8', message: '' }] });
    expect(verdict).toEqual({ ...clean, reported: [expect.stringContaining('cus_7 was made 2 times')] });
    expect(
      judge({ shopCreated, problems: [{ ...problem, system: 'mpluskassa', externalId: 'd-8', message: '' }] }).doubled,
    ).toHaveLength(1);
  });

  const problem = (system: SideName, words: string, more: Partial<ShownProblem> = {}): ShownProblem => ({
    isOpen: true, code: 'RECORD_REFUSED', system, entity: 'order', canonicalId: 'ord_1', externalId: 's-1',
    message: `${system} refused the record: ${words}.`, ...more,
  }); // prettier-ignore
  const tillIsCancelled = [{ ...fromTill, cancelState: 'ORDER-CANCEL-STATE-COMPLETE' }];
  const tillIsDelivered = [{ ...fromTill, deliveryState: 'ORDER-DELIVERY-STATE-PARTIAL' }];
  const tillIsCompleted = [{ ...fromTill, deliveryState: 'ORDER-DELIVERY-STATE-COMPLETE', completeState: 'ORDER-COMPLETE-STATE-COMPLETE' }]; // prettier-ignore
  const shopIs = (status: string, more: Partial<ShopOrder> = {}): ShopOrder[] => [{ ...inShop, status, ...more }];
  const more = { lines: [{ sku: '10001', quantity: '0.7', unitPrice: '65.69' }], totals: { incl: '45.98', taxes: [{ rate: '21', amount: '7.98' }] }, paymentStatus: 'partially_paid' }; // prettier-ignore
  const unpaid = { paymentStatus: 'open', payments: [] };
  const noCancellation = 'status: cannot go from shipped to cancelled';
  const noLines = 'Lines cannot be changed after a delivery';
  const sentWithoutLine = 'The system has sent 1 × 10001 of the order, and in the system that it came from the order has no line for it. Both stay as they are.'; // prettier-ignore

  it.each<[string, Partial<Parts>, ShownProblem]>([
    ['a cancellation by the shop', { tillOrders: tillIsCancelled, shopOrders: shopIs('shipped') }, problem('softmaat', noCancellation)],
    ['a cancellation by the till', { tillOrders: tillIsDelivered, shopOrders: shopIs('cancelled') }, problem('mpluskassa', 'Something of the order is delivered')],
    ['lines by the till', { tillOrders: tillIsDelivered, shopOrders: shopIs('partially_shipped', more) }, problem('mpluskassa', noLines)],
    ['lines by a till that has completed the order', { tillOrders: tillIsCompleted, shopOrders: shopIs('completed', more) }, problem('mpluskassa', 'The order is completed')],
    ['lines by the shop', { tillOrders: tillIsDelivered.map((order) => ({ ...order, deliveryState: tillIsCompleted[0]!.deliveryState })), shopOrders: shopIs('shipped', more) }, problem('softmaat', 'lines: cannot be changed in an order that is shipped')],
    ['payments by a cancelled order of the till', { tillOrders: tillIsCancelled, shopOrders: shopIs('cancelled', unpaid) }, problem('mpluskassa', 'The order is cancelled')],
    ['payments by a completed order of the till', { tillOrders: tillIsCompleted, shopOrders: shopIs('completed', unpaid) }, problem('mpluskassa', 'The order is invoiced already')],
    ['payments by a cancelled order of the shop', { tillOrders: tillIsCancelled, shopOrders: shopIs('cancelled', unpaid) }, problem('softmaat', 'paymentStatus: cannot be changed in an order that is cancelled; payments: cannot be changed in an order that is cancelled')],
    ['what the shop has sent of a line that the till made smaller', { shopOrders: shopIs('partially_shipped', more) }, problem('softmaat', 'lines.0.shippedQuantity: is more than was ordered')],
    ['what the shop has sent of a line that the till took out', { shopOrders: shopIs('partially_shipped', more) }, problem('softmaat', '', { code: 'SENT_WITHOUT_LINE', message: sentWithoutLine })],
    ['what the till has delivered of a line that the shop took out', { tillOrders: tillIsDelivered, shopOrders: shopIs('partially_shipped', more) }, problem('mpluskassa', '', { code: 'SENT_WITHOUT_LINE', message: sentWithoutLine })],
    ['a payment by a completed order of the till that lacks a line, too', { tillOrders: tillIsCompleted, shopOrders: shopIs('completed', { ...more, ...unpaid }) }, problem('mpluskassa', '', { code: 'SENT_WITHOUT_LINE', message: sentWithoutLine, ownWords: 'The order is invoiced already' })],
    ['a delivery of what a line of the till has no longer', { shopOrders: shopIs('partially_shipped') }, problem('mpluskassa', 'Line x has not that much to deliver')],
  ])('tells apart a refusal of %s, as long as the hub tells of it', (_, change, told) => {
    const { refused, ...rest } = judge({ ...change, problems: [told] });
    expect(rest).toEqual({ lost: [], doubled: [], reported: [], compared: 1 });
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.filter((line) => !line.includes(told.message))).toEqual([]);
    const closed = { ...told, isOpen: false };
    const ofAnother = { ...told, canonicalId: 'ord_2' };
    const ofACustomer = { ...told, entity: 'customer' };
    for (const problems of [[], [closed], [ofAnother], [ofACustomer], [problem(told.system, 'It does not want to')]]) {
      expect(judge({ ...change, problems })).toMatchObject({ refused: [], lost: refused.map(() => expect.anything()) });
    }
  }); // prettier-ignore

  it.each<[string, Partial<Parts>, ShownProblem, RegExp]>([
    ['a payment when lines were refused', { tillOrders: tillIsDelivered, shopOrders: shopIs('partially_shipped', { ...more, ...unpaid }) }, problem('mpluskassa', noLines), /payments in cents/],
    ['what is paid when lines were refused', { tillOrders: tillIsDelivered, shopOrders: shopIs('partially_shipped', unpaid) }, problem('mpluskassa', noLines), /paid is none/],
    ['a payment when what was sent has no line', { tillOrders: tillIsCompleted, shopOrders: shopIs('completed', { ...more, ...unpaid }) }, problem('mpluskassa', '', { code: 'SENT_WITHOUT_LINE', message: sentWithoutLine }), /payments in cents/],
    ['a payment when a completed order took no lines', { tillOrders: tillIsCompleted, shopOrders: shopIs('completed', { ...more, ...unpaid }) }, problem('mpluskassa', 'The order is completed'), /payments in cents/],
    ['a cancellation when lines were refused', { tillOrders: tillIsDelivered, shopOrders: shopIs('cancelled', more) }, problem('mpluskassa', noLines), /cancelled is true/],
    ['goods when a cancellation was refused', { tillOrders: tillIsCancelled, shopOrders: shopIs('shipped', more) }, problem('softmaat', noCancellation), /goods/],
    ['a total when a payment was refused', { tillOrders: tillIsCancelled, shopOrders: shopIs('cancelled', { ...unpaid, ...more }) }, problem('softmaat', 'payments: cannot be changed in an order that is cancelled'), /total/],
    ['a delivery when a cancellation was refused', { shopOrders: shopIs('shipped') }, problem('softmaat', noCancellation), /delivered/],
    ['an instant', { tillOrders: [{ ...fromTill, entryTimestamp: '2026-10-25T00:30:00.000Z', cancelState: 'ORDER-CANCEL-STATE-COMPLETE' }], shopOrders: shopIs('cancelled', { placedAt: '2026-10-25T01:30:00Z' }) }, problem('mpluskassa', 'The order is cancelled'), /placed/],
    ['lines of a till order that is not delivered', { shopOrders: shopIs('confirmed', more) }, problem('mpluskassa', noLines), /goods/],
    ['lines of a shop order that is not shipped', { shopOrders: shopIs('confirmed', more) }, problem('softmaat', 'lines: cannot be changed in an order that is shipped'), /goods/],
    ['a line made smaller in a shop that has sent nothing', { shopOrders: shopIs('confirmed', more) }, problem('softmaat', 'lines.0.shippedQuantity: is more than was ordered'), /goods/],
  ])('never excuses %s', (_, change, told, words) => {
    const { lost } = judge({ ...change, problems: [told] });
    expect(lost.some((line) => words.test(line)) ? [] : lost).toEqual([]);
    expect(lost.length).toBeGreaterThan(0);
  }); // prettier-ignore

  it('counts the orders of which something is refused', () => {
    const refused = ['order t-1 of mpluskassa (ord_1): goods is', 'order t-1 of mpluskassa (ord_1): total', 'order s-2 of softmaat (ord_2) is missing'];
    expect([ordersRefused({ refused }), ordersRefused({ refused: [] })]).toEqual([2, 0]);
  }); // prettier-ignore

  it('tells an order apart that a blocked customer does not get, when the hub has told of it', () => {
    const missing = { shopOrders: [], shopCreated: [], debtors: [{ ...debtor, blocked: true }] };
    const problem: ShownProblem = { isOpen: true, code: 'RECORD_REFUSED', system: 'softmaat', entity: 'order', canonicalId: 'ord_1', externalId: null, message: 'the debtor is blocked' };
    expect(judge({ ...missing, problems: [problem] })).toEqual({ ...clean, refused: [expect.stringContaining('is blocked')] });
    expect(judge(missing).lost).toHaveLength(1);
    expect(judge({ ...missing, debtors: [debtor], problems: [problem] }).lost).toHaveLength(1);
    expect(judge({ ...missing, problems: [{ ...problem, message: 'there is no such debtor' }] }).lost).toHaveLength(1);
  }); // prettier-ignore

  it('takes the default customer where the own one cannot be had', () => {
    const { links, ...rest } = world({ shopOrders: [{ ...inShop, debtorId: 'd-0' }] });
    expect(judgeOrders({ ...rest, links: links.filter(({ externalId }) => externalId !== 'd-7') })).toEqual(clean);
  });

  it('leaves out what is not expected to be there', () => {
    expect(
      judgeOrders(world({ shopOrders: [], shopCreated: [] }), { expected: ({ side }) => side === 'softmaat' }),
    ).toEqual({
      ...clean,
      compared: 0,
    });
  });
});
