/** What a loop does with failures: it goes on, rests longer each time, and says each thing once. */
import { describe, expect, it } from '@jest/globals';
import type { Clock } from './clock.js';
import { KoppelError } from './errors.js';
import type { Logger } from './logger.js';
import { makeLoop } from './loop.js';

interface Run {
  /** `<level> <code> <message>` */
  readonly said: readonly string[];
  readonly restsMs: readonly number[];
}

/** Runs a loop whose turns end one after the other with these, nothing meaning that one went well; then it is stopped. */
async function run(turns: readonly (Error | undefined)[]): Promise<Run> {
  const left = [...turns];
  let isEnded = false;
  let slept = 0;
  const said: string[] = [];
  const restsMs: number[] = [];
  const log =
    (level: string) =>
    (fields: { code?: string }, message: string): void =>
      void said.push(`${level} ${fields.code} ${message}`);
  const logger = { info: log('info'), warn: log('warn'), debug: log('debug') } as unknown as Logger;
  const clock: Clock = {
    now: () => new Date(0),
    monotonic: () => slept,
    sleep: (ms) => {
      slept += ms;
      if (!isEnded) restsMs.push(ms);
      return Promise.resolve();
    },
  };
  let isOver = (): void => undefined;
  const over = new Promise<void>((resolve) => (isOver = resolve));
  const loop = makeLoop(
    {
      name: 'worker',
      restMs: 100,
      maxBackoffMs: 5_000,
      run: (signal) => {
        if (left.length === 0) {
          isEnded = true;
          isOver();
          return new Promise((resolve) => signal.addEventListener('abort', () => resolve('idle')));
        }
        const failure = left.shift();
        return failure === undefined ? Promise.resolve('more') : Promise.reject(failure);
      },
    },
    { clock, logger },
  );
  await loop.start();
  await over;
  await loop.stop();
  return { said, restsMs };
}

const unreachable = new KoppelError('SYSTEM_UNREACHABLE', { system: 'Shop', what: 'refused' });

describe('a loop', () => {
  it('rests longer after each failure, up to a limit, and says only the first of a row of them', async () => {
    const { said, restsMs } = await run([...Array<Error>(8).fill(unreachable), undefined, unreachable]);
    expect(said).toEqual([
      'warn SYSTEM_UNREACHABLE a worker failed and will try again',
      ...Array<string>(7).fill('debug SYSTEM_UNREACHABLE a worker failed again'),
      'warn SYSTEM_UNREACHABLE a worker failed and will try again',
    ]);
    restsMs.forEach((ms, i) => {
      const most = Math.min(5_000, 100 * 2 ** (i < 8 ? i + 1 : 1));
      expect(ms).toBeGreaterThanOrEqual(most / 2);
      expect(ms).toBeLessThanOrEqual(most);
    });
    expect(restsMs).toHaveLength(9);
  });

  it('says again that it fails when it has for minutes, not each time', async () => {
    const { said, restsMs } = await run([...Array<Error>(200).fill(unreachable), undefined]);
    const warned = said.filter((line) => line === 'warn SYSTEM_UNREACHABLE a worker failed and will try again').length;
    const minutes = restsMs.reduce((sum, ms) => sum + ms, 0) / 60_000;
    expect(minutes).toBeGreaterThan(8);
    expect(warned).toBeGreaterThan(1);
    expect(warned).toBeLessThanOrEqual(1 + minutes / 5);
  });

  it('that is told when to come back does, and takes that for no failure of its own', async () => {
    const later = new KoppelError('RATE_LIMITED', { system: 'Shop' }, { retryAfterMs: 60_000 });
    const { said, restsMs } = await run([later, later]);
    expect(said).toEqual([
      'info RATE_LIMITED a worker was told to come back later',
      'debug RATE_LIMITED a worker failed again',
    ]);
    expect(restsMs).toEqual([60_000, 60_000]);
  });

  it('comes back by itself when it is told to stay away for longer than a system can mean', async () => {
    // 30 years: more than a timer can wait, which would end at once.
    const never = new KoppelError('RATE_LIMITED', { system: 'Shop' }, { retryAfterMs: 999_999_999_000 });
    const { restsMs } = await run([never, never]);
    expect(restsMs).toEqual([900_000, 900_000]);
  });

  it('says that it fails also when it was told to come back later before', async () => {
    const later = new KoppelError('RATE_LIMITED', { system: 'Shop' }, { retryAfterMs: 1_000 });
    const { said } = await run([later, unreachable, later, unreachable, undefined, later, unreachable]);
    const warned = 'warn SYSTEM_UNREACHABLE a worker failed and will try again';
    expect(said).toEqual([
      'info RATE_LIMITED a worker was told to come back later',
      warned,
      'debug RATE_LIMITED a worker failed again',
      'debug SYSTEM_UNREACHABLE a worker failed again',
      'info RATE_LIMITED a worker was told to come back later',
      warned,
    ]);
  });

  it('says each time what must not happen', async () => {
    const bug = new KoppelError('UNEXPECTED', { what: 'a bug' });
    const { said } = await run([bug, bug]);
    expect(said).toEqual(Array<string>(2).fill('warn UNEXPECTED a worker failed and will try again'));
  });
});
