/**
 * The conflicts of the sample data: `npm start` from an empty data folder, two people who change the same customers in till and shop, and a third one who
 * decides by clicking. Afterwards both systems say the same, and people do not begin again.
 */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { company, person } from '../../sandbox/engine/regulars.js';
import { describeInChromium, openBrowser, type Watched } from '../support/browser.js';
import { openDashboard, seriousFindings } from '../support/dashboard.js';
import { freePort } from '../support/processes.js';
import { until } from '../support/wait.js';

describeInChromium('the conflicts of the sample data', () => {
  let folder: string;
  let ports: { http: number; till: number; shop: number };
  let demo: ChildProcess;
  let gone: Promise<unknown>;
  let said = '';
  let browser: Browser;
  let watched: Watched;
  let page: Page;
  const at = (port: keyof typeof ports): string => `http://127.0.0.1:${ports[port]}`;
  const apiKey = (): string => readFileSync(join(folder, 'data', 'api-key'), 'utf8').trim();

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'koppel-sample-conflicts-'));
    // Started as root, Postgres runs as somebody else, who has to get here.
    chmodSync(folder, 0o755);
    ports = { http: await freePort(), till: await freePort(), shop: await freePort() };
    const others = Object.entries(process.env).filter(([name]) => !/^(KOPPEL_|NODE_OPTIONS)/.test(name));
    demo = spawn(
      process.execPath,
      ['--input-type=module', '-e', `await (await import('./dist/src/cli/start.js')).main([])`],
      {
        env: {
          ...Object.fromEntries(others),
          KOPPEL_DATA_DIR: join(folder, 'data'),
          KOPPEL_HTTP_PORT: String(ports.http),
          KOPPEL_SANDBOX_MPLUSKASSA_PORT: String(ports.till),
          KOPPEL_SANDBOX_SOFTMAAT_PORT: String(ports.shop),
          KOPPEL_SANDBOX_PRODUCTS: '20',
          KOPPEL_POLL_MS: '2000',
        },
        stdio: ['ignore', 'ignore', 'pipe'],
      },
    );
    demo.stderr?.on('data', (data) => (said += String(data)));
    gone = once(demo, 'close');
    browser = await openBrowser();
    await until(() => said.includes('Koppel is ready.'), { what: 'the hub to be ready', timeoutMs: 90_000 });
    watched = await openDashboard(browser, at('http'), { adminKey: apiKey(), path: '/conflicts' });
    ({ page } = watched);
  }, 150_000);
  afterAll(async () => {
    await browser?.close();
    demo?.kill('SIGINT');
    await gone;
    rmSync(folder, { recursive: true, force: true });
  }, 60_000);

  interface Row {
    readonly [field: string]: unknown;
    readonly email?: string | null;
  }
  async function recordOf(port: 'till' | 'shop', email: string): Promise<Row> {
    const type = port === 'till' ? 'relations' : 'debtors';
    const lines = (await (await fetch(`${at(port)}/__sandbox/records?type=${type}`)).text()).split('\n');
    const rows = lines.flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Row]));
    return rows.find((row) => row.email === email) ?? {};
  }
  const both = async (): Promise<unknown> => ({
    phone: [(await recordOf('till', person.email))['telephone'], (await recordOf('shop', person.email))['phone']],
    company: [
      (await recordOf('till', company.email))['companyName'],
      (await recordOf('shop', company.email))['companyName'],
    ],
  });
  const rows = (): Locator => page.getByRole('table', { name: 'Conflicts to decide' }).locator('tbody tr');
  const rowOf = (field: string): Locator => rows().filter({ has: page.getByText(field, { exact: true }) });
  const dialog = (): Locator => page.getByRole('dialog');

  it('are there without anybody having done anything, with what both systems said before', async () => {
    await rowOf('Telephone').waitFor({ timeout: 120_000 });
    await rowOf('Company name').waitFor();
    const sides = async (row: Locator): Promise<readonly string[]> =>
      Promise.all(
        ['Last agreed', 'MplusKASSA', 'Softmaat'].map((name) => row.getByRole('group', { name }).innerText()),
      );
    const { said: known, later } = person;
    const phone = await sides(rowOf('Telephone'));
    [known, later.till, later.shop].forEach((value, i) => expect(phone[i]).toContain(value));
    const name = await sides(rowOf('Company name'));
    [company.said, company.later.till, company.later.shop].forEach((value, i) => expect(name[i]).toContain(value));
    expect(await seriousFindings(page)).toEqual([]);
    expect(await both()).toEqual({
      phone: [later.till, later.shop],
      company: [company.later.till, company.later.shop],
    });
  }, 180_000);

  it('are ended by clicking, and both systems say the same', async () => {
    await rowOf('Telephone').getByRole('button', { name: 'Take this: Softmaat' }).click();
    await dialog().getByRole('button', { name: 'Take it', exact: true }).click();
    await rowOf('Telephone').waitFor({ state: 'detached' });
    await rowOf('Company name').getByRole('button', { name: 'Another value…' }).click();
    await dialog().getByLabel('Company name').fill('Vermeulen en dochters');
    await dialog().getByRole('button', { name: 'Take this value' }).click();
    await page.getByText('Nothing to decide.').waitFor();
    await until(
      async () => JSON.stringify(await both()) === JSON.stringify({
        phone: [person.later.shop, person.later.shop],
        company: ['Vermeulen en dochters', 'Vermeulen en dochters'],
      }),
      { what: 'both systems to say the same', timeoutMs: 60_000, everyMs: 300 },
    ); // prettier-ignore
    expect(watched.complaints).toEqual([]);
  }, 120_000);

  it('are not made again at the next start', async () => {
    const before = await both();
    const people = spawn(process.execPath, ['dist/sandbox/people.js', '--hub', at('http'), '--till', at('till'), '--shop', at('shop')], { stdio: ['pipe', 'ignore', 'inherit'] }); // prettier-ignore
    people.stdin?.end(apiKey());
    expect(await once(people, 'exit')).toEqual([0, null]);
    expect(await both()).toEqual(before);
  }, 60_000);
});
