/**
 * Erasing a customer, as a shop owner does it in Dutch, over a whole hub with both sandboxes: the plan, the number typed, the
 * report, the placeholder; what the systems hold afterwards, and that nothing of him comes back when they show him again. And merging
 * two customers who are one, on the same stage.
 */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { sampleFlows } from '../../src/config/sample.js';
import { openDatabase, type Database } from '../../src/store/database.js';
import { systemClock } from '../../src/base/clock.js';
import { noFailpoint } from '../../src/base/failpoint.js';
import { silentLogger } from '../../src/base/logger.js';
import { search } from '../integration/erasure-world.js';
import { describeInChromium, openBrowser } from '../support/browser.js';
import { openDashboard, seriousFindings, settled } from '../support/dashboard.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { patient } from '../support/patience.js';
import { peopleInTheShop, type ShopPeople } from '../support/people.js';
import { testApiKey, type HubHandle } from '../support/processes.js';
import type { ShopDebtor } from '../support/shop-side.js';
import { openStage, type Stage } from '../support/stage.js';
import type { TillOrder, TillRelation } from '../support/till-side.js';
import { until } from '../support/wait.js';

const words = ['Kwartelstein', 'liesbeth.k@kwartelstein.test', 'Notarisappelweg', 'Muizenbergen', '0655512399'];
const address = { role: 'billing', name: 'Liesbeth Kwartelstein', street: 'Notarisappelweg', houseNumber: '7', postalCode: '1234 AB', city: 'Muizenbergen', country: 'NL' }; // prettier-ignore

