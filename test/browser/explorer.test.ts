import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { appendJournal } from '../../src/store/journal.js';
import { describeInChromium, openBrowser, openPage, type Watched } from '../support/browser.js';
import { openDashboard } from '../support/dashboard.js';
import { fillCatalogue, openGraphWorld, type GraphWorld } from '../support/graph-server.js';
import { until } from '../support/wait.js';

describeInChromium('the explorer', () => {
  let world: GraphWorld;
  let browser: Browser;
  let watched: Watched;
  let page: Page;
  beforeAll(async () => {
    world = await openGraphWorld({ webFolder: 'dist/web' });
    await fillCatalogue(world.database, 5);
    browser = await openBrowser();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await world?.close();
  });
  afterEach(() => page.context().close());

  async function open(look?: Parameters<typeof openPage>[2]): Promise<void> {
    watched = await openPage(browser, `${world.url}/explorer`, look);
    ({ page } = watched);
  }

  async function enter(key: string): Promise<void> {
    await page.getByLabel('API key').fill(key);
    await page.getByRole('button', { name: 'Open' }).click();
  }

  /** Replaces what stands in the editor, as a person would, and waits until the editor has understood it. */
  async function write(name: string, text: string): Promise<void> {
    await page.locator('.graphiql-query-editor .view-line').first().click();
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.insertText(text);
    await page
      .getByRole('tab', { name })
      .or(page.locator('.graphiql-tab', { hasText: name }))
      .first()
      .waitFor();
  }

  async function run(): Promise<void> {
    for (const editor of ['.graphiql-query-editor', '.result-window']) {
      await page.locator(`${editor} .view-lines`).waitFor({ state: 'attached' });
    }
    await page.getByRole('button', { name: /Execute query/ }).click();
  }

  const untilAnswered = (what: string): Promise<unknown> =>
    until(async () => (await answer()).includes(what), { what: `${what} in the answer`, timeoutMs: 15_000 });

  /** The code editor writes spaces that do not break. */
  const answer = async (): Promise<string> =>
    (await page.locator('.result-window .view-lines').innerText()).replaceAll('\u00a0', ' ');

  const expectNothingOdd = (): void => {
    expect(watched.strayRequests).toEqual([]);
    expect(watched.complaints).toEqual([]);
  };

  it('answers the query of somebody who has entered a key, asks nobody else and complains of nothing', async () => {
    await open({ width: 1280 });
    await enter(world.adminKey);
    await run();
    await untilAnswered('"name": "Shirt 3"');
    await write('Who', 'query Who { viewer { role scopes } }');
    await run();
    await untilAnswered('"role": "ADMIN"');
    expectNothingOdd();
  });

  it('shows the documentation to an editor, in the dark and on a narrow screen', async () => {
    await open({ width: 1024, scheme: 'dark' });
    await enter(await world.keyOf('EDITOR'));
    await page.getByRole('button', { name: /Documentation/ }).click();
    await page.getByRole('link', { name: 'Subscription', exact: true }).click();
    await page.getByRole('link', { name: 'syncEventRecorded', exact: true }).waitFor();
    const brightness = await page.evaluate(
      `getComputedStyle(document.querySelector('.graphiql-container')).backgroundColor.match(/\\d+/g).slice(0, 3).map(Number)`,
    );
    expect(Math.max(...(brightness as number[]))).toBeLessThan(80);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(1024);
    expectNothingOdd();
  });

  it('asks for no schema with the key of a viewer, says so, and still answers', async () => {
    const sent: string[] = [];
    await open();
    page.on('request', (request) => void sent.push(request.postData() ?? ''));
    await enter(await world.keyOf('VIEWER'));
    await page.getByText('VIEWER, who may not read the schema').waitFor();
    await run();
    await untilAnswered('"name": "Shirt 1"');
    expect(sent.join()).not.toContain('__schema');
    expectNothingOdd();
  });

  it('shows what is recorded while a subscription runs, and ends it', async () => {
    await open();
    await enter(world.adminKey);
    await write('Live', 'subscription Live { syncEventRecorded { event { externalId } } }');
    await run();
    const stop = page.getByRole('button', { name: /Stop query/ });
    await stop.waitFor();
    const entry = {
      traceId: 'trc_1',
      step: 'applied',
      outcome: 'updated',
      entity: 'product',
      canonicalId: 'prd_00001',
    };
    await until(
      async () => {
        await world.database.tx((tx) => appendJournal(tx, [{ ...entry, externalId: 'A77' } as never]));
        return (await answer()).includes('"externalId": "A77"');
      },
      { what: 'an event in the answer', timeoutMs: 15_000, everyMs: 200 },
    );
    await stop.click();
    await page.getByRole('button', { name: /Execute query/ }).waitFor();
    expectNothingOdd();
  });

  it('asks somebody who has signed in for no key, and takes another identity on request', async () => {
    const { page: dashboard } = await openDashboard(browser, world.url, { adminKey: world.adminKey });
    await dashboard.goto(`${world.url}/explorer`);
    page = dashboard;
    await page.getByText('ADMIN', { exact: true }).waitFor();
    await run();
    await untilAnswered('"name": "Shirt 3"');
    await page.getByRole('button', { name: 'Use a key' }).click();
    await enter(await world.keyOf('VIEWER'));
    await page.getByText('VIEWER, who may not read the schema').waitFor();
  });

  it('keeps the key for the tab only, and forgets it when asked to', async () => {
    await open();
    await enter(world.adminKey);
    await page.getByText('ADMIN', { exact: true }).waitFor();
    await page.reload();
    await page.getByText('ADMIN', { exact: true }).waitFor();
    expect(JSON.stringify(await page.evaluate('({ ...localStorage })'))).not.toContain(world.adminKey);
    const another = await page.context().newPage();
    await another.goto(`${world.url}/explorer`);
    await another.getByLabel('API key').waitFor();
    await page.getByRole('button', { name: 'Change key' }).click();
    await page.getByLabel('API key').waitFor();
    expect(await page.evaluate('JSON.stringify({ ...sessionStorage })')).not.toContain(world.adminKey);
  });

  it('says why a key is refused', async () => {
    await open();
    await enter('kpl_wrong');
    expect(await page.getByRole('alert').innerText()).toMatch(/unknown, revoked or expired/);
    await enter(world.adminKey);
    await page.getByText('ADMIN', { exact: true }).waitFor();
  });
});
