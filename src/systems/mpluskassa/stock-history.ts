/**
 * Settles stock writes whose answer was lost, by the history that the service keeps. In: a row as it is and the amount that
 * it should get. Out: whether that amount was set already.
 *
 * The history shows no reference of ours, so a write is recognised by what it made: a change by the interface after which
 * the row held exactly the amount. Only changes as young as a lost write can be, count, and none whose answer came; so the same amount set some time ago, or acknowledged, is never taken for the lost write.
 */
import Big from 'big.js';
import type { Clock } from '../../base/clock.js';
import type { Document, Json } from '../../base/document.js';
import type { Api } from './api.js';
import type { Settings } from './settings.js';

/** What a branch holds of an article. */
export interface StockRow {
  readonly article: string;
  readonly branch: number;
  /** Physical amount; empty when it cannot be told. */
  readonly amount: string;
  /** By the clock of the service; older releases do not tell. */
  readonly changedAt: string | null;
}

export interface StockHistory {
  wasSet(row: StockRow, amount: string, signal: AbortSignal): Promise<boolean>;
  /** The stock marker that an answered write gave. */
  acknowledged(stockId: string | null): void;
}

/** How long a lost write is looked for beyond the longest life of a request: restarts, waiting for a turn, clocks that differ. */
const marginMs = 15 * 60_000;
const mostRemembered = 20_000;

export function makeStockHistory(api: Api, settings: Settings, clock: Clock): StockHistory {
  const answered = new Set<string>();
  const windowMs = settings.timeoutMs + marginMs;

  return {
    async wasSet(row, amount, signal) {
      const changedAt = row.changedAt === null ? NaN : Date.parse(row.changedAt);
      // What has been quiet for so long holds no write that is still in doubt.
      if (changedAt < clock.now().getTime() - windowMs || row.amount === '') return false;
      const request: Record<string, Json> = { branchNumber: row.branch, articleNumbers: [row.article] };
      if (!Number.isNaN(changedAt)) request['fromFinancialDateTime'] = new Date(changedAt - windowMs).toISOString();
      const answer = await api.ask('getStockHistory', { request }, signal);
      const changes = ((answer['articleStockHistory'] ?? []) as readonly Document[])
        .filter((change) => String(change['articleNumber']) === row.article)
        .sort((a, b) => (BigInt(String(a['stockId'])) < BigInt(String(b['stockId'])) ? 1 : -1));
      const found = setTo(changes, row.amount, amount);
      if (found === undefined || answered.has(found)) return false;
      answered.add(found);
      return true;
    },
    acknowledged(stockId) {
      if (stockId === null) return;
      answered.add(stockId);
      if (answered.size > mostRemembered) answered.delete(answered.values().next().value ?? '');
    },
  };
}

/**
 * The newest change by the interface, when it left exactly the wanted amount: its stock marker. Newest first; the amount
 * that the row holds now is reckoned back through what happened after it.
 */
function setTo(changes: readonly Document[], now: string, wanted: string): string | undefined {
  let after = new Big(now);
  for (const change of changes) {
    if (change['type'] === 'STOCK-HISTORY-TYPE-API') return after.eq(wanted) ? String(change['stockId']) : undefined;
    after = after.minus(amountOf(change));
  }
  return undefined;
}

function amountOf(change: Document): Big {
  const places = Number(change['decimalPlaces'] ?? 0);
  return new Big(String(change['amountChanged'] ?? '0')).times(new Big(10).pow(-places));
}
