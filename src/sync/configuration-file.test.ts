/** Configuration files: written and read back without loss, and refused with the line when they cannot be read. */
import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import type { Rule, ValueListEntry } from '../mapping/mapping.js';
import { tidyCode } from '../mapping/value-lists.js';
import {
  everyIn,
  everyOf,
  writeConfigurationFile,
  type FileContent,
  type ValueListPart,
} from './configuration-file.js';
import { readConfigurationFile } from './configuration-file-read.js';

const nothing: FileContent = { systems: new Map(), flows: new Map(), fieldOwners: new Map(), mappings: new Map(), valueLists: new Map(), comparisons: new Map(), alertChannels: new Map(), alertRules: new Map() }; // prettier-ignore
const content: FileContent = {
  systems: new Map([['till', { connector: 'mpluskassa', name: 'Till', settings: { url: 'https://till.example', branches: [1, 2] }, mappings: ['order-short'] }]]),
  flows: new Map([
    ['orders', { name: 'Orders', entity: 'order', source: 'shop', target: 'till', pollEveryMs: 250, settings: { order: { employee: '007' } } }],
  ]),
  fieldOwners: new Map([
    ['variant', { priceAmount: { policy: 'manual', owner: null }, gtin: { policy: 'lastWriter', owner: null }, name: { policy: 'source', owner: '007' } }],
  ]),
  mappings: new Map([
    ['order-short', { name: 'Short orders', connector: 'mpluskassa', direction: 'outbound', record: 'order', entity: 'order', rules: [] }],
    [
      'order-out',
      {
        connector: 'mpluskassa',
        direction: 'outbound',
        record: 'order',
        entity: 'order',
        includeWhen: { field: 'type', is: 'eq', value: 'ORDER', note: 'Only orders.' },
        rules: [
          { kind: 'copy', target: 'reference', source: 'number' },
          { kind: 'constant', target: 'nothing', value: null, isEnabled: false },
          { kind: 'valueList', target: 'vat', source: 'tax', list: 'vat', secondKey: 'country', onUpdate: false },
          { kind: 'expression', target: 'text', expression: 'record.a +\n  "b: #c"', whenEmpty: 'omit' },
          {
            kind: 'list',
            target: 'lines',
            source: 'lines',
            rules: [
              {
                kind: 'condition',
                target: 'kind',
                rows: [{ when: { field: 'sku', is: 'empty' }, then: { translate: { source: 'a', list: 'vat' } } }],
                otherwise: { constant: 'PRODUCT' },
              },
            ],
          },
        ] satisfies Rule[],
      },
    ],
  ]),
  valueLists: new Map([
    ['vat', { name: 'VAT', kind: 'TAX_CODE', whenUnmapped: 'default', defaultValue: '0', entries: [{ from: '021', secondKey: 'NO', to: '1' }] }],
  ]),
  comparisons: new Map([['orders', { everyHours: 24 }]]),
  alertChannels: new Map([
    ['desk', { name: 'Desk', email: 'desk@example.com', language: 'nl' as const }],
    ['pager', { name: 'Pager', webhook: 'https://hooks.example.com', isSigned: true, language: 'en' as const }],
  ]),
  alertRules: new Map([
    ['late', { name: 'Late', kind: 'LAG', severity: 'WARNING', threshold: 15, flows: ['orders'], systems: [], channels: ['desk', 'pager'], isEnabled: true }],
    ['held', { name: 'Held', kind: 'RUN_HELD', severity: 'ERROR', flows: [], systems: ['till'], channels: [], isEnabled: false }],
  ]),
}; // prettier-ignore

function readBack(text: string): FileContent {
  const read = readConfigurationFile(text);
  if (read.type === 'refused') throw new Error(JSON.stringify(read.problems));
  const { lineOf: _, ...rest } = read.content;
  return rest as FileContent;
}
function problemsOf(text: string): readonly string[] {
  const read = readConfigurationFile(text);
  return read.type === 'refused' ? read.problems.map(({ line, message }) => `${line}: ${message}`) : [];
}

