/**
 * How many records a second one core maps with 20 rules, five of them expressions, beside the same mapping written by hand in
 * plain JavaScript (which checks nothing and coerces nothing).
 */
import Big from 'big.js';
import type { Document, RecordCatalogue } from '../src/base/document.js';
import { compileMapping } from '../src/mapping/compile.js';
import type { Rule } from '../src/mapping/mapping.js';
import type { BenchOptions } from './options.js';
import { measurement, type Measurement } from './report.js';

const texts = ['code', 'title', 'brand', 'colour', 'size', 'country', 'description', 'unit', 'supplier'];
const source: RecordCatalogue = {
  record: 'article',
  fields: [
    ...texts.map((name) => ({ name, type: 'text' as const })),
    { name: 'price', type: 'decimal' },
    { name: 'tax', type: 'integer' },
    { name: 'weight', type: 'decimal' },
    { name: 'isActive', type: 'boolean' },
    { name: 'at', type: 'instant' },
    { name: 'barcodes', type: 'text', list: true },
  ],
};
const target: RecordCatalogue = {
  record: 'product',
  fields: [
    { name: 'sku', type: 'text', required: true, maxLength: 40 },
    ...['name', 'label', 'slug', 'summary', 'brand', 'colour', 'size', 'unit', 'taxCode', 'kind', 'origin', 'ean', 'supplier', 'description'].map(
      (name) => ({ name, type: 'text' as const }),
    ),
    { name: 'price', type: 'decimal' },
    { name: 'gross', type: 'decimal' },
    { name: 'weight', type: 'decimal' },
    { name: 'isActive', type: 'boolean' },
    { name: 'since', type: 'instant' },
  ],
}; // prettier-ignore
const copy = (from: string, to = from): Rule => ({ kind: 'copy', source: from, target: to });
const expression = (to: string, text: string): Rule => ({ kind: 'expression', target: to, expression: text });
const rules: readonly Rule[] = [
  copy('code', 'sku'), copy('title', 'name'), copy('brand'), copy('colour'), copy('size'), copy('unit'), copy('supplier'),
  copy('description'), copy('price'), copy('weight'), copy('isActive'), copy('at', 'since'), copy('barcodes.0', 'ean'),
  { kind: 'valueList', source: 'tax', list: 'tax', secondKey: 'country', target: 'taxCode' },
  { kind: 'condition', target: 'kind', rows: [{ when: { field: 'size', is: 'filled' }, then: { constant: 'sized' } }], otherwise: { constant: 'plain' } },
  expression('label', 'record.brand + " " + record.title'),
  expression('slug', 'record.title.lower().replace(" ", "-")'),
  expression('summary', 'record.description.truncate(40)'),
  expression('gross', '(record.price * 1.21).round(2)'),
  expression('origin', 'record.country == "NL" ? "domestic" : "foreign"'),
]; // prettier-ignore

const record = (index: number): Document => ({
  code: `A${index}`, title: `Shirt number ${index}`, brand: 'Koppel', colour: 'red', size: 'M', country: index % 3 === 0 ? 'BE' : 'NL',
  description: 'A shirt of cotton that can be washed at forty degrees', unit: 'piece', supplier: 'S1', price: `${index % 90}.95`,
  tax: 21, weight: '0.350', isActive: true, at: '2025-03-01T10:00:00.000Z', barcodes: ['8710000000000'],
}); // prettier-ignore

function byHand(from: Document): Document {
  const text = (name: string): string => from[name] as string;
  return {
    sku: text('code'), name: text('title'), brand: text('brand'), colour: text('colour'), size: text('size'), unit: text('unit'),
    supplier: text('supplier'), description: text('description'), price: text('price'), weight: text('weight'),
    isActive: from['isActive'] as boolean, since: text('at'), ean: (from['barcodes'] as readonly string[])[0] ?? null,
    taxCode: from['country'] === 'BE' ? 'BE-HIGH' : 'HIGH', kind: text('size') === '' ? 'plain' : 'sized',
    label: `${text('brand')} ${text('title')}`, slug: text('title').toLowerCase().replaceAll(' ', '-'),
    summary: text('description').slice(0, 40), gross: new Big(text('price')).times('1.21').round(2).toFixed(),
    origin: from['country'] === 'NL' ? 'domestic' : 'foreign',
  }; // prettier-ignore
}

export function benchMapping(options: BenchOptions): Promise<readonly Measurement[]> {
  const compiled = compileMapping(
    { key: 'bench', direction: 'inbound', connector: 'none', record: 'article', entity: 'product', rules },
    {
      source,
      target,
      valueLists: [
        {
          key: 'tax', name: 'Tax', kind: 'TAX_CODE', whenUnmapped: 'fail',
          entries: [{ from: '21', to: 'HIGH' }, { from: '21', secondKey: 'BE', to: 'BE-HIGH' }],
        },
      ],
    },
  ); // prettier-ignore
  if (compiled.type === 'invalid') throw new Error(JSON.stringify(compiled.problems));
  const { mapping } = compiled;
  const records = Array.from({ length: 20_000 }, (_, index) => record(index));
  const [first] = records;
  const mapped = mapping.run(first!, 'create');
  if (mapped.type !== 'mapped' || Object.keys(mapped.document).length !== rules.length)
    throw new Error(`Not every rule gave a value: ${JSON.stringify(mapped)}`);
  const speed = (one: (from: Document) => unknown): number => {
    const from = performance.now();
    for (const each of records) one(each);
    return (records.length * 1_000) / (performance.now() - from);
  };
  const hub: number[] = [];
  const hand: number[] = [];
  for (let round = 0; round < (options.rounds ?? 9) + 2; round++) {
    const [a, b] = [speed((each) => mapping.run(each, 'create')), speed(byHand)];
    if (round < 2) continue;
    hub.push(a);
    hand.push(b);
    options.say(`round ${round - 1}: ${Math.round(a).toLocaleString('en')} records/s`);
  }
  return Promise.resolve([
    measurement('20 rules, 5 of them expressions', hub, 'records/s', {
      name: '100,000 records/s',
      values: [100_000],
      bar: 1,
    }),
    measurement('the same by hand', hand, 'records/s'),
  ]);
}