describeInChromium('erasing and merging customers', () => {
  let database: TestDatabase;
  let reader: Database;
  let stage: Stage;
  let hub: HubHandle;
  let shop: ShopPeople;
  let browser: Browser;
  let page: Page;
  let debtor: string;
  let order: string;
  let customer: { readonly id: string; readonly number: string };
  let complaints: string[];

  beforeAll(async () => {
    database = await createTestDatabase();
    reader = openDatabase({ url: database.url, poolMax: 2, applicationName: 'test' }, { clock: systemClock, logger: silentLogger, failpoint: noFailpoint }); // prettier-ignore
    stage = await openStage({ databaseUrl: database.url, products: 12, pollMs: 250, flows: sampleFlows });
    shop = peopleInTheShop(stage.shop);
    [hub, browser] = await Promise.all([stage.hub(), openBrowser()]);
    expect(await stage.agreement(120_000)).toMatchObject({ lost: [], doubled: [] });
    const products = await stage.shop.records<{ sku: string; type: string; active: boolean }>('products');
    const { sku } = products.find((each) => each.type !== 'configurable' && each.active && each.sku < '900000')!;
    debtor = await shop.debtor({ name: 'Liesbeth Kwartelstein', email: words[1]! }, { phone: '0655512399', addresses: [address] }); // prettier-ignore
    const { role: _, ...to } = address;
    order = await shop.order(debtor, [[sku, '2']], { shippingAddress: to, billingAddress: to, note: 'Kwartelstein zelf' }); // prettier-ignore
    await until(async () => (await tillOrder()) !== undefined, { what: 'the order at the till', timeoutMs: 30_000 });
    const [row] = await stage.ask<{ id: string; number: string }>(`select id, number from customer where email = $1`, [words[1]]); // prettier-ignore
    customer = row!;
    await atRest();
    const watched = await openDashboard(browser, hub.url, { adminKey: testApiKey, path: `/customers/${customer.id}`, language: 'nl' }); // prettier-ignore
    ({ page, complaints } = watched);
  }, 240_000);
  afterAll(async () => {
    await browser?.close();
    await reader?.end();
    await stage?.close();
    await database?.drop();
  }, 60_000);

  async function tillOrder(): Promise<TillOrder | undefined> {
    const found = await stage.ask<{ id: string }>(
      `select canonical_id as id from external_reference where system = 'softmaat' and entity = 'order' and external_id = $1`,
      [order],
    );
    const orders = await stage.till.records<TillOrder>('orders');
    return orders.find(({ extOrderId }) => found[0] !== undefined && extOrderId === found[0].id);
  }
  const atRest = (): Promise<unknown> =>
    until(
      async () =>
        (await stage.ask(`select from projection where state in ('pending', 'writing', 'in_doubt', 'retrying')`))
          .length === 0,
      { what: 'everything to be delivered', timeoutMs: 60_000 },
    );
  const relationOf = async (): Promise<TillRelation | undefined> =>
    (await stage.till.records<TillRelation>('relations')).find(({ extRelationId }) => extRelationId === customer.id);

  it('begins with what would go, the focus on going back, and waits for the number', async () => {
    expect((await search(reader, words)).length).toBeGreaterThan(5);
    await page.getByRole('button', { name: 'Wissen …' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(/regels zeggen daarna niets meer over de klant/).waitFor();
    await dialog.getByText('1 bestelling blijft.').waitFor();
    await dialog.getByText(/1 bestelling is nog open/).waitFor();
    await dialog.getByRole('button', { name: 'Annuleren' }).and(page.locator(':focus')).waitFor();
    expect(await dialog.getByRole('button', { name: 'Wissen' }).isDisabled()).toBe(true);
    expect(await seriousFindings(page)).toEqual([]);
    expect((await search(reader, words)).length).toBeGreaterThan(5);
  }, 60_000);

  it('removes it from the whole database, tells the systems a placeholder, and reports both', async () => {
    const dialog = page.getByRole('dialog');
    const erase = dialog.getByRole('button', { name: 'Wissen' });
    let plan = (): void => undefined;
    const isTyped = new Promise<void>((resolve) => (plan = resolve));
    await page.route('**/graphql', async (route) => {
      if (!String(route.request().postData()).includes('"isDryRun":true')) return route.continue();
      await isTyped;
      const response = await route.fetch();
      // As if something had happened since.
      await route.fulfill({ response, body: (await response.text()).replace(/"planHash":"/, '$&not') });
    });
    await dialog.getByRole('radio', { name: /plaatshouder in de systemen/ }).click();
    await dialog.getByRole('textbox').fill(customer.number);
    expect(await erase.isDisabled()).toBe(true);
    plan();
    await dialog.getByText(/krijgt een plaatshouder in record/).first().waitFor(); // prettier-ignore
    await page.unrouteAll({ behavior: 'wait' });
    await erase.click();
    await dialog.getByRole('alert').filter({ hasText: 'De hub weigert dit' }).waitFor();
    await erase.click();
    await page.getByRole('region', { name: 'Wat is gewist' }).waitFor({ timeout: patient(60_000) });
    expect(await search(reader, words)).toEqual([]);
    expect(await page.getByText(/krijgt een plaatshouder in record/).count()).toBe(2);
    expect(await seriousFindings(page)).toEqual([]);
    const relation = await relationOf();
    expect(relation).toMatchObject({ name: '[erased]' });
    expect(JSON.stringify(relation)).not.toMatch(/kwartelstein|notarisappelweg|0655512399/i);
    const left = (await stage.shop.records<ShopDebtor>('debtors')).find(({ id }) => id === debtor);
    expect(left).toMatchObject({ lastName: '[erased]', addresses: [] });
    expect(JSON.stringify(left)).not.toMatch(/kwartelstein|notarisappelweg|0655512399/i);
  }, 120_000);

  it('leaves a placeholder with the date, and a line under privacy', async () => {
    await page.getByRole('link', { name: 'Naar de plaatshouder van de klant' }).click();
    await page.getByRole('heading', { level: 1, name: 'Gewiste klant' }).waitFor();
    await page.getByText('Deze klant is gewist').waitFor();
    expect(await page.getByRole('button', { name: 'Wissen …' }).count()).toBe(0);
    await settled(page);
    expect(await seriousFindings(page)).toEqual([]);
    await page.goto(`${hub.url}/customers?search=${customer.number}`);
    await page.getByRole('link', { name: 'Gewiste klant' }).waitFor();
    await page.goto(`${hub.url}/settings/privacy`);
    await page.getByRole('row', { name: /Anna Peeters/ }).waitFor();
    await settled(page);
    expect(await seriousFindings(page)).toEqual([]);
    expect(complaints).toEqual([]);
  }, 60_000);

  it('learns nothing of the person from what the systems show later, while amounts of the order go on travelling', async () => {
    const before = (await tillOrder())!;
    const { role: _, ...to } = address;
    await shop.changeDebtor(debtor, { lastName: 'Kwartelstein', phone: '0655512399' });
    const orders = await stage.shop.records<{ id: string; lines: { sku: string; quantity: string; unitPrice: string }[] }>('orders'); // prettier-ignore
    const lines = orders.find(({ id }) => id === order)!.lines.map(({ sku, unitPrice }) => ({ sku, unitPrice, quantity: '5' })); // prettier-ignore
    await shop.changeOrder(order, { lines, note: 'toch voor Kwartelstein', shippingAddress: to });
    await until(async () => JSON.stringify(await tillOrder()).includes('"5"') || (await tillOrder())!.totalInclAmount !== before.totalInclAmount, { what: 'five pieces at the till', timeoutMs: 30_000 }); // prettier-ignore
    await until(
      async () => (await stage.ask(`select from journal where step = 'excluded' and message like 'The customer was erased%'`)).length > 0,
      { what: 'the customer to be left out', timeoutMs: 30_000 },
    ); // prettier-ignore
    await atRest();
    expect(await search(reader, words)).toEqual([]);
  }, 90_000);

  it('names a customer who is perhaps the same, merges the two after a plan, and takes them apart again', async () => {
    const twins = [
      ['Noor Wacht', 'noor@wacht.test'],
      ['N Wacht', 'Noor@Wacht.test'],
    ] as const;
    for (const [name, email] of twins) await shop.debtor({ name, email });
    await until(async () => (await stage.ask(`select from customer where last_name = 'Wacht'`)).length === 2, {
      what: 'both customers to be in the hub',
      timeoutMs: 30_000,
    });
    const looked = `select from customer c where c.last_name = 'Wacht' and exists (select from projection p where p.entity = 'customer' and p.canonical_id = c.id)`;
    await until(async () => (await stage.ask(looked)).length === 2, {
      what: 'both to be looked at',
      timeoutMs: 30_000,
    });
    await atRest();
    await page.goto(`${hub.url}/customers?same=duplicates`);
    await page.getByRole('link', { name: 'Noor Wacht' }).click();
    await page.getByRole('button', { name: 'Vergelijken met N Wacht' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('table', { name: 'Wat elk van beide zegt' }).waitFor();
    await dialog.getByRole('radio', { name: 'N Wacht', exact: true }).click();
    await dialog.getByText(/^N Wacht staat voortaan alleen in de lijst/).waitFor();
    await dialog.getByRole('radio', { name: 'Noor Wacht' }).click();
    await dialog.getByText(/^Noor Wacht staat voortaan alleen in de lijst, in de plaats van N Wacht/).waitFor();
    await dialog.getByText(/: beide hebben een record\./).waitFor();
    expect(await dialog.getByRole('button', { name: 'Samenvoegen' }).isDisabled()).toBe(true);
    await dialog.getByLabel('Waarom').fill('één persoon, twee logins');
    expect(await seriousFindings(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Samenvoegen' }).click();
    await page.getByText('N Wacht is samengevoegd met Noor Wacht.').waitFor();
    await page
      .getByRole('region', { name: 'Samengevoegde klanten' })
      .getByText(/één persoon, twee logins/)
      .waitFor();
    expect(await page.getByText('Misschien dezelfde klant').count()).toBe(0);

    await page.goto(`${hub.url}/customers?search=N%20Wacht`);
    await page.getByRole('link', { name: 'N Wacht', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'N Wacht' }).waitFor();
    await page.getByRole('link', { name: 'Noor Wacht' }).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Uit elkaar halen …' }).click();
    await dialog.getByLabel('Waarom').fill('toch twee zussen');
    await dialog.getByRole('button', { name: 'Uit elkaar halen' }).click();
    await page.getByText('N Wacht en Noor Wacht zijn weer twee klanten.').waitFor();
    await page.getByRole('button', { name: 'Samenvoegen …' }).waitFor();
    expect(complaints).toEqual([]);
  }, 90_000);
});
