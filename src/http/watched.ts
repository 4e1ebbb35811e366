/**
 * Small sets of things whose state people follow: all flows, systems, runs. In: how they are read. Out: to each reader first every
 * one that it wants as it is, then each again when it has become different; several changes in a row may come as one, the last
 * is never missed. One watcher reads for all readers and reads nothing while there is none; readers that wait cost nothing.
 */
import type { Clock } from '../base/clock.js';
import type { Service } from '../base/lifecycle.js';
import type { Logger } from '../base/logger.js';
import { makeLoop } from '../base/loop.js';
import type { FeedClient } from '../resolvers/feed.js';
import { closing, woken } from './closing.js';

export interface Watchable<T> {
  readonly name: string;
  readonly restMs: number;
  /** All of them, with the ids that somebody asked for by name among them. */
  read(ids: readonly string[]): Promise<readonly T[]>;
  idOf(each: T): string;
  /** Differs when readers are to be told. */
  markOf(each: T): string;
}

export interface Follow<T> {
  /** Ids that have to be read although they would not be among all. */
  readonly ids?: readonly string[];
  wants(each: T): boolean;
  /** Those that are not told as they are at the beginning. */
  knows?(each: T): boolean;
  /** Nothing follows what is told in this state, so the feed ends. */
  isLast?(each: T): boolean;
  /** When nothing that is wanted is there any more, the feed ends; not when all may come. */
  readonly endsWhenGone?: boolean;
  /** Throws when there is nothing to follow. */
  check?(all: readonly T[]): void;
}

export interface Watched<T> extends Service {
  open(client: FeedClient, follow: Follow<T>): Promise<AsyncIterable<T>>;
}

export function makeWatched<T>(
  kind: Watchable<T>,
  deps: { readonly clock: Clock; readonly logger: Logger },
): Watched<T> {
  const readers = new Map<object, readonly string[]>();
  const waiting = new Set<() => void>();
  let latest: readonly T[] = [];
  let marks = '';
  let generation = 0;
  const read = async (): Promise<void> => {
    latest = await kind.read([...new Set([...readers.values()].flat())]);
    const now = latest.map((each) => `${kind.idOf(each)} ${kind.markOf(each)}`).join('\n');
    if (now === marks) return;
    marks = now;
    generation++;
    for (const wake of [...waiting]) wake();
  };
  const look = inTurn(read);
  const loop = makeLoop(
    {
      name: `${kind.name} feed`,
      restMs: kind.restMs,
      maxBackoffMs: 2_000,
      async run() {
        if (readers.size > 0) await look();
        return 'idle';
      },
    },
    deps,
  );

  async function* states(client: FeedClient, follow: Follow<T>, told: Map<string, string>): AsyncGenerator<T> {
    while (!client.signal.aborted) {
      const seen = generation;
      const wanted = latest.filter((each) => follow.wants(each));
      for (const each of wanted) {
        const [id, mark] = [kind.idOf(each), kind.markOf(each)];
        if (told.get(id) === mark) continue;
        await client.recheck();
        client.renew();
        told.set(id, mark);
        yield each;
        if (follow.isLast?.(each) === true) return;
      }
      if (follow.endsWhenGone === true && wanted.length === 0) return;
      const ids = new Set(wanted.map((each) => kind.idOf(each)));
      for (const id of told.keys()) if (!ids.has(id)) told.delete(id);
      if (seen === generation) await woken(waiting, client.signal);
    }
  }

  return {
    name: `${kind.name} feed`,
    start: () => loop.start(),
    stop: () => loop.stop(),
    async open(client, follow) {
      const reader = {};
      readers.set(reader, follow.ids ?? []);
      try {
        // The first one finds what was read for readers that have gone since.
        if (generation === 0 || readers.size === 1 || (follow.ids ?? []).length > 0) await look();
        follow.check?.(latest);
      } catch (thrown) {
        readers.delete(reader);
        throw thrown;
      }
      const known = latest.filter((each) => follow.knows?.(each) === true);
      const told = new Map(known.map((each) => [kind.idOf(each), kind.markOf(each)]));
      return closing(states(client, follow, told), { opened: () => undefined, closed: () => readers.delete(reader) });
    },
  };
}

/** One at a time, each begun after it was asked for; those who ask while one waits for its turn share it. */
function inTurn(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> = Promise.resolve();
  let next: Promise<void> | undefined;
  return () =>
    (next ??= running
      .catch(() => undefined)
      .then(() => {
        running = work();
        next = undefined;
        return running;
      }));
}
