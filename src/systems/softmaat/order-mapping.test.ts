/** The default mappings of orders, with documents as they really come. */
import { describe, expect, it } from '@jest/globals';
import type { Document } from '../../base/document.js';
import type { MappedRecord } from '../../mapping/mapping.js';
import { mapped, run } from '../../../test/support/shop-fixture.js';

const address = { name: 'Luc Maes', street: 'Veldstraat', houseNumber: '12', addition: null, line2: null, postalCode: '9000', city: 'Gent', region: null, country: 'BE' }; // prettier-ignore

const row: Document = {
  id: 'o1', number: '500001', externalReference: null, debtorId: 'd1', contactId: null, status: 'confirmed', paymentStatus: 'partially_paid',
  placedAt: '2026-10-25T02:30:00+01:00', reference: 'Web 7', currency: 'EUR', pricesIncludeTax: true,
  paymentMethodCode: 'PIN', paymentTermCode: 'N14', shippingMethodCode: 'BPOST', billingAddress: address, shippingAddress: null,
  lines: [
    { id: 'l1', sku: 'A 1', description: 'Kaas', quantity: '0.35', unitPrice: '12.10', taxCode: 'BE6', taxRate: '6', discountAmount: '0.50', revenueAccount: '700000', warehouseCode: null, shippedQuantity: '0' },
    { id: 'l2', sku: 'B', description: null, quantity: '1', unitPrice: '-5.00', taxCode: 'BE21', taxRate: '21', discountAmount: '0.00', revenueAccount: null, warehouseCode: null, shippedQuantity: '0' },
  ],
  shippingCost: { amount: '4.95', taxCode: 'BE21' },
  totals: { excl: '3.51', tax: '0.22', incl: '3.73', taxes: [{ taxCode: 'BE21', rate: '21', base: '-0.04', amount: '-0.01' }, { taxCode: 'BE6', rate: '6', base: '3.52', amount: '0.22' }] },
  payments: [
    { id: 'p1', methodCode: 'IDEAL', amount: '5.00', paidAt: '2026-10-25T02:31:00Z', reference: 'tr_1' },
    { id: 'p2', methodCode: 'PIN', amount: '-1.27', paidAt: null, reference: 'koppel:mpluskassa:77' },
    { id: 'p3', methodCode: 'PIN', amount: '0.00', paidAt: null, reference: 'mollie:x' },
  ],
  note: null, updatedAt: '2026-10-25T02:31:00.000000Z', version: 3,
}; // prettier-ignore

