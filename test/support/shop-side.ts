/**
 * What the shop (Softmaat) holds of customers and orders. In: the sandbox's own records and its ledger. Out: plain facts; what
 * codes mean is written down here from the contract.
 */
import {
  add,
  cents,
  onlyGoods,
  serviceSkus,
  sum,
  words,
  type Created,
  type SeenCustomer,
  type SeenOrder,
  type Side,
} from './order-sides.js';
import type { LedgerLine, SandboxHandle } from './processes.js';

export interface ShopOrder {
  id: string;
  externalReference: string | null;
  debtorId: string;
  status: string;
  paymentStatus: string;
  placedAt: string | null;
  lines: { sku: string; quantity: string; unitPrice: string; warehouseCode?: string | null }[];
  shippingCost: { amount: string } | null;
  totals: { incl: string; taxes: { rate: string; amount: string }[] };
  payments: { amount: string }[];
}
export interface ShopDebtor {
  id: string;
  externalReference: string | null;
  kind: string;
  companyName: string | null;
  firstName: string | null;
  infix: string | null;
  lastName: string | null;
  email: string | null;
  blocked: boolean;
  addresses: ShopAddress[];
}
interface ShopAddress {
  role: string;
  street: string;
  houseNumber?: string | null;
  addition?: string | null;
  postalCode?: string | null;
  city: string;
  country: string;
}
export interface ShopContact {
  id: string;
  debtorId: string;
  firstName: string | null;
  infix?: string | null;
  lastName: string;
  primary: boolean;
}

export async function readShop(shop: SandboxHandle): Promise<Side> {
  const debtors = await shop.records<ShopDebtor>('debtors');
  const contacts = await shop.records<ShopContact>('contacts');
  const orders = await shop.records<ShopOrder>('orders');
  const marks = new Set([...debtors, ...orders].flatMap(({ externalReference }) => externalReference ?? []));
  const first = new Map<string, ShopContact>();
  for (const contact of contacts)
    if (contact.primary || !first.has(contact.debtorId)) first.set(contact.debtorId, contact);
  return {
    orders: orders.map(shopOrder),
    customers: debtors.map((debtor) => shopCustomer(debtor, first.get(debtor.id))),
    created: shopCreates(await shop.ledger(), marks),
  };
}

const shopEntities: Readonly<Record<string, Created['entity']>> = {
  createOrder: 'order',
  createDebtor: 'customer',
  createContact: 'contact',
};

/** The ledger names a record by its reference when it has one, and by its id otherwise. */
function shopCreates(ledger: readonly LedgerLine[], marks: ReadonlySet<string>): Created[] {
  return ledger.flatMap(({ op, key, extra }): Created[] => {
    const entity = shopEntities[op];
    const id = String(extra?.['id'] ?? key);
    return entity === undefined ? [] : [{ entity, id, mark: marks.has(key) ? key : null }];
  });
}

const statuses: Readonly<Record<string, SeenOrder['delivered']>> = {
  partially_shipped: 'some',
  shipped: 'all',
  completed: 'all',
};
const paymentStatuses: Readonly<Record<string, SeenOrder['paid']>> = {
  partially_paid: 'some',
  paid: 'all',
  refunded: 'refunded',
};

export function shopOrder(order: ShopOrder): SeenOrder {
  const taxes = new Map<number, number>();
  for (const { rate, amount } of order.totals.taxes) add(taxes, Number(rate), cents(amount));
  const goods = new Map<string, number>();
  // It knows no negative quantities: what comes back has a negative price.
  for (const { sku, quantity, unitPrice } of order.lines) {
    add(goods, sku, Math.round(Number(quantity) * 1000) * (Number(unitPrice) < 0 ? -1 : 1));
  }
  const hasCosts = order.shippingCost !== null && cents(order.shippingCost.amount) !== 0;
  return {
    side: 'softmaat',
    id: order.id,
    mark: order.externalReference,
    customer: order.debtorId,
    incl: cents(order.totals.incl),
    taxes,
    goods: onlyGoods(goods),
    lineCount: order.lines.length + (hasCosts ? 1 : 0),
    warehouses: [...new Set(order.lines.map(({ warehouseCode }) => warehouseCode ?? 'MAIN'))],
    hasShipping: hasCosts || goods.has(serviceSkus.shipping),
    isCancelled: order.status === 'cancelled',
    isCompleted: order.status === 'completed',
    delivered: statuses[order.status] ?? 'none',
    paid: paymentStatuses[order.paymentStatus] ?? 'none',
    paidSum: sum(order.payments.map(({ amount }) => cents(amount))),
    isLocked: ['shipped', 'completed', 'cancelled'].includes(order.status),
    placedAt: order.placedAt,
  };
}

export function shopCustomer(debtor: ShopDebtor, contact: ShopContact | undefined): SeenCustomer {
  const address = debtor.addresses.find(({ role }) => role === 'billing') ?? debtor.addresses[0];
  const isCompany = debtor.kind === 'company';
  const person = isCompany ? contact : debtor;
  return {
    id: debtor.id,
    mark: debtor.externalReference,
    email: (debtor.email ?? '').trim().toLowerCase(),
    name: words(person?.firstName, person?.infix, person?.lastName),
    company: isCompany ? (debtor.companyName ?? '') : '',
    street: words(address?.street, address?.houseNumber, address?.addition),
    zipcode: address?.postalCode ?? '',
    city: address?.city ?? '',
    country: address?.country ?? '',
    isBlocked: debtor.blocked,
  };
}
