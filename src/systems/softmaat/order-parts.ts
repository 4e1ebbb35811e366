/**
 * Lines and payments of an order, which the system replaces as a whole. Lines come back in another order than they were
 * sent: they are matched to those that are wanted, so that each keeps its id and what nobody spoke of (its warehouse).
 * Payments that people made in the shop are theirs and stay. Pure.
 */
import { Big } from 'big.js';
import { normaliseDecimal } from '../../base/decimal.js';
import type { Document, Json } from '../../base/document.js';
import { sameJson } from '../../base/content-hash.js';
import { objectsIn } from './order-derive.js';
import { textOf } from './json-text.js';

/** Of a line that stays, what is sent again when nothing else is wanted. */
const keptOfLine = [
  'id',
  'description',
  'taxCode',
  'discountAmount',
  'revenueAccount',
  'warehouseCode',
  'shippedQuantity',
];

/** The rows that are the wanted lines, each once; undefined where there is none. */
function match(rows: readonly Document[], wanted: readonly Document[]): readonly (Document | undefined)[] {
  const free = new Set(rows);
  const found = new Map<Document, Document>();
  // Those that agree most first, so that two lines of one product are not mixed up.
  const pairs = wanted.flatMap((line) =>
    rows.filter((row) => row['sku'] === line['sku']).map((row) => ({ line, row, score: agreement(row, line) })),
  );
  for (const { line, row } of pairs.sort((a, b) => b.score - a.score)) {
    if (found.has(line) || !free.delete(row)) continue;
    found.set(line, row);
  }
  return wanted.map((line) => found.get(line));
}

const agreement = (row: Document, line: Document): number =>
  Object.entries(line).filter(([name, value]) => isSame(row[name], value)).length;

function isSame(a: Json | undefined, b: Json): boolean {
  const [x, y] = [normaliseDecimal(textOf(a)), normaliseDecimal(textOf(b))];
  return x === undefined || y === undefined ? sameJson(a ?? null, b) : x === y;
}

/** Lines as they are held, in the order in which they are wanted; others behind them. */
export function alignedLines(rows: Json | undefined, wanted: Json | undefined): readonly Document[] {
  const held = objectsIn(rows);
  const aligned = match(held, objectsIn(wanted)).filter((row) => row !== undefined);
  return [...aligned, ...held.filter((row) => !aligned.includes(row))];
}

/** What is sent to have the wanted lines where `rows` are. */
export function linesToSend(rows: Json | undefined, wanted: Json | undefined): readonly Document[] {
  const lines = objectsIn(wanted);
  const matched = match(objectsIn(rows), lines);
  return lines.map((line, index) => {
    const row = matched[index] ?? {};
    const kept = keptOfLine.filter((name) => row[name] !== undefined).map((name) => [name, row[name] ?? null]);
    return { ...(Object.fromEntries(kept) as Document), ...line, ...shippedOf(row, line) };
  });
}

/** What was shipped of rows that are none of the wanted lines any more, as people read it: `2 × 10001`. */
export function shippedOfRemoved(rows: Json | undefined, wanted: Json | undefined): readonly string[] {
  const held = objectsIn(rows);
  const kept = new Set(match(held, objectsIn(wanted)));
  return held
    .filter((row) => !kept.has(row) && !quantityIn(row['shippedQuantity']).eq(0))
    .map((row) => `${quantityIn(row['shippedQuantity']).toFixed()} × ${textOf(row['sku'])}`);
}

/** What is shipped stays shipped, also when the hub has not heard of it yet. */
function shippedOf(row: Document, line: Document): Document {
  const [is, wanted] = [quantityIn(row['shippedQuantity']), quantityIn(line['shippedQuantity'])];
  return is.gt(wanted) ? { shippedQuantity: row['shippedQuantity'] ?? null } : {};
}

const quantityIn = (value: Json | undefined): Big => new Big(normaliseDecimal(textOf(value)) ?? '0');

/** The lines as they are, with more shipped where more was delivered, by id; undefined when nothing is missing. */
export function withShipped(rows: Json | undefined, deliveries: Json | undefined): readonly Document[] | undefined {
  const delivered = new Map(objectsIn(deliveries).map((each) => [each['key'] ?? null, quantityIn(each['quantity'])]));
  let isMissing = false;
  const lines = objectsIn(rows).map((row) => {
    const quantity = delivered.get(row['id'] ?? null);
    const isMore = quantity?.gt(quantityIn(row['shippedQuantity'])) === true;
    isMissing ||= isMore;
    const { taxRate: _, ...line } = row;
    return isMore ? { ...line, shippedQuantity: quantity.toFixed() } : line;
  });
  return isMissing ? lines : undefined;
}

const referenceOf = (payment: Document): string => textOf(payment['reference']);

/** Of the payments only those that the hub wants, in its order. */
export function ownPayments(rows: Json | undefined, wanted: Json | undefined): readonly Document[] {
  const held = objectsIn(rows);
  return objectsIn(wanted)
    .map((one) => held.find((row) => referenceOf(row) === referenceOf(one)))
    .filter((row) => row !== undefined);
}

/** The wanted payments, and those that neither are wanted nor were the hub's before. */
export function paymentsToSend(
  rows: Json | undefined,
  wanted: Json | undefined,
  before: Json | undefined,
): readonly Document[] {
  const present = objectsIn(rows);
  const ours = new Set([...objectsIn(wanted), ...objectsIn(before)].map(referenceOf));
  const seen = new Set<string>();
  // A mark that somebody copied does not make a payment ours.
  const theirs = present.filter((row) => {
    const reference = referenceOf(row);
    if (!ours.has(reference) || seen.has(reference)) return true;
    seen.add(reference);
    return false;
  });
  const mine = objectsIn(wanted).map((payment) => {
    const row = present.find((one) => referenceOf(one) === referenceOf(payment));
    return row === undefined ? payment : { ...payment, id: row['id'] ?? null };
  });
  return [...theirs, ...mine];
}
