/**
 * Orders: placing reserves stock, shipping takes it, cancelling releases it; after shipping only status, payments and
 * note may change. The one resource with idempotency keys.
 */
import { createHash } from 'node:crypto';
import { Big } from 'big.js';
import type { Json } from '../../src/base/document.js';
import { refuseWhenWrong, Refusal, type FieldProblem, type Row, textOf } from './answers.js';
import { checkBody } from './field-check.js';
import { orderTable } from './fields.js';
import { hasMaster, rateOf } from './master-data.js';
import { totalsOf } from './order-totals.js';
import type { Shop } from './shop.js';
import { moveStock } from './stock-calls.js';

const afterShipping = ['status', 'paymentStatus', 'payments', 'note'];
const keptMs = 24 * 3_600_000;

interface Remembered {
  readonly hash: string;
  readonly id: string;
  readonly answer: Row;
  readonly at: number;
}

/** `now` in milliseconds, for the age of idempotency keys. */
export function createOrder(shop: Shop, body: unknown, text: string, key: string | undefined, now: number): Row {
  const hash = createHash('sha256').update(text).digest('hex');
  const keys = shop.store.table<Remembered>('idempotency');
  const known = key === undefined ? undefined : keys.get(key);
  if (known !== undefined && now - known.at < keptMs) {
    if (known.hash === hash) return known.answer;
    throw new Refusal(409, 'this Idempotency-Key was used with another body', { existingId: known.id });
  }
  const { values, problems } = checkBody(orderTable, body, true);
  const order = problems.length > 0 ? values : completed(shop, values);
  refuseWhenWrong(problems.length > 0 ? problems : orderProblems(shop, order));
  refuseKnownReference(shop, order, undefined);
  const id = shop.newId(
    'orders',
    typeof order['externalReference'] === 'string' ? order['externalReference'] : undefined,
  );
  const number = String(shop.nextNumber('order number', 500_001));
  const row = shop.save('orders', id, { id, number, ...order, totals: totalsOf(order) }, 'createOrder');
  moveFor(shop, row, undefined);
  if (key !== undefined) keys.put(key, { hash, id, answer: row, at: now });
  return row;
}

/** `op`: the client's operation, or undefined when a person did it. */
export function changeOrder(shop: Shop, before: Row, body: unknown, op: string | undefined): Row {
  const { values, problems } = checkBody(orderTable, body, false);
  refuseWhenWrong([...problems, ...lockedProblems(before, values)]);
  const order = completed(shop, { ...before, ...values });
  refuseWhenWrong(orderProblems(shop, order));
  refuseKnownReference(shop, order, before);
  const row = shop.save('orders', textOf(before['id']), { ...order, totals: totalsOf(order) }, op);
  moveFor(shop, row, before);
  return row;
}

/** Lines and payments with ids, tax codes and rates; lines in an order of the system's own. */
function completed(shop: Shop, order: Row): Row {
  const lines = (order['lines'] as readonly Row[]).map((line): Row => {
    const taxCode = line['taxCode'] ?? shop.productBySku(textOf(line['sku']))?.['taxCode'] ?? null;
    return { ...line, id: line['id'] ?? shop.newId('lines', undefined), taxCode, taxRate: rateOf(taxCode) ?? null };
  });
  lines.sort((a, b) => (textOf(a['id']) < textOf(b['id']) ? -1 : 1));
  const payments = (order['payments'] as readonly Row[]).map((payment) => ({
    ...payment,
    id: payment['id'] ?? shop.newId('payments', undefined),
  }));
  return { ...order, lines, payments };
}

function lockedProblems(before: Row, values: Row): FieldProblem[] {
  const was = before['status'];
  const locked = was === 'shipped' || was === 'completed' || was === 'cancelled';
  if (!locked) return [];
  const problems = Object.keys(values)
    .filter((field) => was === 'cancelled' || !afterShipping.includes(field))
    .map((field) => ({
      pointer: `/${field}`,
      code: 'order_locked',
      message: `cannot be changed in an order that is ${was}`,
    }));
  const next = values['status'];
  if (was !== 'cancelled' && next !== undefined && next !== was && next !== 'completed') {
    problems.push({ pointer: '/status', code: 'order_locked', message: `cannot go from ${was} to ${textOf(next)}` });
  }
  return problems;
}

