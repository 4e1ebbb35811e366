/**
 * People at work in both systems: they make and change customers and orders through the systems' own interfaces, as a person
 * at the till or a visitor of the shop does. In: what they do. Out: the ids that the systems gave.
 */
import type { Document } from '../../src/base/document.js';
import { decodeResponse, encodeRequest, type OperationName } from '../../src/systems/mpluskassa/soap/codec.js';
import type { SandboxHandle } from './processes.js';

export interface Person {
  readonly name: string;
  readonly email?: string;
  readonly company?: string;
}

/** SKU or article number, with a decimal quantity. */
export type Basket = readonly (readonly [sku: string, quantity: string])[];

export interface TillPeople {
  relation(person: Person, more?: Document): Promise<string>;
  changeRelation(relationNumber: string, change: Document): Promise<void>;
  order(relationNumber: string, basket: Basket, more?: Document): Promise<string>;
  /** Changes an order as somebody does who has just looked at it; returns the till's answer. */
  changeOrder(orderId: string, change: Document): Promise<Document>;
  pay(orderId: string, cents: number): Promise<void>;
  deliver(orderId: string): Promise<void>;
  cancel(orderId: string): Promise<void>;
  product(name: string): Promise<string>;
  call(operation: OperationName, body: Document): Promise<Document>;
}

export function peopleAtTheTill(till: SandboxHandle): TillPeople {
  const call = async (operation: OperationName, body: Document): Promise<Document> => {
    const response = await fetch(`${till.url}/?ident=koppel&secret=sandbox-secret`, {
      method: 'POST',
      headers: { 'content-type': 'text/xml; charset=utf-8' },
      body: encodeRequest(operation, body),
    });
    return decodeResponse(operation, await response.text());
  };
  const done = async (operation: OperationName, body: Document): Promise<Document> => {
    const answer = await call(operation, body);
    if (!/-OK$/.test(String(answer['result']))) throw new Error(`${operation}: ${JSON.stringify(answer)}`);
    return answer;
  };
  return {
    call,
    async relation({ name, email, company }, more = {}) {
      const who: Document = company === undefined ? { name } : { name: company, companyName: company, contact: name };
      const relation = { ...who, ...(email === undefined ? {} : { email }), ...tillAddress, ...more };
      return String((await done('createRelation', { relation }))['relationNumber']);
    },
    changeRelation: async (relationNumber, change) =>
      void (await done('updateRelation', { relation: { relationNumber, ...change } })),
    async order(relationNumber, basket, more = {}) {
      const order = {
        orderId: '',
        orderType: 'ORDER-TYPE-SALES-ORDER',
        employeeNumber: '1',
        relationNumber,
        financialBranchNumber: 1,
        reference: 'aan de kassa',
        vatMethod: 'VAT-METHOD-INCLUSIVE',
        lineList: tillLines(basket),
        ...more,
      };
      return String(((await done('createOrder', { order }))['info'] as Document)['orderId']);
    },
    async changeOrder(orderId, change) {
      const { order } = (await done('getOrder', { orderId })) as { order: Document };
      return call('updateOrder', { order: { ...order, ...change } });
    },
    pay: async (orderId, cents) =>
      void (await done('payOrder', {
        request: { orderId, prepay: true, paymentList: [{ method: 'PIN', amount: String(cents) }] },
      })),
    deliver: async (orderId) => void (await done('deliverOrder', { request: { orderId } })),
    cancel: async (orderId) => void (await done('cancelOrder', { orderId })),
    async product(name) {
      const article = { articleNumber: '0', description: name, priceIncl: '1995', vatCode: 1, turnoverGroup: 200, active: true, stockArticle: false };
      const answer = await done('createProduct', { product: { productNumber: '0', description: name, articleList: [article] } });
      return String((answer['articleNumbers'] as string[])[0]);
    }, // prettier-ignore
  };
}

const tillAddress: Document = { address: 'Veldstraat 12', zipcode: '9000', city: 'Gent', country: 'België' };

/** Quantities as the till wants them: a whole number and where its comma is. */
export const tillLines = (basket: Basket): Document[] =>
  basket.map(([articleNumber, quantity]) => {
    const [whole = '0', fraction = ''] = quantity.split('.');
    return { articleNumber, data: { quantity: String(Number(whole + fraction)), decimalPlaces: fraction.length } };
  });

export interface ShopPeople {
  debtor(person: Person, more?: Document): Promise<string>;
  order(debtorId: string, basket: Basket, more?: Document): Promise<string>;
  changeOrder(id: string, change: Document): Promise<void>;
  changeDebtor(id: string, change: Document): Promise<void>;
  call(method: string, path: string, body?: Document): Promise<{ readonly status: number; readonly body: Document }>;
}

export function peopleInTheShop(shop: SandboxHandle): ShopPeople {
  const call: ShopPeople['call'] = async (method, path, body) => {
    const response = await fetch(`${shop.url}/api/v1${path}`, {
      method,
      headers: { authorization: 'Bearer sandbox-token', 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as Document };
  };
  const done = async (method: string, path: string, body: Document): Promise<Document> => {
    const answer = await call(method, path, body);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
    return answer.body;
  };
  return {
    call,
    async debtor({ name, email, company }, more = {}) {
      const [firstName = '', ...rest] = name.split(' ');
      const who: Document =
        company === undefined
          ? { kind: 'person', firstName, lastName: rest.join(' ') }
          : { kind: 'company', companyName: company };
      const debtor = { ...who, ...(email === undefined ? {} : { email }), addresses: [shopAddress], ...more };
      return String((await done('POST', '/debtors', debtor))['id']);
    },
    async order(debtorId, basket, more = {}) {
      const lines = basket.map(([sku, quantity]) => ({ sku, quantity, unitPrice: '19.95' }));
      const order = { debtorId, status: 'new', currency: 'EUR', pricesIncludeTax: true, lines, ...more };
      return String((await done('POST', '/orders', order))['id']);
    },
    changeOrder: async (id, change) => void (await done('PATCH', `/orders/${id}`, change)),
    changeDebtor: async (id, change) => void (await done('PATCH', `/debtors/${id}`, change)),
  };
}

const shopAddress: Document = {
  role: 'billing',
  street: 'Veldstraat',
  houseNumber: '12',
  postalCode: '9000',
  city: 'Gent',
  country: 'BE',
};
