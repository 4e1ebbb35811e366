/**
 * Orders: placed, changed, totalled. The one resource with idempotency keys. Placing an order sends a confirmation, unless
 * it is placed silently. After shipping only status, payments and note may change (order-rules.ts).
 */
import { createHash } from 'node:crypto';
import { refuseWhenWrong, Refusal, type Row, textOf } from './answers.js';
import { checkBody } from './field-check.js';
import { orderTable } from './fields.js';
import { rateOf } from './master-data.js';
import { lockedProblems, orderProblems } from './order-rules.js';
import { moveFor, withShipped } from './order-stock.js';
import { totalsOf } from './order-totals.js';
import type { Shop } from './shop.js';

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
  const row = placeOrder(shop, body, 'createOrder');
  if (key !== undefined) keys.put(key, { hash, id: textOf(row['id']), answer: row, at: now });
  return row;
}

/** `op`: the client's operation, or undefined when a person did it. */
export function placeOrder(shop: Shop, body: unknown, op: string | undefined): Row {
  const { values: sent, problems } = checkBody(orderTable, body, true);
  const { silent = false, ...values } = sent;
  const placed: Row = { ...values, placedAt: values['placedAt'] ?? shop.now() };
  const order = problems.length > 0 ? placed : completed(shop, placed);
  refuseWhenWrong(problems.length > 0 ? problems : orderProblems(shop, order, undefined));
  refuseKnownReference(shop, order, undefined);
  const id = shop.newId(
    'orders',
    typeof order['externalReference'] === 'string' ? order['externalReference'] : undefined,
  );
  const number = String(shop.nextNumber('order number', 500_001));
  const row = shop.save('orders', id, { id, number, ...order, totals: totalsOf(order) }, op);
  if (silent === true) shop.store.table<{ id: string }>('silent orders').put(id, { id });
  else confirm(shop, row);
  moveFor(shop, row, undefined, silent === true);
  return row;
}

/** Stands for the mail that a customer gets. */
function confirm(shop: Shop, order: Row): void {
  const to = shop.table.debtors.get(textOf(order['debtorId']))?.['email'] ?? null;
  const { id = null, number = null, externalReference = null } = order;
  shop.store.table<Row>('confirmations').put(textOf(id), { orderId: id, number, externalReference, to });
}

export function changeOrder(shop: Shop, before: Row, body: unknown, op: string | undefined): Row {
  const { values, problems } = checkBody(orderTable, body, false);
  if (Object.hasOwn(values, 'silent'))
    refuseWhenWrong([{ pointer: '/silent', code: 'not_allowed', message: 'is said when an order is placed' }]);
  refuseWhenWrong([...problems, ...lockedProblems(before, values)]);
  const order = completed(shop, { ...before, ...values });
  refuseWhenWrong(orderProblems(shop, order, before));
  refuseKnownReference(shop, order, before);
  const id = textOf(before['id']);
  const row = shop.save('orders', id, { ...order, totals: totalsOf(order) }, op);
  moveFor(shop, row, before, shop.store.table('silent orders').has(id));
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
  return withShipped({ ...order, lines, payments });
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
