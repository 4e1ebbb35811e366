/**
 * Reads streams of a system from their beginning to their end, without anybody's position. In: a system and its streams. Out: pages of
 * changes as capture would log them. Ends normally only when all was read; a record that changes meanwhile may come twice. Where the
 * system asks to slow down, it waits as long as it was asked to (a quarter of an hour at most) and goes on; `still` is called every second
 * of that, and ends the reading when it throws.
 */
import type { Clock } from '../base/clock.js';
import { KoppelError } from '../base/errors.js';
import { askedToWaitMs } from '../base/retry-after.js';
import type { Change } from '../log/envelope.js';
import type { ConnectedSystem } from '../sync/configuration.js';
import type { Stream } from '../systems/system.js';
import { toChanges } from './page.js';

export interface WholePage {
  readonly stream: Stream;
  readonly changes: readonly Change[];
}

export interface Patience {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Says that it goes on; throws when it should not. */
  readonly still: () => Promise<void>;
}

export async function* readWhole(
  { key, system: { source } }: ConnectedSystem,
  streams: readonly Stream[],
  options: Patience & { readonly limit: number },
): AsyncGenerator<WholePage> {
  const { clock, limit, signal } = options;
  for (const stream of streams) {
    for (let position: string | null = null; ;) {
      const page = await patient(options, () => source.read(stream.name, position, { limit, signal }));
      const changes = toChanges(page.records, key, stream, clock.now().toISOString());
      if (changes.length > 0) yield { stream, changes };
      if (!page.more || page.position === position) break;
      position = page.position;
    }
  }
}

/** A whole system is more than what it lets be read at once; it is asked no longer when it says so as often as this in a row. */
const mostRests = 60;
const restMs = 1_000;
const stillEveryMs = 1_000;

async function patient<T>(patience: Patience, ask: () => Promise<T>): Promise<T> {
  for (let rests = 0; ; rests++) {
    try {
      return await ask();
    } catch (thrown) {
      if (!(thrown instanceof KoppelError) || thrown.code !== 'RATE_LIMITED' || rests === mostRests) throw thrown;
      await rest(patience, thrown.retryAfterMs === undefined ? restMs : askedToWaitMs(thrown));
    }
  }
}

async function rest({ clock, signal, still }: Patience, ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= stillEveryMs) {
    await still();
    await clock.sleep(Math.min(left, stillEveryMs), signal);
  }
}
