import { expect, it } from '@jest/globals';
import { systemClock as clock } from '../base/clock.js';
import { silentLogger as logger } from '../base/logger.js';
import type { ConfigurationSource } from '../sync/configuration.js';
import { makeLoopSet, type WantedLoop } from './loop-set.js';

function signalled() {
  let give = (): void => undefined;
  const given = new Promise<void>((resolve) => (give = resolve));
  return { give, given };
}

it('tells all loops to stop before it waits for one of them', async () => {
  const begun = new Set<string>();
  const told = new Set<string>();
  const [all, allBegun] = [signalled(), signalled()];
  const loop = (key: string): WantedLoop => ({
    ...{ key, name: key, fingerprint: '', restMs: 1 },
    async run(signal) {
      if (begun.add(key).size === 2) allBegun.give();
      await new Promise<void>((stopped) => signal.addEventListener('abort', () => stopped(), { once: true }));
      if (told.add(key).size === 2) all.give();
      await all.given;
      return 'idle';
    },
  });
  const configuration = { current: () => ({}), onChange: () => () => undefined } as unknown as ConfigurationSource;
  const loops = makeLoopSet('loops', () => ['a', 'b'].map(loop), { configuration, clock, logger });
  await loops.start();
  await allBegun.given;
  await loops.stop();
  expect([...told].sort()).toEqual(['a', 'b']);
});
