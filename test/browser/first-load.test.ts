/**
 * How soon a person sees the dashboard on a slow machine, and that nothing moves under the eye when news arrives. Medians are printed; the
 * bars are those of the README.
 */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { appendJournal } from '../../src/store/journal.js';
import { describeInChromium, openBrowser } from '../support/browser.js';
import { openDashboard, settled } from '../support/dashboard.js';
import { fillCatalogue, openGraphWorld, type GraphWorld } from '../support/graph-server.js';
import { busyness } from '../support/patience.js';

const loads = 5;
const slowDown = 4;
const middleOf = (times: readonly number[]): number =>
  Math.round([...times].sort((a, b) => a - b)[Math.floor(times.length / 2)]!);

describeInChromium('the first load of the dashboard', () => {
  let world: GraphWorld;
  let browser: Browser;
  beforeAll(async () => {
    world = await openGraphWorld({ webFolder: 'dist/web' });
    await fillCatalogue(world.database, 20);
    browser = await openBrowser();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await world?.close();
  });

  it(`shows something within 1.5 s on a processor that is ${slowDown} times slower`, async () => {
    const paints: number[] = [];
    const pages: number[] = [];
    for (let load = 0; load < loads; load++) {
      // A new person each time: nothing is in the browser yet.
      const { page } = await openDashboard(browser, world.url, { adminKey: world.adminKey, path: '/account' });
      const fresh = await browser.newContext({ storageState: await page.context().storageState() });
      const measured = await fresh.newPage();
      const session = await fresh.newCDPSession(measured);
      await session.send('Emulation.setCPUThrottlingRate', { rate: slowDown });
      await measured.goto(world.url);
      await measured.getByRole('heading', { level: 1 }).first().waitFor();
      paints.push(
        (await measured.evaluate(`performance.getEntriesByName('first-contentful-paint')[0].startTime`)) as number,
      );
      pages.push((await measured.evaluate('performance.now()')) as number);
      await fresh.close();
      await page.context().close();
    }
    const [paint, page] = [middleOf(paints), middleOf(pages)];
    process.stderr.write(
      `first contentful paint, median of ${loads}: ${paint} ms; the page with its heading: ${page} ms\n`,
    );
    expect(paint).toBeLessThan(1_500 * busyness());
  }, 120_000);

  it.each(['/', '/activity'])(
    'does not move anything on %s while news arrives',
    async (path) => {
      const { page } = await openDashboard(browser, world.url, { adminKey: world.adminKey, path });
      await settled(page);
      await page.evaluate(`
      window.moved = 0;
      new PerformanceObserver((list) => { for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.moved += entry.value; })
        .observe({ type: 'layout-shift', buffered: false });`);
      const entry = {
        traceId: 'trc_1',
        step: 'applied',
        outcome: 'updated',
        entity: 'product',
        canonicalId: 'prd_00001',
      };
      for (let i = 0; i < 30; i++) {
        await world.database.tx((tx) => appendJournal(tx, [{ ...entry, externalId: `A${i}` } as never]));
        await page.waitForTimeout(100);
      }
      const moved = (await page.evaluate('window.moved')) as number;
      process.stderr.write(`layout shift on ${path} in 3 s of news: ${moved.toFixed(4)}\n`);
      expect(moved).toBeLessThan(0.01);
      await page.context().close();
    },
    60_000,
  );
});
