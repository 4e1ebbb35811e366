/** The text of a JSON value that should be text or a number; empty for everything else, never `[object Object]`. */
import type { Json } from '../../base/document.js';

export function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}
