/**
 * Alerts, as people meet them: a real hub, both sandboxes and a real mail server. A channel is made and tested, the proposed rules are taken, the shop goes away,
 * somebody acknowledges and snoozes, the shop comes back and the alert ends by itself.
 */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { describeInChromium, type Watched } from '../support/browser.js';
import { scrollsSideways, seriousFindings, settled } from '../support/dashboard.js';
import { openMailServer, type MailServer } from '../support/mail-server.js';
import { patient } from '../support/patience.js';
import type { HubHandle } from '../support/processes.js';
import type { Stage } from '../support/stage.js';
import { openStagedBrowser, type StagedBrowser } from '../support/staged-browser.js';
import { until } from '../support/wait.js';
import { openWebhook, type WebhookServer } from '../support/webhook-server.js';

describeInChromium('alerts', () => {
  let world: StagedBrowser;
  let stage: Stage;
  let hub: HubHandle;
  let mail: MailServer;
  let hook: WebhookServer;
  let watched: Watched;
  let page: Page;
  beforeAll(async () => {
    [mail, hook] = await Promise.all([openMailServer(), openWebhook()]);
    const env = { KOPPEL_SMTP_URL: mail.settings.url, KOPPEL_MAIL_FROM: mail.settings.from };
    world = await openStagedBrowser({ products: 12, pollMs: 500 }, { env });
    ({ stage, hub } = world);
    watched = await world.open({ path: '/alerts' });
    ({ page } = watched);
  }, 180_000);
  afterAll(async () => {
    await world?.close();
    await Promise.all([mail?.close(), hook?.close()]);
  }, 60_000);

  const click = (name: string): Promise<void> => page.getByRole('button', { name, exact: true }).click();
  const tab = (name: string): Promise<void> => page.getByRole('tab', { name, exact: true }).click();
  const dialog = (): Locator => page.getByRole('dialog');
  const save = async (name: string): Promise<void> => {
    await dialog().getByRole('button', { name, exact: true }).click();
    await dialog().waitFor({ state: 'detached' });
  };
  const lettersTo = (address: string): readonly string[] =>
    mail.letters.filter(({ to }) => to.includes(address)).map(({ text }) => text);

  it('says that nothing is watched, and takes the proposed rules by one click', async () => {
    await page.getByText('Nothing is watched yet.').waitFor();
    await page.getByRole('link', { name: 'To the rules' }).click();
    expect(await page.getByLabel('Delay of a flow').inputValue()).toBe('15');
    expect(await page.getByLabel('Open problems').inputValue()).toBe('10');
    expect(await page.getByLabel('System unreachable').inputValue()).toBe('5');
    await click('Take these rules');
    const rules = page.getByRole('table', { name: 'Rules' });
    await rules.getByText('A system has not answered for 5 minutes.').waitFor();
    await until(async () => (await rules.locator('tbody tr').count()) === 6, { what: 'six rules' });
    expect(await rules.getByText('nobody').count()).toBeGreaterThan(0);
  }, 60_000);

  it('makes channels, sends a real test over them, and shows word for word what was answered', async () => {
    await tab('Channels');
    await page.getByText('Mail is sent as Koppel <koppel@example.com>.').waitFor();
    await click('New channel');
    await dialog().getByLabel('E-mail address').fill('no address');
    await dialog().getByRole('button', { name: 'Save', exact: true }).click();
    await dialog().locator('[aria-invalid="true"]').waitFor();
    await dialog().getByLabel('E-mail address').fill('anna@example.com');
    await dialog().getByLabel('Name').fill('Anna');
    await save('Save');
    mail.refuse('550 5.1.1 No such user here');
    await click('Send a test: Anna');
    const answer = page.getByRole('alert').filter({ hasText: 'was not delivered' });
    await answer.getByText('5.1.1 No such user here', { exact: false }).waitFor();
    await page.getByRole('cell', { name: /^was not delivered/ }).waitFor();
    mail.refuse(null);
    await click('Send a test: Anna');
    await page.getByText('The test to anna@example.com was accepted.').waitFor();
    await page.getByRole('cell', { name: 'has arrived' }).waitFor();
    expect(lettersTo('anna@example.com')).toHaveLength(1);

    await click('New channel');
    await dialog().getByLabel('Webhook', { exact: true }).check();
    await dialog().getByLabel('Address of the webhook').fill(`${hook.url}/koppel?token=42`);
    await dialog().getByLabel('Secret of the webhook').fill('with spaces in it');
    await dialog().getByRole('button', { name: 'Save', exact: true }).click();
    await dialog().getByText('8 to 200 letters', { exact: false }).waitFor();
    await dialog().getByLabel('Secret of the webhook').fill('a-shared-secret');
    await save('Save');
    const name = new URL(hook.url).host;
    await click(`Send a test: ${name}`);
    await page.getByText(/^The test to http.* was accepted\.$/).waitFor();
    expect(hook.posts.map(({ url }) => url)).toEqual(['/koppel?token=42']);
    expect(await page.getByText('token=42').count()).toBe(0);
    await click(`Remove: ${name}`);
    await dialog().getByRole('button', { name: 'Remove', exact: true }).click();
    await page.getByText(`${name} was removed.`).waitFor();
  }, 60_000);

  it('changes a rule, switches one off, and removes one', async () => {
    await tab('Rules');
    await click('Edit: System unreachable');
    await dialog().getByLabel('Minutes without an answer').fill('none');
    expect(await dialog().getByRole('button', { name: 'Save', exact: true }).isDisabled()).toBe(true);
    await dialog().getByLabel('Minutes without an answer').fill('0');
    await dialog().getByLabel('Softmaat').check();
    await dialog().getByLabel('Anna').check();
    await save('Save');
    const rules = page.getByRole('table', { name: 'Rules' });
    await rules.getByText('A system does not answer. Only: Softmaat.').waitFor();
    await rules.getByRole('cell', { name: 'Anna' }).waitFor();
    const isOn = rules.getByRole('switch', { name: 'On: Delay of a flow' });
    await isOn.click({ force: true });
    await until(async () => !(await isOn.isChecked()), { what: 'the rule to be off' });
    await click('Remove: Open problems');
    await dialog().getByRole('button', { name: 'Remove', exact: true }).click();
    await page.getByText('Open problems was removed.').waitFor();
    await click('New rule');
    await dialog().getByLabel('What is watched').selectOption({ label: 'Credentials refused' });
    await save('Save');
    await rules.getByText('A system refuses the credentials.').waitFor();
    await page.reload();
    expect(await rules.getByRole('switch', { name: 'On: Delay of a flow' }).isChecked()).toBe(false);
    await tab('Firing');
    await page.getByText('Nothing fires.').waitFor();
  }, 60_000);

  it('fires once when the shop does not answer, tells the channel, and stands on top of the overview', async () => {
    await stage.shop.faults({ match: '*', fault: 'down' });
    await stage.till.mutate('products', 12, 17);
    const card = page.getByRole('article');
    await card.waitFor({ timeout: patient(180_000) });
    expect(await card.count()).toBe(1);
    await card.getByText('Nobody has acknowledged it yet.').waitFor();
    await card.getByText('Delivered.').waitFor({ timeout: patient(60_000) });
    expect(lettersTo('anna@example.com')).toHaveLength(2);
    await card.getByRole('link', { name: /^Open: / }).waitFor();
    await page.getByRole('link', { name: 'Alerts 1' }).waitFor();
    await settled(page);
    expect(await seriousFindings(page)).toEqual([]);
    await page.setViewportSize({ width: 360, height: 800 });
    await until(async () => !(await scrollsSideways(page)), { what: 'the page to fit' });
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.goto(`${hub.url}/`);
    await page.getByRole('link', { name: '1 alert', exact: true }).waitFor();
    const first = page.getByRole('region', { name: 'Needs attention' }).getByRole('listitem').first();
    await first.getByText('Alert:').waitFor();
    await first.getByRole('link', { name: /^Open: / }).click();
    await card.waitFor();
  }, 260_000);

  it('is acknowledged with a note, then snoozed, and says so to everybody', async () => {
    const card = page.getByRole('article');
    await page.getByRole('button', { name: /^Acknowledge: / }).click();
    await dialog().getByLabel('Note').fill('The shop is being moved.');
    await save('Acknowledge');
    await card.getByText('Anna Peeters knows,', { exact: false }).waitFor();
    await card.getByText('Note: The shop is being moved.').waitFor();
    await until(async () => (await page.getByRole('link', { name: 'Alerts', exact: true }).count()) === 1, {
      what: 'no number in the menu',
      timeoutMs: 30_000,
    });
    await page.getByRole('button', { name: /^Snooze…: / }).click();
    await dialog().getByLabel('Until another moment').check();
    await dialog().getByLabel('Moment', { exact: true }).fill('2001-01-01T08:00');
    await dialog().getByRole('button', { name: 'Snooze', exact: true }).click();
    await dialog().locator('[aria-invalid="true"]').waitFor();
    await dialog().getByLabel('Until tomorrow, 8:00').check();
    await save('Snooze');
    await card.getByText('snoozed').waitFor();
    await card.getByText(/^Rests until .* 8:00:00 AM\.$/).waitFor();
  }, 60_000);

  it('ends by itself when the shop is back, and stands in the lanes, the table and the list with what was sent', async () => {
    await stage.shop.clearFaults();
    await page.getByText('Nothing fires.').waitFor({ timeout: patient(180_000) });
    const ended = page.getByRole('table', { name: 'Alerts that have ended' }).locator('tbody tr');
    await until(async () => (await ended.count()) === 1, { what: 'the ended alert', timeoutMs: 30_000 });
    await page.getByText('1 alert in 7 days.').waitFor();
    await ended.locator('summary').click();
    await ended.getByText('To Anna (anna@example.com): it is over,', { exact: false }).waitFor();
    await ended.getByText('Note: The shop is being moved.').waitFor();
    await click('Show as table');
    const periods = page.getByRole('table', { name: 'When something fired' });
    await periods.getByRole('cell', { name: /^Softmaat: System unreachable/ }).waitFor();
    await until(() => lettersTo('anna@example.com').length === 3, {
      what: 'the letter that it is over',
      timeoutMs: 60_000,
    });
    expect(watched.complaints).toEqual([]);
  }, 260_000);

  it('are set up in the first steps too, where each new address gets a test and each answer is shown', async () => {
    await page.goto(`${hub.url}/setup?step=alerts`);
    await page.getByRole('heading', { level: 2, name: 'Alerts' }).waitFor();
    await page.getByRole('table', { name: 'Channels' }).getByText('anna@example.com').waitFor();
    expect(await page.getByLabel('System unreachable').inputValue()).toBe('5');
    await page.getByLabel('E-mail addresses').fill('bob@example.com\ncarol@example.com');
    await page.getByLabel('Open problems').fill('');
    await page.getByText('To save, fill in every number under “When”.').waitFor();
    expect(await page.getByRole('button', { name: 'Save and send a test' }).isDisabled()).toBe(true);
    await page.getByLabel('Open problems').fill('12');
    await click('Save and send a test');
    await page.getByText('The test to bob@example.com was accepted.').waitFor();
    await page.getByText('The test to carol@example.com was accepted.').waitFor();
    expect([lettersTo('bob@example.com').length, lettersTo('carol@example.com').length]).toEqual([1, 1]);
    expect(await page.getByLabel('E-mail addresses').inputValue()).toBe('');
    await page.reload();
    expect(await page.getByLabel('Open problems').inputValue()).toBe('12');
    await click('Next');
    await page.getByRole('heading', { level: 2, name: 'Go live' }).waitFor();
    await page.goto(`${hub.url}/alerts?tab=rules`);
    const rules = page.getByRole('table', { name: 'Rules' });
    await rules.getByText('12 problems are open, or more.').waitFor();
    // The rule about Softmaat alone is another one than the proposed.
    await rules.getByText('A system does not answer. Only: Softmaat.').waitFor();
    await rules.getByText('A system has not answered for 5 minutes.').waitFor();
    expect(await page.getByRole('button', { name: 'Edit: Delay of a flow' }).count()).toBe(1);
    await rules.getByText('The last comparison of a flow found what nothing explains, or failed.').waitFor();
    expect(await page.getByText('No rule watches this yet:').count()).toBe(0);
    await click('Remove: Comparison');
    await dialog().getByRole('button', { name: 'Remove', exact: true }).click();
    await page.getByText('No rule watches this yet:').waitFor();
    await click('Watch this too');
    await rules.getByRole('button', { name: 'Edit: Comparison' }).waitFor();
    await page.getByText('No rule watches this yet:').waitFor({ state: 'detached' });
    // A mistyped address shows what it can.
    await page.goto(`${hub.url}/alerts?tab=rulez`);
    await page.getByRole('tab', { name: 'Firing', selected: true }).waitFor();
    expect(watched.complaints).toEqual([]);
  }, 90_000);

  it('stand in the lanes all together, however many there were', async () => {
    await stage.ask(
      `insert into alert (id, kind, severity, subject, title, description, started_at, resolved_at)
       select 'alr_' || n, 'LAG', 'WARNING', 'flow:x', 'Late', '', now() - n * interval '1 hour', now() - (n - 0.5) * interval '1 hour'
       from generate_series(1, 120) n`,
    );
    await page.goto(`${hub.url}/alerts`);
    await page.getByText(/^12\d alerts in 7 days\./).waitFor();
    await page.getByText(/^120 times, /).waitFor();
  }, 60_000);

  it('are read page by page while they fire, beside those that have ended', async () => {
    await stage.ask(
      `insert into alert (id, kind, severity, subject, title, description, started_at)
       select 'alr_open_' || n, 'LAG', 'WARNING', 'flow:' || n, 'Late ' || n, '', now() - n * interval '1 minute' from generate_series(1, 130) n`,
    );
    await page.goto(`${hub.url}/alerts`);
    const open = page.getByRole('region', { name: 'Alerts that have not ended' });
    const cards = open.getByRole('article');
    await cards.filter({ hasText: /Late 1(?!\d)/ }).waitFor();
    await open.getByText('130 in all').waitFor();
    expect(await cards.count()).toBe(20);
    for (let pages = 1; pages <= 6; pages++) {
      await open.getByRole('button', { name: 'Next page' }).click();
      await cards.filter({ hasText: new RegExp(`Late ${20 * pages + 1}(?!\\d)`) }).waitFor();
    }
    expect(await cards.count()).toBe(10);
    // Moving in the other list leaves this one where it is.
    await page.getByRole('region', { name: 'History' }).getByRole('button', { name: 'Next page' }).click();
    await page.waitForURL((url) => url.searchParams.has('after') && url.searchParams.has('openAfter'));
    await cards.filter({ hasText: 'Late 130' }).waitFor();
    await stage.ask(`delete from alert where id like 'alr_open_%'`);
  }, 60_000);

  it('are changed by a configuration file, whose plan says so in words', async () => {
    await page.goto(`${hub.url}/settings/configuration`);
    const file = [
      'koppel: 1',
      'comparisons: { products-to-softmaat: { everyHours: 24 } }',
      'alertRules: { open-problems: { threshold: 20, isEnabled: false } }',
    ];
    const inLanguages = {
      nl: ['Plak het bestand of kies het', 'Tonen wat er zou veranderen', 'Meldingsregel', 'Drempel', 'Vergelijking van de synchronisatie', 'ja nee'],
      fr: ['Collez le fichier ou choisissez-le', 'Montrer ce qui changerait', 'Règle d’alerte', 'Seuil', 'Rapprochement du flux', 'oui non'],
      en: ['Paste the file, or choose it', 'Show what would change', 'Rule of alerts', 'Threshold', 'Comparison of the flow', 'yes no'],
    } as const; // prettier-ignore
    for (const [language, [paste, show, rule, threshold, comparison, ended]] of Object.entries(inLanguages)) {
      await page.locator('header select').first().selectOption(language);
      await page.getByLabel(paste).fill(file.join('\n'));
      await click(show);
      const plan = page.getByRole('table', { name: show });
      await plan.getByText(`${comparison} products-to-softmaat`).waitFor();
      await plan.getByText(`${rule} open-problems`).waitFor();
      await plan.getByRole('row', { name: `~ ${threshold} 12 20` }).waitFor();
      await plan.getByRole('row', { name: new RegExp(`^~ .* ${ended}$`) }).waitFor();
    }
    await click('Apply 2 changes');
    await page.getByText('The file is in use.').waitFor();
    await page.goto(`${hub.url}/alerts?tab=rules`);
    await page.getByText('20 problems are open, or more.').waitFor();
    expect(await page.getByRole('switch', { name: 'On: Open problems' }).isChecked()).toBe(false);
    expect(watched.complaints).toEqual([]);
  }, 60_000);
});
