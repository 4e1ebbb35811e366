/** A check after a restore whose notes of what was shown are lost in a crash of the database judges nothing by them. */
import { expect, it } from '@jest/globals';
import { KoppelError } from '../base/errors.js';
import { silentLogger } from '../base/logger.js';
import { checkNextFlow, type RestoreCheckDeps } from './restore-check.js';

/** Why a flow was given back. */
async function check(hasCrashed: boolean): Promise<string> {
  let end = 'nothing';
  let shown = false;
  const flow = { key: 'f', entity: 'product', source: 'till', target: 'shop', settings: { guard: {} } };
  const systems = new Map(['till', 'shop'].map((key) => [key, { key, connector: { streams: [], targets: [] } }]));
  const deps = {
    database: { tx: (work: (tx: object) => unknown) => work({}) },
    configuration: { current: () => ({ flows: [flow], systems }) },
    clock: { now: () => new Date(0), monotonic: () => 0, sleep: () => Promise.resolve() },
    logger: silentLogger,
    heldAs: {},
    async *readWhole() {
      // Neither system shows anything.
    },
    comparisons: {
      beginShown: () => Promise.resolve((shown = true)),
      holdsShown: () => Promise.resolve(shown && !hasCrashed),
      forgetShown: () => Promise.resolve((shown = false)),
    },
    headOf: () => Promise.resolve('0'),
    looked: () => undefined,
    store: {
      takeFlow: () => Promise.resolve({ restore: 'rst_1', flow: 'f' }),
      keepFlow: () => Promise.resolve(true),
      setPhase: () => Promise.resolve(true),
      momentOf: () => Promise.resolve(new Date(0)),
      isMoving: () => Promise.resolve(false),
      // The first thing that is asked to judge it.
      strangeEntities: () => Promise.reject(new KoppelError('FLOW_UNKNOWN', { flow: 'judged' })),
      giveFlowBack: (_: unknown, __: unknown, ___: unknown, failure: { code: string } | null) =>
        Promise.resolve((end = failure?.code ?? 'ended')),
    },
  } as unknown as RestoreCheckDeps;
  await checkNextFlow(deps);
  return end;
}

it('gives the flow back, to be compared anew, instead of letting it write', async () => {
  expect(await check(true)).toBe('COMPARISON_LOST');
  expect(await check(false)).toBe('FLOW_UNKNOWN');
});
