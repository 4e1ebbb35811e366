/**
 * The activity page under load: events written at a steady pace by what writes all events, and what a page needs for showing them: memory after
 * the garbage is collected, and the time between its frames.
 */
import type { Page } from 'playwright-core';
import type { Database } from '../../src/store/database.js';
import { appendJournal, type JournalEntry } from '../../src/store/journal.js';

const batchMs = 100;
const products = 100;

/** The n-th event: of every kind a few. `fillCatalogue` makes the products. */
export function eventOf(n: number): JournalEntry {
  const entry = {
    traceId: `trc_load_${n}`,
    flow: 'products',
    entity: 'product',
    canonicalId: `prd_${String((n % products) + 1).padStart(5, '0')}`,
    externalId: `A${n}`,
  };
  if (n % 20 === 7) return { ...entry, step: 'failed', outcome: 'refused', system: 'softmaat', code: 'RECORD_REFUSED', message: 'Name is too long.', durationMs: 40 }; // prettier-ignore
  if (n % 3 === 0) return { ...entry, step: 'echo', outcome: 'unchanged', system: 'softmaat' };
  return { ...entry, step: 'written', outcome: 'updated', system: 'softmaat', durationMs: 20 + (n % 30), detail: { changes: { name: ['Old', `New ${n}`] } } }; // prettier-ignore
}

export interface Writing {
  readonly written: number;
  stop(): Promise<void>;
}

/** Writes that many events a second until it is stopped; what was late is caught up with. */
export function writeEvents(database: Database, perSecond: number, first = 0): Writing {
  const began = performance.now();
  let written = 0;
  let isOver = false;
  const done = (async () => {
    while (!isOver) {
      const due = Math.floor(((performance.now() - began) * perSecond) / 1_000) - written;
      const entries = Array.from({ length: due }, (_, i) => eventOf(first + written + i));
      if (entries.length > 0) await database.tx((tx) => appendJournal(tx, entries));
      written += entries.length;
      await new Promise((next) => setTimeout(next, batchMs));
    }
  })();
  return {
    get written() {
      return written;
    },
    async stop() {
      isOver = true;
      await done;
    },
  };
}

export interface PageLoad {
  /** Megabytes of the heap after collecting garbage, each with the second at which they were measured. */
  readonly heap: readonly { readonly second: number; readonly megabytes: number }[];
  /** Of a least-squares line through them. */
  readonly megabytesPerMinute: number;
  readonly frames: number;
  /** 95 of 100 frames took at most so long. */
  readonly frameP95Ms: number;
  readonly frameLongestMs: number;
}

/** Kept in the page in a space that is made beforehand, so that measuring costs no memory. */
const startFrames = `(() => {
  const times = new Float32Array(400000);
  let n = 0, last = performance.now(), isOn = true;
  const tick = (now) => { if (n < times.length) times[n++] = now - last; last = now; if (isOn) requestAnimationFrame(tick); };
  requestAnimationFrame((now) => { last = now; requestAnimationFrame(tick); });
  globalThis.koppelFrames = () => { isOn = false; const sorted = times.slice(0, n).sort();
    return { frames: n, p95: sorted[Math.floor(n * 0.95)] ?? 0, longest: sorted[n - 1] ?? 0 }; };
})()`;

/** Watches the page for so long. `say` hears of every sample. */
export async function measurePage(
  page: Page,
  { seconds, everyMs = 10_000, say = () => undefined }: { readonly seconds: number; readonly everyMs?: number; readonly say?: (line: string) => void }, // prettier-ignore
): Promise<PageLoad> {
  const devtools = await page.context().newCDPSession(page);
  const heap: { second: number; megabytes: number }[] = [];
  const began = performance.now();
  const sample = async (): Promise<void> => {
    await devtools.send('HeapProfiler.collectGarbage');
    const { usedSize } = await devtools.send('Runtime.getHeapUsage');
    const second = (performance.now() - began) / 1_000;
    heap.push({ second, megabytes: usedSize / 1e6 });
    say(`${second.toFixed(0).padStart(5)} s: ${(usedSize / 1e6).toFixed(2)} MB`);
  };
  await sample();
  await page.evaluate(startFrames);
  while (performance.now() - began < seconds * 1_000) {
    await new Promise((next) => setTimeout(next, everyMs));
    await sample();
  }
  const { frames, p95, longest } = await page.evaluate<{ frames: number; p95: number; longest: number }>(
    'koppelFrames()',
  );
  await devtools.detach();
  return { heap, megabytesPerMinute: slopeOf(heap) * 60, frames, frameP95Ms: p95, frameLongestMs: longest };
}

/** Megabytes a second. */
function slopeOf(heap: PageLoad['heap']): number {
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const x = mean(heap.map(({ second }) => second));
  const y = mean(heap.map(({ megabytes }) => megabytes));
  const over = heap.reduce((sum, { second, megabytes }) => sum + (second - x) * (megabytes - y), 0);
  return over / heap.reduce((sum, { second }) => sum + (second - x) ** 2, 0);
}
