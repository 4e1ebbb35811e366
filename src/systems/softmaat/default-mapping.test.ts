/** The default mappings: that they can be used at all, and what they make of typical records. */
import { describe, expect, it } from '@jest/globals';
import type { Document } from '../../base/document.js';
import { inboundCatalogue, outboundCatalogue } from '../../canonical/entities.js';
import { compileMapping } from '../../mapping/compile.js';
import type { CompiledMapping, ValueList } from '../../mapping/mapping.js';
import { catalogue, derive } from './catalogue.js';
import { defaultMappings } from './default-mapping.js';
import { defaultValueLists } from './value-lists.js';

const valueLists: readonly ValueList[] = defaultValueLists.map((list) =>
  list.key === 'softmaat-warehouse' ? { ...list, entries: [{ from: '1', to: 'MAIN' }, { from: '2', to: 'MAIN' }] } : list,
); // prettier-ignore

function compiled(key: string): CompiledMapping {
  const definition = defaultMappings.find((mapping) => mapping.key === key);
  if (definition === undefined) throw new Error(`no mapping ${key}`);
  const ours = catalogue.find((one) => one.record === definition.record);
  const theirs = [...inboundCatalogue, ...outboundCatalogue].find(
    (one) =>
      one.record === definition.entity &&
      (definition.direction === 'outbound') === outboundCatalogue.some((other) => other === one),
  );
  if (ours === undefined || theirs === undefined) throw new Error(`no catalogue for ${key}`);
  const result = compileMapping(definition, {
    source: definition.direction === 'inbound' ? ours : theirs,
    target: definition.direction === 'inbound' ? theirs : ours,
    valueLists,
  });
  if (result.type === 'invalid') throw new Error(JSON.stringify(result.problems, null, 2));
  return result.mapping;
}

function mapped(key: string, document: Document, operation: 'create' | 'update' = 'create'): Document {
  const result = compiled(key).run(document, operation);
  if (result.type !== 'mapped') throw new Error(JSON.stringify(result));
  return result.document;
}

const product: Document = {
  id: 'prd_1',
  code: 'P12',
  type: 'CONFIGURABLE',
  status: 'ACTIVE',
  name: 'Trui',
  description: 'Warm',
  categories: ['cat_1', 'cat_2'],
  attributes: [{ code: 'materiaal', value: 'wol' }],
};
const variant: Document = {
  id: 'var_1',
  sku: '1001',
  name: 'Trui rood',
  isActive: true,
  priceAmount: '19.95',
  priceCurrency: 'EUR',
  priceIncludesTax: true,
  taxRate: '21',
  tracksStock: true,
  options: [{ code: 'kleur', value: 'rood' }],
  product,
  settings: { country: 'NL', currency: 'EUR' },
};

