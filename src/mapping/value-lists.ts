/**
 * Looks codes up in value lists. In: a code and perhaps a second key (country). Out: the translation, or what the list says
 * about codes that it does not hold. An entry without second key holds where no entry of that second key exists.
 */
import { normaliseDecimal } from '../base/decimal.js';
import type { ValueList } from './mapping.js';

/** `standsIn`: the list has no entry; what it says about such codes was taken. */
export type Translation =
  | { readonly type: 'translated'; readonly to: string; readonly standsIn?: true }
  | { readonly type: 'empty' }
  | { readonly type: 'unmapped' };

/** `isNumber`: the code is one of a field of numbers, so `21.00` is what `21` is. */
export type Translate = (from: string, secondKey: string | undefined, isNumber?: boolean) => Translation;

/** A code as lists hold it: systems may write spaces around it, and letters with accents in two ways. */
export const tidyCode = (code: string): string => code.trim().normalize('NFC');

const numberCode = (code: string): string => normaliseDecimal(code) ?? tidyCode(code);
const keyOf = (from: string, secondKey: string): string => `${secondKey}\u0000${from}`;

/** The list as a function. Of two entries with the same keys the last one counts. */
export function makeTranslate(list: ValueList): Translate {
  const entriesBy = (codeOf: (code: string) => string): ReadonlyMap<string, Translation> =>
    new Map(
      list.entries.map(({ from, secondKey = '', to }) => [keyOf(codeOf(from), tidyCode(secondKey)), { type: 'translated', to }]),
    ); // prettier-ignore
  const codes = entriesBy(tidyCode);
  let numbers: typeof codes | undefined;
  const otherwise = unmappedPolicy(list);
  return (from, secondKey = '', isNumber = false) => {
    const entries = isNumber ? (numbers ??= entriesBy(numberCode)) : codes;
    const asWritten = entries.get(keyOf(from, secondKey));
    if (asWritten !== undefined) return asWritten;
    const code = isNumber ? numberCode(from) : tidyCode(from);
    return entries.get(keyOf(code, tidyCode(secondKey))) ?? entries.get(keyOf(code, '')) ?? otherwise(from);
  };
}

function unmappedPolicy(list: ValueList): (from: string) => Translation {
  switch (list.whenUnmapped) {
    case 'pass':
      return (from) => ({ type: 'translated', to: from, standsIn: true });
    case 'omit':
      return () => ({ type: 'empty' });
    case 'default': {
      const { defaultValue } = list;
      return () =>
        defaultValue === undefined ? { type: 'unmapped' } : { type: 'translated', to: defaultValue, standsIn: true };
    }
    case 'fail':
      return () => ({ type: 'unmapped' });
  }
}
