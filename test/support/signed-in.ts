/** Somebody who has signed in to a hub that runs, in a browser. In: the hub and its administrator's key. Out: a page of the dashboard. */
import type { Browser, Page, Locator } from 'playwright-core';
import { openPage, type Watched } from './browser.js';
import { settled } from './dashboard.js';

export interface SignIn {
  readonly url: string;
  /** Of an administrator: proves that the first account may be made. */
  readonly adminKey: string;
}

const password = 'five green bicycles';
export const person = { name: 'Anna', email: 'anna@example.com' } as const;

/** Makes the first account where there is none, signs in, and opens the page with the focus at its beginning. */
export async function openSignedIn(browser: Browser, { url, adminKey }: SignIn, path: string): Promise<Watched> {
  await fetch(`${url}/session/first`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ ...person, password, proof: adminKey, language: 'en' }),
  });
  const watched = await openPage(browser, `${url}/account?back=${encodeURIComponent(path)}`);
  const { page } = watched;
  await page.getByLabel('E-mail address').fill(person.email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL((address) => address.pathname !== '/account');
  return watched;
}

/** Presses Tab until what has this role and name has the focus. */
export async function tabTo(page: Page, role: 'button' | 'link', name: RegExp, most = 80): Promise<void> {
  await tabToThis(page, page.getByRole(role, { name }).first(), most);
}

/** Presses Tab until this has the focus. */
export async function tabToThis(page: Page, wanted: Locator, most = 80): Promise<void> {
  await wanted.waitFor();
  // Words that come later hide everything for a moment, and what had the focus loses it.
  await settled(page);
  for (let i = 0; i < most; i++) {
    await page.keyboard.press('Tab');
    if (await wanted.evaluate((element) => element === element.ownerDocument.activeElement)) return;
  }
  throw new Error(`Tab does not come to ${String(wanted)}`);
}
