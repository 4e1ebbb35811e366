import { describe, expect, it } from '@jest/globals';
import type { Document } from '../../base/document.js';
import { changedPayments } from './order-difference.js';

const paid = (key: string, amount: string, id = key): Document => ({ key, id, method: 'PIN', amount });

describe('payments that were booked and say something else by now', () => {
  it('are none of the till’s own, and none of which nothing is said', () => {
    expect(changedPayments({ payments: [] }, { payments: [paid('p-1', '5'), paid('order:7', '5')] }, {})).toEqual([]);
    expect(changedPayments({}, { payments: [paid('koppel:shop:1', '5')] }, {})).toEqual([]);
  });

  it('are none whose mark names a payment of the till: people copied it', () => {
    const held = { payments: [paid('p-1', '5'), paid('koppel:till:p-1', '5', 'p-2')] };
    expect(changedPayments({ payments: [] }, held, {})).toEqual([]);
  });

  it('count where they agree when a mark stands there twice', () => {
    const held = { payments: [paid('koppel:shop:1', '9', 'p-1'), paid('koppel:shop:1', '5', 'p-2')] };
    expect(changedPayments({ payments: [paid('koppel:shop:1', '5')] }, held, {})).toEqual([]);
    expect(changedPayments({ payments: [paid('koppel:shop:1', '4')] }, held, {})).toEqual(['PIN 9 → PIN 4']);
  });

  it('are none of which only the code of the method is new, or was so before', () => {
    const held = { payments: [paid('koppel:shop:1', '5')] };
    const renamed = { payments: [{ ...paid('koppel:shop:1', '5'), method: 'CARD' }] };
    expect(changedPayments(renamed, held, held)).toEqual(['PIN 5 → CARD 5']);
    expect(changedPayments(renamed, held, renamed)).toEqual([]);
    expect(changedPayments({ payments: [paid('koppel:shop:1', '4')] }, held, held)).toEqual(['PIN 5 → PIN 4']);
    expect(changedPayments({ payments: [] }, held, held)).toEqual(['PIN 5 → –']);
  });
});
