/** What the pages show and do while an answer, or a part of the page itself, is on its way; real Chromium, real server. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { setUpToken } from '../../src/security/set-up-token.js';
import { describeInChromium, openBrowser } from '../support/browser.js';
import { openDashboard } from '../support/dashboard.js';
import { fillCatalogue, openGraphWorld, type GraphWorld } from '../support/graph-server.js';
import { until } from '../support/wait.js';

describeInChromium('answers under way', () => {
  const masterKey = randomBytes(32);
  let world: GraphWorld;
  let browser: Browser;
  let page: Page;
  let address: string;

  beforeAll(async () => {
    world = await openGraphWorld({ webFolder: 'dist/web', masterKey });
    await fillCatalogue(world.database, 60);
    address = `http://127.0.0.1:${world.server.port()}`;
    browser = await openBrowser();
    ({ page } = await openDashboard(browser, address, { adminKey: setUpToken(masterKey.toString('hex')) }));
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await world?.close();
  });

  const products = () => page.getByRole('link', { name: /^Shirt \d/ }).first();
  /** Questions with this in them are not answered until it is called. */
  async function holdAnswers(about: string) {
    let held = 0;
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    await page.route('**/graphql', async (route) => {
      if (String(route.request().postData()).includes(about)) {
        held++;
        await released;
      }
      await route.continue();
    });
    return {
      untilAsked: () => until(() => held > 0, { what: `a question about ${about}` }),
      async release() {
        release();
        await page.unrouteAll({ behavior: 'wait' });
      },
    };
  }

  it('opens what is found by what is typed now, however early Enter comes', async () => {
    await page.goto(`${address}/products`);
    await products().waitFor();
    await page.keyboard.press('Control+k');
    const search = page.getByRole('textbox', { name: 'Search or jump' });
    const found = page.getByRole('dialog').getByRole('button', { name: /^Shirt \d/ });
    await search.fill('Shirt 1');
    await found.first().waitFor();
    const answers = await holdAnswers('"Shirt 17"');
    await search.fill('Shirt 17');
    await search.press('Enter');
    await answers.untilAsked();
    expect(await found.count()).toBe(0);
    await search.press('Enter');
    await answers.release();
    await page.getByRole('heading', { level: 1, name: 'Shirt 17' }).waitFor();
  }, 60_000);

  it('does not say that there is nothing before that is known', async () => {
    await page.goto(`${address}/products?search=nobody-sells-this`);
    await page.getByText('Nothing matches these filters.').waitFor();
    const answers = await holdAnswers('"search":null');
    await page.getByRole('button').filter({ hasText: 'Clear filters' }).click();
    await answers.untilAsked();
    await page.locator('main [aria-busy="true"]').waitFor();
    expect(await page.getByText(/^Nothing (here|matches)/).count()).toBe(0);
    await answers.release();
    await products().waitFor();
  }, 60_000);

  it('says that a page cannot be shown when its words are not there, and shows it when they are', async () => {
    await page.goto(`${address}/products`);
    await products().waitFor();
    await page.route(/\/assets\/words\./, (route) => route.abort());
    const menu = page.getByRole('navigation', { name: 'Menu' });
    await menu.getByRole('link', { name: 'Alerts' }).click();
    await page.getByRole('heading', { level: 1, name: 'This could not be shown' }).waitFor();
    await page.unrouteAll({ behavior: 'wait' });
    await menu.getByRole('link', { name: 'Products' }).click();
    await page.getByRole('heading', { level: 1, name: 'Products' }).waitFor();
    await menu.getByRole('link', { name: 'Alerts' }).click();
    await page.getByRole('tab', { name: 'Rules' }).waitFor();
  }, 60_000);
});
