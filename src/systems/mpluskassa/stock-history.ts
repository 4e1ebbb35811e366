/**
 * Settles stock writes whose answer was lost, by the history that the service keeps. In: a row as it is, the amount that it
 * should get, and since when it is in doubt what was sent of it. Out: whether that amount was set already.
 *
 * The history shows no reference of ours, so a write is recognised by what it made: a change by the interface after which
 * the row held exactly the amount. Only changes since the doubt began count; so the same amount set before, and acknowledged,
 * is never taken for the lost write. Nothing is remembered here: any process finds the same.
 */
import Big from 'big.js';
import type { Clock } from '../../base/clock.js';
import type { Document } from '../../base/document.js';
import type { Api } from './api.js';

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
  /** A moment of our clock by the clock of the service, rather too early than too late. */
  moment(ours: Date, signal: AbortSignal): Promise<Date>;
  wasSet(row: StockRow, amount: string, since: Date, signal: AbortSignal): Promise<boolean>;
}

/** The service may write down whole seconds, and its answer was on its way for a moment. */
const marginMs = 2_000;

export function makeStockHistory(api: Api, clock: Clock): StockHistory {
  return {
    async moment(ours, signal) {
      const { serviceDateTime } = await api.ask('getApiVersion', {}, signal);
      const now = clock.now().getTime();
      const theirs = typeof serviceDateTime === 'string' ? Date.parse(serviceDateTime) : NaN;
      const ahead = Number.isNaN(theirs) ? 0 : theirs - now;
      return new Date(ours.getTime() + ahead - marginMs);
    },
    async wasSet(row, amount, since, signal) {
      const isQuiet = row.changedAt !== null && Date.parse(row.changedAt) < since.getTime();
      if (isQuiet || row.amount === '') return false;
      const request = {
        branchNumber: row.branch,
        articleNumbers: [row.article],
        fromFinancialDateTime: since.toISOString(),
      };
      const answer = await api.ask('getStockHistory', { request }, signal);
      const changes = ((answer['articleStockHistory'] ?? []) as readonly Document[])
        .filter((change) => String(change['articleNumber']) === row.article)
        // The service may reckon in days.
        .filter((change) => !(Date.parse(String(change['timestamp'])) < since.getTime()))
        .sort((a, b) => (BigInt(String(a['stockId'])) < BigInt(String(b['stockId'])) ? 1 : -1));
      return wasSetTo(changes, row.amount, amount);
    },
  };
}

/**
 * Whether the newest change by the interface left exactly the wanted amount. Newest first; the amount that the row holds now
 * is reckoned back through what happened after it.
 */
function wasSetTo(changes: readonly Document[], now: string, wanted: string): boolean {
  let after = new Big(now);
  for (const change of changes) {
    if (change['type'] === 'STOCK-HISTORY-TYPE-API') return after.eq(wanted);
    after = after.minus(amountOf(change));
  }
  return false;
}

function amountOf(change: Document): Big {
  const places = Number(change['decimalPlaces'] ?? 0);
  return new Big(String(change['amountChanged'] ?? '0')).times(new Big(10).pow(-places));
}
