/**
 * What of an order the till does not hold yet. In: the document that is wanted, the record as it was just read. Out: fields,
 * payments and deliveries that are missing. Pure: repeating a write after a doubt therefore repeats nothing.
 */
import Big from 'big.js';
import { normaliseDecimal } from '../../base/decimal.js';
import type { Document, Json } from '../../base/document.js';
import { says } from '../../base/says.js';
import { decimal, headFields, isBlank, matchLines } from './order-words.js';
import { textIn } from './records.js';
import { decimalIn } from './sale-derive.js';
import { lineKey, listIn, objectIn } from './sale-shapes.js';

/** Said when the order is made, and never again. */
const fixed: ReadonlySet<string> = new Set(['extOrderId', 'orderType', 'employeeNumber', 'entryTimestamp', 'financialBranchNumber', 'entryBranchNumber', 'workplaceNumber', 'orderCategoryNumber']); // prettier-ignore

/** Fields of the head among `changed` that the till says differently. */
export const headDifference = (wanted: Document, held: Document, changed: readonly string[]): readonly string[] =>
  changed.filter(
    (field) =>
      field in headFields &&
      !fixed.has(field) &&
      field in wanted &&
      !says(held[field], wanted[field] ?? null) &&
      !(headFields[field] === 'address' && isBlank(objectIn(wanted, field)) && isBlank(objectIn(held, field))),
  );

/** Whether the till has other lines than the wanted ones. A key that the till does not keep is no difference. */
export function linesDiffer(wanted: Document, held: Document): boolean {
  const lines = listIn(wanted, 'lineList');
  const known = listIn(held, 'lineList');
  if (lines.length !== known.length) return true;
  return lines.some((line, index) => {
    const { tempId, ...rest } = line;
    const there = known[index] ?? {};
    const asked: Document = textIn(there, 'tempId') === undefined || tempId === undefined ? rest : line;
    return !says(comparable(there), comparable(asked));
  });
}

/** Numbers in one form: "10.00" is 10. */
function comparable(value: Json): Json {
  if (typeof value === 'string') return /^-?\d+\.\d+$/.test(value) ? (normaliseDecimal(value) ?? value) : value;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return (value as readonly Json[]).map(comparable);
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, comparable(inner)]));
}

/** Payments whose key the till does not have. */
export function missingPayments(wanted: Document, held: Document): readonly Document[] {
  const keys = new Set(listIn(held, 'payments').map((payment) => payment['key']));
  return listIn(wanted, 'payments').filter((payment) => !keys.has(payment['key'] ?? null));
}

export interface Delivery {
  readonly lineId: string;
  readonly quantity: string;
}
export interface Deliveries {
  readonly lines: readonly Delivery[];
  /** With them nothing is open any more. */
  readonly isRest: boolean;
}

/** What is still to be delivered: the rest when everything should be, else what is missing of the named quantities. */
export function missingDeliveries(wanted: Document, held: Document): Deliveries {
  const known = listIn(held, 'lineList');
  const isComplete = wanted['deliveryState'] === 'ORDER-DELIVERY-STATE-COMPLETE';
  const asked = askedQuantities(wanted, known);
  let isRest = true;
  const lines: Delivery[] = [];
  for (const line of known) {
    const open = openOf(line);
    const missing = isComplete ? open : missingOf(asked.get(line), line, open);
    if (!missing.eq(0)) lines.push({ lineId: textIn(line, 'lineId') ?? '', quantity: missing.toFixed() });
    if (!missing.eq(open)) isRest = false;
  }
  return { lines, isRest };
}

/** By the line of the till, the quantity that should be delivered in all. */
function askedQuantities(wanted: Document, known: readonly Document[]): ReadonlyMap<Document, Big> {
  const deliveries = listIn(wanted, 'deliveries');
  if (deliveries.length === 0) return new Map();
  const lines = listIn(wanted, 'lineList');
  const matched = matchLines(lines, known);
  const lineOf = new Map<string, Document>(known.map((line) => [lineKey(line), line]));
  lines.forEach((line, index) => {
    const there = matched[index];
    if (there !== undefined) lineOf.set(lineKey(line), there);
  });
  const asked = new Map<Document, Big>();
  deliveries.forEach((delivery, index) => {
    const line = lineOf.get(textIn(delivery, 'key') ?? '');
    if (line !== undefined) asked.set(line, decimal(delivery['quantity'], `deliveries.${index}.quantity`));
  });
  return asked;
}

function missingOf(asked: Big | undefined, line: Document, open: Big): Big {
  const nothing = new Big(0);
  if (asked === undefined) return nothing;
  const missing = asked.minus(decimalIn(objectIn(line, 'data'), 'deliveredQuantity') ?? 0);
  // Never back, and never the other way round.
  return missing.eq(0) || missing.s !== open.s ? nothing : missing;
}

function openOf(line: Document): Big {
  const data = objectIn(line, 'data');
  const of = (field: string): Big => decimalIn(data, field) ?? new Big(0);
  return of('quantity').minus(of('deliveredQuantity')).minus(of('cancelledQuantity'));
}
