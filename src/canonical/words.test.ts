import { describe, expect, it } from '@jest/globals';
import { wordsIn, wordsOfLast } from './words.js';

const madeFrom = new Map([
  ['status', ['cancelState', 'completeState']],
  ['paymentStatus', ['paidState']],
  ['fulfillmentStatus', ['lines', 'delivery.state']],
  ['note', ['remark']],
]);

describe('the words of a system for where an order stands', () => {
  it('are those that its record holds where the mapping reads', () => {
    const record = {
      cancelState: 'NONE', completeState: 'OP\u0000EN', remark: 'x', lines: [{ a: 'b' }], delivery: { state: 'PARTLY' },
    }; // prettier-ignore
    expect(wordsIn(record, madeFrom)).toEqual({ status: 'NONE, OPEN', fulfillmentStatus: 'PARTLY' });
    expect(wordsIn({ cancelState: 'A', completeState: 'A', delivery: null }, madeFrom)).toEqual({ status: 'A' });
  });

  it('are left out where the record is behind what the system has said last', () => {
    const words = { status: 'NONE', fulfillmentStatus: 'PARTLY' };
    const stated = { status: 'OPEN', fulfillmentStatus: 'PARTIALLY_FULFILLED' };
    expect(wordsOfLast(words, stated, { ...stated, fulfillmentStatus: 'FULFILLED' })).toEqual({ status: 'NONE' });
    expect(wordsOfLast(words, stated, stated)).toEqual(words);
    expect(wordsOfLast(words, stated, null)).toEqual({});
  });
});
