/**
 * How a record of two systems stands: pure. In: the row of the record, what would be written now that the target was looked at, and what
 * two readings found. Out: the same, left out, or a finding. What is not the same in both readings was on its way.
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

/** What one reading of both systems found. */
export interface Reading {
  readonly findings: ReadonlyMap<string, Finding>;
  /** Records that were compared and are the same, and that a rule leaves out. */
  readonly equal: number;
  readonly leftOut: number;
}

/** The same record in two readings. */
export const findingKey = ({ system, entity, externalId, canonicalId }: Omit<Finding, 'state' | 'changes'>): string =>
  `${system} ${entity} ${canonicalId ?? ''} ${canonicalId === null ? externalId : ''}`;

/** Whether it is worth reading a second time: nothing that is known, or on its way, becomes a difference by it. */
export const isOpen = ({ state }: Finding): boolean => state !== 'KNOWN' && state !== 'IN_FLIGHT';

/** What stands in the second reading as it stood in the first one; what has moved between them is on its way. */
export function confirmed(first: Reading, second: Reading): Reading {
  const findings = new Map<string, Finding>();
  for (const [key, finding] of second.findings) {
    const before = first.findings.get(key);
    const isSame = before?.state === finding.state && pathsOf(before) === pathsOf(finding);
    const onWay: Finding = { ...finding, state: 'IN_FLIGHT', changes: [], reason: null, reasonCode: null };
    findings.set(key, isSame || !isOpen(finding) ? finding : onWay);
  }
  return { ...second, findings };
}

const pathsOf = ({ changes }: Finding): string => changes.map(({ path }) => path).join(' ');

export function countsOf({ findings, equal: same, leftOut: out }: Reading): ComparisonCounts {
  const counts: Partial<Record<ComparisonState, number>> = {};
  for (const { state } of findings.values()) counts[state] = (counts[state] ?? 0) + 1;
  return { ...counts, equal: same, leftOut: out, compared: same + findings.size };
}