describe('an order as Softmaat has it', () => {
  it('has no payments when it lists none', () => {
    expect(run('softmaat-order-in', { ...row, payments: [] }, 'update')).toMatchObject({
      cleared: expect.arrayContaining(['payments']) as unknown,
    });
  });

  it('is read with its shipping costs as a line, returns as negative quantities and products by SKU', () => {
    expect(mapped('softmaat-order-in', row)).toMatchObject({
      type: 'ORDER', number: '500001', customer: 'd1', currency: 'EUR', taxMethod: 'INCLUSIVE', taxCountry: 'BE',
      status: 'OPEN', fulfillmentStatus: 'UNFULFILLED', paymentStatus: 'PARTIALLY_PAID', shippingMethod: 'STANDARD', paymentMethod: 'CARD', paymentTerm: '14',
      placedAt: '2026-10-25T01:30:00.000Z', placedAtLocal: '2026-10-25T02:30:00+01:00',
      billingAddress: { street: 'Veldstraat', houseNumber: '12', city: 'Gent', country: 'BE' }, customerSnapshot: { name: 'Luc Maes' },
      lines: [
        { key: 'l1', kind: 'PRODUCT', variant: 'key:A 1', sku: 'A 1', quantity: '0.35', unitPrice: '12.1', discountAmount: '0.5', taxRate: '6' },
        { key: 'l2', variant: 'key:B', quantity: '-1', unitPrice: '5', taxRate: '21' },
        { key: 'shipping', kind: 'SHIPPING', quantity: '1', unitPrice: '4.95', taxRate: '21' },
      ],
      totalIncl: '3.73', taxes: [{ rate: '21', amount: '-0.01' }, { rate: '6', base: '3.52' }], paidAmount: '3.73',
      payments: [{ key: 'shop-2:p1', method: 'IDEAL', amount: '5', reference: 'tr_1' }, { key: 'mpluskassa:77', method: 'CARD', amount: '-1.27' }, { key: 'shop-2:p3', reference: 'mollie:x' }],
    }); // prettier-ignore
  });

  it.each([
    ['new', [], 'OPEN', 'UNFULFILLED'],
    ['partially_shipped', ['1'], 'OPEN', 'PARTIALLY_FULFILLED'],
    ['shipped', ['2'], 'OPEN', 'FULFILLED'],
    ['completed', ['2'], 'COMPLETED', 'FULFILLED'],
    ['cancelled', ['0'], 'CANCELLED', 'UNFULFILLED'],
    ['cancelled', ['1'], 'CANCELLED', 'PARTIALLY_FULFILLED'],
  ])('in state %s with %j shipped is %s and %s', (status, shipped, document, fulfillment) => {
    const lines = shipped.map((shippedQuantity, at) => ({ id: `l${at}`, sku: 'A', quantity: '2', unitPrice: '1', shippedQuantity }));
    expect(mapped('softmaat-order-in', { ...row, status, lines })).toMatchObject({ status: document, fulfillmentStatus: fulfillment });
  }); // prettier-ignore

  it('in a status that nobody has heard of is open, and that is counted', () => {
    const result = run('softmaat-order-in', { ...row, status: 'on_its_way' });
    expect(result).toMatchObject({ document: { status: 'OPEN', fulfillmentStatus: 'UNFULFILLED' } });
    expect(result.type === 'mapped' ? result.unmapped.map(({ list, value }) => `${list} ${value}`) : []).toEqual(
      expect.arrayContaining(['softmaat-order-status-in on_its_way', 'softmaat-fulfillment-status-in on_its_way']),
    );
  });

  it('says why it has no VAT, and of VAT that is shifted to the buyer that it is', () => {
    const line = (taxCode: string): Document => ({ id: taxCode, sku: 'A', quantity: '1', unitPrice: '1', taxCode, taxRate: '0' });
    const methodOf = (lines: readonly Document[], shippingCost: Document | null): unknown =>
      mapped('softmaat-order-in', { ...row, pricesIncludeTax: false, lines, shippingCost })['taxMethod'];
    const shifted = [line('NLREV'), { ...line('NLREV'), id: 'l2' }];
    expect(methodOf(shifted, null)).toBe('REVERSE_CHARGED');
    expect(methodOf(shifted, { amount: '5.00', taxCode: 'NLREV' })).toBe('REVERSE_CHARGED');
    expect(methodOf(shifted, { amount: '5.00', taxCode: 'NL21' })).toBe('EXCLUSIVE');
    expect(methodOf([...shifted, line('NL21')], null)).toBe('EXCLUSIVE');
    const lines = [line('NLREV'), line('NL0'), line('NLEXE')];
    expect(mapped('softmaat-order-in', { ...row, pricesIncludeTax: false, lines, shippingCost: null })).toMatchObject({
      taxMethod: 'EXCLUSIVE', taxCountry: 'NL',
      lines: [{ taxCategory: 'REVERSE_CHARGE' }, { taxCategory: 'ZERO_RATED' }, { taxCategory: 'EXEMPT' }],
    });
    expect(mapped('softmaat-order-in', row)).toMatchObject({ lines: [{ taxCategory: 'STANDARD' }, {}, {}] });
    expect(mapped('softmaat-order-in', { ...row, pricesIncludeTax: false })).toMatchObject({ taxMethod: 'EXCLUSIVE' });
  }); // prettier-ignore

  it('with the VAT of a country that nobody has entered is a problem that names the code', () => {
    const lines = [{ id: 'l1', sku: 'A', quantity: '1', unitPrice: '1', taxCode: 'ES21', taxRate: '21' }];
    const problems = [{ code: 'UNMAPPED_VALUE', list: 'softmaat-tax-country', value: 'ES21' }];
    expect(run('softmaat-order-in', { ...row, lines, shippingCost: null })).toMatchObject({ type: 'failed', problems });
  });

  it('is at the warehouse of its lines, when that is one', () => {
    const at = (...codes: readonly (string | null)[]): unknown => {
      const lines = codes.map((warehouseCode, index) => ({ id: `l${index}`, sku: 'A', quantity: '1', unitPrice: '1', warehouseCode }));
      return mapped('softmaat-order-in', { ...row, lines })['location'];
    };
    expect([at('SHOP-NL', null), at('SHOP-NL', 'SHOP-NL'), at('SHOP-NL', 'MAIN'), at(null)]).toEqual(['key:SHOP-NL', 'key:SHOP-NL', null, null]);
  }); // prettier-ignore

  it('has no line for shipping that costs nothing, and counts what it does not know as something else', () => {
    const lines = mapped('softmaat-order-in', { ...row, shippingCost: { amount: '0.00', taxCode: 'BE21' } })['lines'];
    expect((lines as Document[]).map(({ key }) => key)).toEqual(['l1', 'l2']);
    expect(mapped('softmaat-order-in', { ...row, paymentMethodCode: 'CRYPTO' })).toMatchObject({ paymentMethod: 'OTHER' });
  }); // prettier-ignore

  it('knows the order of the hub that it is by its reference', () => {
    expect(mapped('softmaat-order-in', { ...row, externalReference: 'ord_1' })).toMatchObject({ hubId: 'ord_1' });
  });
});

