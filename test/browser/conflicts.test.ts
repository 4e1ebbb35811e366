/**
 * The page of conflicts, as a person uses it: a price that is changed in both systems while the hub does not see it, ended by clicks, by keys, by
 * another value and by a rule; both systems have the chosen price afterwards. Then who decides about which field, as people set it and take it back.
 */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { describeInChromium, type Watched } from '../support/browser.js';
import { scrollsSideways, seriousFindings } from '../support/dashboard.js';
import { peopleAtTheTill } from '../support/people.js';
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
  readonly price: { readonly amount: string } | null;
}
interface TillArticle {
  readonly articleNumber: string;
  readonly productNumber: string;
  readonly priceIncl: string;
}

describeInChromium('the page of conflicts', () => {
  let world: StagedBrowser;
  let stage: Stage;
  let hub: HubHandle;
  let watched: Watched;
  let page: Page;
  let products: readonly ShopProduct[];
  beforeAll(async () => {
    world = await openStagedBrowser({
      products: 12,
      pollMs: 250,
      flows: [
        { entity: 'category', from: 'source', settings: {} },
        { entity: 'product', from: 'source', settings: {} },
        { entity: 'product', from: 'target', settings: {} },
      ],
    });
    ({ stage, hub } = world);
    await until(async () => (await stage.agreement(0)).lost.every((line) => line.startsWith('stock ')), {
      timeoutMs: 60_000,
      everyMs: 200,
      what: 'the products to be in the shop',
    });
    await hub.graphql(
      'mutation ($input: FieldOwnersSaveInput!) { fieldOwnersSave(input: $input) { userErrors { message } } }',
      { input: { entityType: 'PRODUCT_VARIANT', owners: [{ path: 'priceAmount', policy: 'MANUAL' }] } },
    );
    const found = await stage.shop.records<ShopProduct>('products');
    products = found.filter(({ type, sku }) => type === 'simple' && sku < '900000');
    watched = await world.open({ path: '/conflicts' });
    ({ page } = watched);
  }, 180_000);
  afterAll(() => world?.close(), 60_000);

  const articleOf = async ({ sku }: ShopProduct): Promise<TillArticle> =>
    (await stage.till.records<TillArticle>('articles')).find(({ articleNumber }) => articleNumber === sku)!;
  const pricesOf = async (product: ShopProduct): Promise<{ shop: number; till: number }> => {
    const inShop = (await stage.shop.records<ShopProduct>('products')).find(({ id }) => id === product.id);
    return { shop: Number(inShop?.price?.amount), till: Number((await articleOf(product)).priceIncl) / 100 };
  };
  const untilBoth = (product: ShopProduct, euros: number): Promise<unknown> =>
    until(async () => Object.values(await pricesOf(product)).every((each) => each === euros), {
      timeoutMs: 30_000,
      everyMs: 150,
      what: `both systems to ask ${euros}`,
    });
  const openCount = async (): Promise<number> => {
    const { fieldConflicts } = await hub.graphql<{ fieldConflicts: { nodes: object[] } }>(
      '{ fieldConflicts { nodes { id } } }',
    );
    return fieldConflicts.nodes.length;
  };

  /** Both systems get a price of their own while the hub does not look, and the page says so. */
  async function disagree(at: readonly number[], shop: number, till: number): Promise<readonly ShopProduct[]> {
    const those = at.map((each) => products[each]!);
    const underWay = `select 1 from projection where entity in ('product', 'variant') and state in ('pending', 'writing', 'in_doubt', 'retrying')`;
    await until(async () => (await stage.ask(underWay)).length === 0, { what: 'no write to be under way' });
    // Nothing of the dashboard, which would miss the hub.
    await page.goto(`${hub.url}/livez`);
    await hub.stop();
    for (const product of those) {
      const price = { amount: `${shop}.00`, currency: 'EUR', taxIncluded: true };
      await shopClient(stage.shop).change(`/products/${product.id}`, { price });
      const { articleNumber, productNumber } = await articleOf(product);
      const article = { articleNumber, priceIncl: String(till * 100) };
      await peopleAtTheTill(stage.till).call('updateProduct', { product: { productNumber, articleList: [article] } });
    }
    hub = await stage.hub();
    await until(async () => (await openCount()) === those.length, { timeoutMs: 20_000, what: 'the conflicts' });
    await page.goto(`${hub.url}/conflicts`);
    await rows().first().waitFor();
    return those;
  }
  const rows = (): Locator => page.getByRole('table', { name: 'Conflicts to decide' }).locator('tbody tr');
  const dialog = (): Locator => page.getByRole('dialog');

  it('says that all is well, and about which fields people decide', async () => {
    await page.getByText('Nothing to decide.').waitFor();
    await page.getByText('variants: Price').waitFor();
  }, 60_000);

  it('shows what was agreed and what each system says, and takes the word of one to both by a click', async () => {
    const [product] = await disagree([0], 21, 22);
    const row = rows().first();
    await row.getByText('Price', { exact: true }).waitFor();
    expect(await row.getByRole('group', { name: 'MplusKASSA' }).innerText()).toContain('€22.00');
    expect(await row.getByRole('group', { name: 'Softmaat' }).innerText()).toContain('€21.00');
    expect(await row.getByRole('group', { name: 'Last agreed' }).innerText()).toMatch(/€\d+\.\d\d/);
    expect(await seriousFindings(page)).toEqual([]);
    await page.setViewportSize({ width: 360, height: 800 });
    await until(async () => !(await scrollsSideways(page)), { what: 'the page to fit' });
    await page.setViewportSize({ width: 1280, height: 800 });
    await row.getByRole('button', { name: 'Take this: Softmaat' }).click();
    await dialog()
      .getByText(/^Price of variant .* becomes “€21.00” in every system\.$/)
      .waitFor();
    await dialog().getByRole('button', { name: 'Take it', exact: true }).click();
    await page.getByText('Nothing to decide.').waitFor();
    await untilBoth(product!, 21);
  }, 90_000);

  it('is told of by the overview, the menu and the record, and lists afterwards how it ended', async () => {
    await page.getByRole('tab', { name: /^Decided/ }).click();
    const ended = page.getByRole('table', { name: 'Decided conflicts' }).locator('tbody tr').first();
    await ended.getByText('€21.00').waitFor();
    await ended.getByText('somebody decided (Anna Peeters)').waitFor();
    await disagree([0], 23, 24);
    await page.goto(`${hub.url}/`);
    await page.getByRole('link', { name: 'Conflicts 1' }).waitFor();
    const attention = page.getByRole('region', { name: 'Needs attention' });
    await attention.getByRole('link', { name: /^Open: 1 field was changed/ }).click();
    await rows().first().getByRole('link').click();
    await page.getByRole('alert').getByText('A field waits for a decision').waitFor();
    await page.getByRole('alert').getByRole('link', { name: 'Decide' }).click();
    await page.waitForURL(/\/conflicts\?record=/);
    await rows().first().waitFor();
    await page.getByLabel('Kind of record').selectOption({ label: 'customers' });
    await page.getByText('Nothing matches these filters.').waitFor();
    await page.getByRole('button', { name: 'All records' }).click();
  }, 90_000);

  it('takes another value, and says at the field when the field cannot hold it', async () => {
    await rows().first().getByRole('button', { name: 'Another value…' }).click();
    await dialog().getByLabel('Price').fill('free');
    await dialog().getByRole('button', { name: 'Take this value' }).click();
    await dialog().locator('[aria-invalid="true"]').waitFor();
    // As if somebody else had ended the last one on the page: what was entered stays, with what the hub said to it.
    await page.route('**/graphql', async (route) => {
      if (!String(route.request().postData()).includes('"isOpen":true')) return route.continue();
      const response = await route.fetch();
      const { data } = (await response.json()) as { data: { fieldConflicts: object } };
      await route.fulfill({ response, json: { data: { ...data, fieldConflicts: { ...data.fieldConflicts, nodes: [] } } } }); // prettier-ignore
    });
    await page.getByText('Nothing to decide.').waitFor();
    expect(await dialog().getByLabel('Price').inputValue()).toBe('free');
    await page.unrouteAll({ behavior: 'wait' });
    await dialog().getByLabel('Price').fill('33,50');
    await dialog().getByRole('button', { name: 'Take this value' }).click();
    await dialog().waitFor({ state: 'detached' });
    await page.getByText('Nothing to decide.').waitFor();
    await untilBoth(products[0]!, 33.5);
  }, 90_000);

  it('is worked through with keys: two at once, the word of the till', async () => {
    const those = await disagree([0, 1], 41, 42);
    await page.keyboard.press('j');
    await page.keyboard.press('x');
    await page.keyboard.press('j');
    await page.keyboard.press('Shift+X');
    await page.getByText('2 chosen').waitFor();
    await page.keyboard.press('1');
    await dialog().getByText('2 fields become in every system what MplusKASSA says.').waitFor();
    await dialog().getByRole('button', { name: 'Take 2' }).click();
    await page.getByText('Nothing to decide.').waitFor();
    for (const product of those) await untilBoth(product, 42);
  }, 90_000);

  it('makes a decision the rule: all conflicts about the field end, and the other system is not listened to any more', async () => {
    const those = await disagree([0, 1], 51, 52);
    await rows().first().getByRole('button', { name: 'Take this: Softmaat' }).click();
    await dialog().getByLabel('From now on Softmaat always decides this, for all variants (Price)').check();
    await dialog().getByText('This ends 2 open conflicts.').waitFor();
    await dialog().getByRole('button', { name: 'Take it and make it the rule' }).click();
    await page.getByText('There is no field about which people decide').waitFor();
    for (const product of those) await untilBoth(product, 51);
    await page.getByRole('tab', { name: /^Decided/ }).click();
    await page.getByText('the rule for the field changed').first().waitFor();
  }, 90_000);

  const variants = (): Locator => page.getByRole('table', { name: 'Who decides about variants' });
  const ruleOf = (label: string): Locator =>
    variants()
      .getByRole('row')
      .filter({ has: page.getByText(label, { exact: true }) });
  const ownerOf = async (path: string): Promise<unknown> => {
    const { fieldOwners } = await hub.graphql<{ fieldOwners: { path: string; policy: string; isOwn: boolean }[] }>(
      '{ fieldOwners(entityType: PRODUCT_VARIANT) { path policy isOwn } }',
    );
    return fieldOwners.find((each) => each.path === path);
  };

  it('says whose word counts for each field, and takes a rule back', async () => {
    await page.getByRole('tab', { name: /^To decide/ }).click();
    await page.getByRole('link', { name: 'Who decides about which field' }).click();
    await ruleOf('Price').getByText('Softmaat').waitFor();
    await ruleOf('Price').getByText('Set here. By default: the system in which the record was made').waitFor();
    const fixed = ruleOf('SKU');
    await fixed.getByText('Says which record it is, so that it cannot be set.').waitFor();
    expect(await fixed.getByRole('button').count()).toBe(0);
    expect(await fixed.getByRole('checkbox').count()).toBe(0);
    expect(await seriousFindings(page)).toEqual([]);
    await ruleOf('Price').getByRole('button', { name: 'Take back… Price' }).click();
    await dialog().getByText('The system in which a record was made decides about it', { exact: false }).waitFor();
    await dialog().getByRole('button', { name: 'Take back' }).click();
    await ruleOf('Price').getByText('By default', { exact: true }).waitFor();
    expect(await ownerOf('priceAmount')).toMatchObject({ policy: 'SYSTEM', isOwn: false });
  }, 90_000);

  it('makes a person decide about several fields at once, and says how many conflicts another rule ends', async () => {
    await variants().getByRole('checkbox', { name: 'Choose Price', exact: true }).check();
    await variants().getByRole('checkbox', { name: 'Choose Sales unit', exact: true }).check();
    const section = page.getByRole('region', { name: 'variants' });
    await section.getByRole('button', { name: 'Change…', exact: true }).click();
    await dialog().getByText('Price and Sales unit').waitFor();
    expect(await dialog().getByRole('button', { name: 'Take back' }).isDisabled()).toBe(true);
    await dialog().getByLabel('A person, when several systems have changed it').check();
    expect(await seriousFindings(page)).toEqual([]);
    await dialog().getByRole('button', { name: 'Set the rule' }).click();
    await page.getByText('Rule changed: Price and Sales unit.').waitFor();
    for (const path of ['priceAmount', 'unitCode'])
      expect(await ownerOf(path)).toMatchObject({ policy: 'MANUAL', isOwn: true });

    const [product] = await disagree([2], 61, 62);
    await page.getByRole('tab', { name: 'Who decides' }).click();
    await ruleOf('Price').getByRole('button', { name: 'Change… Price' }).click();
    await dialog().getByLabel('MplusKASSA, always').check();
    await dialog().getByText('set back to what MplusKASSA says. This ends 1 open conflict.').waitFor();
    await dialog().getByRole('button', { name: 'Set the rule' }).click();
    await page.getByRole('tab', { name: 'To decide 0' }).waitFor();
    await untilBoth(product!, 62);
    expect(watched.complaints).toEqual([]);
  }, 120_000);
});
