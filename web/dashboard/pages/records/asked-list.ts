/**
 * A list of records as its page asks for it. In: the question, what tells that a record has changed, and what this list alone can be asked for. Out: the
 * page of rows that the address names, its headings that sort, how many rows have changed since, and what is wanted of the whole list.
 */
import type { Operation } from '../../api/ask.ts';
import { useAsk } from '../../api/hooks.ts';
import { argumentsOf, placeOf } from '../../parts/pager.tsx';
import { sortingOf, syncFilterOf, useAddress, withinFilterOf, type ListKey, type Sorting, type Texts } from './address.ts'; // prettier-ignore
import { useChanges, useFeedStart } from './changes.ts';

/** Rows of one page of a list. */
export const pageSize = 50;

/** What every list of records takes. */
type ListVariables<Filter, Field extends string> = ReturnType<typeof argumentsOf> & {
  readonly filter: Filter;
  readonly search: string | null;
  readonly sort: Sorting<Field>['argument'];
};

export interface ListQuestion<Data, News extends object, Filter, Field extends string, Key extends string> {
  readonly list: Operation<Data, ListVariables<Filter, Field>>;
  readonly changed: Operation<News, { readonly since?: string | null }>;
  readonly sortFields: readonly Field[];
  /** The part of the filter that other kinds of records do not have. */
  readonly filterOf: (texts: Texts<Key>) => Filter;
}

/** Asks for the list of the address, and follows its changes. */
export function useRecordList<Data, News extends object, Filter, Field extends string, Key extends string>({
  list,
  changed,
  sortFields,
  filterOf,
}: ListQuestion<Data, News, Filter, Field, Key>) {
  const address = useAddress<ListKey | Key>();
  const { texts } = address;
  const sorting = sortingOf(address, sortFields);
  const filter = { ...syncFilterOf(texts), ...withinFilterOf(texts), ...filterOf(texts) };
  const search = texts.search ?? null;
  const sort = sorting.argument;
  const variables = { ...argumentsOf(placeOf(texts), pageSize), filter, search, sort };
  const start = useFeedStart([list]);
  const asked = useAsk(list, variables, { isOff: !start.isKnown });
  const changes = useChanges(changed, list, JSON.stringify(variables), start);
  return { address, sorting, asked, changes, wanted: { filter, search, sort } };
}
