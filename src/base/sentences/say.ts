/**
 * Sentences in the language of whoever reads them. In: a code with its values, or an English sentence of the hub, which is how
 * sentences are written down. Out: the same in Dutch, French or English. Pure. What the hub did not say itself (the words of a
 * system, the notes of people, sentences of a later release) stays as it is.
 */
import type { Language } from '../languages.js';
import { errorCodes, type ErrorCode } from '../error-codes.js';
import type { ErrorDefinition } from '../error-definition.js';
import { alertPhrases } from './phrases-alerts.js';
import { errorsIn } from './errors-in-languages.js';
import { labels } from './labels.js';
import { libraryPhrases } from './phrases-library.js';
import { mappingPhrases } from './phrases-mapping.js';
import { namePhrases } from './phrases-names.js';
import { orderPhrases } from './phrases-orders.js';
import { peoplePhrases } from './phrases-people.js';
import { requestPhrases } from './phrases-requests.js';
import { settingPhrases } from './phrases-settings.js';
import { statePhrases } from './phrases-states.js';
import { systemPhrases } from './phrases-systems.js';
import { filled, makeReader, namesIn, sayable, type Reader, type Values } from './template.js';
import type { Phrases } from './translations.js';

type Foreign = Exclude<Language, 'en'>;
type Translated = Readonly<Record<Foreign, string>>;

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
};

/** French sets a space that does not break before these signs. */
const spaced = (text: string): string => text.replace(/ (?=[:;!?»])/g, '\u00a0').replace(/« /g, '«\u00a0');
const inBoth = (nl: string, fr: string): Translated => ({ nl, fr: spaced(fr) });

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
  for (const [english, [nl, fr]] of Object.entries(phrases)) add(english, inBoth(nl, fr));
  for (const [code, { message, hint }] of Object.entries<ErrorDefinition>(errorCodes)) {
    const nl = errorsIn.nl[code as ErrorCode];
    const fr = errorsIn.fr[code as ErrorCode];
    // A sentence of nothing but a value would be everybody's.
    if (message.replace(/\{\w+\}/g, '') !== '') add(message, inBoth(nl[0], fr[0]));
    add(hint, inBoth(nl[1], fr[1]));
    // Jobs keep both as one text.
    add(`${message} ${hint}`, inBoth(nl.join(' '), fr.join(' ')));
  }
  known.sort((a, b) => b.weight - a.weight);
  return { whole, known };
}

let made: ReturnType<typeof makeIndex> | undefined;

function found(text: string): { readonly translated: Translated; readonly values: Values } | undefined {
  made ??= makeIndex();
  const translated = made.whole.get(text);
  if (translated !== undefined) return { translated, values: {} };
  for (const each of made.known) {
    const values = each.read(text);
    if (values !== null) return { translated: each.translated, values };
  }
  return undefined;
}

/** Phrases within phrases; deeper ones are somebody's text. */
const deepest = 4;
/** Longer texts are no sentences of the hub. */
const longest = 4_000;

/** An English sentence, phrase or list of them in a language. */
export function said(language: Language, text: string): string {
  return language === 'en' ? text : inLanguage(language, text, 0);
}

function inLanguage(language: Foreign, text: string, depth: number): string {
  if (depth > deepest || text.length > longest) return text;
  const say = (inner: string): string => inLanguage(language, inner, depth + 1);
  const one = found(text);
  if (one !== undefined && !isList(one.values)) return filled(language, one.translated[language], one.values, say);
  return (
    withoutPoint(language, text, say) ??
    inParts(text, '; ', say) ??
    placed(text, say) ??
    inParts(text, ' ', say, sentences) ??
    text
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
function withoutPoint(language: Foreign, text: string, say: (part: string) => string): string | undefined {
  const one = text.endsWith('.') ? undefined : found(`${text}.`);
  return one && !isList(one.values)
    ? filled(language, one.translated[language], one.values, say).replace(/\.$/, '')
    : undefined;
}

/** `lines.0.rate: …` keeps the place. */
function placed(text: string, say: (part: string) => string): string | undefined {
  const match = /^([\w.*[\]-]{1,120}(?: \([\w.*-]{1,80}\))?): (.+)$/s.exec(text);
  return match === null ? undefined : `${match[1]}: ${say(match[2]!)}`;
}

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
