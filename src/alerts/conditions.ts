/**
 * Whether the condition of a rule holds, and for what. Pure: in a rule, all enabled rules and the facts, out one finding per subject.
 * What is not among the findings does not hold. Sentences are English; base/sentences has them in the other languages.
 */
import { filled, type Values } from '../base/sentences/template.js';
import { KoppelError, unreachable } from '../base/errors.js';
import type { System } from '../schema/system.js';
import type { AlertRuleRow } from '../store/alert-rules.js';
import type { FlowRow } from '../store/flow-reads.js';
import type { Facts } from './facts.js';

/**
 * `unknown`: what goes on goes on, and nothing begins. It cannot be told while a system is down of which another rule tells, nor whether it
 * would be as long without a stop, an outage or a time in which nobody looked.
 */
export interface Finding {
  /** `flow:<key>`, `system:<key>`, `streams:<key>` (of a system that answers) or `all`. */
  readonly subject: string;
  readonly state: 'holds' | 'unknown';
  readonly flow: string | null;
  readonly system: string | null;
  readonly title: string;
  readonly description: string;
  /** Page of the dashboard on which it can be mended. */
  readonly path: string;
  /** Since when there is the newest of what it is about; absent where that is not known. */
  readonly newestAt?: Date | null;
}

const minuteMs = 60_000;
/** Fewer failures are no share of anything. */
const leastFailures = 3;

const say = (template: string, values: Values = {}): string => filled('en', template, values);

/** `2 h 5 min` in every language. */
export function lasting(ms: number): string {
  const minutes = Math.max(0, Math.floor(ms / minuteMs));
  const hours = Math.floor(minutes / 60);
  return hours === 0 ? `${minutes} min` : `${hours} h ${minutes % 60} min`;
}

/** What the condition of a rule holds for. */
export function findings(rule: AlertRuleRow, enabled: readonly AlertRuleRow[], facts: Facts): readonly Finding[] {
  switch (rule.kind) {
    case 'LAG':
      return ofFlows(rule, facts, (flow) => delayed(flow, rule, enabled, facts));
    case 'NO_ACTIVITY':
      return ofFlows(rule, facts, (flow) => quiet(flow, rule, enabled, facts));
    case 'FAILURE_RATIO':
      return ofFlows(rule, facts, (flow) => failing(flow, rule, facts));
    case 'FLOW_SUSPENDED':
      return ofFlows(rule, facts, (flow) => stoppedByHub(flow, facts));
    case 'RUN_HELD':
      return ofFlows(rule, facts, (flow) => heldBack(flow, facts));
    case 'COMPARISON':
      return ofFlows(rule, facts, (flow) => compared(flow, facts));
    case 'SYSTEM_UNREACHABLE':
      return [
        ...ofSystems(rule, facts, (system) => unreachableSince(system, rule, facts)),
        ...ofSystems(rule, facts, (system) => unreadInPart(system, rule, facts), 'streams'),
      ];
    case 'CREDENTIALS':
      return ofSystems(rule, facts, (system) =>
        system.status !== 'CREDENTIALS_REJECTED'
          ? null
          : {
              title: say('{system} refuses the credentials', { system: system.name }),
              description: 'The hub makes no calls to it until somebody enters valid ones.',
            },
      );
    case 'OPEN_DEAD_LETTERS':
      return openProblems(rule, facts);
    case 'UNMAPPED_VALUES':
      return lackingRows(rule, facts);
    default:
      return unreachable(rule.kind);
  }
}

type Said = Pick<Finding, 'title' | 'description'> & Partial<Pick<Finding, 'state' | 'path' | 'newestAt'>>;

const isNamed = (names: readonly string[], ...keys: readonly string[]): boolean =>
  names.length === 0 || keys.some((key) => names.includes(key));

/** Limited to systems, a rule is about the flows that read or write one of them. */
const coversFlow = ({ flows, systems }: AlertRuleRow, { key, source, target }: FlowRow): boolean =>
  isNamed(flows, key) && isNamed(systems, source, target);

/** Limited to flows, a rule is about the systems that one of them reads or writes. */
const coversSystem = (
  { flows, systems }: AlertRuleRow,
  { key }: Pick<System, 'key'>,
  all: readonly FlowRow[],
): boolean =>
  isNamed(systems, key) &&
  (flows.length === 0 || all.some((flow) => flows.includes(flow.key) && [flow.source, flow.target].includes(key)));

function ofFlows(rule: AlertRuleRow, { flows }: Facts, look: (flow: FlowRow) => Said | null): readonly Finding[] {
  return flows.flatMap((flow) => {
    const said = coversFlow(rule, flow) ? look(flow) : null;
    if (said === null) return [];
    const where = { subject: `flow:${flow.key}`, flow: flow.key, system: null };
    return [{ state: 'holds', path: `/flows/${flow.id}`, ...said, ...where }];
  });
}

