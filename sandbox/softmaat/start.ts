/** Starts the pretended Softmaat. In: port, folder, seed, rate limit. Out: a server that resumes from its folder. */
import { systemClock } from '../../src/base/clock.js';
import { startServer, type RunningSandbox, type SandboxOptions } from '../engine/server.js';
import { openStore } from '../engine/store.js';
import { seedProblems } from './seed-problems.js';
import { seedShop } from './seed.js';
import { makeSoftmaatSystem } from './system.js';

export const sandboxToken = 'sandbox-token';
export const sandboxReadOnlyToken = 'sandbox-readonly';
const requestsPerSecond = 50;

export function startSoftmaatSandbox(options: SandboxOptions): Promise<RunningSandbox> {
  const { dataDir, seed, products, withProblems = false } = options;
  const store = openStore({
    ...{ dataDir, system: 'softmaat', seed, products, withProblems, clock: systemClock },
    seedInto(opened, settings) {
      seedShop(opened, settings);
      if (settings.withProblems === true) seedProblems(opened);
    },
  });
  const system = makeSoftmaatSystem({
    store,
    clock: systemClock,
    rateLimit: options.rateLimit ?? requestsPerSecond,
    token: sandboxToken,
    readOnlyToken: sandboxReadOnlyToken,
  });
  return startServer(system, options);
}
