/**
 * How a record of two systems stands: pure. In: the row of the record, what would be written now that the target was looked at, and how the
 * same record stood in two readings. Out: the same, left out, or a finding. What is not the same in both readings was on its way.
 */
import type { Json } from '../base/document.js';
import type { ProjectedEntity } from '../canonical/entities.js';
import type { ComparedField, ComparisonCounts, ComparisonState, Finding } from '../store/comparisons.js';
import type { ProjectionState } from '../store/projections.js';
import type { Evaluated, Unplanned } from './project-evaluate.js';

export type Verdict =
  | { readonly as: 'equal' | 'leftOut' }
  | {
      readonly as: 'DIFFERENT' | 'KNOWN' | 'IN_FLIGHT' | 'MISSING_IN_TARGET';
      readonly changes: readonly ComparedField[];
      readonly reason: string | null;
      readonly reasonCode: string | null;
    };

const equal: Verdict = { as: 'equal' };
const leftOut: Verdict = { as: 'leftOut' };
const plain = (as: 'IN_FLIGHT' | 'MISSING_IN_TARGET'): Verdict => ({ as, changes: [], reason: null, reasonCode: null });

const onItsWay: ReadonlySet<ProjectionState> = new Set(['pending', 'writing', 'in_doubt', 'retrying']);
const explained: ReadonlySet<ProjectionState> = new Set(['waiting_for', 'parked', 'held', 'paused']);

export interface StandingRow {
  readonly state: ProjectionState;
  readonly reason: string | null;
  readonly reasonCode: string | null;
}

/** What the state of a row says by itself; undefined when the systems have to be looked at. */
export function byState({ state, reason, reasonCode }: StandingRow): Verdict | undefined {
  if (onItsWay.has(state)) return plain('IN_FLIGHT');
  if (explained.has(state)) return { as: 'KNOWN', changes: [], reason, reasonCode };
  return state === 'excluded' ? leftOut : undefined;
}

/** Of a row that should agree: what the projector would do about it, now that it holds what the target has shown. */
export function byPlan({ row, plan }: Evaluated): Verdict {
  switch (plan.type) {
    case 'in_sync':
      return equal;
    case 'excluded':
      return leftOut;
    // The target has shown it as it was before our last write.
    case 'verify':
      return plain('IN_FLIGHT');
    case 'waiting':
      return { as: 'KNOWN', changes: [], reason: null, reasonCode: 'WAITING' };
    case 'parked':
      return { as: 'KNOWN', changes: [], reason: plan.error.message, reasonCode: plan.error.code };
    case 'write': {
      const changes = plan.changed.map((path) => {
        const [before, after]: readonly [Json, Json] = [row.held?.[path] ?? null, plan.document[path] ?? null];
        return { path, before, after };
      });
      return { as: 'DIFFERENT', changes, reason: null, reasonCode: null };
    }
  }
}

export const ofUnplanned = ({ state, reason, reasonCode }: Unplanned): Verdict =>
  state === 'excluded' ? leftOut : { as: 'KNOWN', changes: [], reason, reasonCode };

/** Of a row that should agree and that the target has not shown; `isNamed`: the hub knows it by an id there. */
export const ofUnshown = (isNamed: boolean): Verdict => (isNamed ? plain('MISSING_IN_TARGET') : equal);

export function findingOf(
  verdict: Verdict,
  of: { readonly system: string; readonly entity: ProjectedEntity; readonly canonicalId: string; readonly externalId: string | null }, // prettier-ignore
): Finding | null {
  if (!('changes' in verdict)) return null;
  const { as: state, ...rest } = verdict;
  return { state, ...of, ...rest };
}

/** The same record in two readings. */
export const findingKey = ({ system, entity, externalId, canonicalId }: Omit<Finding, 'state' | 'changes'>): string =>
  `${system} ${entity} ${canonicalId ?? ''} ${canonicalId === null ? externalId : ''}`;

/** States that are not worth reading a second time: nothing that is known, or on its way, becomes a difference by it. */
export const settledStates: readonly ComparisonState[] = ['KNOWN', 'IN_FLIGHT'];

/** What stands in the second reading as it stood in the first one; what has moved between them is on its way. */
export function confirmed(before: Finding | undefined, finding: Finding): Finding {
  const isSame = before?.state === finding.state && startOf(before) === startOf(finding);
  if (isSame || settledStates.includes(finding.state)) return finding;
  return { ...finding, state: 'IN_FLIGHT', changes: [], reason: null, reasonCode: null };
}

/** From where it would change: where that has moved, what was found at first has arrived meanwhile, and this is news (a stock that is busy). */
const startOf = ({ changes }: Finding): string => JSON.stringify(changes.map(({ path, before }) => [path, before]));

/** Records of a reading that need no finding. */
export interface Agreeing {
  /** They were compared and are the same. */
  readonly equal: number;
  /** A rule leaves them out. */
  readonly leftOut: number;
}

/** Counts findings by how they stand. */
export function makeTally({ equal, leftOut }: Agreeing) {
  const states: Partial<Record<ComparisonState, number>> = {};
  let found = 0;
  return {
    add(findings: readonly Finding[]): void {
      for (const { state } of findings) states[state] = (states[state] ?? 0) + 1;
      found += findings.length;
    },
    counts: (): ComparisonCounts => ({ ...states, equal, leftOut, compared: equal + found }),
  };
}
