/**
 * What people do with orders: new ones, and legal changes of those that are there, by name: `lines`, `address`, `note`
 * (before anything is shipped), `status` (the next step), `deliver` (a part or everything), `pay` (deposits too), `refund`,
 * `cancel`. Of a copy that a client brought they change only what the shop does with it. An edit that fits no order
 * becomes a new order, when that is allowed, else nothing.
 */
import { Big } from 'big.js';
import type { Random } from '../engine/random.js';
import { type Row, textOf } from './answers.js';
import type { Restriction } from './restriction.js';
import { addressOf } from './mutate-debtors.js';
import { goodsOf, newLines, newOrder, ofCountry, paidOf, pay, paymentStatusOf, refund } from './new-order.js';
import { changeOrder } from './order-calls.js';
import type { Shop } from './shop.js';

interface OrderEdit {
  readonly fits: (order: Row) => boolean;
  readonly make: (shop: Shop, random: Random, order: Row) => void;
  /** May be done to a copy. */
  readonly ofCopies?: true;
}

const statusOf = (order: Row): string => textOf(order['status']);
const linesOf = (order: Row): readonly Row[] => order['lines'] as readonly Row[];
const isOpen = (order: Row): boolean => ['new', 'confirmed', 'partially_shipped'].includes(statusOf(order));
const isUntouched = (order: Row): boolean =>
  ['new', 'confirmed'].includes(statusOf(order)) &&
  linesOf(order).every((line) => Number(line['shippedQuantity']) === 0);
const isOwn = (order: Row): boolean => order['externalReference'] === null;
const incl = (order: Row): Big => new Big(textOf((order['totals'] as Row)['incl']));
const id = (order: Row): string => textOf(order['id']);

/** What is paid of the new total is told with the change. */
function change(shop: Shop, order: Row, values: Row): void {
  const after = changeOrder(shop, order, values, undefined);
  const paymentStatus = paymentStatusOf(after);
  if (Object.hasOwn(values, 'lines') && paymentStatus !== after['paymentStatus'])
    changeOrder(shop, after, { paymentStatus }, undefined);
}

const nextStatus: Readonly<Record<string, string>> = { new: 'confirmed', shipped: 'completed' };

const edits: Readonly<Record<string, OrderEdit>> = {
  lines: {
    fits: isUntouched,
    make(shop, random, order) {
      const lines = linesOf(order);
      const dropped = lines.length > 1 && random.chance(0.4) ? random.pick(lines) : undefined;
      const kept = lines.filter((line) => line !== dropped);
      const taken = new Set(kept.map((line) => line['sku']));
      const goods = ofCountry(goodsOf(shop), lines[0]?.['taxCode']).filter(
        (product) => !taken.has(product['sku'] ?? null),
      );
      const added = random.chance(0.5) ? newLines(random, goods, 1, order['pricesIncludeTax'] === true) : [];
      const changed = kept.map((line) => (random.chance(0.5) ? another(random, line) : line));
      change(shop, order, { lines: [...changed, ...added] });
    },
  },
  address: {
    fits: isOpen,
    make(shop, random, order) {
      const field = random.pick(['billingAddress', 'shippingAddress']);
      const { name = null } = (order[field] ?? {}) as Row;
      change(shop, order, { [field]: { ...addressOf(random), name } });
    },
  },
  note: {
    fits: (order) => statusOf(order) !== 'cancelled',
    make: (shop, random, order) => change(shop, order, { note: `Bel ${random.integer(100, 999)} keer` }),
  },
  status: {
    fits: (order) => nextStatus[statusOf(order)] !== undefined,
    make: (shop, _, order) => change(shop, order, { status: nextStatus[statusOf(order)] ?? null }),
    ofCopies: true,
  },
  deliver: {
    fits: isOpen,
    make(shop, random, order) {
      // What is taken back (a deposit) is not sent, nor what no shelf holds (a difference of rounding).
      const goods = linesOf(order).filter(
        ({ sku, unitPrice }) => Number(unitPrice) > 0 && shop.productBySku(textOf(sku))?.['manageStock'] === true,
      );
      const isPart = linesOf(order).length > 1 && goods.length > 0 && random.chance(0.5);
      if (!isPart) return change(shop, order, { status: 'shipped' });
      const sent = random.pick(goods);
      const lines = linesOf(order).map((line) =>
        line === sent ? { ...line, shippedQuantity: line['quantity'] ?? '0' } : line,
      );
      const isAll = lines.every((line) => line['shippedQuantity'] === line['quantity']);
      change(shop, order, isAll ? { status: 'shipped' } : { lines, status: 'partially_shipped' });
    },
    ofCopies: true,
  },
  pay: {
    fits: (order) => statusOf(order) !== 'cancelled' && incl(order).minus(paidOf(order)).gt('0.02'),
    make: (shop, random, order) => void pay(shop, id(order), random, random.chance(0.6) ? 1 : 3),
    ofCopies: true,
  },
  refund: {
    fits: (order) => statusOf(order) !== 'cancelled' && paidOf(order).gt('0.02'),
    make: (shop, random, order) => void refund(shop, id(order), random),
    ofCopies: true,
  },
  cancel: {
    fits: isUntouched,
    make: (shop, _, order) => change(shop, order, { status: 'cancelled' }),
    ofCopies: true,
  },
};

export const orderEdits = ['new', ...Object.keys(edits)];
/** Most is progress; going back is rare. */
const usual = [
  'new',
  'new',
  'lines',
  'address',
  'note',
  'status',
  'status',
  'deliver',
  'deliver',
  'pay',
  'pay',
  'refund',
  'cancel',
];

export function editOrders(shop: Shop, random: Random, only: Restriction): readonly string[] {
  const allowed = only.edits ?? usual;
  const name = random.pick(allowed);
  const edit = edits[name];
  const candidates = [...shop.table.orders.values()].filter(
    (row) => edit?.fits(row) === true && (isOwn(row) || (only.of === 'any' && edit.ofCopies === true)),
  );
  if (edit !== undefined && candidates.length > 0) {
    const order = random.pick(candidates);
    edit.make(shop, random, order);
    return [id(order)];
  }
  const made = allowed.includes('new') ? newOrder(shop, random) : undefined;
  return made === undefined ? [] : [made];
} // prettier-ignore

function another(random: Random, line: Row): Row {
  const quantity = new Big(textOf(line['quantity'])).plus(random.integer(1, 3)).toString();
  return random.chance(0.7) ? { ...line, quantity } : { ...line, discountAmount: '0.00' };
}
