/** Value lists in the dashboard: codes that are missing, rows in place, holes of the grid, rows from a spreadsheet, publishing and going back. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import { describeInChromium, openBrowser } from '../support/browser.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { testApiKey, type HubHandle } from '../support/processes.js';
import { openSignedIn } from '../support/signed-in.js';
import { openStage, type Stage } from '../support/stage.js';
import { until } from '../support/wait.js';

interface Row {
  readonly sourceValue: string;
  readonly secondKey: string | null;
  readonly targetValue: string;
}

describeInChromium('value lists', () => {
  let database: TestDatabase;
  let stage: Stage;
  let hub: HubHandle;
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    database = await createTestDatabase();
    stage = await openStage({ databaseUrl: database.url, products: 2, flows: [] });
    hub = await stage.hub();
    // What the hub counts when records with such codes come by.
    await stage.ask(`insert into unmapped_value (value_list, value, second_key, count, example_trace_id)
      values ('softmaat-tax-code', '13', 'FR', 7, 'trc_1'), ('softmaat-tax-code', 'ZERO_RATED', 'ES', 2, 'trc_2')`);
    browser = await openBrowser();
    ({ page } = await openSignedIn(browser, { url: hub.url, adminKey: testApiKey }, '/value-lists'));
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await stage?.close();
    await database?.drop();
  }, 60_000);

  async function rowsOf(state: 'DRAFT' | 'PUBLISHED'): Promise<readonly string[]> {
    const { valueMap } = await hub.graphql<{ valueMap: { entries: { nodes: Row[] } } }>(
      `{ valueMap(id: "softmaat-tax-code") { entries(first: 100, state: ${state}) { nodes { sourceValue secondKey targetValue } } } }`,
    );
    return valueMap.entries.nodes.map(({ sourceValue, secondKey, targetValue }) =>
      [sourceValue, secondKey, targetValue].filter((each) => each !== null).join(' '),
    );
  }

  /** A row that somebody else saves, whatever this page knows of it. */
  async function savedElsewhere(sourceValue: string): Promise<void> {
    const { valueMap } = await hub.graphql<{ valueMap: { draftRevision: number } }>('{ valueMap(id: "softmaat-tax-code") { draftRevision } }'); // prettier-ignore
    const input = { id: 'softmaat-tax-code', expectedRevision: valueMap.draftRevision, entries: [{ sourceValue, targetValue: 'J' }] }; // prettier-ignore
    await hub.graphql('mutation ($input: ValueMapEntriesSaveInput!) { valueMapEntriesSave(input: $input) { userErrors { message } } }', { input }); // prettier-ignore
  }
  /** Lets what the page sends with this text wait until it is released, and something else come first. */
  async function held(text: string, first: () => Promise<void> = () => Promise.resolve()): Promise<() => void> {
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    await page.route('**/graphql', async (route) => {
      if (!String(route.request().postData()).includes(text)) return route.fallback();
      await released;
      await first();
      await route.continue();
    });
    return release;
  }
  const newRow = () => [page.getByLabel('New code', { exact: true }), page.getByLabel('What it becomes', { exact: true })] as const; // prettier-ignore
  async function enter(code: string, target: string): Promise<void> {
    const [first, second] = newRow();
    await first.fill(code);
    await second.fill(target);
    await second.press('Enter');
    await until(async () => (await first.inputValue()) === '', { what: 'room for the next row' });
  }
  const rowFor = (code: string): Locator => page.getByLabel(`What ${code} becomes`, { exact: true });

  it('lists first the one that lacks codes, and leads to it', async () => {
    const table = page.getByRole('table', { name: 'Value lists' });
    await table.getByRole('row').nth(1).getByText('2 codes').waitFor();
    await table.getByRole('row').nth(1).getByRole('link').first().click();
    await page.getByRole('heading', { level: 1, name: /tax code of Softmaat$/ }).waitFor();
  }, 30_000);

  it('takes a row for a code that came by, the most frequent first, into the draft', async () => {
    const missing = page.getByRole('region', { name: 'Codes without a row' }).first().getByRole('table');
    await missing.getByRole('row').nth(1).getByText('13 · FR').waitFor();
    await missing.getByLabel('What 13 · FR becomes').fill('FR13');
    // A more frequent one that comes by meanwhile takes nobody's place.
    await stage.ask(`insert into unmapped_value (value_list, value, second_key, count, example_trace_id)
      values ('softmaat-tax-code', '9', 'PL', 99, 'trc_3')`);
    await missing.getByText('9 · PL').waitFor();
    expect(await missing.getByLabel('What 13 · FR becomes').inputValue()).toBe('FR13');
    await missing.getByRole('row').nth(1).getByRole('button', { name: 'Add' }).click();
    await missing.getByText('FR13, not published yet').waitFor();
    await page.getByText('1 change', { exact: true }).waitFor();
    expect(await rowsOf('DRAFT')).toContain('13 FR FR13');
    expect(await rowsOf('PUBLISHED')).not.toContain('13 FR FR13');
  }, 60_000);

  it('fills a hole of the grid in place, and keeps the grid in the address', async () => {
    await page.getByRole('tab', { name: 'Grid' }).click();
    const hole = page.getByLabel('What 21 · DE becomes');
    expect(await hole.getAttribute('placeholder')).toBe('–');
    await hole.fill('DE21');
    await hole.press('Enter');
    await page.getByText('2 changes', { exact: true }).waitFor();
    expect(page.url()).toContain('tab=grid');
    expect(await rowsOf('DRAFT')).toContain('21 DE DE21');
  }, 30_000);

  it('shows what pasted rows would change, says what it does not understand, and takes the others over', async () => {
    await page.getByRole('button', { name: 'Paste rows…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Rows', { exact: true }).fill('21\tES\tES21\n10\tES\tES10\nonly one column\n');
    await dialog.getByText('2 rows understood.').waitFor();
    await dialog.getByText(/1 line is left out/).waitFor();
    const changes = dialog.getByRole('table', { name: 'Rows that change' });
    await changes.getByText('ES10').waitFor();
    expect(await rowsOf('DRAFT')).not.toContain('10 ES ES10');
    // What is shown is of these rows and of this way of taking them over, or nothing can be done with it.
    const release = await held('"isReplacement":true');
    await dialog.getByLabel('Remove all rows that are not among these').check();
    expect(await dialog.getByRole('button', { name: 'Take over 2 rows' }).isDisabled()).toBe(true);
    release();
    await changes.getByText('removed').first().waitFor();
    await page.unrouteAll({ behavior: 'wait' });
    await dialog.getByLabel('Remove all rows that are not among these').uncheck();
    await changes.getByText('removed').first().waitFor({ state: 'detached' });
    await dialog.getByRole('button', { name: 'Take over 2 rows' }).click();
    await page.getByText('4 changes', { exact: true }).waitFor();
    expect(await rowsOf('DRAFT')).toEqual(expect.arrayContaining(['21 ES ES21', '10 ES ES10']));
  }, 30_000);

  it('takes new rows and removals as fast as they come, and gives back a row that is refused', async () => {
    await page.getByRole('tab', { name: 'Rows' }).click();
    const [code, target] = newRow();
    let release = await held('"entries"');
    await enter('FAST1', 'F1');
    await enter('FAST2', 'F2');
    await code.fill('FAST');
    release();
    await rowFor('FAST2').waitFor();
    expect([await code.inputValue(), await rowFor('FAST1').inputValue()]).toEqual(['FAST', 'F1']);
    await page.unrouteAll({ behavior: 'wait' });

    release = await held('"entries"');
    for (const each of ['FAST1', 'FAST2']) await page.getByLabel(`Remove the row of ${each}`).click();
    release();
    for (const each of ['FAST1', 'FAST2']) await rowFor(each).waitFor({ state: 'detached' });
    await page.unrouteAll({ behavior: 'wait' });

    (await held('"FAST3"', () => savedElsewhere('OF-JAN')))();
    await code.fill('FAST3');
    await target.fill('F3');
    await target.press('Enter');
    await until(async () => (await target.getAttribute('aria-invalid')) === 'true', { what: 'the refusal' });
    expect([await code.inputValue(), await target.inputValue()]).toEqual(['FAST3', 'F3']);
    await page.unrouteAll({ behavior: 'wait' });
    // Refused after its place has gone.
    release = await held('"LATE"', () => savedElsewhere('OF-PIET'));
    await rowFor('OF-JAN').fill('LATE');
    await rowFor('OF-JAN').press('Enter');
    await page.getByRole('tab', { name: 'Versions' }).click();
    release();
    await page.getByText(/^OF-JAN → LATE: /).waitFor();
    await page.unrouteAll({ behavior: 'wait' });

    release = await held('"whenUnmapped"');
    const [otherwise, keep] = [page.getByLabel('Default', { exact: true }), page.getByRole('button', { name: 'Save' })];
    await page.getByLabel('What becomes of them').selectOption('USE_DEFAULT');
    await otherwise.fill('A');
    await otherwise.press('Enter');
    await otherwise.fill('AB');
    release();
    await until(() => keep.isEnabled(), { what: 'the end of saving' });
    expect(await otherwise.inputValue()).toBe('AB');
    await page.unrouteAll({ behavior: 'wait' });
    await page.getByRole('tab', { name: 'Rows' }).click();
  }, 60_000);

  it('publishes what was looked at, with a note, and says who did it', async () => {
    // What this page is still saving belongs to it.
    const release = await held('"entries"');
    await enter('OWN', 'O');
    await page.getByRole('button', { name: 'Publish…' }).click();
    const dialog = page.getByRole('dialog');
    const changes = dialog.getByRole('table', { name: 'Rows that change' });
    const overtaken = dialog.getByText('Somebody else has changed this draft meanwhile');
    await changes.waitFor();
    release();
    await changes.getByRole('row', { name: /^OWN/ }).waitFor();
    expect(await overtaken.count()).toBe(0);
    await page.unrouteAll({ behavior: 'wait' });
    await dialog.getByLabel('What has changed').fill('Spain, and a French rate');
    await savedElsewhere('OF-KEES');
    await dialog.getByLabel('What has changed').press('Enter');
    await overtaken.waitFor();
    expect(await dialog.getByRole('button', { name: 'Publish and send again' }).isDisabled()).toBe(true);
    expect(await changes.getByRole('row', { name: /^OF-KEES/ }).count()).toBe(0);
    expect(await rowsOf('PUBLISHED')).not.toContain('OF-KEES J');
    await dialog.getByRole('button', { name: 'Take over what is there now' }).click();
    await changes.getByRole('row', { name: /^OF-KEES/ }).waitFor();
    await dialog.getByRole('button', { name: 'Publish and send again' }).click();
    await page.getByRole('tab', { name: 'Versions' }).click();
    await page.getByText('Spain, and a French rate').waitFor();
    await page.getByText(/Anna · \d+ rows/).waitFor();
    expect(await rowsOf('PUBLISHED')).toEqual(expect.arrayContaining(['13 FR FR13', '21 DE DE21', '10 ES ES10']));
  }, 30_000);

  it('takes an earlier version back as a new one', async () => {
    await page.getByRole('button', { name: 'Take back…' }).first().click();
    await page.getByRole('dialog').getByRole('button', { name: 'Take back…' }).click();
    await page.getByText('Back to version 1').waitFor();
    expect(await rowsOf('PUBLISHED')).not.toContain('10 ES ES10');
  }, 30_000);
});