function ofSystems(
  rule: AlertRuleRow,
  facts: Facts,
  look: (system: System) => Said | null,
  about: 'system' | 'streams' = 'system',
): readonly Finding[] {
  return facts.systems.flatMap((system) => {
    const said = coversSystem(rule, system, facts.flows) ? look(system) : null;
    if (said === null) return [];
    const where = { subject: `${about}:${system.key}`, flow: null, system: system.key, path: `/systems/${system.id}` };
    return [{ state: 'holds', ...said, ...where }];
  });
}

const msFrom = (from: Date, { now }: Facts): number => now.getTime() - from.getTime();
const thresholdMs = ({ threshold }: AlertRuleRow): number => (threshold ?? 0) * minuteMs;

/**
 * How long a flow has been able to work without a stop: since it was enabled, somebody looks, and alerts about its systems are over.
 * Null while a person has stopped it or one of its systems. `told`: another rule tells of what stops it.
 */
function ableMs(flow: FlowRow, enabled: readonly AlertRuleRow[], facts: Facts): number | 'told' | null {
  if (flow.state !== 'ENABLED') return null;
  const systems = facts.systems.filter(({ key }) => key === flow.source || key === flow.target);
  if (systems.some(({ status }) => status === 'PAUSED' || status === 'DRAFT')) return null;
  const ends = facts.systemAlerts.filter(({ system }) => systems.some(({ key }) => key === system));
  // When a system is back its alert goes on for a while, and what has waited for it is late for no other reason.
  if (systems.some((system) => isTold(system, enabled, facts)) || ends.some(({ endedAt }) => endedAt === null))
    return 'told';
  const starts = [flow.stateSince, facts.since, ...ends.flatMap(({ endedAt }) => endedAt ?? [])];
  return Math.min(...starts.map((start) => msFrom(start, facts)));
}

const tellers: Readonly<Record<string, AlertRuleRow['kind'] | undefined>> = {
  UNREACHABLE: 'SYSTEM_UNREACHABLE',
  CREDENTIALS_REJECTED: 'CREDENTIALS',
};

const isTold = (system: System, enabled: readonly AlertRuleRow[], { flows }: Facts): boolean =>
  enabled.some((rule) => rule.kind === tellers[system.status] && coversSystem(rule, system, flows));

const untold: Said = { state: 'unknown', title: '', description: '' };

function delayed(flow: FlowRow, rule: AlertRuleRow, enabled: readonly AlertRuleRow[], facts: Facts): Said | null {
  const progress = facts.progress.find(({ flowKey }) => flowKey === flow.key);
  const able = ableMs(flow, enabled, facts);
  if (able === 'told') return untold;
  const why = progress === undefined ? null : whyLate(progress, thresholdMs(rule));
  if (able === null || why === null) return null;
  if (able < thresholdMs(rule)) return untold;
  return { title: say('Delay: {flow}', { flow: flow.name }), description: why };
}

/** What was taken in waits for the target; what was not waits in the log. */
function whyLate({ lagMs, pending, standing }: Facts['progress'][number], allowedMs: number): string | null {
  if (lagMs !== null && lagMs >= allowedMs) {
    const values = { records: pending, lasting: lasting(lagMs), allowed: lasting(allowedMs) };
    return say('Changes that wait to be delivered: {records}, the oldest for {lasting}. The rule tells from {allowed} on.', values); // prettier-ignore
  }
  if (standing === null || standing.ms < allowedMs) return null;
  return new KoppelError('INGEST_STANDS_STILL', { system: standing.systemName, moment: standing.since }).message;
}

function quiet(flow: FlowRow, rule: AlertRuleRow, enabled: readonly AlertRuleRow[], facts: Facts): Said | null {
  const last = facts.progress.find(({ flowKey }) => flowKey === flow.key)?.lastSuccessAt ?? null;
  const able = ableMs(flow, enabled, facts);
  if (able === 'told') return untold;
  if (able === null || (last !== null && msFrom(last, facts) < thresholdMs(rule))) return null;
  if (able < thresholdMs(rule)) return untold;
  const quietMs = last === null ? able : Math.min(able, msFrom(last, facts));
  return {
    title: say('Nothing comes through: {flow}', { flow: flow.name }),
    description: say('No run of the flow has succeeded for {lasting}.', { lasting: lasting(quietMs) }),
  };
}

function failing(flow: FlowRow, { threshold, windowMinutes }: AlertRuleRow, { outcomes }: Facts): Said | null {
  const found = outcomes.find((each) => each.flow === flow.key && each.windowMinutes === windowMinutes);
  if (found === undefined || found.failed < leastFailures) return null;
  const records = found.failed + found.written;
  const percent = (100 * found.failed) / records;
  if (percent < (threshold ?? 0)) return null;
  const values = { times: found.failed, records, percent: Math.floor(percent), lasting: lasting((windowMinutes ?? 0) * minuteMs) }; // prettier-ignore
  return {
    title: say('Many failures: {flow}', { flow: flow.name }),
    description: say('Of {records} records, {times} became problems within {lasting}: {percent} %.', values),
  };
}

