/**
 * What a shop keeps beside its goods: the articles on which shipping costs and rounding differences are booked, and the
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
] as const;

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
