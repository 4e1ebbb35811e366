/**
 * Every page of the dashboard in three languages, over a hub that works with both sandboxes: it shows itself, complains of nothing, keeps nobody
 * out, and fits a narrow screen. What each page does is in the tests beside this one.
 */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser, Page, Request } from 'playwright-core';
import { sampleFlows } from '../../src/config/sample.js';
import { describeInChromium, openBrowser, type Watched } from '../support/browser.js';
import { openDashboard, scrollsSideways, seriousFindings, settled, type DashboardLook } from '../support/dashboard.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { removeRows } from '../support/mapping-api.js';
import { peopleInTheShop } from '../support/people.js';
import { testApiKey, type HubHandle } from '../support/processes.js';
import { openStage, type Stage } from '../support/stage.js';
import { until } from '../support/wait.js';

/** Pages, and where the id in their address comes from. */
const pages: Readonly<Record<string, string | null>> = {
  '/': null,
  '/activity': null,
  '/events/': 'syncEvents(first: 1)',
  '/problems': null,
  '/problems/': 'deadLetters(first: 1)',
  '/conflicts': null,
  '/conflicts?status=owners': null,
  '/comparisons': null,
  '/comparisons/': 'reconciliations(first: 1)',
  '/alerts': null,
  '/alerts?tab=rules': null,
  '/alerts?tab=channels': null,
  '/flows': null,
  '/flows/': 'flows',
  '/runs/': 'flowRuns(first: 1)',
  '/mappings': null,
  '/mappings/': 'mappings',
  '/value-lists': null,
  '/value-lists/': 'valueMaps',
  '/products': null,
  '/products/': 'products(first: 1)',
  '/categories': null,
  '/categories/': 'categories(first: 1)',
  '/customers': null,
  '/customers/': 'customers(first: 1)',
  '/orders': null,
  '/orders/': 'orders(first: 1)',
  '/stock': null,
  '/stock/': 'stockLevels(first: 1)',
  '/systems': null,
  '/systems/': 'systems',
  '/jobs': null,
  '/restore': null,
  '/settings/users': null,
  '/settings/keys': null,
  '/settings/audit': null,
  '/settings/configuration': null,
  '/settings/about': null,
  '/setup': null,
  '/setup?step=alerts': null,
  '/no/such/page': null,
};

type Look = Required<Pick<DashboardLook, 'language' | 'scheme'>>;
const dutch: Look = { language: 'nl', scheme: 'light' };
const french: Look = { language: 'fr', scheme: 'dark' };
const english: Look = { language: 'en', scheme: 'light' };
/** What the choice of the language is called in each. */
const choiceOfLanguage = { nl: 'Taal', fr: 'Langue', en: 'Language' } as const;

interface Visitor extends Watched {
  /** Whether a question to the hub is under way. */
  isAsking(): boolean;
}

/** Complains when what was shown is hidden, as React does it, until some part of it has been loaded. */
const watchHiding = `new MutationObserver((changes) => {
  const isHidden = ({ target: { style } }) => style.display === 'none' && style.getPropertyPriority('display') === 'important';
  if (changes.some((change) => isHidden(change) && change.target.querySelector('main, table, h2')))
    console.error('The dashboard hid what was shown.');
}).observe(document, { subtree: true, attributeFilter: ['style'] })`;

