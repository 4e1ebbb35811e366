/** The kinds of alert rules: what each is about, what its threshold counts and may be, and what a person is advised to do. Pure. */
import { KoppelError } from '../base/errors.js';
import type { AlertRuleKindName } from '../schema/alert.js';

/** `all`: one alert for the rule, whatever it is limited to. */
export type SubjectKind = 'flow' | 'system' | 'all';

export interface RuleKind {
  readonly subject: SubjectKind;
  /** Null: it has none. */
  readonly threshold: { readonly least: number; readonly most: number } | null;
  /** It counts what happened within a window. */
  readonly hasWindow: boolean;
  /** What to do, in one sentence. */
  readonly advice: string;
}

const minutes = { least: 1, most: 43_200 };

export const ruleKinds: Readonly<Record<AlertRuleKindName, RuleKind>> = {
  LAG: {
    subject: 'flow',
    threshold: minutes,
    hasWindow: false,
    advice: 'Look at the flow: its problems, and whether its target answers slowly.',
  },
  FAILURE_RATIO: {
    subject: 'flow',
    threshold: { least: 1, most: 100 },
    hasWindow: true,
    advice: 'Look at the causes of its problems; the largest one is usually a missing row or a rule.',
  },
  OPEN_DEAD_LETTERS: {
    subject: 'all',
    threshold: { least: 1, most: 1_000_000 },
    hasWindow: false,
    advice: 'Look at the causes, mend the largest one, and send its records again.',
  },
  NO_ACTIVITY: {
    subject: 'flow',
    threshold: minutes,
    hasWindow: false,
    advice: 'Check whether the source has changes at this time; if it has, look at the flow.',
  },
  SYSTEM_UNREACHABLE: {
    subject: 'system',
    threshold: { ...minutes, least: 0 },
    hasWindow: false,
    advice: 'Check whether the system is up and its address is right; the hub goes on trying, and nothing is lost.',
  },
  CREDENTIALS: {
    subject: 'system',
    threshold: null,
    hasWindow: false,
    advice: 'Enter valid credentials; the hub makes no further calls until then.',
  },
  UNMAPPED_VALUES: {
    subject: 'all',
    threshold: { least: 1, most: 100_000 },
    hasWindow: false,
    advice: 'Add the missing rows to the value lists and publish them.',
  },
  FLOW_SUSPENDED: {
    subject: 'flow',
    threshold: null,
    hasWindow: false,
    advice:
      'Mend the cause, then resume the flow; where only reading was stopped, say on its page from where to read on.',
  },
  RUN_HELD: {
    subject: 'flow',
    threshold: null,
    hasWindow: false,
    advice: 'Look at what is held, then send it all the same or drop it.',
  },
  COMPARISON: {
    subject: 'flow',
    threshold: null,
    hasWindow: false,
    advice: 'Look at what differs, repair what can be repaired, and compare again.',
  },
};

/** What a rule measures against. */
export interface RuleMeasure {
  readonly threshold: number | null;
  readonly windowMinutes: number | null;
}

const windows = { least: 5, most: 1_440, standard: 60 };

const refuse = (field: string, what: string): never => {
  throw new KoppelError('ALERT_RULE_INVALID', { field, what }, { path: field });
};

const isWithin = (value: number, { least, most }: { readonly least: number; readonly most: number }): boolean =>
  value >= least && value <= most;

/** Codes belong to value lists, which are of no system. */
export function requireScope(
  kind: AlertRuleKindName,
  { flows, systems }: { readonly flows: readonly string[]; readonly systems: readonly string[] },
): void {
  const what = 'this kind is about the whole hub';
  if (kind !== 'UNMAPPED_VALUES') return;
  if (flows.length > 0) refuse('flowIds', what);
  if (systems.length > 0) refuse('systemIds', what);
}

/** Threshold and window as the kind has them; throws ALERT_RULE_INVALID. */
export function measureOf(kind: AlertRuleKindName, given: RuleMeasure): RuleMeasure {
  const { threshold: limits, hasWindow } = ruleKinds[kind];
  const windowMinutes = given.windowMinutes ?? windows.standard;
  if (hasWindow && !isWithin(windowMinutes, windows))
    refuse('windowMinutes', `it is from ${windows.least} to ${windows.most} minutes`);
  if (limits !== null && given.threshold === null) refuse('threshold', 'this kind needs one');
  if (limits !== null && !isWithin(given.threshold ?? 0, limits))
    refuse('threshold', `it is from ${limits.least} to ${limits.most}`);
  return { threshold: limits === null ? null : given.threshold, windowMinutes: hasWindow ? windowMinutes : null };
}
