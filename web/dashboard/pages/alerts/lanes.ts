/** Periods in which alerts were there, one lane for each rule and what it was about. In: alerts, a span of time. Out: lanes with shares of it. Pure. */
import type { AlertsLaneFragment } from '../../graph/graphql.ts';
import type { AlertRuleKind } from '../../graph/kinds.ts';

export interface Period {
  readonly id: string;
  readonly title: string;
  readonly startedAt: string;
  /** Null while it goes on. */
  readonly endedAt: string | null;
  /** Where it begins and how long it is, as shares of the span. */
  readonly from: number;
  readonly length: number;
  /** The share of the period in which nobody had acknowledged it. */
  readonly unknown: number;
}

export interface Lane {
  readonly key: string;
  /** Null when the rule has been removed. */
  readonly rule: string | null;
  readonly kind: AlertRuleKind;
  /** The system or the flow; null when the rule is about everything. */
  readonly subject: string | null;
  readonly periods: readonly Period[];
  /** In how much of the span an alert of this lane was there, in milliseconds. */
  readonly totalMs: number;
}

/** `to`: the end of the span, in milliseconds since 1970. Lanes with what goes on come first, then those of which the last period is the latest. */
export function lanesOf(alerts: readonly AlertsLaneFragment[], to: number, spanMs: number): readonly Lane[] {
  const from = to - spanMs;
  const groups = new Map<string, AlertsLaneFragment[]>();
  for (const alert of alerts) {
    if (endOf(alert, to) < from) continue;
    const key = [alert.rule?.id ?? alert.kind, alert.system?.id, alert.flow?.id].join(' ');
    groups.set(key, [...(groups.get(key) ?? []), alert]);
  }
  const lanes = [...groups].map(([key, of]) => laneOf(key, of, { from, to }));
  const last = ({ periods }: Lane): number => periods.reduce((at, each) => Math.max(at, each.from + each.length), 0);
  return lanes.sort((one, other) => last(other) - last(one) || (one.rule ?? '').localeCompare(other.rule ?? ''));
}

interface Span {
  readonly from: number;
  readonly to: number;
}

function laneOf(key: string, alerts: readonly AlertsLaneFragment[], span: Span): Lane {
  const { rule, kind, system, flow } = alerts[0]!;
  const periods = alerts.map((alert) => periodOf(alert, span)).sort((one, other) => one.from - other.from);
  const totalMs = covered(periods) * (span.to - span.from);
  return { key, kind, rule: rule?.name ?? null, subject: system?.name ?? flow?.name ?? null, periods, totalMs };
}

/** The share of the span in which there is at least one of them; two may overlap: a system is silent, and some of it was before. */
function covered(periods: readonly Period[]): number {
  let [sum, until] = [0, 0];
  for (const { from, length } of periods) {
    sum += Math.max(0, from + length - Math.max(from, until));
    until = Math.max(until, from + length);
  }
  return sum;
}

function periodOf(alert: AlertsLaneFragment, span: Span): Period {
  const { id, title, startedAt, acknowledgedAt, resolvedAt } = alert;
  const end = Math.min(endOf(alert, span.to), span.to);
  const start = Math.min(Math.max(Date.parse(startedAt), span.from), end);
  const known = acknowledgedAt == null ? end : Math.min(Math.max(Date.parse(acknowledgedAt), start), end);
  const whole = span.to - span.from;
  return {
    ...{ id, title, startedAt, endedAt: resolvedAt ?? null },
    from: (start - span.from) / whole,
    length: (end - start) / whole,
    unknown: end === start ? 1 : (known - start) / (end - start),
  };
}

const endOf = ({ resolvedAt }: AlertsLaneFragment, now: number): number =>
  resolvedAt == null ? now : Date.parse(resolvedAt);
