/** Totals at every level of rounding: the vectors that systems are known to disagree about. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Document } from '../base/document.js';
import { exactOf } from './money.js';
import { addUp, totalsText, type OrderTotals, type RoundingRule, type TaxMethod } from './order-totals.js';
import { readOrder } from './stated-order.js';

const line = (quantity: string, unitPrice: string, taxRate: string, discountAmount?: string): Document => ({
  quantity,
  unitPrice,
  taxRate,
  ...(discountAmount === undefined ? {} : { discountAmount }),
});
/** An order as it is read before it goes out, added up. */
function totalsOf(lines: readonly Document[], taxMethod: TaxMethod, rule: RoundingRule, currency = 'EUR'): OrderTotals {
  const order = readOrder({ taxMethod, currency, lines });
  if (typeof order === 'string') throw new Error(order);
  return totalsText(addUp(order.lines, order.basis, rule), order.basis.exponent);
}
const brief = (lines: readonly Document[], taxMethod: TaxMethod, level: RoundingRule['level'], mode = 'halfUp') => {
  const { excl, tax, incl } = totalsOf(lines, taxMethod, { level, mode } as RoundingRule);
  return [excl, tax, incl];
};

const shopAndShipping = [line('1', '35.80', '21'), line('1', '3.50', '21')];
const hundred = [line('100', '1.41', '20')];
const three = [line('3', '0.99', '9')];
const weighed = [line('0.350', '9.99', '9'), line('0.350', '9.99', '9')];

describe('totals', () => {
  it.each([
    ['35.80 + 3.50 excl. 21 %', shopAndShipping, 'EXCLUSIVE', 'line', 'halfUp', ['39.3', '8.26', '47.56']],
    ['35.80 + 3.50 excl. 21 %', shopAndShipping, 'EXCLUSIVE', 'rate', 'halfUp', ['39.3', '8.25', '47.55']],
    ['35.80 + 3.50 excl. 21 %', shopAndShipping, 'EXCLUSIVE', 'document', 'halfUp', ['39.3', '8.25', '47.55']],
    ['35.80 + 3.50 excl. 21 %', shopAndShipping, 'EXCLUSIVE', 'line', 'halfDown', ['39.3', '8.25', '47.55']],
    // The shop of the report was set to half down and cut off.
    ['35.80 + 3.50 excl. 21 %', shopAndShipping, 'EXCLUSIVE', 'line', 'down', ['39.3', '8.24', '47.54']],
    ['100 × 1.41 excl. 20 %', hundred, 'EXCLUSIVE', 'unit', 'halfUp', ['141', '28', '169']],
    ['100 × 1.41 excl. 20 %', hundred, 'EXCLUSIVE', 'line', 'halfUp', ['141', '28.2', '169.2']],
    ['3 × 0.99 incl. 9 %', three, 'INCLUSIVE', 'unit', 'halfUp', ['2.73', '0.24', '2.97']],
    ['3 × 0.99 incl. 9 %', three, 'INCLUSIVE', 'line', 'halfUp', ['2.72', '0.25', '2.97']],
    ['2 × 0.350 kg of 9.99', weighed, 'INCLUSIVE', 'line', 'halfUp', ['6.42', '0.58', '7']],
    ['2 × 0.350 kg of 9.99', weighed, 'INCLUSIVE', 'rate', 'halfUp', ['6.41', '0.58', '6.99']],
    ['fuel', [line('41.37', '1.7899', '21')], 'INCLUSIVE', 'line', 'halfUp', ['61.2', '12.85', '74.05']],
    ['0.5 × 0.01', [line('0.5', '0.01', '0')], 'NONE', 'line', 'halfEven', ['0', '0', '0']],
    ['0.5 × 0.01', [line('0.5', '0.01', '0')], 'NONE', 'line', 'halfDown', ['0', '0', '0']],
    ['0.5 × 0.01', [line('0.5', '0.01', '0')], 'NONE', 'line', 'halfUp', ['0.01', '0', '0.01']],
    ['reverse-charged', [line('2', '10', '21', '1')], 'REVERSE_CHARGED', 'line', 'halfUp', ['19', '0', '19']],
    ['a return', [line('-1', '12.10', '21')], 'INCLUSIVE', 'rate', 'halfUp', ['-10', '-2.1', '-12.1']],
    ['nothing', [], 'INCLUSIVE', 'document', 'halfUp', ['0', '0', '0']],
  ] as const)('%s (%p, %s, by %s, %s)', (_, lines, method, level, mode, expected) => {
    expect(brief(lines, method, level, mode)).toEqual(expected);
  });

  it('takes the discount off after the line was rounded', () => {
    // 0.5 × 0.01 − 1.00: half a cent goes up, then a euro comes off.
    expect(brief([line('0.5', '0.01', '0', '1')], 'INCLUSIVE', 'line')).toEqual(['-0.99', '0', '-0.99']);
  });

  it('splits VAT by rate, lowest first', () => {
    const lines = [line('1', '121', '21.00'), line('1', '109', '9'), line('1', '5', '0'), line('2', '12.10', '21')];
    const { taxes } = totalsOf(lines, 'INCLUSIVE', { level: 'line', mode: 'halfUp' });
    expect(taxes).toEqual([
      { rate: '0', base: '5', amount: '0' },
      { rate: '9', base: '100', amount: '9' },
      { rate: '21', base: '120', amount: '25.2' },
    ]);
  });

  it.each([
    ['JPY', '1099', ['999', '100', '1099']],
    ['KWD', '1.099', ['0.999', '0.1', '1.099']],
  ])('counts in the coins of %s', (currency, price, expected) => {
    const rule = { level: 'line', mode: 'halfUp' } as const;
    const { excl, tax, incl } = totalsOf([line('1', price, '10')], 'INCLUSIVE', rule, currency);
    expect([excl, tax, incl]).toEqual(expected);
  });

  it('are not made of what is no decimal', () => {
    expect(() => brief([line('1', '1,50', '21')], 'INCLUSIVE', 'line')).toThrow('unitPrice is "1,50"');
  });

  it('always adds up: excl. and VAT to incl., and the rates to both', () => {
    const decimal = fc.integer({ min: -200_000, max: 200_000 }).map((count) => (count / 1_000).toFixed(3));
    const anyLine = fc.record({
      quantity: decimal,
      unitPrice: decimal,
      discountAmount: fc.option(decimal),
      taxRate: fc.constantFrom('0', '5.5', '6', '9', '21'),
    });
    const rule = fc.record({
      level: fc.constantFrom('unit', 'line', 'rate', 'document') as fc.Arbitrary<RoundingRule['level']>,
      mode: fc.constantFrom('halfUp', 'halfEven', 'halfDown', 'down') as fc.Arbitrary<RoundingRule['mode']>,
    });
    const taxMethod = fc.constantFrom('INCLUSIVE', 'EXCLUSIVE', 'NONE') as fc.Arbitrary<TaxMethod>;
    const sum = (texts: readonly string[]): bigint => texts.reduce((all, text) => all + (exactOf(text) ?? 0n), 0n);
    fc.assert(
      fc.property(fc.array(anyLine, { maxLength: 6 }), rule, taxMethod, (lines, usedRule, method) => {
        const totals = totalsOf(lines, method, usedRule);
        expect(sum([totals.excl, totals.tax])).toBe(sum([totals.incl]));
        expect(sum(totals.taxes.map(({ base }) => base))).toBe(sum([totals.excl]));
        expect(sum(totals.taxes.map(({ amount }) => amount))).toBe(sum([totals.tax]));
      }),
    );
  });
});
