/** What is refused when a mapping is saved, and that no document can hurt one that was accepted. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Document, Json } from '../base/document.js';
import { compileMapping } from './compile.js';
import type { Rule } from './mapping.js';
import { source, target, sku, compile, problemsOf } from './mapping-fixture.js';

describe('the check of a definition', () => {
  it('accepts a good one and finds every problem of a bad one, each with its place', () => {
    expect(problemsOf([sku])).toEqual([]);
    expect(
      problemsOf([
        { kind: 'copy', source: 'cod', target: 'name' },
        { kind: 'copy', source: 'code', target: 'nam' },
        { kind: 'copy', source: 'price', target: 'kind' },
        { kind: 'copy', source: 'levels.place', target: 'born' },
        { kind: 'copy', source: 'barcodes', target: 'taxCode' },
        { kind: 'constant', value: '1', target: 'available' },
        { kind: 'constant', value: 'maybe', target: 'isActive' },
        { kind: 'valueList', source: 'tax', list: 'none', target: 'position' },
        { kind: 'copy', source: 'title', target: 'cost.currency' },
        { kind: 'magic', target: 'since' },
        { kind: 'condition', target: 'taxCode', rows: [], otherwise: { translate: { source: 'tax', secondKey: 'x', list: 'none' } } },
        { kind: 'condition', target: 'extra', rows: [], otherwise: { translate: 'tax' } },
      ]), // prettier-ignore
    ).toEqual([
      'UNKNOWN_FIELD rules.0',
      'UNKNOWN_FIELD rules.1',
      'TYPE_MISMATCH rules.2',
      'UNKNOWN_FIELD rules.3',
      'TYPE_MISMATCH rules.4',
      'READ_ONLY_FIELD rules.5',
      'TYPE_MISMATCH rules.6',
      'UNKNOWN_VALUE_LIST rules.7',
      'INVALID_RULE rules.9',
      'UNKNOWN_VALUE_LIST rules.10.otherwise',
      'UNKNOWN_FIELD rules.10.otherwise',
      'INVALID_RULE rules.11.otherwise',
      'DUPLICATE_TARGET rules.10',
      'MISSING_REQUIRED_RULE rules',
      'MISSING_REQUIRED_RULE rules',
    ]);
  });

  it('refuses two rules for one field unless they take part in different operations', () => {
    expect(problemsOf([sku, sku])).toEqual(['DUPLICATE_TARGET rules.1']);
    const name = { kind: 'copy', source: 'title', target: 'name' };
    expect(problemsOf([sku, { ...name, onUpdate: false }, { ...name, onCreate: false }])).toEqual([]);
  });

  it('never throws for a definition that is not one', () => {
    fc.assert(
      fc.property(fc.anything(), (rules) => {
        compileMapping(
          { key: 't', direction: 'inbound', connector: 'c', record: 'r', entity: 'product', rules: rules as Rule[] },
          { source, target, valueLists: [] },
        );
      }),
    );
  });
});

describe('any document', () => {
  const everything = compile(
    [
      sku,
      { kind: 'copy', source: 'title', target: 'name', whenEmpty: 'clear' },
      { kind: 'copy', source: 'price.amount', target: 'cost.amount' },
      { kind: 'copy', source: 'tax', target: 'position' },
      { kind: 'copy', source: 'active', target: 'isActive' },
      { kind: 'copy', source: 'at', target: 'since' },
      { kind: 'copy', source: 'open', target: 'extra' },
      { kind: 'valueList', source: 'tax', secondKey: 'country', list: 'tax', target: 'taxCode' },
      { kind: 'copy', source: 'barcodes', target: 'eans' },
      {
        kind: 'condition',
        target: 'kind',
        rows: [{ when: { field: 'tax', is: 'lt', value: 3 }, then: { copy: 'title' } }],
      },
      {
        kind: 'list',
        source: 'levels',
        target: 'rows',
        rules: [
          { kind: 'copy', source: 'place', target: 'warehouse' },
          { kind: 'copy', source: 'quantity', target: 'onHand' },
          { kind: 'copy', source: '^.code', target: 'sku' },
        ],
      },
    ],
    {
      includeWhen: {
        any: [
          { field: 'code', is: 'filled' },
          { field: 'open.__proto__.x', is: 'in', value: [1, 'a'] },
        ],
      },
    },
  );
  const hostile = fc.json({ maxDepth: 4 }).map((text) => JSON.parse(text) as Json);
  const names = [...source.fields.map((field) => field.name), '__proto__', 'constructor'];
  const documents = fc
    .dictionary(
      fc.constantFrom(...names),
      fc.oneof(
        hostile,
        fc.string(),
        fc.double(),
        fc.array(fc.dictionary(fc.constantFrom('place', 'quantity', 'toString'), hostile)),
      ),
    )
    .map((value) => JSON.parse(JSON.stringify(value)) as Document);

  it('is mapped, excluded or refused, never a crash, and the same way every time', () => {
    fc.assert(
      fc.property(documents, fc.constantFrom('create' as const, 'update' as const), (document, operation) => {
        const first = everything.run(document, operation);
        expect(everything.run(document, operation)).toEqual(first);
        expect(Object.getPrototypeOf({})).toBe(Object.prototype);
        expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
      }),
      { numRuns: 500 },
    );
  });

  it('may be nested deeper than any stack', () => {
    let deep: Json = 'x';
    for (let i = 0; i < 100_000; i++) deep = i % 2 === 0 ? [deep] : { open: deep };
    const mapped = everything.run(
      { code: 'A', open: { open: deep }, levels: deep, barcodes: deep, title: deep },
      'create',
    );
    expect(mapped.type).toBe('failed');
  });
});
