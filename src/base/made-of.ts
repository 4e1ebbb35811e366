/**
 * Whether what a system holds is what it made of what it was told (rounded, trimmed, cut off, written its own way), or says something else, so that
 * somebody else has said it. Pure; a guess from the values alone, for systems that answer a write with nothing and have to be read afterwards.
 */
import { isObject, type Json } from './document.js';

const isNothing = (value: Json | undefined): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);

/** Of objects only the fields that were told count; lists have to hold the same items, in the same order. */
export function mayBeMadeOf(there: Json | undefined, told: Json | undefined): boolean {
  // What a system does not keep at all, nobody else need have emptied.
  if (isNothing(told) || isNothing(there)) return isNothing(there);
  if (Array.isArray(told)) return isListMadeOf(there, told as readonly Json[]);
  if (isObject(told)) {
    return isObject(there) && Object.entries(told).every(([name, value]) => mayBeMadeOf(there[name], value));
  }
  if (typeof there === 'object') return false;
  const [shown, said] = [String(there), String(told)];
  if (shown.trim() === said.trim()) return true;
  return isNumber(shown) && isNumber(said) ? isRounded(shown, said) : isText(there, told) && isRewritten(shown, said);
}

function isListMadeOf(there: Json | undefined, told: readonly Json[]): boolean {
  if (!Array.isArray(there)) return false;
  const items = there as readonly Json[];
  return items.length === told.length && told.every((item, index) => mayBeMadeOf(items[index], item));
}

const isText = (there: Json | undefined, told: Json | undefined): boolean =>
  typeof there === 'string' && typeof told === 'string';

const isNumber = (text: string): boolean => /^-?\d{1,15}(?:\.\d{1,12})?$/.test(text);

/** Nobody rounds to less than cents. */
const fewestPlaces = 2;

/** They differ by less than one in the last place of the one that has fewer. */
function isRounded(shown: string, said: string): boolean {
  const [left, right] = [shown, said].map((text) => text.split('.')[1]?.replace(/0+$/, '').length ?? 0) as [
    number,
    number,
  ];
  return Math.abs(Number(shown) - Number(said)) * 10 ** Math.max(fewestPlaces, Math.min(left, right)) < 1 - 1e-6;
}

/** Systems cut off what is long; who makes a short text shorter is a person. */
const shortestCut = 20;

/** The same letters and digits, or the beginning of many. */
function isRewritten(shown: string, said: string): boolean {
  const [left, right] = [bare(shown), bare(said)];
  return left !== '' && (left === right || (shown.length >= shortestCut && right.startsWith(left)));
}

const bare = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase();
