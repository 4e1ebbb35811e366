/**
 * Says on its own, without any code of the hub, what the till (MplusKASSA) should hold when the shop (Softmaat) holds what it
 * holds, and lists every difference. In: the records of both sandboxes. Out: sentences; none = the systems agree.
 */
import type { SandboxHandle } from './processes.js';

interface ShopProduct {
  id: string;
  sku: string;
  type: 'simple' | 'configurable' | 'variant';
  parentSku?: string | null;
  name: string;
  description?: string | null;
  brand?: string | null;
  price?: { amount: string; taxIncluded: boolean } | null;
  taxCode?: string | null;
  active: boolean;
  visibleInShop: boolean;
  manageStock: boolean;
  categoryIds: string[];
  options: { code: string; value: string }[];
  characteristics: { code: string; value: string }[];
}
interface ShopCategory {
  id: string;
  name: string;
  parentId?: string | null;
}
interface ShopStock {
  sku: string;
  warehouseCode: string;
  onHand: string;
  reserved: string;
}
interface TillArticle {
  articleNumber: string;
  productNumber: string;
  extArticleId?: string;
  pluNumber?: string;
  active: boolean;
  description: string;
  colour?: string;
  size?: string;
  priceIncl: string;
  priceExcl: string;
  vatCode: number;
  webshop: boolean;
  stockArticle: boolean;
  brandName?: string;
  customFieldList?: { fieldName: string; strValue: string }[];
}
interface TillProduct {
  productNumber: string;
  description: string;
  extraText: string;
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
}

export interface ReverseComparison {
  readonly lost: string[];
  readonly doubled: string[];
  readonly compared: number;
}

export interface ReverseOptions {
  /** SKUs that are no numbers get an allocated one; else products that have one are not in the till at all. */
  readonly allocates: boolean;
  /** Fields that belong to the till: what it holds there is its own matter. */
  readonly ofTill?: readonly string[];
}

const vatCodes: Readonly<Record<string, number>> = { NL21: 1, NL9: 2, NL0: 3, BE6: 4 };
const branches: Readonly<Record<string, number>> = { MAIN: 1, 'SHOP-NL': 2, 'SHOP-FR': 3 };
const isNumber = (sku: string): boolean => /^[1-9]\d*$/.test(sku);

export async function compareReverse(
  shop: SandboxHandle,
  till: SandboxHandle,
  options: ReverseOptions,
): Promise<ReverseComparison> {
  const result: Result = { lost: [], doubled: [], compared: 0, ofTill: new Set(options.ofTill ?? []) };
  const groups = await compareGroups(shop, till, result);
  const numbers = await compareProducts(shop, till, groups, options, result);
  await compareStock(shop, till, numbers, result);
  return result;
}

type Result = { lost: string[]; doubled: string[]; compared: number; readonly ofTill: ReadonlySet<string> };

function pathsOf<T>(
  rows: readonly T[],
  idOf: (row: T) => string,
  parentOf: (row: T) => string | null,
  nameOf: (row: T) => string,
) {
  const byId = new Map(rows.map((row) => [idOf(row), row]));
  const path = (row: T): string => {
    const parent = parentOf(row);
    const above = parent === null ? undefined : byId.get(parent);
    return `${above === undefined ? '' : path(above)}/${nameOf(row)}`;
  };
  return new Map(rows.map((row) => [idOf(row), path(row)]));
}

/** Category id → group number; categories have no key in the till but where they stand. */
async function compareGroups(shop: SandboxHandle, till: SandboxHandle, result: Result): Promise<Map<string, string>> {
  const categories = await shop.records<ShopCategory>('categories');
  const living = (await till.records<TillGroup>('groups')).filter((group) => !group.isDeleted);
  const wanted = pathsOf(categories, (c) => c.id, (c) => c.parentId ?? null, (c) => c.name); // prettier-ignore
  const held = pathsOf(living, (g) => String(g.groupNumber), (g) => (g.parentGroupNumber === 0 ? null : String(g.parentGroupNumber)), (g) => g.name); // prettier-ignore
  const byPath = new Map<string, string>();
  for (const [number, path] of held) {
    if (byPath.has(path)) result.doubled.push(`group ${path} occurs twice`);
    byPath.set(path, number);
  }
  const numbers = new Map<string, string>();
  for (const [id, path] of wanted) {
    result.compared++;
    const number = byPath.get(path);
    if (number === undefined) result.lost.push(`group ${path} is missing`);
    else numbers.set(id, number);
    byPath.delete(path);
  }
  for (const path of byPath.keys()) result.doubled.push(`group ${path} has no category`);
  return numbers;
}

