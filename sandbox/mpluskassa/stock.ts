/**
 * Stock: the one place where amounts change. Every change of a row takes the next stockId and leaves a line in the history.
 * Physical stock and reservations are kept; what is free follows.
 */
import type { Document } from '../../src/base/document.js';
import { scaled } from './amounts.js';
import { branchOf } from './masters.js';
import type { StockHistoryRow, StockRow } from './records.js';
import type { Shop } from './shop.js';

export type HistoryType = 'API' | 'CORRECTION' | 'DELIVERY' | 'MANUAL' | 'SALES';

export interface StockChange {
  readonly branchNumber: number;
  readonly articleNumber: string;
  /** Thousandths. */
  readonly onHand?: number;
  readonly reserved?: number;
  readonly incoming?: number;
  readonly type: HistoryType;
  /** What caused it: `orderId`, `packingSlipId`, `invoiceId` … */
  readonly cause?: Document;
}

export const stockKey = (branchNumber: number, articleNumber: string): string => `${branchNumber}:${articleNumber}`;

/** Adds the differences; rows of articles that keep no stock do not exist and stay so. Gives the new stockId. */
export function changeStock(shop: Shop, change: StockChange): string | undefined {
  const key = stockKey(change.branchNumber, change.articleNumber);
  const before = shop.stock.get(key);
  if (before === undefined) return undefined;
  const { onHand = 0, reserved = 0, incoming = 0 } = change;
  if (onHand === 0 && reserved === 0 && incoming === 0) return before.stockId;
  const stockId = shop.next('stock');
  const now = shop.now();
  shop.stock.put(key, {
    ...before,
    stockId,
    changeTimestamp: now,
    onHand: before.onHand + onHand,
    reserved: before.reserved + reserved,
    incoming: before.incoming + incoming,
  });
  const history: StockHistoryRow = {
    stockId,
    timestamp: now,
    branchNumber: change.branchNumber,
    articleNumber: change.articleNumber,
    changed: onHand,
    type: `STOCK-HISTORY-TYPE-${change.type}`,
    ...change.cause,
    ...(change.type === 'CORRECTION' ? { before: before.onHand, after: before.onHand + onHand } : {}),
  };
  shop.stockHistory.put(stockId.padStart(15, '0'), history);
  return stockId;
}

/** Why stock of this article cannot be written, in the words of the result values. */
export function stockProblem(shop: Shop, branchNumber: number, articleNumber: string): string | undefined {
  if (branchOf(branchNumber) === undefined) return 'BRANCH-NOT-FOUND';
  const article = shop.articles.get(articleNumber);
  if (article === undefined) return 'ARTICLE-NOT-FOUND';
  return article.stockArticle ? undefined : 'NO-STOCK-ARTICLE';
}

export function showStock(row: StockRow): Document {
  const free = scaled(row.onHand - row.reserved);
  const reserved = scaled(row.reserved);
  const incoming = scaled(row.incoming);
  return {
    branchNumber: row.branchNumber,
    articleNumber: row.articleNumber,
    changeTimestamp: row.changeTimestamp,
    stockId: row.stockId,
    amountFree: free.value,
    decimalPlacesFree: free.places,
    amountReserved: reserved.value,
    decimalPlacesReserved: reserved.places,
    amountIncoming: incoming.value,
    decimalPlacesIncoming: incoming.places,
    isDayStockArticle: false,
  };
}

export function showHistory(row: StockHistoryRow): Document {
  const { changed, before, after, ...fields } = row as StockHistoryRow & { before?: number; after?: number };
  const amount = scaled(changed);
  return {
    ...fields,
    amountChanged: amount.value,
    decimalPlaces: amount.places,
    ...(before === undefined
      ? {}
      : { beforeCorrectionQuantity: scaled(before).value, beforeCorrectionDecimalPlaces: scaled(before).places }),
    ...(after === undefined
      ? {}
      : { afterCorrectionQuantity: scaled(after).value, afterCorrectionDecimalPlaces: scaled(after).places }),
  } as Document;
}
