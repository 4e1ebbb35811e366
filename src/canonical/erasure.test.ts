import { describe, expect, it } from '@jest/globals';
import { personalTextsIn, placeholderOf, withoutPersonIn, withoutPersonInChanges, withoutTexts } from './erasure.js';

const customer = { kind: 'PERSON', number: 'K1', fullName: 'Ada Vos', email: 'ada@vos.test', priceList: 'A', addresses: [{ city: 'Gouda', country: 'NL' }] }; // prettier-ignore
const texts = personalTextsIn([{ entity: 'customer', fields: customer }]);

describe('a record without the person', () => {
  it('keeps of a customer the number and the terms, of an order amounts and the country', () => {
    expect(withoutPersonIn('customer', customer)).toEqual({ kind: 'PERSON', number: 'K1', priceList: 'A' });
    const order = { totalIncl: '12', billingAddress: { city: 'Gouda', country: 'NL' }, shippingAddress: { city: 'Gouda' }, note: 'x', lines: [{ kind: 'TEXT', description: 'for Ada' }, { kind: 'PRODUCT', description: 'Gouda' }] }; // prettier-ignore
    expect(withoutPersonIn('order', order)).toEqual({
      totalIncl: '12',
      billingAddress: { country: 'NL' },
      lines: [
        { kind: 'TEXT', description: '•••' },
        { kind: 'PRODUCT', description: 'Gouda' },
      ],
    });
  });

  it('leaves that something changed, without what', () => {
    expect(withoutPersonInChanges('customer', { email: [null, 'ada@vos.test'], number: ['K0', 'K1'] })).toEqual({
      email: [null, null],
      number: ['K0', 'K1'],
    });
  });

  it('is told as a placeholder without any of his values', () => {
    expect(JSON.stringify(placeholderOf(customer))).not.toMatch(/Ada|vos|Gouda/);
    expect(placeholderOf({ ...customer, kind: 'COMPANY' })).toMatchObject({ companyName: '[erased]', contacts: [] });
  });
});

describe('a text', () => {
  it('that quotes the person loses all of his in it, down to the town', () => {
    const found = { who: 'mail of ADA@VOS.TEST', town: 'Gouda', other: 'kept' };
    expect(withoutTexts(texts, found)).toEqual({ who: '•••', town: '•••', other: 'kept' });
  });

  it('with a town alone quotes nobody', () => {
    expect(withoutTexts(texts, { cheese: 'Gouda' })).toEqual({ cheese: 'Gouda' });
    expect(withoutTexts(texts, { cheese: 'old Gouda' }, true)).toEqual({ cheese: '•••' });
  });
});
