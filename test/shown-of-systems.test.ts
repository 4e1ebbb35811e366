/** What a copy that was found long after it was made says of ours, by the default mappings of both systems. */
import { expect, it } from '@jest/globals';
import type { Document } from '../src/base/document.js';
import { inboundCatalogue } from '../src/canonical/entities.js';
import { makeShownBy } from '../src/cdc/shown.js';
import { compileMapping } from '../src/mapping/compile.js';
import type { Configuration, ConfigurationSource } from '../src/sync/configuration.js';
import type { Connector } from '../src/systems/system.js';
import { mpluskassa } from '../src/systems/mpluskassa/index.js';
import { softmaat } from '../src/systems/softmaat/index.js';

function configurationOf(connector: Connector, record = 'order'): ConfigurationSource {
  const isMeant = (each: { readonly record: string }): boolean => each.record === record;
  const definition = connector.defaultMappings.find((each) => each.direction === 'inbound' && isMeant(each))!;
  const source = connector.catalogue.find(isMeant)!;
  const target = inboundCatalogue.find((each) => each.record === definition.entity)!;
  const result = compileMapping(definition, { source, target, valueLists: connector.defaultValueLists });
  if (result.type === 'invalid') throw new Error(JSON.stringify(result.problems));
  const { mapping: compiled } = result;
  const current = {
    systems: new Map([['it', { connector, settings: {} }]]),
    flows: [],
    fieldOwners: [],
    inbound: () => ({ compiled }),
  } as unknown as Configuration;
  return { current: () => current } as ConfigurationSource;
}

const shop: Document = {
  externalReference: 'ord_1', debtorId: 'd', currency: 'EUR', pricesIncludeTax: true, placedAt: '2026-03-01T10:00:00Z', status: 'confirmed',
  lines: [{ sku: '1', quantity: '2', unitPrice: '5.00', taxCode: 'NL21' }],
}; // prettier-ignore
const inShop: Document = {
  ...shop, lines: [{ id: 'l', sku: '1', quantity: '2', unitPrice: '5.00', taxCode: 'NL21' }], id: 'o', number: '7', paymentStatus: 'open', payments: [], totals: { excl: '8.26', tax: '1.74', incl: '10.00', taxes: [] },
}; // prettier-ignore
const till: Document = {
  extOrderId: 'ord_1', relationNumber: '3', orderType: 'ORDER-TYPE-SALES-ORDER', vatMethod: 'VAT-METHOD-INCLUSIVE',
  entryTimestamp: '2026-03-01T10:00:00Z',
  lineList: [{ lineId: 'l', articleNumber: '1', data: { quantity: '2', price: '5.00' } }],
}; // prettier-ignore
const inTill: Document = {
  ...till, orderId: 'o', cancelState: 'ORDER-CANCEL-STATE-NOTHING', completeState: 'ORDER-COMPLETE-STATE-NOTHING',
  deliveryState: 'ORDER-DELIVERY-STATE-NOTHING', payments: [],
}; // prettier-ignore

const written = { system: 'it', record: 'order', entity: 'order', externalId: '7' } as const;

const inShopLines = (shippedQuantity: string): Document => ({
  status: shippedQuantity === '2' ? 'shipped' : 'partially_shipped',
  lines: [{ ...(inShop['lines'] as readonly Document[])[0], shippedQuantity }],
});

it.each<[string, Connector, Document, Document, Document, string]>([
  [
    'softmaat',
    softmaat,
    { ...shop, lines: [{ sku: '1', quantity: '2', unitPrice: '5.00', taxCode: 'NL21' }] },
    inShop,
    inShopLines('1'),
    'fulfillmentStatus',
  ],
  ['softmaat', softmaat, shop, inShop, inShopLines('2'), 'fulfillmentStatus'],
  ['softmaat', softmaat, shop, inShop, { status: 'cancelled' }, 'status'],
  ['mpluskassa', mpluskassa, till, inTill, { cancelState: 'ORDER-CANCEL-STATE-COMPLETE' }, 'status'],
  ['mpluskassa', mpluskassa, till, inTill, { deliveryState: 'ORDER-DELIVERY-STATE-COMPLETE' }, 'fulfillmentStatus'],
])('a copy in %s: what people did with it before it was found is not ours', (_, connector, sent, held, edit, field) => {
  const shownBy = makeShownBy(configurationOf(connector));
  const ours = (document: Document): Document | undefined =>
    shownBy({ ...written, document, changed: null, sent, before: null })[0]?.statement.now;
  expect(Object.keys(ours(held) ?? {})).toContain(field);
  expect(Object.keys(ours({ ...held, ...edit }) ?? {})).not.toContain(field);
  expect(ours({ ...held, ...edit })).not.toEqual({});
});

