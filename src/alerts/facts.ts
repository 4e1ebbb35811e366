/** What the rules need to know, read once a round. In: the rules that are enabled. Out: only what one of them looks at. */
import type { AlertRuleKindName } from '../schema/alert.js';
import type { System } from '../schema/system.js';
import type { AlertRuleRow } from '../store/alert-rules.js';
import type {
  HeldWrites,
  LackingCodes,
  LastComparison,
  OpenProblems,
  Outcomes,
  SystemAlerts,
} from '../store/alert-facts.js';
import type { Query } from '../store/database.js';
import type { FlowProgress } from '../store/flow-progress.js';
import type { FlowRow } from '../store/flow-reads.js';

export interface Facts {
  readonly now: Date;
  /** Since when somebody has been looking without a gap. */
  readonly since: Date;
  readonly flows: readonly FlowRow[];
  readonly systems: readonly System[];
  readonly progress: readonly Pick<FlowProgress, 'flowKey' | 'lagMs' | 'pending' | 'lastSuccessAt' | 'stoppedBecause' | 'failing' | 'standing'>[]; // prettier-ignore
  readonly problems: readonly OpenProblems[];
  readonly lacking: LackingCodes;
  readonly outcomes: readonly Outcomes[];
  readonly systemAlerts: readonly SystemAlerts[];
  readonly held: readonly HeldWrites[];
  readonly comparisons: readonly LastComparison[];
}

export type FactReads = ReturnType<typeof import('../store/alert-facts.js').makeAlertFacts>;

/** One after the other: it is no hurry, and connections are for the work. */
export async function readFacts(
  query: Query,
  reads: FactReads,
  rules: readonly AlertRuleRow[],
  time: Pick<Facts, 'now' | 'since'>,
): Promise<Facts> {
  const has = (...kinds: readonly AlertRuleKindName[]): boolean => rules.some(({ kind }) => kinds.includes(kind));
  const windows = [...new Set(rules.flatMap(({ windowMinutes }) => windowMinutes ?? []))];
  const isTimed = has('LAG', 'NO_ACTIVITY');
  const areStreamsTold = has('FLOW_SUSPENDED', 'SYSTEM_UNREACHABLE');
  const flows = await reads.readFlows(query);
  return {
    ...time,
    flows,
    systems: await reads.readSystems(query),
    progress: isTimed || areStreamsTold ? await reads.readProgress(query, flows) : [],
    problems: has('OPEN_DEAD_LETTERS') ? await reads.readOpenProblems(query) : [],
    lacking: has('UNMAPPED_VALUES') ? await reads.readLacking(query) : { count: 0, newestAt: null },
    outcomes: windows.length > 0 ? await reads.readOutcomes(query, windows) : [],
    systemAlerts: isTimed ? await reads.readSystemAlerts(query) : [],
    held: has('RUN_HELD') ? await reads.readHeldWrites(query) : [],
    comparisons: has('COMPARISON') ? await reads.readLastComparisons(query) : [],
  };
}
