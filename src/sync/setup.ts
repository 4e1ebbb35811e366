/**
 * How far the first steps are, from nothing to two systems that are synchronised. In: how the hub stands, and which kinds of system there
 * are. Out: each step with its state. What the hub shows by itself is read from it; only what it cannot show is kept because somebody said it.
 */
import { KoppelError } from '../base/errors.js';
import type { Query } from '../store/database.js';
import type { SetupFacts } from '../store/setup-steps.js';

export const setupSteps = ['ACCOUNT', 'LANGUAGE_AND_TIME', 'CONNECT_SOURCE', 'CONNECT_TARGET', 'CHOOSE_FLOWS', 'MATCHING', 'VALUE_MAPS', 'DRY_RUN', 'ALERTS', 'GO_LIVE'] as const; // prettier-ignore
export type SetupStepName = (typeof setupSteps)[number];

/** `CURRENT` is the first that is neither done nor left out. */
export type SetupStatus = 'OPEN' | 'CURRENT' | 'DONE' | 'SKIPPED';

export interface SetupStepState {
  readonly key: SetupStepName;
  readonly status: SetupStatus;
}

/** The steps that somebody may say are done: nothing in the hub shows that they were looked at. */
const sayable: ReadonlySet<string> = new Set<SetupStepName>(['LANGUAGE_AND_TIME', 'MATCHING', 'VALUE_MAPS', 'ALERTS']);

export function setupStepsOf(facts: SetupFacts, connectors: readonly string[]): readonly SetupStepState[] {
  const { systems, said, isSomebodyTold } = facts;
  const [first, second] = connectors.map((kind) => systems.find(({ connector }) => connector === kind));
  const ends = [first?.key, second?.key];
  const flows = facts.flows.filter(({ source, target }) => ends.includes(source) && ends.includes(target));
  const isLive = flows.length > 0 && flows.every(({ state }) => state !== 'DRAFT');
  const wasTried = isTried(facts.trial, flows);
  const hasSaid = (step: SetupStepName): boolean => said.includes(step);
  const done: Readonly<Record<SetupStepName, boolean>> = {
    ACCOUNT: facts.accounts > 0,
    // Who has connected a system has passed it.
    LANGUAGE_AND_TIME: hasSaid('LANGUAGE_AND_TIME') || systems.length > 0,
    CONNECT_SOURCE: first !== undefined,
    CONNECT_TARGET: second !== undefined,
    CHOOSE_FLOWS: flows.length > 0,
    MATCHING: hasSaid('MATCHING') || wasTried || isLive,
    VALUE_MAPS: hasSaid('VALUE_MAPS') || wasTried || isLive,
    DRY_RUN: wasTried || isLive,
    ALERTS: isSomebodyTold,
    GO_LIVE: isLive,
  };
  const isSkipped = (step: SetupStepName): boolean => step === 'ALERTS' && !done.ALERTS && hasSaid('ALERTS');
  const current = setupSteps.find((step) => !done[step] && !isSkipped(step));
  return setupSteps.map((key) => ({
    key,
    status: done[key] ? 'DONE' : isSkipped(key) ? 'SKIPPED' : key === current ? 'CURRENT' : 'OPEN',
  }));
}

/** Whether the last trial run went well, was about all flows that are not live yet, and nothing has changed in them since. */
function isTried(trial: SetupFacts['trial'], flows: SetupFacts['flows']): boolean {
  if (trial?.status !== 'SUCCEEDED' || flows.length === 0) return false;
  // A flow that is live changes by itself and need not be tried again.
  const drafts = flows.filter(({ state }) => state === 'DRAFT');
  return drafts.every(
    ({ key, updatedAt }) => trial.flows.includes(key) && new Date(updatedAt) <= new Date(trial.createdAt),
  );
}

export interface SetupDeps {
  readonly database: Query;
  readonly store: typeof import('../store/setup-steps.js');
  /** Kinds of system, in the order in which they are connected. */
  readonly connectors: readonly string[];
}

export interface Setup {
  steps(): Promise<readonly SetupStepState[]>;
  /** Somebody says that a step is done; refused for one of which the hub sees that itself. */
  complete(step: string, by: string): Promise<void>;
}

export function makeSetup({ database, store, connectors }: SetupDeps): Setup {
  return {
    steps: async () => setupStepsOf(await store.readSetupFacts(database), connectors),
    async complete(step, by) {
      if (!sayable.has(step)) throw new KoppelError('SETUP_STEP_SEEN', { step });
      await store.saySetupStep(database, step, by);
    },
  };
}
