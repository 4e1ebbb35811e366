/** Expressions in mappings: as rules, in conditions and in lists; what is seen when a mapping is saved and when a record fails. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Document } from '../base/document.js';
import { compile, documentOf, run, sku, source, target, taxes } from './mapping-fixture.js';
import { compileMapping } from './compile.js';
import type { Rule } from './mapping.js';

const name = (expression: string, more: object = {}): Rule => ({
  kind: 'expression',
  expression,
  target: 'name',
  ...more,
});

describe('an expression', () => {
  it('gives a field its value', () => {
    expect(documentOf(run([name('record.title.upper() + " " + record.code')], { title: 'Shirt' })).name).toBe(
      'SHIRT A1',
    );
  });

  it('gives way to the default when it has nothing to say', () => {
    expect(documentOf(run([name('record.title + "!"', { default: 'Untitled' })], {})).name).toBe('Untitled');
    expect(run([name('record.title + "!"', { whenEmpty: 'fail' })], {})).toMatchObject({
      type: 'failed',
      problems: [{ code: 'MISSING_VALUE', path: 'name' }],
    });
  });

  it('makes an exact amount', () => {
    const rules: readonly Rule[] = [
      { kind: 'expression', expression: '(record.price.amount * 1.21).round(2)', target: 'cost.amount' },
    ];
    expect(documentOf(run(rules, { price: { amount: '19.95' } })).cost).toEqual({ amount: '24.14' });
  });

  it('decides a condition, and what a row gives', () => {
    const rules: readonly Rule[] = [
      {
        kind: 'condition',
        target: 'name',
        rows: [{ when: { expression: 'record.tax > 20' }, then: { expression: '"high " + string(record.tax)' } }],
        otherwise: { constant: 'low' },
      },
    ];
    expect(documentOf(run(rules, { tax: 21 })).name).toBe('high 21');
    expect(documentOf(run(rules, { tax: 9 })).name).toBe('low');
    expect(documentOf(run(rules, {})).name).toBe('low');
  });

  it('excludes records, with the note as the reason', () => {
    const mapping = compile([sku], { includeWhen: { expression: 'record.code.startsWith("A")', note: 'Only A.' } });
    expect(mapping.run({ code: 'B1' }, 'create')).toEqual({ type: 'excluded', reason: 'Only A.' });
    expect(mapping.run({ code: 'A1' }, 'create').type).toBe('mapped');
  });

  it('reads the item in the rules of a list, and the record around it', () => {
    const rules: readonly Rule[] = [
      {
        kind: 'list',
        source: 'levels',
        target: 'rows',
        includeWhen: { expression: 'item.quantity > 0' },
        rules: [
          { kind: 'expression', expression: 'item.place.lower()', target: 'warehouse' },
          { kind: 'expression', expression: 'record.code + "-" + item.place', target: 'sku' },
        ],
      },
    ];
    const levels = [{ place: 'MAIN', quantity: '1' }, { place: 'SHOP', quantity: '0' }]; // prettier-ignore
    expect(documentOf(run(rules, { levels })).rows).toEqual([{ warehouse: 'main', sku: 'A1-MAIN' }]);
    expect([...(compile([sku, ...rules]).dependsOn.get('rows') ?? [])]).toEqual([
      'code',
      'levels',
      'levels.place',
      'levels.quantity',
    ]);
  });
});

describe('a problem of an expression', () => {
  const problems = (rule: Rule): unknown => {
    const definition = { key: 't', direction: 'inbound', connector: 'c', record: 'article', entity: 'product', rules: [sku, rule] } as const; // prettier-ignore
    const result = compileMapping(definition, { source, target, valueLists: [taxes] });
    return result.type === 'invalid' ? result.problems : [];
  };

  it('is told when the mapping is saved, with its rule and the place in its text', () => {
    expect(problems(name('record.titel'))).toEqual([
      { code: 'UNKNOWN_FIELD', at: 'rules.1', message: 'There is no field "titel" here.', range: { from: 7, to: 12 } },
    ]);
    expect(problems({ ...name(''), expression: undefined } as unknown as Rule)).toMatchObject([
      { code: 'INVALID_RULE' },
    ]);
  });

  it('fails only the record that has it, and says where', () => {
    expect(run([name('string(100 / record.tax)')], { tax: 0 })).toEqual({
      type: 'failed',
      problems: [{ code: 'EXPRESSION_FAILED', path: 'name', message: 'name: division by zero' }],
    });
    expect(run([name('string(record.price.amount)')], { price: { amount: 'much' } })).toMatchObject({
      problems: [{ code: 'EXPRESSION_FAILED', path: 'name', sourcePath: 'amount', value: 'much' }],
    });
    const mapping = compile([sku], { includeWhen: { expression: '10 / record.tax > 1' } });
    expect(mapping.run({ code: 'A', tax: 0 }, 'create')).toMatchObject({
      type: 'failed',
      problems: [{ code: 'EXPRESSION_FAILED', path: 'includeWhen' }],
    });
  });
});

/** Laws of the whole engine, over whatever a record may hold (10,000 records). */
describe('a mapping', () => {
  const rules: readonly Rule[] = [
    { kind: 'expression', expression: 'record.code.truncate(5)', target: 'sku' },
    name('words([record.?title, record.?country], " ")'),
    { kind: 'expression', expression: 'record.price.amount * 2', target: 'cost.amount' },
    { kind: 'valueList', source: 'tax', list: 'tax', secondKey: 'country', target: 'taxCode' },
    { kind: 'copy', source: 'at', target: 'since' },
    { kind: 'copy', source: 'barcodes', target: 'eans', whenEmpty: 'clear' },
    { kind: 'condition', target: 'isActive', rows: [{ when: { expression: 'record.tax > 5' }, then: { copy: 'active' } }] },
    { kind: 'list', source: 'levels', target: 'rows', rules: [{ kind: 'expression', expression: 'item.place.upper()', target: 'warehouse' }] },
  ]; // prettier-ignore
  const mapping = compile(rules);
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.constantFrom('1.5', '21', '', ' ', '2025-01-01', 'A1'),
  );
  const value = fc.oneof(
    text,
    fc.double(),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(text, { maxLength: 3 }),
  );
  const known = fc.record(
    {
      code: value, title: value, country: value, tax: value, active: value, at: value, barcodes: value,
      price: fc.oneof(value, fc.record({ amount: value })),
      levels: fc.oneof(value, fc.array(fc.record({ place: value, quantity: value }), { maxLength: 3 })),
    },
    { requiredKeys: [] },
  ); // prettier-ignore
  const isFilled = (of: unknown): boolean =>
    Array.isArray(of) ? of.some(isFilled) : of !== undefined && of !== null && String(of).trim() !== '';
  /** What each field is made from; when that is there, the field is there or the record fails. */
  const madeFrom: Readonly<Record<string, (of: Document) => boolean>> = {
    sku: ({ code }) => isFilled(code),
    name: ({ title, country }) => isFilled(title) || isFilled(country),
    cost: ({ price }) => isFilled((price as Document | undefined)?.['amount']),
    taxCode: ({ tax }) => isFilled(tax),
    since: ({ at }) => isFilled(at),
    eans: () => true,
    rows: ({ levels }) => Array.isArray(levels) && levels.some((each) => isFilled((each as Document)['place'])),
  };

  it('is total, gives the same again, changes nothing that it reads and drops no field silently', () => {
    let engineMs = 0;
    fc.assert(
      fc.property(known, (document) => {
        const before = JSON.stringify(document);
        const from = process.cpuUsage();
        const first = mapping.run(document as Document, 'create');
        const { user, system } = process.cpuUsage(from);
        engineMs += (user + system) / 1_000;
        expect(mapping.run(document as Document, 'create')).toEqual(first);
        if (JSON.stringify(document) !== before) throw new Error('the record was changed');
        if (first.type !== 'mapped') return first.type === 'failed' && first.problems.length > 0;
        return Object.entries(madeFrom).every(
          ([field, isThere]) => !isThere(document as Document) || field in first.document,
        );
      }),
      { numRuns: 10_000 },
    );
    // 2,000 ms on an idle machine; what shares it with others gets more.
    expect(engineMs).toBeLessThan(10_000);
  });
});
