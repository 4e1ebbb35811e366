/** Rows that value lists lack, and what a person enters for them. Pure. */
import type { FixCauseQuery, ValueMapEntryInput } from '../../graph/graphql.ts';

export type FixedCause = FixCauseQuery['deadLetterGroups']['nodes'][number];
export type FixPlan = FixCauseQuery['replayPlan'];
export type MissingRow = FixedCause['missingEntries'][number];

export const rowKey = ({ valueMap, value, secondKey }: MissingRow): string =>
  JSON.stringify([valueMap.id, value, secondKey ?? null]);

export interface RowsOfList {
  readonly id: string;
  readonly draftRevision: number;
  readonly entries: readonly ValueMapEntryInput[];
}

/** What was entered, by list; rows that were left empty are not among them. */
export function groupedByList(rows: readonly MissingRow[], targets: ReadonlyMap<string, string>): readonly RowsOfList[] {
  const lists = new Map<string, { readonly id: string; readonly draftRevision: number; entries: ValueMapEntryInput[] }>();
  for (const row of rows) {
    const targetValue = targets.get(rowKey(row))?.trim() ?? '';
    if (targetValue === '') continue;
    const { id, draftRevision } = row.valueMap;
    const list = lists.get(id) ?? { id, draftRevision, entries: [] };
    list.entries.push({ sourceValue: row.value, secondKey: row.secondKey ?? null, targetValue });
    lists.set(id, list);
  }
  return [...lists.values()];
} // prettier-ignore

type Row = Pick<ValueMapEntryInput, 'sourceValue' | 'secondKey'>;
interface DraftChange {
  readonly before?: Row | null;
  readonly after?: Row | null;
}
const codesOf = ({ sourceValue, secondKey }: Row): string => JSON.stringify([sourceValue, secondKey ?? null]);

/** Of rows that were saved those that a draft still changes; the others are in use, or somebody else has taken them out. */
export const stillIn = <Saved extends Row>(
  rows: readonly Saved[],
  changes: readonly DraftChange[],
): readonly Saved[] => {
  const changed = new Set(changes.map(({ before, after }) => codesOf((after ?? before)!)));
  return rows.filter((row) => changed.has(codesOf(row)));
};

/** The codes of rows that are not among these any more. */
export function withoutRows(rows: readonly Row[], these: readonly Row[]): Row[] {
  const kept = new Set(these.map(codesOf));
  return rows
    .filter((row) => !kept.has(codesOf(row)))
    .map(({ sourceValue, secondKey }) => ({ sourceValue, secondKey }));
}

/** How many changes of a draft are about other rows than these. */
export function othersIn(changes: readonly DraftChange[], entries: readonly Row[]): number {
  const own = new Set(entries.map(codesOf));
  return changes.filter(({ before, after }) => !own.has(codesOf((after ?? before)!))).length;
}

/** What codes of the list become, those of the same code first, each once. */
export function targetsIn(
  entries: readonly { readonly sourceValue: string; readonly targetValue: string }[],
  code: string,
): readonly string[] {
  const same = entries.filter(({ sourceValue }) => sourceValue === code);
  return [...new Set([...same, ...entries].map(({ targetValue }) => targetValue))];
}
