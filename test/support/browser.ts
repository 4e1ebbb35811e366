/**
 * A real Chromium for tests of pages. Where there is none these tests are skipped and counted; under CI=true the test runner then fails.
 */
import { describe } from '@jest/globals';
import { executablePath } from './chromium.js';

export { openBrowser, openPage, watchPage, type Watched } from './chromium.js';

/** A group of tests that need a browser. */
export const describeInChromium = (name: string, tests: () => void): void => {
  const group = executablePath === undefined ? describe.skip : describe;
  group(`in Chromium: ${name}`, tests);
};
