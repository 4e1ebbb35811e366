/** The time, for pages that say how long ago something was. One clock for all of them. */
import { useSyncExternalStore } from 'react';

const stepMs = 10_000;
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;
const watchers = new Set<() => void>();

function watch(tell: () => void): () => void {
  watchers.add(tell);
  // Nobody has kept it going before the first one looks.
  if (timer === undefined) now = Date.now();
  timer ??= setInterval(() => {
    now = Date.now();
    for (const each of watchers) each();
  }, stepMs);
  return () => {
    watchers.delete(tell);
    if (watchers.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** Milliseconds since 1970, exact to ten seconds. */
export const useNow = (): number => useSyncExternalStore(watch, () => now);

/** Exact, for what happens at a click. */
export const rightNow = (): number => Date.now();
