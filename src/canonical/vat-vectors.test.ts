/**
 * The vectors of VAT and rounding that shops are known to get wrong, each through what runs when an order goes out
 * (balanceOrder, with the rules of both systems) and what the graph shows (order-money).
 */
import { describe, expect, it } from '@jest/globals';
import type { Document } from '../base/document.js';
import { totalOf, type OrderAmounts } from '../schema/order-money.js';
import type { StoredLine } from '../schema/order-parts.js';
import { mpluskassa } from '../systems/mpluskassa/index.js';
import { softmaat } from '../systems/softmaat/index.js';
import { decide } from './decide.js';
import { apportion } from './allocation.js';
import { balanceOrder, type Balance, type BalanceOptions } from './order-balance.js';
import { addUp, totalsText, type RoundingRule } from './order-totals.js';
import { makeOwnership } from './ownership.js';
import { readOrder } from './stated-order.js';

type Method = 'INCLUSIVE' | 'EXCLUSIVE';
const line = (quantity: string, unitPrice: string, taxRate: string, more: Document = {}): Document => ({
  key: unitPrice,
  quantity,
  unitPrice,
  taxRate,
  ...more,
});

/** Excl., VAT and incl. as a system with that rule adds the lines up. */
function addedUp(
  method: Method,
  lines: readonly Document[],
  level: RoundingRule['level'],
  mode: RoundingRule['mode'] = 'halfUp',
): readonly string[] {
  const order = readOrder({ taxMethod: method, currency: 'EUR', lines });
  if (typeof order === 'string') throw new Error(order);
  const { excl, tax, incl } = totalsText(addUp(order.lines, order.basis, { level, mode }), order.basis.exponent);
  return [excl, tax, incl];
}

interface Stated extends Document {
  readonly totalExcl: string;
  readonly totalTax: string;
  readonly totalIncl: string;
}
function sent(
  system: 'till' | 'office',
  taxMethod: Method,
  lines: readonly Document[],
  totals: Stated,
  options: BalanceOptions = {},
): Balance {
  const rule = { till: mpluskassa, office: softmaat }[system].orderTotals!;
  return balanceOrder({ taxMethod, currency: 'EUR', lines, ...totals }, rule, options);
}

/** Excl., VAT and incl. as the graph shows the total of an order. */
function shown(taxMethod: Method, lines: readonly Document[], totals: Partial<Stated> = {}): readonly string[] {
  const none = { totalExcl: null, totalTax: null, totalIncl: null, paidAmount: null, paymentStatus: 'UNPAID' };
  const given = { currency: 'EUR', taxMethod, taxCountry: null, taxes: [], payments: [], lines: lines as unknown as StoredLine[] }; // prettier-ignore
  const total = totalOf({ ...given, ...none, ...totals } as unknown as OrderAmounts);
  return [total!.net.amount, total!.tax.amount, total!.gross.amount];
}

const both = ['till', 'office'] as const;

describe('303.00 incl. 24 %', () => {
  const lines = [line('1', '303.00', '24')];
  const stated = { totalExcl: '244.35', totalTax: '58.65', totalIncl: '303' };

  it('is 244.35 excl., and 244.35 excl. is 302.99 incl.: the stated side is the one that is kept', () => {
    expect(addedUp('INCLUSIVE', lines, 'line')).toEqual(['244.35', '58.65', '303']);
    expect(addedUp('EXCLUSIVE', [line('1', '244.35', '24')], 'line')).toEqual(['244.35', '58.64', '302.99']);
    expect(shown('INCLUSIVE', lines)).toEqual(['244.35', '58.65', '303.00']);
    expect(shown('EXCLUSIVE', [line('1', '244.35', '24')])).toEqual(['244.35', '58.64', '302.99']);
  });

  it.each(both)('goes to the %s as it was stated', (system) => {
    const balance = sent(system, 'INCLUSIVE', lines, stated);
    expect(balance).toMatchObject({ type: 'agrees', lines: [{ price: '303' }] });
    expect(balance.totals).toMatchObject({ excl: '244.35', tax: '58.65', incl: '303' });
  });

  it('is never 302.99 where only the price excl. VAT is known: that order is said to differ, or goes with the price incl.', () => {
    const net = [line('1', '244.35', '24')];
    expect(sent('till', 'EXCLUSIVE', net, stated)).toMatchObject({ type: 'differs' });
    expect(sent('till', 'EXCLUSIVE', net, stated, { allowTaxMethodChange: true })).toMatchObject({
      taxMethod: 'INCLUSIVE',
      lines: [{ price: '303' }],
      totals: { incl: '303' },
    });
  });
});

describe('35.80 and 3.50 excl. 21 %', () => {
  const lines = [line('1', '35.80', '21'), line('1', '3.50', '21', { kind: 'SHIPPING' })];

  it.each([
    ['line', 'halfUp', '8.26', '47.56'],
    ['rate', 'halfUp', '8.25', '47.55'],
    ['document', 'halfUp', '8.25', '47.55'],
    ['line', 'halfDown', '8.25', '47.55'],
    // The shop of the report was set to half down and cut off.
    ['line', 'down', '8.24', '47.54'],
  ] as const)('has, by %s and %s, %s of VAT, and both systems come to that total', (level, mode, tax, incl) => {
    expect(addedUp('EXCLUSIVE', lines, level, mode)).toEqual(['39.3', tax, incl]);
    for (const system of both) {
      const stated = { totalExcl: '39.3', totalTax: tax, totalIncl: incl };
      const balance = sent(system, 'EXCLUSIVE', lines, stated, { allowTaxMethodChange: true });
      expect([system, balance.totals?.incl]).toEqual([system, incl]);
      expect(balance.type).not.toBe('differs');
    }
  });

  it('is shown with VAT by the sum of the rate', () => {
    expect(shown('EXCLUSIVE', lines)).toEqual(['39.30', '8.25', '47.55']);
  });
});

