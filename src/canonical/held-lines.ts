/**
 * Lines of an order that name their product by SKU. What was sold is settled when the line is first taken in: whatever has the SKU
 * later, the line is of the product that it was of then. Pure.
 */
import type { Document, Json } from '../base/document.js';
import type { Draft } from './identity.js';
import { keyOfMention } from './mentions.js';
import { itemsOf } from './several-sources.js';

/**
 * `fields`: those of the draft with ids of the hub. Lines that are held with the same key and SKU keep the variant that they
 * are held with, where the draft names it by SKU.
 */
export function withHeldVariants(draft: Draft, fields: Document, held: Document | null): Document {
  if (draft.entity !== 'order' || held === null || !Array.isArray(fields['lines'])) return fields;
  const former = new Map(itemsOf(held['lines']).map((line) => [nameOf(line), line['variant']]));
  const named = itemsOf(draft.fields['lines']);
  const lines = itemsOf(fields['lines']).map((line, index): Json => {
    const variant = former.get(nameOf(line));
    const isByKey = keyOfMention(textOf(named[index]?.['variant'])) !== undefined;
    return isByKey && typeof variant === 'string' && variant !== line['variant'] ? { ...line, variant } : line;
  });
  return { ...fields, lines };
}

const nameOf = ({ key, sku }: Document): string => JSON.stringify([key ?? null, sku ?? null]);

const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : '');
