/** An order and its target: as stated, over prices and discounts, by a rounding line, or different for a reason. */
import { describe, expect, it } from '@jest/globals';
import { shortestOfThreeMs } from '../../test/support/patience.js';
import fc from 'fast-check';
import type { Document } from '../base/document.js';
import type { TotalsRule } from '../systems/system.js';
import { balanceOrder, shippingOf, type BalanceRule } from './order-balance.js';

const till: TotalsRule = {
  level: 'line',
  mode: 'halfUp',
  priceDecimals: 2,
  quantityDecimals: 3,
  takesNegativeQuantity: true,
};
const office: BalanceRule = { ...till, level: 'rate', quantityDecimals: 6, takesNegativeQuantity: false };

const line = (quantity: string, unitPrice: string, taxRate: string, more: Document = {}): Document => ({
  key: 'a',
  quantity,
  unitPrice,
  taxRate,
  ...more,
});
const order = (
  taxMethod: string,
  totalIncl: string | null,
  lines: readonly Document[],
  more: Document = {},
): Document => ({
  taxMethod,
  currency: 'EUR',
  ...(totalIncl === null ? {} : { totalIncl }),
  lines,
  ...more,
});

describe('an order that the target adds up as stated', () => {
  it('is sent as it is', () => {
    const balance = balanceOrder(order('INCLUSIVE', '19', [line('2', '10.00', '21', { discountAmount: '1' })]), till);
    expect(balance).toMatchObject({ type: 'agrees', rounding: null, taxMethod: 'INCLUSIVE' });
    expect(balance.lines).toEqual([{ key: 'a', quantity: '2', price: '10', discount: '1' }]);
    expect(balance.totals).toMatchObject({ excl: '15.7', tax: '3.3', incl: '19' });
  });

  it('turns returns where the target takes no negative quantity', () => {
    const balance = balanceOrder(order('INCLUSIVE', '-10', [line('-1', '10', '21')]), office);
    expect(balance).toMatchObject({ type: 'agrees', lines: [{ quantity: '1', price: '-10', discount: '0' }] });
  });

  it('needs no stated total', () => {
    expect(balanceOrder(order('EXCLUSIVE', null, [line('1', '10', '21')]), till)).toMatchObject({
      type: 'agrees',
      totals: { incl: '12.1' },
    });
    expect(balanceOrder(order('INCLUSIVE', null, [line('10', '0.12345', '21')]), till)).toMatchObject({
      type: 'allocated',
      lines: [{ price: '0.13', discount: '0.07' }],
      totals: { incl: '1.23' },
    });
  });
});

describe('an order that the target adds up in another way', () => {
  it.each([
    // The source rounds the sum; the till each line.
    ['EXCLUSIVE', '47.55', [line('1', '35.8', '21'), line('1', '3.5', '21')], till],
    // The source rounds each unit: 20 cents apart on one line.
    ['EXCLUSIVE', '169', [line('100', '1.41', '20')], till],
    ['EXCLUSIVE', '169', [line('100', '1.41', '20')], office],
    // Weighed goods: 3.4965 twice.
    ['INCLUSIVE', '6.99', [line('0.350', '9.99', '9'), line('0.350', '9.99', '9')], till],
    ['INCLUSIVE', '7', [line('0.350', '9.99', '9'), line('0.350', '9.99', '9')], office],
    // Prices of five decimals, and a discount that a return gives back.
    ['INCLUSIVE', '74.05', [line('41.37', '1.78995', '21')], till],
    ['INCLUSIVE', '-9', [line('-1', '10', '21', { discountAmount: '-1' })], till],
    ['INCLUSIVE', '-9', [line('-1', '10', '21', { discountAmount: '-1' })], office],
  ])('is allocated over prices and discounts: %s %s', (method, incl, lines, rule) => {
    const balance = balanceOrder(order(method, incl, lines), rule);
    expect([balance.type, balance.totals?.incl]).toEqual(['allocated', incl]);
    for (const sent of balance.lines) {
      expect(sent.price).toMatch(/^-?\d+(\.\d{1,2})?$/);
      expect(sent.discount).toMatch(/^\d+(\.\d{1,2})?$/);
    }
  });

  it('follows the totals of lines where prices are shown with fewer decimals than they have', () => {
    const lines = [line('60', '2.69', '21', { total: '161.14' })];
    expect(balanceOrder(order('INCLUSIVE', '161.14', lines), till)).toMatchObject({
      type: 'allocated',
      lines: [{ price: '2.69', discount: '0.26' }],
    });
  });

  it.each([
    // A cent more on a hundred pieces: a price that is a cent higher, and all but a cent of it taken off again.
    ['141.01', line('100', '1.41', '21'), till, { price: '1.42', discount: '0.99' }],
    // 9.45 cents have to become 10: three steps of the price make 10.5, which is one too much where sums are rounded.
    ['0.1', line('0.35', '0.27', '21'), office, { price: '0.3', discount: '0.01' }],
    // What a discount can give is given by it.
    ['9.01', line('1', '10', '21', { discountAmount: '1' }), till, { price: '10', discount: '0.99' }],
  ])('goes up to %s by a higher price and a discount', (incl, stated, rule, expected) => {
    const balance = balanceOrder(order('INCLUSIVE', incl, [stated]), rule);
    expect(balance).toMatchObject({ type: 'allocated', totals: { incl }, lines: [expected] });
  });

  it('changes goods before deposits and gift cards', () => {
    const lines = [
      line('1', '10', '0', { key: 'card', kind: 'GIFT_CARD' }),
      line('0.35', '9.99', '9', { key: 'cheese' }),
      line('0.35', '9.99', '9', { key: 'ham' }),
    ];
    const { type, lines: sent } = balanceOrder(order('INCLUSIVE', '16.99', lines), till);
    expect([type, sent[0]]).toEqual(['allocated', { key: 'card', quantity: '1', price: '10', discount: '0' }]);
  });
});

