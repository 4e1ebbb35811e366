/** What the address of the alerts says. In: search params. Out: what is shown. Pure. */
import { placeOf, type Place } from '../../parts/pager.tsx';

export const tabs = ['firing', 'rules', 'channels'] as const;
export type Tab = (typeof tabs)[number];

/** How far the lanes look back, in days. */
export const spans = [1, 7, 30] as const;
export type Span = (typeof spans)[number];
export const usualSpan: Span = 7;

export interface AlertSearch extends Place {
  readonly tab?: Tab;
  readonly days?: Span;
}

/** The address as it was typed or linked to; what means nothing, or is so anyway, is left out. */
export function readSearch(given: Readonly<Record<string, unknown>>): AlertSearch {
  const tab = tabs.find((each) => each === given['tab']);
  const days = spans.find((each) => each === Number(given['days']));
  return {
    ...(tab === undefined || tab === 'firing' ? {} : { tab }),
    ...(days === undefined || days === usualSpan ? {} : { days }),
    ...placeOf(given),
  };
}
