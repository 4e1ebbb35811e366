/**
 * Says on its own, without any code of the hub, what the shop (Softmaat) should hold when the till (MplusKASSA) holds what
 * it holds, and lists every difference. In: the records of both sandboxes. Out: sentences; none = the systems agree.
 */
import type { LedgerLine, SandboxHandle } from './processes.js';

interface TillArticle {
  articleNumber: string;
  productNumber: string;
  active: boolean;
  description: string;
  priceIncl: string;
  vatCode: number;
  stockArticle: boolean;
}
interface TillProduct {
  productNumber: string;
  description: string;
  articleNumbers: string[];
  groups: { groupNumber: number }[];
}
interface TillGroup {
  groupNumber: number;
  parentGroupNumber: number;
  name: string;
  isDeleted: boolean;
}
interface TillStock {
  branchNumber: number;
  articleNumber: string;
  onHand: number;
  reserved: number;
}
interface ShopProduct {
  id: string;
  sku: string;
  type: string;
  parentSku?: string | null;
  name: string;
  price?: { amount: string } | null;
  taxCode?: string | null;
  active: boolean;
  categoryIds: string[];
}
interface ShopCategory {
  id: string;
  code?: string;
  name: string;
  parentId?: string | null;
  active: boolean;
}
interface ShopStock {
  sku: string;
  warehouseCode: string;
  onHand: string | number;
}

export interface Comparison {
  /** In the till but not, or not as it should be, in the shop. */
  readonly lost: string[];
  /** More than once in the shop, or in the shop without a reason in the till. */
  readonly doubled: string[];
  readonly compared: number;
}

const taxCodes: Readonly<Record<number, string>> = { 1: 'NL21', 2: 'NL9', 3: 'NL0', 4: 'BE6' };
const warehouses: Readonly<Record<number, string>> = { 1: 'MAIN', 2: 'SHOP-NL', 3: 'SHOP-FR' };

export async function compareSystems(till: SandboxHandle, shop: SandboxHandle): Promise<Comparison> {
  const result: Comparison & { compared: number } = { lost: [], doubled: [], compared: 0 };
  const categories = await compareCategories(till, shop, result);
  await compareProducts(till, shop, categories, result);
  await compareStock(till, shop, result);
  return result;
}

type Result = Comparison & { compared: number };

async function compareCategories(
  till: SandboxHandle,
  shop: SandboxHandle,
  result: Result,
): Promise<Map<string, string>> {
  const groups = await till.records<TillGroup>('groups');
  const categories = await shop.records<ShopCategory>('categories');
  const byCode = index(categories, (category) => category.code ?? '', 'category', result);
  const ids = new Map(categories.map((category) => [category.code ?? '', category.id]));
  for (const group of groups) {
    result.compared++;
    const code = String(group.groupNumber);
    const found = byCode.get(code);
    const what = `category ${code}`;
    if (found === undefined) {
      if (!group.isDeleted) result.lost.push(`${what} is missing`);
      continue;
    }
    const parent = group.parentGroupNumber === 0 ? null : ids.get(String(group.parentGroupNumber));
    expectSame(result, what, 'name', found.name, group.name.trim());
    expectSame(result, what, 'active', found.active, !group.isDeleted);
    expectSame(result, what, 'parent', found.parentId ?? null, parent);
    byCode.delete(code);
  }
  for (const [code, category] of byCode) result.doubled.push(`category ${code} (${category.id}) has no group`);
  return ids;
}

