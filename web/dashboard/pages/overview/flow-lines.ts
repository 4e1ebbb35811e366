/** What the map of flows shows, as data. In: systems and flows. Out: pairs of systems, each with its flows, and how each line is drawn. Pure. */
import type { OverviewFlowFragment, OverviewSystemFragment } from '../../graph/graphql.ts';
import { toneOf, type Tone } from '../../parts/status.tsx';

export interface FlowLine {
  readonly flow: OverviewFlowFragment;
  readonly source: OverviewSystemFragment;
  readonly target: OverviewSystemFragment;
  readonly tone: Tone;
  /** Records made, changed and deleted within the last hour. */
  readonly perHour: number;
  /** Whether anything can move at all. */
  readonly isOpen: boolean;
}

export interface SystemPair {
  readonly left: OverviewSystemFragment;
  readonly right: OverviewSystemFragment;
  readonly lines: readonly FlowLine[];
}

/** Two systems stand side by side when a flow goes from one to the other; the one that was connected first stands left. */
export function pairsOf(
  systems: readonly OverviewSystemFragment[],
  flows: readonly OverviewFlowFragment[],
): readonly SystemPair[] {
  const place = new Map(systems.map((system, i) => [system.id, i]));
  const pairs = new Map<string, { left: OverviewSystemFragment; right: OverviewSystemFragment; lines: FlowLine[] }>();
  for (const flow of flows) {
    const [from, to] = [place.get(flow.source.id), place.get(flow.target.id)];
    if (from === undefined || to === undefined) continue;
    const [left, right] = [Math.min(from, to), Math.max(from, to)];
    const key = `${left} ${right}`;
    const pair = pairs.get(key) ?? { left: systems[left]!, right: systems[right]!, lines: [] };
    pair.lines.push(lineOf(flow, systems[from]!, systems[to]!));
    pairs.set(key, pair);
  }
  for (const { left, lines } of pairs.values()) lines.sort((a, b) => placeOf(a, left) - placeOf(b, left));
  return [...pairs.values()];
}

const order = ['PRODUCT', 'STOCK_LEVEL', 'CATEGORY', 'CUSTOMER', 'ORDER'];

/** What goes to the right stands above what comes back, the same kinds in the same order. */
const placeOf = ({ flow, source }: FlowLine, left: OverviewSystemFragment): number =>
  (source === left ? 0 : order.length) + order.indexOf(flow.entityType);

/** Systems that no flow reads or writes. */
export const alone = (
  systems: readonly OverviewSystemFragment[],
  flows: readonly OverviewFlowFragment[],
): readonly OverviewSystemFragment[] =>
  systems.filter(({ id }) => !flows.some(({ source, target }) => source.id === id || target.id === id));

export const answers = ({ status }: OverviewSystemFragment): boolean =>
  status === 'CONNECTED' || status === 'DEGRADED' || status === 'DRAFT';

function lineOf(flow: OverviewFlowFragment, source: OverviewSystemFragment, target: OverviewSystemFragment): FlowLine {
  const { created, updated, deleted } = flow.syncState.counts;
  const isOpen = flow.state === 'ENABLED' && source.status !== 'PAUSED' && target.status !== 'PAUSED';
  return { flow, source, target, tone: lineTone(flow, source, target), perHour: created + updated + deleted, isOpen };
}

function lineTone(
  {
    state,
    openDeadLetterCount,
    syncState: { stoppedBecause, failingBecause, consecutiveFailures, pending },
  }: OverviewFlowFragment,
  source: OverviewSystemFragment,
  target: OverviewSystemFragment,
): Tone {
  if (state !== 'ENABLED') return toneOf('flow', state);
  if (stoppedBecause != null) return 'blocked';
  const paused = [source, target].some(({ status }) => status === 'PAUSED');
  if (paused) return 'paused';
  if (!answers(source) || !answers(target) || failingBecause != null || openDeadLetterCount > 0) return 'failed';
  if (consecutiveFailures > 0) return 'retrying';
  return pending.value > 0 ? 'pending' : 'ok';
}

/** Width of a line: thin for nothing, twice as thick with every tenfold. */
export const widthOf = (perHour: number): number => Math.min(1.5 + Math.log10(1 + perHour) * 1.6, 8);
