import { describe, expect, it } from '@jest/globals';
import type { Document } from '../src/base/document.js';
import { documentIn, read, receive, receiveAll, send, settings } from './support/sale-fixture.js';
import { invoiceShape, orderShape, relationShape } from '../src/systems/mpluskassa/sale-shapes.js';

const line = (lineId: string, data: Document, more: Document = {}): Document => ({
  lineId,
  articleNumber: '1012',
  text: 'Kaas & zo',
  data: { vatCode: 2, vatPercentage: 9, discountAmount: '50', discountAmountExcl: '46', ...data },
  ...more,
});
const order: Document = {
  orderId: 'o-1',
  transactionString: '1-2026-7',
  entryTimestamp: '2026-10-25T00:30:00.000Z',
  relationNumber: '41',
  relationName: 'Bakkerij De Korenaar',
  financialDate: '2026-10-25',
  financialBranchNumber: 2,
  reference: 'Klant 1',
  totalInclAmount: '1205',
  totalExclAmount: '1105',
  vatMethod: 'VAT-METHOD-INCLUSIVE',
  vatGroupList: [{ vatCode: 2, vatPercentage: '9', exclAmount: '1105', vatAmount: '100' }],
  deliveryMethod: 'AFHALEN',
  paymentMethod: 'PIN',
  prepaidAmount: '500',
  deliveryState: 'ORDER-DELIVERY-STATE-PARTIAL',
  cancelState: 'ORDER-CANCEL-STATE-NOTHING',
  completeState: 'ORDER-COMPLETE-STATE-NOTHING',
  invoiceAddress: { name: 'Bakkerij', contact: 'An Maes', companyName: 'Bakkerij', address: 'Meir 3', zipcode: '2000', city: 'Antwerpen', country: 'België' }, // prettier-ignore
  lineList: [
    line('l-1', {
      quantity: '350',
      decimalPlaces: 3,
      deliveredQuantity: '350',
      deliveredDecimalPlaces: 3,
      price: '1895',
      priceExcl: '1739',
      totalInclAmount: '613',
      totalExclAmount: '562',
    }),
    line('l-2', { quantity: '-1', decimalPlaces: 0, price: '250', priceExcl: '229' }, { tempId: 'k-2' }),
    line('l-3', { quantity: '0', decimalPlaces: 0 }, { lineKind: 'LINE-KIND-HEADER' }),
  ],
  paymentList: [
    { paymentId: 'p-1', method: 'PIN', amount: '300', externalReference: 'tr_4711' },
    { paymentId: 'p-2', method: 'BEADS', amount: '200', externalReference: 'koppel:webshop:9' },
    { paymentId: 'p-3', method: 'PIN', amount: '1', externalReference: 'order:1001' },
    { paymentId: 'p-4', method: 'PIN', amount: '1', externalReference: 'order:1001' },
  ],
};

