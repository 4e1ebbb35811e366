/**
 * Where a field stands, in words: `lineList.0.data.vatCode` → "VAT code of line 1". In: a dotted path, the fields of the kinds of record
 * that it may be in, the language. Out: the words; undefined for a path that none of them has, or of which nobody has said what it is
 * called. Pure. The path itself stays what programs and rules use.
 */
import type { Field } from '../document.js';
import type { Language } from '../languages.js';
import { saidLabel } from './say.js';

const column: Readonly<Record<Language, 0 | 1 | 2>> = { en: 0, nl: 1, fr: 2 };

type Named = readonly [one: string, many: string];

/** What one item of a list is called, and several, by how the label of the list begins. */
// prettier-ignore
const itemWords: readonly (readonly [RegExp, ...(readonly [en: Named, nl: Named, fr: Named])])[] = [
  [/^Lines|by line$|delivered$|of the line$/, ['line', 'lines'], ['regel', 'regels'], ['ligne', 'lignes']],
  [/^Addresses/, ['address', 'addresses'], ['adres', 'adressen'], ['adresse', 'adresses']],
  [/^Contact/, ['contact', 'contacts'], ['contactpersoon', 'contactpersonen'], ['contact', 'contacts']],
  [/^Payments/, ['payment', 'payments'], ['betaling', 'betalingen'], ['paiement', 'paiements']],
  [/^Articles/, ['article', 'articles'], ['artikel', 'artikelen'], ['article', 'articles']],
  [/^What of it is sold/, ['variant', 'variants'], ['variant', 'varianten'], ['variante', 'variantes']],
  [/barcodes$/, ['barcode', 'barcodes'], ['barcode', 'barcodes'], ['code-barres', 'codes-barres']],
  [/^VAT per/, ['VAT amount', 'VAT amounts'], ['btw-bedrag', 'btw-bedragen'], ['montant de TVA', 'montants de TVA']],
  [/^Stock per/, ['place', 'places'], ['plaats', 'plaatsen'], ['emplacement', 'emplacements']],
];

/** Groups whose fields say by themselves what they are. */
const unsaid: ReadonlySet<string> = new Set(['Quantities and amounts']);

/** French would need the article of the whole. */
const within: Readonly<Record<Language, (part: string, whole: string) => string>> = {
  en: (part, whole) => `${part} of ${whole}`,
  nl: (part, whole) => `${part} van ${whole}`,
  fr: (part, whole) => `${part}, ${whole}`,
};

/** A label without what explains it: "Amount; negative for a refund" → "Amount". */
export const withoutExplanation = (label: string): string =>
  label
    .split(/\s*[;:(]/, 1)[0]!
    .replace(/(?<![-\d]), .*$/, '')
    .trim();

/** As it is written inside a sentence: VAT and SKU stay. */
const inside = (label: string): string =>
  /^\p{Lu}{2}/u.test(label) ? label : label.charAt(0).toLowerCase() + label.slice(1);

const isPlace = (segment: string): boolean => segment === '*' || /^\d+$/.test(segment);

function itemOf(list: Field, segment: string, language: Language): string | undefined {
  const label = withoutExplanation(list.label ?? '');
  const at = segment === '*' ? '' : ` ${Number(segment) + 1}`;
  const found = itemWords.find(([start]) => start.test(label))?.[column[language] + 1] as Named | undefined;
  if (found !== undefined) return `${found[at === '' ? 1 : 0]}${at}`;
  return label === '' ? undefined : `${inside(withoutExplanation(saidLabel(language, list.label!)))}${at}`;
}

/** The field at a path, in words; the first kind of record that has it says how it is called. */
export function fieldWords(language: Language, path: string, kinds: readonly (readonly Field[])[]): string | undefined {
  for (const fields of kinds) {
    const parts = partsOf(language, path.split('.'), fields);
    const [first, ...around] = parts ?? [];
    if (first === undefined) continue;
    const said = around.reduce(within[language], first);
    return said.charAt(0).toUpperCase() + said.slice(1);
  }
  return undefined;
}

/** What the path leads through, the innermost first. */
function partsOf(language: Language, path: readonly string[], fields: readonly Field[]): string[] | undefined {
  const [name = '', ...rest] = path;
  const field = fields.find((each) => each.name === name);
  if (field === undefined) return undefined;
  const own =
    field.label === undefined || unsaid.has(field.label) ? [] : [withoutExplanation(saidLabel(language, field.label))];
  if (rest.length === 0) return own.length === 0 ? undefined : own;
  const [next = '', ...deeper] = rest;
  if (field.byCode !== undefined && !isPlace(next)) return byCode(field, rest.join('.'), own);
  const isItem = isPlace(next);
  const whole = isItem ? [itemOf(field, next, language)] : own.map(inside);
  const below = isItem ? deeper : rest;
  if (whole.includes(undefined)) return undefined;
  if (below.length === 0) return whole as string[];
  const inner = partsOf(language, below, field.fields ?? []);
  return inner === undefined ? undefined : [...inner, ...(whole as string[])];
}

/** What people have added in a system is called what they have called it. */
function byCode({ byCode: known }: Field, code: string, list: readonly string[]): string[] {
  const item = known === 'any' || known === undefined ? undefined : known.find(({ name }) => name === code);
  return [item?.label ?? code, ...list.map(inside)];
}