/** The whole flow, or only what is read for it: either waits for a person. */
function stoppedByHub({ key, name, state, stateReason }: FlowRow, { progress }: Facts): Said | null {
  const reading = progress.find(({ flowKey }) => flowKey === key)?.stoppedBecause ?? null;
  const why = state === 'SUSPENDED' ? (stateReason ?? '') : state === 'ENABLED' ? reading : null;
  return why === null ? null : { title: say('Stopped by the hub: {flow}', { flow: name }), description: why };
}

function heldBack(flow: FlowRow, { held }: Facts): Said | null {
  const found = held.find((each) => each.flow === flow.key);
  if (found === undefined) return null;
  return {
    title: say('Held back: {flow}', { flow: flow.name }),
    description: say('{count} {count|record|records} would lose something, and {count|waits|wait} until somebody decides. Everything else goes on.', { count: found.records }), // prettier-ignore
    path: `/runs/${found.run}`,
  };
}

/** States of flows that are compared. */
const inUse: readonly string[] = ['ENABLED', 'PAUSED', 'SUSPENDED'];

function compared(flow: FlowRow, { comparisons }: Facts): Said | null {
  const last = comparisons.find((each) => each.flow === flow.key);
  // Nobody compares a flow that is not in use, so what it says of it would never end.
  if (!inUse.includes(flow.state) || last === undefined || (!last.hasFailed && last.differing === 0)) return null;
  const path = `/comparisons/${last.id}`;
  if (last.hasFailed) {
    return {
      title: say('The comparison failed: {flow}', { flow: flow.name }),
      description: 'It came to no end, so nobody knows whether both systems agree.',
      path,
    };
  }
  return {
    title: say('The systems do not agree: {flow}', { flow: flow.name }),
    description: say('Of {records} records that were compared, {count} {count|is|are} not the same, and nothing explains it.', { records: last.compared, count: last.differing }), // prettier-ignore
    path,
  };
}

/** A system that nothing is read from or written to is not called, so nobody knows whether it is back. */
const isCalled = ({ key }: System, { flows }: Facts): boolean =>
  flows.some(({ state, source, target }) => ['ENABLED', 'SUSPENDED'].includes(state) && [source, target].includes(key));

function unreachableSince(system: System, rule: AlertRuleRow, facts: Facts): Said | null {
  if (system.status !== 'UNREACHABLE' || !isCalled(system, facts)) return null;
  const goneMs = msFrom(system.statusSince, facts);
  if (goneMs < thresholdMs(rule)) return null;
  if (msFrom(facts.since, facts) < thresholdMs(rule)) return untold;
  return {
    title: say('{system} cannot be reached', { system: system.name }),
    description: say('It has not answered for {lasting}. Nothing is lost; the hub goes on trying.', {
      lasting: lasting(goneMs),
    }),
  };
}

/** A system that answers, but not what some streams ask. While it is silent as a whole, nobody knows of them. */
function unreadInPart(system: System, rule: AlertRuleRow, facts: Facts): Said | null {
  if (tellers[system.status] !== undefined) return isCalled(system, facts) ? untold : null;
  const failing = facts.progress.flatMap((each) => (isNamed(rule.flows, each.flowKey) ? each.failing : []));
  const told = failing.filter(({ system: key, ms }) => key === system.key && ms >= thresholdMs(rule));
  if (told.length === 0) return null;
  if (msFrom(facts.since, facts) < thresholdMs(rule)) return untold;
  const streams = [...new Set(told.map(({ stream }) => stream))].sort().join(', ');
  const values = { streams, lasting: lasting(Math.max(...told.map(({ ms }) => ms))) };
  return {
    title: say('{system} cannot be read completely', { system: system.name }),
    description: say('It answers, but reading these streams fails, the longest for {lasting}: {streams}. Nothing is lost; the hub goes on trying.', values), // prettier-ignore
  };
}

const ofAll = (said: Said, path: string): readonly Finding[] => [
  { state: 'holds', subject: 'all', flow: null, system: null, path, ...said },
];

function openProblems(rule: AlertRuleRow, { problems }: Facts): readonly Finding[] {
  const meant = problems.filter(
    ({ flow, system }) =>
      (rule.flows.length === 0 || (flow !== null && rule.flows.includes(flow))) && isNamed(rule.systems, system),
  );
  const count = meant.reduce((sum, { n }) => sum + n, 0);
  const most = rule.threshold ?? 0;
  if (count === 0 || count < most) return [];
  const title = say('{count} open {count|problem|problems}', { count });
  return ofAll({ title, description: say('So many records wait for a person; the rule tells from {most} on.', { most }) }, '/problems'); // prettier-ignore
}

function lackingRows({ threshold }: AlertRuleRow, { lacking: { count, newestAt } }: Facts): readonly Finding[] {
  if (count === 0 || count < (threshold ?? 0)) return [];
  const title = say('{count} {count|code|codes} without a row in a value list', { count });
  const description = 'Records with these codes wait until the value lists have rows for them.';
  return ofAll({ title, description, newestAt }, '/value-lists');
}
