/**
 * Checks after a restore (G16): each flow is compared before it may write again. In: flows of the check that goes on, one after the
 * other. Out: what was missed is taken in, what targets have of ours is linked, what nothing explains is held for a person, and the
 * flow goes on. A flow whose systems do not answer is tried again; the others do not wait for it.
 */
import type { Clock } from '../base/clock.js';
import { asKoppelError, KoppelError } from '../base/errors.js';
import type { Service } from '../base/lifecycle.js';
import type { Logger } from '../base/logger.js';
import { makeLoop } from '../base/loop.js';
import type { Database } from '../store/database.js';
import type { FlowToCheck } from '../store/restore-checks.js';
import type { ConfigurationSource, ConnectedSystem, Flow } from './configuration.js';
import { judgeFlow, type JudgeDeps } from './restore-findings.js';
import { takeInWhole, type ReadingDeps } from './restore-reading.js';

export interface RestoreCheckDeps extends ReadingDeps, JudgeDeps {
  readonly database: Database;
  readonly configuration: ConfigurationSource;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly store: Pick<
    typeof import('../store/restore-checks.js'),
    'takeFlow' | 'keepFlow' | 'giveFlowBack' | 'setPhase' | 'isMoving' | 'restingRows' | 'strangeEntities' | 'holdRows' | 'openFlow' | 'countsSince' | 'momentOf'
  >; // prettier-ignore
  readonly comparisons: Pick<
    typeof import('../store/comparisons.js'),
    'beginShown' | 'holdsShown' | 'rememberShown' | 'forgetShown'
  >;
  readonly headOf: (typeof import('../store/log-heads.js'))['headOf'];
  readonly lookConsumer: string;
  readonly canonicalTopic: string;
  /** Unique per run of a process. */
  readonly owner: string;
  /** Called when rows have become due. */
  readonly looked: () => void;
  readonly restMs?: number;
}

const leaseMs = 30_000;
const againMs = 15_000;
const lookEveryMs = 100;
/** How long what moves gets to come to rest before the flow is tried again later. */
const patienceMs = 180_000;
/** And how long what came later is waited for as well. */
const allMs = 30_000;

/** Ends the work on a flow without a failure: it is over, somebody else has it, or the process stops. */
class Ended extends Error {}

/** One flow. Exported for tests, which call it without a loop. */
export async function checkNextFlow(deps: RestoreCheckDeps, signal?: AbortSignal): Promise<'more' | 'idle'> {
  const { database, store, owner, logger } = deps;
  const taken = await store.takeFlow(database, owner, leaseMs);
  if (taken === undefined) return 'idle';
  try {
    await checkFlow(deps, taken, signal);
    return 'more';
  } catch (thrown) {
    if (thrown instanceof Ended) {
      await store.giveFlowBack(database, taken, owner, null);
      return 'idle';
    }
    const { code, message, hint } = asKoppelError(thrown);
    logger.warn({ flow: taken.flow, code, err: message }, 'a flow could not be compared after the restore; it is tried again'); // prettier-ignore
    await store.giveFlowBack(database, taken, owner, { code, message: `${message} ${hint}`, restMs: againMs });
    return 'more';
  } finally {
    await deps.comparisons.forgetShown(database, taken.restore);
  }
}

/** The checker as a service. */
export function makeRestoreCheck(deps: RestoreCheckDeps): Service {
  const { restMs = 2_000 } = deps;
  const run = (signal: AbortSignal): Promise<'more' | 'idle'> => checkNextFlow(deps, signal);
  return makeLoop({ name: 'restore check', restMs, isUnwatched: true, run }, deps);
}

async function checkFlow(deps: RestoreCheckDeps, taken: FlowToCheck, signal?: AbortSignal): Promise<void> {
  const { database, store, configuration } = deps;
  const flow = configuration.current().flows.find(({ key }) => key === taken.flow);
  // It was made or deleted a moment ago.
  if (flow === undefined) throw new Ended('not in this configuration');
  const counts = { read: 0 };
  const still = async (): Promise<void> => {
    if (signal?.aborted === true) throw new Ended('stopped');
    if (!(await store.keepFlow(database, taken, deps.owner, { ...counts, leaseMs }))) throw new Ended('lost');
  };
  const phase = async (next: 'READING' | 'LOOKING'): Promise<void> => {
    if (!(await database.tx((tx) => store.setPhase(tx, taken, next)))) throw new Ended('over');
  };
  await phase('READING');
  await deps.comparisons.beginShown(database, taken.restore);
  for (const key of [flow.source, flow.target]) {
    const connected = connectedAs(deps, key);
    await takeInWhole(deps, { flow, connected, restore: taken.restore, counts, still });
  }
  await rest(deps, flow, still);
  await phase('LOOKING');
  deps.looked();
  await rest(deps, flow, still);
  // A crash of the database would have emptied what the target has shown, and with it what is strange.
  if (!(await deps.comparisons.holdsShown(database, taken.restore))) throw new KoppelError('COMPARISON_LOST', {});
  await judgeFlow(deps, { flow, connected: connectedAs(deps, flow.target), taken });
  deps.looked();
}

function connectedAs({ configuration }: RestoreCheckDeps, key: string): ConnectedSystem {
  const connected = configuration.current().systems.get(key);
  if (connected === undefined) throw new KoppelError('SYSTEM_STATE', { system: key, state: 'not connected' });
  return connected;
}

/**
 * Waits until what was taken in was looked at, and nothing of the flow is about to be planned or is being looked for. Where news come
 * all the time, those that came later are not waited for.
 */
async function rest(deps: RestoreCheckDeps, { key: flow, target }: Flow, still: () => Promise<void>): Promise<void> {
  const { database, store, clock, lookConsumer: consumer, canonicalTopic: topic } = deps;
  const [head, begun] = [await deps.headOf(database, topic), await store.momentOf(database)];
  const beganAt = clock.monotonic();
  // What is planned a moment after it became due has to be seen twice.
  for (let quiet = 0; quiet < 2;) {
    const waitedMs = clock.monotonic() - beganAt;
    if (waitedMs > patienceMs) throw new KoppelError('RESTORE_CHECK_UNSETTLED', { system: target });
    const before = waitedMs > allMs ? begun : null;
    quiet = (await store.isMoving(database, { flow, consumer, topic, head, before })) ? 0 : quiet + 1;
    await still();
    await clock.sleep(lookEveryMs);
  }
}
