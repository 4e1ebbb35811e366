/** Random new orders as a shop takes them: weighed goods, mixed VAT, discounts, returns, companies without VAT in prices. */
import type { Document } from '../../src/base/document.js';
import type { Random } from '../engine/random.js';
import { vatRates } from './amounts.js';
import { personCall, randomKey, type Changed } from './edit.js';
import { branches, branchOf } from './masters.js';
import { addressOf, newRelation } from './mutate-relations.js';
import { createOrderRow } from './order-saving.js';
import { pick } from './sale.js';
import { textIn, type ArticleRow } from './records.js';
import { depositArticle, giftCardArticle, isService } from './seed/seed-services.js';
import type { Shop } from './shop.js';

/** Half past two in the night that summer time ends: twice. */
const dstNight = ['2026-10-25T00:30:00.000Z', '2026-10-25T01:30:00.000Z'];

export function newOrder(shop: Shop, random: Random, changed: Changed): void {
  const isNew = random.chance(0.2);
  const relationNumber = isNew ? newRelation(shop, random, changed) : randomKey(shop.relations, random);
  const relation = shop.relations.get(relationNumber) ?? {};
  const isCompany = (textIn(relation, 'companyName') ?? '') !== '';
  const vatMethod = `VAT-METHOD-${isCompany ? (random.chance(0.15) ? 'SHIFTED' : 'EXCLUSIVE') : 'INCLUSIVE'}`;
  const branch = random.pick(branches).branchNumber;
  const address = addressIn(relation);
  const outcome = createOrderRow(shop, {
    orderType: 'ORDER-TYPE-SALES-ORDER',
    relationNumber,
    employeeNumber: random.pick(['1', '2', '3', '999999']),
    entryBranchNumber: branch,
    financialBranchNumber: branch,
    workplaceNumber: branchOf(branch)?.workplaces[0] ?? 1,
    entryTimestamp: random.chance(0.12) ? random.pick(dstNight) : shop.now(),
    reference: random.chance(0.7) ? `Klant ${random.integer(1_000, 9_999)}` : '',
    vatMethod,
    deliveryMethod: random.pick(['AFHALEN', 'POST', 'KOERIER']),
    ...(random.chance(0.5) ? { paymentMethod: random.pick(['PIN', 'CONTANT', 'OP-REKENING']) } : {}),
    ...(address === undefined ? {} : { invoiceAddress: address }),
    ...(random.chance(0.4) ? { deliveryAddress: { name: textIn(relation, 'name') ?? '', ...addressOf(random) } } : {}),
    lineList: newLines(shop, random, random.integer(1, 4), vatMethod),
  });
  if (outcome.type !== 'ok') throw new Error(`a new order was refused: ${JSON.stringify(outcome)}`);
  personCall(changed).record('orders', outcome.order.orderId);
}

function addressIn(relation: Document): Document | undefined {
  if ((textIn(relation, 'address') ?? '') === '') return undefined;
  return pick(relation, ['name', 'contact', 'companyName', 'address', 'zipcode', 'city', 'country']);
}

/** What comes with goods at times. */
const extras = [
  { articleNumber: '900001', chance: 0.25, most: 1 },
  { articleNumber: depositArticle, chance: 0.15, most: 24 },
  { articleNumber: giftCardArticle, chance: 0.05, most: 1 },
];

/** Lines of goods that are sold; at most one of them is a return or a deposit that is given back. */
export function newLines(shop: Shop, random: Random, count: number, vatMethod: string): readonly Document[] {
  const articles = [...shop.articles.values()].filter((article) => article.active && article.vatCode in vatRates && isGoods(article)); // prettier-ignore
  const chosen = random.sample(articles, count);
  const lines = chosen.map((article, index) => newLine(random, article, vatMethod, index > 0 && random.chance(0.12)));
  return [
    ...lines,
    ...extras
      .filter(({ articleNumber, chance }) => shop.articles.has(articleNumber) && random.chance(chance))
      .map((extra) => ({
        articleNumber: extra.articleNumber,
        data: { quantity: String(random.integer(1, extra.most)), decimalPlaces: 0 },
      })),
  ];
}

function newLine(random: Random, article: ArticleRow, vatMethod: string, isReturn: boolean): Document {
  const isWeighed = !isReturn && random.chance(0.15);
  const quantity = isReturn ? -1 : isWeighed ? random.pick([350, 530, 1_250, 75]) : random.integer(1, 5);
  const isInclusive = vatMethod === 'VAT-METHOD-INCLUSIVE';
  const field = isInclusive ? 'price' : 'priceExcl';
  const price = random.chance(0.3) ? String(random.integer(99, 9_999)) : isInclusive ? article.priceIncl : article.priceExcl; // prettier-ignore
  const whole = Math.floor((Number(price) * quantity) / (isWeighed ? 1_000 : 1));
  const discount = !isReturn && whole > 20 && random.chance(0.2) ? random.integer(1, Math.floor(whole * 0.3)) : 0;
  return {
    articleNumber: article.articleNumber,
    ...(random.chance(0.2) ? { text: `${article.description.slice(0, 60)} (op maat)` } : {}),
    data: {
      quantity: String(quantity),
      decimalPlaces: isWeighed ? 3 : 0,
      [field]: price,
      ...(discount === 0 ? {} : { [isInclusive ? 'discountAmount' : 'discountAmountExcl']: String(discount) }),
    },
  };
}

/** Shipping costs, deposits and the like are sold with goods only. */
const isGoods = ({ articleNumber }: ArticleRow): boolean => !isService(articleNumber);
