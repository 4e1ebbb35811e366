/** Mappings: what each kind of rule makes. */
import { describe, expect, it } from '@jest/globals';
import type { Document, Json } from '../base/document.js';
import type { Rule, ValueList } from './mapping.js';
import { taxes, sku, compile, run, documentOf, failureOf } from './mapping-fixture.js';

describe('copying', () => {
  it('writes decimals in normal form, whatever way they were written', () => {
    const amounts = ['019.9500', '1e2', '-0.0', '.5', '+7.', '1234567890123456789.123456'];
    const made = amounts.map((amount) =>
      documentOf(run([{ kind: 'copy', source: 'price.amount', target: 'cost.amount' }], { price: { amount } })),
    );
    expect(made.map((document) => (document.cost as Document).amount)).toEqual([
      '19.95',
      '100',
      '0',
      '0.5',
      '7',
      '1234567890123456789.123456',
    ]);
  });

  it('refuses a decimal with an exponent that would not fit in memory', () => {
    const mapped = run([{ kind: 'copy', source: 'price.amount', target: 'cost.amount' }], {
      price: { amount: '1e999999999' },
    });
    expect(failureOf(mapped)).toEqual(['WRONG_TYPE cost.amount']);
  });

  it('never cuts text that is too long, and counts characters, not halves of emoji', () => {
    expect(failureOf(compile([sku]).run({ code: '123456' }, 'create'))).toEqual(['TOO_LONG sku']);
    expect(documentOf(compile([sku]).run({ code: '🎁🎁🎁🎁🎁' }, 'create'))).toEqual({ sku: '🎁🎁🎁🎁🎁' });
  });

  it('turns one value into a list of one, and moments into UTC', () => {
    const rules: Rule[] = [
      { kind: 'copy', source: 'title', target: 'eans' },
      { kind: 'copy', source: 'at', target: 'since' },
    ];
    expect(documentOf(run(rules, { title: 'x', at: '2026-03-29T03:30:00.123456+02:00' }))).toEqual({
      sku: 'A1',
      eans: ['x'],
      since: '2026-03-29T01:30:00.123456Z',
    });
  });
});

describe('empty values', () => {
  const name = (rest: Partial<Rule>): Rule => ({ kind: 'copy', source: 'title', target: 'name', ...rest }) as Rule;

  it('are left out, cleared or refused as the rule says', () => {
    expect(documentOf(run([name({})], { title: '  ' }))).toEqual({ sku: 'A1' });
    expect(run([name({ whenEmpty: 'clear' })], {})).toEqual({
      type: 'mapped',
      document: { sku: 'A1', name: null },
      cleared: ['name'],
      unmapped: [],
      defaulted: [],
    });
    expect(failureOf(run([name({ whenEmpty: 'fail' })], {}))).toEqual(['MISSING_VALUE name']);
  });

  it('take the default; a forced default always wins', () => {
    expect(documentOf(run([name({ default: 'none' })], {})).name).toBe('none');
    expect(documentOf(run([name({ default: 'none' })], { title: 'some' })).name).toBe('some');
    expect(documentOf(run([name({ default: 'none', defaultWhen: 'forced' })], { title: 'some' })).name).toBe('none');
  });

  it('fail the record in a required field', () => {
    expect(failureOf(compile([sku]).run({}, 'create'))).toEqual(['MISSING_VALUE sku']);
  });
});

describe('create and update', () => {
  it('differ per rule and per field of the receiving catalogue', () => {
    const mapping = compile([
      sku,
      { kind: 'copy', source: 'title', target: 'name', onUpdate: false },
      { kind: 'constant', value: 'hub', target: 'born' },
      { kind: 'constant', value: 3, target: 'position', onCreate: false },
    ]);
    const document = { code: 'A1', title: 'Vest' };
    expect(documentOf(mapping.run(document, 'create'))).toEqual({ sku: 'A1', name: 'Vest', born: 'hub' });
    expect(documentOf(mapping.run(document, 'update'))).toEqual({ sku: 'A1', position: 3 });
    expect([...mapping.createOnly].sort()).toEqual(['born', 'name']);
  });
});

