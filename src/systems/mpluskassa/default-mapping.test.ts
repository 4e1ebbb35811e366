import { describe, expect, it } from '@jest/globals';
import type { Document } from '../../base/document.js';
import { inboundCatalogue } from '../../canonical/entities.js';
import { compileMapping } from '../../mapping/compile.js';
import type { MappedRecord } from '../../mapping/mapping.js';
import { catalogue } from './catalogue.js';
import { defaultMappings } from './default-mapping.js';
import { derive } from './derive.js';
import { groupShape, productShape, recordsOf, stockShape } from './records.js';
import { decodePage, encodeResponse } from './soap/codec.js';
import { defaultValueLists } from './value-lists.js';

/** Runs a record through its default mapping as a new one. */
function map(record: string, document: Document, settings: Document = {}): MappedRecord {
  const definition = defaultMappings.find((each) => each.record === record)!;
  const compiled = compileMapping(definition, {
    source: catalogue.find((each) => each.record === record)!,
    target: inboundCatalogue.find((each) => each.record === definition.entity)!,
    valueLists: [],
  });
  if (compiled.type === 'invalid') throw new Error(JSON.stringify(compiled.problems, null, 1));
  return compiled.mapping.run(derive(record, document, 'till', settings), 'create');
}

const article = (number: string, more: Document = {}): Document => ({
  articleNumber: number,
  syncMarker: '8',
  active: true,
  description: `Scarf ${number}`,
  vatCode: 1,
  vatPercentage: 2100,
  priceIncl: '1995',
  purchasePrice: '800',
  stockArticle: true,
  webshop: true,
  ...more,
});
const productPage = (product: Document): Document =>
  recordsOf(decodePage('getProducts', encodeResponse('getProducts', { productList: [product] })), productShape)[0]!
    .record.document;

