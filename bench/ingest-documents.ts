/**
 * A made-up system for the ingest benchmark: documents of the size and shape that a till shows, and a mapping for them with
 * every kind of rule. `edition` changes the name and the prices of every product.
 */
import type { Document, Field, Json } from '../src/base/document.js';
import { inboundCatalogue } from '../src/canonical/entities.js';
import { compileMapping } from '../src/mapping/compile.js';
import type { CompiledMapping, MappingDefinition, ValueList } from '../src/mapping/mapping.js';
import type { Connector } from '../src/systems/system.js';

export function makeDocument(index: number, edition: number): Document {
  const variants = index % 10 < 7 ? 1 : 3;
  return {
    number: String(100_000 + index),
    title: `Linnen overhemd nr. ${index}, editie ${edition}`,
    shortText: 'Luchtig overhemd van gewassen linnen met een button-downkraag.',
    longText: `Een overhemd voor warme dagen. ${'Gemaakt van Europees vlas, voorgekrompen en zacht. '.repeat(5)}`,
    brand: ['Noord & Zee', 'Atelier Meert', 'De Vlasserij'][index % 3] ?? '',
    isActive: true,
    isOnline: index % 9 !== 0,
    groups: [String(index % 40), String(40 + (index % 7))],
    extra: [
      { code: 'material', text: 'linnen' },
      { code: 'season', text: `zomer ${2020 + (index % 6)}` },
      { code: 'origin', text: 'België' },
    ],
    articles: Array.from({ length: variants }, (_, place): Json => ({
      key: String(1_000_000 + index * 10 + place),
      code: String(1_000_000 + index * 10 + place),
      title: `Overhemd ${['S', 'M', 'L'][place] ?? ''}`,
      codes: [ean(index * 10 + place), `2${String(index).padStart(6, '0')}`],
      size: ['S', 'M', 'L'][place] ?? 'S',
      colour: ['wit', 'blauw', 'zand'][index % 3] ?? '',
      price: `${20 + (index % 60)}.${String((edition * 7 + place) % 100).padStart(2, '0')}`,
      cost: `${8 + (index % 30)}.5000`,
      vat: '21.00',
      vatCode: 'H',
      unit: 'st',
      weight: 230,
      stocked: true,
      active: true,
    })),
  };
}

function ean(n: number): string {
  const digits = `871234${String(n % 1_000_000).padStart(6, '0')}`;
  let sum = 0;
  for (let i = 0; i < 12; i++) sum += Number(digits[i]) * (i % 2 === 0 ? 1 : 3);
  return digits + String((10 - (sum % 10)) % 10);
}

const text = (name: string): Field => ({ name, type: 'text' });
const sourceFields: readonly Field[] = [
  ...['number', 'title', 'shortText', 'longText', 'brand'].map(text),
  { name: 'isActive', type: 'boolean' },
  { name: 'isOnline', type: 'boolean' },
  { name: 'groups', type: 'text', list: true },
  { name: 'extra', type: 'object', list: true, fields: [text('code'), text('text')] },
  {
    name: 'articles',
    type: 'object',
    list: true,
    fields: [
      ...['key', 'code', 'title', 'firstCode', 'size', 'colour', 'vatCode', 'unit'].map(text),
      { name: 'codes', type: 'text', list: true },
      { name: 'price', type: 'decimal' },
      { name: 'cost', type: 'decimal' },
      { name: 'vat', type: 'decimal' },
      { name: 'weight', type: 'integer' },
      { name: 'stocked', type: 'boolean' },
      { name: 'active', type: 'boolean' },
      {
        name: 'options',
        type: 'object',
        list: true,
        fields: [text('code'), text('value')],
      },
    ],
  },
];