const order: Document = {
  id: 'ord_1', type: 'ORDER', number: '2025-7', status: 'OPEN', fulfillmentStatus: 'UNFULFILLED', paymentStatus: 'PAID', customer: 'cus_1',
  placedAt: '2025-03-01T10:00:00.000Z', currency: 'EUR', taxMethod: 'EXCLUSIVE', taxCountry: 'FR', paymentMethod: 'CARD', paymentTerm: '30', shippingMethod: 'STANDARD',
  billingAddress: { line1: '13 2e Avenue', city: 'Lille' },
  lines: [
    { key: 'a', kind: 'PRODUCT', variant: 'var_1', quantity: '2', unitPrice: '10', price: '9.99', discount: '0.02', taxRate: '5.5', quantityFulfilled: '1' },
    { key: 'b', kind: 'SHIPPING', quantity: '1', unitPrice: '5', price: '5', discount: '0', taxRate: '20' },
    { key: 'c', kind: 'TEXT', quantity: '1', unitPrice: '0', price: '0', discount: '0', description: 'Bedankt' },
    { key: 'd', kind: 'ROUNDING', quantity: '1', unitPrice: '0.01', price: '0.01', discount: '0', taxRate: '0' },
  ],
  shippingAmount: '5', shippingTaxRate: '20',
  payments: [{ key: 'mpluskassa:77', mark: 'koppel:mpluskassa:77', method: 'CARD', amount: '7.5', paidAt: '2025-03-01T10:00:00.000Z' }],
  usesDefaultCustomer: false, isSilent: false, customerIsCompany: true,
  settings: { country: 'FR', currency: 'EUR', defaultCustomer: '=d9', roundingArticle: '=ROUND' },
}; // prettier-ignore

