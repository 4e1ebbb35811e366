import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cleanJson, cleanText } from './clean-text.js';
import { isGtin } from './gtin.js';
import { normaliseFields } from './normalise.js';

describe('values of canonical fields', () => {
  it('come in one form each, so that equal values are equal text', () => {
    const given = { sku: 'S', priceAmount: '010.50', taxRate: '21.00', weightGrams: 5, isActive: true, name: '' };
    const { fields, cleared, problems } = normaliseFields('variant', given, []);
    expect(problems).toEqual([]);
    expect(fields).toEqual({ sku: 'S', priceAmount: '10.5', taxRate: '21', weightGrams: 5, isActive: true });
    expect(cleared).toEqual(['name']);
  });

  it.each([
    ['priceAmount', 10.5],
    ['priceAmount', 'ten'],
    ['priceAmount', '1.1234567'],
    ['priceAmount', '12345678901234'],
    ['taxRate', '1000'],
    ['weightGrams', '5'],
    ['weightGrams', 3_000_000_000],
    ['isActive', 'true'],
    ['barcodes', 'one'],
    ['sku', 'x'.repeat(256)],
    ['options', ['text']],
  ])('are refused when they would be changed by being stored: %s = %p', (path, value) => {
    expect(normaliseFields('variant', { [path]: value }, []).problems).toMatchObject([{ path }]);
  });

  it('of instants are kept in UTC and need a zone', () => {
    const asOf = (text: string): unknown => normaliseFields('stock_level', { asOf: text }, []).fields['asOf'];
    expect(asOf('2026-03-29T02:30:00+02:00')).toBe('2026-03-29T00:30:00.000Z');
    expect(asOf('2026-03-29T02:30:00')).toBeUndefined();
  });

  it('inside lists and objects are in one form too, at any depth; unknown and empty members are left out', () => {
    const given = {
      placedAt: '2026-03-29T02:30:00+02:00',
      lines: [
        { key: '1', quantity: '0.3500', unitPrice: '10.00', variant: 'v1', note: 'x', description: '', sku: 'a\u0000' },
      ],
      payments: [{ key: 't:1', amount: '5.0', paidAt: '2026-03-29T03:00:00+02:00', reference: null }],
      billingAddress: { city: '', extra: 'x' },
      customerSnapshot: { name: 'Jan', email: null },
    };
    const { fields, cleared, problems } = normaliseFields('order', given, []);
    expect(problems).toEqual([]);
    expect(fields).toEqual({
      placedAt: '2026-03-29T00:30:00.000Z',
      lines: [{ key: '1', quantity: '0.35', unitPrice: '10', variant: 'v1', sku: 'a' }],
      payments: [{ key: 't:1', amount: '5', paidAt: '2026-03-29T01:00:00.000Z' }],
      customerSnapshot: { name: 'Jan' },
    });
    expect(cleared).toEqual(['billingAddress']);
    expect(normaliseFields('order', fields, cleared).fields).toEqual(fields);
  });

  it.each([
    [{ lines: [{ key: '1', quantity: 'one', unitPrice: '1' }] }, 'lines.0.quantity'],
    [{ lines: [{ key: '1', unitPrice: '1' }] }, 'lines.0.quantity'],
    [{ payments: [{ key: 'a:1', amount: '1', paidAt: 'yesterday' }] }, 'payments.0.paidAt'],
    [{ lines: [{ key: '1', quantity: '1', unitPrice: '1', kind: 'GIFT' }] }, 'lines.0.kind'],
    [{ customerSnapshot: 'Jan' }, 'customerSnapshot'],
  ])('that do not fit are named by where they stand: %j', (given, path) => {
    expect(normaliseFields('order', given, []).problems).toMatchObject([{ path }]);
  });

  it('of names and addresses are completed from what is stated, and parts that a new name lacks are gone', () => {
    const { fields, cleared } = normaliseFields(
      'customer',
      { fullName: 'Madonna', addresses: [{ role: 'BILLING', line1: 'Dorpsstraat 12', country: 'NL' }] },
      [],
    );
    expect(fields).toMatchObject({
      lastName: 'Madonna',
      addresses: [{ line1: 'Dorpsstraat 12', street: 'Dorpsstraat', houseNumber: '12' }],
    });
    expect(cleared).toEqual(['firstName', 'infix']);
  });

  it('that are already normal stay as they are', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (name, sku) => {
        const once = normaliseFields('variant', { name, sku, gtin: name }, []);
        const twice = normaliseFields('variant', once.fields, once.cleared);
        expect(twice.fields).toEqual(once.fields);
        expect(twice.cleaned).toBe(0);
      }),
    );
  });
});

describe('codes of articles', () => {
  it.each([
    ['8712345678906', true],
    ['8712345678907', false],
    ['012345678905', true],
    ['0012345678905', true],
    ['96385074', true],
    ['2012345678900', false],
    ['0000000000000', false],
    ['871234567890', false],
    ['87123456789O6', false],
  ])('%s as a GTIN: %p', (code, expected) => {
    expect(isGtin(code)).toBe(expected);
  });

  it('that are no GTIN are kept as barcodes, once', () => {
    const { fields, cleared } = normaliseFields(
      'variant',
      { gtin: '2012345678900', barcodes: ['2012345678900', 'B'] },
      [],
    );
    expect(fields).toEqual({ barcodes: ['2012345678900', 'B'] });
    expect(cleared).toEqual(['gtin']);
  });
});

describe('cleaning text', () => {
  it('drops control characters but tabs and line ends, and replaces halves of pairs', () => {
    expect(cleanText('a\u0000b\tc\nd\u001b\ud800e\udc00 😀')).toBe('ab\tc\nd\ufffde\ufffd 😀');
  });

  it('leaves any clean value untouched, and makes any value clean', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const cleaned = cleanJson(value as never);
        expect(cleanJson(cleaned)).toBe(cleaned);
        expect(JSON.stringify(cleaned)).not.toMatch(/\\u0000|\\ud[89a-f]/);
      }),
    );
  });
});
