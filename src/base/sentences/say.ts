/**
 * Sentences in the language of whoever reads them. In: a code with its values, or an English sentence of the hub, which is how
 * sentences are written down. Out: the same in Dutch, French or English. Pure. What the hub did not say itself (the words of a
 * system, the notes of people, sentences of a later release) stays as it is.
 */
import type { Language } from '../languages.js';
import { errorCodes, type ErrorCode } from '../error-codes.js';
import type { ErrorDefinition } from '../error-definition.js';
import { alertPhrases } from './phrases-alerts.js';
import { configurationPhrases } from './phrases-configuration.js';
import { errorsIn } from './errors-in-languages.js';
import { guardPhrases } from './phrases-guard.js';
import { labels } from './labels.js';
import { libraryPhrases } from './phrases-library.js';
import { mappingPhrases } from './phrases-mapping.js';
import { namePhrases } from './phrases-names.js';
import { orderPhrases } from './phrases-orders.js';
import { peoplePhrases } from './phrases-people.js';
import { requestPhrases } from './phrases-requests.js';
import { restorePhrases } from './phrases-restore.js';
import { settingPhrases } from './phrases-settings.js';
import { statePhrases } from './phrases-states.js';

import { systemPhrases } from './phrases-systems.js';
import { undoPhrases } from './phrases-undo.js';
import { filled, makeReader, namesIn, sayable, type Reader, type Values } from './template.js';
import type { Phrases } from './translations.js';

type Translated = Readonly<Record<Language, string>>;

/** What people call that which sentences name technically; undefined leaves it as it is. */
export interface Names {
  /** The field at a dotted path. */
  field(path: string): string | undefined;
  /** The value list with that key, in English. */
  list(key: string): string | undefined;
  /** The mapping with that key, in the language of the reader; asked only where a sentence may be about one. */
  mapping?(key: string): string | undefined;
}

export const phrases: Phrases = {
  ...statePhrases,
  ...requestPhrases,
  ...mappingPhrases,
  ...settingPhrases,
  ...systemPhrases,
  ...orderPhrases,
  ...peoplePhrases,
  ...libraryPhrases,
  ...namePhrases,
  ...alertPhrases,
  ...configurationPhrases,
  ...guardPhrases,
  ...undoPhrases,
  ...restorePhrases,
};

/** French sets a space that does not break before these signs. */
const spaced = (text: string): string => text.replace(/ (?=[:;!?»])/g, '\u00a0').replace(/« /g, '«\u00a0');
const inAll = (en: string, nl: string, fr: string): Translated => ({ en, nl, fr: spaced(fr) });

interface Known extends Reader {
  readonly translated: Translated;
}

/** Without values, by the text itself; with values, those that say most first. Made when the first sentence is read. */
function makeIndex() {
  const whole = new Map<string, Translated>();
  const known: Known[] = [];
  const add = (english: string, translated: Translated): void => {
    if (namesIn(english).length === 0) whole.set(english, translated);
    else known.push({ ...makeReader(english), translated });
  };
  for (const [english, [nl, fr]] of Object.entries(phrases)) add(english, inAll(english, nl, fr));
  for (const [code, { message, hint }] of Object.entries<ErrorDefinition>(errorCodes)) {
    const nl = errorsIn.nl[code as ErrorCode];
    const fr = errorsIn.fr[code as ErrorCode];
    // A sentence of nothing but a value would be everybody's.
    if (message.replace(/\{\w+\}/g, '') !== '') add(message, inAll(message, nl[0], fr[0]));
    add(hint, inAll(hint, nl[1], fr[1]));
    // Jobs keep both as one text.
    add(`${message} ${hint}`, inAll(`${message} ${hint}`, nl.join(' '), fr.join(' ')));
  }
  known.sort((a, b) => b.weight - a.weight);
  return { whole, known };
}

let made: ReturnType<typeof makeIndex> | undefined;

function found(text: string): (Pick<Known, 'translated' | 'read'> & { readonly values: Values }) | undefined {
  made ??= makeIndex();
  const translated = made.whole.get(text);
  if (translated !== undefined) return { translated, values: {}, read: (other) => (other === text ? {} : null) };
  for (const { translated, read } of made.known) {
    const values = read(text);
    if (values !== null) return { translated, values, read };
  }
  return undefined;
}

/** Texts that one English template made, with the values of each; undefined when they were made by several, or by none of ours. */
export function readAlike(
  texts: readonly string[],
): { readonly template: string; readonly values: readonly Values[] } | undefined {
  const one = found(texts[0] ?? '');
  const values = one === undefined ? [] : texts.map((text) => one.read(text));
  const isAll = (list: readonly (Values | null)[]): list is readonly Values[] => list.every((each) => each !== null);
  return one === undefined || !isAll(values) ? undefined : { template: one.translated.en, values };
}

