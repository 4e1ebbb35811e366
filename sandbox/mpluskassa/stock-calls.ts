/** The stock calls: reading by stockId (inclusive, like a marker), relative and absolute writes, corrections. */
import type { Document } from '../../src/base/document.js';
import { thousandths } from './amounts.js';
import type { Behaviour, Call } from './behaviour.js';
import { branchOf } from './masters.js';
import { unsorted } from './paging.js';
import { listIn, numberIn, objectIn, textIn, type StockRow } from './records.js';
import type { Shop } from './shop.js';
import { changeStock, showHistory, showStock, stockKey, stockProblem, type HistoryType } from './stock.js';

export const getStock: Behaviour = (shop, body) => {
  const request = objectIn(body, 'request');
  const list = listIn<number>(request, 'branchNumbers');
  const branchNumbers = list.length > 0 ? list : [numberIn(request, 'branchNumber') ?? 0];
  const articleNumbers = listIn<string>(request, 'articleNumbers');
  const from = numberIn(request, 'stockId') ?? 0;
  const rows: StockRow[] = [];
  const add = (row: StockRow | undefined): void => {
    if (row !== undefined && Number(row.stockId) >= from && branchNumbers.includes(row.branchNumber)) rows.push(row);
  };
  if (request['dayStockOnlyFilter'] === true) return { articleStocks: [] };
  if (articleNumbers.length > 0) {
    for (const branch of branchNumbers)
      for (const article of articleNumbers) add(shop.stock.get(stockKey(branch, article)));
  } else for (const key of shop.byMarker.stock.from(from)) add(shop.stock.get(key));
  return { articleStocks: unsorted(shop, rows).map(showStock) };
};

function history(shop: Shop, request: Document, branchNumbers: readonly number[]): Document {
  const from = numberIn(request, 'sinceStockId') ?? 0;
  const limit = numberIn(request, 'sinceStockIdLimit') ?? 0;
  const articleNumbers = listIn<string>(request, 'articleNumbers');
  const begin = textIn(request, 'fromFinancialDateTime') ?? '';
  const end = textIn(request, 'throughFinancialDateTime') ?? '9';
  const rows = [...shop.stockHistory.values()]
    .filter(
      (row) =>
        Number(row.stockId) >= from &&
        (branchNumbers.length === 0 || branchNumbers.includes(row.branchNumber)) &&
        (articleNumbers.length === 0 || articleNumbers.includes(row.articleNumber)) &&
        row.timestamp >= begin &&
        row.timestamp <= end,
    )
    .sort((a, b) => Number(a.stockId) - Number(b.stockId));
  return { articleStockHistory: unsorted(shop, limit > 0 ? rows.slice(0, limit) : rows).map(showHistory) };
}

export const getStockHistory: Behaviour = (shop, body) => {
  const request = objectIn(body, 'request');
  return history(shop, request, [numberIn(request, 'branchNumber') ?? 0]);
};

export const getStockHistoryV2: Behaviour = (shop, body) => {
  const request = objectIn(body, 'request');
  return history(shop, request, listIn<number>(request, 'branchNumbers'));
};

interface StockWrite {
  readonly branchNumber: number;
  readonly articleNumber: string;
  /** Thousandths: added, or what the shelf holds afterwards. */
  readonly amount: number;
  readonly absolute: boolean;
  readonly type: HistoryType;
}

function write(shop: Shop, call: Call, order: StockWrite): string | undefined {
  const key = stockKey(order.branchNumber, order.articleNumber);
  const onHand = order.absolute ? order.amount - (shop.stock.get(key)?.onHand ?? 0) : order.amount;
  const stockId = changeStock(shop, {
    branchNumber: order.branchNumber,
    articleNumber: order.articleNumber,
    onHand,
    type: order.type,
  });
  call.record('stock', key, { changed: onHand !== 0, onHand: (shop.stock.get(key)?.onHand ?? 0) / 1_000 });
  return stockId;
}

/** updateStock and setStock differ in one field and in what it means. */
function singleCall(prefix: string, field: string, absolute: boolean): Behaviour {
  return (shop, body, call) => {
    const request = objectIn(body, 'request');
    const branchNumber = numberIn(request, 'branchNumber') ?? 0;
    const articleNumber = textIn(request, 'articleNumber') ?? '0';
    const problem = stockProblem(shop, branchNumber, articleNumber);
    if (problem !== undefined) return { result: `${prefix}-${problem}` };
    const amount = thousandths(textIn(request, field) ?? '0', numberIn(request, 'decimalPlaces') ?? 0);
    if (amount === undefined) return { result: `${prefix}-FAILED` };
    const stockId = write(shop, call, { branchNumber, articleNumber, amount, absolute, type: 'API' });
    return { result: `${prefix}-OK`, ...(stockId === undefined ? {} : { stockId }) };
  };
}

export const updateStock = singleCall('UPDATE-STOCK-RESULT', 'amountChanged', false);
export const setStock = singleCall('SET-STOCK-RESULT', 'amount', true);

/** All corrections or none. */
export const saveStockCorrections: Behaviour = (shop, body, call) => {
  const request = objectIn(body, 'request');
  const refuse = (result: string, articleNumber?: string): Document => ({
    result: `SAVE-STOCK-CORRECTIONS-RESULT-${result}`,
    ...(articleNumber === undefined ? {} : { failedArticleNumber: articleNumber }),
  });
  const branchNumber = numberIn(request, 'branchNumber') ?? 0;
  if (branchOf(branchNumber) === undefined) return refuse('BRANCH-NOT-FOUND');
  const absolute = request['correctionMode'] === 'STOCK-CORRECTION-MODE-ABSOLUTE';
  const writes: StockWrite[] = [];
  for (const correction of listIn<Document>(request, 'stockCorrectionList')) {
    const articleNumber = textIn(correction, 'articleNumber') ?? '0';
    const problem = stockProblem(shop, branchNumber, articleNumber);
    if (problem !== undefined) return refuse(problem, articleNumber);
    if (writes.some((known) => known.articleNumber === articleNumber))
      return refuse('DUPLICATE-ARTICLE', articleNumber);
    const amount = thousandths(textIn(correction, 'amount') ?? '0', numberIn(correction, 'decimalPlaces') ?? 0);
    if (amount === undefined) return refuse('FAILED', articleNumber);
    writes.push({ branchNumber, articleNumber, amount, absolute, type: 'CORRECTION' });
  }
  if (writes.length === 0) return refuse('NO-CORRECTIONS');
  const stockId = writes.map((order) => write(shop, call, order)).at(-1);
  return { result: 'SAVE-STOCK-CORRECTIONS-RESULT-OK', ...(stockId === undefined ? {} : { stockId }) };
};
