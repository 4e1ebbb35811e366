/**
 * The page of comparisons, as a person uses it: a flow whose systems agree, differences that are made behind the hub's back, what each side holds,
 * repairing them by choice and all at once, and the comparison that proves it. Then the rhythm, stopping one, and what a reader may not do.
 */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Locator, Page, Route } from 'playwright-core';
import { untilWritten } from '../support/agreement.js';
import { describeInChromium, untilShown, watchPage, type Watched } from '../support/browser.js';
import { scrollsSideways, seriousFindings, settled } from '../support/dashboard.js';
import { patient } from '../support/patience.js';
import type { HubHandle } from '../support/processes.js';
import { shopClient } from '../support/shop-catalogue.js';
import type { Stage } from '../support/stage.js';
import { openStagedBrowser, type StagedBrowser } from '../support/staged-browser.js';
import { until } from '../support/wait.js';

interface ShopProduct {
  readonly id: string;
  readonly sku: string;
  readonly type: string;
  readonly name: string;
  readonly categoryIds: readonly string[];
}

describeInChromium('the page of comparisons', () => {
  let world: StagedBrowser;
  let stage: Stage;
  let hub: HubHandle;
  let watched: Watched;
  let page: Page;
  let products: readonly ShopProduct[];
  beforeAll(async () => {
    world = await openStagedBrowser({ products: 12, pollMs: 250 });
    ({ stage, hub } = world);
    expect(await stage.agreement(60_000)).toMatchObject({ lost: [], doubled: [] });
    await untilWritten(stage);
    const found = await stage.shop.records<ShopProduct>('products');
    products = found.filter(({ type, sku }) => type === 'simple' && sku < '900000');
    watched = await world.open({ path: '/comparisons' });
    ({ page } = watched);
  }, 180_000);
  afterAll(() => world?.close(), 60_000);

  const dialog = (): Locator => page.getByRole('dialog');
  const flow = (name: string): Locator =>
    page.getByRole('table', { name: 'Flows and how their systems agree' }).getByRole('row').filter({ hasText: name });
  const items = (): Locator => page.getByRole('table', { name: 'Records that are not the same' }).locator('[data-row]');
  /** The number that the hub itself has found to agree. */
  const counted = async (): Promise<{ id: string; counts: Record<string, number> }> => {
    const { reconciliations } = await hub.graphql<{
      reconciliations: { nodes: { id: string; counts: Record<string, number> }[] };
    }>('{ reconciliations(first: 1) { nodes { id counts { compared equal different missingInTarget repaired } } } }');
    return reconciliations.nodes[0]!;
  };
  /** So that the shop does not tell of it: as after a copy of its database was put back. */
  const rename = (product: ShopProduct, name: string): Promise<void> =>
    stage.shop.tamper('products', product.id, { set: { name } });
  /** What was written a moment ago is read again for a while; later nothing sees what no stamp tells of. */
  async function readNoChanges(): Promise<void> {
    await stage.ask(`update capture_position set state = 'stopped', stopped_code = 'TEST', stopped_message = 'test'`);
    const asked = async (): Promise<number> => (await stage.shop.faultState()).requests;
    await until(
      async () => {
        const before = await asked();
        await new Promise((next) => setTimeout(next, 1_500));
        return (await asked()) === before;
      },
      { what: 'the hub to ask the shop nothing', timeoutMs: 20_000 },
    );
  }
  const nameInShop = async ({ id }: ShopProduct): Promise<unknown> =>
    (await shopClient(stage.shop).get(`/products/${id}`))['name'];
  /** Compares again from the page of a comparison, and waits until the next one has ended. */
  async function again(): Promise<void> {
    const before = new URL(page.url()).pathname;
    await page.getByRole('button', { name: /^Compare again/ }).first().click(); // prettier-ignore
    await page.waitForURL((address) => address.pathname !== before);
    await page.getByText(/were read again as a whole/).waitFor({ timeout: patient(60_000) });
  }

  /** The page of a comparison is told of it when it has ended, not before: as a page that asks late. */
  async function tellLate(route: Route): Promise<void> {
    const answer = await until(
      async () => {
        const response = await route.fetch();
        const { data } = (await response.json()) as { data?: { reconciliation?: { status?: string } } };
        const status = data?.reconciliation?.status;
        return status === undefined || status === 'SUCCEEDED' ? response : undefined;
      },
      { what: 'the comparison to end', timeoutMs: 60_000, everyMs: 200 },
    );
    await route.fulfill({ response: answer });
  }

  /** The page hears of a repair only when it is over, and has asked for the records before the repair began with them. */
  async function tellOnlyOfTheEnd(): Promise<void> {
    let isTold = false;
    await page.route('**/graphql', async (route) => {
      let response = await route.fetch();
      let text = await response.text();
      type Told = { data?: { job?: { id: string; finishedAt: string | null } | null } };
      const jobIn = (): { id: string; finishedAt: string | null } | null | undefined =>
        (JSON.parse(text) as Told).data?.job;
      if (jobIn()?.id !== undefined) {
        const isOver = async (): Promise<boolean> => {
          response = await route.fetch();
          text = await response.text();
          return jobIn()?.finishedAt != null;
        };
        await until(isOver, { what: 'the repair to end', timeoutMs: 60_000 });
        isTold = true;
      }
      await route.fulfill({
        response,
        body: isTold ? text : text.replace(/"repairAskedAt":"[^"]*"/g, '"repairAskedAt":null'),
      });
    });
  }

  it('says what a comparison proves and costs before there is one', async () => {
    await page.getByText('Nothing has been compared yet.').waitFor();
    await page.getByText('writes nothing', { exact: false }).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
  }, 60_000);

  it('proves that a flow agrees, with the number of records, and shows it on the list and on the page of the flow', async () => {
    await flow('Products').getByRole('button', { name: /^Compare now/ }).first().click(); // prettier-ignore
    await flow('Products').getByText(/^All \d+ agree$/).waitFor({ timeout: patient(60_000) }); // prettier-ignore
    const { counts } = await counted();
    expect(counts['compared']).toBeGreaterThan(products.length);
    expect(counts['equal']).toBe(counts['compared']);
    await flow('Products').getByText(`All ${counts['compared']} agree`).waitFor();
    await flow('Products').getByRole('link').first().click();
    await page.getByText(`All ${counts['compared']} agree.`).waitFor();
    await page.getByText(/were read again as a whole, \d+ records, in/).waitFor();
    expect(await page.getByRole('tab').count()).toBe(0);
    await page.getByRole('link', { name: /→/ }).click();
    await page.getByRole('link', { name: `All ${counts['compared']} agree` }).waitFor();
    await page.getByRole('button', { name: /^Compare now/ }).waitFor();
    await page.getByRole('link', { name: `All ${counts['compared']} agree` }).click();
    await page.getByRole('heading', { level: 1, name: /^Comparison: / }).waitFor();
  }, 120_000);

  it('shows what was changed behind its back, both values side by side, and repairs what is chosen', async () => {
    const [changed, other] = [products[0]!, products[1]!];
    await readNoChanges();
    const [moved] = (await stage.shop.records<{ id: string; name: string }>('categories')).filter(({ id }) => !changed.categoryIds.includes(id)); // prettier-ignore
    await stage.shop.tamper('products', changed.id, { set: { name: 'Changed by hand', categoryIds: [moved!.id] } });
    await rename(other, 'Changed as well');
    await again();
    await page.getByText(/^\d+ of \d+ agree\.$/).waitFor();
    await page.getByRole('tab', { name: /^different 2$/ }).click();
    await page.getByText(/holds something else than the hub would write/).waitFor();
    const row = items().filter({ hasText: 'Changed by hand' });
    const field = row.getByRole('table').getByRole('row').filter({ hasText: 'Changed by hand' });
    const sides = async (): Promise<string> => (await field.getByRole('cell').allInnerTexts()).map((text) => text.trim()).join(' | '); // prettier-ignore
    await until(async () => (await sides()) === `Changed by hand | ${changed.name}`, { what: 'both values' });
    await row.getByText(/In Softmaat/).waitFor();
    // Categories are called by their names, whose ids these are, and lead to their pages.
    const place = row.getByRole('table').getByRole('row').filter({ hasText: 'Categories' });
    const there = place.getByRole('cell').first().getByRole('link', { name: moved!.name });
    expect(await there.getAttribute('href')).toMatch(/^\/categories\/cat_/);
    expect(await place.innerText()).not.toContain(moved!.id);
    expect(await seriousFindings(page)).toEqual([]);
    await row.getByRole('checkbox').check();
    await page.getByRole('button', { name: 'Repair selected…' }).click();
    await dialog().getByText('1 record is written to Softmaat again.', { exact: false }).waitFor();
    await dialog().getByRole('button', { name: 'Cancel' }).and(page.locator(':focus')).waitFor();
    await dialog().getByRole('button', { name: 'Repair', exact: true }).click();
    const told = page.getByRole('region', { name: 'Repair' });
    await told.getByText('1 in order, 0 failed, 0 left out or later').waitFor();
    expect(await nameInShop(changed)).toBe(changed.name);
    expect(await nameInShop(other)).toBe('Changed as well');
    await items().filter({ hasText: 'Repair started' }).first().waitFor();
  }, 120_000);

  it('repairs all at once, and the next comparison proves that all agree', async () => {
    await again();
    await page.getByRole('tab', { name: /^different 1$/ }).waitFor();
    await page.getByRole('button', { name: 'Repair the one that can be…' }).click();
    await dialog().getByText('Repair 1 record?').waitFor();
    await tellOnlyOfTheEnd();
    await dialog().getByRole('button', { name: 'Repair', exact: true }).click();
    const told = page.getByRole('region', { name: 'Repair' });
    await told.getByText('1 in order, 0 failed, 0 left out or later').waitFor();
    await items().filter({ hasText: 'Repair started' }).first().waitFor();
    await page.unrouteAll({ behavior: 'wait' });
    expect(await nameInShop(products[1]!)).toBe(products[1]!.name);
    await told.getByText('Only another comparison proves that both systems agree now.').waitFor();
    await page.route('**/graphql', tellLate);
    await again();
    await page.unrouteAll({ behavior: 'wait' });
    await page.getByText(/^All \d+ agree\.$/).waitFor();
    const history = page.getByRole('table', { name: 'Comparisons of this flow' });
    await untilShown(history.locator('tbody tr'), 4);
    await history.getByText(/^\d+ of \d+ agree$/).first().waitFor(); // prettier-ignore
  }, 180_000);

  it('keeps the last result in sight while the next one runs, which can be stopped', async () => {
    await page.goto(`${hub.url}/comparisons`);
    await stage.till.faults({ match: '*', fault: 'delay', ms: 8_000, seed: 1 });
    await flow('Products').getByRole('button', { name: /^Compare now/ }).first().click(); // prettier-ignore
    // Nobody knows how much there is to read, so no share of it is told.
    await flow('Products').getByRole('progressbar').waitFor();
    expect(await flow('Products').getByRole('progressbar').getAttribute('aria-valuenow')).toBeNull();
    await flow('Products').getByText(/^All \d+ agree$/).waitFor(); // prettier-ignore
    await flow('Products').getByRole('button', { name: 'Stop' }).click();
    await flow('Products').getByRole('button', { name: /^Compare now/ }).first().waitFor(); // prettier-ignore
    await stage.till.clearFaults();
    await flow('Products').getByText(/^All \d+ agree$/).waitFor(); // prettier-ignore
    await page.goto(`${hub.url}/jobs?kind=RECONCILIATION&status=SUCCEEDED`);
    await page.getByText(/^\d+ records read$/).first().waitFor(); // prettier-ignore
    await page
      .getByRole('link', { name: /^Comparison of two systems: Products/ })
      .first()
      .click();
    await page.getByRole('link', { name: 'What the comparison has found' }).click();
    await page.getByRole('heading', { level: 1, name: /^Comparison: / }).waitFor();
  }, 90_000);

  it('is done by itself as often as somebody says', async () => {
    await page.goto(`${hub.url}/comparisons`);
    const rhythm = flow('Products').getByRole('combobox', { name: /^How often/ }).last(); // prettier-ignore
    await rhythm.selectOption({ label: 'every week' });
    await page.getByText(/is compared every week\.$/).waitFor();
    const { flows } = await hub.graphql<{ flows: { entityType: string; compareEveryHours: number | null }[] }>(
      '{ flows { entityType compareEveryHours } }',
    );
    expect(flows.find(({ entityType }) => entityType === 'PRODUCT')?.compareEveryHours).toBe(168);
    await page.reload();
    await until(async () => (await rhythm.inputValue()) === '168', { what: 'the rhythm' });
    await rhythm.selectOption({ label: 'only when asked' });
    await page.getByText(/is compared only when asked\.$/).waitFor();
  }, 60_000);

  it('fits a telephone and is found by the palette; a reader sees results and no buttons', async () => {
    for (const path of ['/comparisons', `/comparisons/${(await counted()).id}`]) {
      await page.goto(`${hub.url}${path}`);
      await settled(page);
      await page.setViewportSize({ width: 360, height: 800 });
      await until(async () => !(await scrollsSideways(page)), { what: `${path} to fit` });
      await page.setViewportSize({ width: 1280, height: 800 });
    }
    await page.goto(`${hub.url}/`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await settled(page);
    await page.keyboard.press('Control+k');
    await page.getByRole('textbox', { name: /search/i }).or(page.getByRole('searchbox')).fill('Compari'); // prettier-ignore
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/comparisons$/);
    expect(watched.complaints).toEqual([]);

    const { userSave } = await hub.graphql<{ userSave: { invitation: string } }>(
      'mutation ($input: UserSaveInput!) { userSave(input: $input) { invitation userErrors { message } } }',
      { input: { name: 'Vera', email: 'vera@example.com', role: 'VIEWER', language: 'en' } },
    );
    const context = await world.browser.newContext({ locale: 'en' });
    const headers = { origin: new URL(hub.url).origin };
    const data = { invitation: userSave.invitation, password: 'seven quiet harbours' };
    expect((await context.request.post(`${hub.url}/session/invitation`, { headers, data })).ok()).toBe(true);
    const reader = watchPage(await context.newPage(), hub.url);
    await reader.page.goto(`${hub.url}/comparisons`);
    await reader.page.getByText(/^All \d+ agree$/).waitFor(); // prettier-ignore
    expect(await reader.page.locator('main button, main select').count()).toBe(0);
    await reader.page.locator('main').getByRole('link').first().click();
    await reader.page.getByText(/^All \d+ agree\.$/).waitFor();
    expect(await reader.page.locator('main button, main select').count()).toBe(0);
    expect(reader.complaints).toEqual([]);
    await reader.page.goto(`${hub.url}/flows`);
    await reader.page.getByRole('columnheader', { name: 'Problems' }).waitFor();
    expect(await reader.page.getByRole('columnheader', { name: 'Actions' }).count()).toBe(0);
    // Addresses that a colleague has sent, to what a reader may neither see nor do.
    for (const path of ['/settings/users', '/setup']) {
      await reader.page.goto(`${hub.url}${path}`);
      await reader.page.getByRole('alert').getByText('Your role does not allow this').waitFor();
      expect(await reader.page.locator('main button, main [role=tab]').count()).toBe(0);
    }
    await context.close();
  }, 90_000);
});
