/** What the pages propose to a hub without rules, and what thresholds of each kind of rule mean. Pure. */
import type { AlertRuleKind } from '../../graph/kinds.ts';

/** The kinds that the first steps ask about, in their order, with the threshold that is proposed. */
export const proposals = [
  { kind: 'LAG', threshold: 15, severity: 'WARNING' },
  { kind: 'OPEN_DEAD_LETTERS', threshold: 10, severity: 'WARNING' },
  { kind: 'SYSTEM_UNREACHABLE', threshold: 5, severity: 'CRITICAL' },
] as const;
export type ProposedKind = (typeof proposals)[number]['kind'];

/** The kinds that are proposed beside them: they count nothing, so that there is nothing to ask. */
export const proposedAsIs = [
  { kind: 'FLOW_SUSPENDED', severity: 'CRITICAL' },
  { kind: 'RUN_HELD', severity: 'WARNING' },
  { kind: 'COMPARISON', severity: 'WARNING' },
] as const;

/** What a rule of a kind may be narrowed to, and its threshold when somebody makes a new one; null when the kind has none. */
interface Shape {
  readonly threshold: number | null;
  /** 1 where nothing else is said. */
  readonly least?: number;
  /** The share is taken over so many minutes. */
  readonly windowMinutes?: number;
  readonly of: 'flows' | 'systems' | null;
}

export const shapes: Readonly<Record<AlertRuleKind, Shape>> = {
  LAG: { threshold: 15, of: 'flows' },
  FAILURE_RATIO: { threshold: 20, windowMinutes: 60, of: 'flows' },
  OPEN_DEAD_LETTERS: { threshold: 10, of: 'flows' },
  NO_ACTIVITY: { threshold: 240, of: 'flows' },
  SYSTEM_UNREACHABLE: { threshold: 5, least: 0, of: 'systems' },
  CREDENTIALS: { threshold: null, of: 'systems' },
  UNMAPPED_VALUES: { threshold: 1, of: 'flows' },
  FLOW_SUSPENDED: { threshold: null, of: 'flows' },
  RUN_HELD: { threshold: null, of: 'flows' },
  COMPARISON: { threshold: null, of: 'flows' },
};

/** Kinds of rules that count something. */
export type CountingKind = Exclude<AlertRuleKind, 'CREDENTIALS' | 'FLOW_SUSPENDED' | 'RUN_HELD' | 'COMPARISON'>;

/** In the order in which the form offers them. */
export const ruleKinds = Object.keys(shapes) as readonly AlertRuleKind[];

/** A whole number that is large enough, as the fields of thresholds take it; null when it is none. */
export function wholeOf(text: string, least = 1): number | null {
  const number = /^\s*\d{1,6}\s*$/.test(text) ? Number(text) : -1;
  return number >= least ? number : null;
}

/** The same for the threshold of a kind of rule. */
export const thresholdOf = (text: string, kind: AlertRuleKind): number | null => wholeOf(text, shapes[kind].least);

/** Addresses that were typed one a line, or with commas between them; each once. */
export const addressesOf = (text: string): readonly string[] => [
  ...new Set(text.split(/[\s,;]+/).filter((each) => each !== '')),
];
