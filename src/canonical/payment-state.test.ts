import { describe, expect, it } from '@jest/globals';
import { paymentState } from './payment-state.js';

const state = (totalIncl: string, ...amounts: readonly string[]): unknown =>
  paymentState({ totalIncl, payments: amounts.map((amount, at) => ({ key: `till:${at}`, amount })) });

describe('the state of payment', () => {
  it.each([
    ['PAID', '10', ['4', '6']],
    ['PARTIALLY_PAID', '10', ['4', '5.99']],
    ['OVERPAID', '10', ['4', '6.01']],
    ['REFUNDED', '10', ['10', '-10']],
    ['PARTIALLY_REFUNDED', '10', ['10', '-0.01']],
    ['PAID', '10', ['10', '-10', '10']],
    ['OVERPAID', '0.30', ['0.10', '0.20', '0.01']],
    ['PAID', '0.30', ['0.10', '0.20']],
  ])('is %s when of %s the payments are %j', (paymentStatus, total, amounts) => {
    expect(state(total, ...amounts)).toMatchObject({ paymentStatus });
  });

  it.each([
    ['PAID', '9.97', [['CASH', '9.95']]],
    ['PAID', '9.98', [['CASH', '10']]],
    ['PAID', '9.97', [['CARD', '5.01'], ['CASH', '4.95']]],
    ['PAID', '9.97', [['CASH', '5'], ['CASH', '4.95']]],
    ['PARTIALLY_PAID', '9.97', [['CARD', '9.95']]],
    ['PARTIALLY_PAID', '9.97', [['CASH', '9.90']]],
    ['OVERPAID', '9.97', [['CASH', '10']]],
    ['PARTIALLY_PAID', '9.97', [['CARD', '9.94'], ['CASH', '0.01']]],
    ['REFUNDED', '9.97', [['CASH', '9.95'], ['CASH', '-9.95']]],
  ] as const)('is %s when of %s in euros what is not paid otherwise is paid in cash: %j', (paymentStatus, totalIncl, given) => {
    const payments = given.map(([method, amount], at) => ({ key: `till:${at}`, method, amount }));
    expect(paymentState({ totalIncl, currency: 'EUR', payments })).toMatchObject({ paymentStatus });
  }); // prettier-ignore

  it('takes small coins for what they are where they are used', () => {
    const payments = [{ key: 'till:1', method: 'CASH', amount: '9.95' }];
    expect(paymentState({ totalIncl: '9.97', currency: 'USD', payments })).toMatchObject({ paymentStatus: 'PARTIALLY_PAID' });
  }); // prettier-ignore

  it('comes with what was paid in all', () => {
    expect(state('10', '4.10', '-0.1')).toMatchObject({ paidAmount: '4' });
  });

  it('is left to the systems when there are no payments, no total, or nothing to pay', () => {
    expect(state('10')).toBeNull();
    expect(state('-3', '1')).toBeNull();
    expect(paymentState({ payments: [{ amount: '1' }] })).toBeNull();
  });
});
