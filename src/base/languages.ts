/** The languages in which the hub speaks to people, and which of them a client wants. */

export const languages = ['en', 'nl', 'fr'] as const;
export type Language = (typeof languages)[number];

/** Spoken when a client wants none that the hub speaks. */
export const defaultLanguage: Language = 'en';

const isSpoken = (tag: string): tag is Language => (languages as readonly string[]).includes(tag);

/** `fr-BE;q=0.8` → the language before its region, and how much it is wanted; malformed weights count as none. */
function rangeOf(part: string): { readonly tag: string; readonly weight: number } {
  const [range = '', ...parameters] = part
    .trim()
    .toLowerCase()
    .split(/\s*;\s*/);
  const given = parameters.find((one) => one.startsWith('q='))?.slice(2) ?? '1';
  const weight = /^(0(\.\d{0,3})?|1(\.0{0,3})?)$/.test(given) ? Number(given) : 0;
  return { tag: range.split('-')[0]!, weight };
}

/** The language that an `Accept-Language` header wants most (RFC 9110), of equal ones the first; null when it wants none that we speak. */
export function wantedLanguage(header: string | undefined): Language | null {
  if (header === undefined) return null;
  const wanted = header
    .slice(0, 1_000)
    .split(',')
    .map(rangeOf)
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight);
  for (const { tag } of wanted) {
    if (tag === '*') return null;
    if (isSpoken(tag)) return tag;
  }
  return null;
}

/** As `wantedLanguage`, and English when none is wanted. */
export const languageOf = (header: string | undefined): Language => wantedLanguage(header) ?? defaultLanguage;
