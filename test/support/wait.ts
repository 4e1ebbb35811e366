/** Waiting for a condition instead of for a time: tests never sleep. */
import { patient } from './patience.js';

export interface UntilOptions {
  readonly timeoutMs?: number;
  /** What is waited for, for the message when it does not come. */
  readonly what: string;
  readonly everyMs?: number;
}

/** Asks again and again until the condition gives something truthy, and returns that. Fails after the time with `what`. */
export async function until<T>(
  condition: () => T | Promise<T>,
  options: UntilOptions,
): Promise<Exclude<T, false | null | undefined | 0 | ''>> {
  const timeoutMs = patient(options.timeoutMs ?? 10_000);
  const deadline = performance.now() + timeoutMs;
  let last: unknown;
  for (;;) {
    try {
      const found = await condition();
      if (found) return found as Exclude<T, false | null | undefined | 0 | ''>;
      last = found;
    } catch (error) {
      last = error;
    }
    if (performance.now() > deadline) {
      const seen = last instanceof Error ? last.message : JSON.stringify(last);
      throw new Error(`waited ${timeoutMs} ms in vain for ${options.what}; last seen: ${seen}`);
    }
    await new Promise((next) => setTimeout(next, options.everyMs ?? 20));
  }
}

/** Asks again and again until the list has nothing in it. Fails after the time with `what` and the first lines still there. */
export async function untilNothing(list: () => Promise<readonly string[]>, options: UntilOptions): Promise<void> {
  let left: readonly string[] = [];
  try {
    await until(async () => {
      left = await list();
      return left.length === 0;
    }, options);
  } catch (error) {
    throw new Error(`${(error as Error).message}\n${left.slice(0, 20).join('\n')}`, { cause: error });
  }
}
