/**
 * Scripted faults. In: rules as posted to `/__sandbox/faults`. Out: for a request, the delay and the fault that are due.
 * A rule fires `times` times (once by default) or with a `probability` drawn from its own `seed`; `delay` and `down`
 * last until faults are cleared.
 */
import { makeRandom } from './random.js';
import { SandboxUsageError } from './sandbox-system.js';

export const faultNames = [
  'applyThenReset',
  'applyThenTimeout',
  'applyLate',
  'applyTwice',
  '429',
  '500before',
  '500after',
  'halfBody',
  'html',
  'empty',
  'faultWith200',
  'gzipBomb',
  'slowDrip',
  'resetBefore',
  'timeoutBefore',
  '401',
  'delay',
  'down',
] as const;
export type FaultName = (typeof faultNames)[number];

export interface FaultRule {
  /** Operation, beginning of `METHOD /path`, or `*`. */
  readonly match: string;
  readonly fault: FaultName;
  readonly times?: number;
  readonly probability?: number;
  readonly seed: number;
  /** Matching requests that pass before the rule begins to fire. */
  readonly skip: number;
  /** applyLate: how late; delay: how long; slowDrip: between two pieces. */
  readonly ms?: number;
  /** halfBody: how many are sent; gzipBomb: how many come out; slowDrip: size of a piece. */
  readonly bytes?: number;
  /** Status of `html`, `empty`. */
  readonly status?: number;
  /** Seconds of Retry-After. */
  readonly retryAfter?: number;
  /** halfBody: the cut body pretends to be complete. */
  readonly clean: boolean;
  /** applyLate: the connection stays open without an answer instead of being reset. */
  readonly hang: boolean;
}

export interface DueFault {
  readonly delayMs: number;
  readonly rule: FaultRule | undefined;
}

export interface Faults {
  add(body: Readonly<Record<string, unknown>>): FaultRule;
  /** The rules with how often each has fired. */
  list(): readonly (FaultRule & { readonly fired: number })[];
  clear(): void;
  /** What is due for this request; counts as fired. */
  take(operation: string, line: string): DueFault;
}

interface LiveRule {
  readonly rule: FaultRule;
  seen: number;
  fired: number;
  readonly due: () => boolean;
}

export function makeFaults(): Faults {
  let rules: LiveRule[] = [];
  return {
    add(body) {
      const rule = parseRule(body);
      rules.push(liveRule(rule));
      return rule;
    },
    list: () => rules.map(({ rule, fired }) => ({ ...rule, fired })),
    clear() {
      rules = [];
    },
    take(operation, line) {
      let delayMs = 0;
      for (const live of rules) {
        if (!matches(live.rule.match, operation, line) || ++live.seen <= live.rule.skip || !live.due()) continue;
        live.fired++;
        if (live.rule.fault !== 'delay') return { delayMs, rule: live.rule };
        delayMs += live.rule.ms ?? 100;
      }
      return { delayMs, rule: undefined };
    },
  };
}

function liveRule(rule: FaultRule): LiveRule {
  const random = makeRandom(rule.seed);
  const live: LiveRule = {
    rule,
    seen: 0,
    fired: 0,
    due: () =>
      (rule.times === undefined || live.fired < rule.times) &&
      (rule.probability === undefined || random.chance(rule.probability)),
  };
  return live;
}

function matches(match: string, operation: string, line: string): boolean {
  return match === '*' || match === operation || (match.includes(' ') && line.startsWith(match));
}

function parseRule(body: Readonly<Record<string, unknown>>): FaultRule {
  const fault = String(body['fault']) as FaultName;
  if (!faultNames.includes(fault)) {
    throw new SandboxUsageError(`fault must be one of ${faultNames.join(', ')}; got ${JSON.stringify(body['fault'])}`);
  }
  const times = number(body, 'times');
  const probability = number(body, 'probability');
  const lasting = fault === 'delay' || fault === 'down' || probability !== undefined;
  const optional = {
    ms: number(body, 'ms'),
    bytes: number(body, 'bytes'),
    status: number(body, 'status'),
    retryAfter: number(body, 'retryAfter'),
    probability,
  };
  return {
    match: typeof body['match'] === 'string' ? body['match'] : '*',
    fault,
    ...(times !== undefined ? { times } : lasting ? {} : { times: 1 }),
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)),
    seed: number(body, 'seed') ?? 1,
    skip: number(body, 'skip') ?? 0,
    clean: body['clean'] === true,
    hang: body['hang'] === true,
  };
}

function number(body: Readonly<Record<string, unknown>>, name: string): number | undefined {
  const value = body[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'number' || !(value >= 0)) throw new SandboxUsageError(`${name} must be a number of 0 or more`);
  return value;
}
