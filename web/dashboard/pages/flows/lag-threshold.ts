/** From which delay on an alert fires, flow by flow: the lowest of the rules that watch it. */
import { useAsk } from '../../api/hooks.ts';
import { FlowsLagRulesDocument } from '../../graph/graphql.ts';

/** Seconds by the id of a flow; null when no rule watches it. */
export function useLagThreshold(): (flowId: string) => number | null {
  const { data } = useAsk(FlowsLagRulesDocument, {});
  return (flowId) => {
    const minutes = (data?.alertRules ?? [])
      .filter(({ kind, isEnabled }) => kind === 'LAG' && isEnabled)
      .filter(({ flows }) => flows.length === 0 || flows.some(({ id }) => id === flowId))
      .flatMap(({ threshold }) => threshold ?? []);
    return minutes.length === 0 ? null : Math.min(...minutes) * 60;
  };
}
