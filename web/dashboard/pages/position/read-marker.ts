/**
 * Up to where a system was read, taken apart. In: a position as the connectors write it: the next number of a counter, the last change by its
 * moment, or how far a first reading is. Out: which of them it is; `other` for what a later release may write. Pure.
 */

export type ReadMarker =
  | { readonly kind: 'counter'; readonly number: string; readonly isMore: boolean }
  | { readonly kind: 'change'; readonly at: string; readonly record: string | null }
  | { readonly kind: 'begun' }
  | { readonly kind: 'first'; readonly place: string }
  | { readonly kind: 'other' };

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

export function readMarker(marker: string): ReadMarker {
  // Stock of the till has its branches behind it.
  const counter = /^(\d{1,19})(\+?)(?:@[\d,]*)?$/.exec(marker);
  if (counter !== null) return { kind: 'counter', number: counter[1]!, isMore: counter[2] === '+' };
  const value = parsed(marker);
  if (value === null) return { kind: 'other' };
  const at = text(value['high']);
  if (at !== null && !Number.isNaN(Date.parse(at))) return { kind: 'change', at, record: text(value['top']) };
  const place = text(value['articles']);
  if (place !== null) return { kind: 'first', place };
  return 'high' in value ? { kind: 'begun' } : { kind: 'other' };
}

function parsed(marker: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(marker);
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : null;
  } catch {
    return null;
  }
}
