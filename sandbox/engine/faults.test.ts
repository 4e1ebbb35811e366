import { describe, expect, it } from '@jest/globals';
import { makeFaults } from './faults.js';

const line = 'POST /';

describe('scripted faults', () => {
  it('fire once by default, for the operation that they name', () => {
    const faults = makeFaults();
    faults.add({ match: 'createOrder', fault: 'applyThenReset' });
    expect(faults.take('getOrders', line).rule).toBeUndefined();
    expect(faults.take('createOrder', line).rule?.fault).toBe('applyThenReset');
    expect(faults.take('createOrder', line).rule).toBeUndefined();
  });

  it('match the beginning of method and path as well', () => {
    const faults = makeFaults();
    faults.add({ match: 'PUT /api/v1/stock', fault: '429', times: 2 });
    expect(faults.take('', 'GET /api/v1/stock').rule).toBeUndefined();
    expect(faults.take('', 'PUT /api/v1/stock?x=1').rule?.fault).toBe('429');
  });

  it('let as many requests pass as they were told to', () => {
    const faults = makeFaults();
    faults.add({ match: '*', fault: 'html', skip: 2 });
    const fired = [1, 2, 3, 4].map(() => faults.take('x', line).rule?.fault);
    expect(fired).toEqual([undefined, undefined, 'html', undefined]);
  });

  it('draw the same probabilities from the same seed', () => {
    const draws = (seed: number): boolean[] => {
      const faults = makeFaults();
      faults.add({ match: '*', fault: '500before', probability: 0.3, seed });
      return Array.from({ length: 100 }, () => faults.take('x', line).rule !== undefined);
    };
    expect(draws(4)).toEqual(draws(4));
    expect(draws(4)).not.toEqual(draws(5));
    const share = draws(4).filter(Boolean).length;
    expect(share).toBeGreaterThan(15);
    expect(share).toBeLessThan(45);
  });

  it('add delays up and go on to the next fault', () => {
    const faults = makeFaults();
    faults.add({ match: '*', fault: 'delay', ms: 20 });
    faults.add({ match: 'x', fault: 'delay', ms: 5 });
    faults.add({ match: 'x', fault: 'empty' });
    expect(faults.take('x', line)).toMatchObject({ delayMs: 25, rule: { fault: 'empty' } });
    expect(faults.take('x', line)).toEqual({ delayMs: 25, rule: undefined });
  });

  it('are refused when nobody knows them', () => {
    expect(() => makeFaults().add({ fault: 'earthquake' })).toThrow(/one of applyThenReset/);
    expect(() => makeFaults().add({ fault: '429', times: -1 })).toThrow(/times/);
  });
});
