import { expect, it } from '@jest/globals';
import type { Clock } from '../base/clock.js';
import { budgetLimit, makeBudget } from './budget.js';

it('tells what was there less what it cost, however long it takes to say so', () => {
  let now = 0;
  const budget = makeBudget({ monotonic: () => (now += 5) } as Clock);
  expect(budget.take('a', 'here', 100)).toBe(budgetLimit - 100);
  expect(() => budget.take('a', 'here', budgetLimit)).toThrow(expect.objectContaining({ code: 'THROTTLED' }));
});
