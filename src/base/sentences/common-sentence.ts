/**
 * One sentence that is true of all: problems with the same cause differ in their values, and the title of the group must not quote those
 * of one. In: English sentences of the hub, or of systems. Out: an English sentence with what they have in common; "…" where they
 * differ, codes that a value list lacks by name. Pure.
 */
import { errorCodes } from '../error-codes.js';
import { missingEntriesIn, missingEntriesPhrase } from '../missing-entry.js';
import { readAlike } from './say.js';
import { filled } from './template.js';

const anything = '…';

/** What the sentences have in common. None for no sentence. */
export function commonSentence(texts: readonly string[]): string {
  const different = [...new Set(texts)];
  const [first = ''] = different;
  if (different.length < 2) return first;
  return (missingCodes(different) ?? common(different)).replace(/…\.$/, anything);
}

/** Dotted names of fields; numbers have dots too. */
const isPath = (word: string): boolean => /^[A-Za-z_][\w-]*(\.[\w*-]+)+:?$/.test(word);
const everyItem = (text: string): string =>
  text.replace(/\S+/g, (word) => (isPath(word) ? word.replace(/\.\d+(?=[.:]|$)/g, '.*') : word));

/** The first words of a sentence about a missing entry: where it is missing. */
const place = /^([\w.*-]+): the value list /;

function missingCodes(texts: readonly string[]): string | undefined {
  const alike = readAlike(texts);
  if (alike?.template !== errorCodes.UNMAPPED_VALUE.message) return undefined;
  const entries = new Map(
    texts.flatMap((text) => missingEntriesIn(text)).map((entry) => [JSON.stringify(entry), entry]),
  );
  const [list, ...otherLists] = new Set([...entries.values()].map((entry) => entry.list));
  const places = new Set(alike.values.map(({ what }) => place.exec(everyItem(String(what)))?.[1]));
  const [at, ...otherPlaces] = places;
  if (list === undefined || at === undefined || otherLists.length > 0 || otherPlaces.length > 0) return undefined;
  if (entries.size < 2) return undefined;
  const what = `${at}: ${missingEntriesPhrase(list, [...entries.values()])}`;
  return filled('en', errorCodes.UNMAPPED_VALUE.message, { what });
}

function common(texts: readonly string[]): string {
  const shown = [...new Set(texts.map(onceEach))];
  const [first = ''] = shown;
  if (shown.length < 2) return first;
  const alike = readAlike(shown);
  if (alike === undefined) return sameWords(shown);
  const names = Object.keys(alike.values[0] ?? {});
  const values = names.map((name) => [name, common(alike.values.map((each) => String(each[name])))] as const);
  return filled('en', alike.template, Object.fromEntries(values));
}

/** Several problems of one record, those of all its lines as one. */
const onceEach = (text: string): string => [...new Set(everyItem(text).split('; '))].join('; ');

function sameWords(texts: readonly string[]): string {
  const [first = [], ...others] = texts.map((text) => text.split(' '));
  const isSame = (word: string, at: (of: readonly string[]) => string | undefined): boolean =>
    others.every((other) => at(other) === word);
  if (others.every(({ length }) => length === first.length)) {
    const words = first.map((word, i) => (isSame(word, (other) => other[i]) ? word : anything));
    return words.filter((word, i) => word !== anything || words[i - 1] !== anything).join(' ');
  }
  const shortest = Math.min(first.length, ...others.map(({ length }) => length));
  const countOf = (at: (of: readonly string[], i: number) => string | undefined): number => {
    let count = 0;
    while (count < shortest && isSame(at(first, count)!, (other) => at(other, count))) count++;
    return count;
  };
  const before = countOf((words, i) => words[i]);
  const behind = Math.min(countOf((words, i) => words.at(-1 - i)), shortest - before); // prettier-ignore
  return [...first.slice(0, before), anything, ...(behind === 0 ? [] : first.slice(-behind))].join(' ');
}
