import { describe, expect, it } from '@jest/globals';
import type { Document } from '../base/document.js';
import type { ConnectedSystem, Flow } from './configuration.js';
import { toFlowSettings } from './flow-settings.js';
import { toOrderDocument, type OrderInput, type OrderOutcome } from './order-document.js';

const totals = { level: 'line', mode: 'halfUp', priceDecimals: 2, quantityDecimals: 3, takesNegativeQuantity: false };
const system = { key: 'shop', name: 'Shop', connector: { orderTotals: totals } } as unknown as ConnectedSystem;
const line = { key: 'a', kind: 'PRODUCT', quantity: '1', unitPrice: '10', taxRate: '21' };
const order = { id: 'o1', type: 'ORDER', placedAt: '2025-03-01T10:00:00.000Z', currency: 'EUR', customer: 'c1' };

const startedAt = '2025-03-01T12:00:00.000Z';
const around = { isThere: false, situation: undefined, takesOrders: true, readsPast: false };

function made(
  fields: Document,
  settings: Document = {},
  origin?: string,
  isCustomerUnusable = false,
  more: Partial<OrderInput> = {},
): OrderOutcome {
  const flow = { startedAt, settings: toFlowSettings(settings) } as unknown as Flow;
  const document = { ...order, taxMethod: 'INCLUSIVE', lines: [line], ...fields };
  const source = { id: 'o1', isDeleted: false, document, originOf: () => origin };
  return toOrderDocument({ source, flow, system, isCustomerUnusable, ...around, ...more });
}

