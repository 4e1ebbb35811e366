import { describe, expect, it } from '@jest/globals';
import { shortestOfThreeMs } from '../../../../test/support/patience.js';
import type { Document } from '../../../base/document.js';
import { KoppelError } from '../../../base/errors.js';
import {
  decodePage,
  decodeRequest,
  decodeResponse,
  encodeFault,
  encodeRequest,
  encodeResponse,
  operations,
  SoapFault,
} from './codec.js';

const scarf: Document = {
  productNumber: '12',
  syncMarker: '9007199254740993',
  description: 'Scarf & "co" <b> 🧣 é ',
  articleList: [
    {
      articleNumber: '1012',
      syncMarker: '8',
      changeTimestamp: '2026-07-01T10:00:00.000Z',
      active: true,
      description: 'Scarf red',
      barcode: '0012345678905',
      barcodeDate: null,
      contentQuantity: '1250',
      contentQuantityDecimalPlaces: 3,
      vatCode: 1,
      priceIncl: '1995',
      customFieldList: [{ fieldName: 'Material', dataType: 'DATA-TYPE-STRING', strValue: 'Wool', multiSelectInt: [] }],
    },
  ],
  groupNumbers: [3, 7],
  sortOrderGroupList: [],
};
const page = encodeResponse('getProducts', { productList: [scarf, { ...scarf, productNumber: '13' }] });
const codeOf = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    return error instanceof KoppelError ? error.code : String(error);
  }
  return 'nothing was thrown';
};
const asAnswer = (inner: string): string =>
  `<E:Envelope xmlns:E="http://schemas.xmlsoap.org/soap/envelope/" xmlns:n="urn:mplusqapi"><E:Body>${inner}</E:Body></E:Envelope>`;

