/** What the address of the alerts says. In: search params. Out: what is shown, and the address after a move. Pure. */
import { placeOf, type Place } from '../../parts/pager.tsx';

export const tabs = ['firing', 'rules', 'channels'] as const;
export type Tab = (typeof tabs)[number];

/** How far the lanes look back, in days. */
export const spans = [1, 7, 30] as const;
export type Span = (typeof spans)[number];
export const usualSpan: Span = 7;

/** The place is that of the list of ended alerts; that of the list of what fires has names of its own. */
export interface AlertSearch extends Place {
  readonly tab?: Tab;
  readonly days?: Span;
  readonly openAfter?: string;
  readonly openBefore?: string;
}

/** Where the list of what fires stands. */
export const openPlaceOf = ({ openAfter, openBefore }: AlertSearch): Place =>
  placeOf({ after: openAfter, before: openBefore });

/** The same as part of the address. */
export const openPlace = ({ after, before }: Place): Pick<AlertSearch, 'openAfter' | 'openBefore'> => ({
  ...(after === undefined ? {} : { openAfter: after }),
  ...(before === undefined ? {} : { openBefore: before }),
});

/** The address after a move: in one of the lists, or to another span of the lanes. What did not move stays where it is. */
export function moved(search: AlertSearch, change: Partial<AlertSearch>): AlertSearch {
  const { after: _after, before: _before, openAfter: _openAfter, openBefore: _openBefore, ...rest } = search;
  const isOfOpen = change.openAfter !== undefined || change.openBefore !== undefined;
  return { ...rest, ...(isOfOpen ? placeOf({ ...search }) : openPlace(openPlaceOf(search))), ...change };
}

/** The address as it was typed or linked to; what means nothing, or is so anyway, is left out. */
export function readSearch(given: Readonly<Record<string, unknown>>): AlertSearch {
  const tab = tabs.find((each) => each === given['tab']);
  const days = spans.find((each) => each === Number(given['days']));
  return {
    ...(tab === undefined || tab === 'firing' ? {} : { tab }),
    ...(days === undefined || days === usualSpan ? {} : { days }),
    ...placeOf(given),
    ...openPlace(placeOf({ after: given['openAfter'], before: given['openBefore'] })),
  };
}
