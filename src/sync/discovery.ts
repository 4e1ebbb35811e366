/**
 * Keeps what people add in the systems known: asks each connected system when it is connected and every ten minutes, stores
 * what it shows, and announces the configuration when that is something else than before. A system that cannot be asked is
 * logged and asked again after a minute; what is known of it stays.
 */
import type { Clock } from '../base/clock.js';
import { asKoppelError } from '../base/errors.js';
import type { Service } from '../base/lifecycle.js';
import type { Logger } from '../base/logger.js';
import { makeLoop } from '../base/loop.js';
import type { Database } from '../store/database.js';
import type { System } from '../systems/system.js';
import type { ConfigurationSource, ConnectedSystem } from './configuration.js';

export interface DiscoveryDeps {
  readonly database: Database;
  readonly store: Pick<typeof import('../store/discovered-fields.js'), 'storeDiscovered'> &
    Pick<typeof import('../store/configuration.js'), 'announceConfiguration'>;
  readonly configuration: ConfigurationSource;
  readonly clock: Clock;
  readonly logger: Logger;
}

const everyMs = 600_000;
const againMs = 60_000;
/** Longest time that one system may take to show its fields. */
const patienceMs = 300_000;

/** What a system shows now, stored; returns whether it is anything else than before. Throws when it cannot be asked. */
export async function discoverSystem(
  { database, store }: Pick<DiscoveryDeps, 'database' | 'store'>,
  { key, system }: Pick<ConnectedSystem, 'key' | 'system'>,
  signal: AbortSignal,
): Promise<boolean> {
  const fields = await system.discover(signal);
  return database.tx(async (tx) => {
    const changed = await store.storeDiscovered(tx, key, fields);
    if (changed) await store.announceConfiguration(tx);
    return changed;
  });
}

export function makeDiscovery(deps: DiscoveryDeps): Service {
  const { configuration, clock, logger } = deps;
  /** By connection, so that a system that is connected anew is asked at once. */
  const asked = new WeakMap<System, { readonly nextAt: number; readonly failed: boolean }>();

  const dueNow = (): readonly ConnectedSystem[] =>
    [...configuration.current().systems.values()].filter(
      ({ system, isPaused }) => !isPaused && (asked.get(system)?.nextAt ?? 0) <= clock.monotonic(),
    );

  const ask = async (connected: ConnectedSystem, signal: AbortSignal): Promise<void> => {
    const { key, system } = connected;
    try {
      const changed = await discoverSystem(deps, connected, AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]));
      if (changed) logger.info({ system: key }, 'other fields than before were discovered');
      asked.set(system, { nextAt: clock.monotonic() + everyMs, failed: false });
    } catch (thrown) {
      if (signal.aborted) return;
      const error = asKoppelError(thrown);
      const fields = { system: key, code: error.code, err: error.message };
      if (asked.get(system)?.failed === true)
        logger.debug(fields, 'the fields of a system could still not be discovered');
      else logger.warn(fields, 'the fields of a system could not be discovered; what is known of them stays');
      asked.set(system, { nextAt: clock.monotonic() + againMs, failed: true });
    }
  };

  const loop = makeLoop(
    {
      name: 'discovery',
      restMs: againMs,
      async run(signal) {
        for (const connected of dueNow()) if (!signal.aborted) await ask(connected, signal);
        return 'idle';
      },
    },
    { clock, logger },
  );
  let stopListening: (() => void) | undefined;
  return {
    name: loop.name,
    async start() {
      stopListening ??= configuration.onChange(() => {
        if (dueNow().length > 0) loop.wake();
      });
      await loop.start();
    },
    async stop() {
      stopListening?.();
      stopListening = undefined;
      await loop.stop();
    },
  };
}
