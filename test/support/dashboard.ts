/**
 * The dashboard in a real Chromium, as somebody who has signed in. In: the address of a hub and its administrator's key. Out: a page, what it
 * complained about, and what axe has against it. The first call on a hub makes the account, later ones sign in to it.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { watchPage, type Watched } from './browser.js';
import { until } from './wait.js';

export const person = { name: 'Anna Peeters', email: 'anna@example.com', password: 'five green bicycles' } as const;

export interface DashboardLook {
  /** Proof that the first account may be made. */
  readonly adminKey: string;
  readonly path?: string;
  readonly language?: 'nl' | 'fr' | 'en';
  readonly scheme?: 'light' | 'dark';
  readonly width?: number;
  readonly height?: number;
}

export async function openDashboard(
  browser: Browser,
  url: string,
  { adminKey, path = '/', language = 'en', scheme = 'light', width = 1280, height = 800 }: DashboardLook,
): Promise<Watched> {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: scheme,
    locale: language,
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const headers = { origin: new URL(url).origin };
  const made = await context.request.post(`${url}/session/first`, { headers, data: { proof: adminKey, ...person, language } }); // prettier-ignore
  if (!made.ok()) {
    const { email, password } = person;
    const signed = await context.request.post(`${url}/session`, { headers, data: { email, password } });
    if (!signed.ok()) throw new Error(`Nobody could sign in: ${await signed.text()}`);
  }
  // As if the person had chosen it in this browser; else it would be that of the account.
  await context.addInitScript(`localStorage.setItem('koppel-language', '${language}')`);
  const page = await context.newPage();
  const watched = watchPage(page, url);
  await page.goto(`${url}${path}`);
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  return watched;
}

/** Waits until nothing on the page is on its way. */
export const settled = (page: Page): Promise<unknown> =>
  until(async () => (await page.locator('[aria-busy="true"]').count()) === 0, {
    what: 'the answers',
    timeoutMs: 20_000,
  });

const wcag = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
/** Only what is wrong comes back: everything that axe has looked at is megabytes for each page. */
const lookWithAxe = `axe.run({ runOnly: { type: 'tag', values: ${JSON.stringify(wcag)} }, resultTypes: ['violations'] })
  .then(({ violations }) => violations)`;
/** What fades in has other colours until it is there, and begins to only with its second frame; what turns for ever is not waited for. */
const stillness = `(async () => {
  for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
  const ends = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().iterations !== Infinity);
  await Promise.all(ends.map(({ finished }) => finished.catch(() => undefined)));
})()`;
let axe: string | undefined;

/** What axe finds that keeps people out (WCAG 2.2 AA, serious and critical): rule, and where. Our pages have no frames for it to look into. */
export async function seriousFindings(page: Page): Promise<string[]> {
  axe ??= readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  // A page that was looked at before has it still.
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(axe);
  await page.evaluate(stillness);
  const violations = (await page.evaluate(lookWithAxe)) as AxeResults['violations'];
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.slice(0, 3).map(({ target, html }) => `${id}: ${target.join(' ')} ${html.slice(0, 160)}`)); // prettier-ignore
}

/** Rights and choices that do not fit beside each other would make people scroll sideways; tables scroll by themselves. */
export const scrollsSideways = (page: Page): Promise<boolean> =>
  page.evaluate('document.documentElement.scrollWidth > window.innerWidth + 1') as Promise<boolean>;

/** What can be clicked of the page and lies below something else; a click there would not reach it. */
export const coveredBy = (page: Page, selector: string): Promise<readonly string[]> =>
  page.evaluate(`(() => {
    const over = [...document.querySelectorAll(${JSON.stringify(selector)})].map((each) => each.getBoundingClientRect());
    const controls = [...document.querySelectorAll('main :is(a, button, input, select), header :is(a, button, select)')];
    return controls.filter((control) => {
      const { left, right, top, bottom } = control.getBoundingClientRect();
      return over.some((box) => left < box.right && right > box.left && top < box.bottom && bottom > box.top);
    }).map((control) => control.outerHTML);
  })()`);
