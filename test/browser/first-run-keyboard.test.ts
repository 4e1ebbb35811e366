/** From an empty data folder to the first order synchronised without a mouse: Tab, Enter, arrows and what is typed, nothing else. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import { describeInChromium, openBrowser, openPage, type Watched } from '../support/browser.js';
import { startEmptyDemo, type EmptyDemo } from '../support/empty-demo.js';
import { patient } from '../support/patience.js';
import { tabToThis } from '../support/signed-in.js';

describeInChromium('the first run by keyboard only', () => {
  let demo: EmptyDemo;
  let browser: Browser;
  let watched: Watched;
  let page: Page;
  beforeAll(async () => {
    [demo, browser] = await Promise.all([startEmptyDemo(), openBrowser()]);
    watched = await openPage(browser, await demo.link());
    ({ page } = watched);
  }, 150_000);
  afterAll(async () => {
    await browser?.close();
    await demo?.stop();
  }, 60_000);

  const heading = (name: string): Promise<void> => page.getByRole('heading', { level: 2, name }).waitFor();
  const type = async (into: Locator, text: string): Promise<void> => {
    await tabToThis(page, into);
    await page.keyboard.type(text);
  };
  const press = async (role: 'button' | 'link', name: string): Promise<void> => {
    await tabToThis(page, page.getByRole(role, { name, exact: true }));
    await page.keyboard.press('Enter');
  };

  it('makes the account and connects both systems', async () => {
    await type(page.getByLabel('Name', { exact: true }), 'Anna');
    await type(page.getByLabel('E-mail address'), 'anna@example.com');
    await type(page.getByLabel('Password', { exact: true }), 'five green bicycles');
    await page.keyboard.press('Enter');
    await press('link', 'Setup');
    await heading('Language and time');
    await press('button', 'Next');
    await heading('Connect MplusKASSA');
    await type(page.getByRole('textbox', { name: 'Address', exact: true }), `http://127.0.0.1:${demo.ports.till}`);
    await type(page.getByRole('textbox', { name: 'Ident', exact: true }), 'koppel');
    await type(page.getByLabel(/^Secret/), 'sandbox-secret');
    await page.keyboard.press('Enter');
    await heading('Connect Softmaat');
    await press('button', 'Try with sample data');
    await heading('What to synchronise');
  }, 120_000);

  it('chooses what moves with the arrow keys, looks into both systems, opens what it finds', async () => {
    const orders = page.getByLabel('Orders', { exact: true });
    await tabToThis(page, orders);
    const before = await orders.inputValue();
    await page.keyboard.press('ArrowUp');
    expect(await orders.inputValue()).not.toBe(before);
    await page.keyboard.press('ArrowDown');
    expect(await orders.inputValue()).toBe(before);
    await press('button', 'Save and go on');
    await heading('Matching');
    await press('button', 'Look into both systems');
    const products = page.getByRole('region', { name: 'products' });
    await products.waitFor({ timeout: patient(60_000) });
    const only = products.getByRole('button', { name: /^only in Softmaat/ });
    await tabToThis(page, only);
    await page.keyboard.press('Enter');
    await products.getByText('GIFTBOX-THEE').waitFor();
    await press('button', 'Next');
    await heading('Value lists');
    await press('button', 'Next');
    await heading('Trial run');
    await press('button', 'Next');
    await heading('Alerts');
  }, 120_000);

  it('goes on without alerts when asked to, starts, and sees the first order arrive', async () => {
    await press('button', 'Skip this');
    await press('button', 'Go on without alerts');
    await heading('Go live');
    await press('button', 'Start now');
    await page.getByText('The first order is synchronised').waitFor({ timeout: patient(240_000) });
    expect(watched.complaints).toEqual([]);
  }, 280_000);
});
