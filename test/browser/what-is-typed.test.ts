/** What a person has typed is neither lost nor put elsewhere by what happens meanwhile, and a page that is out of date says so. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Page, Route } from 'playwright-core';
import { describeInChromium, untilShown } from '../support/browser.js';
import { seriousFindings } from '../support/dashboard.js';
import { openStagedBrowser, type StagedBrowser } from '../support/staged-browser.js';
import { until } from '../support/wait.js';

interface Shown {
  readonly id: string;
  readonly key: string;
  readonly name: string;
}
interface SystemRow extends Shown {
  readonly version: number;
}
interface ListRow extends Shown {
  readonly draftRevision: number;
}

describeInChromium('what is typed', () => {
  let world: StagedBrowser;
  let page: Page;
  beforeAll(async () => {
    world = await openStagedBrowser({ products: 2, flows: [] });
    ({ page } = await world.open({ path: '/systems' }));
  }, 240_000);
  afterAll(() => world?.close(), 60_000);

  const heading = (name: string) => page.getByRole('heading', { level: 1, name, exact: true });
  const ask = <T>(query: string, variables: Record<string, unknown> = {}): Promise<T> =>
    world.hub.graphql<T>(query, variables);
  async function systemOf(key: string): Promise<SystemRow> {
    const { systems } = await ask<{ systems: SystemRow[] }>('{ systems { id key name version } }');
    return systems.find((system) => system.key === key)!;
  }
  async function listOf(key: string): Promise<ListRow> {
    const { valueMaps } = await ask<{ valueMaps: ListRow[] }>('{ valueMaps { id key name draftRevision } }');
    return valueMaps.find((list) => list.key === key)!;
  }
  /** Through the palette, so that the page stays and only what it shows becomes another one. */
  async function jumpTo({ name }: Shown): Promise<void> {
    await page.keyboard.press('Control+k');
    await page.getByRole('textbox', { name: 'Search or jump' }).fill(name);
    await page.getByRole('dialog').getByRole('button', { name }).first().waitFor();
    await page.keyboard.press('Enter');
    await heading(name).waitFor();
  }
  const rest = (isPaused: boolean, id: string): Promise<unknown> =>
    ask(isPaused ? 'mutation ($id: ID!) { systemPause(input: { id: $id }) { userErrors { message } } }' : 'mutation ($id: ID!) { systemResume(input: { id: $id }) { userErrors { message } } }', { id }); // prettier-ignore
  const rename = (id: string, expectedVersion: number, name: string): Promise<unknown> =>
    ask('mutation ($input: SystemUpdateInput!) { systemUpdate(input: $input) { userErrors { message } } }', {
      input: { id, expectedVersion, name },
    });

  it('stays with its value list: the form below another list is that of the other list', async () => {
    for (const [key, whenUnmapped, defaultValue] of [['softmaat-tax-code', 'PASS_THROUGH', null], ['softmaat-revenue-account', 'USE_DEFAULT', '8000']] as const) {
      const { id, draftRevision } = await listOf(key);
      const input = { id, expectedRevision: draftRevision, whenUnmapped, defaultValue };
      await ask('mutation ($input: ValueMapUpdateInput!) { valueMapUpdate(input: $input) { userErrors { message } } }', { input });
    } // prettier-ignore
    const [one, other] = [await listOf('softmaat-tax-code'), await listOf('softmaat-revenue-account')];
    expect(one.draftRevision).toBe(other.draftRevision);
    await page.goto(`${world.hub.url}/value-lists/${one.id}`);
    const policy = page.getByLabel('What becomes of them');
    expect(await policy.inputValue()).toBe('PASS_THROUGH');
    await jumpTo(other);
    expect(await policy.inputValue()).toBe('USE_DEFAULT');
    expect(await page.getByLabel('Default', { exact: true }).inputValue()).toBe('8000');
    await jumpTo(one);
    expect(await policy.inputValue()).toBe('PASS_THROUGH');
  }, 60_000);

  it('stays with its system: the form of another system is that of the other system', async () => {
    const [till, shop] = [await systemOf('mpluskassa'), await systemOf('softmaat')];
    expect(till.version).toBe(shop.version);
    await page.goto(`${world.hub.url}/systems/${till.id}`);
    await page.getByLabel('Ident').waitFor();
    await jumpTo(shop);
    const name = page.getByRole('region', { name: 'Settings' }).getByLabel('Name');
    expect(await name.inputValue()).toBe(shop.name);
  }, 60_000);

  it('stays in the settings of a system that is paused meanwhile, and is told of what somebody else has changed', async () => {
    const shop = await systemOf('softmaat');
    await page.goto(`${world.hub.url}/systems/${shop.id}`);
    await page.getByRole('button', { name: 'Replace: Token' }).click();
    const [name, token] = [page.getByRole('region', { name: 'Settings' }).getByLabel('Name'), page.getByLabel('Token', { exact: true })]; // prettier-ignore
    await name.fill('Web shop');
    await token.fill('a long secret');
    await rest(true, shop.id);
    await page.getByRole('button', { name: 'Resume' }).waitFor();
    expect([await name.inputValue(), await token.inputValue()]).toEqual(['Web shop', 'a long secret']);
    expect(await page.getByText('Somebody else has changed these settings meanwhile').count()).toBe(0);

    await rename(shop.id, (await systemOf('softmaat')).version, 'Softmaat of Jan');
    await rest(false, shop.id);
    await page.getByText('Somebody else has changed these settings meanwhile').waitFor();
    expect([await name.inputValue(), await token.inputValue()]).toEqual(['Web shop', 'a long secret']);
    expect(await seriousFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Take over what is there now' }).click();
    expect(await name.inputValue()).toBe('Softmaat of Jan');
    await page.getByRole('button', { name: 'Replace: Token' }).waitFor();

    await name.fill('Softmaat');
    await page.getByRole('button', { name: 'Save' }).click();
    await heading('Softmaat').waitFor();
    expect(await page.getByText('Somebody else has changed these settings meanwhile').count()).toBe(0);
    await until(async () => (await name.inputValue()) === 'Softmaat', { what: 'the new name' });
  }, 90_000);

  it('stays in the settings of a system that are being saved or tested, and is not taken for what was', async () => {
    const { id } = await systemOf('mpluskassa');
    await page.goto(`${world.hub.url}/systems/${id}`);
    const [name, longest] = [page.getByRole('region', { name: 'Settings' }).getByLabel('Name'), page.getByLabel('Longest call in ms')]; // prettier-ignore
    /** What asks this waits until the field has been filled in. */
    async function fillInMeanwhile(asked: string, begin: () => Promise<void>, value: string): Promise<void> {
      let release = (): void => undefined;
      const filled = new Promise<void>((resolve) => (release = resolve));
      const isMeant = (body: string | null): boolean => String(body).includes(asked);
      await page.route('**/graphql', async (route: Route) => {
        if (isMeant(route.request().postData())) await filled;
        await route.continue();
      });
      await Promise.all([page.waitForRequest((request) => isMeant(request.postData())), begin()]);
      await longest.fill(value);
      release();
      await page.unrouteAll({ behavior: 'wait' });
    }
    await name.fill('Till');
    await fillInMeanwhile('"expectedVersion"', () => longest.press('Enter'), '21000');
    await page.getByText('Saved.', { exact: true }).waitFor();
    await heading('Till').waitFor();
    expect([await name.inputValue(), await longest.inputValue()]).toEqual(['Till', '21000']);
    await longest.and(page.locator(':focus')).waitFor();
    const test = page.getByRole('button', { name: 'Test the connection' });
    await fillInMeanwhile(`"variables":{"id":"${id}"}`, () => test.click(), '22000');
    await until(() => test.isEnabled(), { what: 'the test to be over' });
    expect(await page.getByText('In order.', { exact: true }).count()).toBe(0);
    expect(await longest.inputValue()).toBe('22000');
  }, 60_000);

  it("stays in the settings of a flow whatever becomes of it meanwhile, and is nobody else's when the hub stores it in another form", async () => {
    const { systems } = await ask<{ systems: SystemRow[] }>('{ systems { id key name version } }');
    const [sourceSystemId, targetSystemId] = ['mpluskassa', 'softmaat'].map(
      (key) => systems.find((each) => each.key === key)!.id,
    );
    const { flowCreate } = await ask<{ flowCreate: { flow: { id: string } } }>(
      'mutation ($input: FlowCreateInput!) { flowCreate(input: $input) { flow { id } userErrors { message } } }',
      { input: { key: 'typed', name: 'Typed', entityType: 'PRODUCT', sourceSystemId, targetSystemId } },
    );
    const { id } = flowCreate.flow;
    const stored = async () => {
      const asked = 'query ($id: ID!) { flow(id: $id) { name version schedule { every } settings { guard { maxPriceFactor } } } }'; // prettier-ignore
      type Stored = { name: string; version: number; schedule: { every: string }; settings: { guard: { maxPriceFactor: string } } }; // prettier-ignore
      return (await ask<{ flow: Stored }>(asked, { id })).flow;
    };
    await page.goto(`${world.hub.url}/flows/${id}?tab=settings`);
    const [name, factor, save] = [page.getByLabel('Name', { exact: true }), page.getByLabel(/^A price jumps/), page.getByRole('button', { name: 'Save' })]; // prettier-ignore
    const overtaken = page.getByText('Somebody else has changed these settings meanwhile');
    await factor.fill('1,5');
    await page.getByLabel('Looks for changes every').fill('60');
    await page.getByLabel('Unit').selectOption('minutes');
    await save.click();
    await until(async () => (await factor.inputValue()) === '1.5', { what: 'the factor as it is stored' });
    expect(await page.getByLabel('Looks for changes every').inputValue()).toBe('1');
    expect([await overtaken.count(), await save.isDisabled()]).toEqual([0, true]);
    expect(await stored()).toMatchObject({
      schedule: { every: 'PT1H' },
      settings: { guard: { maxPriceFactor: '1.5' } },
    });

    // Somebody else switches it on: another version, the same settings.
    await name.fill('Typed once');
    await ask('mutation ($id: ID!) { flowEnable(input: { id: $id }) { userErrors { message } } }', { id });
    await page.getByRole('button', { name: 'Switch off' }).waitFor();
    await save.click();
    await heading('Typed once').waitFor();

    // What is refused because somebody else was faster stays, and is told of.
    await name.fill('Typed twice');
    const { version } = await stored();
    await ask('mutation ($input: FlowUpdateInput!) { flowUpdate(input: $input) { userErrors { message } } }', { input: { id, expectedVersion: version, name: 'Of Jan' } }); // prettier-ignore
    await save.click();
    await page.getByRole('alert').filter({ hasText: 'The hub refused this' }).waitFor();
    await overtaken.waitFor();
    expect([await name.inputValue(), (await stored()).name]).toEqual(['Typed twice', 'Of Jan']);
    await page.getByRole('button', { name: 'Take over what is there now' }).click();
    expect(await name.inputValue()).toBe('Of Jan');
    await name.fill('Typed twice');
    await save.click();
    await heading('Typed twice').waitFor();
  }, 90_000);

  it('is done as it was planned: what is entered meanwhile is another question', async () => {
    const { flows } = await ask<{ flows: Shown[] }>('{ flows { id key name } }');
    const { id } = flows.find(({ key }) => key === 'typed')!;
    await page.goto(`${world.hub.url}/flows/${id}?tab=position`);
    /** The plan comes when it is released; what is more than a plan is noted and never arrives. */
    const done: { readonly selection?: object; readonly to?: object }[] = [];
    let release = (): void => undefined;
    const hold = async (): Promise<void> => {
      const released = new Promise<void>((resolve) => (release = resolve));
      await page.route('**/graphql', async (route: Route) => {
        const sent = String(route.request().postData());
        if (/"isDryRun":false|"isConfirmed":true/.test(sent)) {
          done.push((JSON.parse(sent) as { variables: { input: object } }).variables.input);
          return route.abort();
        }
        if (/"isDryRun":true|"isConfirmed":false/.test(sent)) await released;
        await route.continue();
      });
    };
    const dialog = page.getByRole('dialog');
    await hold();
    await page.getByLabel('Changed since', { exact: true }).fill('2026-01-02T00:00');
    await page.getByRole('button', { name: 'Show the plan' }).click();
    await page.getByLabel('Which records').selectOption({ value: 'all' });
    release();
    await dialog.getByText(/Records that are meant: /).waitFor();
    await dialog.getByRole('button', { name: 'Send again' }).click();
    await dialog.getByRole('alert').waitFor();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await page.unrouteAll({ behavior: 'wait' });

    await hold();
    await page.getByLabel('Read on from', { exact: true }).selectOption('the beginning: everything again');
    await page.getByLabel('Reason').fill('the shop was restored');
    await page.getByRole('button', { name: 'Show the effect' }).click();
    await page.getByLabel('Read on from', { exact: true }).selectOption({ value: 'NOW' });
    release();
    await dialog.getByText('the beginning: everything again', { exact: true }).waitFor();
    await dialog.getByRole('button', { name: 'Move the position' }).click();
    await dialog.getByRole('alert').waitFor();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await page.unrouteAll({ behavior: 'wait' });
    expect(done.map(({ selection, to }) => selection ?? to)).toEqual([
      { changedSince: expect.any(String) },
      { edge: 'BEGINNING' },
    ]);

    // Somebody else pauses it first: that question is not asked again by itself.
    await page.getByRole('button', { name: /^Pause/ }).click();
    await dialog.waitFor();
    await ask('mutation ($id: ID!) { flowPause(input: { id: $id }) { userErrors { message } } }', { id });
    await page.getByRole('button', { name: /^Resume/ }).click();
    await page.getByRole('button', { name: /^Pause: /, includeHidden: true }).waitFor();
    expect(await dialog.count()).toBe(0);
  }, 60_000);

  it('is saved cell after cell, however fast, and is kept with the reason beside it when it is refused', async () => {
    const { id } = await listOf('softmaat-tax-code');
    await page.goto(`${world.hub.url}/value-lists/${id}`);
    const cells = page.getByRole('table', { name: 'Rows' }).getByLabel(/^What (?!it ).* becomes$/);
    await cells.first().waitFor();
    // The first answer comes after the second cell was left.
    let release = (): void => undefined;
    const left = new Promise<void>((resolve) => (release = resolve));
    await page.route('**/graphql', async (route: Route) => {
      if (String(route.request().postData()).includes('"entries"')) await left;
      await route.continue();
    });
    await cells.nth(0).fill('QUICK1');
    await cells.nth(0).press('Enter');
    await cells.nth(1).fill('QUICK2');
    await cells.nth(1).press('Enter');
    release();
    const draft = async (): Promise<string> =>
      (await ask<{ valueMap: { csv: string } }>('query ($id: ID!) { valueMap(id: $id) { csv } }', { id })).valueMap.csv;
    const hasBoth = (csv: string): boolean => csv.includes('QUICK1') && csv.includes('QUICK2');
    await until(async () => hasBoth(await draft()), { what: 'both cells' });
    expect([await cells.nth(0).inputValue(), await cells.nth(1).inputValue()]).toEqual(['QUICK1', 'QUICK2']);
    await page.unrouteAll({ behavior: 'wait' });

    // Until the page has the list as it is saved, which it asks for anew: what it knows then is older than what the other saves.
    await untilShown(page.getByRole('table', { name: 'Rows' }).getByText('changed', { exact: true }), 2);
    const { draftRevision } = await listOf('softmaat-tax-code');
    const entry = { sourceValue: 'OF-JAN', secondKey: null, targetValue: 'J' };
    const input = { id, expectedRevision: draftRevision, entries: [entry] };
    await ask('mutation ($input: ValueMapEntriesSaveInput!) { valueMapEntriesSave(input: $input) { userErrors { message } } }', { input }); // prettier-ignore
    await cells.nth(1).fill('SLOW2');
    await cells.nth(1).press('Enter');
    await until(async () => (await cells.nth(1).getAttribute('aria-invalid')) === 'true', { what: 'the refusal' });
    expect(await cells.nth(1).inputValue()).toBe('SLOW2');
    expect(await draft()).not.toContain('SLOW2');
    expect(await seriousFindings(page)).toEqual([]);
    // What the other has saved is there by now.
    await page.getByLabel('What OF-JAN becomes').waitFor();
    await cells.nth(1).press('Enter');
    await until(async () => (await draft()).includes('SLOW2'), { what: 'the cell' });
  }, 90_000);
});
