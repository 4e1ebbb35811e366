/** Pages that are out of date: they say so, and miss nothing that happens while they open. */
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import type { Browser, Page, WebSocketRoute } from 'playwright-core';
import { appendJournal } from '../../src/store/journal.js';
import { describeInChromium, openBrowser } from '../support/browser.js';
import { openDashboard, seriousFindings, settled } from '../support/dashboard.js';
import { fillCatalogue, openGraphWorld, type GraphWorld } from '../support/graph-server.js';

describeInChromium('a page that is out of date', () => {
  let world: GraphWorld;
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    world = await openGraphWorld({ webFolder: 'dist/web' });
    await fillCatalogue(world.database, 5);
    await change(5);
    browser = await openBrowser();
  }, 120_000);
  beforeEach(async () => {
    ({ page } = await openDashboard(browser, world.url, { adminKey: world.adminKey, path: '/jobs' }));
    await settled(page);
  });
  afterAll(async () => {
    await browser?.close();
    await world?.close();
  });

  const change = (product: number): Promise<void> =>
    world.database.tx((tx) => appendJournal(tx, [{ traceId: `trc_${product}`, step: 'applied', outcome: 'updated', entity: 'product', canonicalId: `prd_0000${product}`, externalId: `A${product}` } as never])); // prettier-ignore
  const park = (id: string): Promise<unknown> =>
    world.database.query(
      `insert into parked (id, stage, system, flow, entity, canonical_id, external_id, record_key, trace_id, code, message, hint, classification, fingerprint, payload)
       values ($1, 'project', 'softmaat', 'products', 'product', 'prd_00001', $1, $1, 'trc_1', 'RECORD_REFUSED', 'Name is too long.', 'Shorten it.', 'data', 'fp', '{}')`,
      [id],
    );
  /** Opens the page with a socket that is opened only when the returned function is called. */
  async function openHeld(path: string): Promise<() => void> {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    await page.context().routeWebSocket(/graphql/, async (socket: WebSocketRoute) => {
      await held;
      socket.connectToServer();
    });
    await page.goto(`${world.url}${path}`);
    return () => release();
  }

  it('says so above what it shows, since when, and goes on when it is asked again', async () => {
    await page.goto(`${world.url}/products`);
    const table = page.getByRole('table', { name: 'Products' });
    await table.getByText('Shirt 1').waitFor();
    const broken = { errors: [{ message: 'The database is away.', extensions: { code: 'UNAVAILABLE' } }] };
    await page.route('**/graphql', (route) => route.fulfill({ status: 200, json: broken }));
    await page.getByText('live', { exact: true }).waitFor();
    await change(2);
    await page.getByRole('button', { name: /changed, show/ }).click();
    const line = page.getByRole('status').filter({ hasText: 'Not up to date since' });
    await line.waitFor();
    await table.getByText('Shirt 1').waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await page.unrouteAll({ behavior: 'wait' });
    await line.getByRole('button', { name: 'Try again' }).click();
    await line.waitFor({ state: 'detached' });
  }, 60_000);

  it('misses no change of a record between its list and its news', async () => {
    const release = await openHeld('/products');
    await page.getByRole('table', { name: 'Products' }).getByText('Shirt 1').waitFor();
    await change(1);
    release();
    await page.getByRole('button', { name: '1 changed, show' }).waitFor();
  }, 60_000);

  it('misses no change of the record that it shows', async () => {
    const release = await openHeld('/products/prd_00003');
    await page.getByRole('heading', { level: 1, name: 'Shirt 3' }).waitFor();
    await world.database.query(`update product set name = 'Blouse' where id = 'prd_00003'`);
    await change(3);
    release();
    await page.getByRole('heading', { level: 1, name: 'Blouse' }).waitFor();
  }, 60_000);

  it('misses no problem, not even the first, and no end of one', async () => {
    const release = await openHeld('/problems?view=list');
    await page.getByText('No problems.').waitFor();
    await park('prk_first');
    release();
    await page.getByRole('tab', { name: 'Open 1' }).waitFor();

    const releaseEnd = await openHeld('/problems/prk_first');
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.getByRole('button', { name: 'Put aside…' }).waitFor();
    await world.database.query(`update parked set status = 'DISCARDED', resolution = 'not_needed', resolved_at = now() where id = 'prk_first'`); // prettier-ignore
    releaseEnd();
    await page.getByRole('button', { name: 'Put aside…' }).waitFor({ state: 'detached' });
  }, 60_000);
});
