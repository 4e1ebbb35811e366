/** A target that cannot be reached for a minute: the overview tells it, nothing is lost, and it is over by itself. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { describeInChromium, openBrowser } from '../support/browser.js';
import { createTestDatabase } from '../support/database.js';
import { busyness, patient } from '../support/patience.js';
import { testApiKey, type HubHandle } from '../support/processes.js';
import { openSignedIn } from '../support/signed-in.js';
import { openStage, type Stage } from '../support/stage.js';
import { openTcpProxy } from '../support/tcp-proxy.js';

const unpluggedMs = 60_000;

describeInChromium('a target that is unplugged for a minute', () => {
  let database: Awaited<ReturnType<typeof createTestDatabase>>;
  let cable: Awaited<ReturnType<typeof openTcpProxy>>;
  let stage: Stage;
  let hub: HubHandle;
  let browser: Browser;
  beforeAll(async () => {
    database = await createTestDatabase();
    cable = await openTcpProxy();
    const shop = { shopPort: cable.port, requestTimeoutMs: 2_000 };
    stage = await openStage({ databaseUrl: database.url, products: 8, ...shop });
    cable.aim(stage.shop.port);
    [hub, browser] = await Promise.all([stage.hub(), openBrowser()]);
    const { lost } = await stage.agreement(60_000);
    expect(lost).toEqual([]);
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await stage?.close();
    await cable?.close();
    await database?.drop();
  }, 60_000);

  const unplug = (): void => {
    cable.stall(true);
    cable.drop();
  };

  it('is told within 30 s, once, without loading the page again; afterwards everything arrives and the page says that too', async () => {
    const { page, complaints } = await openSignedIn(browser, { url: hub.url, adminKey: testApiKey }, '/');
    const allIsWell = page.getByText('Nothing needs attention.');
    await allIsWell.waitFor();
    unplug();
    const from = performance.now();
    await stage.till.mutate('products', 3, 5);
    const attention = page.getByRole('region', { name: 'Needs attention' });
    const told = attention.getByText('Softmaat: unreachable');
    await told.waitFor();
    await page.getByRole('link', { name: /^products from MplusKASSA to Softmaat, Softmaat: unreachable/ }).waitFor();
    expect(performance.now() - from).toBeLessThan(30_000 * busyness());
    expect(await attention.getByRole('link', { name: 'Open: Softmaat' }).getAttribute('href')).toMatch(/^\/systems\/sys_/); // prettier-ignore
    expect((await stage.agreement(0)).lost).not.toEqual([]);

    while (performance.now() - from < unpluggedMs) {
      await stage.till.mutate('products', 1, Math.round(performance.now()));
      await new Promise((next) => setTimeout(next, 2_000));
    }
    // One line for one cause, and no record is taken for a problem because its target was away.
    expect(await told.count()).toBe(1);
    const { deadLetters } = await hub.graphql<{ deadLetters: { nodes: unknown[] } }>(
      '{ deadLetters(first: 1) { nodes { id } } }',
    );
    expect(deadLetters.nodes).toEqual([]);

    cable.stall(false);
    cable.drop();
    await allIsWell.waitFor({ timeout: patient(60_000) });
    expect(await stage.agreement(60_000)).toMatchObject({ lost: [], doubled: [] });
    expect(complaints).toEqual([]);
  }, 240_000);
});
