/** Edits of value lists: pure. An entry is known by its code and its second key; both are compared as they are, without spaces around. */
import { cutText } from '../base/cut-text.js';
import type { ValueListBody, ValueListEntry } from './mapping.js';
import { tidyCode } from './value-lists.js';

/** Most entries of one list. */
export const mostEntries = 10_000;
const longestCode = 200;

export const entryKey = ({ from, secondKey }: Pick<ValueListEntry, 'from' | 'secondKey'>): string =>
  `${from}\u0000${secondKey ?? ''}`;

/** The key of an entry as it is stored. */
export const tidyKey = ({ from, secondKey }: Pick<ValueListEntry, 'from' | 'secondKey'>): string =>
  `${tidyCode(from)}\u0000${tidyCode(secondKey ?? '')}`;

/** Codes without spaces around and in one form (NFC), as they are looked up; an empty second key is none. */
export function tidyEntry({ from, secondKey, to }: ValueListEntry): ValueListEntry {
  const second = tidyCode(secondKey ?? '');
  return { from: tidyCode(from), ...(second === '' ? {} : { secondKey: second }), to: to.trim() };
}

/** Adds entries and changes those that have the same keys; `isReplacement`: the list has these entries and no others. */
export function withEntries(
  body: ValueListBody,
  entries: readonly ValueListEntry[],
  isReplacement: boolean,
): ValueListBody {
  const byKey = new Map((isReplacement ? [] : body.entries).map((entry) => [tidyKey(entry), entry]));
  for (const entry of entries.map(tidyEntry)) byKey.set(entryKey(entry), entry);
  return { ...body, entries: [...byKey.values()] };
}

/** Leaves entries out; returns those that were there. */
export function withoutEntries(
  body: ValueListBody,
  keys: ReadonlySet<string>,
): { readonly body: ValueListBody; readonly removed: readonly ValueListEntry[] } {
  const removed = body.entries.filter((entry) => keys.has(tidyKey(entry)));
  return { body: { ...body, entries: body.entries.filter((entry) => !keys.has(tidyKey(entry))) }, removed };
}

/** What is wrong with a list, one sentence each. */
export function listProblems({ whenUnmapped, defaultValue, entries }: ValueListBody): readonly string[] {
  const problems: string[] = [];
  if (whenUnmapped === 'default' && (defaultValue ?? '') === '')
    problems.push('codes without an entry take a default, but there is none');
  if (entries.length > mostEntries) problems.push(`there are ${entries.length} entries; at most ${mostEntries} fit`);
  const seen = new Set<string>();
  for (const { from, secondKey, to } of entries) {
    const named = secondKey === undefined ? `"${from}"` : `"${from}" with "${secondKey}"`;
    if (from === '') problems.push(`an entry for "${to}" has no code`);
    else if (to === '') problems.push(`${named} has no value`);
    else if ([from, secondKey ?? '', to].some((text) => text.length > longestCode))
      problems.push(`${cutText(named, 60)} is longer than ${longestCode} characters`);
    const key = entryKey({ from, ...(secondKey === undefined ? {} : { secondKey }) });
    if (seen.has(key)) problems.push(`${named} has two entries`);
    seen.add(key);
    if (problems.length >= 20) break;
  }
  return problems;
}

export interface EntryChange {
  readonly kind: 'ADDED' | 'REMOVED' | 'CHANGED';
  readonly before: ValueListEntry | null;
  readonly after: ValueListEntry | null;
}

/** What differs between two versions of a list, in the order of the newer one; removed entries last. */
export function entryChanges(before: ValueListBody, after: ValueListBody): readonly EntryChange[] {
  const old = new Map(before.entries.map((entry) => [entryKey(entry), entry]));
  const changes: EntryChange[] = [];
  for (const entry of after.entries) {
    const was = old.get(entryKey(entry));
    if (was === undefined) changes.push({ kind: 'ADDED', before: null, after: entry });
    else if (was.to !== entry.to) changes.push({ kind: 'CHANGED', before: was, after: entry });
    old.delete(entryKey(entry));
  }
  return [...changes, ...[...old.values()].map((entry) => ({ kind: 'REMOVED', before: entry, after: null }) as const)];
}