describe('value lists', () => {
  const tax: Rule = { kind: 'valueList', source: 'tax', secondKey: 'country', list: 'tax', target: 'taxCode' };

  it('prefer the entry of the second key and fall back to the one without', () => {
    expect(documentOf(run([tax], { tax: 21, country: 'BE' })).taxCode).toBe('BE-HIGH');
    expect(documentOf(run([tax], { tax: 21, country: 'NL' })).taxCode).toBe('HIGH');
    expect(documentOf(run([tax], { tax: 9, country: 'NL' })).taxCode).toBe('LOW');
  });

  it('translate a value of a condition too, where the condition decides what is looked up', () => {
    const byCondition: Rule = {
      kind: 'condition',
      target: 'taxCode',
      rows: [
        { when: { field: 'title', is: 'eq', value: 'free' }, then: { constant: null } },
        { when: { field: 'title', is: 'filled' }, then: { translate: { source: 'title', list: 'tax' } } },
      ],
      otherwise: { translate: { source: 'tax', secondKey: 'country', list: 'tax' } },
    };
    expect(documentOf(run([byCondition], { tax: 21, country: 'BE' })).taxCode).toBe('BE-HIGH');
    expect(documentOf(run([byCondition], { tax: 21, country: 'BE', title: '21' })).taxCode).toBe('HIGH');
    expect(documentOf(run([byCondition], { tax: 21, country: 'BE', title: 'free' }))).not.toHaveProperty('taxCode');
    expect(run([byCondition], { title: 'odd' })).toMatchObject({
      type: 'failed',
      problems: [{ code: 'UNMAPPED_VALUE', path: 'taxCode', list: 'tax', value: 'odd' }],
    });
  });

  it('name the list, the value and the second key when there is no entry', () => {
    const mapped = run([tax], { tax: 9, country: 'FR' });
    expect(mapped).toMatchObject({
      type: 'failed',
      problems: [{ code: 'UNMAPPED_VALUE', path: 'taxCode', list: 'tax', value: 9 }],
    });
    expect(JSON.stringify(mapped)).toContain('FR');
  });

  it('follow the policy of the list', () => {
    const made = (list: Partial<ValueList>): Json | undefined =>
      documentOf(compile([sku, tax], { lists: [{ ...taxes, ...list }] }).run({ code: 'A', tax: 6 }, 'create')).taxCode;
    expect(made({ whenUnmapped: 'pass' })).toBe('6');
    expect(made({ whenUnmapped: 'omit' })).toBeUndefined();
    expect(made({ whenUnmapped: 'default', defaultValue: 'ZERO' })).toBe('ZERO');
  });

  it('tell of every code that they lack an entry for, also when a default, the code itself or nothing stands in', () => {
    const notes = (list: Partial<ValueList>) => {
      const lists = [{ ...taxes, ...list }];
      const mapped = compile([sku, tax], { lists }).run({ code: 'A', tax: 6, country: 'BE' }, 'create');
      return mapped.type === 'mapped' ? mapped.unmapped : mapped.type;
    };
    const missing = [{ list: 'tax', value: '6', secondKey: 'BE' }];
    expect(notes({ entries: [], whenUnmapped: 'pass' })).toEqual(missing);
    expect(notes({ entries: [], whenUnmapped: 'omit' })).toEqual(missing);
    expect(notes({ entries: [], whenUnmapped: 'default', defaultValue: 'X' })).toEqual(missing);
    expect(notes({ entries: [{ from: '6', to: 'L' }], whenUnmapped: 'pass' })).toEqual([]);
    expect(notes({ entries: [], whenUnmapped: 'fail' })).toBe('failed');
  });
});

