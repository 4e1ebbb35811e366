/**
 * The sentence about a code that a value list has no row for, and what it says read back from it: problems keep the sentence. In:
 * list, code and second code. Out: the phrase; or from a text every row that it says is missing. Pure.
 */
export interface MissingEntry {
  /** Key of the value list. */
  readonly list: string;
  readonly value: string;
  readonly secondKey: string | null;
}

/** `shown` is a code as sentences quote it, in the form of JSON. */
export const missingEntryPhrase = (list: string, shown: string, shownSecond?: string): string =>
  `the value list "${list}" has no entry for ${shown}${shownSecond === undefined ? '' : ` with ${shownSecond}`}`;

/** Codes that are named of many. */
const mostNamed = 3;

/** The phrase about several rows of one list. */
export function missingEntriesPhrase(list: string, entries: readonly MissingEntry[]): string {
  const named = entries.slice(0, mostNamed).map(({ value, secondKey }) => (secondKey === null ? value : `${value} · ${secondKey}`)); // prettier-ignore
  const others = entries.length > mostNamed ? ' and others' : '';
  return `the value list "${list}" has no entries for ${named.join(', ')}${others}`;
}

const quoted = String.raw`"(?:[^"\\]|\\.)*"`;
const phrase = new RegExp(
  missingEntryPhrase('(?<list>[^"]+)', `(?<value>${quoted}|[\\w.+-]+?)`).concat(
    `(?: with (?<second>${quoted}))?(?=;|\\.?$|\\.\\s)`,
  ),
  'g',
);

/** The rows that a message names, each once. A code that was too long to be quoted whole is left out. */
export function missingEntriesIn(message: string): readonly MissingEntry[] {
  const found = new Map<string, MissingEntry>();
  for (const { groups = {} } of message.matchAll(phrase)) {
    const [value, secondKey] = [codeOf(groups['value']), codeOf(groups['second'])];
    if (value === null || isCut(value) || (secondKey !== null && isCut(secondKey))) continue;
    const entry = { list: groups['list']!, value, secondKey };
    found.set(JSON.stringify(entry), entry);
  }
  return [...found.values()];
}

const isCut = (code: string): boolean => code.endsWith('…');

function codeOf(shown: string | undefined): string | null {
  if (shown === undefined) return null;
  if (!shown.startsWith('"')) return shown;
  try {
    return JSON.parse(shown) as string;
  } catch {
    return null;
  }
}