describe('orders of the till', () => {
  it('have no payments when none are listed', () => {
    expect(receiveAll('mpluskassa-order-in', 'order', read(orderShape, { ...order, paymentList: [] }))).toMatchObject({
      cleared: expect.arrayContaining(['payments']) as unknown,
    });
  });

  it('are in the currency of the administration, which is a setting', () => {
    const currencyWith = (own: Document): unknown =>
      receive('mpluskassa-order-in', 'order', read(orderShape, order), own)['currency'];
    expect(currencyWith({ currency: 'GBP' })).toBe('GBP');
    expect(currencyWith({})).toBe('EUR');
  });

  it('become orders of the hub with exact amounts, quantities, VAT as it stands there, and keys', () => {
    expect(receive('mpluskassa-order-in', 'order', read(orderShape, order))).toMatchObject({
      type: 'ORDER',
      number: '1-2026-7',
      status: 'OPEN',
      paymentStatus: 'PARTIALLY_PAID',
      fulfillmentStatus: 'PARTIALLY_FULFILLED',
      customer: '41',
      location: '2',
      billingAddress: { name: 'An Maes', company: 'Bakkerij', line1: 'Meir 3', country: 'BE', countryText: 'België' },
      taxMethod: 'INCLUSIVE',
      totalIncl: '12.05',
      totalExcl: '11.05',
      totalTax: '1',
      paidAmount: '5',
      shippingMethod: 'PICKUP',
      paymentMethod: 'CARD',
      taxes: [{ rate: '9', taxClass: '2', taxCategory: 'STANDARD', base: '11.05', amount: '1' }],
      lines: [
        { key: 'l-1', variant: '1012', quantity: '0.35', quantityFulfilled: '0.35', unitPrice: '18.95', discountAmount: '0.5', total: '6.13', taxRate: '9' }, // prettier-ignore
        { key: 'k-2', quantity: '-1', quantityFulfilled: '0', unitPrice: '2.5' },
      ],
      payments: [
        { key: 'webshop:9', method: 'OTHER', amount: '2' },
        { key: 'till-2:p-1', method: 'CARD', amount: '3', reference: 'tr_4711' },
        { key: 'till-2:p-3', method: 'CARD', amount: '0.01', reference: 'order:1001' },
        { key: 'till-2:p-4', method: 'CARD', amount: '0.01', reference: 'order:1001' },
      ],
    });
  });

  it('have the prices of the basis that holds, and no customer when they were sold to nobody', () => {
    const exclusive = read(orderShape, { ...order, vatMethod: 'VAT-METHOD-SHIFTED', relationNumber: '0' });
    const mapped = receive('mpluskassa-order-in', 'order', exclusive);
    expect(mapped).toMatchObject({
      taxMethod: 'REVERSE_CHARGED',
      customer: null,
      lines: [{ unitPrice: '17.39', discountAmount: '0.46', total: '5.62' }, {}],
    });
  });

  it.each([
    [{ cancelState: 'ORDER-CANCEL-STATE-COMPLETE' }, { status: 'CANCELLED' }],
    [{ completeState: 'ORDER-COMPLETE-STATE-COMPLETE', prepaidAmount: '1205' }, { status: 'COMPLETED', paymentStatus: 'PAID' }], // prettier-ignore
    [{ prepaidAmount: '1206' }, { paymentStatus: 'OVERPAID' }],
    [
      { prepaidAmount: '0', paymentList: [] },
      { paymentStatus: 'UNPAID', payments: [] },
    ],
    [{ totalInclAmount: '-500', prepaidAmount: '-500', paymentList: [] }, { paymentStatus: 'PAID' }],
    [{ totalInclAmount: '-500', prepaidAmount: '0', paymentList: [] }, { paymentStatus: 'UNPAID' }],
    [
      { paymentList: [{ paymentId: 'p', method: 'PIN', amount: '700' }, { paymentId: 'q', method: 'PIN', amount: '-200' }] }, // prettier-ignore
      { paymentStatus: 'PARTIALLY_REFUNDED' },
    ],
    [
      { prepaidAmount: '0', paymentList: [{ paymentId: 'p', method: 'PIN', amount: '7' }, { paymentId: 'q', method: 'PIN', amount: '-7' }] }, // prettier-ignore
      { paymentStatus: 'REFUNDED' },
    ],
    [{ deliveryState: 'ORDER-DELIVERY-STATE-COMPLETE' }, { fulfillmentStatus: 'FULFILLED' }],
  ] as const)('%j is %j', (more, expected) => {
    const mapped = receive('mpluskassa-order-in', 'order', read(orderShape, { ...order, ...more } as Document));
    expect({ payments: [], ...mapped }).toMatchObject(expected);
  });

  it.each([
    [{ cancelState: 'ORDER-CANCEL-STATE-PARTIAL' }, 'PARTIALLY_CANCELLED'],
    [{ cancelState: 'ORDER-CANCEL-STATE-PARTIAL', completeState: 'ORDER-COMPLETE-STATE-COMPLETE' }, 'COMPLETED'],
    [{ cancelState: 'ORDER-CANCEL-STATE-COMPLETE', completeState: 'ORDER-COMPLETE-STATE-COMPLETE' }, 'CANCELLED'],
    [{ completeState: 'ORDER-COMPLETE-STATE-PARTIAL-DELIVERY-PENDING' }, 'OPEN'],
    [{ cancelState: null, completeState: 'ORDER-COMPLETE-STATE-COMPLETE' }, 'COMPLETED'],
    [{ cancelState: null, completeState: null }, 'OPEN'],
  ])('in the states %j are %s, by the value lists', (states, status) => {
    const mapped = receiveAll('mpluskassa-order-in', 'order', { ...read(orderShape, order), ...states });
    expect(mapped).toMatchObject({ type: 'mapped', document: { status } });
  });

  it('in states that nobody has heard of are open, and that is counted', () => {
    const strange = { cancelState: 'ORDER-CANCEL-STATE-MAYBE', deliveryState: 'ORDER-DELIVERY-STATE-LOST' };
    const mapped = receiveAll('mpluskassa-order-in', 'order', { ...read(orderShape, order), ...strange });
    expect(mapped).toMatchObject({ document: { status: 'OPEN', fulfillmentStatus: 'UNFULFILLED' } });
    expect(mapped.type === 'mapped' ? mapped.unmapped : []).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ list: 'mpluskassa-order-status', value: 'ORDER-CANCEL-STATE-MAYBE' }),
        expect.objectContaining({ list: 'mpluskassa-delivery-status', value: 'ORDER-DELIVERY-STATE-LOST' }),
      ]),
    );
  });

  it('have the company of an address in its own field, or in that of the name beside a contact', () => {
    const namesOf = (invoiceAddress: Document): unknown => {
      const mapped = receive('mpluskassa-order-in', 'order', read(orderShape, { ...order, invoiceAddress }));
      const { name = null, company = null } = mapped['billingAddress'] as Document;
      return [name, company];
    };
    const at = { address: 'Meir 3', city: 'Antwerpen' };
    expect(namesOf({ ...at, name: 'Acme BV', contact: 'Jan' })).toEqual(['Jan', 'Acme BV']);
    expect(namesOf({ ...at, name: 'Acme', contact: 'Jan', companyName: 'Acme BV' })).toEqual(['Jan', 'Acme BV']);
    expect(namesOf({ ...at, name: 'Jan', contact: 'Jan' })).toEqual(['Jan', null]);
    expect(namesOf({ ...at, name: 'Jan' })).toEqual(['Jan', null]);
  });

  it('have the VAT of the country that they state, else of the one that all their VAT is of', () => {
    const group = { vatCode: 2, vatPercentage: '9', exclAmount: '1', vatAmount: '1' };
    const countryOf = (more: Document): unknown =>
      receive('mpluskassa-order-in', 'order', read(orderShape, { ...order, ...more }))['taxCountry'];
    expect(countryOf({ vatCountryIso3: 'FRA', vatGroupList: [{ ...group, countryIso3: 'BEL' }] })).toBe('FR');
    expect(countryOf({ vatGroupList: [{ ...group, countryIso3: 'BEL' }, { ...group, vatCode: 1, countryIso3: 'BEL' }] })).toBe('BE');
    expect(countryOf({ vatGroupList: [{ ...group, countryIso3: 'BEL' }, { ...group, vatCode: 1, countryIso3: 'NLD' }] })).toBeNull();
    expect(countryOf({})).toBeNull();
    expect([countryOf({ vatCountryIso3: 'ESP' }), countryOf({ vatCountryIso3: 'SWE' })]).toEqual(['ES', 'SE']);
    expect(receiveAll('mpluskassa-order-in', 'order', read(orderShape, { ...order, vatCountryIso3: 'QQQ' }))).toMatchObject({
      type: 'failed',
      problems: [{ code: 'UNMAPPED_VALUE', list: 'mpluskassa-vat-country', value: 'QQQ' }],
    });
  }); // prettier-ignore

  it('tell deposits, gift cards and shipping costs from goods', () => {
    const data = { quantity: '1', decimalPlaces: 0, price: '15', priceExcl: '15' };
    const lineList = [
      line('l-1', { ...data, turnoverGroupType: 'TURNOVER-GROUP-TYPE-REFUNDABLE-DEPOSIT' }),
      line('l-2', { ...data, priceType: 'PRICE-TYPE-GIFT-CARD' }),
      line('l-3', { ...data, turnoverGroup: 900 }),
      line('l-4', { ...data, turnoverGroupType: 'TURNOVER-GROUP-TYPE-TURNOVER', priceType: 'PRICE-TYPE-ARTICLE' }),
    ];
    const { lines } = receive('mpluskassa-order-in', 'order', read(orderShape, { ...order, lineList }));
    expect((lines as Document[]).map(({ kind }) => kind)).toEqual(['DEPOSIT', 'GIFT_CARD', 'SHIPPING', 'PRODUCT']);
  });

  it.each([
    ['summer', '<ns:isdst>true</ns:isdst><ns:timezone>120</ns:timezone>', '00:30', '+02:00'],
    ['winter', '<ns:isdst>false</ns:isdst><ns:timezone>60</ns:timezone>', '01:30', '+01:00'],
    ['summer, by its offset', '<ns:isdst>false</ns:isdst><ns:timezone>120</ns:timezone>', '00:30', '+02:00'],
    ['nothing', '<ns:isdst>false</ns:isdst><ns:timezone>0</ns:timezone>', '01:30', '+01:00'],
  ])('02:30 in the night that summer time ends, said as %s, is one moment', (_, said, utc, offset) => {
    const document = read(orderShape, order, (xml) =>
      xml.replace(/(<ns:entryTimestamp>.*?)<ns:isdst>.*?(<\/ns:entryTimestamp>)/s, `$1${said}$2`),
    );
    expect(receive('mpluskassa-order-in', 'order', document)).toMatchObject({
      placedAt: `2026-10-25T${utc}:00.000Z`,
      placedAtLocal: `2026-10-25T02:30:00${offset}`,
    });
  });

  it('that are invoiced or credited become documents of their own', () => {
    const invoice = { ...order, orderId: undefined, invoiceId: 'i-1', deliveryMethod: undefined, paymentMethod: undefined, prepaidAmount: undefined, deliveryState: undefined, cancelState: undefined, completeState: undefined, paidAmount: '0', paymentList: [], dueDate: '2026-11-08', state: 'INVOICE-STATE-OUTSTANDING' }; // prettier-ignore
    const sent = Object.fromEntries(Object.entries(invoice).filter(([, value]) => value !== undefined)) as Document;
    const map = (more: Document): Document =>
      receive('mpluskassa-invoice-in', 'invoice', read(invoiceShape, { ...sent, ...more }));
    expect(map({ invoiceType: 'INVOICE-TYPE-INVOICE' })).toMatchObject({
      type: 'INVOICE',
      status: 'OPEN',
      paymentStatus: 'UNPAID',
      fulfillmentStatus: 'FULFILLED',
      dueDate: '2026-11-08',
      lines: [
        { quantity: '0.35', quantityFulfilled: '0.35' },
        { quantity: '-1', quantityFulfilled: '-1' },
      ],
    });
    const credit = { invoiceType: 'INVOICE-TYPE-CREDIT-INVOICE', state: 'INVOICE-STATE-HANDLED' };
    expect(map({ ...credit, creditedInvoiceId: 'i-0' })).toMatchObject({ type: 'CREDIT_NOTE', status: 'COMPLETED', fulfillmentStatus: 'RETURNED', credits: 'i-0' }); // prettier-ignore
    const named = map({ orderIds: ['o-1', 'o-2'], extOrderIds: ['ord_7'] });
    expect(named).toMatchObject({ settles: ['o-1', 'o-2'], settlesMarked: ['ord_7'] });
    expect(map({})).not.toHaveProperty('credits');
  });
});

