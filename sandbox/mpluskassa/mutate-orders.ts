/**
 * What people do with orders: new ones, and legal changes of those that are there, by name: `lines` (before anything is
 * delivered), `address`, `pay` (deposits), `deliver` (a part or everything), `cancel`, `uncancel` (only when it is named),
 * `invoice` (pays the rest, delivers and invoices), `credit` (of an invoice). An edit that fits no order becomes a new order, when that is allowed, else nothing.
 */
import type { Document } from '../../src/base/document.js';
import type { Random } from '../engine/random.js';
import { SandboxUsageError } from '../engine/sandbox-system.js';
import { isSettled, roundCash } from './cash.js';
import { personCall, type Changed, type Restriction } from './edit.js';
import { creditInvoice } from './invoice-calls.js';
import { addressOf } from './mutate-relations.js';
import { newLines, newOrder } from './new-order.js';
import { cancel, deliver, payOrderRow, undoCancel } from './order-fulfilment.js';
import { updateOrderRow } from './order-saving.js';
import { isService } from './seed/seed-services.js';
import { textIn, type LineRow, type OrderRow } from './records.js';
import { openOf, orderedOf } from './reservations.js';
import type { Shop } from './shop.js';

interface OrderEdit {
  readonly fits: (order: OrderRow) => boolean;
  readonly make: (shop: Shop, random: Random, order: OrderRow, changed: Changed) => void;
}

const isOpen = (order: OrderRow): boolean =>
  order.cancelState === 'ORDER-CANCEL-STATE-NOTHING' && order.completeState !== 'ORDER-COMPLETE-STATE-COMPLETE';
const isUntouched = (order: OrderRow): boolean =>
  isOpen(order) && order.deliveryState === 'ORDER-DELIVERY-STATE-NOTHING';
const restOf = (order: OrderRow): bigint => BigInt(order.totalInclAmount) - BigInt(order.prepaidAmount);

/** In cash what there are coins for. */
const paymentOf = (method: string, amount: bigint): Document =>
  method === 'CONTANT' && roundCash(amount) !== 0n
    ? { method, amount: String(roundCash(amount)) }
    : { method: method === 'CONTANT' ? 'PIN' : method, amount: String(amount) };

function update(shop: Shop, order: OrderRow, changes: Document, changed: Changed): void {
  const { orderId, changeCounter, versionNumber } = order;
  const outcome = updateOrderRow(shop, { orderId, changeCounter, versionNumber, ...changes });
  if (outcome.type === 'ok') changed('orders', orderId);
}

const edits: Readonly<Record<string, OrderEdit>> = {
  lines: {
    fits: isUntouched,
    make(shop, random, order, changed) {
      const rest = order.lineList.slice(1);
      const kept = rest.length > 0 && random.chance(0.4) && rest.some(isGoods) ? rest : order.lineList;
      const added = random.chance(0.5) ? newLines(shop, random, 1, order.vatMethod) : [];
      const lineList = [...kept.map((line) => (random.chance(0.5) ? another(random, line) : line)), ...added];
      update(shop, order, { lineList }, changed);
    },
  },
  address: {
    fits: isOpen,
    make(shop, random, order, changed) {
      const field = random.pick(['deliveryAddress', 'invoiceAddress']);
      update(shop, order, { [field]: { name: textIn(order, 'relationName') ?? '', ...addressOf(random) } }, changed);
    },
  },
  pay: {
    fits: (order) => isOpen(order) && !isSettled(order.totalInclAmount, order.paymentList),
    make(shop, random, order, changed) {
      const rest = restOf(order);
      const amount = random.chance(0.5) || rest < 4n ? rest : rest / 3n;
      const payment = paymentOf(random.pick(['PIN', 'CONTANT', 'IDEAL']), amount);
      payOrderRow(shop, order.orderId, true, [payment], personCall(changed));
    },
  },
  deliver: {
    fits: (order) => isOpen(order) && order.lineList.some((line) => openOf(line) !== 0),
    make(shop, random, order, changed) {
      const part = random.chance(0.5) ? partOf(random, order) : undefined;
      deliver(shop, order, personCall(changed), part);
      changed('orders', order.orderId);
    },
  },
  cancel: {
    fits: isUntouched,
    make(shop, _, order, changed) {
      cancel(shop, order);
      changed('orders', order.orderId);
    },
  },
  uncancel: {
    fits: (order) => order.cancelState === 'ORDER-CANCEL-STATE-COMPLETE',
    make(shop, _, order, changed) {
      undoCancel(shop, order);
      changed('orders', order.orderId);
    },
  },
  invoice: {
    fits: isOpen,
    make(shop, random, order, changed) {
      const rest = restOf(order);
      const isPaid = rest === 0n || (rest > 0n && isSettled(order.totalInclAmount, order.paymentList));
      const payments = isPaid ? [] : [paymentOf(random.pick(['PIN', 'CONTANT']), rest)];
      payOrderRow(shop, order.orderId, false, payments, personCall(changed));
    },
  },
};
const names = [...Object.keys(edits), 'credit', 'new'];
/** How often each is drawn when nothing is said. */
const usual = [
  'new',
  'new',
  'new',
  'lines',
  'address',
  'pay',
  'pay',
  'deliver',
  'deliver',
  'cancel',
  'invoice',
  'credit',
];

