/**
 * Forty web orders that lack one row of a VAT list, mended in the dashboard by somebody who only clicks and types what a person sees:
 * how many clicks and typed values that takes, and that each order is delivered once. The same by keyboard only.
 */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import { catalogueFlows, sampleFlows } from '../../src/config/sample.js';
import { describeInChromium, openBrowser, untilShown } from '../support/browser.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { mappingApi, removeRows } from '../support/mapping-api.js';
import { patient } from '../support/patience.js';
import { peopleInTheShop } from '../support/people.js';
import { testApiKey, type HubHandle } from '../support/processes.js';
import { openSignedIn, person, tabTo } from '../support/signed-in.js';
import { openStage, type Stage } from '../support/stage.js';
import { readTill } from '../support/till-side.js';
import { until } from '../support/wait.js';

const list = 'mpluskassa-vat-code';
const fix = /^Fix and replay/;
const fromTheShop = [
  ...catalogueFlows,
  ...sampleFlows.filter(({ entity, from }) => from === 'target' && entity !== 'product'),
];

describeInChromium('forty orders that lack a row of a value list', () => {
  let database: TestDatabase;
  let stage: Stage;
  let hub: HubHandle;
  let browser: Browser;
  let skus: readonly string[];
  beforeAll(async () => {
    database = await createTestDatabase();
    stage = await openStage({ databaseUrl: database.url, products: 20, pollMs: 250, flows: fromTheShop });
    hub = await stage.hub();
    browser = await openBrowser();
    // Of the high rate, and known to both systems.
    const known = `select v.sku from variant v join projection p on p.entity = 'variant' and p.canonical_id = v.id
      where v.tax_rate = 21 and v.sku < '900000' and p.target = 'softmaat' and p.state = 'in_sync' order by v.sku limit 5`;
    await until(async () => (await stage.ask(known)).length === 5, { timeoutMs: 120_000, what: 'five articles' });
    skus = (await stage.ask<{ sku: string }>(known)).map(({ sku }) => sku);
    await until(isQuiet, { timeoutMs: 120_000, everyMs: 250, what: 'the orders that the shop has already' });
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await stage?.close();
    await database?.drop();
  }, 60_000);

  /** Whether every order that the shop has already is through, so that none of them is among the forty. */
  async function isQuiet(): Promise<boolean> {
    const orders = await stage.shop.records<{ id: string }>('orders');
    const [through] = await stage.ask<{ n: number }>(
      `select count(*)::integer as n from external_reference r
       join projection p on p.target = 'mpluskassa' and p.entity = 'order' and p.canonical_id = r.canonical_id
       where r.system = 'softmaat' and r.entity = 'order' and r.external_id = any($1)
         and p.state in ('in_sync', 'excluded', 'parked', 'owned_by_target')`,
      [orders.map(({ id }) => id)],
    );
    return through!.n === orders.length;
  }

  /** Whether an order of the shop arrives in the till, or is stuck. */
  async function goesThrough(order: string): Promise<boolean> {
    const state = async (): Promise<string | undefined> =>
      (
        await stage.ask<{ state: string }>(
          `select p.state from projection p join external_reference r on r.canonical_id = p.canonical_id
           where r.system = 'softmaat' and r.entity = 'order' and r.external_id = $1 and p.target = 'mpluskassa' and p.entity = 'order'`,
          [order],
        )
      )[0]?.state;
    const isOver = async (): Promise<boolean> => ['in_sync', 'parked', 'held'].includes((await state()) ?? '');
    await until(isOver, { timeoutMs: 60_000, what: 'the end of an order' });
    return (await state()) === 'in_sync';
  }

  /** Forty orders of somebody in the shop; waits until the hub has stopped at each. Returns the hub's ids. */
  async function placeOrders(email: string): Promise<readonly string[]> {
    const shop = peopleInTheShop(stage.shop);
    const debtor = await shop.debtor({ name: 'Karel Veertig', email });
    const placeOne = (at: number): Promise<string> => shop.order(debtor, [[skus[at % skus.length]!, '1']]);
    // Until the hub works with the version without the row, an order may still go through; it is none of the forty.
    let first: string;
    do first = await placeOne(0);
    while (await goesThrough(first));
    const placed = [first];
    for (let at = 1; at < 40; at++) placed.push(await placeOne(at));
    const stuck = `select p.canonical_id as id from projection p
      join external_reference r on r.canonical_id = p.canonical_id and r.system = 'softmaat' and r.entity = 'order'
      where p.target = 'mpluskassa' and p.entity = 'order' and p.state in ('parked', 'held') and r.external_id = any($1)`;
    await until(async () => (await stage.ask(stuck, [placed])).length === 40, {
      timeoutMs: 60_000,
      what: 'forty orders to be stuck',
    });
    // Until the till has their customer they would wait for that.
    const customer = `select 1 from external_reference r join projection p on p.canonical_id = r.canonical_id and p.entity = 'customer'
      where r.system = 'softmaat' and r.entity = 'customer' and r.external_id = $1 and p.target = 'mpluskassa' and p.state = 'in_sync'`;
    await until(async () => (await stage.ask(customer, [debtor])).length > 0, { timeoutMs: 60_000, what: 'their customer to be in the till' }); // prettier-ignore
    return (await stage.ask<{ id: string }>(stuck, [placed])).map(({ id }) => id);
  }

  /** How often the till has made each of these orders. */
  async function madeInTheTill(orders: readonly string[]): Promise<readonly number[]> {
    const { created } = await readTill(stage.till);
    return orders.map((id) => created.filter(({ entity, mark }) => entity === 'order' && mark === id).length);
  }
  const once = Array.from({ length: 40 }, () => 1);

  const oneCause = async (page: Page): Promise<void> => {
    const table = page.getByRole('table', { name: 'By cause' });
    await table.getByRole('link', { name: '40', exact: true }).waitFor();
    // The heading, and one cause.
    await untilShown(table.getByRole('row'), 2);
  };

  it('shows one cause, which at most six clicks and one typed value mend; each order arrives once', async () => {
    await removeRows(hub, list, [{ sourceValue: '21', secondKey: 'NL' }]);
    const orders = await placeOrders('karel.veertig@example.nl');
    const { page, complaints } = await openSignedIn(browser, { url: hub.url, adminKey: testApiKey }, '/');
    const done = { clicks: 0, typed: 0 };
    const click = async (what: Locator): Promise<void> => {
      done.clicks++;
      await what.click();
    };
    await click(page.getByRole('link', { name: /^Problems/ }).first());
    await oneCause(page);
    await click(page.getByRole('button', { name: fix }));
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('What 21 · NL becomes').fill('1');
    done.typed++;
    await dialog.getByText(/^order \d+ would be created$/).waitFor();
    await click(dialog.getByRole('button', { name: 'Publish and send 40 again' }));
    await dialog.getByText('All 40 records went through').waitFor({ timeout: patient(120_000) });
    await click(dialog.getByRole('button', { name: 'Close' }).last());
    await page.getByText('No problems.').waitFor();
    expect(done).toEqual({ clicks: 4, typed: 1 });
    expect(await madeInTheTill(orders)).toEqual(once);
    expect(complaints).toEqual([]);
    await page.context().close();
  }, 240_000);

  it('names in the audit log who did it, and what was added', async () => {
    const { auditEntries } = await hub.graphql<{
      auditEntries: { nodes: { action: string; actor: { name: string } }[] };
    }>('{ auditEntries(first: 20) { nodes { action actor { ... on User { name } } } } }');
    const byAnna = auditEntries.nodes.filter(({ actor }) => actor.name === person.name).map(({ action }) => action);
    expect(byAnna).toEqual(expect.arrayContaining(['valueMapEntriesSave', 'valueMapPublish', 'flowResume']));
    const { valueMap } = await hub.graphql<{
      valueMap: { versions: { note: string; publishedBy: { name: string } | null }[] };
    }>(`{ valueMap(id: "${list}") { versions { note publishedBy { ... on User { name } } } } }`);
    expect(valueMap.versions[0]).toEqual({ note: 'Added from a problem: 21 · NL → 1', publishedBy: { name: 'Anna' } });
  });

  it('is mended by keyboard only, with the value that an earlier version had, after tries that did not succeed too', async () => {
    await removeRows(hub, list, [{ sourceValue: '21', secondKey: 'NL' }]);
    const orders = await placeOrders('veertig.toetsen@example.nl');
    const { page } = await openSignedIn(browser, { url: hub.url, adminKey: testApiKey }, '/activity');
    // That of the account has a heading too, and no keys.
    await page.getByRole('heading', { level: 1, name: 'Activity' }).waitFor();
    // The second key counts for a second and a half.
    const gone = async (): Promise<boolean> => {
      for (const key of ['g', 'p']) await page.keyboard.press(key);
      return new URL(page.url()).pathname === '/problems';
    };
    await until(gone, { what: 'the page of problems' });
    await oneCause(page);
    await tabTo(page, 'button', fix);
    await page.keyboard.press('Enter');
    const input = page.getByLabel('What 21 · NL becomes');
    await input.waitFor();
    await until(async () => input.evaluate((element) => element === element.ownerDocument.activeElement), {
      what: 'the focus in the dialog',
    });
    expect(await input.inputValue()).toBe('1');
    await page.getByText(/^order \d+ would be created$/).waitFor();
    const written = page.getByRole('table', { name: 'Fields that would be written' }).getByRole('row');
    await untilShown(written, 6);
    await tabTo(page, 'button', /^Show all fields/);
    const more = /\d+/.exec(await page.getByRole('button', { name: /^Show all fields/ }).innerText());
    await page.keyboard.press('Enter');
    await untilShown(written, 6 + Number(more?.[0]));
    await tabTo(page, 'button', /^Publish and send 40 again/);
    const send = page.getByRole('button', { name: /^Publish and send 40 again/ });
    // Somebody else saves a row first, and then the answer to the publication is lost: each try goes on from where the list is by then.
    const { draftRevision } = await mappingApi(hub).valueMap(list);
    const theirs = { id: list, expectedRevision: draftRevision, entries: [{ sourceValue: '77', targetValue: '1' }] };
    await mappingApi(hub).mutate('valueMapEntriesSave', 'changes { kind }', theirs);
    await page.keyboard.press('Enter');
    const withTheirs = page.getByText(/ has 1 other change, which is published as well/);
    await withTheirs.waitFor();
    await until(() => send.isEnabled(), { what: 'the end of this try' });
    await page.route('**/graphql', async (route) => {
      if (!String(route.request().postData()).includes('"REPLAY_DEAD_LETTERS"')) return route.continue();
      await route.fetch();
      return route.abort();
    });
    await input.press('Enter');
    await page.getByText('The hub does not answer.').waitFor();
    await page.unrouteAll({ behavior: 'wait' });
    await input.press('Enter');
    await withTheirs.waitFor({ state: 'detached' });
    await until(() => send.isEnabled(), { what: 'the end of this try' });
    await input.press('Enter');
    await page.getByText('All 40 records went through').waitFor({ timeout: patient(120_000) });
    await page.keyboard.press('Escape');
    await page.getByText('No problems.').waitFor();
    expect(await madeInTheTill(orders)).toEqual(once);
    await page.context().close();
  }, 240_000);
});
