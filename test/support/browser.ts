/**
 * A real Chromium for tests of pages. Where there is none these tests are skipped and counted; under CI=true the test runner then fails.
 */
import { describe } from '@jest/globals';
import type { Locator } from 'playwright-core';
import { executablePath } from './chromium.js';
import { until } from './wait.js';

export { openBrowser, openPage, watchPage, type Watched } from './chromium.js';

/** A group of tests that need a browser. */
export const describeInChromium = (name: string, tests: () => void): void => {
  const group = executablePath === undefined ? describe.skip : describe;
  group(`in Chromium: ${name}`, tests);
};

/** Waits until a page shows exactly so many of something: rows come after the address that asks for them. */
export async function untilShown(these: Locator, count: number): Promise<void> {
  await until(async () => (await these.count()) === count, { what: `${count} of ${String(these)}`, timeoutMs: 15_000 });
}
