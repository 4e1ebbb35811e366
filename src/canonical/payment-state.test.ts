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

  it('comes with what was paid in all', () => {
    expect(state('10', '4.10', '-0.1')).toMatchObject({ paidAmount: '4' });
  });

  it('is left to the systems when there are no payments, no total, or nothing to pay', () => {
    expect(state('10')).toBeNull();
    expect(state('-3', '1')).toBeNull();
    expect(paymentState({ payments: [{ amount: '1' }] })).toBeNull();
  });
});