describe('the default mappings', () => {
  it('fit the catalogues of both sides', () => {
    const inbound = defaultMappings.filter(({ direction }) => direction === 'inbound');
    const results = inbound.map((definition) => [
      definition.key,
      compileMapping(definition, {
        source: catalogue.find((each) => each.record === definition.record)!,
        target: inboundCatalogue.find((each) => each.record === definition.entity)!,
        valueLists: defaultValueLists,
      }),
    ]);
    for (const [key, result] of results)
      expect([key, result]).toEqual([key, expect.objectContaining({ type: 'compiled' })]);
    expect(results.length).toBeGreaterThanOrEqual(4);
  });

  it('take a PLU for the SKU only where the hub has put it: a PLU that is a number is the till’s own', () => {
    const extArticleId = `var_${'0'.repeat(26)}`;
    const skuOf = (more: Document): unknown =>
      (derive('product', { articleList: [article('80', more)] }, 'till', {})['articleList'] as readonly Document[])[0]!['sku']; // prettier-ignore
    expect(skuOf({ pluNumber: 'ABC', extArticleId })).toBe('ABC');
    expect(skuOf({ pluNumber: '0017', extArticleId })).toBe('0017');
    expect(skuOf({ pluNumber: '4011', extArticleId })).toBe('80');
    expect(skuOf({ pluNumber: 'ABC' })).toBe('80');
  });

  it('say prices in the currency of the administration, which is a setting', () => {
    const page = productPage({ productNumber: '12', syncMarker: '8', articleList: [article('80')] });
    const variantsWith = (settings: Document): unknown => map('product', page, settings);
    expect(variantsWith({ currency: 'GBP' })).toMatchObject({ document: { variants: [{ priceCurrency: 'GBP' }] } });
    expect(variantsWith({})).toMatchObject({ document: { variants: [{ priceCurrency: 'EUR' }] } });
  });

  it('make a configurable product with its variants', () => {
    const document = productPage({
      productNumber: '12',
      syncMarker: '8',
      description: 'Scarf',
      extraText: 'Soft.',
      articleList: [
        article('1013', {
          colour: 'Red',
          size: 'L',
          colourSequenceNumber: 1,
          sizeSequenceNumber: 2,
          barcode: '4006381333931',
        }),
        article('1012', {
          colour: 'Red',
          size: 'M',
          colourSequenceNumber: 1,
          sizeSequenceNumber: 1,
          barcode: '123',
          active: false,
          brandName: 'Wool & Co',
        }),
      ],
      groupNumbers: [3, 7],
    });
    const mapped = map('product', document);
    expect(mapped).toMatchObject({
      type: 'mapped',
      document: {
        code: 'P12',
        type: 'CONFIGURABLE',
        status: 'ACTIVE',
        name: 'Scarf',
        description: 'Soft.',
        brand: 'Wool & Co',
        isVisibleInWebshop: true,
        categories: ['3', '7'],
        variants: [
          {
            externalId: '1013',
            sku: '1013',
            position: 2,
            gtin: '4006381333931',
            isActive: true,
            options: [
              { code: 'colour', value: 'Red' },
              { code: 'size', value: 'L' },
            ],
            priceAmount: '19.95',
            priceCurrency: 'EUR',
            priceIncludesTax: true,
            taxClass: '1',
            taxRate: '21',
            purchasePrice: '8',
            tracksStock: true,
          },
          { externalId: '1012', position: 1, barcodes: ['123'], isActive: false },
        ],
      },
    });
  });

  it('make a simple, discontinued product named after its only article', () => {
    const document = productPage({
      productNumber: '13',
      syncMarker: '8',
      description: ' ',
      articleList: [
        article('5', {
          discontinued: true,
          vatPercentage: 9,
          customFieldList: [
            { fieldName: 'Material', dataType: 'DATA-TYPE-STRING', strValue: 'Wool' },
            { fieldName: 'Length', dataType: 'DATA-TYPE-DECIMAL', intValue: '1250', decimalPlaces: 2 },
            { fieldName: 'Empty', dataType: 'DATA-TYPE-STRING', strValue: '' },
          ],
        }),
      ],
    });
    expect(map('product', document)).toMatchObject({
      type: 'mapped',
      document: {
        type: 'SIMPLE',
        status: 'DISCONTINUED',
        name: 'Scarf 5',
        isVisibleInWebshop: false,
        attributes: [
          { code: 'Material', value: 'Wool' },
          { code: 'Length', value: '12.5' },
        ],
        variants: [{ taxRate: '9', isActive: false }],
      },
    });
  });

  it('switch removed groups off and take the root for no parent', () => {
    const group = { groupNumber: 4, syncMarker: '9', name: 'Hats', text: '', sortOrder: 2 };
    const answer = encodeResponse('getArticleGroupChanges', {
      changedArticleGroupList: [
        { ...group, parentGroupNumber: 0 },
        { ...group, parentGroupNumber: 3, isDeleted: true },
      ],
    });
    const [top, removed] = recordsOf(decodePage('getArticleGroupChanges', answer), groupShape);
    expect(map('articleGroup', top!.record.document)).toMatchObject({
      type: 'mapped',
      document: { code: '4', name: 'Hats', position: 2, isActive: true, parent: null },
      cleared: expect.arrayContaining(['parent']),
    });
    expect(map('articleGroup', removed!.record.document)).toMatchObject({ document: { parent: '3', isActive: false } });
  });

  it('make stock levels of free and reserved quantities with their own scales', () => {
    const answer = encodeResponse('getStock', {
      articleStocks: [
        {
          branchNumber: 2,
          articleNumber: '1012',
          changeTimestamp: '2026-11-24T10:00:00.000Z',
          stockId: '77',
          amountFree: '-1250',
          decimalPlacesFree: 3,
          amountReserved: '2',
          amountIncoming: '10',
          isDayStockArticle: false,
        },
      ],
    });
    const [row] = recordsOf(decodePage('getStock', answer), stockShape);
    expect(row!.record).toMatchObject({ externalId: '1012:2', version: 77n });
    expect(map('stock', row!.record.document)).toMatchObject({
      document: {
        variant: '1012',
        location: '2',
        onHand: '0.75',
        reserved: '2',
        incoming: '10',
        asOf: '2026-11-24T10:00:00.000Z',
      },
    });
  });
});
