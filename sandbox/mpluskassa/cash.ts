/** Cash, where coins of one and two cents are not used: what is paid of a sale in cash is rounded to five cents. */
import type { Document } from '../../src/base/document.js';
import { divide } from './amounts.js';
import { textIn } from './records.js';

const coin = 5n;

export const roundCash = (cents: bigint): bigint => divide(cents, coin) * coin;

/** Whether the payments are the total, or what is left of it after other payments was given in coins. */
export function isSettled(totalIncl: string, payments: readonly Document[]): boolean {
  const sumOf = (isCash: boolean): bigint =>
    payments
      .filter((payment) => (payment['method'] === 'CONTANT') === isCash)
      .reduce((sum, payment) => sum + BigInt(textIn(payment, 'amount') ?? '0'), 0n);
  const [cash, other] = [sumOf(true), sumOf(false)];
  const due = BigInt(totalIncl) - other;
  return cash >= due || (cash !== 0n && cash >= roundCash(due));
}
