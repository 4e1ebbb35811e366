/** Which steps there are and which are done, read from what exists: systems, flows, the last trial run, rules that tell somebody. There is no store of its own. */
import type { SetupFlowFragment, SetupQuery, SetupSystemFragment } from '../../graph/graphql.ts';

export const stepNames = [
  'language',
  'first',
  'second',
  'flows',
  'matching',
  'values',
  'trial',
  'alerts',
  'live',
] as const;
export type StepName = (typeof stepNames)[number];
export const isStepName = (text: unknown): text is StepName => stepNames.includes(text as StepName);

type Connector = SetupQuery['connectors'][number];

export interface Side {
  readonly connector: Connector;
  /** Null until one of the kind is connected. */
  readonly system: SetupSystemFragment | null;
}

export interface SetupState {
  readonly first: Side | null;
  readonly second: Side | null;
  /** Between the two systems. */
  readonly flows: readonly SetupFlowFragment[];
  readonly job: SetupQuery['jobs']['nodes'][number] | null;
  /** The last trial run went well and nothing has changed since. */
  readonly isTried: boolean;
  readonly isLive: boolean;
  readonly done: Readonly<Record<StepName, boolean>>;
  readonly current: StepName;
}

export function stateOf(data: SetupQuery): SetupState {
  const [first = null, second = null] = data.connectors.map((connector): Side => {
    const system = data.systems.find((each) => each.connector?.key === connector.key) ?? null;
    return { connector, system };
  });
  const ids = [first?.system?.id, second?.system?.id];
  const flows = data.flows.filter(({ source, target }) => ids.includes(source.id) && ids.includes(target.id));
  const job = data.jobs.nodes[0] ?? null;
  // A flow that is live changes by itself and need not be tried again.
  const drafts = flows.filter(({ state }) => state === 'DRAFT');
  const changedAt = drafts.reduce((at, flow) => (flow.updatedAt > at ? flow.updatedAt : at), '');
  // One flow may have been tried alone, on its own page.
  const tried = new Set(job?.trial?.flows.map(({ flow }) => flow?.id));
  const areAllIn = drafts.every(({ id }) => tried.has(id));
  const isTried = job?.status === 'SUCCEEDED' && flows.length > 0 && job.createdAt >= changedAt && areAllIn;
  const isLive = flows.length > 0 && flows.every(({ state }) => state !== 'DRAFT');
  const areConnected = first?.system != null && second?.system != null;
  const done = {
    language: areConnected || first?.system != null,
    first: first?.system != null,
    second: second?.system != null,
    flows: flows.length > 0,
    matching: isTried || isLive,
    values: isTried || isLive,
    trial: isTried || isLive,
    alerts: data.alertRules.some(({ isEnabled, channels }) => isEnabled && channels.length > 0),
    live: isLive,
  };
  // Who went live without alerts has skipped them: that step stays open, but what is shown is how things go.
  const current = isLive ? 'live' : (stepNames.find((name) => !done[name]) ?? 'live');
  return { first, second, flows, job, isTried, isLive, done, current };
}

/** Why a step cannot be done yet: the step that has to come first. */
export function blockedBy({ done }: SetupState, step: StepName): StepName | null {
  const before: Readonly<Record<StepName, readonly StepName[]>> = {
    language: [],
    first: [],
    second: [],
    flows: ['first', 'second'],
    matching: ['flows'],
    values: ['flows'],
    trial: ['flows'],
    alerts: [],
    live: ['flows'],
  };
  return before[step].find((name) => !done[name]) ?? null;
}

export const after = (step: StepName): StepName =>
  stepNames[Math.min(stepNames.indexOf(step) + 1, stepNames.length - 1)]!;

/** What each step is given. */
export interface StepProps {
  readonly data: SetupQuery;
  readonly state: SetupState;
  /** To the next step. */
  onDone(): void;
}
