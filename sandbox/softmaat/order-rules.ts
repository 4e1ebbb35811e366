/** What is wrong with an order: unknown codes and records, and what may not change any more. In: rows. Out: problems. */
import { Big } from 'big.js';
import type { Json } from '../../src/base/document.js';
import { type FieldProblem, type Row, textOf } from './answers.js';
import { hasMaster } from './master-data.js';
import type { Shop } from './shop.js';

const afterShipping = ['status', 'paymentStatus', 'payments', 'note'];

export function lockedProblems(before: Row, values: Row): FieldProblem[] {
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

type Say = (pointer: string, code: string, message: string) => void;

/** `before` is undefined for an order that is placed now. */
export function orderProblems(shop: Shop, order: Row, before: Row | undefined): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const say: Say = (pointer, code, message) => void problems.push({ pointer, code, message });
  checkDebtor(shop, order, before, say);
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
    if (new Big(textOf(line['shippedQuantity'] ?? '0')).gt(textOf(line['quantity'])))
      say(`${at}/shippedQuantity`, 'too_large', 'is more than was ordered');
    master(`${at}/taxCode`, 'tax-codes', line['taxCode']);
    master(`${at}/revenueAccount`, 'revenue-accounts', line['revenueAccount']);
    master(`${at}/warehouseCode`, 'warehouses', line['warehouseCode']);
  });
  return problems;
}

/** A blocked debtor gets no new orders; those that he has go on. */
function checkDebtor(shop: Shop, order: Row, before: Row | undefined, say: Say): void {
  const debtor = shop.table.debtors.get(textOf(order['debtorId']));
  if (debtor === undefined) say('/debtorId', 'unknown_debtor', 'there is no such debtor');
  else if (debtor['blocked'] === true && before?.['debtorId'] !== order['debtorId'])
    say('/debtorId', 'blocked', 'the debtor is blocked');
  const contact = order['contactId'] ?? null;
  if (contact !== null && shop.table.contacts.get(textOf(contact))?.['debtorId'] !== order['debtorId'])
    say('/contactId', 'unknown_contact', 'the debtor has no such contact');
}
