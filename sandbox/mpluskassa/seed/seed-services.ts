/**
 * What a shop keeps beside its goods: the articles on which shipping costs, rounding differences, deposits and gift cards are booked, and the
 * relation of sales to nobody in particular. Their numbers are the same in every seed, so that settings can name them.
 */
import { exclFromIncl } from '../amounts.js';
import type { Store } from '../../engine/store.js';
import type { ArticleRow, ProductRow, RelationRow } from '../records.js';
import { seedTime } from './seed-time.js';

export const walkInRelation = '900000';

const services = [
  { articleNumber: '900001', description: 'Verzendkosten', vatCode: 1, priceIncl: 695n, turnoverGroup: 900 },
  { articleNumber: '900002', description: 'Afrondingsverschil', vatCode: 3, priceIncl: 0n, turnoverGroup: 910 },
  { articleNumber: '900003', description: 'Statiegeld', vatCode: 3, priceIncl: 15n, turnoverGroup: 920 },
  { articleNumber: '900004', description: 'Cadeaubon', vatCode: 3, priceIncl: 2_500n, turnoverGroup: 930 },
] as const;

/** What is sold beside goods and is not turnover. */
export const depositArticle = '900003';
const giftCardArticle = '900004';
export const isGiftCard = (articleNumber: string): boolean => articleNumber === giftCardArticle;
export { giftCardArticle };

export const isService = (articleNumber: string): boolean =>
  services.some((service) => service.articleNumber === articleNumber);

const stamped = { createTimestamp: seedTime, changeTimestamp: seedTime };

export function seedServices(
  store: Store,
  last: { readonly article: number; readonly productNumber: number; readonly relation: number },
): Record<string, number> {
  let { article, productNumber } = last;
  for (const { articleNumber, description, vatCode, priceIncl, turnoverGroup } of services) {
    const syncMarker = String(++article);
    const row: ArticleRow = {
      articleNumber,
      syncMarker,
      productNumber: String(++productNumber),
      active: true,
      turnoverGroup,
      vatCode,
      webshop: false,
      stockArticle: false,
      discontinued: false,
      specialPrice: 'PRICE-NORMAL',
      unit: 'stuk',
      description,
      invoiceText: description,
      receiptText: description,
      priceIncl: String(priceIncl),
      priceExcl: String(exclFromIncl(priceIncl, vatCode)),
      ...stamped,
    };
    store.table<ArticleRow>('articles').put(articleNumber, row);
    store.table<ProductRow>('products').put(productNumber, {
      productNumber: String(productNumber),
      syncMarker,
      description,
      extraText: '',
      articleNumbers: [articleNumber],
      groups: [],
    });
  }
  const relation = last.relation + 1;
  store.table<RelationRow>('relations').put(walkInRelation, {
    relationNumber: walkInRelation,
    syncMarker: String(relation),
    active: true,
    name: 'Passanten webshop',
    categoryIds: [10],
    defaultVatMethod: 'VAT-METHOD-INCLUSIVE',
    ...stamped,
  });
  return { article, productNumber, relation };
}