describeInChromium('every page', () => {
  let database: TestDatabase;
  let stage: Stage;
  let hub: HubHandle;
  let browser: Browser;
  let addresses: string[];
  beforeAll(async () => {
    database = await createTestDatabase();
    stage = await openStage({ databaseUrl: database.url, products: 12, pollMs: 2_000, flows: sampleFlows });
    hub = await stage.hub();
    await until(async () => (await idOf('orders(first: 1)')) !== undefined, { what: 'an order', timeoutMs: 90_000 });
    // A web order whose rate has no row in the till, so that there is a problem to look at.
    const known = `select v.sku from variant v join projection p on p.entity = 'variant' and p.canonical_id = v.id
      where v.tax_rate = 21 and v.sku < '900000' and p.target = 'softmaat' and p.state = 'in_sync' limit 1`;
    await until(async () => (await stage.ask(known)).length === 1, { what: 'an article', timeoutMs: 90_000 });
    await removeRows(hub, 'mpluskassa-vat-code', [{ sourceValue: '21', secondKey: 'NL' }]);
    const shop = peopleInTheShop(stage.shop);
    const [{ sku } = { sku: '' }] = await stage.ask<{ sku: string }>(known);
    await shop.order(await shop.debtor({ name: 'Karel Veertig', email: 'karel@example.nl' }), [[sku, '1']]);
    await until(async () => (await idOf('deadLetters(first: 1)')) !== undefined, {
      what: 'a problem',
      timeoutMs: 90_000,
    });
    await compareProducts();
    addresses = [];
    for (const [path, list] of Object.entries(pages))
      addresses.push(
        list === null ? path : `${path}${await until(() => idOf(list), { what: list, timeoutMs: 90_000 })}`,
      );
    browser = await openBrowser();
  }, 280_000);
  afterAll(async () => {
    await browser?.close();
    await stage?.close();
    await database?.drop();
  }, 60_000);

  /** So that there is a comparison to look at. */
  async function compareProducts(): Promise<void> {
    const { flows } = await hub.graphql<{ flows: { id: string }[] }>(
      '{ flows(filter: { entityType: [PRODUCT] }) { id } }',
    );
    const start =
      'mutation ($input: ReconciliationStartInput!) { reconciliationStart(input: $input) { userErrors { message } } }';
    await hub.graphql(start, { input: { flowId: flows[0]!.id } });
    const found = '{ flows { lastReconciliation { id } } }';
    await until(
      async () => {
        const { flows: all } = await hub.graphql<{ flows: { lastReconciliation: object | null }[] }>(found);
        return all.some(({ lastReconciliation }) => lastReconciliation !== null);
      },
      { what: 'a comparison', timeoutMs: 90_000 },
    );
  }

  /** The id of the first record of a list; undefined when it is empty. */
  async function idOf(list: string): Promise<string | undefined> {
    const shape = list.includes('(') ? 'nodes { id }' : 'id';
    const response = await fetch(`${hub.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${testApiKey}` },
      body: JSON.stringify({ query: `{ list: ${list} { ${shape} } }` }),
    });
    const { data } = (await response.json()) as { data: { list: { nodes?: { id: string }[] } & { id: string }[] } };
    return (data.list.nodes ?? data.list)[0]?.id;
  }

  const everyThird = (from: number): readonly string[] => addresses.filter((_, i) => i % 3 === from);

  /** Somebody who has signed in, and notes which questions to the hub are under way. */
  async function visit(look: Look): Promise<Visitor> {
    const watched = await openDashboard(browser, hub.url, { adminKey: testApiKey, ...look });
    await watched.page.addInitScript(watchHiding);
    const asking = new Set<Request>();
    const isQuestion = (request: Request): boolean => request.url().endsWith('/graphql');
    watched.page.on('request', (request) => isQuestion(request) && asking.add(request));
    for (const end of ['requestfinished', 'requestfailed'] as const)
      watched.page.on(end as 'requestfinished', (request) => asking.delete(request));
    return { ...watched, isAsking: () => asking.size > 0 };
  }

  /** Waits until nothing is on its way. */
  async function load(page: Page, path: string): Promise<void> {
    await page.goto(`${hub.url}${path}`);
    await page.getByRole('heading', { level: 1 }).first().waitFor();
    await settled(page);
  }

  /** The page, or a table of it. Pictures follow the width of the window a moment later. */
  async function isWiderThan(page: Page, width: number): Promise<boolean> {
    await page.setViewportSize({ width, height: 800 });
    const isOver = async (): Promise<boolean> =>
      (await scrollsSideways(page)) || Boolean(await page.evaluate(cutTable));
    const fits = until(async () => !(await isOver()), { what: 'the page to fit' });
    const isWider = await fits.then(
      () => false,
      () => true,
    );
    await page.setViewportSize({ width: 1280, height: 800 });
    return isWider;
  }

  /** As somebody does it in the header. Waits until the words are there, and what the hub says was asked again in that language. */
  async function speak({ page, isAsking }: Visitor, { language, scheme }: Look): Promise<void> {
    await page.emulateMedia({ colorScheme: scheme });
    const choice = page.locator('header select.plain-select');
    if ((await choice.inputValue()) !== language) await choice.selectOption(language);
    await page.locator(`header select[aria-label="${choiceOfLanguage[language]}"]`).waitFor();
    await until(async () => !isAsking() && !(await page.evaluate(isTurning)), { what: 'the page to be still' });
    await settled(page);
  }

  /** What is wrong with the page that is shown, for somebody with this language. */
  async function wrongWith({ page, complaints }: Visitor, language: Look['language']): Promise<string[]> {
    const wrong: string[] = [];
    const headings = await page.getByRole('heading', { level: 1 }).count();
    if (headings !== 1) wrong.push(`${headings} headings of the first level`);
    // In one language of each scheme: what keeps people out does not go by the words.
    if (language !== 'en') wrong.push(...(await seriousFindings(page)));
    wrong.push(...complaints.splice(0));
    if ((await page.evaluate('document.documentElement.lang')) !== language) wrong.push('another language');
    // French is the longest of them.
    for (const width of language === 'fr' ? [360, 1024] : [])
      if (await isWiderThan(page, width)) wrong.push(`runs out of a window of ${width} px`);
    return wrong;
  }

  /** Loads each of these pages in the first look, and shows it in the others. Returns what is wrong. */
  async function wrongOf(paths: readonly string[], [first, ...others]: readonly [Look, ...Look[]]): Promise<string[]> {
    const visitor = await visit(first);
    const wrong: string[] = [];
    for (const path of paths) {
      await load(visitor.page, path);
      for (const look of [first, ...others]) {
        await speak(visitor, look);
        for (const each of await wrongWith(visitor, look.language)) wrong.push(`${path} (${look.language}): ${each}`);
      }
    }
    await visitor.page.context().close();
    return [...wrong, ...visitor.strayRequests];
  }

  it('in Dutch, French and English: one heading, no complaint, nothing that keeps people out, nothing wider than a telephone', async () => {
    const found = await Promise.all([
      wrongOf(everyThird(0), [dutch, french, english]),
      wrongOf(everyThird(1), [french, english, dutch]),
      wrongOf(everyThird(2), [english, dutch, french]),
    ]);
    expect(found).toEqual([[], [], []]);
  }, 600_000);

  it('says what an event changed in words and names, without codes, ids and JSON', async () => {
    const { page, complaints } = await visit(dutch);
    const { systems } = await hub.graphql<{ systems: { id: string; key: string }[] }>('{ systems { id key } }');
    const shop = systems.find(({ key }) => key === 'softmaat')!.id;
    const made = `syncEvents(first: 1, filter: { systemId: "${shop}", entityType: [ORDER], action: [CREATE], isChange: true })`;
    await load(page, `/events/${await idOf(made)}`);
    const changes = page.getByRole('table', { name: 'Wijzigingen' });
    // The words of orders come with the first of them, the name of the customer when the hub has said it.
    await changes.getByRole('cell', { name: 'Bestelling', exact: true }).waitFor();
    await changes
      .getByRole('row', { name: /^Klant / })
      .getByRole('link')
      .waitFor();
    // The shop says what it calls its codes of VAT.
    await changes.getByText('BTW hoog').first().waitFor();
    expect(await changes.innerText()).not.toMatch(/\bNL\d+\b|\b(ORDER|OPEN|UNFULFILLED|INCLUSIVE|EXCLUSIVE)\b|\b(cus|var)_\w{20,}|\{"|T\d\d:\d\d/); // prettier-ignore
    expect(complaints).toEqual([]);
    await page.context().close();
  }, 60_000);

  it('keeps its frame when a page cannot be loaded, and says so in the language of the page', async () => {
    const { page } = await visit(dutch);
    const loaded = new Set<string>();
    const note = (request: Request): unknown => loaded.add(request.url());
    page.on('request', note);
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'Overzicht' }).waitFor();
    await page.waitForLoadState('networkidle');
    page.off('request', note);
    // Only what the page of orders needs: the router loads the dashboard anew, once, when a part of it is missing.
    await page.route('**/assets/**', (route) => (loaded.has(route.request().url()) ? route.fallback() : route.abort()));
    const menu = page.getByRole('navigation', { name: 'Menu' });
    await menu.getByRole('link', { name: 'Bestellingen' }).click();
    await page.getByRole('heading', { level: 1, name: 'Dit kan niet getoond worden' }).waitFor();
    await page.unrouteAll({ behavior: 'wait' });
    await menu.getByRole('link', { name: 'Overzicht' }).click();
    await page.getByRole('heading', { level: 1, name: 'Overzicht' }).waitFor();
    await page.context().close();
  }, 60_000);

  it('in no language at all: no heading, button, tab or label was forgotten by the translators', async () => {
    const forgottenIn = async (paths: readonly string[]): Promise<string[]> => {
      const { page } = await visit(english);
      const forgotten: string[] = [];
      for (const path of paths) {
        await load(page, `${path}${path.includes('?') ? '&' : '?'}language=pseudo`);
        const texts = (await page.evaluate(plainTexts)) as string[];
        for (const text of texts) forgotten.push(`${path}: ${text}`);
      }
      await page.context().close();
      return forgotten;
    };
    expect(await Promise.all([0, 1, 2].map((i) => forgottenIn(everyThird(i))))).toEqual([[], [], []]);
  }, 240_000);
});

/** A table whose last columns lie outside its frame; that of stock has one for each location, and its first stays in sight. */
const cutTable = `[...document.querySelectorAll('.mantine-TableScrollContainer-scrollContainer')]
  .some((frame) => frame.scrollWidth > frame.clientWidth + 1 && frame.querySelector('.grid-first') === null)`;

/** Whether colours are still on their way to those of the other scheme. */
const isTurning = `document.getAnimations().some((each) => each instanceof CSSTransition)`;

/** Texts of headings of columns, buttons, tabs and labels without the brackets that every translated text has in the pseudo language; what the hub said is not ours. */
const plainTexts = `[...document.querySelectorAll('main th[scope=col], main [role=tab], main button, main label, nav a')]
  .filter((element) => element.closest('[data-from-hub]') === null)
  .map((element) => element.textContent.trim())
  .filter((text) => /\\p{L}{3,}/u.test(text) && !text.includes('['))`;
