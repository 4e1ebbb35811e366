/**
 * What the pages have from the connected systems, over a whole hub with both sandboxes: links to the pages that these have for a record,
 * the codes that they list; files of what lists show; and numbers, which lead to lists of as many.
 */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import type { Locator, Page } from 'playwright-core';
import { sampleFlows } from '../../src/config/sample.js';
import { untilStill } from '../support/agreement.js';
import { describeInChromium, untilShown } from '../support/browser.js';
import { seriousFindings } from '../support/dashboard.js';
import type { HubHandle } from '../support/processes.js';
import type { Stage } from '../support/stage.js';
import { openStagedBrowser, type StagedBrowser } from '../support/staged-browser.js';
import { until } from '../support/wait.js';

describeInChromium('lists and links', () => {
  let world: StagedBrowser;
  let stage: Stage;
  let hub: HubHandle;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    world = await openStagedBrowser({ products: 12, pollMs: 250, flows: sampleFlows });
    ({ stage, hub } = world);
    expect(await stage.agreement(120_000)).toMatchObject({ lost: [], doubled: [] });
    ({ page, complaints } = await world.open({ path: '/systems' }));
  }, 240_000);
  afterAll(() => world?.close(), 60_000);

  // Before any other page has asked for these codes, which are kept.
  it('let a code be typed while the system does not say which there are', async () => {
    await stage.shop.faults({ match: 'GET /api/v1/revenue-accounts', fault: '500before', times: 100 });
    const [{ id } = { id: '' }] = await stage.ask<{ id: string }>(`select id from value_list where key = 'softmaat-revenue-account'`); // prettier-ignore
    await page.goto(`${hub.url}/value-lists/${id}`);
    await page.getByText('The codes to choose from are not known now.').waitFor();
    await page.getByLabel('New code').fill('21');
    await page.getByLabel('What it becomes').fill('8001');
    await page.getByRole('button', { name: 'Add' }).click();
    await page.getByLabel('What 21 becomes', { exact: true }).waitFor();
    await stage.shop.clearFaults();
  }, 60_000);

  it('open an order in the web shop, once somebody has said where its pages are', async () => {
    // Products and customers agree by now; orders follow them.
    const made = () =>
      stage.ask<{ id: string; number: string; external: string }>(
        `select o.id, o.number, r.external_id as external from sales_order o
         join external_reference r on r.canonical_id = o.id and r.system = 'softmaat' and r.entity = 'order' limit 1`,
      );
    const { id, number, external } = await until(async () => (await made())[0], { what: 'an order in the web shop' });
    await page.goto(`${hub.url}/systems`);
    await page.getByRole('link', { name: 'Softmaat' }).first().click();
    await page.getByText('Pages of the records (optional)').click();
    const where = page.getByLabel('Page of an order');
    await where.fill('javascript:alert({id})');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Page of an order must start with https:// outside of your own network').waitFor();
    await where.fill('https://shop.example/admin/orders/{id}?number={number}');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved').first().waitFor();
    await page.goto(`${hub.url}/orders/${id}`);
    const there = page.getByRole('link', { name: 'Open in Softmaat' });
    await there.waitFor();
    const said = await there.evaluate((link) => ['href', 'target', 'rel'].map((name) => link.getAttribute(name)));
    const address = `https://shop.example/admin/orders/${external}?number=${number}`;
    expect(said).toEqual([address, '_blank', 'noopener noreferrer']);
    expect(await page.getByRole('link', { name: 'Open in MplusKASSA' }).count()).toBe(0);
    await page.getByRole('tab', { name: 'Links' }).click();
    await page.getByRole('table', { name: 'Links' }).locator(`a[href="${address}"]`).waitFor();
    // It says so for a second; whoever looks from outside may come too late.
    const says = `[...document.querySelectorAll('button')].some((button) => button.textContent === 'Copied')`;
    await page.evaluate(
      `new MutationObserver(() => { window.wasCopied ||= ${says}; }).observe(document.body, { subtree: true, childList: true, characterData: true })`,
    );
    await page.getByRole('button', { name: 'Copy link' }).click();
    await until(() => page.evaluate<boolean>('window.wasCopied === true'), { what: 'it to say so' });
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(page.url());
    expect(await seriousFindings(page)).toEqual([]);
    await page.getByRole('link', { name: 'Last event' }).first().click();
    await page.getByRole('link', { name: 'Open in Softmaat' }).waitFor();
  }, 60_000);

  it('offer the codes that a system lists, with their names, those of the country first', async () => {
    const listOf = async (key: string): Promise<string> =>
      (await stage.ask<{ id: string }>('select id from value_list where key = $1', [key]))[0]!.id;
    const offered = async (input: Locator): Promise<readonly string[]> => {
      const id = (await input.getAttribute('list'))!;
      return page.locator(`datalist[id="${id}"] option`).evaluateAll((all) => all.map((one) => one.getAttribute('label') ?? '')); // prettier-ignore
    };
    await page.goto(`${hub.url}/value-lists/${await listOf('softmaat-tax-code')}?search=LU17`);
    const rate = page.getByLabel('What 17 · LU becomes');
    await page.getByText('TVA 17 %', { exact: true }).waitFor();
    expect(await offered(rate)).toContain('LU17 · TVA 17 %');
    expect(await offered(rate)).not.toContain('NL21 · BTW hoog');
    await rate.fill('LU18');
    await page.getByText('Softmaat does not list this code.').waitFor();
    await rate.press('Escape');
    await page.goto(`${hub.url}/value-lists/${await listOf('mpluskassa-payment-method-out')}`);
    await page.getByText('Cadeaubon', { exact: true }).waitFor();
    const method = page.getByLabel('What GIFT_CARD becomes');
    expect(await offered(method)).toContain('BON · Cadeaubon');
    // Somebody has switched it off in the till.
    expect(await offered(method)).not.toContain('CHEQUE · Cheque');
    expect(await seriousFindings(page)).toEqual([]);
  }, 60_000);

  it('show what each flow did in the last day, hour by hour, and lead to what happened then', async () => {
    await page.goto(`${hub.url}/flows`);
    const row = page
      .getByRole('row')
      .filter({ has: page.getByRole('link', { name: 'Products from MplusKASSA to Softmaat' }) });
    const day = row.getByRole('link', { name: /^Last 24 hours: \d+ records, 0 failed$/ });
    await day.waitFor();
    expect(await day.getAttribute('href')).toMatch(/\/activity\?.*flow=.*from=/);
    await row.getByRole('link', { name: 'Products from MplusKASSA to Softmaat' }).click();
    const hours = page.getByRole('region', { name: 'The last 24 hours' }).getByRole('link');
    await untilShown(hours, 24);
    expect(await seriousFindings(page)).toEqual([]);
    // A full hour may have begun since.
    const busy = page.getByRole('link', { name: /: [1-9]\d* compared or written, 0 failed$/ });
    await busy.first().click();
    await page.getByRole('heading', { level: 1, name: 'Activity' }).waitFor();
    await page
      .getByText(/made in Softmaat|created/i)
      .first()
      .waitFor();
    expect(page.url()).toContain('to=');
  }, 60_000);

  it('take away what a list shows as a file, with its filter and in words', async () => {
    const [{ word } = { word: '' }] = await stage.ask<{ word: string }>(
      `select split_part(name, ' ', 1) as word from product where status = 'ACTIVE' order by id limit 1`,
    );
    await page.goto(`${hub.url}/products?status=ACTIVE&search=${encodeURIComponent(word)}`);
    const table = page.getByRole('table', { name: 'Products' });
    await table.waitFor();
    const shown = (await table.getByRole('row').count()) - 1;
    expect(shown).toBeGreaterThan(0);
    await page.getByRole('button', { name: 'Export…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Export: Products' });
    await dialog.getByText(`${shown} record`).waitFor();
    await dialog.getByLabel('Between cells').selectOption({ label: 'semicolon (;)' });
    await dialog.getByLabel('Numbers as').selectOption({ label: 'comma: 1234,50' });
    await dialog.getByLabel('Brand').click();
    expect(await seriousFindings(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Make the file' }).click();
    await page.getByRole('heading', { level: 1, name: 'Export of a list: Products' }).waitFor();
    const file = page.getByRole('link', { name: 'Download' });
    await file.waitFor();
    await page.getByText('kept until').waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    const [download] = await Promise.all([page.waitForEvent('download'), file.click()]);
    expect(download.suggestedFilename()).toMatch(/^koppel-products-[\d-]+\.csv$/);
    const lines = readFileSync(await download.path(), 'utf8')
      .trimEnd()
      .split('\r\n');
    expect(lines[0]).toMatch(/^\uFEFFName;Code;Status;Type;Category;/);
    expect(lines.slice(1)).toHaveLength(shown);
    for (const line of lines.slice(1)) expect(line).toContain(word);
    for (const line of lines.slice(1)) expect(line).toContain(';on sale;');
  }, 60_000);

  it('take away what the log shows of a time', async () => {
    await page.goto(`${hub.url}/activity?search=${encodeURIComponent('MplusKASSA')}`);
    await page.getByRole('button', { name: 'Export…' }).click();
    const dialog = page.getByRole('dialog', { name: /^Export: / });
    await dialog.getByRole('button', { name: 'Make the file' }).click();
    const file = page.getByRole('link', { name: 'Download' });
    await file.waitFor();
    const [download] = await Promise.all([page.waitForEvent('download'), file.click()]);
    const lines = readFileSync(await download.path(), 'utf8')
      .trimEnd()
      .split('\r\n');
    expect(lines.length).toBeGreaterThan(1);
  }, 60_000);

  it('count with a category what is below it, in the tree, on its page and in the list of products alike', async () => {
    await page.goto(`${hub.url}/categories`);
    const tree = page.getByRole('treegrid', { name: 'Categories' });
    const branches = tree.locator('[role=row][aria-level="1"][aria-expanded=false]');
    const count = branches
      .getByRole('gridcell')
      .getByRole('link', { name: /^[1-9]\d*$/ })
      .first();
    const number = (await count.textContent())!;
    await count.click();
    await page.getByRole('heading', { name: 'Products in it and in the categories below' }).waitFor();
    await page.getByRole('link', { name: `All ${number} products` }).click();
    await untilShown(page.getByRole('table', { name: 'Products' }).getByRole('row'), Number(number) + 1);
  }, 60_000);

  it('open by keys the category that has the focus, also when what is below another one comes late', async () => {
    await page.goto(`${hub.url}/categories`);
    const tree = page.getByRole('treegrid', { name: 'Categories' });
    const opened = tree.locator('[role=row][aria-level="1"][aria-expanded=false]').first();
    await opened.waitFor();
    const id = await opened.getAttribute('data-row');
    let answer = (): void => undefined;
    const isLeft = new Promise<void>((resolve) => (answer = resolve));
    await page.route('**/graphql', async (route) => {
      if (String(route.request().postData()).includes(`"id":"${id}"`)) await isLeft;
      await route.continue();
    });
    await tree.locator(`[data-row="${id}"]`).focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowDown');
    const focused = tree.locator('[data-row]:focus');
    const name = (await focused.getByRole('link').first().textContent())!;
    answer();
    await tree.locator('[role=row][aria-level="2"]').first().waitFor();
    await page.unrouteAll({ behavior: 'wait' });
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
  }, 60_000);

  it('tell on the overview what happened between its list and its news', async () => {
    const opening = await page.context().newPage();
    let follow = (): void => undefined;
    const isAsked = new Promise<void>((resolve) => (follow = resolve));
    await opening.routeWebSocket(/graphql/, async (socket) => {
      await isAsked;
      socket.connectToServer();
    });
    const latest = async (): Promise<string> => {
      const events = '{ syncEvents(first: 1, filter: { outcome: [SUCCEEDED] }) { nodes { id } } }';
      const { syncEvents } = await hub.graphql<{ syncEvents: { nodes: [{ id: string }] } }>(events);
      return syncEvents.nodes[0].id;
    };
    await opening.goto(`${hub.url}/`);
    const justNow = opening.getByRole('region', { name: 'Just now' });
    await justNow.getByRole('listitem').first().waitFor();
    const before = await latest();
    await stage.till.mutate('products', 2, 9);
    await until(async () => (await latest()) !== before, { what: 'something to happen' });
    // The list holds eight: more of what follows could push it out before it was seen.
    await untilStill(stage);
    const happened = await latest();
    follow();
    await justNow.locator(`a[href="/events/${happened}"]`).waitFor();
    await opening.close();
  }, 180_000);

  it('keep what is typed into a search while what was searched before arrives', async () => {
    await page.goto(`${hub.url}/value-lists`);
    const search = page.getByLabel('Search value lists');
    await search.waitFor();
    // A key is pressed at the moment at which the address changes.
    await page.evaluate(`(() => {
      const original = history.replaceState, push = history.pushState;
      const typed = () => {
        const field = document.querySelector('input[type=search]');
        if (field.value !== 'ta') return;
        Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(field, 'tax');
        field.dispatchEvent(new Event('input', { bubbles: true }));
      };
      history.pushState = function (...given) { push.apply(this, given); typed(); };
      history.replaceState = function (...given) { original.apply(this, given); typed(); };
    })()`);
    await search.fill('ta');
    await page.waitForURL(/search=tax$/);
    expect(await search.inputValue()).toBe('tax');
    await page.goBack();
    await page.waitForURL(/search=ta$/);
    await until(async () => (await search.inputValue()) === 'ta', { what: 'what was searched before' });
  }, 60_000);

  it('complain of nothing', () => {
    expect(complaints).toEqual([]);
  });
});
