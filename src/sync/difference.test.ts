/** Which fields a target has to be told: what the hub wants anew, what somebody changed, and nothing that it says already. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Document, Field } from '../base/document.js';
import { changedFields, imageOf, strayedFields } from './difference.js';
import { withNormalDecimals } from './normal-decimals.js';

describe('changedFields', () => {
  it('are those that the hub asks for anew', () => {
    const known = { wanted: { a: 1, b: ' x ' }, held: { a: 1, b: 'x' }, drifted: [] };
    expect(changedFields({ a: 2, b: ' x ' }, known)).toEqual(['a']);
    expect(changedFields({ a: 1, b: ' x ' }, known)).toEqual([]);
    expect(changedFields({ a: 1, b: ' x ', c: null }, { ...known, held: { ...known.held, c: '' } })).toEqual([]);
    expect(changedFields({ a: 1, b: ' x ', c: null }, known)).toEqual(['c']);
    expect(changedFields({ c: 'new' }, known)).toEqual(['c']);
  });

  it('are those that somebody changed in the target, unless to what is wanted', () => {
    const known = { wanted: { a: 1, b: 2 }, held: { a: 9, b: 2 }, drifted: ['a', 'b'] };
    expect(changedFields({ a: 1, b: 2 }, known)).toEqual(['a']);
  });

  it('are all that differ when only what the target holds is known', () => {
    expect(changedFields({ a: 1, b: 2 }, { wanted: null, held: { a: 1, b: 3 }, drifted: [] })).toEqual(['b']);
    expect(changedFields({ a: 1 }, { wanted: null, held: null, drifted: [] })).toEqual(['a']);
  });

  it('are none right after an acknowledged write, whatever the target made of it', () => {
    const documents = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.jsonValue()) as fc.Arbitrary<Document>;
    fc.assert(
      fc.property(documents, documents, (wanted, shown) => {
        const held = imageOf(shown, wanted, Object.keys(wanted));
        expect(changedFields(wanted, { wanted, held, drifted: [] })).toEqual([]);
      }),
    );
  });
});

describe('strayedFields', () => {
  it('are those that say something else by now; a list of the hub may not hold more, another one may', () => {
    const before = { a: 1, lines: [{ sku: 'x' }], payments: [{ key: 'x' }] };
    const after = { a: 2, lines: [{ sku: 'y' }, { sku: 'x' }], payments: [{ key: 'y' }, { key: 'x' }] };
    expect(strayedFields(before, after, new Set(['lines']))).toEqual(['a', 'lines']);
    expect(strayedFields(before, { ...before, own: 3 }, new Set(['lines']))).toEqual([]);
  });
});

describe('withNormalDecimals', () => {
  it('writes decimals as the hub writes them, in nested fields and lists too', () => {
    const fields = [
      { name: 'amount', type: 'decimal' },
      { name: 'code', type: 'text' },
      { name: 'rows', type: 'object', list: true, fields: [{ name: 'onHand', type: 'decimal' }] },
    ] as const;
    const document = { amount: '10.00', code: '10.00', rows: [{ onHand: '3.50' }] };
    expect(withNormalDecimals(document, fields)).toEqual({ amount: '10', code: '10.00', rows: [{ onHand: '3.5' }] });
  });
});

describe('a field that advances', () => {
  const status: Field = { name: 'status', type: 'text', values: ['OPEN', 'PAID', 'DONE'], advances: true };
  const changed = (wanted: string, held: string): readonly string[] =>
    changedFields({ status: wanted }, { wanted: null, held: { status: held }, drifted: ['status'] }, [status]);

  it('is no difference where the target is further on', () => {
    expect(changed('OPEN', 'DONE')).toEqual([]);
    expect(changed('DONE', 'OPEN')).toEqual(['status']);
    expect(changed('DONE', 'unknown')).toEqual(['status']);
  });
});
