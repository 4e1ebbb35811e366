import { describe, expect, it } from '@jest/globals';
import type { Document } from '../base/document.js';
import type { ProjectedEntity } from '../canonical/entities.js';
import { mpluskassa } from '../systems/mpluskassa/index.js';
import { softmaat } from '../systems/softmaat/index.js';
import type { Connector } from '../systems/system.js';
import type { ConnectedSystem, Flow } from './configuration.js';
import { toFlowSettings } from './flow-settings.js';
import type { OrderOutcome } from './order-document.js';
import { prepareDocument } from './prepare-document.js';

interface Around {
  readonly settings?: Document;
  readonly connector?: Connector;
  /** Where each field comes from; the shop when not given. */
  readonly origins?: Readonly<Record<string, string>>;
  readonly flow?: Document;
  readonly isThere?: boolean;
  readonly isDeleted?: boolean;
}

function told(entity: ProjectedEntity, document: Document, around: Around = {}): OrderOutcome {
  const { settings = {}, connector = mpluskassa, origins = {}, flow = {}, isThere = false, isDeleted = false } = around;
  return prepareDocument({
    entity,
    source: { id: 'r1', isDeleted, document, originOf: (path) => origins[path] ?? 'shop' },
    flow: { startedAt: '2025-03-01T12:00:00Z', settings: toFlowSettings(flow) } as unknown as Flow,
    system: { key: 'till', name: 'Till', connector, settings } as unknown as ConnectedSystem,
    counts: () => false,
    isCustomerUnusable: false,
    isThere,
    situation: undefined,
    takesOrders: true,
    readsPast: true,
  });
}

const order = (currency: string | null, more: Document = {}): Document => ({
  type: 'ORDER', number: 'W-7', currency, taxMethod: 'INCLUSIVE', totalIncl: '100',
  lines: [{ key: 'a', kind: 'PRODUCT', quantity: '1', unitPrice: '100', taxRate: '21' }], ...more,
}); // prettier-ignore
const product = (...prices: readonly Document[]): Document => ({ name: 'Vest', variants: prices });
const codeOf = (outcome: OrderOutcome): string => (outcome.type === 'refused' ? outcome.error.code : outcome.type);

describe('amounts for a till, whose records name no currency', () => {
  it('are not written when they are in another one: of orders and of invoices', () => {
    const outcome = told('order', order('USD'));
    expect(outcome).toMatchObject({
      error: { class: 'data', path: 'currency', sourcePath: 'currency', value: 'USD' },
    });
    expect(String(outcome.type === 'refused' && outcome.error.message)).toBe(
      'The amounts of W-7 are in USD, and those of Till are in EUR only: nothing of it was written there.',
    );
    expect(codeOf(told('order', order('JPY'), { isThere: true }))).toBe('CURRENCY_DIFFERS');
    const types = { order: { types: ['ORDER', 'INVOICE'] } };
    expect(codeOf(told('order', order('USD', { type: 'INVOICE' }), { flow: types }))).toBe('CURRENCY_DIFFERS');
    expect(codeOf(told('order', order('USD', { type: 'INVOICE' })))).toBe('excluded');
    expect(codeOf(told('order', order('EUR')))).toBe('document');
  });

  it('are in the currency that the settings of the till say', () => {
    const settings = { currency: 'USD' };
    expect(codeOf(told('order', order('USD'), { settings }))).toBe('document');
    expect(codeOf(told('order', order('EUR'), { settings }))).toBe('CURRENCY_DIFFERS');
  });

  it('are not written of prices of products either', () => {
    const pound = { priceAmount: '10', priceCurrency: 'GBP' };
    const euro = { priceAmount: '10', priceCurrency: 'EUR' };
    expect(told('product', product(euro, pound))).toMatchObject({ error: { path: 'variants.1.priceCurrency' } });
    expect(codeOf(told('product', product(euro, pound)))).toBe('CURRENCY_DIFFERS');
    expect(codeOf(told('product', product({ ...pound, priceAmount: null, purchasePrice: '4' })))).toBe(
      'CURRENCY_DIFFERS',
    );
    expect(codeOf(told('product', product(euro, euro)))).toBe('document');
    expect(codeOf(told('variant', pound))).toBe('CURRENCY_DIFFERS');
  });

  it('may be unsaid, of no amount, or those that the till itself has said', () => {
    expect(codeOf(told('order', order(null)))).toBe('document');
    expect(codeOf(told('product', product({ priceAmount: '10', priceCurrency: null })))).toBe('document');
    expect(codeOf(told('product', product({ priceAmount: null, priceCurrency: 'GBP' })))).toBe('document');
    expect(codeOf(told('category', { name: 'Hats' }))).toBe('document');
    const own = { currency: 'till', 'variants.priceAmount': 'till', 'variants.purchasePrice': 'till' };
    expect(codeOf(told('order', order('GBP'), { origins: own }))).toBe('document');
    const priced = product({ priceAmount: '10', priceCurrency: 'GBP' });
    expect(codeOf(told('product', priced, { origins: own }))).toBe('document');
  });

  it('are no problem of what is not written anyway', () => {
    const priced = product({ priceAmount: '10', priceCurrency: 'GBP' });
    expect(codeOf(told('product', priced, { isDeleted: true }))).toBe('document');
    expect(codeOf(told('product', priced, { origins: { '*': 'till' } }))).toBe('document');
    expect(codeOf(told('product', priced, { isThere: true, flow: { updateExisting: false } }))).toBe('document');
    expect(codeOf(told('product', priced, { isThere: true, isDeleted: true }))).toBe('CURRENCY_DIFFERS');
  });

  it('are told to a system whose records name it', () => {
    expect(codeOf(told('order', order('USD'), { connector: softmaat }))).toBe('document');
  });
});
