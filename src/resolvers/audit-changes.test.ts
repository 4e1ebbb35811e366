/** Changes as the audit keeps them. */
import { describe, expect, it } from '@jest/globals';
import { changesBetween } from './audit-changes.js';

describe('changesBetween', () => {
  it('names what differs, with the values before and after', () => {
    expect(changesBetween({ name: 'A', every: 5 }, { name: 'B', every: 5, role: 'ADMIN' })).toEqual({
      name: ['A', 'B'],
      role: [null, 'ADMIN'],
    });
  });

  it('goes into objects, also into one that is new or gone, and takes lists as a whole', () => {
    expect(
      changesBetween({ order: { types: ['ORDER'], branch: '1' } }, { order: { types: ['ORDER', 'INVOICE'] } }),
    ).toEqual({
      'order.types': [['ORDER'], ['ORDER', 'INVOICE']],
      'order.branch': ['1', null],
    });
    expect(changesBetween({ order: null }, { order: { branch: '2' } })).toEqual({ 'order.branch': [null, '2'] });
  });

  it('is empty when nothing differs, whatever the order of the names', () => {
    expect(changesBetween({ a: { x: 1, y: 2 } }, { a: { y: 2, x: 1 } })).toEqual({});
  });
});
