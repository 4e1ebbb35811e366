/** Which contact a record keeps that was told of one. */
import { describe, expect, it } from '@jest/globals';
import type { Document, Field } from '../base/document.js';
import { withToldContacts } from './told-contacts.js';

const fields: readonly Field[] = [
  { name: 'customerId', type: 'reference', entity: 'customer' },
  { name: 'personId', type: 'reference', entity: 'contact' },
  { name: 'note', type: 'text' },
];
const order: Document = { customerId: 'cus_1', personId: 'cus_1', note: 'x' };
const told: Document = { customerId: '7', personId: '70' };
const contactIn = (document: Document, wanted: Document | null, held: Document | null = wanted): unknown =>
  withToldContacts(document, fields, { wanted, held }, (part) => ({ ...part, customerId: '7' }))['personId'];

describe('the contact that an order was told of', () => {
  it('stays while the order is of the same customer', () => {
    expect(contactIn(order, told)).toBe('=70');
    expect(contactIn(order, told, null)).toBe('=70');
    expect(contactIn(order, { ...told, customerId: '8' })).toBe('cus_1');
  });

  it('is the present one where none was told, or none is there any more', () => {
    expect(contactIn(order, null)).toBe('cus_1');
    expect(contactIn(order, { ...told, personId: null })).toBe('cus_1');
    expect(contactIn(order, told, { ...told, personId: null })).toBe('cus_1');
  });

  it('goes when the order is to name none', () => {
    expect(contactIn({ ...order, personId: null }, told)).toBeNull();
  });
});
