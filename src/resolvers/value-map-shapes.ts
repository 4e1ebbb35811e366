/** Value lists in the shapes of the graph, and what clients send of them in the words of the engine. Pure. */
import type { ValueListBody, ValueListEntry } from '../mapping/mapping.js';
import type { EntryChange } from '../mapping/value-list-edit.js';
import type {
  ValueMap,
  ValueMapChange,
  ValueMapEntriesSaveInput,
  ValueMapEntry,
  ValueMapVersion,
} from '../schema/value-map.js';
import type { ValueListRow } from '../store/mapping-access.js';
import type { Version } from '../store/versions.js';
import type { ValueListEdits } from '../sync/value-list-edits.js';

const shownPolicy = { fail: 'FAIL', default: 'USE_DEFAULT', pass: 'PASS_THROUGH', omit: 'LEAVE_OUT' } as const;
const storedPolicy = { FAIL: 'fail', USE_DEFAULT: 'default', PASS_THROUGH: 'pass', LEAVE_OUT: 'omit' } as const;

export function shownValueMap(row: ValueListRow): ValueMap {
  const { whenUnmapped, defaultValue } = row.draft ?? row.published;
  const { id, key, name, kind, publishedVersion, draftRevision, updatedAt, draft, published } = row;
  return {
    id, key, name, kind, publishedVersion, draftRevision, updatedAt, draft, published,
    hasUnpublishedChanges: draft !== null, whenUnmapped: shownPolicy[whenUnmapped], defaultValue: defaultValue ?? null,
  }; // prettier-ignore
}

export const shownEntry = ({ from, secondKey, to }: ValueListEntry): ValueMapEntry => ({
  sourceValue: from,
  secondKey: secondKey ?? null,
  targetValue: to,
});

export const shownChanges = (changes: readonly EntryChange[]): ValueMapChange[] =>
  changes.map(({ kind, before, after }) => ({
    kind,
    before: before && shownEntry(before),
    after: after && shownEntry(after),
  }));

export function policyOf({
  whenUnmapped,
  defaultValue,
}: {
  readonly whenUnmapped: keyof typeof storedPolicy;
  readonly defaultValue?: string | null;
}): Pick<ValueListBody, 'whenUnmapped' | 'defaultValue'> {
  return { whenUnmapped: storedPolicy[whenUnmapped], ...(defaultValue == null ? {} : { defaultValue }) };
}

export function valueMapVersions(
  versions: readonly Version<ValueListBody>[],
  inUse: number,
  changesBetween: ValueListEdits['changes'],
): ValueMapVersion[] {
  return versions.map(({ version, body, note, publishedAt, publishedBy }, index) => ({
    number: version,
    state: version === inUse ? 'PUBLISHED' : 'SUPERSEDED',
    note,
    publishedAt,
    publishedById: publishedBy,
    entryCount: body.entries.length,
    changes: shownChanges(changesBetween(versions[index + 1]?.body ?? null, body)),
  }));
}

type Entries =
  { readonly entries: readonly ValueListEntry[] } | { readonly message: string; readonly field: 'entries' | 'csv' };

/** The rows of an input, however they were given. */
export function entriesIn({ entries, csv }: ValueMapEntriesSaveInput, fromCsv: ValueListEdits['fromCsv']): Entries {
  if ((entries == null) === (csv == null)) return { message: 'Give either entries or csv.', field: 'entries' };
  if (csv != null) {
    const read = fromCsv(csv);
    return read.type === 'entries' ? { entries: read.entries } : { message: read.message, field: 'csv' };
  }
  return {
    entries: entries!.map(({ sourceValue, secondKey, targetValue }) => ({
      from: sourceValue,
      ...(secondKey == null ? {} : { secondKey }),
      to: targetValue,
    })),
  };
}
