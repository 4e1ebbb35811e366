/**
 * Taking a change back, as a person does it: a price that was typed wrongly in the till, found in the history of the product, its plan read,
 * put back with a reason. Both systems say the former price afterwards, and the history says who did it.
 */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { describeInChromium, type Watched } from '../support/browser.js';
import { person, scrollsSideways, seriousFindings } from '../support/dashboard.js';
import { peopleAtTheTill } from '../support/people.js';
import type { HubHandle } from '../support/processes.js';
import type { Stage } from '../support/stage.js';
import { openStagedBrowser, type StagedBrowser } from '../support/staged-browser.js';
import { until } from '../support/wait.js';

interface ShopProduct {
  readonly sku: string;
  readonly type: string;
  readonly price: { readonly amount: string } | null;
}
interface TillArticle {
  readonly articleNumber: string;
  readonly productNumber: string;
  readonly priceIncl: string;
}

describeInChromium('the history of a record', () => {
  let world: StagedBrowser;
  let stage: Stage;
  let hub: HubHandle;
  let watched: Watched;
  let page: Page;
  let sku: string;
  let right: number;
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
    const products = await stage.shop.records<ShopProduct>('products');
    sku = products.find((each) => each.type === 'simple' && each.sku < '900000')!.sku;
    right = (await pricesNow()).till;
    await tellTill(99);
    await untilBoth(99);
    watched = await world.open({ path: await historyPath() });
    ({ page } = watched);
  }, 180_000);
  afterAll(() => world?.close(), 60_000);

  const articleNow = async (): Promise<TillArticle> =>
    (await stage.till.records<TillArticle>('articles')).find(({ articleNumber }) => articleNumber === sku)!;
  async function pricesNow(): Promise<{ shop: number; till: number }> {
    const inShop = (await stage.shop.records<ShopProduct>('products')).find((each) => each.sku === sku);
    return { shop: Number(inShop?.price?.amount), till: Number((await articleNow()).priceIncl) / 100 };
  }
  async function tellTill(euros: number): Promise<void> {
    const { productNumber, articleNumber } = await articleNow();
    const article = { articleNumber, priceIncl: String(euros * 100) };
    await peopleAtTheTill(stage.till).call('updateProduct', { product: { productNumber, articleList: [article] } });
  }
  const untilBoth = (euros: number): Promise<unknown> =>
    until(async () => Object.values(await pricesNow()).every((each) => each === euros), {
      timeoutMs: 30_000,
      everyMs: 150,
      what: `both systems to ask ${euros}`,
    });
  async function historyPath(): Promise<string> {
    const { product } = await hub.graphql<{ product: { id: string } }>(
      'query ($sku: String!) { product(by: { sku: $sku }) { id } }',
      { sku },
    );
    return `/products/${product.id}?tab=history`;
  }
  const changes = (): Locator => page.getByRole('table', { name: 'Changes', exact: true }).locator('tbody tr');
  const dialog = (): Locator => page.getByRole('dialog');
  const ofVariant = (): Promise<unknown> => page.getByLabel('History of').selectOption({ index: 1 });

  it('offers to undo each change but the one that made the record, and shows the plan first', async () => {
    await ofVariant();
    await changes().filter({ hasText: 'Price' }).waitFor();
    expect(await changes().filter({ hasText: 'Made' }).getByRole('button', { name: /Undo/ }).count()).toBe(0);
    await changes().filter({ hasText: 'Price' }).getByRole('button', { name: /Undo/ }).click();
    const row = dialog().getByRole('table', { name: 'Put back' }).locator('tbody tr');
    await row.waitFor();
    expect((await row.innerText()).split(/\s+/)).toEqual(['Price', '99', String(right)]);
    await dialog().getByText('It is written to MplusKASSA and Softmaat').waitFor();
    expect(await seriousFindings(page)).toEqual([]);
  }, 60_000);

  it('wants a reason, puts the price back in both systems, and says who did it', async () => {
    const action = dialog().getByRole('button', { name: 'Put 1 field back' });
    expect(await action.isDisabled()).toBe(true);
    await dialog().getByLabel('Reason').fill('typed wrongly in the till');
    await page.keyboard.press('Enter');
    await dialog().waitFor({ state: 'hidden' });
    await untilBoth(right);
    await changes().filter({ hasText: person.name }).first().waitFor();
    expect(watched.complaints).toEqual([]);
  }, 60_000);

  it('says of a change that somebody has gone on from why nothing happens, in Dutch and on a telephone', async () => {
    const narrow = await world.open({ path: await historyPath(), language: 'nl', width: 360 });
    ({ page } = narrow);
    await page.getByLabel('Geschiedenis van').selectOption({ index: 1 });
    const undo = page.getByRole('button', { name: /^De wijziging van .* ongedaan maken$/ });
    await undo.last().click();
    await dialog().getByText('Iemand heeft het sindsdien gewijzigd.').waitFor();
    expect(
      await dialog()
        .getByRole('button', { name: /terugzetten/ })
        .count(),
    ).toBe(0);
    expect(await scrollsSideways(page)).toBe(false);
    expect(await seriousFindings(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'hidden' });
    expect(narrow.complaints).toEqual([]);
  }, 60_000);
});
