import { describe, expect, it } from '@jest/globals';
import type { Document } from '../src/base/document.js';
import type { Projection } from '../src/store/projections.js';
import type { ConnectedSystem, Flow } from '../src/sync/configuration.js';
import { toFlowSettings } from '../src/sync/flow-settings.js';
import { planRow, type Plan } from '../src/sync/plan.js';
import { prepareDocument } from '../src/sync/prepare-document.js';
import { mpluskassa } from '../src/systems/mpluskassa/index.js';
import { documentIn, send, settings } from './support/sale-fixture.js';

const canonical: Document = {
  id: 'ord_1',
  type: 'ORDER',
  number: 'WEB-7',
  status: 'OPEN',
  fulfillmentStatus: 'PARTIALLY_FULFILLED',
  customer: 'cus_1',
  placedAt: '2026-10-25T01:30:00.000Z',
  documentDate: '2026-10-25',
  taxMethod: 'INCLUSIVE',
  taxCountry: 'BE',
  billingAddress: { name: 'An', line1: 'Meir 3', postalCode: '2000', city: 'Antwerpen', country: 'BE' },
  shippingMethod: 'EXPRESS',
  lines: [
    { key: '1', kind: 'PRODUCT', variant: 'var_1', description: 'Kaas', quantity: '0.35', price: '18.95', discount: '0.5', taxRate: '9' }, // prettier-ignore
    { key: '2', kind: 'SHIPPING', quantity: '1', price: '6.95', discount: '0', taxRate: '21' },
    { key: '3', kind: 'ROUNDING', quantity: '1', price: '-0.01', discount: '0', taxRate: '0' },
    { key: '4', kind: 'TEXT', quantity: '1', price: '0', description: 'Met een kaartje' },
  ],
  deliveries: [{ key: '1', quantity: '0.1' }],
  payments: [{ key: 'softmaat:1', mark: 'koppel:softmaat:1', method: 'PAYPAL', amount: '5' }],
  usesDefaultCustomer: false,
  settings,
};

