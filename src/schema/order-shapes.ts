/** Stored orders in the shapes of the graph. Pure: in a record, out what the client sees. */
import { Buffer } from 'node:buffer';
import type { Address, StoredAddress } from './address.js';
import { moneyText, type TaxedMoney } from './money.js';
import { discountOf, hasDiscount, lineTaxesOf, lineTotalOf, unitPriceOf } from './order-money.js';
import type { SalesOrder, StoredSnapshot } from './order.js';
import type {
  CustomerSnapshot,
  OrderAdjustment,
  OrderLine,
  Payment,
  PaymentMethod,
  PaymentTerm,
  StoredLine,
  StoredPayment,
  TaxLine,
} from './order-parts.js';

export const addressOf = (stored: StoredAddress): Address => ({
  name: stored.name ?? null,
  companyName: stored.company ?? null,
  line1: stored.line1 ?? null,
  line2: stored.line2 ?? null,
  street: stored.street ?? null,
  houseNumber: stored.houseNumber ?? null,
  houseNumberAddition: stored.addition ?? null,
  postalCode: stored.postalCode ?? null,
  city: stored.city ?? null,
  region: stored.region ?? null,
  country: stored.country ?? null,
  countryText: stored.countryText ?? null,
});

export const snapshotOf = (stored: StoredSnapshot): CustomerSnapshot => ({
  kind: stored.kind ?? null,
  displayName: stored.name ?? null,
  email: stored.email ?? null,
  phone: stored.phone ?? null,
  vatNumber: stored.vatNumber ?? null,
});

/** Parts of an order are found again through it: their ids name the order and their key in it. */
const partId = (prefix: 'lin' | 'pay', orderId: string, key: string): string =>
  `${prefix}_${Buffer.from(`${orderId}\n${key}`, 'utf8').toString('base64url')}`;

/** The order and key that the id of a line or payment names. */
export function partOfId(id: string): { readonly orderId: string; readonly key: string } | null {
  const text = Buffer.from(id.slice(4), 'base64url').toString('utf8');
  const at = text.indexOf('\n');
  return at < 0 || text.includes('\0') ? null : { orderId: text.slice(0, at), key: text.slice(at + 1) };
}

const isRounding = (line: StoredLine): boolean => line.kind === 'ROUNDING';

function discountsOf(line: StoredLine, order: SalesOrder): OrderAdjustment[] {
  return hasDiscount(line) ? [{ kind: 'DISCOUNT', label: 'Discount', amount: discountOf(line, order) }] : [];
}

/** A line whose amounts are computed when they are asked for. */
class ShownLine implements OrderLine {
  readonly #line: StoredLine;
  readonly #order: SalesOrder;
  readonly position: number;

  constructor(line: StoredLine, position: number, order: SalesOrder) {
    this.#line = line;
    this.#order = order;
    this.position = position;
  }

  get id(): string {
    return partId('lin', this.#order.id, this.#line.key);
  }
  get kind(): string {
    return this.#line.kind ?? 'PRODUCT';
  }
  get sku(): string | null {
    return this.#line.sku ?? null;
  }
  get description(): string {
    return this.#line.description ?? this.#line.sku ?? '';
  }
  get quantity(): string {
    return this.#line.quantity;
  }
  get quantityFulfilled(): string | null {
    return this.#order.deliveries.find(({ key }) => key === this.#line.key)?.quantity ?? '0';
  }
  get quantityCancelled(): string | null {
    return this.#line.quantityCancelled ?? null;
  }
  get unitCode(): string {
    return this.#line.unitCode ?? 'C62';
  }
  get unitPrice(): TaxedMoney | null {
    return unitPriceOf(this.#line, this.#order);
  }
  get discounts(): OrderAdjustment[] {
    return discountsOf(this.#line, this.#order);
  }
  get total(): TaxedMoney | null {
    return lineTotalOf(this.#line, this.#order);
  }
  get taxes(): TaxLine[] {
    return lineTaxesOf(this.#line, this.#order);
  }
  get revenueAccount(): string | null {
    return this.#line.revenueAccount ?? null;
  }
  get variantId(): string | null {
    return this.#line.variant ?? null;
  }
}

/** Lines in their order; rounding is an adjustment of the order. */
export const linesOf = (order: SalesOrder): OrderLine[] =>
  order.lines.filter((line) => !isRounding(line)).map((line, i) => new ShownLine(line, i + 1, order));

export const adjustmentsOf = (order: SalesOrder): OrderAdjustment[] =>
  order.lines.filter(isRounding).map((line) => ({
    kind: 'ROUNDING',
    label: line.description ?? 'Rounding',
    amount: lineTotalOf(line, order),
  }));

const paymentNames: Readonly<Record<string, string>> = {
  CASH: 'Cash',
  CARD: 'Card',
  IDEAL: 'iDEAL',
  BANCONTACT: 'Bancontact',
  CREDIT_CARD: 'Credit card',
  PAYPAL: 'PayPal',
  BANK_TRANSFER: 'Bank transfer',
  DIRECT_DEBIT: 'Direct debit',
  GIFT_CARD: 'Gift card',
  ON_ACCOUNT: 'On account',
  OTHER: 'Other',
};

const shippingNames: Readonly<Record<string, string>> = {
  PICKUP: 'Pickup',
  STANDARD: 'Standard',
  EXPRESS: 'Express',
  MAILBOX: 'Mailbox parcel',
  COURIER: 'Courier',
  OTHER: 'Other',
};

const coded = (code: string, names: Readonly<Record<string, string>>): PaymentMethod => ({
  code,
  name: names[code] ?? code,
});

export const paymentMethodOf = (code: string | null | undefined): PaymentMethod | null =>
  code ? coded(code, paymentNames) : null;

export const shippingMethodOf = (code: string | null): PaymentMethod | null =>
  code === null ? null : coded(code, shippingNames);

/** A term is known by its days; codes that say no days keep their own name. */
export function paymentTermOf(code: string | null, stated: number | null = null): PaymentTerm | null {
  if (code === null && stated === null) return null;
  const days = stated ?? (/^\d{1,4}$/.test(code!) ? Number(code) : null);
  const name = days === null ? code! : days === 0 ? 'At once' : `${days} days`;
  return { code: code ?? String(days), name, days };
}

function paymentOf(payment: StoredPayment, order: SalesOrder): Payment {
  return {
    id: partId('pay', order.id, payment.key),
    key: payment.key,
    method: paymentMethodOf(payment.method),
    amount: { amount: moneyText(payment.amount), currency: order.currency },
    paidAt: payment.paidAt ?? null,
    reference: payment.reference ?? null,
  };
}

export const paymentsOf = (order: SalesOrder): Payment[] => order.payments.map((one) => paymentOf(one, order));
