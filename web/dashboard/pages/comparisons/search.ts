/** What the address of a comparison says: which of its items, and which repair is followed. Pure. */
import type { ReconciliationState } from '../../graph/kinds.ts';
import { placeOf, type Place } from '../../parts/pager.tsx';
import { itemStates } from './verdict.ts';

export interface ComparisonSearch extends Place {
  readonly state?: ReconciliationState;
  /** Id of the job that repairs. */
  readonly repair?: string;
}

/** The address as it was typed or linked to; what means nothing is left out. */
export function readSearch(given: Readonly<Record<string, unknown>>): ComparisonSearch {
  const { repair } = given;
  const state = itemStates.find((each) => each === given['state']);
  return {
    ...(state === undefined ? {} : { state }),
    ...(typeof repair === 'string' && repair !== '' ? { repair } : {}),
    ...placeOf(given),
  };
}