const definition: MappingDefinition = {
  key: 'bench-product-in',
  direction: 'inbound',
  connector: 'bench',
  record: 'product',
  entity: 'product',
  includeWhen: { field: 'number', is: 'filled', note: 'has no number' },
  rules: [
    { kind: 'copy', target: 'code', source: 'number' },
    { kind: 'copy', target: 'name', source: 'title', whenEmpty: 'fail' },
    { kind: 'copy', target: 'shortDescription', source: 'shortText', whenEmpty: 'clear' },
    { kind: 'copy', target: 'description', source: 'longText', whenEmpty: 'clear' },
    { kind: 'copy', target: 'brand', source: 'brand', whenEmpty: 'clear' },
    { kind: 'copy', target: 'isVisibleInWebshop', source: 'isOnline', default: true },
    {
      kind: 'condition',
      target: 'status',
      rows: [{ when: { field: 'isActive', is: 'true' }, then: { constant: 'ACTIVE' } }],
      otherwise: { constant: 'DISCONTINUED' },
    },
    { kind: 'copy', target: 'categories', source: 'groups' },
    {
      kind: 'list',
      target: 'attributes',
      source: 'extra',
      rules: [
        { kind: 'copy', target: 'code', source: 'code' },
        { kind: 'copy', target: 'value', source: 'text' },
      ],
    },
    {
      kind: 'list',
      target: 'variants',
      source: 'articles',
      rules: [
        { kind: 'copy', target: 'externalId', source: 'key' },
        { kind: 'copy', target: 'sku', source: 'code', whenEmpty: 'fail' },
        { kind: 'copy', target: 'name', source: 'title' },
        { kind: 'copy', target: 'gtin', source: 'firstCode' },
        { kind: 'copy', target: 'barcodes', source: 'codes' },
        { kind: 'copy', target: 'options', source: 'options' },
        { kind: 'copy', target: 'priceAmount', source: 'price' },
        { kind: 'constant', target: 'priceCurrency', value: 'EUR' },
        { kind: 'constant', target: 'priceIncludesTax', value: true },
        { kind: 'valueList', target: 'taxClass', source: 'vatCode', list: 'bench-tax' },
        { kind: 'copy', target: 'taxRate', source: 'vat' },
        { kind: 'copy', target: 'purchasePrice', source: 'cost' },
        { kind: 'copy', target: 'unitCode', source: 'unit' },
        { kind: 'copy', target: 'weightGrams', source: 'weight' },
        { kind: 'copy', target: 'tracksStock', source: 'stocked' },
        { kind: 'copy', target: 'isActive', source: 'active' },
      ],
    },
  ],
};

const taxCodes: ValueList = {
  key: 'bench-tax',
  name: 'VAT codes',
  kind: 'TAX_CODE',
  whenUnmapped: 'fail',
  entries: [
    { from: 'H', to: 'HIGH' },
    { from: 'L', to: 'LOW' },
  ],
};

/** The mapping, compiled by the real engine. */
export function benchMapping(): CompiledMapping {
  const [target] = inboundCatalogue;
  const result = compileMapping(definition, {
    source: { record: 'product', fields: sourceFields },
    target,
    valueLists: [taxCodes],
  });
  if (result.type === 'invalid') throw new Error(result.problems.map((problem) => problem.message).join('; '));
  return result.mapping;
}

export const benchConnector: Connector = {
  kind: 'bench',
  name: 'Benchmark',
  changeDetection: 'SYNC_MARKER',
  catalogue: [{ record: 'product', fields: sourceFields }],
  defaultMappings: [definition],
  defaultValueLists: [taxCodes],
  streams: [{ name: 'products', record: 'product', entity: 'product' }],
  targets: [],
  settingsSchema: {},
  pages: [],
  personal: { emptied: {}, customerOf: () => undefined, withoutPerson: (_, document) => document },
  derive(_, document) {
    const articles = (document['articles'] as readonly Document[]).map((article) => ({
      ...article,
      firstCode: (article['codes'] as readonly Json[])[0] ?? null,
      options: [
        { code: 'size', value: article['size'] ?? null },
        { code: 'colour', value: article['colour'] ?? null },
      ],
    }));
    return { ...document, articles };
  },
  connect: () => {
    throw new Error('the benchmark connects to nothing');
  },
};
