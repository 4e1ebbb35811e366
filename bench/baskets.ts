/**
 * A million random baskets, each balanced for a target and added up again by arithmetic that shares nothing with the code.
 * `--baskets N` for another number. The time is of the balance with everything around it; a wrong cent ends in an error.
 */
import { mostHonestDifferences, runBaskets } from '../test/support/basket-run.js';
import type { BenchOptions } from './options.js';
import { measurement, type Measurement } from './report.js';

const portion = 10_000;

export async function benchBaskets(options: BenchOptions): Promise<readonly Measurement[]> {
  const baskets = options.baskets ?? 1_000_000;
  const counts = new Map<string, number>();
  const reasons = new Map<string, number>();
  const add = (to: Map<string, number>, some: Readonly<Record<string, number>>): void => {
    for (const [name, count] of Object.entries(some)) to.set(name, (to.get(name) ?? 0) + count);
  };
  const honest = { all: 0, differing: 0 };
  const rates: number[] = [];
  for (let done = 0; done < baskets; done += portion) {
    const started = performance.now();
    const count = Math.min(portion, baskets - done);
    const run = runBaskets(count, done + 1);
    rates.push((count * 1_000) / (performance.now() - started));
    if (run.problems.length > 0) throw new Error(`Baskets that are not right:\n${run.problems.join('\n')}`);
    honest.all += run.honest.all;
    honest.differing += run.honest.differing;
    add(counts, run.counts);
    add(reasons, run.reasons);
    if ((done / portion) % 10 === 9) options.say(`${(done + count).toLocaleString('en')} baskets, no wrong cent`);
  }
  for (const [name, count] of [...counts].sort()) options.say(`${count.toLocaleString('en').padStart(9)}  ${name}`);
  options.say('Honest orders that differ, by the last thing that was tried:');
  for (const [reason, count] of [...reasons].sort((a, b) => b[1] - a[1]))
    options.say(`${String(count).padStart(9)}  ${reason}`);
  const share = honest.differing / honest.all;
  if (share > mostHonestDifferences) throw new Error(`${(share * 100).toFixed(2)} % of the honest orders differ.`);
  options.say(`${(share * 100).toFixed(2)} % of the honest orders without help differ`);
  options.say(`${baskets.toLocaleString('en')} baskets, no wrong cent`);
  return [measurement('baskets balanced and added up again', rates, 'baskets/s')];
}