/** With its 21 %, 0.83 comes to 1.00 and 0.84 to 1.02: there is no 1.01. */
const unreachable = order('EXCLUSIVE', '1.01', [line('1', '0.83', '21')]);

describe('a total that no prices excl. VAT add up to', () => {
  it('differs when nothing else is allowed', () => {
    const balance = balanceOrder(unreachable, office);
    expect(balance.type).toBe('differs');
    expect(balance.trace.join('\n')).toContain('No prices excl. VAT and discounts were found that add up to 1.01');
    expect(balance.lines).toEqual([{ key: 'a', quantity: '1', price: '0.83', discount: '0' }]);
  });

  it('is reached by a rounding line where that is allowed', () => {
    expect(balanceOrder(unreachable, office, { allowRoundingLine: true })).toMatchObject({
      type: 'rounded',
      rounding: '0.01',
      totals: { incl: '1.01' },
    });
  });

  it('is reached with prices incl. VAT where that is allowed', () => {
    expect(balanceOrder(unreachable, office, { allowTaxMethodChange: true })).toMatchObject({
      type: 'allocated',
      taxMethod: 'INCLUSIVE',
      lines: [{ price: '1.01', discount: '0' }],
    });
  });
});

describe('an order that differs', () => {
  it.each([
    ['a total that no rounding explains', order('INCLUSIVE', '25', [line('2', '10', '21')]), 'more than the 0.01'],
    [
      'VAT of another rate',
      order('INCLUSIVE', '20', [line('2', '10', '21')], { taxes: [{ rate: '9', base: '18.35', amount: '1.65' }] }),
      'At 21 %',
    ],
    [
      'VAT of two rates that change places',
      order('INCLUSIVE', '150', [line('1', '50', '21'), line('1', '100', '9')], {
        taxes: [
          { rate: '21', base: '82.64', amount: '17.36' },
          { rate: '9', base: '45.87', amount: '4.13' },
        ],
      }),
      'At 9 %',
    ],
    ['a price that is no number', order('INCLUSIVE', '20', [line('2', 'ten', '21')]), 'unitPrice is "ten"'],
    ['a total that is no amount', order('INCLUSIVE', '20.005', [line('2', '10', '21')]), 'totalIncl is "20.005"'],
    ['a quantity that is too fine', order('INCLUSIVE', '1', [line('0.3333', '3', '21')]), 'more decimals than the 3'],
    ['an unknown tax method', order('SOMETIMES', '1', []), 'tax method "SOMETIMES"'],
    ['lines that are no list', { lines: 'none' } as Document, 'no list'],
    ['a document that is none', null as unknown as Document, 'no document'],
  ])('says why: %s', (_, document, reason) => {
    const balance = balanceOrder(document, till, { allowRoundingLine: true });
    expect(balance.type).toBe('differs');
    expect(balance.trace.join('\n')).toContain(reason);
  });

  it('shows every step of the calculation', () => {
    const lines = [line('2', '10', '21', { discountAmount: '1', total: '19' })];
    expect(balanceOrder(order('INCLUSIVE', '20', lines), till).trace).toEqual([
      'The source states 20.00 EUR incl. VAT for 1 line with prices incl. VAT.',
      'Line a: 2 × 10 − 1 = 19 at 21 %, stated as 19.00.',
      'The target rounds each line half up and adds up 19.00 incl. VAT (VAT 3.30 over 15.70 at 21 %): 1.00 less than stated.',
      'No known way of rounding comes from the lines to the stated total; 1.00 is more than the 0.01 that rounding may come to.',
      'The target would add up 19.00 incl. VAT where the source states 20.00.',
    ]);
  });

  it('is a result whatever the document holds: nothing is thrown', () => {
    const text = fc.oneof(fc.constantFrom('1', '-0.5', '10.00', '21', '1e9', 'x', ''), fc.string());
    const value = fc.oneof(text, fc.jsonValue()) as fc.Arbitrary<never>;
    const anyLine = fc.record(
      { key: value, kind: value, quantity: text, unitPrice: text, discountAmount: value, taxRate: text, total: value },
      { requiredKeys: [] },
    );
    const lines = fc.oneof(fc.array(anyLine, { maxLength: 4 }), fc.jsonValue());
    const tax = fc.record({ rate: text, base: text, amount: text }, { requiredKeys: [] });
    const taxMethod = fc.oneof(fc.constantFrom('INCLUSIVE', 'EXCLUSIVE', 'NONE'), value);
    const document = fc.record(
      { taxMethod, currency: value, lines, totalIncl: text, totalExcl: value, taxes: fc.oneof(fc.array(tax), value) },
      { requiredKeys: [] },
    ) as fc.Arbitrary<unknown>;
    fc.assert(
      fc.property(document, fc.constantFrom(till, office), fc.nat({ max: 9 }), (given, rule, priceDecimals) => {
        const options = { allowRoundingLine: true, allowTaxMethodChange: true };
        const balance = balanceOrder(given as Document, { ...rule, priceDecimals }, options);
        expect(['agrees', 'allocated', 'rounded', 'differs']).toContain(balance.type);
        expect(balance.trace.length).toBeGreaterThan(0);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('shipping costs', () => {
  it('are the sum of the balanced lines of that kind', () => {
    const shipping = (price: string, rate: string): Document => line('1', price, rate, { kind: 'SHIPPING' });
    const one = order('INCLUSIVE', '14.95', [line('1', '10', '21'), shipping('4.95', '21')]);
    expect(shippingOf(one, balanceOrder(one, office))).toEqual({ amount: '4.95', taxRate: '21' });
    const two = order('INCLUSIVE', '15.95', [line('1', '10', '21'), shipping('4.95', '21'), shipping('1', '9')]);
    expect(shippingOf(two, balanceOrder(two, office))).toEqual({ amount: '5.95', taxRate: null });
    const none = order('INCLUSIVE', '10', [line('1', '10', '21')]);
    expect(shippingOf(none, balanceOrder(none, office))).toBeNull();
  });

  it('of an odd quantity become one piece', () => {
    const odd = order('INCLUSIVE', '1.23', [line('0.3333333', '3.7', '21', { kind: 'SHIPPING' })]);
    expect(balanceOrder(odd, office)).toMatchObject({ type: 'agrees', lines: [{ quantity: '1', price: '1.23' }] });
  });
});

describe('an order of many lines', () => {
  it('is balanced in little time', () => {
    const lines = Array.from({ length: 2_000 }, (_, index) => line('3', '9.99', index % 2 === 0 ? '9' : '21'));
    // Each line is off by up to a cent where VAT is rounded per line and not per rate.
    const balance = () => balanceOrder(order('EXCLUSIVE', '68931', lines), till);
    expect(balance()).toMatchObject({ type: 'allocated' });
    expect(shortestOfThreeMs(balance)).toBeLessThan(2_000);
  });
});
