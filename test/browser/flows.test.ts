/** The overview and the pages of flows, as a person uses them, over a hub that moves a small catalogue from the till to the shop. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import { describeInChromium, openBrowser, openPage, untilShown, type Watched } from '../support/browser.js';
import { createTestDatabase } from '../support/database.js';
import { testApiKey, type HubHandle } from '../support/processes.js';
import { openStage, type Stage } from '../support/stage.js';
import { until } from '../support/wait.js';

interface ShownFlow {
  readonly id: string;
  readonly key: string;
  readonly version: number;
  readonly state: string;
  readonly stateReason: string | null;
  readonly pausedUntil: string | null;
  readonly entityType: string;
  readonly schedule: { readonly every: string };
  readonly syncState: { readonly lastRun: { readonly finishedAt: string | null } | null };
}

describeInChromium('the overview and the pages of flows', () => {
  let database: Awaited<ReturnType<typeof createTestDatabase>>;
  let stage: Stage;
  let hub: HubHandle;
  let browser: Browser;
  let watched: Watched;
  let page: Page;
  beforeAll(async () => {
    database = await createTestDatabase();
    stage = await openStage({ databaseUrl: database.url, products: 8 });
    [hub, browser] = await Promise.all([stage.hub(), openBrowser()]);
    await until(async () => (await flows()).every(({ syncState }) => syncState.lastRun?.finishedAt != null), {
      what: 'a first run of every flow',
      timeoutMs: 60_000,
      everyMs: 200,
    });
    watched = await openPage(browser, `${hub.url}/account`);
    ({ page } = watched);
    await page.evaluate(
      async (body) => {
        const headers = { 'content-type': 'application/json' };
        await fetch('/session/first', { method: 'POST', headers, body });
      },
      JSON.stringify({ name: 'Anna', email: 'anna@example.com', password: 'five green bicycles', proof: testApiKey }),
    );
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await stage?.close();
    await database?.drop();
  }, 60_000);

  const flows = async (): Promise<ShownFlow[]> => {
    const { flows: found } = await hub.graphql<{ flows: ShownFlow[] }>(
      '{ flows { id key version state stateReason pausedUntil entityType schedule { every } syncState { lastRun { finishedAt } } } }',
    );
    return found;
  };
  const flowOf = async (entityType: string): Promise<ShownFlow> =>
    (await flows()).find((flow) => flow.entityType === entityType)!;
  const dialog = (): Locator => page.getByRole('dialog');
  const chosenSystem = (name: string): Locator =>
    page.getByLabel('System').locator('option:checked', { hasText: name });
  const open = async (path: string): Promise<void> => void (await page.goto(`${hub.url}${path}`));

  it('shows at a glance what came through, as a picture and as a table', async () => {
    await open('/');
    const map = page.getByRole('group', { name: 'Flows between MplusKASSA and Softmaat' });
    await map.getByRole('link', { name: /^products from MplusKASSA to Softmaat, in order/ }).waitFor();
    await map.getByRole('link', { name: /^Softmaat: connected/ }).waitFor();
    const created = page.getByRole('row', { name: /created/ }).getByRole('link');
    // The page hears a moment later of what was made just now.
    const counts = '{ overview(window: "PT24H") { counts { created } } }';
    const isAsCounted = async (): Promise<boolean> => {
      const { overview } = await hub.graphql<{ overview: { counts: { created: number } } }>(counts);
      return overview.counts.created > 0 && (await created.textContent()) === String(overview.counts.created);
    };
    await until(isAsCounted, { what: 'the number that the hub has counted', everyMs: 100 });
    await page.getByText('Nothing needs attention.').waitFor();
    await page.getByRole('region', { name: 'Flows' }).getByRole('button', { name: 'Show as table' }).click();
    await page.getByRole('row', { name: /products to Softmaat in order up to date/ }).waitFor();
  }, 60_000);

  it('shows a long name of a system whole, and reminds nobody who has put it away that no alerts are told', async () => {
    const name = (called: string) => stage.ask(`update system set name = $1 where key = 'softmaat'`, [called]);
    await name('Softmaat Groothandel');
    await open('/');
    const box = page.getByRole('link', { name: /^Softmaat Groothandel: connected/ });
    await box.waitFor();
    expect(await box.locator('tspan').allTextContents()).toEqual(['Softmaat', 'Groothandel']);
    expect(await box.locator('title').textContent()).toMatch(/^Softmaat Groothandel\nconnected/);
    await name('Softmaat');
    const reminder = page.getByRole('region', { name: 'Almost done' });
    await reminder.getByRole('button', { name: 'Do not show again' }).click();
    await reminder.waitFor({ state: 'detached' });
    await page.reload();
    await page.getByText('Nothing needs attention.').waitFor();
    expect(await reminder.count()).toBe(0);
  }, 60_000);

  it('leads from a bar, or from several, to what happened then, with the keyboard too', async () => {
    await open('/');
    // A full hour may have begun since everything was made.
    const bars = page.getByRole('group', { name: /^Activity by the hour/ }).getByRole('link', { name: /created/ });
    await bars.last().focus();
    await page.getByText(/^\d.* – .*: .*created/).waitFor();
    await page.keyboard.press('Shift+ArrowLeft');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/activity\?/);
    const { searchParams } = new URL(page.url());
    const [from, to] = ['from', 'to'].map((name) => Date.parse(searchParams.get(name)!));
    expect(to! - from!).toBe(2 * 3_600_000);
  }, 60_000);

  it('pauses a flow with a reason, says it everywhere, and resumes it', async () => {
    await open('/flows');
    const row = page.getByRole('row', { name: /^Categories from/i });
    await row.getByRole('button', { name: /^Pause/ }).click();
    await dialog().getByText('Nothing more is sent to Softmaat').waitFor();
    await dialog().getByLabel('Reason').fill('counting day');
    await dialog().getByRole('button', { name: 'Pause' }).click();
    await row.getByText('paused').waitFor();
    await row.getByText('counting day').waitFor();
    expect(await flowOf('CATEGORY')).toMatchObject({ state: 'PAUSED', stateReason: 'counting day' });
    await row.getByRole('link', { name: /^Categories/i }).click();
    await page.getByText('somebody who resumes it').waitFor();
    await page.getByRole('region', { name: 'What people did' }).getByText('Anna paused it').waitFor();
    await page.getByRole('button', { name: /^Resume/ }).click();
    await page.getByText('goes on by itself').waitFor();
    expect((await flowOf('CATEGORY')).state).toBe('ENABLED');
  }, 60_000);

  it('pauses a flow until a moment, says which, and goes on by itself when that has come', async () => {
    await open('/flows');
    const row = page.getByRole('row', { name: /^Categories from/i });
    await row.getByRole('button', { name: /^Pause/ }).click();
    await dialog().getByRole('radio', { name: 'for an hour' }).check();
    await dialog().getByRole('button', { name: 'Pause' }).click();
    await row.getByText(/^until .*\d/).waitFor();
    const { pausedUntil } = await flowOf('CATEGORY');
    const minutes = (new Date(pausedUntil ?? 0).getTime() - Date.now()) / 60_000;
    expect(minutes).toBeGreaterThan(58);
    expect(minutes).toBeLessThanOrEqual(60);
    await row.getByRole('link', { name: /^Categories/i }).click();
    await page.getByText(/^by itself: it is paused until/).waitFor();
    await stage.ask(`update flow set paused_until = now() where paused_until is not null`);
    await page.getByText('goes on by itself', { exact: true }).waitFor();
    expect(await flowOf('CATEGORY')).toMatchObject({ state: 'ENABLED', pausedUntil: null });
  }, 60_000);

  it('changes the rhythm in plain words, and overwrites nothing that somebody else has set meanwhile', async () => {
    const { id } = await flowOf('STOCK_LEVEL');
    await open(`/flows/${id}?tab=settings`);
    await page.getByLabel('Looks for changes every').fill('7');
    await page.getByLabel('Unit').selectOption('minutes');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved.').waitFor();
    const saved = await flowOf('STOCK_LEVEL');
    expect(saved.schedule.every).toBe('PT7M');
    await page.getByLabel('Records at once').fill('5000');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('batchSize must be 1 to 1000.').first().waitFor();
    await hub.graphql('mutation ($input: FlowUpdateInput!) { flowUpdate(input: $input) { flow { id } } }', {
      input: { id, expectedVersion: saved.version, name: 'Stock, renamed' },
    });
    await page.getByLabel('Records at once').fill('100');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('alert').filter({ hasText: 'The hub refused this' }).waitFor();
    const { flow } = await hub.graphql<{ flow: object }>('query ($id: ID!) { flow(id: $id) { name settings { batchSize } } }', { id }); // prettier-ignore
    expect(flow).toEqual({ name: 'Stock, renamed', settings: { batchSize: 250 } });
  }, 60_000);

  it('says what another position would mean before it is taken, and sends records again by a plan', async () => {
    const { id } = await flowOf('PRODUCT');
    await open(`/flows/${id}?tab=position`);
    await page.getByText('sync marker').waitFor();
    await page.getByText(/^the next change is number [\d,]+(; more are waiting)?$/).waitFor();
    await page.getByLabel('Read on from', { exact: true }).selectOption('the beginning: everything again');
    await page.getByLabel('Reason').fill('the shop was restored');
    await page.getByRole('button', { name: 'Show the effect' }).click();
    await dialog()
      .getByText(/Records that are read again: at most \d+/)
      .waitFor();
    expect(await resets()).toBe(0);
    await dialog().getByRole('button', { name: 'Move the position' }).click();
    await page.getByText(/^The position of .* was moved/).waitFor();
    expect(await resets()).toBe(1);
    await page.getByLabel('Which records').selectOption('all of MplusKASSA');
    await page.getByRole('button', { name: 'Show the plan' }).click();
    await dialog()
      .getByText(/Records that are meant: \d+/)
      .waitFor();
    await dialog().getByRole('button', { name: 'Send again' }).click();
    await page.getByRole('link', { name: 'Follow it' }).waitFor();
    const { jobs } = await hub.graphql<{ jobs: { nodes: { kind: string }[] } }>('{ jobs(first: 5) { nodes { kind } } }'); // prettier-ignore
    expect(jobs.nodes.map(({ kind }) => kind)).toContain('BACKFILL');
  }, 60_000);

  const resets = async (): Promise<number> => {
    const { auditEntries } = await hub.graphql<{ auditEntries: { nodes: object[] } }>(
      '{ auditEntries(first: 5, filter: { action: { eq: "flowMarkerReset" } }) { nodes { at } } }',
    );
    return auditEntries.nodes.length;
  };

  it('leads from a flow to a run, and from there to its events', async () => {
    const { id } = await flowOf('PRODUCT');
    await open(`/flows/${id}?tab=runs`);
    // The first one may have found all waiting for their categories.
    const { flowRuns } = await hub.graphql<{ flowRuns: { nodes: { id: string; counts: { created: number } }[] } }>('query ($id: ID!) { flowRuns(first: 50, filter: { flowId: { eq: $id } }) { nodes { id counts { created } } } }', { id }); // prettier-ignore
    const made = flowRuns.nodes.findLast(({ counts }) => counts.created > 0)!;
    await page.getByRole('table', { name: 'Runs' }).locator(`a[href="/runs/${made.id}"]`).click();
    await page.getByRole('heading', { level: 1, name: /^Run of/ }).waitFor();
    const link = page.getByRole('region', { name: 'What became of its records' }).getByRole('link', { name: /created/ }); // prettier-ignore
    const { searchParams } = new URL((await link.getAttribute('href'))!, hub.url);
    expect(['flow', 'outcome', 'action'].map((name) => searchParams.get(name))).toEqual([id, 'SUCCEEDED', 'CREATE']);
    expect(Date.parse(searchParams.get('from')!)).not.toBeNaN();
    await link.click();
    await page.waitForURL((url) => url.pathname === '/activity');
    expect(await page.getByRole('combobox', { name: 'Done' }).inputValue()).toBe('CREATE');
  }, 60_000);

  it('makes a flow by what it is to do, says at the field what is wrong, and tries it without writing anything', async () => {
    await open('/flows');
    await page.getByRole('button', { name: 'Create a flow…' }).click();
    await dialog().getByLabel('From', { exact: true }).selectOption('MplusKASSA');
    expect(await dialog().getByLabel('To', { exact: true }).locator('option:checked').textContent()).toBe('Softmaat');
    await dialog().getByLabel('Kind of record').selectOption('products');
    await dialog().getByText('There is such a flow already:').waitFor();
    await dialog().getByLabel('From', { exact: true }).selectOption('Softmaat');
    await dialog().getByLabel('Kind of record').selectOption('customers');
    expect(await dialog().getByText('There is such a flow already:').count()).toBe(0);
    expect(await dialog().getByLabel('Name').inputValue()).toBe('Customers from Softmaat to MplusKASSA');
    const key = dialog().getByLabel('Key');
    expect(await key.inputValue()).toBe('customers-to-mpluskassa');
    await key.fill('Customers!');
    await dialog().getByLabel('Looks for changes every').fill('30');
    await dialog().getByRole('button', { name: 'Create', exact: true }).click();
    await dialog().getByText('Use small letters, digits and dashes').waitFor();
    expect(await key.getAttribute('aria-invalid')).toBe('true');
    await key.fill('customers-to-the-till');
    await dialog().getByRole('button', { name: 'Create', exact: true }).click();
    await page.waitForURL(/\/flows\/flw_/);
    await page.getByRole('heading', { level: 1, name: 'Customers from Softmaat to MplusKASSA' }).waitFor();
    expect(await flowOf('CUSTOMER')).toMatchObject({
      ...{ key: 'customers-to-the-till', state: 'DRAFT', schedule: { every: 'PT30S' } },
    });
    const before = (await stage.till.records('relations')).length;
    const trial = page.getByRole('region', { name: 'Trial run' });
    await trial.getByRole('button', { name: 'Try it out' }).click();
    await trial.getByRole('region', { name: 'Customers from Softmaat to MplusKASSA' }).waitFor();
    expect((await stage.till.records('relations')).length).toBe(before);
  }, 90_000);

  it('deletes a flow that was never switched on, and shows those of one system from the page of systems', async () => {
    const { id } = await flowOf('CUSTOMER');
    await open(`/flows/${id}?tab=settings`);
    await page.getByRole('button', { name: 'Delete' }).click();
    await dialog().getByLabel('Type customers-to-the-till to confirm').fill('customers-to-the-till');
    await dialog().getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('heading', { level: 1, name: 'Flows' }).waitFor();
    await until(async () => (await flows()).every(({ key }) => key !== 'customers-to-the-till'), { what: 'the end of it' }); // prettier-ignore
    await open('/systems');
    const count = (await flows()).length;
    const card = page.getByRole('region', { name: 'Softmaat' });
    await card.getByRole('link', { name: 'what happened in the last hour' }).waitFor();
    await card.getByRole('link', { name: `${count} flows` }).click();
    await page.waitForURL(/\/flows\?system=sys_/);
    await chosenSystem('Softmaat').waitFor({ state: 'attached' });
    await untilShown(page.getByRole('table', { name: 'Flows' }).locator('tbody tr'), count);
    await open('/systems');
    await card.getByRole('link', { name: 'what happened in the last hour' }).click();
    await page.waitForURL(/\/activity\?.*system=sys_/);
    await chosenSystem('Softmaat').waitFor({ state: 'attached' });
  }, 60_000);

  it('switches a flow off, and deletes it only when its key was typed', async () => {
    const { id, key } = await flowOf('CATEGORY');
    await open(`/flows/${id}?tab=settings`);
    await page.getByRole('button', { name: 'Switch off' }).click();
    await dialog().getByRole('button', { name: 'Switch off' }).click();
    await page.getByRole('button', { name: 'Delete' }).click();
    const remove = dialog().getByRole('button', { name: 'Delete' });
    expect(await remove.isDisabled()).toBe(true);
    await dialog().getByLabel(`Type ${key} to confirm`).fill(key);
    await remove.click();
    await page.getByRole('heading', { level: 1, name: 'Flows' }).waitFor();
    await page
      .getByRole('link', { name: /^Products/i })
      .first()
      .waitFor();
    expect(await page.getByRole('link', { name: /^Categories from/i }).count()).toBe(0);
    expect((await flows()).map((flow) => flow.key)).not.toContain(key);
  }, 60_000);

  it('complains of nothing', () => {
    expect(watched.complaints).toEqual([]);
  });
});
