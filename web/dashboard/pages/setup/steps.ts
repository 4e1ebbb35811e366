/** Which steps there are and which are done, as the hub says it (`setup`), so that it is the same in every browser; and what the steps show of systems and flows. */
import type { SetupFlowFragment, SetupQuery, SetupSystemFragment } from '../../graph/graphql.ts';
import type { SetupStepKey } from '../../graph/kinds.ts';

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
  /** Somebody has said that alerts are left out. */
  readonly isSkipped: boolean;
  readonly done: Readonly<Record<StepName, boolean>>;
  readonly current: StepName;
}

/** What the hub calls them. */
const keys: Readonly<Record<StepName, SetupStepKey>> = {
  language: 'LANGUAGE_AND_TIME',
  first: 'CONNECT_SOURCE',
  second: 'CONNECT_TARGET',
  flows: 'CHOOSE_FLOWS',
  matching: 'MATCHING',
  values: 'VALUE_MAPS',
  trial: 'DRY_RUN',
  alerts: 'ALERTS',
  live: 'GO_LIVE',
};

export function stateOf(data: SetupQuery): SetupState {
  const [first = null, second = null] = data.connectors.map((connector): Side => {
    const system = data.systems.find((each) => each.connector?.key === connector.key) ?? null;
    return { connector, system };
  });
  const ids = [first?.system?.id, second?.system?.id];
  const flows = data.flows.filter(({ source, target }) => ids.includes(source.id) && ids.includes(target.id));
  const job = data.jobs.nodes[0] ?? null;
  const statusOf = (name: StepName): string => data.setup.steps.find(({ key }) => key === keys[name])?.status ?? 'OPEN';
  const done = Object.fromEntries(stepNames.map((name) => [name, statusOf(name) === 'DONE'])) as Record<StepName, boolean>; // prettier-ignore
  const isSkipped = statusOf('alerts') === 'SKIPPED';
  const { live: isLive, trial: isTried } = done;
  const next = stepNames.find((name) => !done[name] && !(name === 'alerts' && isSkipped));
  // Who went live without alerts has skipped them: that step stays open, but what is shown is how things go.
  const current = isLive ? 'live' : (next ?? 'live');
  return { first, second, flows, job, isTried, isLive, isSkipped, done, current };
}

/** Why a step cannot be done yet: the step that has to come first. */
export function blockedBy({ done }: SetupState, step: StepName): StepName | null {
  const before: Readonly<Record<StepName, readonly StepName[]>> = {
    language: [],
    first: [],
    second: [],
    flows: ['first', 'second'],
    matching: ['first', 'second', 'flows'],
    values: ['first', 'second', 'flows'],
    trial: ['first', 'second', 'flows'],
    alerts: [],
    live: ['first', 'second', 'flows'],
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
