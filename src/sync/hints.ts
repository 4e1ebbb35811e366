/**
 * Hints: somebody has made work for somebody else, here or in another process of the hub. In: a topic and what it is about.
 * Out: listeners of all processes are called soon. A hint may be lost and may come twice; whoever gets one would have looked by
 * himself a little later. Many of the same within a moment become one.
 */
import type { Clock } from '../base/clock.js';
import type { Service } from '../base/lifecycle.js';
import type { Logger } from '../base/logger.js';
import type { Database } from '../store/database.js';

/** `capture`: read at once; `project`: rows are due; `deferred`: outcomes of writes are known; `jobs`: somebody ordered one. */
export type HintTopic = 'capture' | 'project' | 'deferred' | 'jobs';

export interface HintsDeps {
  readonly database: Database;
  readonly store: typeof import('../store/hints.js');
  readonly clock: Clock;
  readonly logger: Logger;
  /** Unique per run of a process. */
  readonly owner: string;
  /** Without other processes nothing is sent. */
  readonly mayHaveOthers: () => boolean;
}

export interface Hints extends Service {
  /** `about`: key of a system; without it, all of them. Never waits and never fails. */
  say(topic: HintTopic, about?: string): void;
  on(topic: HintTopic, listener: (about: string | undefined) => void): void;
}

/** The same hint is sent to other processes no more often than this. */
const quietMs = 20;

export function makeHints(deps: HintsDeps): Hints {
  const listeners = new Map<string, ((about: string | undefined) => void)[]>();
  /** What was sent a moment ago, and whether it was said again since. */
  const quiet = new Map<string, { again: boolean }>();
  let stopListening: (() => Promise<void>) | undefined;

  const call = (topic: string, about: string): void => {
    for (const listener of listeners.get(topic) ?? []) {
      try {
        listener(about === '' ? undefined : about);
      } catch (error) {
        // Whoever could not be woken looks by himself.
        deps.logger.warn({ topic, about, err: String(error) }, 'a hint could not be followed');
      }
    }
  };
  const received = (payload: string): void => {
    if (payload === '') {
      // The connection was renewed: hints may have been missed.
      for (const topic of listeners.keys()) call(topic, '');
      return;
    }
    const [from, topic = '', about = ''] = payload.split(' ');
    if (from !== deps.owner) call(topic, about);
  };
  const send = async (key: string): Promise<void> => {
    const state = { again: false };
    quiet.set(key, state);
    try {
      await deps.store.sendHint(deps.database, `${deps.owner} ${key}`);
      await deps.clock.sleep(quietMs);
    } catch (error) {
      deps.logger.debug({ err: String(error) }, 'a hint was not sent');
    }
    quiet.delete(key);
    if (state.again && stopListening !== undefined) await send(key);
  };

  return {
    name: 'hints',
    async start() {
      stopListening ??= await deps.database.listen(deps.store.hintChannel, received);
    },
    async stop() {
      const stop = stopListening;
      stopListening = undefined;
      await stop?.();
    },
    say(topic, about = '') {
      call(topic, about);
      if (stopListening === undefined || !deps.mayHaveOthers()) return;
      const key = `${topic} ${about}`;
      const sent = quiet.get(key);
      if (sent === undefined) void send(key);
      else sent.again = true;
    },
    on(topic, listener) {
      listeners.set(topic, [...(listeners.get(topic) ?? []), listener]);
    },
  };
}