describe('45 and 49 incl. 21 % with 4.96 excl. for shipping', () => {
  const nets = [line('1', '37.19', '21'), line('1', '40.50', '21'), line('1', '4.96', '21', { kind: 'SHIPPING' })];
  const gross = [line('1', '45', '21'), line('1', '49', '21'), line('1', '6.00', '21', { kind: 'SHIPPING' })];
  const stated = { totalExcl: '82.64', totalTax: '17.36', totalIncl: '100' };

  it('is 100.00, and 100.01 when it is built again from rounded nets', () => {
    expect(addedUp('INCLUSIVE', gross, 'line')[2]).toBe('100');
    expect(addedUp('EXCLUSIVE', nets, 'rate')).toEqual(['82.65', '17.36', '100.01']);
    expect(shown('INCLUSIVE', gross)).toEqual(['82.64', '17.36', '100.00']);
    expect(shown('EXCLUSIVE', nets, stated)).toEqual(['82.64', '17.36', '100.00']);
  });

  it.each(both)('goes to the %s as 100.00, from either side', (system) => {
    expect(sent(system, 'INCLUSIVE', gross, stated).totals?.incl).toBe('100');
    const rebuilt = sent(system, 'EXCLUSIVE', nets, { ...stated, totalExcl: '82.65', totalTax: '17.35' }, { allowTaxMethodChange: true }); // prettier-ignore
    expect([rebuilt.type, rebuilt.totals?.incl]).toEqual(['allocated', '100']);
  });
});

describe('100 × 1.41 excl. 20 %', () => {
  const lines = [line('100', '1.41', '20')];

  it('is 169.00 by unit and 169.20 by line', () => {
    expect(addedUp('EXCLUSIVE', lines, 'unit')).toEqual(['141', '28', '169']);
    expect(addedUp('EXCLUSIVE', lines, 'line')).toEqual(['141', '28.2', '169.2']);
    expect(shown('EXCLUSIVE', lines)).toEqual(['141.00', '28.20', '169.20']);
  });

  it.each(both)('goes to the %s as what was stated, in either way', (system) => {
    const byLine = sent(system, 'EXCLUSIVE', lines, { totalExcl: '141', totalTax: '28.2', totalIncl: '169.2' });
    expect(byLine).toMatchObject({ type: 'agrees', totals: { incl: '169.2' } });
    const byUnit = sent(system, 'EXCLUSIVE', lines, { totalExcl: '141', totalTax: '28', totalIncl: '169' });
    expect(byUnit).toMatchObject({ type: 'allocated', totals: { incl: '169' } });
    expect(byUnit.trace.join('\n')).toContain('rounds each price per unit half up');
  });
});

describe('3 × 0.99 incl. 9 %', () => {
  const lines = [line('3', '0.99', '9')];

  it('is 2.73 excl. by unit and 2.72 by line', () => {
    expect(addedUp('INCLUSIVE', lines, 'unit')).toEqual(['2.73', '0.24', '2.97']);
    expect(addedUp('INCLUSIVE', lines, 'line')).toEqual(['2.72', '0.25', '2.97']);
    expect(shown('INCLUSIVE', lines)).toEqual(['2.72', '0.25', '2.97']);
  });

  it.each(both)('goes to the %s at the price that was paid, whichever VAT was stated, and stays so where it is shown', (system) => {
    for (const [totalExcl, totalTax] of [['2.73', '0.24'], ['2.72', '0.25']] as const) {
      const stated = { totalExcl, totalTax, totalIncl: '2.97' };
      expect(sent(system, 'INCLUSIVE', lines, stated)).toMatchObject({ type: 'agrees', totals: { incl: '2.97' } });
      expect(shown('INCLUSIVE', lines, stated)).toEqual([totalExcl, totalTax, '2.97']);
    }
  }); // prettier-ignore
});

describe('cash of which the smallest coin is 5 cents', () => {
  it('pays for a sale without touching its total or its VAT', () => {
    const sale = { totalIncl: '9.97', totalExcl: '8.24', totalTax: '1.73', currency: 'EUR', placedAt: '2026-01-01T10:00:00Z' };
    const says = { ...sale, paymentStatus: 'PARTIALLY_PAID', payments: [{ key: 'till:1', method: 'CASH', amount: '9.95' }] };
    const proposal = { entity: 'order' as const, system: 'till', names: ['till'], fields: says, cleared: [], seenAt: '' };
    const { record } = decide(null, 'ord_1', proposal, makeOwnership(() => true)) as { record: { fields: Document } };
    expect(record.fields).toMatchObject({ ...sale, paymentStatus: 'PAID', paidAmount: '9.95' });
  }); // prettier-ignore
});

describe('a discount over lines of several VAT rates', () => {
  it('is divided by largest remainder', () => {
    expect(apportion(500n, [6_000n, 2_500n])).toEqual([353n, 147n]);
    expect(apportion(-1_000n, [1n, 1n, 1n])).toEqual([-333n, -333n, -334n]);
  });
});
