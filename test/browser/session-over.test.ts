/** A session that is over while a page stands open: the person signs in over the page, which keeps what was entered; another person begins anew. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import { describeInChromium, openBrowser } from '../support/browser.js';
import { openDashboard, person, seriousFindings, settled } from '../support/dashboard.js';
import { fillCatalogue, openGraphWorld, type GraphWorld } from '../support/graph-server.js';
import { until } from '../support/wait.js';

const colleague = { name: 'Vera Maes', email: 'vera@example.com', password: 'seven quiet harbours' } as const;

describeInChromium('a session that is over', () => {
  let world: GraphWorld;
  let browser: Browser;
  let page: Page;
  let complaints: readonly string[];
  beforeAll(async () => {
    world = await openGraphWorld({ webFolder: 'dist/web' });
    await fillCatalogue(world.database, 3);
    await world.database.query(
      `insert into parked (id, stage, system, flow, entity, canonical_id, external_id, record_key, trace_id, code, message, hint, classification, fingerprint, payload)
       values ('prk_1', 'project', 'softmaat', 'products', 'product', 'prd_00001', 'A1', 'A1', 'trc_1', 'RECORD_REFUSED', 'Name is too long.', 'Shorten it.', 'data', 'fp', '{}')`,
    );
    browser = await openBrowser();
    ({ page, complaints } = await openDashboard(browser, world.url, { adminKey: world.adminKey, path: '/' }));
    const headers = { origin: new URL(world.url).origin };
    const { name, email, password } = colleague;
    const query = 'mutation ($input: UserSaveInput!) { userSave(input: $input) { invitation } }';
    const input = { name, email, role: 'OPERATOR', language: 'en' };
    const invited = await page.request.post(`${world.url}/graphql`, { headers, data: { query, variables: { input } } });
    const { invitation } = (await invited.json()).data.userSave;
    const elsewhere = await browser.newContext();
    const accepted = await elsewhere.request.post(`${world.url}/session/invitation`, { headers, data: { invitation, password } }); // prettier-ignore
    expect(accepted.ok()).toBe(true);
    await elsewhere.close();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await world?.close();
  });

  const end = (): Promise<unknown> => world.database.query('delete from session');
  const cover = (): Locator => page.getByRole('dialog', { name: 'Sign in' });
  const aside = (): Locator => page.getByRole('dialog', { name: 'Put 1 problem aside' });
  async function signIn({ email, password }: { readonly email: string; readonly password: string }): Promise<void> {
    await cover().getByLabel('E-mail address').fill(email);
    await cover().getByLabel('Password', { exact: true }).fill(password);
    await cover().getByRole('button', { name: 'Sign in' }).click();
  }
  /** With the reason entered, the session over, and the command refused. */
  async function beginToPutAside(reason: string): Promise<void> {
    await page.goto(`${world.url}/problems/prk_1`);
    await page.getByRole('button', { name: 'Put aside…' }).click();
    await aside().getByLabel('Reason').fill(reason);
    await settled(page);
    await end();
    await aside().getByRole('button', { name: 'Put 1 aside' }).click();
    await cover().waitFor();
  }
  it('is begun anew over the page by the same person, and what was entered is still there', async () => {
    await beginToPutAside('Typed twice.');
    await cover().getByText('Anna Peeters, your session is over.').waitFor();
    expect(await page.evaluate('document.activeElement.name')).toBe('email');
    expect(await seriousFindings(page)).toEqual([]);
    for (const key of ['Escape', 'Escape', 'Escape', 'Control+k']) await page.keyboard.press(key);
    expect(await cover().isVisible()).toBe(true);
    await page.evaluate('document.querySelector("dialog").close()');
    await cover().waitFor();
    await signIn({ ...person, password: 'five green aeroplanes' });
    await cover().getByRole('alert').nth(1).waitFor();
    expect(world.told).toEqual([]);

    await signIn(person);
    await cover().waitFor({ state: 'detached' });
    expect(new URL(page.url()).pathname).toBe('/problems/prk_1');
    expect(await aside().getByLabel('Reason').inputValue()).toBe('Typed twice.');
    expect(await page.getByRole('dialog').count()).toBe(1);
    await aside().getByRole('button', { name: 'Put 1 aside' }).click();
    await aside().waitFor({ state: 'detached' });
    expect(world.told).toEqual(['discard prk_1 NOT_NEEDED: Typed twice.']);
  }, 90_000);

  it('that is begun by somebody else begins with nothing of before', async () => {
    world.told.splice(0);
    await beginToPutAside('For Anna only.');
    await signIn(colleague);
    await page.getByRole('link', { name: 'My account: Vera Maes' }).waitFor();
    await cover().waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Put aside…' }).waitFor();
    expect(await aside().count()).toBe(0);
    expect(world.told).toEqual([]);
  }, 90_000);

  it('is noticed by what the page asks by itself, and asks nothing more until somebody signs in', async () => {
    await page.goto(`${world.url}/jobs`);
    await page.getByRole('heading', { level: 1, name: 'Jobs' }).waitFor();
    await settled(page);
    await end();
    await cover().waitFor();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    // Jobs are asked for every two seconds while somebody is there.
    await page.waitForTimeout(5_000);
    expect(asked).toEqual([]);
    await signIn(colleague);
    await cover().waitFor({ state: 'detached' });
    await until(() => asked.filter((url) => url.endsWith('/graphql')).length > 1, { what: 'the jobs to be asked for' });
  }, 90_000);

  /** Follows a link of the menu, which is refused: the session is over. */
  async function follow(name: string): Promise<void> {
    await settled(page);
    await end();
    await page.getByRole('link', { name, exact: true }).click();
    await cover().waitFor();
  }
  async function signInElsewhere({
    email,
    password,
  }: {
    readonly email: string;
    readonly password: string;
  }): Promise<void> {
    const headers = { origin: new URL(world.url).origin };
    await page.context().request.post(`${world.url}/session`, { headers, data: { email, password } });
    await page.evaluate('window.dispatchEvent(new Event("focus"))');
    await cover().waitFor({ state: 'detached' });
  }
  const shirt = (): Locator => page.getByRole('table', { name: 'Products' }).getByText('Shirt 1');

  it('that somebody has begun in another tab needs no second one, and what was refused is asked again', async () => {
    await follow('Activity');
    await signInElsewhere(colleague);
    await page.getByRole('button', { name: 'Show as table' }).waitFor();
    await page.getByText('Nothing has happened yet.').waitFor();
    await follow('Products');
    await signInElsewhere(colleague);
    await shirt().waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
  }, 90_000);

  it('shows nothing of what was answered to one person to another one', async () => {
    await page.getByRole('link', { name: 'Jobs', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Jobs' }).waitFor();
    await page.getByRole('link', { name: 'Products', exact: true }).click();
    await shirt().waitFor();
    await end();
    await page.getByRole('link', { name: 'Jobs', exact: true }).click();
    await cover().waitFor();
    let go = (): void => undefined;
    const isSeen = new Promise<void>((resolve) => (go = resolve));
    await page.route('**/graphql', async (route) => {
      if (String(route.request().postData()).includes('"first"')) await isSeen;
      await route.continue();
    });
    await signInElsewhere(person);
    await page.getByRole('link', { name: 'My account: Anna Peeters' }).waitFor();
    await page.getByRole('link', { name: 'Products', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Products' }).waitFor();
    expect(await shirt().count()).toBe(0);
    go();
    await page.unrouteAll({ behavior: 'wait' });
    await shirt().waitFor();
  }, 90_000);

  it('because the person has signed out in another tab takes the page away', async () => {
    const other = await page.context().newPage();
    await other.goto(`${world.url}/account`);
    await other.getByRole('button', { name: 'Sign out' }).click();
    await page.waitForURL(/\/account\?back=%2Fproducts/);
    await page.getByLabel('E-mail address').waitFor();
    expect(await page.locator('.cover').count()).toBe(0);
    await other.close();
    expect(complaints.filter((line) => !line.includes('status of 401'))).toEqual([]);
  }, 60_000);
});
