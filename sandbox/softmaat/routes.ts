/** Which request does what. In: a request of somebody allowed to make it. Out: the answer; a Refusal when it is refused. */
import type { Clock } from '../../src/base/clock.js';
import { derivedKey } from '../../src/base/ids.js';
import type { SandboxRequest, SandboxResponse } from '../engine/sandbox-system.js';
import { json, recordAnswer, Refusal, type Row, textOf } from './answers.js';
import { changeCategory, changeProduct, createCategory, createProduct } from './catalogue-calls.js';
import { changeContact, changeDebtor, createContact, createDebtor, shownContact } from './debtor-calls.js';
import { listAnswer, type ListOptions } from './listing.js';
import { masterData } from './master-data.js';
import { changeOrder, createOrder } from './order-calls.js';
import type { Resource, Shop } from './shop.js';
import { setStock, stockKey } from './stock-calls.js';
import { createWebhook, shownWebhook } from './webhooks.js';

export interface Call {
  readonly request: SandboxRequest;
  /** What stands at the places of the path: id, debtorId, code. */
  readonly at: Readonly<Record<string, string>>;
  /** The parsed body. */
  readonly body: unknown;
}

export interface Route {
  readonly method: string;
  /** `/products/{id}`, below `/api/v1`. */
  readonly path: string;
  /** `operationId` of the contract; fault rules match it. */
  readonly operation: string;
  run(call: Call): SandboxResponse;
}

const account: Row = {
  name: 'Softmaat Demo BV',
  currency: 'EUR',
  country: 'NL',
  timeZone: 'Europe/Amsterdam',
  apiVersion: '1.0',
};

export function makeRoutes(shop: Shop, clock: Clock): readonly Route[] {
  return [...recordRoutes(shop, clock), ...stockRoutes(shop), ...masterRoutes(), ...otherRoutes(shop, clock)];
}

interface Kind {
  readonly resource: Resource;
  readonly path: string;
  readonly word: string;
  readonly list: string;
  create(call: Call): Row;
  change(before: Row, call: Call): Row;
  /** False hides a record from this path. */
  belongs?(row: Row, call: Call): boolean;
  show?(row: Row): Row;
}