it('lines that we changed: what people sent of them before that was known is not ours', () => {
  const shownBy = makeShownBy(configurationOf(softmaat));
  const lines = [{ sku: '1', quantity: '3', unitPrice: '5.00', taxCode: 'NL21' }];
  const before = { ...shop, paymentStatus: 'open' };
  const document: Document = {
    ...inShop,
    status: 'partially_shipped',
    lines: [{ id: 'l', ...lines[0], shippedQuantity: '2' }],
  };
  const write = { ...written, document, changed: ['lines'], sent: { ...before, lines }, before };
  const now = shownBy(write)[0]?.statement.now;
  expect(now).toBeDefined();
  expect(Object.keys(now ?? {})).not.toContain('deliveries');
  expect(Object.keys(now ?? {})).not.toContain('fulfillmentStatus');
});

it('lines of which it cannot be told what they were: what people paid there meanwhile is not ours', () => {
  const shownBy = makeShownBy(configurationOf(mpluskassa));
  const [line] = till['lineList'] as readonly Document[];
  // The image of lines that somebody added has no ids of theirs.
  const before = { ...till, lineList: [line ?? {}, { articleNumber: '2', data: { quantity: '1', price: '3.00' } }] };
  const payment = { id: 'p', key: 'p', method: 'PIN', amount: '10.00', paidAt: '2026-03-01T11:00:00Z' };
  const document = { ...inTill, payments: [payment] };
  const [shown] = shownBy({ ...written, document, changed: ['lineList'], sent: till, before });
  expect(shown?.statement).toEqual({ now: {}, before: {} });
  const [made] = shownBy({ ...written, document, changed: null, sent: till, before: null });
  expect(made?.statement.now['payments'] ?? []).toEqual([]);
});

it('what somebody has changed of a relation between our write and the look after it is not ours', () => {
  const shownBy = makeShownBy(configurationOf(mpluskassa, 'relation'));
  const before: Document = {
    relationNumber: '3',
    name: 'Anna Bos',
    email: 'anna@example.com',
    telephone: '030 1',
    city: 'Delft',
  };
  const sent: Document = { ...before, telephone: '030 2', city: 'Gouda' };
  const write = {
    ...written,
    record: 'relation',
    entity: 'customer',
    externalId: '3',
    changed: ['telephone', 'city'],
    sent,
    before,
  } as const;
  const left = (found: Document, mayHoldEdits: boolean): Document | undefined =>
    shownBy({ ...write, document: { ...sent, ...found }, mayHoldEdits })[0]?.statement.now;
  const ours = left({}, true)!;
  expect(ours).toMatchObject({ phone: '030 2', addresses: [{ city: 'Gouda' }] });
  expect(left({ telephone: '030 9' }, true)).toEqual(ours);
  expect(left({ city: 'Breda' }, true)).toEqual(ours);
  expect(left({ telephone: '030 9' }, false)).toMatchObject({ phone: '030 9' });
});

it('a contact that we have written is what his company shows of him', () => {
  const shownBy = makeShownBy(configurationOf(softmaat, 'debtor'));
  const before: Document = { debtorId: '7', lastName: 'Vos', firstName: 'Jan', phone: '1', primary: true };
  const document = { ...before, id: 'k', phone: '2', updatedAt: '2026-03-01T10:00:00Z', version: 2 };
  const sent: Document = { ...before, phone: '2' };
  const write = { ...written, record: 'contact', entity: 'contact', externalId: 'k', document, sent, before } as const;
  const person = { fullName: 'Jan Vos', isPrimary: true };
  expect(shownBy({ ...write, changed: ['phone'] })).toMatchObject([
    { entity: 'customer', externalId: '7', contact: { now: { ...person, phone: '2' }, before: { ...person, phone: '1' } } },
  ]); // prettier-ignore
  expect(shownBy({ ...write, changed: null })[0]?.contact).toMatchObject({ now: { phone: '2' }, before: null });
  // Somebody has changed him between our write, whose answer was lost, and the look after it.
  const since = { ...write, changed: ['phone'], document: { ...document, phone: '9' }, mayHoldEdits: true };
  expect(shownBy(since)[0]?.contact?.now).toMatchObject({ phone: '2' });
});