describe('orders for the till', () => {
  it('name articles, exactly one price, codes of the till, and what is paid and delivered', () => {
    expect(documentIn(send('mpluskassa-order-out', canonical))).toEqual({
      extOrderId: 'ord_1',
      orderType: 'ORDER-TYPE-EXTERNAL-SALES-ORDER',
      documentType: 'ORDER',
      relationNumber: 'cus_1',
      reference: 'WEB-7',
      employeeNumber: '999999',
      financialBranchNumber: '2',
      entryBranchNumber: '2',
      entryTimestamp: '2026-10-25T01:30:00.000Z',
      financialDate: '2026-10-25',
      vatMethod: 'VAT-METHOD-INCLUSIVE',
      vatCountryIso3: 'BEL',
      invoiceAddress: { name: 'An', companyName: null, address: 'Meir 3', zipcode: '2000', city: 'Antwerpen', country: 'België' }, // prettier-ignore
      deliveryAddress: { name: null, companyName: null, address: null, zipcode: null, city: null, country: null },
      deliveryMethod: 'KOERIER',
      deliveryDate: null,
      lineList: [
        { tempId: '1', articleNumber: 'var_1', text: 'Kaas', data: { quantity: '0.35', price: '18.95', discountAmount: '0.5', vatCode: '2' } }, // prettier-ignore
        { tempId: '2', articleNumber: '=900001', data: { quantity: '1', price: '6.95', discountAmount: '0', vatCode: '1' } }, // prettier-ignore
        { tempId: '3', articleNumber: '=900002', data: { quantity: '1', price: '-0.01', discountAmount: '0', vatCode: '3' } }, // prettier-ignore
      ],
      payments: [{ key: 'koppel:softmaat:1', method: 'ONLINE', amount: '5' }],
      deliveries: [{ key: '1', quantity: '0.1' }],
    });
  });

  it('say prices without VAT for companies, states that were reached, and nothing that is fixed when they are updated', () => {
    const mapped = send('mpluskassa-order-out', { ...canonical, taxMethod: 'EXCLUSIVE', status: 'CANCELLED', fulfillmentStatus: 'FULFILLED' }, 'update'); // prettier-ignore
    const document = documentIn(mapped);
    expect(document).toMatchObject({
      vatMethod: 'VAT-METHOD-EXCLUSIVE',
      deliveryState: 'ORDER-DELIVERY-STATE-COMPLETE',
      cancelState: 'ORDER-CANCEL-STATE-COMPLETE',
    });
    expect((document['lineList'] as Document[])[0]).toMatchObject({ data: { priceExcl: '18.95', discountAmountExcl: '0.5' } }); // prettier-ignore
    expect(JSON.stringify(document['lineList'])).not.toContain('"price"');
    for (const fixed of ['extOrderId', 'employeeNumber', 'entryTimestamp']) expect(document).not.toHaveProperty(fixed);
  });

  it('have the VAT code of why there is no VAT, and none where the method of the order says so', () => {
    const [first = {}] = canonical['lines'] as Document[];
    const codeOf = (line: Document, more: Document = {}): unknown => {
      const document = documentIn(send('mpluskassa-order-out', { ...canonical, lines: [{ ...first, ...line }], ...more }));
      return ((document['lineList'] as Document[])[0]!['data'] as Document)['vatCode'];
    };
    expect(codeOf({ taxRate: '0', taxCategory: 'ZERO_RATED' })).toBe('3');
    expect(codeOf({ taxRate: '6', taxCategory: 'STANDARD' })).toBe('4');
    expect([codeOf({ taxRate: '20' }, { taxCountry: 'FR' }), codeOf({ taxRate: '12' }, { taxCountry: 'BE' })]).toEqual(['1', '2']);
    expect(codeOf({ taxRate: '0', taxCategory: 'REVERSE_CHARGE' }, { taxMethod: 'REVERSE_CHARGED' })).toBeUndefined();
    expect(codeOf({ taxRate: '0' }, { taxMethod: 'NONE' })).toBeUndefined();
    const exported = [{ ...first, taxRate: '0', taxCategory: 'EXPORT' }];
    expect(send('mpluskassa-order-out', { ...canonical, lines: exported })).toMatchObject({
      type: 'failed',
      problems: [{ code: 'UNMAPPED_VALUE', list: 'mpluskassa-vat-code', value: 'EXPORT' }],
    });
  }); // prettier-ignore

  it('have the VAT of another country only by the codes that somebody has entered for it', () => {
    const [first = {}] = canonical['lines'] as Document[];
    const spanish = { ...canonical, taxCountry: 'ES', lines: [{ ...first, taxRate: '21' }] };
    expect(send('mpluskassa-order-out', spanish)).toMatchObject({
      type: 'failed',
      problems: [{ code: 'UNMAPPED_VALUE', list: 'mpluskassa-vat-code', value: '21', secondKey: 'ES' }],
    });
    const entries = { 'mpluskassa-vat-code': [{ from: '21', secondKey: 'ES', to: '11' }] };
    expect(documentIn(send('mpluskassa-order-out', spanish, 'create', entries))).toMatchObject({
      vatCountryIso3: 'ESP',
      lineList: [{ data: { vatCode: '11' } }],
    });
  });

  it('are booked at the branch of the settings, else at the one that is their warehouse', () => {
    const branches = [{ from: 'SHOP-FR', to: '3' }];
    const at = (more: Document): unknown =>
      documentIn(send('mpluskassa-order-out', { ...canonical, locationCode: 'SHOP-FR', ...more }, 'create', { 'mpluskassa-branch': branches }))['financialBranchNumber'];
    expect(at({})).toBe('2');
    const { branch: _, ...free } = settings;
    expect(at({ settings: free })).toBe('3');
  }); // prettier-ignore

  it('use the default customer, and are refused for a rate that the till has no code for', () => {
    const standIn = { ...canonical, usesDefaultCustomer: true, settings: { ...settings, defaultCustomer: '=900000' } };
    expect(documentIn(send('mpluskassa-order-out', standIn))).toMatchObject({ relationNumber: '=900000' });
    const strange = [{ ...(canonical['lines'] as Document[])[0], taxRate: '13' }];
    expect(send('mpluskassa-order-out', { ...canonical, lines: strange })).toMatchObject({
      type: 'failed',
      problems: [{ code: 'UNMAPPED_VALUE', list: 'mpluskassa-vat-code' }],
    });
  });

  it('are refused for want of an article that stands for shipping costs, unless there are none', () => {
    expect(planned({})).toMatchObject({
      type: 'parked',
      error: {
        code: 'SHIPPING_ARTICLE_MISSING',
        message: expect.stringContaining('MplusKASSA'),
        hint: expect.stringContaining('order.shippingArticle'),
        path: 'lineList.1.articleNumber',
        sourcePath: 'settings.shippingArticle',
      },
    });
    expect(planned({ shippingArticle: '900001' })).toMatchObject({ type: 'write' });
    expect(planned({}, '0')).toMatchObject({ type: 'write' });
    expect(planned({}, '6.95', '13')).toMatchObject({ type: 'parked', error: { code: 'UNMAPPED_VALUE' } });
  });
});

/** What becomes of an order of one article and shipping costs, with these settings of its flow. */
function planned(order: Document, shipping = '6.95', taxRate = '21'): Plan {
  const [first, second] = canonical['lines'] as Document[];
  const lines = [
    { ...first, unitPrice: '18.95', taxRate },
    { ...second, unitPrice: shipping },
  ];
  const prepared = prepareDocument({
    entity: 'order',
    source: { id: 'ord_1', isDeleted: false, document: { ...canonical, lines }, originOf: () => undefined },
    flow: { settings: toFlowSettings({ order }) } as Flow,
    system: { key: 'till', name: mpluskassa.name, connector: mpluskassa, settings: {} as Document } as ConnectedSystem,
    counts: () => true,
    isCustomerUnusable: false,
    isThere: false,
    situation: undefined,
    takesOrders: true,
    readsPast: false,
  });
  if (prepared.type !== 'document') throw new Error(JSON.stringify(prepared));
  return planRow({
    row: { wanted: null, held: null, drifted: [] as string[] } as unknown as Projection,
    system: mpluskassa.name,
    mapped: send('mpluskassa-order-out', prepared.document),
    isDeleted: false,
    isFromTarget: false,
    notOurs: { ofTarget: new Set(), contested: new Set(), unstated: new Set() },
    movedBack: new Set(),
    reference: undefined,
    referenceOf: (entity) => ({ externalId: entity, key: entity }),
    fields: mpluskassa.catalogue.find(({ record }) => record === 'order')!.fields,
    createOnly: new Set(),
    settings: { createMissing: true, updateExisting: true },
    hasUniqueKey: true,
  });
}