export function editOrder(shop: Shop, random: Random, changed: Changed, only: Restriction): void {
  const allowed = only.edits ?? usual;
  const strange = allowed.find((name) => !names.includes(name));
  if (strange !== undefined) throw new SandboxUsageError(`edits of orders are ${names.join(', ')}; got ${strange}`);
  const isMeant = (row: Document): boolean => only.of === 'any' || (textIn(row, 'extOrderId') ?? '') === '';
  const name = random.pick(allowed);
  if (name === 'new') return newOrder(shop, random, changed);
  if (name === 'credit') return credit(shop, random, changed, isMeant);
  const edit = edits[name]!;
  const fitting = [...shop.orders.values()].filter((order) => isMeant(order) && edit.fits(order));
  if (fitting.length > 0) edit.make(shop, random, random.pick(fitting), changed);
  else if (allowed.includes('new')) newOrder(shop, random, changed);
}

function credit(shop: Shop, random: Random, changed: Changed, isMeant: (row: Document) => boolean): void {
  const credited = new Set([...shop.invoices.values()].map((invoice) => invoice['creditedInvoiceId']));
  const candidates = [...shop.invoices.values()].filter(
    (invoice) =>
      invoice.invoiceType !== 'INVOICE-TYPE-CREDIT-INVOICE' &&
      !credited.has(invoice.invoiceId) &&
      ((invoice['extOrderIds'] ?? []) as readonly string[]).every((extOrderId) => isMeant({ extOrderId })),
  );
  if (candidates.length === 0) return;
  const { invoiceId } = random.pick(candidates);
  const known = new Set(shop.invoices.keys());
  creditInvoice(
    shop,
    { invoiceId },
    personCall(() => undefined),
  );
  for (const key of shop.invoices.keys()) if (!known.has(key)) changed('invoices', key);
}

/** Shipping costs alone are no order. */
const isGoods = ({ articleNumber }: LineRow): boolean => !isService(articleNumber);

/** The line with another quantity. */
const another = (random: Random, line: LineRow): Document => ({
  ...line,
  data: { ...line.data, quantity: String(random.integer(1, 6)), decimalPlaces: 0 },
});

/** Some of what is open, in whole pieces; a line of less than one piece goes as a whole. */
function partOf(random: Random, order: OrderRow): ReadonlyMap<string, number> | undefined {
  const open = order.lineList.filter((line) => openOf(line) !== 0);
  const amounts = new Map<string, number>();
  for (const line of open) {
    const pieces = Math.floor(openOf(line) / 1_000);
    if (pieces > 1) amounts.set(line.lineId, random.integer(1, pieces - 1) * 1_000);
    else if (random.chance(0.5) && orderedOf(line) > 0) amounts.set(line.lineId, openOf(line));
  }
  return amounts.size === 0 ? undefined : amounts;
}
