import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import type { Browser, Locator, Page } from 'playwright-core';
import { setUpToken } from '../../src/security/set-up-token.js';
import { describeInChromium, openBrowser, openPage } from '../support/browser.js';
import { openGraphWorld, type GraphWorld } from '../support/graph-server.js';
import { tabToThis } from '../support/signed-in.js';
import { until } from '../support/wait.js';

describeInChromium('the first account of a hub that was started without npm start', () => {
  let world: GraphWorld;
  let browser: Browser;
  beforeAll(async () => {
    world = await openGraphWorld({ webFolder: 'dist/web' });
    browser = await openBrowser();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await world?.close();
  });

  it('is made with the API key, by keyboard and on a small screen; a wrong key is given anew', async () => {
    const { page, complaints } = await openPage(browser, `${world.url}/account`, { width: 360 });
    const key = page.getByLabel('API key that the hub printed at its first start');
    const name = page.getByLabel('Name');
    const focused = async (field: Locator): Promise<void> => {
      const isFocused = (): Promise<boolean> => field.evaluate((element) => element === element.ownerDocument.activeElement); // prettier-ignore
      await until(isFocused, { what: `the focus on ${String(field)}` });
    };
    await focused(key);
    expect(await key.getAttribute('type')).toBe('password');
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
    const posted: string[] = [];
    page.on('request', (request) => request.method() === 'POST' && posted.push(new URL(request.url()).pathname));

    await page.keyboard.type('kpl_none_of_ours');
    await page.keyboard.press('Enter');
    await focused(name);
    expect(posted).toEqual([]);
    await page.keyboard.type('Anna');
    await page.getByLabel('E-mail address').fill('anna@example.com');
    await page.getByLabel('Password', { exact: true }).fill('five green bicycles');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').filter({ hasText: 'API key (shown once)' }).waitFor();
    expect(posted).toEqual(['/session/first']);

    await tabToThis(page, page.getByRole('button', { name: 'Give another key' }));
    await page.keyboard.press('Enter');
    await focused(key);
    await page.keyboard.type(`  ${world.adminKey} `);
    await page.keyboard.press('Enter');
    await focused(name);
    expect(await name.inputValue()).toBe('Anna');
    expect(await page.getByLabel('E-mail address').inputValue()).toBe('anna@example.com');
    expect(await page.getByRole('alert').count()).toBe(0);
    await page.getByLabel('Password', { exact: true }).fill('five green bicycles');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Overview' }).waitFor();
    // The browser itself notes the answer to the wrong key.
    expect(complaints.filter((complaint) => !complaint.includes('403'))).toEqual([]);
  }, 60_000);
});

describeInChromium('the page of accounts', () => {
  const masterKey = randomBytes(32);
  let world: GraphWorld;
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    world = await openGraphWorld({ webFolder: 'dist/web', masterKey });
    browser = await openBrowser();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await world?.close();
  });

  const open = async (hash = ''): Promise<void> => {
    ({ page } = await openPage(browser, `${world.url}/account${hash}`));
  };

  it('makes the first account by its link, says what is wrong, and leaves no proof in the address', async () => {
    await open(`#first=${setUpToken(masterKey.toString('hex'))}`);
    await page.getByLabel('Name').waitFor();
    expect(page.url()).toBe(`${world.url}/account`);
    await page.getByLabel('Name').fill('Anna');
    await page.getByLabel('E-mail address').fill('anna@example.com');
    await page.getByLabel('Password', { exact: true }).fill('password1234');
    await page.getByRole('button', { name: 'Make the account' }).click();
    await page.getByRole('alert').filter({ hasText: 'guessed first' }).waitFor();
    await page.getByLabel('Password', { exact: true }).fill('five green bicycles');
    await page.getByRole('button', { name: 'Make the account' }).click();
    await page.getByRole('heading', { name: 'Overview' }).waitFor();
    expect(await page.evaluate('document.cookie')).toBe('');
  }, 60_000);

  it('signs out and in again', async () => {
    await page.getByRole('link', { name: 'My account: Anna' }).click();
    await page.getByText('Signed in as Anna (administrator).').waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByLabel('E-mail address').fill('anna@example.com');
    await page.getByLabel('Password', { exact: true }).fill('five green bicycles');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Overview' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Overview' }).waitFor();
  }, 60_000);

  it('is led to once, with where the person wanted to go', async () => {
    const context = await browser.newContext();
    page = await context.newPage();
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(String(error)));
    await page.goto(`${world.url}/setup?step=first`);
    await page.getByLabel('E-mail address').waitFor();
    expect(new URL(page.url()).searchParams.get('back')).toBe('/setup?step=first');
    expect(complaints).toEqual([]);
    await context.close();
  }, 60_000);
});
