/**
 * Options of variants for systems that know two of them only: a colour and a size. In: options in any words and number. Out:
 * what stands for the colour and what for the size. Nothing is lost: an option of another kind takes the place that is
 * free, and what finds none stands behind the size. Pure.
 */
import type { Document, Json } from '../base/document.js';

const colourWords: ReadonlySet<string> = new Set(['colour', 'color', 'kleur', 'couleur', 'farbe']);
const sizeWords: ReadonlySet<string> = new Set(['size', 'maat', 'taille', 'pointure', 'größe', 'grösse']);

export interface OptionAxes {
  readonly colour: string | null;
  readonly size: string | null;
}

export function optionAxes(options: Json | undefined): OptionAxes {
  let colour: string | null = null;
  let size: string | null = null;
  const others: string[] = [];
  for (const option of (Array.isArray(options) ? options : []) as readonly Document[]) {
    const code = String(option['code'] ?? '').toLowerCase();
    const value = String(option['value'] ?? '');
    if (value === '') continue;
    if (colour === null && colourWords.has(code)) colour = value;
    else if (size === null && sizeWords.has(code)) size = value;
    else others.push(value);
  }
  if (colour === null) colour = others.shift() ?? null;
  if (size === null) size = others.shift() ?? null;
  return { colour, size: others.length === 0 ? size : [size, ...others].join(' / ') };
}
