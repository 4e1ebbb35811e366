/**
 * The pages of records over a whole hub with both sandboxes: what a shop owner asks of orders, products, categories, stock and customers, by
 * mouse and by keyboard alone. What the pages ask may not cost more than half of what one operation may.
 */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { Json } from '../../src/base/document.js';
import { sampleFlows } from '../../src/config/sample.js';
import { describeInChromium, openPage, untilShown } from '../support/browser.js';
import { coveredBy, seriousFindings } from '../support/dashboard.js';
import { peopleAtTheTill, peopleInTheShop, type ShopPeople } from '../support/people.js';
import { testApiKey, type HubHandle } from '../support/processes.js';
import type { ShopOrder } from '../support/shop-side.js';
import type { Stage } from '../support/stage.js';
import { openStagedBrowser, type StagedBrowser } from '../support/staged-browser.js';
import { busyness } from '../support/patience.js';
import { until } from '../support/wait.js';

/** So long a person takes for a key. */
const thinkMs = 300;
/** SKU of something that the shop sells and the till does not know. */
const onlyInShop = 'KADO';

interface Product {
  readonly sku: string;
  readonly type: string;
  readonly active: boolean;
  readonly price: Json;
  readonly taxCode: string;
}

describeInChromium('the pages of records', () => {
  let world: StagedBrowser;
  let stage: Stage;
  let hub: HubHandle;
  let shop: ShopPeople;
  let debtor: string;
  let goods: string;
  let page: Page;
  let complaints: string[];
  const costs = new Map<string, number>();

  beforeAll(async () => {
    world = await openStagedBrowser({ products: 12, pollMs: 250, flows: sampleFlows });
    ({ stage, hub } = world);
    shop = peopleInTheShop(stage.shop);
    expect(await stage.agreement(120_000)).toMatchObject({ lost: [], doubled: [] });
    const products = await stage.shop.records<Product>('products');
    const like = products.find(({ type, active, sku }) => type !== 'configurable' && active && sku < '900000')!;
    goods = like.sku;
    debtor = await shop.debtor({ name: 'Noor Wacht', email: 'noor.wacht@example.nl' });
    const { price, taxCode } = like;
    const wrapping = { sku: onlyInShop, name: 'Gift wrapping', type: 'simple', price, taxCode };
    expect(await shop.call('POST', '/products', wrapping)).toMatchObject({ status: 201 });
    ({ page, complaints } = await openPage(world.browser, `${hub.url}/account`));
    page.on('response', (response) => void noteCost(response));
    const origin = { headers: { origin: hub.url } };
    const account = { proof: testApiKey, name: 'Anna', email: 'anna@example.com', password: 'five green bicycles', language: 'en' }; // prettier-ignore
    const made = await page.request.post(`${hub.url}/session/first`, { data: account, ...origin });
    expect(made.status()).toBe(200);
  }, 240_000);
  afterAll(() => world?.close(), 60_000);

  type Answer = Awaited<ReturnType<Page['waitForResponse']>>;
  async function noteCost(response: Answer): Promise<void> {
    if (!response.url().endsWith('/graphql') || response.status() !== 200) return;
    // Of one that the page has left meanwhile nothing is known.
    const answer: unknown = await response.json().catch(() => null);
    if (answer === null) return;
    const { data, extensions } = answer as { data: object; extensions: { cost: { requested: number } } };
    const asked = Object.keys(data).join();
    costs.set(asked, Math.max(costs.get(asked) ?? 0, extensions.cost.requested));
  }

  const order = (basket: readonly (readonly [string, string])[]): Promise<string> => shop.order(debtor, basket);
  /** The number of an order as the shop gave it, when the hub knows how it stands with the till. */
  async function numberOf(id: string, state: string): Promise<string> {
    const orders = await stage.shop.records<ShopOrder & { number: string }>('orders');
    const found = `select 1 from projection p join external_reference r on r.canonical_id = p.canonical_id and r.system = 'softmaat'
      where p.target = 'mpluskassa' and p.entity = 'order' and r.external_id = $1 and p.state = $2`;
    const isSo = async (): Promise<boolean> => (await stage.ask(found, [id, state])).length > 0;
    await until(isSo, { what: `the order to be ${state}`, timeoutMs: 30_000 });
    return orders.find((each) => each.id === id)!.number;
  }
  /** A product of the till by its article, and what it is in the hub. */
  async function ofTill(sku: string) {
    const [found] = await stage.ask<{ id: string; name: string }>(
      `select p.id, p.name from product p join variant v on v.product_id = p.id where v.sku = $1`,
      [sku],
    );
    const articles = await stage.till.records<{ articleNumber: string; productNumber: string }>('articles');
    return { ...found!, ...articles.find(({ articleNumber }) => articleNumber === sku)! };
  }
  const heading = (name: string) => page.getByRole('heading', { level: 1, name, exact: true });

  it('say where web order n is: Ctrl K, its number, Enter; in both systems, with the reason, within 15 s', async () => {
    const number = await numberOf(await order([[goods, '1'], [onlyInShop, '1']]), 'waiting_for'); // prettier-ignore
    await page.goto(`${hub.url}/jobs`);
    await heading('Jobs').waitFor();
    const began = performance.now();
    await page.waitForTimeout(thinkMs);
    await page.keyboard.press('Control+k');
    await page.getByRole('textbox', { name: 'Search or jump' }).waitFor();
    await page.keyboard.type(number, { delay: thinkMs });
    await page.getByRole('button', { name: number }).first().waitFor();
    await page.waitForTimeout(thinkMs);
    await page.keyboard.press('Enter');
    await heading(`Order ${number}`).waitFor();
    const where = page.getByRole('region', { name: 'In the systems' }).getByRole('article');
    const till = where.filter({ has: page.getByRole('heading', { name: 'MplusKASSA' }) });
    await till.getByText('blocked').waitFor();
    await till.getByText(onlyInShop).first().waitFor();
    await till.getByText('Who has to act').waitFor();
    const store = where.filter({ has: page.getByRole('heading', { name: 'Softmaat' }) });
    await store.getByText('in sync').waitFor();
    expect(performance.now() - began).toBeLessThan(15_000 * busyness());
    await page.getByText(`no product with the code ${onlyInShop}`).waitFor();
  }, 60_000);

  it('list orders by how they stand, sort by headings, and go with j and Enter to one', async () => {
    // The list shows what there is when it is asked for; of orders that come later it only says so.
    const inSync = `select 1 from projection where entity = 'order' group by canonical_id having bool_and(state = 'in_sync')`;
    const blocked = `select 1 from projection where entity = 'order' and state = 'waiting_for'`;
    const areSettled = async () => (await stage.ask(inSync)).length > 10 && (await stage.ask(blocked)).length === 1;
    await until(areSettled, { what: 'orders in both systems, and one blocked', timeoutMs: 30_000 });
    await page.goto(`${hub.url}/orders?state=BLOCKED`);
    const table = page.getByRole('table', { name: 'Orders' });
    await table.getByRole('row').nth(1).getByText(onlyInShop).first().waitFor();
    await untilShown(table.getByRole('row'), 2);
    await page.getByLabel('Any state').selectOption({ label: 'in sync' });
    await until(async () => (await table.getByRole('row').count()) > 10, { what: 'the others', timeoutMs: 15_000 });
    await page.getByRole('button', { name: 'Total' }).click();
    await page.getByRole('columnheader', { name: 'Total', exact: false }).and(page.locator('[aria-sort="descending"]')).waitFor(); // prettier-ignore
    expect(page.url()).toContain('sort=TOTAL');
    const areSorted = async (): Promise<boolean> => {
      const texts = await table.getByRole('row').locator('td:last-child').allTextContents();
      const totals = texts.map((text) => Number(text.replace(/[^\d.]/g, '')));
      return totals.length > 10 && totals.every((total, i) => i === 0 || total <= totals[i - 1]!);
    };
    await until(areSorted, { what: 'the largest total first', timeoutMs: 15_000 });
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    const second = (await table.getByRole('row').nth(2).getByRole('link').first().textContent()) ?? '';
    await page.keyboard.press('Enter');
    await heading(`Order ${second}`).waitFor();
    await page.getByRole('list', { name: 'How far the order is' }).waitFor();
    await page.getByRole('table', { name: 'VAT per rate' }).waitFor();
    expect(await page.getByText('Rounding difference').count()).toBe(0);
  }, 60_000);

  it('keep the marked row at its record when the list is sorted anew', async () => {
    await page.goto(`${hub.url}/products?sort=NAME&direction=ASC`);
    const rows = page.getByRole('table', { name: 'Products' }).locator('tbody tr');
    await rows.first().waitFor();
    const ids = (): Promise<(string | null)[]> => rows.evaluateAll((all) => all.map((row) => row.getAttribute('data-row'))); // prettier-ignore
    const before = await ids();
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    const marked = page.locator('tr[data-at]');
    expect(await marked.getAttribute('data-row')).toBe(before[1]);
    await page.getByRole('button', { name: 'Name' }).click();
    await until(async () => (await ids())[0] !== before[0], { what: 'another order', timeoutMs: 15_000 });
    expect(await ids()).toEqual([...before].reverse());
    expect(await marked.getAttribute('data-row')).toBe(before[1]);
    await page.keyboard.press('k');
    expect(await marked.getAttribute('data-row')).toBe(before[2]);
  }, 60_000);

  it('say how many records have changed, and show them when they are asked to', async () => {
    await page.goto(`${hub.url}/orders`);
    const table = page.getByRole('table', { name: 'Orders' });
    await table.waitFor();
    await page.getByText('live', { exact: true }).waitFor();
    const before = await table.getByRole('row').count();
    const id = await order([[goods, '2']]);
    const notice = page.getByRole('button', { name: /changed, show/ });
    await notice.waitFor();
    expect(await table.getByRole('row').count()).toBe(before);
    const link = table.getByRole('link', { name: await numberOf(id, 'in_sync') });
    await notice.click();
    await link.waitFor();
  }, 60_000);

  it('find a product, show what each system calls it, and take a link away with its reason in the history', async () => {
    await page.goto(`${hub.url}/products`);
    const table = page.getByRole('table', { name: 'Products' });
    await table.waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type(goods);
    await until(async () => (await table.getByRole('row').count()) === 2, { what: 'one product', timeoutMs: 15_000 });
    await table.getByRole('link').first().click();
    const store = page.getByRole('article').filter({ has: page.getByRole('heading', { name: 'Softmaat' }) });
    await store.getByText(goods).first().waitFor();
    await page.getByRole('tab', { name: 'Links' }).click();
    await page
      .getByRole('button', { name: /^Unlink .* of Softmaat$/ })
      .last()
      .click();
    const dialog = page.getByRole('dialog', { name: 'Take this link away' });
    await dialog.getByRole('button', { name: 'Cancel' }).and(page.locator(':focus')).waitFor();
    await dialog.getByLabel('Reason').fill('another vase');
    await dialog.getByRole('button', { name: 'Unlink' }).click();
    await store.getByText('held').waitFor();
    await page.getByRole('tab', { name: 'History' }).click();
    await page.getByLabel('History of').selectOption({ label: `Variant ${goods}` });
    await page.getByText('another vase').first().waitFor();
    await page.getByRole('button', { name: 'Compare and send again' }).click();
    await store.getByText('in sync').waitFor();
  }, 60_000);

  it('show a product as it was at two moments, with what each change made different', async () => {
    const till = peopleAtTheTill(stage.till);
    const { id, name, articleNumber, productNumber } = await ofTill(goods);
    await page.goto(`${hub.url}/products/${id}?tab=history`);
    const compared = page.getByRole('table', { name: 'The record at both moments' });
    await compared.getByRole('columnheader', { name: 'before the first change' }).waitFor();
    const nameRow = compared.getByRole('row').filter({ has: page.getByRole('rowheader', { name: /^Name/ }) });
    await nameRow.getByText('not known yet').waitFor();
    for (const description of ['Old lamp', 'New lamp']) {
      const product = { productNumber, description, articleList: [{ articleNumber, description }] };
      expect(await till.call('updateProduct', { product })).toMatchObject({ result: 'UPDATE-PRODUCT-RESULT-OK' });
      // The page follows the record.
      await heading(description).waitFor();
      await nameRow.getByText(description).waitFor();
    }
    await nameRow.getByText('Old lamp').waitFor();
    await nameRow.getByText('changed').waitFor();
    const changes = page.getByRole('table', { name: 'Changes' });
    await untilShown(changes.getByRole('row'), 4);
    await changes.getByRole('row').nth(1).getByRole('cell', { name: 'MplusKASSA' }).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    // By keyboard alone: the earlier handle one change back.
    await page.getByRole('slider', { name: 'Earlier moment' }).focus();
    await page.keyboard.press('ArrowLeft');
    await nameRow.getByText(name, { exact: true }).waitFor();
    await nameRow.getByText('New lamp').waitFor();
    await page.getByLabel('Only what differs').check();
    await untilShown(compared.getByRole('row'), 2);
    // The same by the table.
    await changes.getByRole('button', { name: /^Show the change/ }).nth(1).click(); // prettier-ignore
    await nameRow.getByText('Old lamp').waitFor();
    expect(await nameRow.getByText('New lamp').count()).toBe(0);
  }, 60_000);

  it('say what was done beside the page, not over it, however narrow it is', async () => {
    for (const width of [360, 1024]) {
      await page.setViewportSize({ width, height: 700 });
      await page.goto(`${hub.url}/orders`);
      await page.getByRole('table', { name: 'Orders' }).getByRole('link').first().click();
      await page.getByRole('button', { name: 'Compare and send again' }).click();
      const said = page.getByText('The hub compares it with the systems and sends what differs.');
      await said.waitFor();
      expect(await coveredBy(page, '.message')).toEqual([]);
      await page.getByRole('button', { name: 'Close' }).click();
      await said.waitFor({ state: 'detached' });
    }
    await page.setViewportSize({ width: 1280, height: 800 });
  }, 60_000);

  it('walk down the tree of categories with the arrow keys', async () => {
    await page.goto(`${hub.url}/categories`);
    const tree = page.getByRole('treegrid', { name: 'Categories' });
    const closed = tree.locator('[role=row][aria-level="1"][aria-expanded=false]').first();
    await closed.focus();
    await page.keyboard.press('ArrowRight');
    const below = tree.locator('[role=row][aria-level="2"]').first();
    await below.waitFor();
    await page.keyboard.press('ArrowDown');
    const name = (await below.getByRole('link').first().textContent())!;
    await page.keyboard.press('Enter');
    await heading(name).waitFor();
    await page.getByRole('region', { name: 'In the systems' }).waitFor();
  }, 60_000);

  it('show stock by locations, the lowest first, and one figure of it', async () => {
    await page.goto(`${hub.url}/stock?level=low`);
    const grid = page.getByRole('table', { name: 'Stock' });
    const figure = grid.getByRole('row').nth(1).getByRole('cell').getByRole('link').first();
    await figure.click();
    await page.getByRole('heading', { level: 1, name: / in / }).waitFor();
    await page.getByRole('region', { name: 'Quantities' }).waitFor();
  }, 60_000);

  it('find a customer with the orders', async () => {
    await page.goto(`${hub.url}/customers?search=Noor%20Wacht`);
    await page.getByRole('link', { name: 'Noor Wacht' }).click();
    await heading('Noor Wacht').waitFor();
    await page.getByRole('link', { name: /^All \d+ orders$/ }).click();
    await untilShown(page.getByRole('table', { name: 'Orders' }).getByRole('row'), 3);
    // Whose orders these are is said, and taken away by a click.
    await page.getByRole('button', { name: 'Only Noor Wacht' }).click();
    await page.waitForURL((url) => url.pathname === '/orders' && !url.searchParams.has('customer'));
  }, 60_000);

  it('ask nothing that costs more than half of what an operation may, and complain of nothing', () => {
    expect([...costs].filter(([, cost]) => cost >= 5_000)).toEqual([]);
    expect(costs.size).toBeGreaterThan(8);
    expect(complaints).toEqual([]);
  });
});