describe('an order as Softmaat is given it', () => {
  it('has balanced prices, tax codes and accounts of its country, and its shipping costs apart', () => {
    const document = mapped('softmaat-order-out', order);
    expect(document).toMatchObject({
      externalReference: 'ord_1', debtorId: 'cus_1', contactId: 'cus_1', status: 'confirmed', paymentStatus: 'paid', reference: '2025-7',
      pricesIncludeTax: false, paymentMethodCode: 'PIN', paymentTermCode: 'N30', shippingMethodCode: 'COLISSIMO',
      billingAddress: { street: '13 2e Avenue', houseNumber: null, city: 'Lille', country: 'FR' },
      shippingCost: { amount: '5', taxCode: 'FR20' },
      payments: [{ methodCode: 'PIN', amount: '7.5', reference: 'koppel:mpluskassa:77' }],
    }); // prettier-ignore
    expect(document['lines']).toEqual([
      { sku: 'var_1', quantity: '2', unitPrice: '9.99', discountAmount: '0.02', taxCode: 'FR5', revenueAccount: '707000', shippedQuantity: '1' },
      { sku: '=ROUND', quantity: '1', unitPrice: '0.01', discountAmount: '0', taxCode: 'FR0', revenueAccount: '707000' },
    ]); // prettier-ignore
    expect(run('softmaat-order-out', { ...order, payments: [] }, 'update')).toMatchObject({
      cleared: expect.arrayContaining(['payments']) as unknown,
    });
    expect(document).not.toHaveProperty('silent');
    expect(mapped('softmaat-order-out', { ...order, isSilent: true })).toMatchObject({ silent: true });
    expect(mapped('softmaat-order-out', { ...order, isSilent: true }, 'update')).not.toHaveProperty('silent');
  });

  it.each([
    ['DRAFT', 'UNFULFILLED', 'new'],
    ['DRAFT', 'FULFILLED', 'shipped'],
    ['ON_HOLD', 'NOT_APPLICABLE', 'new'],
    ['OPEN', 'UNFULFILLED', 'confirmed'],
    ['OPEN', 'RETURNED', 'shipped'],
    ['OPEN', 'PARTIALLY_FULFILLED', 'partially_shipped'],
    ['PARTIALLY_CANCELLED', 'FULFILLED', 'shipped'],
    ['COMPLETED', 'FULFILLED', 'completed'],
    ['CANCELLED', 'PARTIALLY_FULFILLED', 'cancelled'],
  ])('puts %s and %s together to %s', (status, fulfillmentStatus, expected) => {
    expect(mapped('softmaat-order-out', { ...order, status, fulfillmentStatus })).toMatchObject({ status: expected });
  });

  it.each([
    ['NL', 'ZERO_RATED', 'NL0', '8020'],
    ['NL', 'REVERSE_CHARGE', 'NLREV', '8020'],
    ['BE', 'EXEMPT', 'BEEXE', '700000'],
    ['FR', 'EXPORT', 'FREXP', '707000'],
    ['DE', 'INTRA_COMMUNITY', 'DEICS', '8400'],
  ])('has in %s without VAT, because %s, the tax code %s and the account %s', (taxCountry, taxCategory, taxCode, revenueAccount) => {
    const lines = [{ key: 'a', variant: 'var_1', quantity: '1', unitPrice: '1', price: '1', taxRate: '0', taxCategory }];
    const more = { taxCountry, lines, shippingTaxRate: '0', shippingTaxCategory: taxCategory };
    expect(mapped('softmaat-order-out', { ...order, ...more })).toMatchObject({ lines: [{ taxCode, revenueAccount }], shippingCost: { taxCode } });
  }); // prettier-ignore

  it('is reserved and shipped where its branch is, and is a problem while nobody has said which warehouse that is', () => {
    expect(mapped('softmaat-order-out', { ...order, locationCode: '2' })).toMatchObject({
      lines: [{ warehouseCode: 'SHOP-NL' }, { warehouseCode: 'SHOP-NL' }],
    });
    expect(run('softmaat-order-out', { ...order, locationCode: '7' })).toMatchObject({
      type: 'failed',
      problems: [{ code: 'UNMAPPED_VALUE', list: 'softmaat-warehouse', value: '7' }, {}],
    });
  });

  it('has an address for bills with street and city only, and one for parcels with a street', () => {
    const addresses = (address: Document): unknown => {
      const { billingAddress, shippingAddress } = mapped('softmaat-order-out', { ...order, billingAddress: address, shippingAddress: address });
      return [billingAddress, shippingAddress];
    };
    const none = Object.fromEntries(['name', 'street', 'houseNumber', 'addition', 'line2', 'postalCode', 'city', 'region', 'country'].map((part) => [part, null]));
    expect(addresses({ name: 'Jan', city: 'Breda', country: 'NL' })).toEqual([none, none]);
    expect(addresses({ name: 'Jan', line1: 'Laan 1', country: 'BE' })).toEqual([none, { ...none, name: 'Jan', street: 'Laan 1', country: 'BE' }]);
    const whole = { ...none, name: 'Jan', street: 'Laan 1', city: 'Breda', country: 'FR' };
    expect(addresses({ name: 'Jan', line1: 'Laan 1', city: 'Breda' })).toEqual([whole, whole]);
    expect(addresses({ name: 'Jan', countryText: 'Westeros' })).toEqual([none, none]);
    const somewhere = { ...order, billingAddress: { line1: 'Laan 1', city: 'Breda', countryText: 'Westeros' } };
    expect(run('softmaat-order-out', somewhere)).toMatchObject({ type: 'failed', problems: [{ code: 'UNMAPPED_VALUE', list: 'softmaat-country', value: 'Westeros' }] });
  }); // prettier-ignore

  it('names the company of an address, and the person in the second line when that is free', () => {
    const namesOf = (address: Document): unknown => {
      const billingAddress = { line1: 'Laan 1', city: 'Breda', ...address };
      const { name, line2 } = mapped('softmaat-order-out', { ...order, billingAddress })['billingAddress'] as Document;
      return [name, line2];
    };
    expect(namesOf({ name: 'Jan', company: 'Acme BV' })).toEqual(['Acme BV', 'Jan']);
    expect(namesOf({ name: 'Jan', company: 'Acme BV', line2: 'Gebouw C' })).toEqual(['Acme BV', 'Gebouw C']);
    expect(namesOf({ name: 'Acme BV', company: 'Acme BV' })).toEqual(['Acme BV', null]);
    expect(namesOf({ name: 'Jan' })).toEqual(['Jan', null]);
  });

  it('goes to the default debtor without a contact when that stands in, and without shipping when there is none', () => {
    const document = mapped('softmaat-order-out', {
      ...order,
      usesDefaultCustomer: true,
      customer: null,
      shippingAmount: null,
      shippingTaxRate: null,
    });
    expect(document).toMatchObject({ debtorId: '=d9', shippingCost: { amount: null } });
    expect(document).not.toHaveProperty('contactId');
  });

  it('has no Belgian VAT of another country, but where shops with a branch in Belgium sell at it', () => {
    const at = (taxCountry: string, taxRate: string): MappedRecord => {
      const lines = [{ key: 'a', variant: 'var_1', quantity: '1', unitPrice: '1', price: '1', taxRate }];
      return run('softmaat-order-out', { ...order, taxCountry, lines, shippingAmount: null, shippingTaxRate: null });
    };
    for (const [country, rate] of [['SE', '6'], ['SE', '12'], ['PT', '6'], ['ES', '21']] as const) {
      const problems = [{ code: 'UNMAPPED_VALUE', list: 'softmaat-tax-code', value: rate, secondKey: country }];
      expect(at(country, rate)).toMatchObject({ type: 'failed', problems });
    }
    expect(at('NL', '6')).toMatchObject({ document: { lines: [{ taxCode: 'BE6' }] } });
    expect(at('BE', '12')).toMatchObject({ document: { lines: [{ taxCode: 'BE12' }] } });
  }); // prettier-ignore

  it('fails for a rate that has no tax code in its country, and not for an account that is missing', () => {
    const lines = [{ key: 'a', variant: 'var_1', quantity: '1', unitPrice: '1', price: '1', taxRate: '9' }];
    expect(run('softmaat-order-out', { ...order, lines })).toMatchObject({
      type: 'failed',
      problems: [{ code: 'UNMAPPED_VALUE', list: 'softmaat-tax-code' }],
    });
  });
});
