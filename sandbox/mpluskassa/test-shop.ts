/**
 * For tests: a small shop in a folder of its own, called through the SOAP endpoint, so that every answer is one that the
 * codec can carry both ways.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock, type Clock } from '../../src/base/clock.js';
import type { Document } from '../../src/base/document.js';
import { decodeResponse, encodeRequest, type OperationName } from '../../src/systems/mpluskassa/soap/codec.js';
import type { Shop } from './shop.js';
import { credentials, handleSoap } from './soap-endpoint.js';
import { openShop } from './start.js';

export interface TestShop {
  readonly shop: Shop;
  /** The answer's fields; throws SoapFault when the answer is a fault. */
  call(operation: OperationName, body: Document): Document;
  /** Changes something as an admin route would. */
  change<T>(work: () => T): T;
  /** Forgets everything in memory and starts again from the folder. */
  reopen(): TestShop;
  close(): void;
}

export function openTestShop(
  products = 60,
  dataDir = mkdtempSync(join(tmpdir(), 'sandbox-')),
  clock: Clock = systemClock,
): TestShop {
  const { store, shop } = openShop({ dataDir, seed: 11, products }, clock);
  return {
    shop,
    call(operation, body) {
      const response = handleSoap(shop, {
        method: 'POST',
        path: '/',
        query: new URLSearchParams(credentials),
        headers: { 'x-request-id': 'test' },
        body: encodeRequest(operation, body),
      });
      return decodeResponse(operation, String(response.body));
    },
    change: (work) => store.transaction(work),
    reopen() {
      store.close();
      return openTestShop(products, dataDir, clock);
    },
    close() {
      store.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** An order that the seeded shop accepts. */
export const orderFor = (
  extOrderId: string,
  lines: readonly (readonly [articleNumber: string, quantity: string])[],
): Document => ({
  orderId: '',
  extOrderId,
  employeeNumber: '999999',
  relationNumber: '1',
  financialBranchNumber: 2,
  reference: extOrderId,
  lineList: lines.map(([articleNumber, quantity]) => ({ articleNumber, data: { quantity, decimalPlaces: 0 } })),
});

/** The stock row of an article in the branch of `orderFor`. */
export const stockIn = (test: TestShop, articleNumber: string): Record<string, unknown> =>
  (
    test.call('getStock', { request: { branchNumber: 2, articleNumbers: [articleNumber] } })[
      'articleStocks'
    ] as Document[]
  )[0] ?? {};

/** Articles that keep stock, in number order. */
export const stockArticles = (test: TestShop): string[] =>
  [...test.shop.articles.values()].filter((article) => article.stockArticle).map((article) => article.articleNumber);
