/**
 * The order as outbound mappings read it: what the flow adds to the canonical one. Pure. In: the canonical document, the
 * flow, how the target adds orders up, whether the customer can be used there. Out: the document, or why there is none: the
 * flow does not take it, or no prices make its total agree to the cent (then with the calculation).
 */
import type { Document, Json } from '../base/document.js';
import { KoppelError, type ErrorOptions } from '../base/errors.js';
import { cancelledWords, withoutCancelled } from '../canonical/cancelled-lines.js';
import { whyNoSecondSale, type OrderSituation } from '../canonical/invoices.js';
import { exactOf } from '../canonical/money.js';
import { balanceOrder, shippingOf, type Balance } from '../canonical/order-balance.js';
import { documentsOf } from '../canonical/order-fields.js';
import { isKeyOf, markOfKey } from '../base/payment-keys.js';
import type { CanonicalDocument } from '../store/canonical-documents.js';
import type { ConnectedSystem, Flow, FlowSettings } from './configuration.js';

export type OrderOutcome =
  | { readonly type: 'document'; readonly document: Document }
  | { readonly type: 'excluded'; readonly reason: string }
  | { readonly type: 'refused'; readonly error: KoppelError; readonly trace: readonly string[] };

export interface OrderInput {
  readonly source: CanonicalDocument;
  readonly flow: Flow;
  readonly system: ConnectedSystem;
  /** The target has no record of the customer and cannot get one. */
  readonly isCustomerUnusable: boolean;
  /** The same of the contact of the customer: the order names the company alone. */
  readonly isContactUnusable?: boolean;
  /** The target has it already: what it is given then is a change of it. */
  readonly isThere: boolean;
  /** How it stands to other orders and invoices; undefined for what is no order. */
  readonly situation: OrderSituation | undefined;
  /** Flows take orders from where it came from to the target. */
  readonly takesOrders: boolean;
  /** Another flow has the past of the source read, so that what comes from it may be old. */
  readonly readsPast: boolean;
}

export function toOrderDocument(input: OrderInput): OrderOutcome {
  const { source, flow, system, isCustomerUnusable, isContactUnusable = false } = input;
  const reason = whyLeftOut(input);
  if (reason !== undefined) return { type: 'excluded', reason };
  // Lines that the target stated itself add up there as they are.
  const isOwn = source.originOf('lines') === system.key;
  const order = isOwn ? source.document : withoutCancelled(source.document);
  const rule = isOwn ? undefined : system.connector.orderTotals;
  const allowRoundingLine = flow.settings.order.roundingArticle !== null;
  const balanced = (some: Document): Balance =>
    rule === undefined ? asStated(some) : balanceOrder(some, rule, { allowRoundingLine, allowTaxMethodChange: true });
  const balance = balanced(order);
  if (balance.type === 'differs') {
    const isCounted = order !== source.document && balanced(source.document).type !== 'differs';
    const error = isCounted
      ? cancelledCounted(source.document, system.name)
      : totalsDiffer(order, balance, system.name);
    return { type: 'refused', trace: balance.trace, error };
  }
  const shipping = shippingOf(order, balance);
  const usesDefaultCustomer = needsDefaultCustomer(order, flow.settings, isCustomerUnusable);
  const document: Document = {
    ...order,
    taxMethod: balance.taxMethod,
    // Where a system does not say, the VAT is that of the branch; of a branch without a country, that of the shop.
    taxCountry: order['taxCountry'] ?? order['locationCountry'] ?? flow.settings.country,
    lines: linesOf(order, balance),
    ...deliveriesOf(order),
    payments: paymentsOf(order, system.key),
    shippingAmount: shipping?.amount ?? null,
    shippingTaxRate: shipping?.taxRate ?? null,
    shippingTaxCategory: shippingCategory(order),
    usesDefaultCustomer,
    isSilent: isBefore(order['placedAt'], flow.settings.liveFrom) || isReturn(order),
    ...(isContactUnusable ? { customerIsCompany: false } : {}),
    ...(usesDefaultCustomer ? { customer: null, customerIsCompany: false } : {}),
  };
  return { type: 'document', document };
}

/** The total agrees only together with what was cancelled: the target would take that for sold. */
const cancelledCounted = (order: Document, system: string): KoppelError =>
  new KoppelError('CANCELLED_COUNTED', { system, what: cancelledWords(order) }, { path: 'lines', sourcePath: 'lines' });

function totalsDiffer(order: Document, balance: Balance, system: string): KoppelError {
  const what = balance.trace.at(-1)?.replace(/\.$/, '') ?? 'no prices make them agree';
  return new KoppelError('TOTALS_DIFFER', { system, what }, disputed(order, balance));
}

/** What the order states that the target would not come to. */
function disputed(order: Document, { totals }: Balance): ErrorOptions {
  if (totals === null) return {};
  const differs = (field: string, amount: string): boolean =>
    (order[field] ?? null) !== null && exactOf(order[field]) !== exactOf(amount);
  const path =
    differs('totalIncl', totals.incl) ? 'totalIncl'
    : differs('totalExcl', totals.excl) ? 'totalExcl'
    : 'taxes'; // prettier-ignore
  return { path, sourcePath: path, value: order[path] ?? null };
}

