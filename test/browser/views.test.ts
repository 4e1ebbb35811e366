/**
 * Named filters of lists, as people use them: a filter is named, found again from the palette and in another browser, made the default of its
 * list, renamed, shared, deleted. By mouse, by keys alone, and without axe finding anything.
 */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { describeInChromium, type Watched } from '../support/browser.js';
import { scrollsSideways, seriousFindings } from '../support/dashboard.js';
import type { HubHandle } from '../support/processes.js';
import { openStagedBrowser, type StagedBrowser } from '../support/staged-browser.js';
import { tabToThis } from '../support/signed-in.js';

describeInChromium('the views of a list', () => {
  let world: StagedBrowser;
  let hub: HubHandle;
  let watched: Watched;
  let page: Page;
  beforeAll(async () => {
    world = await openStagedBrowser({ products: 4, pollMs: 1_000 });
    ({ hub } = world);
    watched = await world.open({ path: '/products' });
    ({ page } = watched);
  }, 180_000);
  afterAll(() => world?.close(), 60_000);

  const button = (name: RegExp | string): Locator => page.getByRole('button', { name });
  const item = (name: RegExp | string): Locator => page.getByRole('menuitem', { name });
  const dialog = (): Locator => page.getByRole('dialog');
  /** Presses the arrow key until the item has the focus. */
  async function arrowTo(wanted: Locator): Promise<void> {
    for (let i = 0; i < 6; i++) {
      if (await wanted.evaluate((element) => element === element.ownerDocument.activeElement)) return;
      await page.keyboard.press('ArrowDown');
    }
    throw new Error('the arrow keys do not come to the item');
  }
  const query = (): string => new URL(page.url()).search;
  /** With which filters lists are asked for from now on. */
  function askedFilters(of: Page): object[] {
    const filters: object[] = [];
    of.on('request', (request) => {
      const { variables } = (request.url().endsWith('/graphql') ? request.postDataJSON() : {}) as { variables?: { filter?: object; search?: string | null } };
      if (variables?.filter !== undefined && variables.search !== undefined) filters.push(variables.filter);
    });
    return filters;
  } // prettier-ignore

  it('gets the present filter under a name', async () => {
    await button('Views').click();
    expect(await item('Save this filter…').isDisabled()).toBe(true);
    // Escape is heard inside the menu only.
    await page.getByRole('menu').and(page.locator(':focus-within')).waitFor();
    await page.keyboard.press('Escape');
    await page.getByLabel('Any status').selectOption('ARCHIVED');
    await page.waitForURL(/status=ARCHIVED/);
    await button('Views').click();
    await item('Save this filter…').click();
    await dialog().getByLabel('Name').fill('Out of the range');
    expect(await seriousFindings(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await button('View: Out of the range').waitFor();
  }, 60_000);

  it('goes back to everything, and to the view by keys alone', async () => {
    await button('View: Out of the range').click();
    await item('Everything').waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await item('Everything').click();
    await page.waitForURL((url) => url.search === '');
    await button('Views').focus();
    await page.keyboard.press('Enter');
    await item('Everything').waitFor();
    await arrowTo(item('Out of the range'));
    await page.keyboard.press('Enter');
    await page.waitForURL(/status=ARCHIVED/);
    await button('View: Out of the range').waitFor();
  }, 60_000);

  it('is found in the palette', async () => {
    await page.goto(`${hub.url}/jobs`);
    await page.getByRole('heading', { level: 1 }).first().waitFor();
    await page.keyboard.press('Control+k');
    await page.getByPlaceholder('A page, an order number, a code, a name…').fill('of the range');
    await page.getByRole('dialog').getByText('Out of the range').waitFor();
    await page.getByRole('dialog').getByText('Out of the range').click();
    await page.waitForURL(/\/products\?.*status=ARCHIVED/);
  }, 60_000);

  it('is renamed, shared and made the default, with which the list begins on another machine', async () => {
    await button('View: Out of the range').click();
    await item('Manage views…').click();
    const name = dialog().getByLabel('Name of Out of the range');
    await name.fill('Archived');
    await page.keyboard.press('Enter');
    // What is ticked is what the hub says.
    await dialog().getByLabel('Share Archived').click();
    await dialog().getByLabel('Share Archived').and(page.locator(':checked')).waitFor();
    await dialog().getByLabel('Begin with Archived').click();
    await dialog().getByLabel('Begin with Archived').and(page.locator(':checked')).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'hidden' });
    expect(watched.complaints).toEqual([]);

    const elsewhere = await world.open({ path: '/products', language: 'nl', width: 360 });
    ({ page } = elsewhere);
    await page.waitForURL(/status=ARCHIVED/);
    await button('Weergave: Archived').waitFor();
    await page.getByText('Niets past').waitFor();
    // The list is asked for once, with its filter: nothing else is shown first.
    const asked = askedFilters(page);
    await page.goto(`${hub.url}/products`);
    await button('Weergave: Archived').waitFor();
    await page.getByText('Niets past').waitFor();
    expect(asked).toEqual([{ status: ['ARCHIVED'] }]);
    expect(await scrollsSideways(page)).toBe(false);
    // Whoever takes the filter away sees everything.
    await button('Weergave: Archived').click();
    await item('Alles').click();
    await page.waitForURL((url) => url.search === '');
    await button('Weergaven').waitFor();
    expect(query()).toBe('');
    expect(elsewhere.complaints).toEqual([]);
  }, 60_000);

  it('is deleted after a question, with the keyboard', async () => {
    await page.goto(`${hub.url}/products?status=ARCHIVED`);
    await button('Weergave: Archived').click();
    await item('Weergaven beheren…').click();
    await tabToThis(page, button('Archived verwijderen'));
    await page.keyboard.press('Enter');
    await page.getByText('Het filter verliest zijn naam, voor iedereen.').waitFor();
    await page.getByRole('button', { name: 'Verwijderen', exact: true }).click();
    await page.getByText('Deze lijst heeft geen weergaven meer.').waitFor();
    await page.keyboard.press('Escape');
    await button('Weergaven').waitFor();
  }, 60_000);

  it('names the filter of the audit log, which stands in the address', async () => {
    await page.goto(`${hub.url}/settings/audit?action=savedViewSave`);
    await page.getByRole('table', { name: 'Wie wat deed' }).getByText('Heeft een weergave bewaard').first().waitFor();
    await button('Weergaven').click();
    await item('Dit filter bewaren…').click();
    await dialog().getByLabel('Naam').fill('Weergaven van ons');
    await page.keyboard.press('Enter');
    await button('Weergave: Weergaven van ons').waitFor();
  }, 60_000);

  it('begins at the first page of the audit log, however far somebody has turned, and Back leads to that page again', async () => {
    await world.stage.ask(`insert into audit (actor, action, subject) select 'usr_1', 'flowPause', 'orders' from generate_series(1, 60)`); // prettier-ignore
    await world.stage.ask(`insert into audit (actor, action, subject, detail) values ('usr_1', 'savedViewSave', 'viw_1', '{"reason": "De nieuwste."}')`); // prettier-ignore
    await page.goto(`${hub.url}/settings/audit`);
    const newest = page.getByRole('table', { name: 'Wie wat deed' }).getByText('De nieuwste.').first();
    await newest.waitFor();
    await button('Volgende pagina').click();
    await newest.waitFor({ state: 'detached' });
    await button('Weergaven').click();
    await item('Weergaven van ons').click();
    await button('Weergave: Weergaven van ons').waitFor();
    await newest.waitFor();
    await page.goBack();
    await newest.waitFor({ state: 'detached' });
    await button('Vorige pagina').and(page.locator(':enabled')).waitFor();
    expect(query()).toMatch(/after=/);
  }, 60_000);
});
