/** Stock calculations: each formula, exactly, negative results included. */
import { describe, expect, it } from '@jest/globals';
import { stockCalculations, stockQuantity } from './stock.js';

const figures = { onHand: '10.3', reserved: '0.1', incoming: '5', safetyStock: '2' };

describe('stockQuantity', () => {
  it('has a formula for every calculation', () => {
    expect(Object.fromEntries(stockCalculations.map((name) => [name, stockQuantity(name, figures)]))).toEqual({
      AVAILABLE: '8.2',
      ON_HAND: '10.3',
      ON_HAND_MINUS_RESERVED_MINUS_SAFETY: '8.2',
      AVAILABLE_PLUS_INCOMING: '13.2',
    });
  });

  it('gives a negative result on as it is', () => {
    expect(stockQuantity('AVAILABLE', { onHand: '1.000000', reserved: '3', incoming: '0', safetyStock: '0' })).toBe(
      '-2',
    );
  });

  it('gives zero as "0"', () => {
    expect(stockQuantity('AVAILABLE', { onHand: '0.30', reserved: '0.1', incoming: '0', safetyStock: '0.2' })).toBe(
      '0',
    );
  });
});