function whyLeftOut({
  source,
  flow,
  system,
  isThere,
  situation,
  takesOrders,
  readsPast,
}: OrderInput): string | undefined {
  const { document: order } = source;
  const { order: { types }, startFrom } = flow.settings; // prettier-ignore
  const type = String(order['type'] ?? 'ORDER');
  if (!(types as readonly string[]).includes(type)) return `The flow does not take ${documentsOf(type)}.`;
  if (typeof startFrom === 'object' && isBefore(order['placedAt'], startFrom.placedFrom)) {
    return `It was placed before ${startFrom.placedFrom}, from when on the flow takes orders.`;
  }
  if (isThere || situation === undefined) return undefined;
  const { startedAt } = flow;
  const known = isBefore(situation.knownSince, startedAt) || (readsPast && isBefore(order['placedAt'], startedAt));
  if (startFrom === 'now' && known) return `It is older than the start of the flow at ${startedAt}.`;
  const { key, name } = system;
  return whyNoSecondSale(type, situation, { key, name, takesOrders });
}

function isBefore(at: Json | undefined, from: string | null): boolean {
  return from !== null && typeof at === 'string' && Date.parse(at) < Date.parse(from);
}

const ofNoGoods: readonly Json[] = ['SHIPPING', 'FEE', 'TEXT', 'ROUNDING'];

/** All goods of it come back: nothing is to be reserved or taken off the shelf, and nobody waits for a confirmation. */
function isReturn(order: Document): boolean {
  const goods = listOf(order['lines']).filter(({ kind = null }) => !ofNoGoods.includes(kind));
  return goods.length > 0 && goods.every(({ quantity }) => (exactOf(quantity) ?? 0n) < 0n);
}

function needsDefaultCustomer(order: Document, { order: settings }: FlowSettings, isUnusable: boolean): boolean {
  if (settings.defaultCustomer === null) return false;
  const customer = order['customer'] ?? null;
  return settings.useDefaultCustomer === 'always' || customer === null || isUnusable;
}

const listOf = (value: Json | undefined): readonly Document[] => (Array.isArray(value) ? (value as Document[]) : []);

function asStated(order: Document): Balance {
  const lines = listOf(order['lines']).map((line) => ({
    key: String(line['key'] ?? ''),
    quantity: String(line['quantity'] ?? '1'),
    price: String(line['unitPrice'] ?? '0'),
    discount: String(line['discountAmount'] ?? '0'),
  }));
  const taxMethod = (order['taxMethod'] ?? 'INCLUSIVE') as Balance['taxMethod'];
  return { type: 'agrees', taxMethod, lines, rounding: null, totals: null, trace: [] };
}

/** Without what was sent of lines that the order does not have: no target can be told of that. */
function deliveriesOf(order: Document): Document {
  const keys = new Set(listOf(order['lines']).map(({ key }) => key));
  const all = listOf(order['deliveries']);
  const told = all.filter(({ key }) => keys.has(key));
  if (told.length === all.length) return {};
  return { deliveries: told.length === 0 ? null : told };
}

/** Of the payments those that the target has not booked itself, with the mark by which the hub knows them there. */
const paymentsOf = (order: Document, target: string): readonly Json[] =>
  listOf(order['payments'])
    .filter(({ key }) => !isKeyOf(target, key))
    .map((payment) => ({ ...payment, mark: markOfKey(String(payment['key'])) }));

function linesOf(order: Document, { lines, rounding }: Balance): readonly Json[] {
  const delivered = new Map(listOf(order['deliveries']).map(({ key, quantity }) => [key, quantity]));
  const made: Json[] = listOf(order['lines']).map((bare, index) => {
    const quantityFulfilled = delivered.get(bare['key'] ?? null);
    const line = quantityFulfilled === undefined ? bare : { ...bare, quantityFulfilled };
    const balanced = lines[index];
    if (balanced === undefined) return line;
    const { quantity, price, discount } = balanced;
    return { ...line, ...withoutRate(order), quantity, price, discount, taxCategory: categoryOf(line, order) };
  });
  if (rounding !== null) made.push(roundingLine(rounding));
  return made;
}

/** Prices of an order without VAT get none on top, whatever rates its articles have. */
const withoutRate = (order: Document): Document => (order['taxMethod'] === 'NONE' ? { taxRate: '0' } : {});

/** VAT that is shifted to the buyer is so for the whole order, whatever its lines say. */
const categoryOf = (line: Document, order: Document): Json =>
  order['taxMethod'] === 'REVERSE_CHARGED' ? 'REVERSE_CHARGE' : (line['taxCategory'] ?? null);

/** Null when its lines have several. */
function shippingCategory(order: Document): Json {
  const shipping = listOf(order['lines']).filter(({ kind }) => kind === 'SHIPPING');
  const [category = null, ...others] = new Set(shipping.map((line) => categoryOf(line, order)));
  return others.length === 0 ? category : null;
}

const roundingLine = (amount: string): Document => ({
  key: 'rounding', kind: 'ROUNDING', quantity: '1', unitPrice: amount, price: amount, discount: '0', total: amount,
  taxRate: '0',
}); // prettier-ignore
