/** A few orders as the shop would have them on an ordinary day: open, prepaid, delivered and paid, cancelled. */
import type { Document } from '../../../src/base/document.js';
import type { Random } from '../../engine/random.js';
import type { Call } from '../behaviour.js';
import { cancel, payOrderRow } from '../order-fulfilment.js';
import { createOrderRow } from '../order-saving.js';
import type { Shop } from '../shop.js';
import { seedTime } from './seed-time.js';

const quiet: Call = { operation: 'seed', record: () => undefined };

export function seedOrders(shop: Shop, random: Random): void {
  const articles = [...shop.articles.keys()].slice(0, 500);
  const relations = [...shop.relations.keys()];
  if (articles.length === 0) return;
  for (let at = 1; at <= 12; at++) {
    const lineList = random
      .sample(articles, random.integer(1, 3))
      .map((articleNumber) => ({ articleNumber, data: { quantity: String(random.integer(1, 3)), decimalPlaces: 0 } }));
    const outcome = createOrderRow(shop, order(random, at, relations, lineList));
    if (outcome.type !== 'ok') throw new Error(`the seeded order ${at} was refused: ${JSON.stringify(outcome)}`);
    const { orderId, totalInclAmount } = outcome.order;
    if (at % 4 === 1) payOrderRow(shop, orderId, false, [{ method: 'PIN', amount: totalInclAmount }], quiet);
    if (at % 4 === 2) payOrderRow(shop, orderId, true, [{ method: 'IDEAL', amount: '500' }], quiet);
    if (at % 12 === 7) cancel(shop, outcome.order);
  }
}

function order(random: Random, at: number, relations: readonly string[], lineList: readonly Document[]): Document {
  return {
    orderType: 'ORDER-TYPE-SALES-ORDER',
    entryBranchNumber: 1,
    financialBranchNumber: random.integer(1, 3),
    employeeNumber: '999999',
    relationNumber: random.pick(relations),
    financialDate: seedTime.slice(0, 10),
    reference: `Bestelling ${at}`,
    vatMethod: at % 5 === 0 ? 'VAT-METHOD-EXCLUSIVE' : 'VAT-METHOD-INCLUSIVE',
    deliveryMethod: random.pick(['AFHALEN', 'POST']),
    lineList,
  };
}
