/** All alerts of a span of time, for the lanes: asked for a page at a time until there are no more, or more than anybody would look at. */
import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { ask, type AskError } from '../../api/ask.ts';
import { keyOf } from '../../api/again.ts';
import { AlertsLanesDocument, type AlertsLaneFragment, type AlertsLanesQuery } from '../../graph/graphql.ts';
import { everyMs } from './every-ms.ts';

const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;
const mostPages = 10;

export interface Periods {
  readonly alerts: readonly AlertsLaneFragment[];
  /** There were more; the oldest ones are missing. */
  readonly isCut: boolean;
}

async function readPeriods(since: string, signal: AbortSignal): Promise<Periods> {
  const alerts: AlertsLaneFragment[] = [];
  let after: string | null = null;
  for (let page = 0; page < mostPages; page++) {
    const answer: AlertsLanesQuery = await ask(AlertsLanesDocument, { since, after }, signal);
    const { nodes, pageInfo } = answer.alerts;
    alerts.push(...nodes);
    if (!pageInfo.hasNextPage) return { alerts, isCut: false };
    after = pageInfo.endCursor ?? null;
  }
  return { alerts, isCut: true };
}

/** What went on within so many milliseconds up to now. */
export function usePeriods(spanMs: number, now: number): UseQueryResult<Periods, AskError> {
  // From the full hour on, so that it is the same question for a while; what is too early is not drawn.
  const since = new Date(Math.floor((now - spanMs) / hourMs) * hourMs).toISOString();
  return useQuery<Periods, AskError>({
    queryKey: keyOf(AlertsLanesDocument, { since }),
    queryFn: ({ signal }) => readPeriods(since, signal),
    placeholderData: keepPreviousData,
    refetchInterval: everyMs,
  });
}
