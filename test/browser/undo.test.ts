/**
 * Taking changes back, as a person does it: a price that was typed wrongly in the till, found in the history of the product, its plan read,
 * put back with a reason; both systems say the former price afterwards, and the history says who did it. Then an import that went wrong, on the
 * page of its run, and chosen changes in the log.
 */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { describeInChromium, type Watched } from '../support/browser.js';
import { person, scrollsSideways, seriousFindings } from '../support/dashboard.js';
import { peopleAtTheTill } from '../support/people.js';
import type { HubHandle } from '../support/processes.js';
import { rightly, spoiling } from '../support/spoilt-import.js';
import type { Stage } from '../support/stage.js';
import { openStagedBrowser, type StagedBrowser } from '../support/staged-browser.js';
import { undoing } from '../support/undo.js';
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
  /** A moment, to the second, at which the price is wrong everywhere. */
  let wrongAt: number;
  beforeAll(async () => {
    world = await openStagedBrowser({
      products: 40,
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
    wrongAt = Date.now() + 1_000;
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
  async function variantId(): Promise<string> {
    const { product } = await hub.graphql<{ product: { defaultVariant: { id: string } } }>(
      'query ($sku: String!) { product(by: { sku: $sku }) { defaultVariant { id } } }',
      { sku },
    );
    return product.defaultVariant.id;
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

  const euros = (amount: number | string): string => `€${Number(amount).toFixed(2)}`;

  it('says why a value is what it is, with the ways to the event, the mapping and the owner, by mouse and by keyboard', async () => {
    await page.goto(`${hub.url}${(await historyPath()).replace('?tab=history', '')}`);
    const why = (what: string): Locator => page.getByRole('button', { name: `Why this value? ${what}`, exact: true });
    const panel = (what: string): Locator => page.getByRole('dialog', { name: `Why this value? ${what}` });
    await why('Price').click();
    await panel('Price').getByText(`${person.name} has decided it here.`).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await panel('Price').waitFor({ state: 'hidden' });
    await why('Price').and(page.locator(':focus')).waitFor();
    await why('Name').focus();
    await page.keyboard.press('Enter');
    await panel('Name').getByText('This field belongs to one system: MplusKASSA says so.').waitFor();
    await panel('Name').getByRole('link', { name: 'Rule: Products from MplusKASSA, version 1' }).waitFor();
    await panel('Name').getByRole('link', { name: 'Who decides about this field' }).waitFor();
    // While a panel goes, the page becomes shorter and may scroll under the pointer.
    const close = async (what: string): Promise<void> => {
      await page.keyboard.press('Escape');
      await panel(what).waitFor({ state: 'detached' });
    };
    await close('Name');
    await why('Kind').click();
    await panel('Kind').getByText('The field mapping works it out from what MplusKASSA says.').waitFor();
    await close('Kind');
    await why('Price').click();
    await panel('Price').getByRole('link').first().click();
    await page.waitForURL((url) => url.pathname.startsWith('/events/'));
    await page
      .getByRole('cell', { name: euros(right), exact: true })
      .first()
      .waitFor();
    expect(watched.complaints).toEqual([]);
  }, 60_000);

  it('shows the record as it was at a moment that is typed, as the hub knew it and as it was in the systems', async () => {
    await page.goto(`${hub.url}${await historyPath()}`);
    await ofVariant();
    const then = page.getByRole('region', { name: 'At any moment' });
    const local = await page.evaluate((at) => new Date(at - new Date(at).getTimezoneOffset() * 60_000).toISOString(), wrongAt); // prettier-ignore
    await then.getByLabel('Moment', { exact: true }).fill(local.slice(0, 19));
    const price = then
      .getByRole('row')
      .filter({ has: page.getByRole('rowheader', { name: /^Price changed|^Price ≠/ }) });
    await price.getByRole('cell', { name: euros(99), exact: true }).waitFor();
    await price.getByRole('cell', { name: euros(right), exact: true }).waitFor();
    await then.getByLabel('As it was').selectOption({ label: 'in the systems then' });
    await price.getByRole('cell', { name: euros(99), exact: true }).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await then.getByLabel('Moment', { exact: true }).fill('2020-01-01T00:00:00');
    await then.getByText('not known yet').first().waitFor();
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

  const { soldNow, untilBoth: untilAll, spoil } = spoiling(() => stage, () => hub); // prettier-ignore

  it('shows on the page of a run in numbers what an undo of it would do, and wants the number typed', async () => {
    const sold = await soldNow();
    // One, unless the machine was slow.
    const [run, ...others] = [...(await spoil(sold))].sort((a, b) => b.reversible - a.reversible);
    const count = run!.reversible;
    expect(count).toBeGreaterThan(20);
    const wide = await world.open({ path: `/runs/${run!.id}`, width: 1024 });
    ({ page } = wide);
    await page.getByRole('button', { name: 'Undo this run…' }).click();
    await dialog().getByText(`${count} of ${count} records are put back`).waitFor();
    await dialog()
      .getByText(/^It is written to MplusKASSA \(\d+\) and Softmaat/)
      .waitFor();
    const samples = dialog().getByRole('table', { name: 'The first records that are put back' });
    expect(await samples.locator('tbody tr').count()).toBe(10);
    expect(await samples.innerText()).toContain('Name: FOUT');
    expect(await seriousFindings(page)).toEqual([]);
    const action = dialog().getByRole('button', { name: `Put ${count} records back` });
    await dialog().getByLabel('Reason').fill('the wrong file');
    expect(await action.isDisabled()).toBe(true);
    await dialog().getByLabel(`Type ${count} to confirm`).fill(String(count));
    await action.click();
    await page.waitForURL(/\/jobs\/job_/);
    const result = page.getByRole('region', { name: 'Result' });
    await result.getByText('put back', { exact: true }).waitFor();
    expect(await result.innerText()).toContain(String(count));
    await page.getByRole('button', { name: 'Undo this undo…' }).waitFor();
    for (const { id } of others) await undoing(() => hub).undoAll({ runId: id }, 'the wrong file');
    await untilAll(sold, rightly, 'both systems to be as they were');
    expect(wide.complaints).toEqual([]);
  }, 150_000);

  it('takes changes that are chosen in the log to a plan, in Dutch and on a telephone', async () => {
    const narrow = await world.open({
      ...{ language: 'nl', width: 360, height: 1_600 },
      path: `/activity?record=${await variantId()}`,
    });
    ({ page } = narrow);
    await page.getByRole('button', { name: 'Wijzigingen ongedaan maken…' }).click();
    const look = page.getByRole('button', { name: 'Plan bekijken…' });
    expect(await look.isDisabled()).toBe(true);
    await page.getByRole('button', { name: /^Alle \d+ die geladen zijn$/ }).click();
    await page.getByText(/^\d\d? gekozen/).waitFor();
    await page.getByRole('button', { name: 'Annuleren' }).click();
    await page.getByRole('button', { name: 'Wijzigingen ongedaan maken…' }).click();
    await page.getByRole('checkbox').first().check();
    await page.getByText(/^1 gekozen/).waitFor();
    // Another filter shows other events: what it does not find is not meant.
    await page.getByLabel('Toestand', { exact: true }).selectOption('FAILED');
    await page.getByText(/^1 gekozen/).waitFor({ state: 'detached' });
    expect(await look.isDisabled()).toBe(true);
    await page.goBack();
    await page.getByText(/^1 gekozen/).waitFor();
    expect(await scrollsSideways(page)).toBe(false);
    await look.click();
    await dialog().getByText('1 van 1 record wordt teruggezet').waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'Annuleren' }).click();
    expect(await page.getByRole('checkbox').count()).toBe(0);
    expect(narrow.complaints).toEqual([]);
  }, 60_000);
});