describe('relations', () => {
  const company = { relationNumber: '9', extRelationId: 'cus_9', active: true, name: 'Kade', companyName: 'Kade BV', contact: 'An Maes', email: 'info@kade.nl', address: 'Kade 1', zipcode: '9000', city: 'Gent', country: 'Belgique', deliveryAddress: 'Kaai 2', deliveryCity: 'Brugge', paymentWithinDays: 14, points: 3, contactList: [{ name: 'Bo', email: 'bo@kade.nl' }] }; // prettier-ignore

  it('with a company name become companies with their contacts, others persons', () => {
    expect(receive('mpluskassa-relation-in', 'relation', read(relationShape, company))).toMatchObject({
      hubId: 'cus_9',
      kind: 'COMPANY',
      companyName: 'Kade BV',
      fullName: null,
      email: 'info@kade.nl',
      paymentTerm: '14',
      paymentDays: 14,
      addresses: [
        { role: 'BILLING', company: 'Kade BV', line1: 'Kade 1', country: 'BE', countryText: 'Belgique' },
        { role: 'SHIPPING', line1: 'Kaai 2', city: 'Brugge' },
      ],
      contacts: [
        { fullName: 'An Maes', isPrimary: true },
        { fullName: 'Bo', email: 'bo@kade.nl', isPrimary: false },
      ],
    });
    const person = { relationNumber: '10', name: 'Jan', contact: 'Piet' };
    expect(receive('mpluskassa-relation-in', 'relation', read(relationShape, person))).toMatchObject({
      kind: 'PERSON',
      fullName: 'Jan',
      contacts: [],
    });
  });

  it('are written with a name whatever is known, and with the addresses that the till has room for', () => {
    const customer: Document = {
      id: 'cus_1',
      kind: 'COMPANY',
      companyName: 'Kade BV',
      email: 'info@kade.nl',
      primaryContact: { fullName: 'An' },
      billingAddress: { line1: 'Kade 1', country: 'NL' },
      shippingAddress: null,
      settings,
    };
    expect(documentIn(send('mpluskassa-customer-out', customer))).toMatchObject({
      extRelationId: 'cus_1',
      name: 'Kade BV',
      contact: 'An',
      active: true,
      address: 'Kade 1',
      country: 'Nederland',
      deliveryAddress: null,
    });
    const nameless = { id: 'cus_2', kind: 'PERSON', email: 'who@kade.nl', settings };
    expect(documentIn(send('mpluskassa-customer-out', nameless))).toMatchObject({ name: 'who@kade.nl' });
  });
});
