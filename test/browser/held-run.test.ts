/** What the write guard holds, as a shopkeeper meets it: on the overview, on the flow, on the run with its samples; dropping and releasing it. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { describeInChromium, type Watched } from '../support/browser.js';
import { scrollsSideways, seriousFindings } from '../support/dashboard.js';
import { peopleAtTheTill } from '../support/people.js';
import type { HubHandle } from '../support/processes.js';
import type { Stage } from '../support/stage.js';
import { openStagedBrowser, type StagedBrowser } from '../support/staged-browser.js';
import { until } from '../support/wait.js';

interface HeldRun {
  readonly id: string;
  readonly hold: { readonly affectedCount: number };
}

describeInChromium('a held run', () => {
  let world: StagedBrowser;
  let stage: Stage;
  let hub: HubHandle;
  let watched: Watched;
  let page: Page;
  let run: HeldRun;
  beforeAll(async () => {
    world = await openStagedBrowser({ products: 40, pollMs: 300, guarded: true });
    ({ stage, hub } = world);
    expect(await stage.agreement(120_000)).toMatchObject({ lost: [], doubled: [] });
    const till = peopleAtTheTill(stage.till);
    for (const { branchNumber, articleNumber } of await stage.till.records<{ branchNumber: number; articleNumber: string }>('stock')) {
      await till.call('setStock', { request: { branchNumber, articleNumber, amount: '0', decimalPlaces: 0 } });
    } // prettier-ignore
    // Held rows are on their way again while another branch's figure of the same article is judged.
    const onTheWay = () => stage.ask<{ n: number }>(
      `select (select count(*) from stock_level where on_hand <> 0)::int + (select count(*) from projection where next_at is not null)::int as n`); // prettier-ignore
    run = await until(async () => ((await onTheWay())[0]!.n === 0 ? ((await heldRun()) ?? undefined) : undefined), { what: 'a held run', timeoutMs: 90_000, everyMs: 300 }); // prettier-ignore
    watched = await world.open({});
    ({ page } = watched);
  }, 300_000);
  afterAll(() => world?.close(), 60_000);

  const heldRun = async (): Promise<HeldRun | null> => {
    const { flows } = await hub.graphql<{ flows: { heldRun: HeldRun | null }[] }>('{ flows { heldRun { id hold { affectedCount } } } }'); // prettier-ignore
    return flows.map((flow) => flow.heldRun).find((found) => found !== null) ?? null;
  };

  it('is told on the overview and on its flow, and shows what would have happened, on a telephone too', async () => {
    const row = page.getByRole('region', { name: 'Needs attention' }).getByRole('listitem').filter({ hasText: 'are held back' }); // prettier-ignore
    await row.getByRole('link', { name: /^Open/ }).click();
    await page.waitForURL(`**/runs/${run.id}`);
    await page.getByText(/changes are held back and wait for a decision/).waitFor();
    const kinds = page.getByRole('table', { name: 'What would happen' });
    await kinds.getByRole('row', { name: `stock would go to zero ${run.hold.affectedCount}` }).waitFor();
    const samples = page.getByRole('table', { name: 'The first of them' });
    expect(await samples.getByRole('row').count()).toBeGreaterThanOrEqual(11);
    await samples.getByRole('cell', { name: /^On hand/ }).first().waitFor(); // prettier-ignore
    await samples
      .getByRole('cell', { name: /^[\d,]+ pieces? → 0 pieces$/ })
      .first()
      .waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await page.setViewportSize({ width: 360, height: 800 });
    await until(async () => !(await scrollsSideways(page)), { what: 'the page to fit' });
    await page.setViewportSize({ width: 1280, height: 800 });
    await page
      .getByRole('main')
      .getByRole('link', { name: /^Stock from/ })
      .click();
    await page.getByRole('link', { name: 'Look at it and decide' }).click();
    await page.waitForURL(`**/runs/${run.id}`);
  }, 90_000);

  it('says of each record why it is not there', async () => {
    const { stockLevels } = await hub.graphql<{
      stockLevels: { nodes: { syncStatuses: { state: string; reason: Record<string, string> }[] }[] };
    }>('{ stockLevels(first: 100) { nodes { syncStatuses { state reason { code message responsible } } } } }');
    const held = stockLevels.nodes.flatMap(({ syncStatuses }) => syncStatuses.filter(({ state }) => state === 'HELD'));
    expect(held.length).toBeGreaterThan(0);
    for (const { reason } of held)
      expect(reason).toEqual({ code: 'RUN_HELD', responsible: 'SHOP', message: expect.stringContaining('its stock would go to zero') }); // prettier-ignore
  }, 60_000);

  it('is sent after a dialog that says how many records change, and then stands as ended', async () => {
    const send = page.getByRole('button', { name: 'Send them all the same…' });
    const dialog = page.getByRole('dialog');
    await send.click();
    await dialog.getByLabel('Why').fill('not yet');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await send.and(page.locator(':focus')).waitFor();
    await send.click();
    await dialog.getByText(`${run.hold.affectedCount} records of Softmaat are changed as the samples show.`).waitFor();
    expect(await dialog.getByLabel('Why').inputValue()).toBe('');
    await dialog.getByLabel('Why').fill('stocktaking');
    await dialog.getByRole('button', { name: 'Send them' }).click();
    await page.getByText('The held changes are being sent.').waitFor();
    await page.getByText(/Somebody had them sent all the same/).waitFor();
    expect(await stage.agreement(90_000)).toMatchObject({ lost: [], doubled: [] });
    expect(await heldRun()).toBeNull();
    expect(watched.complaints).toEqual([]);
  }, 150_000);
});
