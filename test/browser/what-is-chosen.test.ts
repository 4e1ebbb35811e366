/** What is done is done to what a person sees: to rows that are chosen and shown, as many as are counted, with the words that were typed for them. */
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import { appendJournal } from '../../src/store/journal.js';
import { problemCare } from '../../src/store/problem-care.js';
import { describeInChromium, openBrowser } from '../support/browser.js';
import { openDashboard, person, seriousFindings } from '../support/dashboard.js';
import { fillCatalogue, openGraphWorld, type GraphWorld } from '../support/graph-server.js';
import { until } from '../support/wait.js';

describeInChromium('what is chosen', () => {
  let world: GraphWorld;
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    world = await openGraphWorld({
      webFolder: 'dist/web',
      commands: {
        annotateParked: (id, change) => problemCare(world.database).annotateParked(id, change),
        resends: { resync: () => Promise.resolve('job_none') } as never,
      },
    });
    await fillCatalogue(world.database, 10);
    for (const n of [1, 2, 3]) await park(`prk_${n}`, 'product', `prd_0000${n}`);
    await park('prk_4', 'variant', 'var_000041');
    await world.keyOf('VIEWER');
    browser = await openBrowser();
    ({ page } = await openDashboard(browser, world.url, { adminKey: world.adminKey, path: '/jobs' }));
  }, 120_000);
  beforeEach(() => void world.told.splice(0));
  afterAll(async () => {
    await browser?.close();
    await world?.close();
  });

  /** All of them with the same cause. */
  const park = (id: string, entity: string, record: string): Promise<unknown> =>
    world.database.query(
      `insert into parked (id, stage, system, flow, entity, canonical_id, external_id, record_key, trace_id, code, message, hint, classification, fingerprint, payload)
       values ($1, 'project', 'softmaat', 'products', $2, $3, $1, $1, 'trc_1', 'RECORD_REFUSED', 'Name is too long.', 'Shorten it.', 'data', 'too-long', '{}')`,
      [id, entity, record],
    );
  const row = (id: string): Locator => page.locator(`[data-row="${id}"]`);
  const choose = (id: string): Promise<void> => row(id).getByRole('checkbox').check();
  const button = (name: string | RegExp): Locator => page.getByRole('button', { name });
  const dialog = (): Locator => page.getByRole('dialog');
  const kind = (): Locator => page.getByLabel('Record', { exact: true });
  async function open(path: string): Promise<void> {
    await page.goto(`${world.url}${path}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
  }
  async function putAside(count: string): Promise<void> {
    await button('Put aside…').click();
    await dialog().getByLabel('Reason').fill('Typed twice.');
    await dialog()
      .getByRole('button', { name: `Put ${count} aside` })
      .click();
    await dialog().waitFor({ state: 'hidden' });
  }

  it('is of the problems what the filter still shows', async () => {
    await open('/problems?view=list');
    for (const id of ['prk_1', 'prk_2', 'prk_3']) await choose(id);
    await page.getByText('3 chosen').waitFor();
    await kind().selectOption('PRODUCT_VARIANT');
    await row('prk_1').waitFor({ state: 'detached' });
    await page.getByText('Choose rows to act on them.').waitFor();
    expect(await button('Put aside…').isDisabled()).toBe(true);
    await choose('prk_4');
    await page.getByText('1 chosen').waitFor();
    await putAside('1');
    expect(world.told).toEqual(['discard prk_4 NOT_NEEDED: Typed twice.']);
  }, 60_000);

  it('is of the problems what news leaves', async () => {
    await park('prk_5', 'product', 'prd_00005');
    await open('/problems?view=list');
    for (const id of ['prk_1', 'prk_5']) await choose(id);
    await page.getByText('2 chosen').waitFor();
    await world.database.query(`update parked set status = 'RESOLVED', resolution = 'replayed', resolved_at = now() where id = 'prk_5'`); // prettier-ignore
    await row('prk_5').waitFor({ state: 'detached' });
    await page.getByText('1 chosen').waitFor();
    await putAside('1');
    expect(world.told).toEqual(['discard prk_1 NOT_NEEDED: Typed twice.']);
  }, 60_000);

  it('is of a cause what the filter leaves of it, and nothing while another filter is asked for', async () => {
    await open('/problems');
    await row('too-long').getByRole('link', { name: '4', exact: true }).waitFor();
    await choose('too-long');
    let answer = (): void => undefined;
    const held = new Promise<void>((resolve) => (answer = resolve));
    await page.route('**/graphql', async (route) => {
      if (String(route.request().postData()).includes('PRODUCT_VARIANT')) await held;
      await route.continue();
    });
    await kind().selectOption('PRODUCT_VARIANT');
    await row('too-long').waitFor({ state: 'detached' });
    answer();
    await row('too-long').getByRole('link', { name: '1', exact: true }).waitFor();
    await page.unrouteAll({ behavior: 'wait' });
    expect(await button('Put aside…').isDisabled()).toBe(true);
    await choose('too-long');
    await putAside('1');
    expect(world.told).toEqual(['discard prk_4 NOT_NEEDED: Typed twice.']);
    await row('too-long').getByRole('button', { name: 'Send again…' }).click();
    await dialog().getByText('1 problem is tried again with today’s rules.').waitFor();
    await dialog().getByRole('button', { name: 'Send 1 again' }).click();
    await until(() => Promise.resolve(world.told.length > 1), { what: 'what the hub was told' });
    expect(world.told.slice(1)).toEqual(['replay prk_4']);
  }, 60_000);

  it('is of records what the search still shows', async () => {
    await open('/products');
    for (const id of ['prd_00001', 'prd_00002']) await choose(id);
    await page.getByText('2 selected').waitFor();
    await page.getByRole('searchbox').fill('Shirt 7');
    await row('prd_00001').waitFor({ state: 'detached' });
    expect(await button('Compare and send again').count()).toBe(0);
    await choose('prd_00007');
    await page.getByText('1 selected').waitFor();
    const asked = page.waitForRequest((request) => String(request.postData()).includes('"entityIds"'));
    await button('Compare and send again').click();
    const { variables } = (await asked).postDataJSON() as { variables: { input: unknown } };
    expect(variables.input).toEqual({ entityIds: ['prd_00007'] });
  }, 60_000);

  it('is put aside for a reason of its own, not for the one that was typed before', async () => {
    await open('/problems?view=list');
    await choose('prk_1');
    await button('Put aside…').click();
    await dialog().getByLabel('Reason').fill('Of the first.');
    await dialog().getByLabel('How it ended').selectOption('FIXED_IN_TARGET');
    await dialog().getByRole('button', { name: 'Cancel' }).click();
    await dialog().waitFor({ state: 'hidden' });
    await choose('prk_2');
    await button('Put aside…').click();
    expect(await dialog().getByLabel('Reason').inputValue()).toBe('');
    expect(await dialog().getByLabel('How it ended').inputValue()).toBe('NOT_NEEDED');
    expect(await seriousFindings(page)).toEqual([]);
  }, 60_000);

  it('is assigned to whoever is named for it, not to the one before', async () => {
    await open('/problems?view=list');
    await choose('prk_1');
    await button('Assign…').click();
    await dialog().getByLabel('Assigned to').selectOption({ label: person.name });
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'hidden' });
    await button('Assign…').click();
    expect(await dialog().getByLabel('Assigned to').inputValue()).toBe('');
  }, 60_000);

  it('is confirmed each time: the word that was typed before is gone', async () => {
    await open('/settings/keys');
    await button('End the key: VIEWER').click();
    await dialog().getByLabel('Type VIEWER to confirm').fill('VIEWER');
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'hidden' });
    await button('End the key: VIEWER').click();
    expect(await dialog().getByLabel('Type VIEWER to confirm').inputValue()).toBe('');
    expect(await dialog().getByRole('button', { name: 'End the key' }).isDisabled()).toBe(true);
  }, 60_000);

  it('keeps the note of somebody else when only a tag is added', async () => {
    await open('/problems/prk_2');
    const [note, save] = [page.getByLabel('Note', { exact: true }), button('Save')];
    await note.waitFor();
    const writes = (text: string): Promise<unknown> =>
      world.database.query(`update parked set note = $1 where id = 'prk_2'`, [text]);
    await writes('Called them.');
    await page.getByRole('combobox', { name: 'Tags' }).fill('later');
    await page.keyboard.press('Enter');
    await save.click();
    const noted = `select note, tags from parked where id = 'prk_2'`;
    await until(async () => ((await world.database.query<{ tags: string[] }>(noted))[0]?.tags.length ?? 0) > 0, { what: 'the tag' }); // prettier-ignore
    expect(await world.database.query(noted)).toEqual([{ note: 'Called them.', tags: ['later'] }]);
    await until(() => save.isDisabled(), { what: 'all of it to be saved' });
    await writes('They called back.');
    await until(async () => (await note.inputValue()) === 'They called back.', { what: 'the note of the other' });
    expect(await save.isDisabled()).toBe(true);
  }, 60_000);

  const write = (outcome: 'written' | 'failed', externalId: string): Promise<void> =>
    world.database.tx((tx) =>
      appendJournal(tx, [
        { traceId: `trc_${externalId}`, entity: 'product', canonicalId: 'prd_00001', flow: 'products', externalId, system: 'softmaat', step: outcome, outcome: outcome === 'failed' ? 'refused' : 'updated', ...(outcome === 'failed' ? { code: 'RECORD_REFUSED', message: 'No.' } : {}) },
      ]),
    ); // prettier-ignore
  const event = (externalId: string, on = page): Locator => on.getByRole('row', { name: `Product ${externalId} ` });

  it('are of the log the events of its filter, not those that came for the one before', async () => {
    await write('failed', 'F1');
    await write('written', 'W1');
    // What the page gathers for a quarter of a second it shows when the test says so.
    const log = await page.context().newPage();
    await log.addInitScript(`(() => {
      const { setTimeout: set, clearTimeout: clear } = window;
      const held = (window.held = new Map());
      let last = 1e9;
      window.setTimeout = (act, ms, ...given) => (ms === 250 ? (held.set(++last, act), last) : set(act, ms, ...given));
      window.clearTimeout = (timer) => held.delete(timer) || clear(timer);
      window.letGo = () => [...held].forEach(([timer, act]) => (held.delete(timer), act()));
    })()`);
    await log.goto(`${world.url}/activity`);
    await event('W1', log).waitFor();
    await write('written', 'W2');
    await until(() => log.evaluate('held.size > 0'), { what: 'the event' });
    await log.getByLabel('State', { exact: true }).selectOption('FAILED');
    await event('W1', log).waitFor({ state: 'detached' });
    await log.evaluate('letGo()');
    await write('failed', 'F2');
    await until(async () => (await log.evaluate('letGo()'), await event('F2', log).isVisible()), { what: 'the event' });
    expect(await event('W2', log).count()).toBe(0);
    await log.close();
  }, 60_000);

  it('is nothing that another filter has found where the present one cannot be asked for', async () => {
    await open('/activity');
    await event('F1').waitFor();
    const broken = { errors: [{ message: 'The database is away.', extensions: { code: 'UNAVAILABLE' } }] };
    await page.route('**/graphql', (route) =>
      String(route.request().postData()).includes('RETRYING')
        ? route.fulfill({ status: 200, json: broken })
        : route.continue(),
    );
    await page.getByLabel('State', { exact: true }).selectOption('RETRYING');
    await event('F1').waitFor({ state: 'detached' });
    await page.getByRole('alert').getByText('The database is away.').first().waitFor();
    await page.unrouteAll({ behavior: 'wait' });
    await button('Try again').last().click();
    await page.getByText('Nothing matches these filters.').waitFor();
  }, 60_000);
});