describe('the default mappings of Softmaat', () => {
  it.each(defaultMappings.map((mapping) => [mapping.key]))('%s compiles against both catalogues', (key) => {
    expect(compiled(key).definition.key).toBe(key);
  });

  it('makes a variant of its configurable product, with price, tax code and parent', () => {
    expect(mapped('softmaat-variant-out', variant)).toMatchObject({
      sku: '1001',
      type: 'variant',
      parentSku: 'prd_1',
      name: 'Trui rood',
      price: { amount: '19.95', currency: 'EUR', taxIncluded: true },
      taxCode: 'NL21',
      active: true,
      manageStock: true,
      categoryIds: ['cat_1', 'cat_2'],
      options: [{ code: 'kleur', value: 'rood' }],
      characteristics: [{ code: 'materiaal', value: 'wol' }],
      description: 'Warm',
    });
  });

  it('lets a simple product be represented by its only variant, under the name of the product', () => {
    const simple = { ...variant, product: { ...product, type: 'SIMPLE' } };
    const document = mapped('softmaat-variant-out', simple);
    expect(document).toMatchObject({ type: 'simple', name: 'Trui' });
    expect(document['parentSku'] ?? null).toBeNull();
    expect(compiled('softmaat-product-out').run({ ...product, type: 'SIMPLE' }, 'create')).toMatchObject({
      type: 'excluded',
      reason: expect.stringContaining('only variant'),
    });
  });

  it('gives texts and visibility once and leaves them alone afterwards', () => {
    const createOnly = compiled('softmaat-variant-out').createOnly;
    expect([...createOnly].sort()).toEqual(['description', 'shortDescription', 'visibleInShop']);
    expect(mapped('softmaat-variant-out', variant, 'update')).not.toHaveProperty('description');
  });

  it('deactivates what is inactive or whose product is no longer sold', () => {
    expect(mapped('softmaat-variant-out', { ...variant, isActive: false })).toMatchObject({ active: false });
    const gone = { ...variant, product: { ...product, status: 'DISCONTINUED' } };
    expect(mapped('softmaat-variant-out', gone)).toMatchObject({ active: false });
    expect(mapped('softmaat-product-out', { ...product, status: 'ARCHIVED' })).toMatchObject({ active: false });
  });

  it.each([
    ['NL', '9', 'NL9'],
    ['BE', '6', 'BE6'],
    ['FR', '5.5', 'FR5'],
    ['DE', '19', 'DE19'],
    ['LU', '17', 'LU17'],
  ])('knows the tax code in %s for %s %%', (country, taxRate, taxCode) => {
    expect(
      mapped('softmaat-variant-out', { ...variant, taxRate, settings: { country, currency: 'EUR' } }),
    ).toMatchObject({ taxCode });
  });

  it('fails a record whose rate has no tax code in that country', () => {
    const result = compiled('softmaat-variant-out').run({ ...variant, taxRate: '20' }, 'create');
    expect(result).toMatchObject({ type: 'failed', problems: [{ code: 'UNMAPPED_VALUE', list: 'softmaat-tax-code' }] });
  });

  it('adds up branches that go to the same warehouse', () => {
    const levels = [
      { locationCode: '1', quantity: '2.5' },
      { locationCode: '2', quantity: '-1' },
    ];
    const stock = { id: 'var_1', variant: 'var_1', sku: '1001', tracksStock: true, levels };
    expect(mapped('softmaat-stock-out', stock)).toEqual({
      sku: 'var_1',
      levels: [{ warehouseCode: 'MAIN', onHand: '1.5' }],
    });
    expect(compiled('softmaat-stock-out').run({ ...stock, tracksStock: false }, 'create')).toMatchObject({
      type: 'excluded',
    });
  });

  it('reads a simple product with its one variant, a configurable one without any, and a variant as a part of its parent', () => {
    const row: Document = {
      id: 'u1', sku: 'A 1', type: 'simple', parentSku: null, name: 'Mok', active: true, visibleInShop: false, manageStock: true,
      price: { amount: '5.00', currency: 'EUR', taxIncluded: true }, taxCode: 'BE21', categoryIds: [], options: [], characteristics: [],
    }; // prettier-ignore
    expect(mapped('softmaat-product-in', derive('product', row, 'shop'))).toMatchObject({
      code: 'A 1',
      type: 'SIMPLE',
      variants: [{ externalId: 'u1', sku: 'A 1', priceAmount: '5', taxRate: '21', tracksStock: true }],
    });
    const whole = mapped(
      'softmaat-product-in',
      derive('product', { ...row, type: 'configurable', price: null, taxCode: null }, 'shop'),
    );
    expect(whole).toMatchObject({ code: 'A 1', type: 'CONFIGURABLE', name: 'Mok' });
    expect(whole).not.toHaveProperty('variants');
    const part = { ...row, type: 'variant', parentSku: 'P1' };
    expect(mapped('softmaat-variant-in', derive('variant', part, 'shop'))).toMatchObject({
      product: 'key:P1',
      sku: 'A 1',
      priceAmount: '5',
    });
  });

  it('reads stock by SKU and warehouse, and warehouses as locations', () => {
    const stock = {
      sku: 'A@1',
      warehouseCode: 'MAIN',
      onHand: '3',
      reserved: '1',
      incoming: '0',
      updatedAt: '2026-11-25T10:00:00Z',
    };
    expect(mapped('softmaat-stock-in', derive('stock_row', stock, 'shop'))).toMatchObject({
      variant: 'key:A@1',
      location: 'key:MAIN',
      onHand: '3',
      reserved: '1',
    });
    expect(mapped('softmaat-warehouse-in', derive('warehouse', { code: 'MAIN', name: '' }, 'shop'))).toEqual({
      code: 'MAIN',
      name: 'MAIN',
      isActive: true,
    });
  });
});
