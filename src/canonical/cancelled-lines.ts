/** What is left of an order of which a part was cancelled. Pure. */
import type { Document } from '../base/document.js';
import { exactDecimals, exactOf, magnitude, textOf } from './money.js';

const cancelledOf = (line: Document): bigint => magnitude(exactOf(line['quantityCancelled']) ?? 0n);

/** In exact values: towards zero, never beyond. */
function leftOf(line: Document, quantity: bigint): bigint {
  const left = magnitude(quantity) - cancelledOf(line);
  return left <= 0n ? 0n : quantity < 0n ? -left : left;
}

/**
 * The order with what is left of each line; lines of which nothing is left are gone, and what a line came to before says
 * nothing of the rest. The order itself when nothing of it was cancelled, or all of it: that one says so by its status.
 */
export function withoutCancelled(order: Document): Document {
  const lines = linesIn(order);
  if (order['status'] === 'CANCELLED' || lines.every((line) => cancelledOf(line) === 0n)) return order;
  const left = lines.flatMap((line): readonly Document[] => {
    const quantity = exactOf(line['quantity']);
    if (quantity === undefined || cancelledOf(line) === 0n) return [line];
    const rest = leftOf(line, quantity);
    const { total: _, ...kept } = line;
    return rest === 0n ? [] : [{ ...kept, quantity: textOf(rest, exactDecimals) }];
  });
  return { ...order, lines: left };
}

/** `2 × Kaas, 1 × 1012`: what was cancelled of each line, by what people call it. */
export function cancelledWords(order: Document): string {
  return linesIn(order)
    .filter((line) => cancelledOf(line) !== 0n)
    .map((line) => {
      const named = [line['description'], line['sku'], line['key']].find((name) => typeof name === 'string' && name !== '');
      return `${textOf(cancelledOf(line), exactDecimals)} × ${String(named)}`;
    })
    .join(', ');
} // prettier-ignore

const linesIn = (order: Document): readonly Document[] =>
  Array.isArray(order['lines']) ? (order['lines'] as readonly Document[]) : [];
