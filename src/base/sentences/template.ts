/**
 * Templates of sentences. `{name}` stands for a value, `{name|one|other|many}` for the form of a word that goes with a number
 * (the form for `many`, which only French has, may be left out). Filled into text, and read back from text. Pure.
 */
import type { Language } from '../languages.js';

export type Value = string | number | boolean | null | undefined;
export type Values = Readonly<Record<string, Value>>;

const slot = /\{(\w+)((?:\|[^{}|]*)+)?\}/g;

/** Names of the values in a template, each once, in alphabetical order. */
export const namesIn = (template: string): readonly string[] =>
  [...new Set([...template.matchAll(slot)].map((match) => match[1]!))].sort();

/** Values of these names count something; other numbers (ports, versions, article numbers) are names. */
const counting: ReadonlySet<string> = new Set(
  'limit cost remaining restoreRate count times ms seconds most records'.split(' '),
);

const formatters = new Map<Language, { readonly numbers: Intl.NumberFormat; readonly plurals: Intl.PluralRules }>();

function formattersOf(language: Language) {
  const found = formatters.get(language);
  if (found !== undefined) return found;
  const made = {
    numbers: new Intl.NumberFormat(language, { maximumFractionDigits: 6 }),
    plurals: new Intl.PluralRules(language),
  };
  formatters.set(language, made);
  return made;
}

function formOf(language: Language, forms: readonly string[], value: Value): string {
  const [one = '', other = one, many = other] = forms;
  const category = formattersOf(language).plurals.select(Number(value));
  return category === 'one' ? one : category === 'many' ? many : other;
}

const amountFormatters = new Map<string, Intl.NumberFormat>();

/** An exact amount with its decimals as they are: 1234.50 → 1.234,50. */
function writtenAmount(language: Language, text: string): string {
  const decimals = text.split('.')[1]?.length ?? 0;
  const key = `${language} ${decimals}`;
  const found = amountFormatters.get(key) ?? new Intl.NumberFormat(language, { minimumFractionDigits: decimals });
  amountFormatters.set(key, found);
  return found.format(text as unknown as number);
}

/** A moment as systems write it; what has another form is left alone. */
const moment = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/;

/** In UTC and with its zone: who reads it may be in any. */
function writtenMoment(language: Language, text: string): string {
  const at = new Date(text);
  if (Number.isNaN(at.getTime())) return text;
  return new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'long', timeZone: 'UTC' }).format(at);
}

/** Kinds of documents, as sentences name them now and as they did before: Dutch, French. */
const documents: Readonly<Record<string, readonly [string, string]>> = {
  orders: ['bestellingen', 'commandes'],
  invoices: ['facturen', 'factures'],
  'credit notes': ['creditnota’s', 'notes de crédit'],
  ORDER: ['bestellingen', 'commandes'],
  INVOICE: ['facturen', 'factures'],
  CREDIT_NOTE: ['creditnota’s', 'notes de crédit'],
};

const writtenDocuments = (language: 'nl' | 'fr', text: string): string =>
  text
    .split(', ')
    .map((each) => documents[each]?.[language === 'nl' ? 0 : 1] ?? each)
    .join(', ');

function written(language: Language, name: string, value: Value, say: (text: string) => string): string {
  if (value === undefined || value === null) return '?';
  if (typeof value === 'number' && counting.has(name)) return formattersOf(language).numbers.format(value);
  if (typeof value !== 'string') return String(value);
  if (language === 'en') return sayable.has(name) ? say(value) : value;
  if (name.startsWith('amount') && /^-?\d{1,15}(\.\d{1,9})?$/.test(value)) return writtenAmount(language, value);
  if (name === 'moment' || name === 'placed') return moment.test(value) ? writtenMoment(language, value) : value;
  if (name.startsWith('documents')) return writtenDocuments(language, value);
  if (name === 'keys') return value.split(', ').map(say).join(', ');
  if (name === 'needed') {
    return new Intl.ListFormat(language, { type: 'disjunction' }).format(value.split(' or ').map(say));
  }
  return sayable.has(name) ? say(value) : value;
}

/** Values of these names may be phrases themselves; the others are names that people or systems gave. */
export const sayable: ReadonlySet<string> = new Set(
  'what problem problems cause found accepted expected uses state message operation account names records flow'.split(
    ' ',
  ),
);

/** Fills a template; `say` puts a value that is itself a phrase into the language. */
export function filled(
  language: Language,
  template: string,
  values: Values,
  say: (text: string) => string = (text) => text,
): string {
  return template.replace(slot, (_, name: string, forms: string | undefined) => {
    const value = values[name];
    return forms === undefined
      ? written(language, name, value, say)
      : formOf(language, forms.slice(1).split('|'), value);
  });
}

const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Words that are no sentences: what has such a name holds no space, so that a template does not take other texts for its own. */
const unspaced: ReadonlySet<string> = new Set(['id', 'name', 'field', 'path', 'target', 'at']);

/** What a value of this name is made of. A list of names ends where the next sentence begins. */
const signOf = (name: string): string => (unspaced.has(name) ? '\\S' : name === 'keys' ? '(?:(?!\\. [A-Z]).)' : '.');

export interface Reader {
  /** How much of the template is not a value. */
  readonly weight: number;
  /** The values with which the template makes this text; null when it does not make it. */
  read(text: string): Values | null;
}

/** Reads the values of an English template back from text that it made. */
export function makeReader(template: string): Reader {
  const seen = new Set<string>();
  const parts: string[] = [];
  let at = 0;
  for (const { index, 0: whole, 1: name = '', 2: forms } of template.matchAll(slot)) {
    parts.push(literal(template.slice(at, index)));
    at = index + whole.length;
    if (forms !== undefined) parts.push(`(?:${forms.slice(1).split('|').map(literal).join('|')})`);
    else if (seen.has(name)) parts.push(`\\k<${name}>`);
    else parts.push(`(?<${name}>${signOf(name)}*?)`);
    if (forms === undefined) seen.add(name);
  }
  const first = template.search(slot);
  const prefix = first < 0 ? template : template.slice(0, first);
  const suffix = template.slice(at);
  const pattern = new RegExp(`^${parts.join('')}${literal(suffix)}$`, 's');
  return {
    weight: template.replace(slot, '').length,
    read(text) {
      // Most texts were made by another template, which these two tell at once.
      if (!text.startsWith(prefix) || !text.endsWith(suffix)) return null;
      const found = pattern.exec(text);
      return found === null ? null : Object.fromEntries(Object.entries(found.groups ?? {}).map(readValue));
    },
  };
}

function readValue([name, text]: [string, string]): [string, Value] {
  const isCount = counting.has(name) && /^(\d{1,3}(,\d{3})*|\d{1,15})(\.\d+)?$/.test(text);
  return isCount ? [name, Number(text.replaceAll(',', ''))] : [name, text];
}
