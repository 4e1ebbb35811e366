import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Document } from '../../src/base/document.js';
import { openTestShop, stockArticles, stockIn, type TestShop } from './test-shop.js';

let test: TestShop;
let article: string;
beforeEach(() => {
  test = openTestShop();
  article = stockArticles(test)[0] ?? '';
});
afterEach(() => test.close());

const write = (operation: 'setStock' | 'updateStock', fields: Document): Document =>
  test.call(operation, { request: { branchNumber: 2, articleNumber: article, ...fields } });
const history = (from: string): Document[] =>
  test.call('getStockHistoryV2', { request: { sinceStockId: from } })['articleStockHistory'] as Document[];

describe('stock', () => {
  it('is read since a stockId, that one included', () => {
    const answer = write('setStock', { amount: '12', decimalPlaces: 0 });
    const rows = test.call('getStock', {
      request: { branchNumber: 2, articleNumbers: [], stockId: answer['stockId'] ?? '' },
    });
    expect(rows['articleStocks']).toMatchObject([{ articleNumber: article, amountFree: '12', decimalPlacesFree: 0 }]);
  });

  it('is set absolutely and changed relatively, each with a new stockId and a line of history', () => {
    const first = write('setStock', { amount: '10', decimalPlaces: 0 });
    const second = write('updateStock', { amountChanged: '-25', decimalPlaces: 1 });
    expect(Number(second['stockId'])).toBeGreaterThan(Number(first['stockId']));
    expect(stockIn(test, article)).toMatchObject({ amountFree: '7500', decimalPlacesFree: 3 });
    expect(history(String(second['stockId']))).toMatchObject([
      { type: 'STOCK-HISTORY-TYPE-API', amountChanged: '-2500', decimalPlaces: 3, articleNumber: article },
    ]);
  });

  it('takes no stockId when it is set to what it is', () => {
    write('setStock', { amount: '10', decimalPlaces: 0 });
    const before = test.shop.current('stock');
    write('setStock', { amount: '1000', decimalPlaces: 2 });
    expect(test.shop.current('stock')).toBe(before);
  });

  it('says in its own values what cannot be written', () => {
    const none = [...test.shop.articles.values()].find((row) => !row.stockArticle)?.articleNumber ?? '';
    expect(none).not.toBe('');
    expect(write('setStock', { articleNumber: none, amount: '1' })['result']).toBe('SET-STOCK-RESULT-NO-STOCK-ARTICLE');
    expect(write('setStock', { branchNumber: 9, amount: '1' })['result']).toBe('SET-STOCK-RESULT-BRANCH-NOT-FOUND');
    expect(write('setStock', { articleNumber: '1', amount: '1' })['result']).toBe('SET-STOCK-RESULT-ARTICLE-NOT-FOUND');
  });

  it('applies all corrections or none', () => {
    const other = stockArticles(test)[1] ?? '';
    const before = stockIn(test, article);
    const answer = test.call('saveStockCorrections', {
      request: {
        branchNumber: 2,
        employeeNumber: '1',
        reference: 'telling',
        correctionMode: 'STOCK-CORRECTION-MODE-RELATIVE',
        stockCorrectionList: [
          { articleNumber: article, amount: '5' },
          { articleNumber: other, amount: '5' },
          { articleNumber: article, amount: '1' },
        ],
      },
    });
    expect(answer).toMatchObject({
      result: 'SAVE-STOCK-CORRECTIONS-RESULT-DUPLICATE-ARTICLE',
      failedArticleNumber: article,
    });
    expect(stockIn(test, article)).toEqual(before);
  });
});