/** Phrases within phrases; deeper ones are somebody's text. */
const deepest = 4;
/** Longer texts are no sentences of the hub. */
const longest = 4_000;

/** An English sentence, phrase or list of them in a language; with `names` English is put into words too. */
export function said(language: Language, text: string, names?: Names): string {
  return language === 'en' && names === undefined ? text : inLanguage({ language, names }, text, 0);
}

interface Speaking {
  readonly language: Language;
  readonly names: Names | undefined;
}

function inLanguage(speaking: Speaking, text: string, depth: number): string {
  if (depth > deepest || text.length > longest) return text;
  const { language } = speaking;
  const say = (inner: string): string => inLanguage(speaking, inner, depth + 1);
  const one = found(text);
  if (one !== undefined && !isList(one.values)) return spoken(speaking, one, say);
  return (
    withoutPoint(speaking, text, say) ??
    inParts(text, semicolon[language], say, '; ') ??
    placed(speaking, text, say) ??
    inParts(text, ' ', say, sentences) ??
    text
  );
}

type Found = NonNullable<ReturnType<typeof found>>;

const spoken = ({ language, names }: Speaking, { translated, values }: Found, say: (text: string) => string): string =>
  filled(language, translated[language], names === undefined ? values : named(values, names, say), say);

/** The values, with what people call the fields and lists that they name. */
function named(values: Values, { field, list, mapping }: Names, say: (text: string) => string): Values {
  const called = (name: string, value: string): string => {
    if (name === 'path' || name === 'field' || name === 'source') return field(value) ?? value;
    if (name === 'key') return mapping?.(value) ?? value;
    const known = name === 'list' ? list(value) : undefined;
    return known === undefined ? value : say(known);
  };
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, typeof value === 'string' ? called(name, value) : value]),
  );
}

/** Of several phrases the first would take the others for a part of its value. */
const isList = (values: Values): boolean =>
  Object.entries(values).some(
    ([name, value]) => !sayable.has(name) && typeof value === 'string' && value.includes('; '),
  );

/** Each sentence of a text that has several: they end with a point and begin with a capital. */
const sentences = /(?<=[.!?]) (?=[A-Z"])/;

function inParts(
  text: string,
  glue: string,
  say: (part: string) => string,
  at: string | RegExp = glue,
): string | undefined {
  const parts = text.split(at);
  return parts.length === 1 ? undefined : parts.map(say).join(glue);
}

/** Inside of another sentence a sentence has lost its point. */
function withoutPoint(speaking: Speaking, text: string, say: (part: string) => string): string | undefined {
  const one = text.endsWith('.') ? undefined : found(`${text}.`);
  return one && !isList(one.values) ? spoken(speaking, one, say).replace(/\.$/, '') : undefined;
}

/** `lines.0.rate: …` keeps the place, or says it in words. */
function placed({ language, names }: Speaking, text: string, say: (part: string) => string): string | undefined {
  const match = /^([\w.*[\]-]{1,120}(?: \([\w.*-]{1,80}\))?): (.+)$/s.exec(text);
  if (match === null) return undefined;
  const called = names?.field(match[1]!);
  return called === undefined ? `${match[1]}: ${say(match[2]!)}` : `${called}${colon[language]}${say(match[2]!)}`;
}

const semicolon: Readonly<Record<Language, string>> = { en: '; ', nl: '; ', fr: '\u00a0; ' };
const colon: Readonly<Record<Language, string>> = { en: ': ', nl: ': ', fr: '\u00a0: ' };

/** A code of the catalogue with its values. */
export function saidError(
  language: Language,
  code: ErrorCode,
  values: Values,
): { readonly message: string; readonly hint: string } {
  const english: ErrorDefinition = errorCodes[code];
  const [message, hint] = language === 'en' ? [english.message, english.hint] : errorsIn[language][code];
  const say = (text: string): string => said(language, text);
  const fill = (template: string): string =>
    filled(language, language === 'fr' ? spaced(template) : template, values, say);
  return { message: fill(message), hint: fill(hint) };
}

const readers = new Map<string, Reader>();

/** The values with which a sentence of a code was made; none when it was made by an earlier release in other words. */
export function valuesOf(code: string, message: string): Values {
  if (!Object.hasOwn(errorCodes, code)) return {};
  const reader = readers.get(code) ?? makeReader(errorCodes[code as ErrorCode].message);
  readers.set(code, reader);
  return reader.read(message) ?? {};
}

/** The values of an English sentence of the hub. */
export const valuesIn = (text: string): Values => found(text)?.values ?? {};

/** The name of a field or setting. */
export function saidLabel(language: Language, label: string): string {
  if (language === 'en') return label;
  const known = Object.hasOwn(labels, label) ? labels[label] : undefined;
  return known?.[language === 'nl' ? 0 : 1] ?? said(language, label);
}
