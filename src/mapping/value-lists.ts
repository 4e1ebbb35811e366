/**
 * Looks codes up in value lists. In: a code and perhaps a second key (country). Out: the translation, or what the list says
 * about codes that it does not hold. An entry without second key holds where no entry of that second key exists.
 */
import type { ValueList } from './mapping.js';

/** `standsIn`: the list has no entry; what it says about such codes was taken. */
export type Translation =
  | { readonly type: 'translated'; readonly to: string; readonly standsIn?: true }
  | { readonly type: 'empty' }
  | { readonly type: 'unmapped' };

export type Translate = (from: string, secondKey: string | undefined) => Translation;

const keyOf = (from: string, secondKey: string): string => `${secondKey}\u0000${from}`;

/** The list as a function. Of two entries with the same keys the last one counts. */
export function makeTranslate(list: ValueList): Translate {
  const entries = new Map<string, Translation>();
  for (const entry of list.entries) {
    entries.set(keyOf(entry.from, entry.secondKey ?? ''), { type: 'translated', to: entry.to });
  }
  const otherwise = unmappedPolicy(list);
  return (from, secondKey) => {
    const found = secondKey === undefined ? undefined : entries.get(keyOf(from, secondKey));
    return found ?? entries.get(keyOf(from, '')) ?? otherwise(from);
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
