/**
 * What the till (MplusKASSA) holds of customers and orders. In: the sandbox's own records and its ledger. Out: plain facts;
 * what codes mean is written down here from the contract.
 */
import {
  add,
  filled,
  onlyGoods,
  serviceSkus,
  sum,
  type Created,
  type SeenCustomer,
  type SeenOrder,
  type Side,
} from './order-sides.js';
import type { SandboxHandle } from './processes.js';

interface TillLine {
  articleNumber: string;
  data: { quantity: string; decimalPlaces?: number };
}
export interface TillOrder {
  orderId: string;
  extOrderId?: string;
  relationNumber: string;
  financialBranchNumber: number;
  entryTimestamp?: string;
  totalInclAmount: string;
  vatGroupList: { vatPercentage: string; vatAmount: string }[];
  deliveryState: string;
  cancelState: string;
  completeState: string;
  lineList: TillLine[];
  paymentList: { method?: string; amount: string }[];
}
export interface TillRelation {
  relationNumber: string;
  extRelationId?: string;
  name?: string;
  companyName?: string;
  contact?: string;
  email?: string;
  address?: string;
  zipcode?: string;
  city?: string;
  country?: string;
}

export async function readTill(till: SandboxHandle): Promise<Side> {
  const relations = await till.records<TillRelation>('relations');
  const orders = await till.records<TillOrder>('orders');
  const relationMarks = new Map(relations.map((each) => [each.relationNumber, filled(each.extRelationId)]));
  const orderMarks = new Map(orders.map((each) => [each.orderId, filled(each.extOrderId)]));
  const created = (await till.ledger()).flatMap(({ type, key, op }): Created[] => {
    if (!/^create/i.test(op)) return [];
    if (type === 'orders') return [{ entity: 'order', id: key, mark: orderMarks.get(key) ?? null }];
    return type === 'relations' ? [{ entity: 'customer', id: key, mark: relationMarks.get(key) ?? null }] : [];
  });
  return { orders: orders.map(tillOrder), customers: relations.map(tillCustomer), created };
}

const deliveryStates: Readonly<Record<string, SeenOrder['delivered']>> = {
  'ORDER-DELIVERY-STATE-NOTHING': 'none',
  'ORDER-DELIVERY-STATE-PARTIAL': 'some',
  'ORDER-DELIVERY-STATE-COMPLETE': 'all',
};

/** Rates that are not whole are in hundredths. */
const percent = (stated: string): number => (Number(stated) > 100 ? Number(stated) / 100 : Number(stated));

/** As the sample says it. */
const warehouses: Readonly<Record<number, string>> = { 1: 'MAIN', 2: 'SHOP-NL', 3: 'SHOP-FR' };

export function tillOrder(order: TillOrder): SeenOrder {
  const incl = Number(order.totalInclAmount);
  const amounts = order.paymentList.map(({ amount }) => Number(amount));
  const isCancelled = order.cancelState === 'ORDER-CANCEL-STATE-COMPLETE';
  const isCompleted = order.completeState === 'ORDER-COMPLETE-STATE-COMPLETE';
  const delivered = deliveryStates[order.deliveryState] ?? 'none';
  const taxes = new Map<number, number>();
  for (const { vatPercentage, vatAmount } of order.vatGroupList) add(taxes, percent(vatPercentage), Number(vatAmount));
  const goods = new Map<string, number>();
  for (const { articleNumber, data } of order.lineList) {
    add(goods, articleNumber, (Number(data.quantity) * 1000) / 10 ** (data.decimalPlaces ?? 0));
  }
  return {
    side: 'mpluskassa',
    id: order.orderId,
    mark: filled(order.extOrderId),
    customer: order.relationNumber === '0' ? null : order.relationNumber,
    incl,
    taxes,
    goods: onlyGoods(goods),
    lineCount: order.lineList.length,
    warehouses: [warehouses[order.financialBranchNumber] ?? 'MAIN'],
    hasShipping: goods.has(serviceSkus.shipping),
    isCancelled,
    isCompleted,
    delivered,
    paid: paidLevel(incl, amounts, cashOf(order)),
    paidSum: sum(amounts),
    isLocked: isCancelled || isCompleted || delivered !== 'none',
    placedAt: order.entryTimestamp ?? null,
  };
}

const cashOf = ({ paymentList }: TillOrder): number =>
  sum(paymentList.filter(({ method }) => method === 'CONTANT').map(({ amount }) => Number(amount)));

/** Coins of one and two cents are not used: what is paid in cash is rounded to five cents. */
function paidLevel(incl: number, amounts: readonly number[], cash: number): SeenOrder['paid'] {
  const paid = sum(amounts);
  const inCash = incl - (paid - cash);
  if (incl > 0 && cash !== 0 && cash === Math.round(inCash / 5) * 5) return 'all';
  const hasRefund = amounts.some((amount) => amount < 0) && amounts.some((amount) => amount > 0);
  if (paid <= 0) return hasRefund ? 'refunded' : 'none';
  // Of what was paid and partly given back the shop says that it is paid.
  return paid >= incl || hasRefund ? 'all' : 'some';
}

const countryNames: Readonly<Record<string, string>> = { nederland: 'NL', belgië: 'BE', france: 'FR', frankrijk: 'FR' };

export const tillCustomer = (relation: TillRelation): SeenCustomer => ({
  id: relation.relationNumber,
  mark: filled(relation.extRelationId),
  email: (relation.email ?? '').trim().toLowerCase(),
  name: filled(relation.companyName) === null ? (relation.name ?? '') : (relation.contact ?? ''),
  company: relation.companyName ?? '',
  street: relation.address ?? '',
  zipcode: relation.zipcode ?? '',
  city: relation.city ?? '',
  country: countryNames[(relation.country ?? '').toLowerCase()] ?? relation.country ?? '',
  isBlocked: false,
});