async function compareProducts(
  till: SandboxHandle,
  shop: SandboxHandle,
  categories: Map<string, string>,
  result: Result,
): Promise<void> {
  const articles = new Map(
    (await till.records<TillArticle>('articles')).map((article) => [article.articleNumber, article]),
  );
  const bySku = index(await shop.records<ShopProduct>('products'), (product) => product.sku, 'product', result);
  for (const product of await till.records<TillProduct>('products')) {
    const isSimple = product.articleNumbers.length === 1;
    const own = product.articleNumbers.flatMap((number) => articles.get(number) ?? []);
    const name = product.description.trim() === '' ? (own[0]?.description ?? '') : product.description;
    const categoryIds = product.groups.map((group) => categories.get(String(group.groupNumber))).sort();
    const parentSku = `P${product.productNumber}`;
    const expectProduct = (sku: string, wanted: Partial<Record<keyof ShopProduct | 'amount', unknown>>): void => {
      result.compared++;
      const found = bySku.get(sku);
      const what = `product ${sku}`;
      if (found === undefined) return void result.lost.push(`${what} is missing`);
      bySku.delete(sku);
      for (const [field, value] of Object.entries({ ...wanted, categoryIds })) {
        const held =
          field === 'amount' ? cents(found.price?.amount)
          : field === 'categoryIds' ? [...found.categoryIds].sort()
          : (found[field as keyof ShopProduct] ?? null); // prettier-ignore
        expectSame(result, what, field, held, value);
      }
    };
    if (!isSimple) {
      expectProduct(parentSku, {
        type: 'configurable',
        name: name.trim(),
        active: own.some((article) => article.active),
      });
    }
    for (const article of own) {
      expectProduct(article.articleNumber, {
        type: isSimple ? 'simple' : 'variant',
        parentSku: isSimple ? null : parentSku,
        name: (isSimple || article.description.trim() === '' ? name : article.description).trim(),
        amount: article.priceIncl,
        active: article.active,
        ...(taxCodes[article.vatCode] === undefined ? {} : { taxCode: taxCodes[article.vatCode] }),
      });
    }
  }
  for (const [sku, product] of bySku) result.doubled.push(`product ${sku} (${product.id}) has no article`);
}

async function compareStock(till: SandboxHandle, shop: SandboxHandle, result: Result): Promise<void> {
  const kept = new Set(
    (await till.records<TillArticle>('articles'))
      .filter((article) => article.stockArticle)
      .map((article) => article.articleNumber),
  );
  const rows = index(
    await shop.records<ShopStock>('stock'),
    (row) => `${row.sku}@${row.warehouseCode}`,
    'stock',
    result,
  );
  for (const row of await till.records<TillStock>('stock')) {
    const warehouse = warehouses[row.branchNumber];
    if (warehouse === undefined || !kept.has(row.articleNumber)) continue;
    result.compared++;
    const what = `stock ${row.articleNumber}@${warehouse}`;
    const found = rows.get(`${row.articleNumber}@${warehouse}`);
    if (found === undefined) result.lost.push(`${what} is missing`);
    else expectSame(result, what, 'onHand', Math.round(Number(found.onHand) * 1000), row.onHand - row.reserved);
  }
}

/** Creates in the shop's ledger that made a record a second time: SKUs and codes that were created more than once. */
export function doubledCreates(ledger: readonly LedgerLine[]): string[] {
  const seen = new Set<string>();
  const doubled: string[] = [];
  for (const line of ledger) {
    if (!/POST|create/i.test(line.op) || !['products', 'categories'].includes(line.type)) continue;
    const key = `${line.type} ${line.key}`;
    if (seen.has(key)) doubled.push(key);
    seen.add(key);
  }
  return doubled;
}

function index<T>(records: readonly T[], keyOf: (record: T) => string, what: string, result: Result): Map<string, T> {
  const byKey = new Map<string, T>();
  for (const record of records) {
    const key = keyOf(record);
    if (byKey.has(key)) result.doubled.push(`${what} ${key} occurs twice`);
    byKey.set(key, record);
  }
  return byKey;
}

function expectSame(result: Result, what: string, field: string, held: unknown, wanted: unknown): void {
  if (JSON.stringify(held) !== JSON.stringify(wanted)) {
    result.lost.push(`${what}: ${field} is ${JSON.stringify(held)}, should be ${JSON.stringify(wanted)}`);
  }
}

function cents(amount: string | undefined): string | null {
  return amount === undefined ? null : String(Math.round(Number(amount) * 100));
}
