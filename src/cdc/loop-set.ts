/** Loops that follow the configuration: one per key, started when the key appears, stopped when it is gone. */
import type { Service } from '../base/lifecycle.js';
import { makeLoop, type Loop, type LoopDeps, type LoopOptions } from '../base/loop.js';
import type { Configuration, ConfigurationSource } from '../sync/configuration.js';

export interface LoopSet extends Service {
  /** Ends the rest of the loops whose key `match` accepts; of all without it. */
  wake(match?: (key: string) => boolean): void;
}

/** A loop is replaced when its options say something else than before: `fingerprint` is part of its key. */
export interface WantedLoop extends LoopOptions {
  readonly key: string;
  readonly fingerprint: string;
}

export function makeLoopSet(
  name: string,
  wanted: (configuration: Configuration) => readonly WantedLoop[],
  deps: LoopDeps & { readonly configuration: ConfigurationSource },
): LoopSet {
  const running = new Map<string, { readonly fingerprint: string; readonly loop: Loop }>();
  let adjusting: Promise<void> = Promise.resolve();
  let unsubscribe: (() => void) | undefined;

  const adjust = async (): Promise<void> => {
    const next = new Map(wanted(deps.configuration.current()).map((options) => [options.key, options]));
    for (const [key, { fingerprint, loop }] of running) {
      if (next.get(key)?.fingerprint === fingerprint) continue;
      await loop.stop();
      running.delete(key);
    }
    for (const [key, options] of next) {
      if (running.has(key)) continue;
      const loop = makeLoop(options, deps);
      running.set(key, { fingerprint: options.fingerprint, loop });
      await loop.start();
    }
  };

  return {
    name,
    async start() {
      if (unsubscribe !== undefined) return;
      unsubscribe = deps.configuration.onChange(() => {
        adjusting = adjusting.then(adjust).catch((error: unknown) => {
          deps.logger.error({ service: name, err: String(error) }, 'the loops could not follow the configuration');
        });
      });
      adjusting = adjusting.then(adjust);
      await adjusting;
    },
    async stop() {
      unsubscribe?.();
      unsubscribe = undefined;
      await adjusting.catch(() => undefined);
      await Promise.all([...running.values()].map(({ loop }) => loop.stop()));
      running.clear();
    },
    wake(match) {
      for (const [key, { loop }] of running) if (match === undefined || match(key)) loop.wake();
    },
  };
}