describe('a configuration file', () => {
  it('is read as it was written', () => {
    const text = writeConfigurationFile(content);
    expect(readBack(text)).toEqual(content);
    expect(writeConfigurationFile(readBack(text))).toBe(text);
  });

  it('has a row and a rule a line, keys in order, and nothing that YAML would take for something else', () => {
    const text = writeConfigurationFile(content);
    expect(text).toContain('\n      - { from: "021", secondKey: NO, to: "1" }\n');
    expect(text).toContain(
      '\n      - { target: vat, valueList: vat, source: tax, secondKey: country, onUpdate: false }\n',
    );
    expect(text).toContain('\n    every: PT0.25S\n');
    expect(text).toContain(
      '\n  variant:\n    gtin: lastWriter\n    name: { system: "007" }\n    priceAmount: manual\n',
    );
    expect(text).toContain('\ncomparisons:\n  orders: { everyHours: 24 }\n');
    expect(text).toContain(
      '\n    flows: [ orders ]\n    systems: []\n    channels: [ desk, pager ]\n    isEnabled: true\n',
    );
    expect(text).toContain('\n    webhook: https://hooks.example.com\n    isSigned: true\n');
    expect(text.split('\n')[0]).toBe('koppel: 1');
    const two = new Map([...content.valueLists, ['a', content.valueLists.get('vat')!]]);
    const again = new Map([...two].reverse());
    expect(writeConfigurationFile({ ...nothing, valueLists: two })).toBe(
      writeConfigurationFile({ ...nothing, valueLists: again }),
    );
  });

  it('keeps every code of a value list, whatever is in it', () => {
    const code = fc
      .oneof(
        fc.string({ unit: 'grapheme' }),
        fc.string({ unit: 'binary' }),
        fc.constantFrom(
          'on',
          'null',
          '~',
          '1e3',
          '0x1F',
          '=',
          '<<',
          '- a',
          'a: b',
          '#',
          '|',
          '021',
          '__proto__',
          'a\r\nb',
          'a\u0085b\u2028c',
        ),
      ) // prettier-ignore
      .map(tidyCode)
      .filter((text) => text !== '');
    const entry: fc.Arbitrary<ValueListEntry> = fc.oneof(
      fc.record({ from: code, to: code }),
      fc.record({ from: code, secondKey: code, to: code }),
    );
    const entries = fc.uniqueArray(entry, {
      selector: ({ from, secondKey }) => JSON.stringify([from, secondKey ?? '']),
    });
    const part = fc.record({
      name: code,
      kind: fc.constantFrom('CUSTOM' as const, 'TAX_CODE' as const),
      whenUnmapped: fc.constantFrom('pass' as const, 'default' as const),
      defaultValue: code,
      entries,
    });
    fc.assert(
      fc.property(fc.dictionary(code, part, { maxKeys: 3 }), (lists: Record<string, ValueListPart>) => {
        const valueLists = new Map(Object.entries(lists));
        const text = writeConfigurationFile({ ...nothing, valueLists });
        expect(readBack(text).valueLists).toEqual(valueLists);
        expect(writeConfigurationFile(readBack(text))).toBe(text);
      }),
    );
  });

  it('keeps constants and settings of every shape', () => {
    const value = fc
      .jsonValue({ maxDepth: 3 })
      .map((json) => JSON.parse(JSON.stringify(json).replaceAll('-0', '0')) as never);
    fc.assert(
      fc.property(fc.dictionary(fc.string(), value), value, (settings, constant) => {
        const systems = new Map([['a', { connector: 'c', name: 'n', settings }]]);
        const rules = [{ kind: 'constant', target: 't', value: constant } as const];
        const mappings = new Map([['m', { connector: 'c', direction: 'inbound', record: 'r', entity: 'product', rules } as const]]);
        const text = writeConfigurationFile({ ...nothing, systems, mappings });
        expect(readBack(text)).toEqual({ ...nothing, systems, mappings });
      }),
    ); // prettier-ignore
  });

  it('of the documentation is read, and is in the form in which it would be written', () => {
    const [, text = ''] = /```yaml\n([^]*?)```/.exec(readFileSync('docs/configuration-file.md', 'utf8')) ?? [];
    expect(writeConfigurationFile(readBack(text))).toBe(text);
  });

  it('says of each thing that cannot be read in which line it stands', () => {
    const text = [
      'koppel: 1',
      'valueLists:',
      '  vat:',
      '    kind: VAT',
      '    entries:',
      '      - { from: 21, to: 1 }',
      '      - { from: 21, to: 2 }',
      '      - { from: [a], to: 2 }',
      '      - { code: 6, to: 2 }',
      'mappings:',
      '  m:',
      '    rules:',
      '      - { target: a, copy: b, constant: c }',
      '      - { target: a, copy: b, onCreat: false }',
      '      - { target: a, copy: b, onCreate: 1 }',
      'flows:',
      '  f: { every: 5 minutes, entity: orders }',
      'fieldOwners:',
      '  stock: { onHand: manual }',
      '  variant:',
      '    sku: manuel',
      '    gtin: [ manual ]',
      '    name: { system: }',
      '    priceAmount: { sistem: till }',
      '  product: manual',
      'extra: 1',
    ].join('\n');
    const lines = problemsOf(text).map((problem) => problem.split(': ')[0]);
    expect(new Set(lines)).toEqual(
      new Set(['4', '7', '8', '9', '13', '14', '15', '17', '19', '21', '22', '23', '24', '25', '26']),
    );
    expect(problemsOf(text)).toContain('7: The code of line 6 stands here once more.');
    expect(problemsOf(text)).toContain(
      '19: Fields of product, variant, category, customer can have owners, not those of stock.',
    );
    expect(problemsOf(text)).toContain(
      '21: "fieldOwners.variant.sku" is manual, lastWriter or { system: key }, not "manuel".',
    );
    expect(problemsOf(text)).toContain(
      '17: "orders" is not known here; there are category, product, stock, customer, order.',
    );
  });

  it.each([
    ['without a version', 'flows: {}', '1: The first line says the version of the format: koppel: 1'],
    ['of another version', 'koppel: 2', '1: This hub reads version 1 of the format, not 2.'],
    ['that is not a map', '- a', '1: The file should hold names with values.'],
    ['with a name twice', 'koppel: 1\nflows: {}\nflows: {}', '3: "flows" stands here twice.'],
    ['with a reference', 'koppel: 1\nflows: &a {}\nsystems: *a', '3: References (*) are not read; write the value out.'],
    ['with a tag', 'koppel: 1\nflows: !x {}', '2: Unresolved tag: !x.'],
    ['with a number that would be rounded', 'koppel: 1\nsystems: { a: { settings: { b: 12345678901234567890 } } }', '2: 12345678901234567890 cannot be kept as it is; write it in quotes.'],
    ['that is nested without end', `koppel: 1\nflows: ${'['.repeat(100_000)}`, 'null: The file is nested too deeply.'],
    ['that is nested block in block', `koppel: 1\n${'- '.repeat(100_000)}`, 'null: The file is nested too deeply.'],
  ])('%s is refused', (_, text, problem) => {
    expect(problemsOf(text)).toContain(problem);
  }); // prettier-ignore

  it('with many names is read in a time that grows with its length', () => {
    const many = Array.from({ length: 60_000 }, (_, index) => `  a${index}: 1`).join('\n');
    expect(problemsOf(`koppel: 1\nflows:\n${many}`)).toHaveLength(50);
  });

  it('says how often in a form that is read back', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 100_000_000 }), (ms) => expect(everyIn(everyOf(ms))).toBe(ms)));
    expect(['PT1H30M', 'PT', 'P1D', '5s', 'PT0S'].map(everyIn)).toEqual([
      5_400_000,
      ...Array<undefined>(4).fill(undefined),
    ]);
  });
});
