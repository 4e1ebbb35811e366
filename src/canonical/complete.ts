/**
 * Fills in what the rest of a record says: parts of a name from the whole or the whole from its parts, parts of an address from
 * its line, wherever customers and orders hold them, and what is delivered of an order from its lines. In: what a mapping made,
 * not yet in normal form. Pure and idempotent.
 */
import { normaliseDecimal } from '../base/decimal.js';
import type { Document, Json } from '../base/document.js';
import { completeAddress } from './addresses.js';
import type { CanonicalEntity } from './entities.js';
import { completeName } from './names.js';

export interface Completed {
  readonly document: Document;
  readonly cleared: readonly string[];
}

const nameParts = ['firstName', 'infix', 'lastName'] as const;

export function complete(entity: CanonicalEntity, document: Document, cleared: readonly string[]): Completed {
  if (entity === 'customer') return completeCustomer(document, cleared);
  if (entity !== 'order') return { document, cleared };
  const inside = within(document, ['billingAddress', 'shippingAddress'], completeAddress);
  return { document: withDeliveries(inside), cleared };
}

/** What is delivered stands beside the lines, because other systems say it too. */
function withDeliveries(order: Document): Document {
  const lines = order['lines'];
  if (!Array.isArray(lines) || order['deliveries'] !== undefined) return order;
  const deliveries: Document[] = [];
  let isStated = false;
  const bare = (lines as readonly Json[]).map((line): Json => {
    if (typeof line !== 'object' || line === null || Array.isArray(line)) return line;
    const { quantityFulfilled, ...rest } = line as Document;
    if (typeof quantityFulfilled !== 'string' || normaliseDecimal(quantityFulfilled) === undefined) return line;
    isStated = true;
    if (normaliseDecimal(quantityFulfilled) !== '0')
      deliveries.push({ key: rest['key'] ?? null, quantity: quantityFulfilled });
    return rest;
  });
  if (!isStated) return order;
  deliveries.sort((a, b) => (String(a['key']) < String(b['key']) ? -1 : 1));
  return { ...order, lines: bare, deliveries };
}

function completeCustomer(document: Document, cleared: readonly string[]): Completed {
  const inside = within(within(document, ['addresses'], completeAddress), ['contacts'], completeName);
  const completed = completeName(inside);
  // Parts that a new whole does not have any more are gone; nobody else would say so.
  const gone = nameParts.filter(
    (part) => completed !== inside && inside['fullName'] !== undefined && completed[part] === undefined,
  );
  return { document: completed, cleared: gone.length === 0 ? cleared : [...cleared, ...gone] };
}

/** Applies `change` to the objects in some fields, lists of objects included; the same document when nothing changes. */
function within(document: Document, fields: readonly string[], change: (inner: Document) => Document): Document {
  let changed: Record<string, Json> | undefined;
  const one = (item: Json): Json =>
    typeof item === 'object' && item !== null && !Array.isArray(item) ? change(item as Document) : item;
  for (const field of fields) {
    const value = document[field];
    if (typeof value !== 'object' || value === null) continue;
    const after = Array.isArray(value) ? (value as readonly Json[]).map(one) : one(value);
    changed = { ...(changed ?? document), [field]: after };
  }
  return changed ?? document;
}