describe('the order as a target is given it', () => {
  it('turns a negative quantity round where the target takes none', () => {
    const lines = [line, { ...line, key: 'b', quantity: '-1', unitPrice: '4' }];
    expect(made({ lines, totalIncl: '6' })).toMatchObject({
      type: 'document',
      document: { lines: [{ quantity: '1', price: '10' }, { quantity: '1', price: '-4', unitPrice: '4' }] },
    }); // prettier-ignore
  });

  it('is silent when all its goods come back: they are neither reserved nor taken off the shelf', () => {
    const back = { ...line, quantity: '-1' };
    const shipping = { ...line, key: 's', kind: 'SHIPPING' };
    expect(made({ lines: [back, shipping], totalIncl: '0' })).toMatchObject({ document: { isSilent: true } });
    expect(made({ lines: [back, { ...line, key: 'b' }], totalIncl: '0' })).toMatchObject({
      document: { isSilent: false },
    });
    expect(made({ lines: [shipping] })).toMatchObject({ document: { isSilent: false } });
  });

  it('has the VAT of the country that it names, else of its branch, else of the shop', () => {
    const place = { locationCountry: 'BE' };
    expect(made({ taxCountry: 'FR', ...place })).toMatchObject({ document: { taxCountry: 'FR' } });
    expect(made({ taxCountry: null, ...place })).toMatchObject({ document: { taxCountry: 'BE' } });
    expect(made({ locationCountry: null })).toMatchObject({ document: { taxCountry: 'NL' } });
  });

  it('says why its lines have no VAT: for all of them when it is shifted to the buyer', () => {
    const shipping = { ...line, key: 's', kind: 'SHIPPING', taxCategory: 'EXEMPT' };
    const lines = [{ ...line, taxCategory: 'STANDARD' }, shipping];
    expect(made({ lines })).toMatchObject({
      document: { lines: [{ taxCategory: 'STANDARD' }, { taxCategory: 'EXEMPT' }], shippingTaxCategory: 'EXEMPT' },
    });
    expect(made({ lines, taxMethod: 'REVERSE_CHARGED' })).toMatchObject({
      document: { lines: [{ taxCategory: 'REVERSE_CHARGE' }, {}], shippingTaxCategory: 'REVERSE_CHARGE' },
    });
    const several = [...lines, { ...shipping, key: 't', taxCategory: 'EXPORT' }];
    expect(made({ lines: several })).toMatchObject({ document: { shippingTaxCategory: null } });
  });

  it('has no VAT on top of prices that have none, whatever rates its lines name', () => {
    const lines = [line, { ...line, key: 's', kind: 'SHIPPING' }];
    expect(made({ lines, taxMethod: 'NONE', totalIncl: '20' })).toMatchObject({
      document: { lines: [{ taxRate: '0', price: '10' }, { taxRate: '0' }], shippingTaxRate: '0' },
    });
  });

  it('gets a rounding line only where the flow has an article for it, else prices incl. VAT', () => {
    // 10.02 is 12.12 with VAT and 10.03 is 12.14: no price excl. VAT gives 12.13.
    const fields = { lines: [{ ...line, unitPrice: '10.025' }], totalIncl: '12.13', taxMethod: 'EXCLUSIVE' };
    const rounding = { kind: 'ROUNDING', key: 'rounding', quantity: '1', taxRate: '0' };
    expect(made(fields, { order: { roundingArticle: '9' } })).toMatchObject({
      document: { taxMethod: 'EXCLUSIVE', lines: [{ kind: 'PRODUCT' }, rounding] },
    });
    expect(made(fields)).toMatchObject({ document: { taxMethod: 'INCLUSIVE', lines: [{ price: '12.13' }] } });
  });

  it('is refused with the calculation when its total cannot come out', () => {
    const outcome = made({ totalIncl: '99' });
    expect(outcome).toMatchObject({ type: 'refused', error: { code: 'TOTALS_DIFFER' } });
    expect(outcome.type === 'refused' ? outcome.trace.length : 0).toBeGreaterThan(1);
  });

  describe('of which a part was cancelled', () => {
    const lines = [{ ...line, quantity: '3', quantityCancelled: '2', total: '30', description: 'Kaas', quantityFulfilled: '1' }, { ...line, key: 'b', quantity: '-2', quantityCancelled: '2' }];
    const completed = { lines, status: 'COMPLETED', fulfillmentStatus: 'FULFILLED' };

    it('says what is left where that is the total', () => {
      const outcome = made({ ...completed, totalIncl: '10' });
      expect(outcome).toMatchObject({ document: { lines: [{ key: 'a', quantity: '1', price: '10', quantityFulfilled: '1' }] } });
      expect(outcome.type === 'document' ? outcome.document['lines'] : []).toHaveLength(1);
      const back = made({ lines: [{ ...line, quantity: '-3', quantityCancelled: '-1' }], totalIncl: '-20' });
      expect(back).toMatchObject({ document: { lines: [{ quantity: '2', price: '-10' }] } });
    });

    it('is refused where the total still counts what was cancelled', () => {
      const counted = made({ ...completed, lines: lines.slice(0, 1), totalIncl: '30' });
      expect(counted).toMatchObject({ type: 'refused', error: { code: 'CANCELLED_COUNTED', path: 'lines', message: expect.stringContaining('2 × Kaas') } });
      expect(made({ ...completed, totalIncl: '99' })).toMatchObject({ type: 'refused', error: { code: 'TOTALS_DIFFER' } });
    });

    it('is left as it is when all of it was cancelled, or when the target stated its lines', () => {
      const cancelled = { lines: [{ ...line, quantity: '3', quantityCancelled: '3' }], status: 'CANCELLED', totalIncl: '30' };
      expect(made(cancelled)).toMatchObject({ document: { lines: [{ quantity: '3' }] } });
      expect(made({ ...completed, totalIncl: '99' }, {}, 'shop')).toMatchObject({ document: { lines: [{ quantity: '3' }, {}] } });
    });
  }); // prettier-ignore

  it('names no payment that the target has booked itself, and marks the others', () => {
    const payments = [{ key: 'shop:1' }, { key: 'shop2:1' }, { key: 'till:1' }];
    expect(made({ payments })).toMatchObject({
      document: { payments: [{ key: 'shop2:1', mark: 'koppel:shop2:1' }, { key: 'till:1' }] },
    });
  });

  it('is left as it is when the target stated its lines', () => {
    expect(made({ totalIncl: '99' }, {}, 'shop')).toMatchObject({
      type: 'document',
      document: { lines: [{ price: '10', discount: '0' }] },
    });
  });

  it('names the default customer, and then nobody else', () => {
    const settings = { order: { defaultCustomer: '99' } };
    const stands = { document: { usesDefaultCustomer: true, customer: null, customerIsCompany: false } };
    expect(made({ customer: null }, settings)).toMatchObject(stands);
    expect(made({}, settings, undefined, true)).toMatchObject(stands);
    expect(made({}, settings)).toMatchObject({ document: { usesDefaultCustomer: false, customer: 'c1' } });
    expect(made({ customer: null })).toMatchObject({ document: { usesDefaultCustomer: false } });
  });

  it('is left out when the flow takes no such documents, or only later ones', () => {
    expect(made({ type: 'CREDIT_NOTE' })).toMatchObject({ type: 'excluded' });
    expect(made({ type: 'INVOICE' }, { order: { types: ['ORDER', 'INVOICE'] } })).toMatchObject({ type: 'document' });
    expect(made({}, { startFrom: '2025-03-01T10:00:00.001Z' })).toMatchObject({ type: 'excluded' });
    expect(made({}, { startFrom: '2025-03-01T11:00:00+01:00' })).toMatchObject({ type: 'document' });
  });

  it('is of the past for a flow that starts now when the hub knew it before, or has the past read by another flow', () => {
    const since = (knownSince: string, more: Partial<OrderInput> = {}): OrderOutcome => {
      const situation = { knownSince, settles: [], invoicedThereAs: null };
      return made({}, { startFrom: 'now' }, undefined, false, { situation, ...more });
    };
    const [before, after] = ['2025-03-01T11:59:59.000Z', '2025-03-01T12:00:01.000Z'];
    expect(since(before)).toEqual({
      type: 'excluded',
      reason: `It is older than the start of the flow at ${startedAt}.`,
    });
    expect(since(after)).toMatchObject({ type: 'document' });
    expect(since(after, { readsPast: true })).toMatchObject({ type: 'excluded' });
    expect(since(before, { isThere: true })).toMatchObject({ type: 'document' });
  });
});