describe('answers', () => {
  it('come back as they were given, with lists, long numbers, dates and hostile texts', () => {
    const filled = { ...(scarf.articleList as object[]) }[0] as Document;
    const decoded = decodeResponse('getProducts', page).productList as Document[];
    expect(decoded).toHaveLength(2);
    expect(decoded[0]).toMatchObject({ ...scarf, articleList: [filled] });
  });

  it('cut at any byte never become a shorter list', () => {
    for (let length = 0; length < page.length; length++) {
      expect(codeOf(() => decodePage('getProducts', page.slice(0, length)))).toBe('INCOMPLETE_RESPONSE');
    }
  });

  it('have the exact name of their element, also where it is irregular or shared', () => {
    const expected = {
      getApiVersion: 'getApiVersionResponse',
      getCurrentSyncMarkers: 'getCurrentSyncMarkersResponse',
      getCurrentSyncMarkersV2: 'GetCurrentSyncMarkersV2Response',
      getBranches: 'getBranchesResponse',
      getVatGroupList: 'getVatGroupListResponse',
      getPriceGroupList: 'getPriceGroupListResponse',
      getSalesPriceList: 'getSalesPriceListResponse',
      findOrder: 'GetOrderResponse',
      findInvoice: 'GetInvoiceResponse',
      getStockHistoryV2: 'GetStockHistoryResponse',
      cancelOrderV2: 'CancelOrderResponse',
      getPaymentMethodsV2: 'GetPaymentMethodsResponse',
      getProducts: 'GetProductsResponse',
    } as const;
    for (const [name, element] of Object.entries(expected)) {
      expect(operations[name as keyof typeof expected].responseElement).toBe(element);
    }
  });

  it("are written in the vendor's order, booleans as words, empty required texts as a pair, scales always", () => {
    const stock = encodeResponse('getStock', {
      articleStocks: [
        {
          amountFree: 5,
          articleNumber: 1012,
          branchNumber: 1,
          stockId: 7,
          amountReserved: 0,
          amountIncoming: 0,
          isDayStockArticle: false,
        },
      ],
    });
    expect(stock).toContain(
      '<ns:articleStocks><ns:branchNumber>1</ns:branchNumber><ns:articleNumber>1012</ns:articleNumber><ns:stockId>7</ns:stockId>' +
        '<ns:amountFree>5</ns:amountFree><ns:decimalPlacesFree>0</ns:decimalPlacesFree>' +
        '<ns:amountReserved>0</ns:amountReserved><ns:decimalPlacesReserved>0</ns:decimalPlacesReserved>' +
        '<ns:amountIncoming>0</ns:amountIncoming><ns:decimalPlacesIncoming>0</ns:decimalPlacesIncoming>' +
        '<ns:isDayStockArticle>false</ns:isDayStockArticle></ns:articleStocks>',
    );
    expect(encodeResponse('createProduct', { result: 'CREATE-PRODUCT-RESULT-OK', productNumber: 1 })).toContain(
      '<ns:errorMessage></ns:errorMessage>',
    );
  });

  it('of another operation, another namespace, another root or with two things in the body are refused', () => {
    const other = encodeResponse('getStock', { articleStocks: [] });
    for (const text of [
      other,
      page.replace('urn:mplusqapi', 'urn:other'),
      '<html><body>Log in</body></html>',
      '<!DOCTYPE html><html></html>',
      'Service unavailable',
      '{"productList":[]}',
      asAnswer(''),
      asAnswer('<n:GetProductsResponse/><n:GetProductsResponse/>'),
      '<E:Envelope xmlns:E="http://schemas.xmlsoap.org/soap/envelope/"></E:Envelope>',
    ]) {
      expect(codeOf(() => decodeResponse('getProducts', text))).toBe('UNEXPECTED_RESPONSE');
    }
    expect(codeOf(() => decodeResponse('getProducts', ''))).toBe('INCOMPLETE_RESPONSE');
  });

  it('with a fault throw it, without the prefix of its code', () => {
    expect(() => decodeResponse('getProducts', encodeFault('Client.Authentication', 'bad <secret>'))).toThrow(
      new SoapFault('Client.Authentication', 'bad <secret>'),
    );
  });

  it('note values that cannot be read beside the rest of the page', () => {
    const broken = page.replace('<ns:priceIncl>1995</ns:priceIncl>', '<ns:priceIncl>19,95</ns:priceIncl>');
    const { body, problems } = decodePage('getProducts', broken);
    expect(problems).toEqual([
      { path: 'productList.0.articleList.0.priceIncl', message: '"19,95" is not a whole number in range' },
    ]);
    expect((body['productList'] as Document[])[1]).toMatchObject({ productNumber: '13' });
    expect(codeOf(() => decodeResponse('getProducts', broken))).toBe('UNEXPECTED_RESPONSE');
  });

  it('note unknown enumeration values, impossible days and missing required numbers', () => {
    const problemsOf = (row: string): string[] =>
      decodePage(
        'getStock',
        asAnswer(`<n:GetStockResponse><n:articleStocks>${row}</n:articleStocks></n:GetStockResponse>`),
      ).problems.map(({ path }) => path.replace('articleStocks.0.', ''));
    const sound =
      '<n:articleNumber>1</n:articleNumber><n:stockId>2</n:stockId><n:amountFree>1</n:amountFree><n:amountReserved>0</n:amountReserved>' +
      '<n:amountIncoming>0</n:amountIncoming><n:isDayStockArticle>0</n:isDayStockArticle>';
    const day = '<n:changeTimestamp><n:day>31</n:day><n:mon>2</n:mon><n:year>2026</n:year></n:changeTimestamp>';
    expect(problemsOf(sound)).toEqual([]);
    expect(problemsOf(sound + day)).toEqual(['changeTimestamp']);
    expect(problemsOf(sound.replace('<n:stockId>2</n:stockId>', ''))).toEqual(['stockId']);
    const answer = '<n:SetStockResponse><n:result>SET-STOCK-RESULT-MAYBE</n:result></n:SetStockResponse>';
    expect(decodePage('setStock', asAnswer(answer)).problems.map(({ path }) => path)).toEqual(['result']);
  });

  it('with one, many or no entries of a list give a list', () => {
    const groups = (inner: string): unknown =>
      decodeResponse(
        'getArticleGroupChanges',
        asAnswer(`<n:GetArticleGroupChangesResponse>${inner}</n:GetArticleGroupChangesResponse>`),
      ).changedArticleGroupList;
    const one =
      '<n:changedArticleGroups><n:groupNumber>1</n:groupNumber><n:name>a</n:name><n:text/><n:sortOrder>0</n:sortOrder></n:changedArticleGroups>';
    expect(groups('')).toEqual([]);
    expect(groups('<n:changedArticleGroupList/>')).toEqual([]);
    expect(groups(`<n:changedArticleGroupList>${one}</n:changedArticleGroupList>`)).toEqual([
      { groupNumber: 1, name: 'a', text: '', sortOrder: 0 },
    ]);
    expect(groups(`<n:changedArticleGroupList>${one}${one}</n:changedArticleGroupList>`)).toHaveLength(2);
  });

  it('of 1,000 articles are decoded fast enough to block nobody', () => {
    const articles = Array.from({ length: 1000 }, (_, i) => ({
      productNumber: String(i),
      articleList: [
        Object.fromEntries(
          Object.entries((scarf.articleList as Document[])[0]!).concat([
            ['extraText', 'x'.repeat(300)],
            ['invoiceText', 'text'],
            ['createTimestamp', '2026-01-01T10:00:00.000Z'],
          ]),
        ),
      ],
    }));
    const big = encodeResponse('getProducts', { productList: articles });
    expect(decodePage('getProducts', big).body['productList']).toHaveLength(1000);
    expect(big.length).toBeGreaterThan(1_000_000);
    // It takes 20 to 30 ms; the room is for busy machines, and still catches anything quadratic.
    expect(shortestOfThreeMs(() => decodePage('getProducts', big))).toBeLessThan(250);
  });
});

