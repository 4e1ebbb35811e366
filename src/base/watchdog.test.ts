import { afterEach, describe, expect, it } from '@jest/globals';
import { systemClock } from './clock.js';
import { silentLogger } from './logger.js';
import { makeLoop } from './loop.js';
import { makeWatchdog, type WatchdogService } from './watchdog.js';

let watchdog: WatchdogService;
afterEach(() => watchdog.stop());

const deps = () => ({ clock: systemClock, logger: silentLogger, watchdog });

describe('the watchdog', () => {
  it('tells of a loop whose work never ends, and says before that it is late', async () => {
    let late: readonly string[] = [];
    const stuck = await new Promise<string>((resolve) => {
      watchdog = makeWatchdog({
        clock: systemClock,
        mostMs: 100,
        stuck: (name) => {
          late = watchdog.late().map((each) => each.name);
          resolve(name);
        },
      });
      void watchdog.start();
      const hung = { name: 'hung', restMs: 1, run: () => new Promise<never>(() => undefined) };
      void makeLoop(hung, deps()).start();
    });
    expect(stuck).toBe('hung');
    expect(late).toEqual(['hung']);
  });

  it('has nothing to say of loops that come round, fail, or rest for long', async () => {
    const told: string[] = [];
    watchdog = makeWatchdog({ clock: systemClock, mostMs: 60, stuck: (name) => void told.push(name) });
    await watchdog.start();
    let turns = 0;
    const busy = makeLoop(
      { name: 'busy', restMs: 1, run: () => Promise.resolve(++turns < 0 ? 'more' : 'idle') },
      deps(),
    );
    const failing = makeLoop({ name: 'failing', restMs: 1, run: () => Promise.reject(new Error('no')) }, deps());
    const resting = makeLoop({ name: 'resting', restMs: 60_000, run: () => Promise.resolve('idle') }, deps());
    const free = {
      name: 'free',
      restMs: 1,
      isUnwatched: true,
      run: () => systemClock.sleep(400).then(() => 'idle' as const),
    };
    const unwatched = makeLoop(free, deps());
    const loops = [busy, failing, resting, unwatched];
    for (const loop of loops) await loop.start();
    // Until something that began now would be late.
    const judge = makeWatchdog({ clock: systemClock, mostMs: 60, stuck: () => undefined });
    judge.begins('judge');
    while (judge.late().length === 0) await systemClock.sleep(5);
    expect(watchdog.late()).toEqual([]);
    expect(told).toEqual([]);
    expect(turns).toBeGreaterThan(1);
    for (const loop of loops) await loop.stop();
  });
});
