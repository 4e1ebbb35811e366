/** By what people know an article or a category: its number and its name. In: fields as the hub calls them. Pure. */
import type { Document, Json } from './document.js';

/** Fields that say it, the number first. */
export const callingFields = ['sku', 'code', 'name'] as const;

const said = (value: Json | undefined): value is string => typeof value === 'string' && value !== '';

/** "1001 T-shirt"; null when nothing says it. */
export function calledBy({ sku, code, name }: Document): string | null {
  const parts = [said(sku) ? sku : code, name].filter(said);
  return parts.length === 0 ? null : parts.join(' ');
}