describe('requests', () => {
  it('come back as they were given', () => {
    const body: Document = {
      request: { pluNumbers: [], syncMarker: '8', syncMarkerLimit: 200, includeAllArticlesOfSelectedProducts: true },
    };
    expect(decodeRequest(encodeRequest('getProducts', body))).toEqual({ operation: 'getProducts', known: true, body });
    expect(decodeRequest(encodeRequest('getOrder', { orderId: 'a' })).body).toEqual({ orderId: 'a' });
    expect(decodeRequest(encodeRequest('getApiVersion', {})).body).toEqual({});
  });

  it('may have any prefix, a header, booleans as digits, unknown elements and an unknown operation', () => {
    const request =
      '<?xml version="1.0"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Header/><s:Body>' +
      '<getProducts xmlns="urn:mplusqapi"><request><onlyActive>1</onlyActive><new><deep/></new></request></getProducts></s:Body></s:Envelope>';
    expect(decodeRequest(request).body).toEqual({ request: { onlyActive: true, pluNumbers: [] } });
    expect(decodeRequest(request.replaceAll('getProducts', 'getSecrets'))).toEqual({
      operation: 'getSecrets',
      known: false,
      body: {},
    });
  });

  it('that are malformed are answered with a Client fault', () => {
    for (const text of ['', 'x', '<a/>', encodeRequest('getProducts', { request: {} }).slice(0, -5)]) {
      expect(() => decodeRequest(text)).toThrow(SoapFault);
    }
  });

  it('that do not fit the schema are never sent', () => {
    expect(codeOf(() => encodeRequest('getProducts', { request: { syncmarker: '1' } }))).toBe('UNEXPECTED');
    expect(codeOf(() => encodeRequest('setStock', { request: { branchNumber: 1 } }))).toBe('UNEXPECTED');
  });
});

it('knows the scale of every scaled number in the tables', () => {
  const scales = new Set<string>();
  const companions = new Set<string>();
  const seen = new Set<string>();
  const visit = (type: (typeof operations)['getStock']['response']): void => {
    for (const field of type.fields) {
      if (/decimalPlaces/i.test(field.name)) scales.add(field.name);
      if (field.companion !== undefined) companions.add(field.companion);
      const kind = field.kind.is === 'list' ? field.kind.item.kind : field.kind;
      if (kind.is === 'object' && !seen.has(kind.type.name)) {
        seen.add(kind.type.name);
        visit(kind.type);
      }
    }
  };
  for (const operation of Object.values(operations)) [operation.request, operation.response].forEach(visit);
  expect([...companions].sort()).toEqual([...scales].sort());
  expect(scales.size).toBeGreaterThan(10);
});
