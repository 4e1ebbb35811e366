/**
 * What inbound mappings of an order cannot say themselves: shipping costs as a line, keys of lines and payments, mentions
 * of products by SKU. In: an order as it was read, however odd. Out: the computed fields of the catalogue. Pure and total.
 */
import { Big } from 'big.js';
import { normaliseDecimal } from '../../base/decimal.js';
import type { Document, Json } from '../../base/document.js';
import { keyedPayments } from '../../base/payment-keys.js';
import { textOf } from './json-text.js';

/** Key of the line that stands for the shipping costs. */
const shippingKey = 'shipping';

export function deriveOrder(order: Document, system: string): Document {
  const lines = objectsIn(order['lines']);
  const payments = objectsIn(order['payments']);
  const shipping = shippingLine(order);
  return {
    ...order,
    orderLines: [...lines.map(orderLine), ...(shipping === undefined ? [] : [shipping])],
    orderPayments: orderPayments(payments, system),
    paidAmount: sum(payments.map((payment) => payment['amount'])),
    placedAtLocal: typeof order['placedAt'] === 'string' ? order['placedAt'] : null,
    isPartlyShipped: lines.some((line) => isPositive(line['shippedQuantity'])),
    warehouseKey: warehouseKey(lines),
    commonTaxCode: commonTaxCode([...lines, ...(shipping === undefined ? [] : [shipping])]),
    firstTaxCode: lines.map((line) => line['taxCode']).find((code) => typeof code === 'string') ?? null,
  };
}

/** The warehouse of all lines that name one; lines of several are at no place of their own. */
function warehouseKey(lines: readonly Document[]): string | null {
  const [code = '', ...others] = new Set(lines.map((line) => textOf(line['warehouseCode'])).filter((each) => each !== ''));
  return code === '' || others.length > 0 ? null : `key:${code}`;
} // prettier-ignore

/** What one line says of its VAT holds for the order only when all of them say it, and the shipping costs too. */
function commonTaxCode(lines: readonly Document[]): string | null {
  const [code = '', ...others] = new Set(lines.map((line) => textOf(line['taxCode'])));
  return code === '' || others.length > 0 ? null : code;
}

/** A return has a negative price here and a negative quantity everywhere else. */
function orderLine(line: Document): Document {
  const sku = textOf(line['sku']);
  const price = normaliseDecimal(textOf(line['unitPrice']));
  const quantity = normaliseDecimal(textOf(line['quantity']));
  const isReturn = price?.startsWith('-') === true && quantity !== undefined && quantity !== '0';
  const shipped = normaliseDecimal(textOf(line['shippedQuantity'])) ?? '0';
  const turned: Document = isReturn
    ? {
        unitPrice: price.slice(1),
        quantity: `-${quantity}`,
        ...(shipped === '0' ? {} : { shippedQuantity: `-${shipped}` }),
      }
    : {};
  return {
    ...line,
    key: line['id'] ?? null,
    kind: 'PRODUCT',
    variant: sku === '' ? null : `key:${sku}`,
    ...turned,
  };
}

function shippingLine(order: Document): Document | undefined {
  const [cost] = objectsIn([order['shippingCost'] ?? null]);
  if (cost === undefined || !isPositive(cost['amount'])) return undefined;
  const rates = objectsIn(objectsIn([order['totals'] ?? null])[0]?.['taxes']);
  const taxRate = rates.find((one) => one['taxCode'] === cost['taxCode'])?.['rate'] ?? null;
  const { amount = null, taxCode = null } = cost;
  return { key: shippingKey, kind: 'SHIPPING', quantity: '1', unitPrice: amount, taxCode, taxRate };
}

function orderPayments(payments: readonly Document[], system: string): readonly Document[] {
  const keyed = keyedPayments(
    system,
    payments.map((payment) => ({ id: textOf(payment['id']), reference: textOf(payment['reference']) })),
  );
  return payments.map((payment, index) => ({ ...payment, ...keyed[index] }));
}

function sum(amounts: readonly (Json | undefined)[]): string {
  const readable = amounts.map((amount) => normaliseDecimal(textOf(amount))).filter((amount) => amount !== undefined);
  return readable.reduce((total, amount) => total.plus(amount), new Big(0)).toFixed();
}

function isPositive(value: Json | undefined): boolean {
  const decimal = normaliseDecimal(textOf(value));
  return decimal !== undefined && decimal !== '0' && !decimal.startsWith('-');
}

/** The objects of a list; none of anything else. */
export function objectsIn(value: Json | undefined): readonly Document[] {
  if (!Array.isArray(value)) return [];
  return (value as readonly Json[]).filter(
    (item): item is Document => typeof item === 'object' && item !== null && !Array.isArray(item),
  );
}
