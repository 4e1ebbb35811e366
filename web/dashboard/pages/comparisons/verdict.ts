/** What the counts of a comparison come to. In: counts of the graph. Out: parts for the bar and the tabs, and the verdict. Pure. */
import type { ComparisonCountsFragment } from '../../graph/graphql.ts';
import type { ReconciliationState } from '../../graph/kinds.ts';
import type { Tone } from '../../parts/status.tsx';

export type Counts = ComparisonCountsFragment;

/** In the order in which they are told: first what can be repaired. */
export const itemStates = ['DIFFERENT', 'MISSED', 'MISSING_IN_TARGET', 'MISSING_IN_SOURCE', 'ONLY_IN_TARGET', 'DUPLICATE', 'KNOWN', 'IN_FLIGHT'] as const satisfies readonly ReconciliationState[]; // prettier-ignore

interface Look {
  readonly count: Exclude<keyof Counts, 'compared' | 'equal' | 'leftOut' | 'repaired'>;
  readonly tone: Tone;
}

/** How a state is shown, and which count it has. */
export const looks: Readonly<Record<ReconciliationState, Look>> = {
  DIFFERENT: { count: 'different', tone: 'failed' },
  MISSED: { count: 'missed', tone: 'retrying' },
  MISSING_IN_TARGET: { count: 'missingInTarget', tone: 'failed' },
  MISSING_IN_SOURCE: { count: 'missingInSource', tone: 'blocked' },
  ONLY_IN_TARGET: { count: 'onlyInTarget', tone: 'blocked' },
  DUPLICATE: { count: 'duplicates', tone: 'blocked' },
  KNOWN: { count: 'known', tone: 'paused' },
  IN_FLIGHT: { count: 'inFlight', tone: 'pending' },
};

export const countOf = (counts: Counts, state: ReconciliationState): number => counts[looks[state].count];

/** The states that some record is in. */
export const statesIn = (counts: Counts): readonly ReconciliationState[] =>
  itemStates.filter((state) => countOf(counts, state) > 0);

const explained: readonly ReconciliationState[] = ['KNOWN', 'IN_FLIGHT'];

/** `explained`: what is not the same has a reason that the hub knows. */
export type Verdict = 'nothing' | 'agree' | 'explained' | 'differ';

export function verdictOf(counts: Counts): Verdict {
  const states = statesIn(counts);
  if (states.some((state) => !explained.includes(state))) return 'differ';
  if (states.length > 0) return 'explained';
  return counts.compared === 0 ? 'nothing' : 'agree';
}

export const toneOfVerdict: Readonly<Record<Verdict, Tone>> = {
  nothing: 'excluded',
  agree: 'ok',
  explained: 'paused',
  differ: 'failed',
};

/** States that a repair can end, each with its count; those of one state when it is named. */
export const repairable = (counts: Counts, only?: ReconciliationState): ReadonlyMap<ReconciliationState, number> =>
  new Map(
    (['DIFFERENT', 'MISSED', 'MISSING_IN_TARGET'] as const)
      .filter((state) => (only === undefined || only === state) && countOf(counts, state) > 0)
      .map((state) => [state, countOf(counts, state)]),
  );

export const sumOf = (numbers: ReadonlyMap<unknown, number>): number =>
  [...numbers.values()].reduce((sum, each) => sum + each, 0);
