// What the pretended MplusKASSA really answers, validated against the schema inside the vendor's description (when it is there).
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Document } from '../src/base/document.js';
import { decodeResponse, encodeRequest, operations, type OperationName } from '../src/systems/mpluskassa/soap/codec.js';
import { handleSoap, credentials } from '../sandbox/mpluskassa/soap-endpoint.js';
import { mutate } from '../sandbox/mpluskassa/mutate.js';
import { behaviours } from '../sandbox/mpluskassa/operations.js';
import { openTestShop, orderFor, stockArticles, type TestShop } from '../sandbox/mpluskassa/test-shop.js';
import { loadWsdl, validateMessage, wsdlPath } from './support/wsdl-schema.js';

const schema = loadWsdl();
if (schema === undefined) {
  process.stderr.write(`\n*** NOT CHECKED: the vendor's WSDL is not at ${wsdlPath}; answers go unvalidated. ***\n\n`);
}
const withWsdl = schema === undefined ? describe.skip : describe;

withWsdl("the vendor's description, for answers of the sandbox", () => {
  let test: TestShop;
  const problems: string[] = [];
  const called = new Set<string>();

  beforeAll(() => {
    test = openTestShop(80);
  });
  afterAll(() => test.close());

  /** Calls, validates the answer and gives its fields. */
  const call = (operation: OperationName, body: Document): Document => {
    const request = { method: 'POST', path: '/', query: new URLSearchParams(credentials), headers: {} };
    const response = handleSoap(test.shop, { ...request, body: encodeRequest(operation, body) });
    called.add(operation);
    if (response.status !== 200) problems.push(`${operation}: ${String(response.body)}`);
    problems.push(...validateMessage(schema!, String(response.body)).map((text) => `${operation}: ${text}`));
    return decodeResponse(operation, String(response.body));
  };

  it('fit the description for every operation, filled and refused', () => {
    test.change(() => mutate(test.shop, { kind: 'mixed', count: 100, seed: 4 }));
    for (const name of [
      'getApiVersion',
      'getLicenseInformation',
      'getCurrentSyncMarkers',
      'getBranches',
      'getVatGroupList',
      'getPaymentMethods',
      'getDeliveryMethods',
      'getOrderCategories',
      'getCustomFieldLists',
      'getCardCategories',
      'getPriceGroupList',
      'getSalesPriceList',
    ] as const)
      call(name, {});
    for (const name of ['getTurnoverGroups', 'getPaymentMethodsV2', 'getDeliveryMethodsV2'] as const)
      call(name, { request: {} });
    for (const name of ['getEmployees', 'getProducts', 'getRelations'] as const)
      call(name, { request: { syncMarker: '0' } });
    call('getCurrentSyncMarkersV2', { request: { includeArticleSyncMarker: true, includeStockId: true } });
    call('getArticleGroups', { request: { retrieveArticleNumbers: true } });

    const made = call('createProduct', {
      product: { description: 'A & <b>', articleList: [{ description: 'A', priceIncl: '100' }] },
    });
    const productNumber = String(made['productNumber']);
    call('createProduct', { product: { productNumber, articleList: [{ description: 'A' }] } });
    call('updateProduct', { product: { productNumber, description: 'B', articleList: [{ size: 'M' }] } });
    call('updateProduct', { product: { productNumber: '987654' } });
    const group = call('newArticleGroup', { request: { parentGroupNumber: 1, name: 'N', text: '' } });
    const groupNumber = Number(group['groupNumber']);
    call('updateArticleGroup', { request: { groupNumber, name: 'M' } });
    const members = { groupNumber, productNumbers: [productNumber] };
    call('addProductsToArticleGroup', { request: members });
    call('replaceProductsOfArticleGroup', { request: members });
    call('deleteProductsFromArticleGroup', { request: members });
    call('deleteArticleGroup', { request: { groupNumber } });
    call('getArticleGroupChanges', { request: { syncMarker: '0' } });

    const [articleNumber = ''] = stockArticles(test);
    call('setStock', { request: { branchNumber: 2, articleNumber, amount: '20' } });
    call('updateStock', { request: { branchNumber: 2, articleNumber, amountChanged: '-15', decimalPlaces: 1 } });
    const corrections = {
      branchNumber: 2,
      employeeNumber: '1',
      reference: '',
      stockCorrectionList: [{ articleNumber, amount: '1' }],
    };
    call('saveStockCorrections', { request: corrections });
    call('saveStockCorrections', { request: { ...corrections, stockCorrectionList: [] } });
    call('getStock', { request: { branchNumber: 2, articleNumbers: [] } });
    call('getStockHistory', { request: { branchNumber: 2 } });
    call('getStockHistoryV2', { request: {} });

    const created = call('createRelation', { relation: { name: 'K', email: 'k@example.nl' } });
    const relationNumber = String(created['relationNumber']);
    call('updateRelation', { relation: { relationNumber, city: 'Gent' } });
    call('getRelation', { relationNumber });
    call('getRelation', { relationNumber: '987654' });
    call('findRelation', { relation: { email: 'k@example' } });
    call('findRelationV2', { request: { relation: { email: 'nobody' }, exactMatch: true } });

    orders(articleNumber);
    invoices(articleNumber);
    expect(problems).toEqual([]);
  });

  function orders(articleNumber: string): void {
    const order = orderFor('X-1', [[articleNumber, '2']]);
    call('createOrder', { order });
    call('createOrder', { order });
    const second = call('createOrderV2', { request: { order: orderFor('X-2', [[articleNumber, '2']]) } })[
      'order'
    ] as Document;
    const paymentList = [{ method: 'PIN', amount: String(second['totalInclAmount']) }];
    call('createOrderV3', {
      request: { idempotencyKey: 'a', order: orderFor('X-3', [[articleNumber, '1']]), prepay: true, paymentList },
    });
    call('updateOrder', { order: { ...second, reference: 'r' } });
    call('updateOrderV2', { request: { order: second } });
    call('saveOrder', { order: orderFor('X-4', [[articleNumber, '1']]) });
    const first = call('findOrder', { extOrderId: 'X-1' })['order'] as Document;
    const orderId = String(first['orderId']);
    call('getOrder', { orderId });
    call('getOrdersByExtOrderIds', { request: { extOrderIds: ['X-1', 'X-2'] } });
    call('cancelOrder', { orderId });
    const workplace = { branchNumber: 1, workplaceNumber: 1 };
    call('cancelOrderV2', { request: { workplace, employee: { employeeNumber: '1' }, orderId } });
    const [line] = first['lineList'] as Document[];
    const lineList = [{ lineId: String(line?.['lineId']), quantity: '1', decimalPlaces: 0 }];
    call('deliverOrderV2', { request: { orderDelivery: { orderId, lineList } } });
    call('deliverOrder', { request: { orderId, turnoverType: 'DELIVER-ORDER-TURNOVER-TYPE-INVOICE' } });
    call('payOrder', { request: { orderId: String(second['orderId']), prepay: false, paymentList } });
    call('payOrderV2', { request: { idempotencyKey: 'b', orderId, prepay: true, paymentList } });
    call('getOrders', { request: { syncMarker: '0' } });
    call('getPackingSlips', { request: { syncMarker: '0' } });
    const slips = call('getPackingSlipsByOrder', { request: { orderId } })['packingSlipList'] as Document[];
    const packingSlipIds = slips.map((slip) => String(slip['packingSlipId'])).slice(0, 1);
    call('createInvoiceFromPackingSlips', {
      request: { idempotencyKey: 'c', packingSlipIds, financialDate: '2026-03-01', branchNumber: 2 },
    });
  }

  function invoices(articleNumber: string): void {
    const lineList = [{ articleNumber, data: { quantity: '1', decimalPlaces: 0 } }];
    const invoice = { extInvoiceId: 'F-1', employeeNumber: '1', relationNumber: '1', lineList };
    const saved = call('saveInvoice', { invoice });
    call('saveInvoice', { invoice });
    const invoiceId = String((saved['info'] as Document)['invoiceId']);
    call('payInvoice', { request: { invoiceId, paymentList: [{ method: 'PIN', amount: '1' }] } });
    call('creditInvoice', { invoiceId });
    call('getInvoice', { invoiceId });
    call('findInvoice', { extInvoiceId: 'nobody' });
    call('getInvoices', { request: { syncMarker: '0' } });
  }

  it('were asked for from every operation that the sandbox has', () => {
    expect(Object.keys(behaviours).filter((name) => !called.has(name))).toEqual([]);
    expect(Object.keys(behaviours).filter((name) => !Object.hasOwn(operations, name))).toEqual([]);
  });
});