describe('conditions', () => {
  it('take the first row that holds, comparing numbers as numbers', () => {
    const rule: Rule = {
      kind: 'condition',
      target: 'kind',
      rows: [
        { when: { field: 'price.amount', is: 'gt', value: '9.50' }, then: { constant: 'parent' } },
        { when: { not: { field: 'price.amount', is: 'empty' } }, then: { constant: 'simple' } },
      ],
    };
    expect(documentOf(run([rule], { price: { amount: '10.0' } })).kind).toBe('parent');
    expect(documentOf(run([rule], { price: { amount: '9.5' } })).kind).toBe('simple');
    expect(documentOf(run([rule], {})).kind).toBeUndefined();
  });

  it.each<[field: string, is: string, value: Json, document: Document, holds: boolean]>([
    ['code', 'eq', '17', { code: '0017' }, false],
    ['code', 'ne', '17', { code: '0017' }, true],
    ['code', 'in', ['100000', '5'], { code: '1E5' }, false],
    ['code', 'in', ['0017', '5'], { code: '0017' }, true],
    ['code', 'eq', '90.75', { code: '90.750' }, false],
    ['code', 'eq', 17, { code: '17' }, true],
    ['code', 'eq', '', { code: ' ' }, true],
    ['code', 'gt', '9', { code: '10' }, true],
    ['open.code', 'eq', '17', { open: { code: '0017' } }, false],
    ['open.code', 'eq', '17', { open: { code: 17 } }, true],
    ['open.code', 'eq', 1, { open: { code: '1.00' } }, true],
    ['open.code', 'in', ['100000'], { open: { code: '1E5' } }, false],
    ['facts.deposit', 'eq', 1, { facts: [{ code: 'deposit', value: '1.00' }] }, true],
    ['facts.deposit', 'ne', '1.0', { facts: [{ code: 'deposit', value: '1.00' }] }, false],
    ['facts.deposit', 'in', ['10'], { facts: [{ code: 'deposit', value: '10.0' }] }, true],
    ['facts.batch', 'eq', '17', { facts: [{ code: 'batch', value: '0017' }] }, false],
    ['facts.batch', 'eq', '100000', { facts: [{ code: 'batch', value: '1E5' }] }, false],
    ['traits.grade', 'eq', '1', { traits: [{ code: 'grade', value: '1.00' }] }, false],
    ['tax', 'eq', '6', { tax: 6 }, true],
    ['tax', 'in', ['6.0'], { tax: '06' }, true],
    ['price.amount', 'eq', 10, { price: { amount: '10.00' } }, true],
    ['price.amount', 'ne', '10.00', { price: { amount: '10' } }, false],
    ['active', 'eq', true, { active: true }, true],
    ['at', 'eq', '2026-03-01T00:00:00Z', { at: '2026-03-01T00:00:00.000Z' }, true],
    ['at', 'ne', '2026-03-01T00:00:00Z', { at: '2026-03-01T01:00:00.000000+01:00' }, false],
    ['at', 'gt', '2026-03-01T00:00:00Z', { at: '2026-03-01T00:30:00+01:00' }, false],
    ['at', 'lt', '2026-03-01T00:00:00Z', { at: '2026-03-01T00:30:00+01:00' }, true],
    ['at', 'gt', '2026-03-01', { at: '2026-03-01T00:00:00.000Z' }, false],
    ['at', 'gt', '2026-03-01T00:00:00.000Z', { at: '2026-03-01T00:00:00.000001Z' }, true],
    ['at', 'eq', 'soon', { at: 'soon' }, false],
    ['at', 'gt', '2026-03-01', { at: 'soon' }, false],
  ])('compare by the type of the field: %s %s %j of %j: %s', (field, is, value, document, holds) => {
    const rule = { kind: 'condition', target: 'name', rows: [{ when: { field, is, value }, then: { constant: 'yes' } }] };
    const mapping = compile([{ kind: 'constant', target: 'sku', value: 'A' }, rule as Rule]);
    expect(documentOf(mapping.run(document, 'create'))['name'] === 'yes').toBe(holds);
  }); // prettier-ignore

  it('exclude a record with the note of the part that did not hold', () => {
    const mapping = compile([sku], {
      includeWhen: {
        all: [
          { field: 'active', is: 'true', note: 'It is not active.' },
          { field: 'code', is: 'startsWith', value: 'A', note: 'Its code does not start with A.' },
        ],
      },
    });
    expect(mapping.run({ code: 'B', active: true }, 'create')).toEqual({
      type: 'excluded',
      reason: 'Its code does not start with A.',
    });
    expect(mapping.run({ code: 'A', active: false }, 'create')).toEqual({
      type: 'excluded',
      reason: 'It is not active.',
    });
    expect(mapping.run({ code: 'A', active: true }, 'create').type).toBe('mapped');
  });
});

describe('lists', () => {
  const rows = (rest: Partial<Rule> = {}): Rule =>
    ({
      kind: 'list',
      source: 'levels',
      target: 'rows',
      rules: [
        { kind: 'copy', source: 'place', target: 'warehouse' },
        { kind: 'copy', source: 'quantity', target: 'onHand' },
        { kind: 'copy', source: '^.code', target: 'sku' },
      ],
      ...rest,
    }) as Rule;
  const levels = [
    { place: 'M', quantity: '0.1' },
    { place: 'S', quantity: '5' },
    { place: 'M', quantity: '0.2' },
  ];

  it('map each item, read the record above, and add up items of one key exactly', () => {
    expect(documentOf(run([rows()], { levels })).rows).toEqual([
      { warehouse: 'M', onHand: '0.3', sku: 'A1' },
      { warehouse: 'S', onHand: '5', sku: 'A1' },
    ]);
  });

  it('leave out the items that the condition excludes', () => {
    const rule = rows({ includeWhen: { field: 'place', is: 'eq', value: 'S' } } as Partial<Rule>);
    expect(documentOf(run([rule], { levels })).rows).toEqual([{ warehouse: 'S', onHand: '5', sku: 'A1' }]);
  });

  it('name the item that is wrong', () => {
    expect(failureOf(run([rows()], { levels: [{ place: 'M' }, { place: 'S', quantity: 'many' }, {}] }))).toEqual([
      'WRONG_TYPE rows.1.onHand',
      'MISSING_VALUE rows.2.warehouse',
    ]);
  });

  it('are made of plain values with the path "."', () => {
    const rule: Rule = {
      kind: 'list',
      source: 'levels',
      target: 'eans',
      rules: [{ kind: 'copy', source: 'place', target: '.' }],
    };
    expect(documentOf(run([rule], { levels })).eans).toEqual(['M', 'S', 'M']);
    const back: Rule = {
      kind: 'list',
      source: 'barcodes',
      target: 'rows',
      rules: [{ kind: 'copy', source: '.', target: 'warehouse' }],
    };
    expect(documentOf(run([back], { barcodes: ['a', 'b'] })).rows).toEqual([{ warehouse: 'a' }, { warehouse: 'b' }]);
  });
});
