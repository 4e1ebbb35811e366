/**
 * What of an order the till does not hold yet. In: the document that is wanted, the record as it was just read. Out: fields,
 * payments and deliveries that are missing. Pure: repeating a write after a doubt therefore repeats nothing.
 */
import Big from 'big.js';
import { normaliseDecimal } from '../../base/decimal.js';
import type { Document, Json } from '../../base/document.js';
import { keyInMark } from '../../base/payment-keys.js';
import { says } from '../../base/says.js';
import { comparable as comparableText } from '../only-or-named.js';
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

/** What was delivered of lines that are none of the wanted ones any more, as people read it: `2 × 10001`. */
export const deliveredOfRemoved = (wanted: Document, held: Document): readonly string[] =>
  removedLines(wanted, held).map((line) => `${deliveredIn(line).toFixed()} × ${textIn(line, 'articleNumber') ?? ''}`);

/** Lines of the till that are none of the wanted ones any more, although something of them was delivered. */
function removedLines(wanted: Document, held: Document): readonly Document[] {
  const known = listIn(held, 'lineList');
  const kept = new Set(matchLines(listIn(wanted, 'lineList'), known));
  return 'lineList' in wanted ? known.filter((line) => !kept.has(line) && !deliveredIn(line).eq(0)) : [];
}

const deliveredIn = (line: Document): Big => decimalIn(objectIn(line, 'data'), 'deliveredQuantity') ?? new Big(0);

/** Whether the till has other lines than the wanted ones. Their order is no difference, nor is a key that the till does not keep, or has on no line. */
export function linesDiffer(wanted: Document, held: Document): boolean {
  const lines = listIn(wanted, 'lineList');
  const known = listIn(held, 'lineList');
  if (lines.length !== known.length) return true;
  const keys = new Set(known.map(lineKey));
  const matched = matchLines(lines, known);
  return lines.some((line, index) => {
    const { tempId, ...rest } = line;
    const there = matched[index];
    if (there === undefined) return true;
    const isKept = textIn(there, 'tempId') !== undefined && tempId !== undefined && keys.has(lineKey(line));
    const asked: Document = isKept ? line : rest;
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

/**
 * Payments that the hub has booked and that say something else by now, as people read them: `PIN 12.5 → PIN 10`, and `PIN 12.5 → –`
 * for one that is taken back. Only what carries a mark of the hub is: a mark that names a payment of the till itself was copied there
 * by people, and one that stands there twice counts where it agrees. A method that was asked for before (`asked`) is no news: the till
 * has booked it by the code that a value list had then.
 */
export function changedPayments(wanted: Document, held: Document, asked: Document): readonly string[] {
  if (!('payments' in wanted)) return [];
  const booked = listIn(held, 'payments');
  const byKey = (payments: readonly Document[]): ReadonlyMap<unknown, Document> =>
    new Map(payments.map((payment) => [payment['key'], payment]));
  const now = byKey(listIn(wanted, 'payments'));
  const before = byKey(listIn(asked, 'payments'));
  const isCopied = (mark: string): boolean => booked.some(({ id }) => mark.endsWith(`:${String(id)}`));
  const byMark = new Map<string, Document[]>();
  for (const payment of booked) {
    const mark = textIn(payment, 'key') ?? '';
    if (keyInMark(mark) === undefined || (!now.has(mark) && isCopied(mark))) continue;
    byMark.set(mark, [...(byMark.get(mark) ?? []), payment]);
  }
  return [...byMark].flatMap(([mark, payments]) => {
    const payment = now.get(mark);
    const said = before.get(mark);
    const isBooked = (each: Document): boolean =>
      payment !== undefined &&
      amountOf(each) === amountOf(payment) &&
      (methodOf(each) === methodOf(payment) || (said !== undefined && methodOf(said) === methodOf(payment)));
    if (payments.some(isBooked)) return [];
    return [`${spoken(payments[0] ?? {})} → ${payment === undefined ? '–' : spoken(payment)}`];
  });
}

const methodOf = (payment: Document): string => comparableText(textIn(payment, 'method') ?? '');

const amountOf = (payment: Document): string => decimalIn(payment, 'amount')?.toFixed() ?? String(payment['amount']);

const spoken = (payment: Document): string => `${textIn(payment, 'method') ?? ''} ${amountOf(payment)}`.trim();

export interface Delivery {
  readonly lineId: string;
  readonly quantity: string;
}
export interface Deliveries {
  readonly lines: readonly Delivery[];
  /** With them nothing is open any more. */
  readonly isRest: boolean;
}

/**
 * What is still to be delivered: the rest when everything should be, else what is missing of the named quantities. Of a line
 * that was taken out of the order nothing more is.
 */
export function missingDeliveries(wanted: Document, held: Document): Deliveries {
  const known = listIn(held, 'lineList');
  const isComplete = wanted['deliveryState'] === 'ORDER-DELIVERY-STATE-COMPLETE';
  const asked = askedQuantities(wanted, known);
  const removed = new Set(removedLines(wanted, held));
  let isRest = true;
  const lines: Delivery[] = [];
  for (const line of known) {
    const open = openOf(line);
    const missing = isComplete && !removed.has(line) ? open : missingOf(asked.get(line), line, open);
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
  const missing = asked.minus(deliveredIn(line));
  // Never back, and never the other way round.
  return missing.eq(0) || missing.s !== open.s ? nothing : missing;
}

function openOf(line: Document): Big {
  const data = objectIn(line, 'data');
  const of = (field: string): Big => decimalIn(data, field) ?? new Big(0);
  return of('quantity').minus(of('deliveredQuantity')).minus(of('cancelledQuantity'));
}
