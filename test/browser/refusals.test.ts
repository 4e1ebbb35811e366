/** What the hub refuses so that nothing happens silently, as a person meets it in a form: said where it is entered, with a way on. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { describeInChromium, untilShown } from '../support/browser.js';
import { openStagedBrowser, type StagedBrowser } from '../support/staged-browser.js';
import { openTcpProxy, type TcpProxy } from '../support/tcp-proxy.js';
import { openWebhook, type WebhookServer } from '../support/webhook-server.js';

describeInChromium('what is refused', () => {
  let staged: StagedBrowser;
  let page: Page;
  let complaints: string[];
  /** The shop under another address. */
  let elsewhere: TcpProxy;
  let other: string;
  let hook: WebhookServer;
  beforeAll(async () => {
    hook = await openWebhook();
    staged = await openStagedBrowser({ products: 2 });
    const proxy = await openTcpProxy();
    elsewhere = proxy;
    proxy.aim(staged.stage.shop.port);
    other = `http://127.0.0.1:${proxy.port}/api/v1`;
    ({ page, complaints } = await staged.open({ path: '/systems' }));
  }, 180_000);
  afterAll(async () => {
    await elsewhere?.close();
    await hook?.close();
    await staged?.close();
  }, 60_000);

  const settings = (): Locator => page.getByRole('region', { name: 'Settings' });
  const button = (name: string): Locator => settings().getByRole('button', { name, exact: true });
  const address = async (): Promise<string> => {
    const [row] = await staged.stage.ask<{ url: string }>(`select settings ->> 'url' as url from system where key = 'softmaat'`); // prettier-ignore
    return row!.url;
  };

  it('is an address of another host without its credentials, which are asked for as soon as it is typed', async () => {
    const before = await address();
    await page.getByRole('link', { name: 'Softmaat' }).first().click();
    await settings()
      .getByText(/^Set on .*; never shown/)
      .waitFor();
    await button('Test the connection').click();
    await settings().getByText('In order.', { exact: true }).first().waitFor();

    await settings().getByLabel('Address').fill(other);
    const token = settings().getByLabel('Token').and(page.locator('input'));
    await settings()
      .getByText(/^Needed again: the address leads to another host/)
      .waitFor();
    // What was in order was so at the other address.
    expect(await settings().getByText('In order.', { exact: true }).count()).toBe(0);
    for (const act of ['Test the connection', 'Save']) {
      await button(act).click();
      await settings().getByRole('alert').getByText('Check: Token.').waitFor();
      await settings()
        .getByText(/^Token is missing/)
        .first()
        .waitFor();
    }
    expect(await settings().getByText('In order.', { exact: true }).count()).toBe(0);
    expect(await address()).toBe(before);

    // Back at the old address the stored token is good again.
    await settings().getByLabel('Address').fill(before);
    await settings()
      .getByText(/^Set on .*; never shown/)
      .waitFor();
    await settings().getByLabel('Address').fill(other);
    await token.fill('not-the-token');
    await button('Save').click();
    await settings().getByText('The connection does not work with what is entered here.').waitFor();
    expect(await address()).toBe(before);
    await token.fill('sandbox-token');
    await button('Save').click();
    await page.getByText('Saved.', { exact: true }).first().waitFor();
    await settings()
      .getByText(/^Set on .*; never shown/)
      .waitFor();
    expect(await address()).toBe(other);
    expect(complaints).toEqual([]);
  }, 60_000);

  it('is the beginning of a flow that starts now, before anything is asked to be confirmed', async () => {
    const { flows } = await staged.hub.graphql<{ flows: { id: string; version: number; entityType: string }[] }>('{ flows { id version entityType } }'); // prettier-ignore
    const { id, version } = flows.find(({ entityType }) => entityType === 'STOCK_LEVEL')!;
    await staged.hub.graphql('mutation ($input: FlowUpdateInput!) { flowUpdate(input: $input) { flow { version } } }', {
      input: { id, expectedVersion: version, settings: { start: 'NOW' } },
    });
    await page.goto(`${staged.hub.url}/flows/${id}?tab=position`);
    await page.getByLabel('Read on from', { exact: true }).selectOption('the beginning: everything again');
    await page.getByLabel('Reason').fill('to have everything');
    await page.getByRole('button', { name: 'Show the effect' }).click();
    const refusal = page.getByRole('alert').filter({ hasText: 'starts now' });
    await refusal.getByText(/so it has no beginning to go back to\. .*set its start in its settings to the beginning/).waitFor(); // prettier-ignore
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(await staged.stage.ask(`select 1 from audit where action = 'flowMarkerReset'`)).toEqual([]);
  }, 60_000);

  const click = (name: string): Promise<void> => page.getByRole('button', { name, exact: true }).click();
  const ask = <T>(query: string, variables: Record<string, unknown> = {}): Promise<T> =>
    staged.hub.graphql<T>(query, variables);
  const dialog = () => page.getByRole('dialog');
  const act = (name: string): Promise<void> => dialog().getByRole('button', { name, exact: true }).click();

  it('is a later one of the proposed rules: those before it are there, it is told, and nothing else is proposed meanwhile', async () => {
    await page.goto(`${staged.hub.url}/alerts?tab=rules`);
    let shown: readonly number[] = [];
    await page.route('**/graphql', async (route) => {
      if (!String(route.request().postData()).includes('"SYSTEM_UNREACHABLE"')) return route.continue();
      shown = [await page.getByLabel('Delay of a flow').count(), await page.getByText('No rule watches this yet:').count()];
      const alertRuleSave = { alertRule: null, userErrors: [{ code: 'INVALID', message: 'Not this one.', field: null }] };
      await route.fulfill({ json: { data: { alertRuleSave } } });
    }); // prettier-ignore
    await click('Take these rules');
    await page.getByText('Not this one.').waitFor();
    await untilShown(page.getByRole('table', { name: 'Rules' }).locator('tbody tr'), 2);
    expect(shown).toEqual([1, 0]);
    await page.unrouteAll({ behavior: 'wait' });
  }, 60_000);

  it('is what somebody else has changed meanwhile, which is saved when it is tried again', async () => {
    await click('Edit: Delay of a flow');
    await dialog().getByLabel('Minutes of delay').fill('20');
    type Rule = { id: string; version: number; kind: string; threshold: number };
    const ruleOf = async () => (await ask<{ alertRules: Rule[] }>('{ alertRules { id version kind threshold } }')).alertRules.find(({ kind }) => kind === 'LAG')!; // prettier-ignore
    await ask('mutation ($input: AlertRuleSaveInput!) { alertRuleSave(input: $input) { userErrors { message } } }', { input: { ...(await ruleOf()), name: 'Of Jan' } }); // prettier-ignore
    const saveTwice = async (): Promise<void> => {
      await act('Save');
      await dialog().getByRole('alert').filter({ hasText: 'The hub refused this' }).waitFor();
      await act('Save');
      await dialog().waitFor({ state: 'detached' });
    };
    await saveTwice();
    expect((await ruleOf()).threshold).toBe(20);

    await page.goto(`${staged.hub.url}/settings/users`);
    await click('Edit: Anna Peeters');
    await page.getByRole('menuitem', { name: 'Name, Role' }).click();
    await dialog().getByLabel('Name').fill('Anna P.');
    type User = { id: string; version: number };
    const [{ id, version: expectedVersion }] = (await ask<{ users: [User] }>('{ users { id version } }')).users;
    await ask('mutation ($input: UserSaveInput!) { userSave(input: $input) { userErrors { message } } }', { input: { id, expectedVersion, name: 'Anna of Jan' } }); // prettier-ignore
    await saveTwice();
    await page.getByRole('button', { name: 'Edit: Anna P.', exact: true }).waitFor();
  }, 60_000);

  it('is not told of an address that was never tested: a channel is changed after its test', async () => {
    const input = { name: 'Hook', target: { webhook: `${hook.url}/one` } };
    await staged.hub.graphql('mutation ($input: AlertChannelSaveInput!) { alertChannelSave(input: $input) { userErrors { message } } }', { input }); // prettier-ignore
    await page.goto(`${staged.hub.url}/alerts?tab=channels`);
    await page.getByRole('button', { name: 'Send a test: Hook' }).click();
    const tested = page.getByText(/^The test to .*\/one was accepted\.$/);
    await tested.waitFor();
    await page.getByRole('button', { name: 'Edit: Hook' }).click();
    await page.getByRole('dialog').getByLabel('Address of the webhook').fill(`${hook.url}/two`);
    await page.getByRole('dialog').getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('table', { name: 'Channels' }).getByText(`${hook.url}/two`, { exact: true }).waitFor();
    expect(await tested.count()).toBe(1);
  }, 60_000);

  it('is an alert that has gone: what was noted about it stays in the dialog', async () => {
    await staged.stage.ask(`insert into alert (id, kind, severity, subject, title, description, started_at) values ('alr_1', 'LAG', 'WARNING', 'flow:x', 'Late', '', now())`); // prettier-ignore
    await page.goto(`${staged.hub.url}/alerts`);
    await click('Acknowledge: Late');
    await dialog().getByLabel('Note').fill('I look at it.');
    await staged.stage.ask(`delete from alert where id = 'alr_1'`);
    await act('Acknowledge');
    await dialog().getByRole('alert').waitFor();
    expect(await page.getByRole('article').filter({ hasText: 'Late' }).count()).toBe(0);
    expect(await dialog().getByLabel('Note').inputValue()).toBe('I look at it.');
  }, 60_000);
});
