/** Which problems an action is about, what trying them again would mean, and how far that is. */
import { useQueries } from '@tanstack/react-query';
import { ask } from '../../api/ask.ts';
import { keyOf } from '../../api/again.ts';
import {
  ProblemFlowProgressDocument,
  ProblemIdsDocument,
  ProblemPlanDocument,
  type DeadLetterFilter,
  type DeadLetterSelection,
  type ProblemPlanQuery,
} from '../../graph/graphql.ts';

export interface Targets {
  /** One for each cause, or one with the ids of problems. */
  readonly selections: readonly DeadLetterSelection[];
  /** How many problems that were, where it was shown. */
  readonly count: number;
}

export const problemsById = (ids: Iterable<string>): Targets => {
  const all = [...ids];
  return { selections: [{ ids: all }], count: all.length };
};

/** Of each cause the problems that the filter leaves: those are what its row counts. */
export const problemsOfCauses = (
  causes: readonly { readonly fingerprint: string; readonly count: number }[],
  filter: DeadLetterFilter,
): Targets => ({
  selections: causes.map(({ fingerprint }) => ({ filter: { ...filter, fingerprint } })),
  count: causes.reduce((sum, { count }) => sum + count, 0),
});

export type Plan = ProblemPlanQuery['replayPlan'];

/** The plans of all selections; `isReady` when all are there. */
export function usePlans(selections: readonly DeadLetterSelection[], everyMs?: number) {
  const answers = useQueries({
    queries: selections.map((selection) => ({
      queryKey: keyOf(ProblemPlanDocument, { selection }),
      queryFn: ({ signal }: { readonly signal: AbortSignal }) => ask(ProblemPlanDocument, { selection }, signal),
      ...(everyMs === undefined ? {} : { refetchInterval: everyMs }),
    })),
  });
  const plans = answers.flatMap(({ data }): readonly Plan[] => (data === undefined ? [] : [data.replayPlan]));
  const error = answers.find((each) => each.error !== null)?.error ?? null;
  return { plans, isReady: plans.length === selections.length, error };
}

/** What is followed while it goes its way again. */
export interface Watched {
  /** Ids of the problems, when they are few enough to look at each; else null. */
  readonly ids: readonly string[] | null;
  readonly selections: readonly DeadLetterSelection[];
  /** Records in all: the problems, and those that waited behind them. */
  readonly total: number;
  readonly problems: number;
  /** The flow that goes on with it, whose waiting records count too. */
  readonly flowId: string | null;
  /** Problems of that flow with other causes. */
  readonly others: number;
}

/** Looks which problems are meant, before they are tried again. */
export async function watch(
  selections: readonly DeadLetterSelection[],
  behind: { readonly count: number; readonly flowId: string | null } = { count: 0, flowId: null },
): Promise<Watched> {
  const found = await Promise.all(selections.map(idsOf));
  const problems = found.reduce((sum, { total }) => sum + total, 0);
  const ids = found.flatMap((each) => each.ids);
  const flow = behind.flowId === null ? null : (await ask(ProblemFlowProgressDocument, { id: behind.flowId })).flow;
  return {
    ids: ids.length === problems && ids.length <= mostWatched ? ids : null,
    selections,
    problems,
    total: problems + behind.count,
    flowId: behind.flowId,
    others: Math.max(0, (flow?.openDeadLetterCount ?? 0) - problems),
  };
}

const mostWatched = 100;

async function idsOf(selection: DeadLetterSelection): Promise<{ readonly ids: readonly string[]; readonly total: number }> {
  if (selection.ids != null) return { ids: selection.ids.map(String), total: selection.ids.length };
  const { fingerprint } = selection;
  const filter = { status: ['OPEN', 'REPLAYING'] as const, ...(fingerprint == null ? selection.filter : { fingerprint }) };
  const { deadLetters } = await ask(ProblemIdsDocument, { filter });
  return { ids: deadLetters.nodes.map(({ id }) => id), total: deadLetters.totalCount.value };
} // prettier-ignore
