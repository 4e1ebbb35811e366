/** The address of a list or a record: texts only, so that any number elsewhere can link to the list behind it. */
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { EntitySyncState, SortDirection } from '../../graph/kinds.ts';
import type { Column } from '../../parts/record-table.tsx';

export type Texts<K extends string> = { readonly [P in K]?: string };

/** What every list of records can be asked for. */
export const listKeys = ['search', 'system', 'state', 'within', 'sort', 'direction', 'after', 'before'] as const;
export type ListKey = (typeof listKeys)[number];

/** For validateSearch: keeps these keys; a number in the address is the text that it was written as. */
export const textsOf =
  <K extends string>(keys: readonly K[]) =>
  (given: Readonly<Record<string, unknown>>): Texts<K> =>
    Object.fromEntries(
      keys.flatMap((key) => {
        const value = given[key];
        const isText = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
        return isText && value !== '' ? [[key, String(value)]] : [];
      }),
    ) as Texts<K>;

export interface Address<K extends string> {
  readonly texts: Texts<K>;
  /** Changes some; a list then begins at its first page again unless it is told where. */
  change(changes: { readonly [P in K]?: string | undefined }): void;
}

/** The texts of the present page, and how they change. */
export function useAddress<K extends string>(): Address<K> {
  const found: object = useSearch({ strict: false });
  const texts = found as Texts<K>;
  const navigate = useNavigate();
  return {
    texts,
    change(changes) {
      const next = { ...texts, after: undefined, before: undefined, ...changes };
      // What is being typed is one step back, not one for each pause.
      void navigate({ to: '.', search: next as never, replace: 'search' in changes });
    },
  };
}

const states: readonly EntitySyncState[] = ['IN_SYNC', 'PENDING', 'RETRYING', 'FAILED', 'BLOCKED', 'HELD', 'EXCLUDED', 'NOT_LINKED']; // prettier-ignore
export const syncStates = states;

/** Values of an enum in a text, those that are none left out; undefined when nothing is left. */
export function namedIn<T extends string>(text: string | undefined, known: readonly T[]): readonly T[] | undefined {
  const found = (text ?? '').split(',').filter((name): name is T => known.includes(name as T));
  return found.length === 0 ? undefined : found;
}

/** The part of a filter that all kinds of records have. */
export function syncFilterOf({ system, state }: Texts<'system' | 'state'>) {
  const wanted = namedIn(state, states);
  if (system === undefined && wanted === undefined) return {};
  return {
    sync: {
      ...(system === undefined ? {} : { systemId: system }),
      ...(wanted === undefined ? {} : { states: [...wanted] }),
    },
  };
}

export const withinFilterOf = ({ within }: Texts<'within'>) =>
  within !== undefined && /^P(\d+D|T\d+[HM])$/.test(within) ? { updatedAt: { within } } : {};

export interface Sorting<F extends string> {
  readonly argument: { readonly field: F; readonly direction: SortDirection } | null;
  /** Makes a heading one that sorts. */
  by(field: F, first?: SortDirection): Pick<Column<never>, 'sort'> & { onSort(): void };
}

/** How a list is sorted, by its headings. */
export function sortingOf<F extends string>(
  { texts, change }: Address<'sort' | 'direction'>,
  known: readonly F[],
): Sorting<F> {
  const [field] = namedIn(texts.sort, known) ?? [];
  const direction: SortDirection = texts.direction === 'DESC' ? 'DESC' : 'ASC';
  return {
    argument: field === undefined ? null : { field, direction },
    by: (one, first = 'ASC') => ({
      sort: field !== one ? 'none' : direction === 'ASC' ? 'ascending' : 'descending',
      onSort: () => change({ sort: one, direction: field !== one ? first : direction === 'ASC' ? 'DESC' : 'ASC' }),
    }),
  };
}
