/** The sales side of the scripted shop: customers with a mark, contacts under companies, orders whose status only advances. */
import type { Document, Field, RecordCatalogue } from '../../src/base/document.js';
import type { ProjectedEntity } from '../../src/canonical/entities.js';
import type { MappingDefinition } from '../../src/mapping/mapping.js';
import type { Sought, TargetRecord, TotalsRule } from '../../src/systems/system.js';

const text = (name: string, rest: Partial<Field> = {}): Field => ({ name, type: 'text', ...rest });
const version: Field = { name: 'version', type: 'integer', onCreate: false, onUpdate: false };
const customer: Field = { name: 'customerId', type: 'reference', entity: 'customer' };

export const salesCatalogue: readonly RecordCatalogue[] = [
  {
    record: 'customer',
    fields: [text('mark'), text('name', { required: true }), text('email', { maxLength: 60 }), text('kind'), text('phone'), text('vat'), text('memo'), text('parcels'), { name: 'blocked', type: 'boolean' }, version],
  },
  { record: 'contact', fields: [customer, text('name'), text('email'), version] },
  {
    record: 'order',
    fields: [
      text('mark'),
      customer,
      { name: 'contactId', type: 'reference', entity: 'contact' },
      text('status', { values: ['DRAFT', 'OPEN', 'ON_HOLD', 'COMPLETED', 'CANCELLED'], advances: true }),
      text('payment'),
      text('channel'),
      text('pays'),
      { name: 'silent', type: 'boolean' },
      { name: 'shipping', type: 'decimal' },
      {
        name: 'lines', type: 'object', list: true,
        fields: [
          { name: 'sku', type: 'reference', entity: 'variant', use: 'key' },
          { name: 'quantity', type: 'decimal' }, { name: 'price', type: 'decimal' }, { name: 'discount', type: 'decimal' },
        ],
      },
      version,
    ],
  },
]; // prettier-ignore

const out = { direction: 'outbound', connector: 'shop' } as const;

export const salesMappings: readonly MappingDefinition[] = [
  {
    ...out, key: 'shop-customer-out', record: 'customer', entity: 'customer',
    rules: [
      { kind: 'copy', source: 'id', target: 'mark' },
      {
        kind: 'condition', target: 'name',
        rows: [{ when: { field: 'kind', is: 'eq', value: 'COMPANY' }, then: { copy: 'companyName' } }],
        otherwise: { copy: 'fullName' },
      },
      { kind: 'copy', source: 'email', target: 'email' },
      { kind: 'copy', source: 'kind', target: 'kind' },
      { kind: 'copy', source: 'phone', target: 'phone' },
      { kind: 'copy', source: 'vatNumber', target: 'vat', whenEmpty: 'clear' },
      { kind: 'copy', source: 'note', target: 'memo', whenEmpty: 'clear' },
      { kind: 'copy', source: 'shippingAddress.line1', target: 'parcels', whenEmpty: 'clear' },
      { kind: 'copy', source: 'isBlocked', target: 'blocked' },
    ],
  },
  {
    ...out, key: 'shop-contact-out', record: 'contact', entity: 'contact',
    rules: [
      { kind: 'copy', source: 'customer', target: 'customerId' },
      { kind: 'copy', source: 'fullName', target: 'name' },
      { kind: 'copy', source: 'email', target: 'email' },
    ],
  },
  {
    ...out, key: 'shop-order-out', record: 'order', entity: 'order',
    rules: [
      { kind: 'copy', source: 'id', target: 'mark' },
      {
        kind: 'condition', target: 'customerId',
        rows: [{ when: { field: 'usesDefaultCustomer', is: 'true' }, then: { copy: 'settings.defaultCustomer' } }],
        otherwise: { copy: 'customer' },
      },
      {
        kind: 'condition', target: 'contactId',
        rows: [{ when: { field: 'customerIsCompany', is: 'true' }, then: { copy: 'customer' } }],
      },
      { kind: 'copy', source: 'status', target: 'status' },
      { kind: 'copy', source: 'paymentStatus', target: 'payment' },
      { kind: 'constant', value: 'web', target: 'channel' },
      { kind: 'valueList', source: 'paymentMethod', target: 'pays', list: 'pays' },
      { kind: 'copy', source: 'isSilent', target: 'silent' },
      { kind: 'copy', source: 'shippingAmount', target: 'shipping' },
      {
        kind: 'list', source: 'lines', target: 'lines', includeWhen: { field: 'kind', is: 'ne', value: 'SHIPPING' },
        rules: [
          { kind: 'copy', source: 'variant', target: 'sku' },
          { kind: 'copy', source: 'quantity', target: 'quantity' },
          { kind: 'copy', source: 'price', target: 'price' },
          { kind: 'copy', source: 'discount', target: 'discount' },
        ],
      },
    ],
  },
]; // prettier-ignore

export const salesTargets: readonly TargetRecord[] = [
  {
    entity: 'customer', record: 'customer', batch: 1, uniqueKey: false, mark: 'mark', matchBy: ['email'],
    kindOf: ({ kind }) => (kind === 'COMPANY' ? 'company' : 'person'),
  },
  { entity: 'contact', record: 'contact', batch: 1, uniqueKey: false, knownBy: [['email'], ['name']] },
  { entity: 'order', record: 'order', batch: 1, uniqueKey: true, mark: 'mark' },
]; // prettier-ignore

export const shopTotals: TotalsRule = {
  level: 'line',
  mode: 'halfUp',
  priceDecimals: 2,
  quantityDecimals: 3,
  takesNegativeQuantity: true,
};

/** Whether the shop's own search gives this record: as shops do, by parts of an e-mail address, and anything for none. */
export function isFound(
  entity: ProjectedEntity,
  { document, by = 'match' }: Pick<Sought, 'document' | 'by'>,
  held: Document,
): boolean {
  if (by === 'mark') return held['mark'] !== undefined && held['mark'] === document['mark'];
  if (entity !== 'customer') return keyOf(held) === keyOf(document);
  const asked = String(document['email'] ?? '').trim();
  return String(held['email'] ?? '')
    .toLowerCase()
    .includes(asked.toLowerCase());
}

export function keyOf(document: Document): string {
  const key = document['sku'] ?? document['code'] ?? document['mark'];
  return String(key ?? `${String(document['customerId'])} ${String(document['name'])}`);
}