function recordRoutes(shop: Shop, clock: Clock): Route[] {
  const idempotencyKey = (call: Call): string | undefined => {
    const value = call.request.headers['idempotency-key'];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const kinds: readonly Kind[] = [
    { resource: 'products', path: '/products', word: 'Product', list: 'Products', create: (call) => createProduct(shop, call.body), change: (before, call) => changeProduct(shop, before, call.body) },
    { resource: 'categories', path: '/categories', word: 'Category', list: 'Categories', create: (call) => createCategory(shop, call.body), change: (before, call) => changeCategory(shop, before, call.body) },
    { resource: 'debtors', path: '/debtors', word: 'Debtor', list: 'Debtors', create: (call) => createDebtor(shop, call.body), change: (before, call) => changeDebtor(shop, before, call.body) },
    {
      resource: 'contacts', path: '/debtors/{debtorId}/contacts', word: 'Contact', list: 'Contacts', show: shownContact,
      create: (call) => createContact(shop, debtorOf(shop, call), call.body),
      change: (before, call) => changeContact(shop, before, call.body),
      belongs: (row, call) => row['debtorId'] === debtorOf(shop, call),
    },
    {
      resource: 'orders', path: '/orders', word: 'Order', list: 'Orders',
      create: (call) => createOrder(shop, call.body, call.request.body, idempotencyKey(call), clock.now().getTime()),
      change: (before, call) => changeOrder(shop, before, call.body, 'changeOrder'),
    },
  ]; // prettier-ignore
  return kinds.flatMap((kind) => routesOf(shop, kind));
}

function debtorOf(shop: Shop, call: Call): string {
  const id = call.at['debtorId'] ?? '';
  if (!shop.table.debtors.has(id)) throw new Refusal(404, 'there is no such debtor');
  return id;
}

function routesOf(shop: Shop, kind: Kind): Route[] {
  const show = kind.show ?? ((row: Row): Row => row);
  const found = (call: Call): Row => {
    const row = shop.table[kind.resource].get(call.at['id'] ?? '');
    if (row === undefined || kind.belongs?.(row, call) === false)
      throw new Refusal(404, `there is no such ${kind.word.toLowerCase()}`);
    return row;
  };
  return [
    { method: 'GET', path: kind.path, operation: `list${kind.list}`, run: (call) => listAnswer(call.request.query, listOptions(shop, kind, call)) },
    { method: 'POST', path: kind.path, operation: `create${kind.word}`, run: (call) => recordAnswer(show(kind.create(call)), 201) },
    { method: 'GET', path: `${kind.path}/{id}`, operation: `get${kind.word}`, run: (call) => recordAnswer(show(found(call))) },
    {
      method: 'PATCH',
      path: `${kind.path}/{id}`,
      operation: `change${kind.word}`,
      run: (call) => {
        const before = found(call);
        refuseStale(call, before);
        if (typeof call.body === 'object' && call.body !== null && Object.keys(call.body).length === 0) {
          throw new Refusal(422, 'the body names no field', { errors: [{ pointer: '', code: 'empty', message: 'names no field' }] });
        }
        return recordAnswer(show(kind.change(before, call)));
      },
    },
  ]; // prettier-ignore
}

function refuseStale(call: Call, row: Row): void {
  const wanted = call.request.headers['if-match'];
  if (wanted === undefined || wanted === '*' || wanted === `"${textOf(row['version'])}"`) return;
  throw new Refusal(412, `the record has version ${textOf(row['version'])}`);
}

const listOf = (row: Row | undefined): readonly Row[] => (row === undefined ? [] : [row]);

const exact =
  (field: string) =>
  (row: Row, values: readonly string[]): boolean =>
    values.includes(textOf(row[field] ?? ''));

function listOptions(shop: Shop, kind: Kind, call: Call): ListOptions {
  const base = { table: shop.table[kind.resource], keySort: 'id' as const, ...(kind.show ? { show: kind.show } : {}) };
  const byIndex = (name: string, find: (value: string) => Row | undefined) => (query: URLSearchParams): readonly Row[] | undefined =>
    query.has(name) ? query.getAll(name).flatMap((value) => listOf(find(value))) : undefined; // prettier-ignore
  switch (kind.resource) {
    case 'products':
      return {
        ...base,
        filters: { sku: exact('sku'), parentSku: exact('parentSku') },
        candidates: byIndex('sku', shop.productBySku),
      };
    case 'categories':
      return { ...base, filters: { code: exact('code') }, candidates: byIndex('code', shop.categoryByCode) };
    case 'debtors': {
      const email = (row: Row, values: readonly string[]): boolean =>
        values.some((value) => value.toLowerCase() === textOf(row['email'] ?? '').toLowerCase());
      const candidates = (query: URLSearchParams): readonly Row[] | undefined => {
        if (query.has('externalReference')) return query.getAll('externalReference').flatMap(shop.debtorsByReference);
        return query.has('email') ? query.getAll('email').flatMap(shop.debtorsByEmail) : undefined;
      };
      const filters = { email, number: exact('number'), externalReference: exact('externalReference') };
      return { ...base, filters, candidates };
    }
    case 'orders': {
      const filters = { externalReference: exact('externalReference'), debtorId: exact('debtorId') };
      return { ...base, filters, candidates: byIndex('externalReference', shop.orderByReference) };
    }
    case 'contacts':
    case 'stock': {
      const debtor = debtorOf(shop, call);
      const rows = (): readonly Row[] => [...base.table.values()].filter((row) => row['debtorId'] === debtor);
      return { ...base, filters: {}, candidates: rows };
    }
  }
}

function stockRoutes(shop: Shop): Route[] {
  const bySku = (query: URLSearchParams): readonly Row[] | undefined => {
    if (!query.has('sku')) return undefined;
    if (query.getAll('sku').length > 100) throw new Refusal(400, 'sku may be repeated up to 100 times');
    const keys = new Set(
      query
        .getAll('sku')
        .flatMap((sku) => (masterData['warehouses'] ?? []).map((one) => stockKey(sku, textOf(one['code'])))),
    );
    return [...keys].flatMap((key) => listOf(shop.table.stock.get(key)));
  };
  const options: ListOptions = {
    table: shop.table.stock,
    keySort: 'sku,warehouseCode',
    filters: { sku: exact('sku'), warehouseCode: exact('warehouseCode') },
    candidates: bySku,
  };
  return [
    { method: 'GET', path: '/stock', operation: 'listStock', run: (call) => listAnswer(call.request.query, options) },
    { method: 'PUT', path: '/stock', operation: 'setStock', run: (call) => json(setStock(shop, call.body)) },
  ];
}

const masterWords: Readonly<Record<string, string>> = {
  warehouses: 'Warehouse',
  'tax-codes': 'TaxCode',
  'revenue-accounts': 'RevenueAccount',
  'shipping-methods': 'ShippingMethod',
  'payment-methods': 'PaymentMethod',
  'payment-terms': 'PaymentTerm',
};

function masterRoutes(): Route[] {
  return Object.entries(masterData).flatMap(([kind, rows]): Route[] => [
    { method: 'GET', path: `/${kind}`, operation: `list${masterWords[kind]}s`, run: () => json({ data: rows }) },
    {
      method: 'GET',
      path: `/${kind}/{code}`,
      operation: `get${masterWords[kind]}`,
      run: (call) => {
        const row = rows.find((one) => one['code'] === call.at['code']);
        if (row === undefined) throw new Refusal(404, `there is no ${call.at['code']} in ${kind}`);
        return json(row);
      },
    },
  ]);
}

function otherRoutes(shop: Shop, clock: Clock): Route[] {
  const hooks = shop.store.table<Row>('webhooks');
  const found = (call: Call): Row => {
    const row = hooks.get(call.at['id'] ?? '');
    if (row === undefined) throw new Refusal(404, 'there is no such webhook');
    return row;
  };
  return [
    {
      method: 'GET', path: '/account', operation: 'getAccount',
      run: () => json({ id: derivedKey('softmaat', 'account', String(shop.store.settings.seed)), ...account, defaultDebtorId: shop.store.table<{ id: string }>('defaults').get('debtor')?.id ?? null }),
    },
    { method: 'GET', path: '/webhooks', operation: 'listWebhooks', run: () => json({ data: [...hooks.values()].map(shownWebhook) }) },
    { method: 'POST', path: '/webhooks', operation: 'createWebhook', run: (call) => json(createWebhook(shop, call.body, clock), 201) },
    { method: 'GET', path: '/webhooks/{id}', operation: 'getWebhook', run: (call) => json(shownWebhook(found(call))) },
    {
      method: 'DELETE', path: '/webhooks/{id}', operation: 'deleteWebhook',
      run: (call) => {
        hooks.remove(textOf(found(call)['id']));
        return { status: 204, headers: {}, body: '' };
      },
    },
  ]; // prettier-ignore
}
