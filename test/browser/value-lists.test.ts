/** Value lists in the dashboard: codes that are missing, rows in place, holes of the grid, rows from a spreadsheet, publishing and going back. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { describeInChromium, openBrowser } from '../support/browser.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { testApiKey, type HubHandle } from '../support/processes.js';
import { openSignedIn } from '../support/signed-in.js';
import { openStage, type Stage } from '../support/stage.js';

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
    await dialog.getByRole('table', { name: 'Rows that change' }).getByText('ES10').waitFor();
    expect(await rowsOf('DRAFT')).not.toContain('10 ES ES10');
    await dialog.getByRole('button', { name: 'Take over 2 rows' }).click();
    await page.getByText('4 changes', { exact: true }).waitFor();
    expect(await rowsOf('DRAFT')).toEqual(expect.arrayContaining(['21 ES ES21', '10 ES ES10']));
  }, 30_000);

  it('publishes with a note, and says who did it', async () => {
    await page.getByRole('button', { name: 'Publish…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('What has changed').fill('Spain, and a French rate');
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
