/** The filters that lists of orders, invoices and packing slips share: all kinds must match, one of each list is enough. */
import type { Document } from '../../src/base/document.js';
import { oneOf } from './paging.js';
import { listIn, numberIn, textIn } from './records.js';
import type { Shop } from './shop.js';

export function saleFilter(shop: Shop, request: Document): (sale: Document) => boolean {
  const from = textIn(request, 'fromFinancialDate') ?? '';
  const through = textIn(request, 'throughFinancialDate') ?? '9';
  const activity = textIn(request, 'activityId') ?? '';
  const branchNumbers = listIn(request, 'branchNumbers');
  const employeeNumbers = listIn(request, 'employeeNumbers');
  const relationNumbers = listIn(request, 'relationNumbers');
  const hasLine = lineFilter(shop, request);
  return (sale) => {
    const date = textIn(sale, 'financialDate') ?? '';
    return (
      date >= from &&
      date <= through &&
      (activity === '' || sale['activityId'] === activity) &&
      oneOf(branchNumbers, sale['financialBranchNumber']) &&
      oneOf(employeeNumbers, sale['employeeNumber']) &&
      oneOf(relationNumbers, sale['relationNumber']) &&
      hasLine(listIn<Document>(sale, 'lineList'))
    );
  };
}

/** True when some line has an article that is asked for. */
function lineFilter(shop: Shop, request: Document): (lines: readonly Document[]) => boolean {
  const texts = (field: string): string[] =>
    listIn<Document>(request, field)
      .map((entry) => textIn(entry, 'text') ?? '')
      .filter(Boolean);
  const numbers = listIn(request, 'articleNumbers');
  const groups = listIn(request, 'articleTurnoverGroups');
  const pluNumbers = texts('articlePluNumbers');
  const barcodes = texts('articleBarcodes');
  if (numbers.length + groups.length + pluNumbers.length + barcodes.length === 0) return () => true;
  return (lines) =>
    lines.some((line) => {
      const article: Document = shop.articles.get(textIn(line, 'articleNumber') ?? '0') ?? {};
      return (
        oneOf(numbers, line['articleNumber']) &&
        oneOf(groups, numberIn(article, 'turnoverGroup')) &&
        oneOf(pluNumbers, article['pluNumber']) &&
        oneOf(barcodes, article['barcode'])
      );
    });
}

/** `{ year, number }` pairs as asked for in requests. */
export function numberFilter(asked: readonly Document[], field: string): (sale: Document) => boolean {
  const wanted = new Set(asked.map((pair) => `${String(pair['year'])}-${String(pair['number'])}`));
  return (sale) => {
    const pair = (sale[field] ?? {}) as Document;
    return wanted.size === 0 || wanted.has(`${String(pair['year'])}-${String(pair['number'])}`);
  };
}