function orderProblems(shop: Shop, order: Row): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const say = (pointer: string, code: string, message: string): void => void problems.push({ pointer, code, message });
  const debtor = shop.table.debtors.get(textOf(order['debtorId']));
  if (debtor === undefined) say('/debtorId', 'unknown_debtor', 'there is no such debtor');
  else if (debtor['blocked'] === true) say('/debtorId', 'blocked', 'the debtor is blocked');
  const contact = order['contactId'] ?? null;
  if (contact !== null && shop.table.contacts.get(textOf(contact))?.['debtorId'] !== order['debtorId']) {
    say('/contactId', 'unknown_contact', 'the debtor has no such contact');
  }
  const master = (pointer: string, kind: string, code: Json | undefined): void => {
    const found = (code ?? null) === null || hasMaster(kind, code);
    if (!found) say(pointer, 'unknown_code', `there is no ${textOf(code)} in ${kind}`);
  };
  master('/paymentMethodCode', 'payment-methods', order['paymentMethodCode']);
  master('/paymentTermCode', 'payment-terms', order['paymentTermCode']);
  master('/shippingMethodCode', 'shipping-methods', order['shippingMethodCode']);
  master('/shippingCost/taxCode', 'tax-codes', (order['shippingCost'] as Row | null)?.['taxCode']);
  const payments = order['payments'] as readonly Row[];
  payments.forEach((payment, index) =>
    master(`/payments/${index}/methodCode`, 'payment-methods', payment['methodCode']),
  );
  const lines = order['lines'] as readonly Row[];
  if (lines.length === 0) say('/lines', 'required', 'an order has at least one line');
  lines.forEach((line, index) => {
    const at = `/lines/${index}`;
    if (shop.productBySku(textOf(line['sku'])) === undefined)
      say(`${at}/sku`, 'unknown_sku', `there is no product ${textOf(line['sku'])}`);
    else if ((line['taxCode'] ?? null) === null)
      say(`${at}/taxCode`, 'required', 'neither line nor product has a tax code');
    master(`${at}/taxCode`, 'tax-codes', line['taxCode']);
    master(`${at}/revenueAccount`, 'revenue-accounts', line['revenueAccount']);
    master(`${at}/warehouseCode`, 'warehouses', line['warehouseCode']);
  });
  return problems;
}

function refuseKnownReference(shop: Shop, order: Row, before: Row | undefined): void {
  const reference = order['externalReference'] ?? null;
  const other = typeof reference === 'string' ? shop.orderByReference(reference) : undefined;
  if (other === undefined || other['id'] === before?.['id']) return;
  throw new Refusal(409, `another order has the reference ${textOf(reference)}`, {
    existingId: textOf(other['id']),
    errors: [{ pointer: '/externalReference', code: 'not_unique', message: 'is taken by another order' }],
  });
}

/** What an order does to stock in a status: how much it reserves, and how much it has taken. */
function effectOf(order: Row | undefined): 'none' | 'reserved' | 'taken' {
  const status = order?.['status'];
  if (status === undefined || status === 'cancelled') return 'none';
  return status === 'shipped' || status === 'completed' ? 'taken' : 'reserved';
}

function moveFor(shop: Shop, after: Row, before: Row | undefined): void {
  const moves = new Map<string, { sku: string; warehouseCode: string; onHand: Big; reserved: Big }>();
  const count = (order: Row | undefined, sign: 1 | -1): void => {
    const effect = effectOf(order);
    if (order === undefined || effect === 'none') return;
    for (const line of order['lines'] as readonly Row[]) {
      const sku = textOf(line['sku']);
      if (shop.productBySku(sku)?.['manageStock'] !== true) continue;
      const warehouseCode = textOf(line['warehouseCode'] ?? 'MAIN');
      const move = moves.get(`${sku}@${warehouseCode}`) ?? {
        sku,
        warehouseCode,
        onHand: new Big(0),
        reserved: new Big(0),
      };
      const quantity = new Big(textOf(line['quantity'])).times(sign);
      if (effect === 'taken') move.onHand = move.onHand.minus(quantity);
      else move.reserved = move.reserved.plus(quantity);
      moves.set(`${sku}@${warehouseCode}`, move);
    }
  };
  count(after, 1);
  count(before, -1);
  for (const move of moves.values()) if (!move.onHand.eq(0) || !move.reserved.eq(0)) moveStock(shop, move);
}
