/** What connectors say is personal, of whole records: nothing of the person is left, all that the books need is. */
import { describe, expect, it } from '@jest/globals';
import type { Document } from '../src/base/document.js';
import { connectors } from '../src/systems/connectors.js';

const personalOf = (kind: string) => connectors.find((each) => each.kind === kind)!.personal;
const till = { name: 'Vos', address: 'Laan 1', city: 'Gouda', country: 'NL' };

describe('records of the till', () => {
  const { customerOf, withoutPerson } = personalOf('mpluskassa');
  const order: Document = {
    orderId: '7', relationNumber: '12', relationName: 'Vos', relationVatNumber: 'Vos1', reference: 'Vos', totalInclAmount: '9.99',
    invoiceAddress: till, deliveryAddress: { ...till, country: '' }, lineList: [{ text: 'Cheese' }],
    paymentList: [{ amount: '9.99', externalReference: 'Vos' }, { amount: '1', externalReference: 'koppel:softmaat:1' }],
    payments: [{ key: 'koppel:softmaat:1', amount: '1', reference: 'Vos' }],
  }; // prettier-ignore

  it('keep what was sold, the country and the marks of the hub', () => {
    const left = withoutPerson('order', order);
    expect(JSON.stringify(left)).not.toMatch(/Vos|Laan|Gouda/);
    expect(left).toMatchObject({ totalInclAmount: '9.99', invoiceAddress: { country: 'NL' }, deliveryAddress: {}, lineList: [{ text: 'Cheese' }] }); // prettier-ignore
    expect(left['paymentList']).toEqual([{ amount: '9.99' }, { amount: '1', externalReference: 'koppel:softmaat:1' }]);
  });

  it('name their customer, and of his own record nothing is left', () => {
    expect(customerOf('order', order)).toBe('12');
    expect(customerOf('invoice', order)).toBe('12');
    expect(withoutPerson('relation', till)).toEqual({});
    expect(withoutPerson('product', { name: 'Cheese' })).toEqual({ name: 'Cheese' });
  });
});

describe('records of the shop', () => {
  const { customerOf, withoutPerson } = personalOf('softmaat');
  const address = { name: 'Vos', street: 'Laan', city: 'Gouda', country: 'BE' };
  const order: Document = {
    id: 'o', debtorId: 'd', note: 'Vos', reference: 'Vos', billingAddress: address, shippingAddress: { name: 'Vos' },
    totals: { incl: '9.99' }, payments: [{ amount: '1', reference: 'Vos' }, { amount: '2', reference: 'koppel:till:1' }],
  }; // prettier-ignore

  it('keep what was sold, the country and the marks of the hub', () => {
    const left = withoutPerson('order', order);
    expect(JSON.stringify(left)).not.toMatch(/Vos|Laan|Gouda/);
    expect(left).toMatchObject({ totals: { incl: '9.99' }, billingAddress: { country: 'BE' } });
    expect(left['payments']).toEqual([{ amount: '1' }, { amount: '2', reference: 'koppel:till:1' }]);
  });

  it('name their customer, and of his own record nothing is left', () => {
    expect(customerOf('order', order)).toBe('d');
    expect(withoutPerson('debtor', address)).toEqual({});
    expect(withoutPerson('contact', address)).toEqual({});
  });
});