/** SKU → article number. */
async function compareProducts(
  shop: SandboxHandle,
  till: SandboxHandle,
  groups: ReadonlyMap<string, string>,
  options: ReverseOptions,
  result: Result,
): Promise<Map<string, string>> {
  const all = await shop.records<ShopProduct>('products');
  const articles = await till.records<TillArticle>('articles');
  const products = new Map((await till.records<TillProduct>('products')).map((one) => [one.productNumber, one]));
  const byNumber = new Map(articles.map((article) => [article.articleNumber, article]));
  const byPlu = new Map(
    articles.flatMap((article) => (article.pluNumber ? [[article.pluNumber, article] as const] : [])),
  );
  const marks = new Map<string, string>();
  for (const { extArticleId, articleNumber } of articles) {
    if (extArticleId === undefined || extArticleId === '') continue;
    if (marks.has(extArticleId))
      result.doubled.push(`articles ${marks.get(extArticleId)} and ${articleNumber} are one variant`);
    marks.set(extArticleId, articleNumber);
  }
  const seen = new Set<string>();
  const numbers = new Map<string, string>();
  for (const whole of all.filter(({ type }) => type !== 'variant')) {
    const sold =
      whole.type === 'simple'
        ? [whole]
        : all.filter(({ type, parentSku }) => type === 'variant' && parentSku === whole.sku);
    if (sold.length === 0) continue;
    const expectsNone = !options.allocates && sold.some(({ sku }) => !isNumber(sku));
    const owners = new Set<string>();
    for (const variant of sold) {
      const article = isNumber(variant.sku) ? byNumber.get(variant.sku) : byPlu.get(variant.sku);
      if (expectsNone) {
        if (article !== undefined)
          result.doubled.push(`article ${variant.sku} is there although its product cannot be`);
        continue;
      }
      result.compared++;
      if (article === undefined) {
        result.lost.push(`article ${variant.sku} is missing`);
        continue;
      }
      owners.add(article.productNumber);
      seen.add(article.articleNumber);
      numbers.set(variant.sku, article.articleNumber);
      compareArticle(whole, variant, article, result);
    }
    if (expectsNone) continue;
    if (owners.size > 1) result.doubled.push(`${whole.sku} is ${owners.size} products`);
    for (const number of owners) compareProduct(whole, products.get(number), groups, result);
  }
  for (const article of articles) {
    if (!seen.has(article.articleNumber) && article.active)
      result.doubled.push(`article ${article.articleNumber} (${article.description}) is sold by nobody`);
  }
  return numbers;
}

function compareArticle(whole: ShopProduct, variant: ShopProduct, article: TillArticle, result: Result): void {
  const what = `article ${variant.sku}`;
  const same = (field: string, held: unknown, wanted: unknown): void => expectSame(result, what, field, held, wanted);
  same('name', article.description, variant.name);
  same('active', article.active, variant.active && whole.active);
  same('webshop', article.webshop, whole.visibleInShop);
  same('stockArticle', article.stockArticle, variant.manageStock);
  same('brand', article.brandName ?? '', whole.brand ?? '');
  same('vatCode', article.vatCode, vatCodes[variant.taxCode ?? '']);
  const price = variant.price?.taxIncluded === true ? article.priceIncl : article.priceExcl;
  same('price', price, String(Math.round(Number(variant.price?.amount) * 100)));
  same('options', [article.colour ?? '', article.size ?? ''], [optionOf(variant, 'kleur'), optionOf(variant, 'maat')]);
  const fields = (article.customFieldList ?? []).map(({ fieldName, strValue }) => `${fieldName}=${strValue}`);
  same(
    'characteristics',
    fields,
    whole.characteristics.map(({ code, value }) => `${code}=${value}`),
  );
  if (!isNumber(variant.sku)) same('plu', article.pluNumber, variant.sku);
}

const optionOf = ({ options }: ShopProduct, code: string): string =>
  options.find((one) => one.code === code)?.value ?? '';

function compareProduct(
  whole: ShopProduct,
  held: TillProduct | undefined,
  groups: ReadonlyMap<string, string>,
  result: Result,
): void {
  const what = `product ${whole.sku}`;
  if (held === undefined) return void result.lost.push(`${what} is missing`);
  expectSame(result, what, 'name', held.description, whole.name);
  expectSame(result, what, 'description', held.extraText, whole.description ?? '');
  const wanted = whole.categoryIds.map((id) => groups.get(id) ?? `unknown ${id}`);
  expectSame(result, what, 'groups', held.groups.map((place) => String(place.groupNumber)).sort(), wanted.sort());
}

async function compareStock(
  shop: SandboxHandle,
  till: SandboxHandle,
  numbers: ReadonlyMap<string, string>,
  result: Result,
): Promise<void> {
  const rows = new Map(
    (await till.records<TillStock>('stock')).map((row) => [`${row.articleNumber}@${row.branchNumber}`, row]),
  );
  for (const row of await shop.records<ShopStock>('stock')) {
    const number = numbers.get(row.sku);
    if (number === undefined) continue;
    result.compared++;
    const held = rows.get(`${number}@${branches[row.warehouseCode]}`);
    const wanted = Math.round((Number(row.onHand) - Number(row.reserved)) * 1_000);
    expectSame(result, `stock ${row.sku}@${row.warehouseCode}`, 'amount', held?.onHand, wanted);
  }
}

function expectSame(result: Result, what: string, field: string, held: unknown, wanted: unknown): void {
  if (result.ofTill.has(field) || JSON.stringify(held) === JSON.stringify(wanted)) return;
  result.lost.push(`${what}: ${field} is ${JSON.stringify(held)}, should be ${JSON.stringify(wanted)}`);
}
