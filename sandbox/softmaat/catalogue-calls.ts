/** Products and categories: their rules beyond the shape of fields. In: a checked body. Out: the record as it is kept. */
import type { FieldProblem, Row } from './answers.js';
import { refuseWhenWrong, Refusal, textOf } from './answers.js';
import { checkBody } from './field-check.js';
import { categoryTable, productTable } from './fields.js';
import { hasMaster } from './master-data.js';
import type { Shop } from './shop.js';

export function createProduct(shop: Shop, body: unknown): Row {
  const { values, problems } = checkBody(productTable, body, true);
  refuseWhenWrong([...problems, ...productProblems(shop, values)]);
  refuseTakenSku(shop, values, undefined);
  const id = shop.newId('products', textOf(values['sku']));
  return shop.save('products', id, { id, ...values }, 'createProduct');
}

export function changeProduct(shop: Shop, before: Row, body: unknown): Row {
  const { values, problems } = checkBody(productTable, body, false);
  const after = { ...before, ...values };
  refuseWhenWrong([...problems, ...(problems.length > 0 ? [] : productProblems(shop, after))]);
  refuseTakenSku(shop, after, before);
  return shop.save('products', textOf(before['id']), values, 'changeProduct');
}

function productProblems(shop: Shop, product: Row): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const say = (pointer: string, code: string, message: string): void => void problems.push({ pointer, code, message });
  const configurable = product['type'] === 'configurable';
  if (!configurable && (product['price'] ?? null) === null) say('/price', 'required', 'is required');
  if (!configurable && (product['taxCode'] ?? null) === null) say('/taxCode', 'required', 'is required');
  const taxCode = product['taxCode'] ?? null;
  if (taxCode !== null && !hasMaster('tax-codes', taxCode))
    say('/taxCode', 'unknown_tax_code', `there is no tax code ${textOf(taxCode)}`);
  const parentSku = product['parentSku'] ?? null;
  if (product['type'] === 'variant') {
    const parent = typeof parentSku === 'string' ? shop.productBySku(parentSku) : undefined;
    if (parentSku === null) say('/parentSku', 'required', 'is required for variants');
    else if (parent?.['type'] !== 'configurable')
      say('/parentSku', 'unknown_parent', `there is no configurable product ${textOf(parentSku)}`);
  } else if (parentSku !== null) say('/parentSku', 'not_allowed', 'only variants have a parent');
  const categoryIds = (product['categoryIds'] ?? []) as readonly string[];
  categoryIds.forEach((id, index) => {
    if (!shop.table.categories.has(id)) say(`/categoryIds/${index}`, 'unknown_category', `there is no category ${id}`);
  });
  return problems;
}

function refuseTakenSku(shop: Shop, product: Row, before: Row | undefined): void {
  const sku = textOf(product['sku']);
  const other = shop.productBySku(sku);
  if (other === undefined || other['id'] === before?.['id']) return;
  throw new Refusal(409, `another product has the sku ${sku}`, {
    existingId: textOf(other['id']),
    errors: [{ pointer: '/sku', code: 'not_unique', message: 'is taken by another product' }],
  });
}

export function createCategory(shop: Shop, body: unknown): Row {
  const { values, problems } = checkBody(categoryTable, body, true);
  refuseWhenWrong([...problems, ...parentProblems(shop, values, undefined)]);
  refuseTakenCode(shop, values, undefined);
  const code = values['code'];
  const id = shop.newId('categories', typeof code === 'string' ? code : undefined);
  return shop.save('categories', id, { id, ...values }, 'createCategory');
}

export function changeCategory(shop: Shop, before: Row, body: unknown): Row {
  const { values, problems } = checkBody(categoryTable, body, false);
  refuseWhenWrong([...problems, ...parentProblems(shop, { ...before, ...values }, textOf(before['id']))]);
  refuseTakenCode(shop, values, before);
  return shop.save('categories', textOf(before['id']), values, 'changeCategory');
}

function parentProblems(shop: Shop, category: Row, own: string | undefined): FieldProblem[] {
  const say = (code: string, message: string): FieldProblem[] => [{ pointer: '/parentId', code, message }];
  let parent = category['parentId'] ?? null;
  if (parent !== null && !shop.table.categories.has(textOf(parent))) {
    return say('unknown_category', `there is no category ${textOf(parent)}`);
  }
  for (let depth = 0; parent !== null && depth < 100; depth++) {
    if (parent === own) return say('cycle', 'a category cannot be below itself');
    parent = shop.table.categories.get(textOf(parent))?.['parentId'] ?? null;
  }
  return [];
}

function refuseTakenCode(shop: Shop, category: Row, before: Row | undefined): void {
  const code = category['code'] ?? null;
  const other = typeof code === 'string' ? shop.categoryByCode(code) : undefined;
  if (other === undefined || other['id'] === before?.['id']) return;
  throw new Refusal(409, `another category has the code ${textOf(code)}`, {
    existingId: textOf(other['id']),
    errors: [{ pointer: '/code', code: 'not_unique', message: 'is taken by another category' }],
  });
}
