/** A shop that is down: one e-mail says so and one says when it is back, with two processes that could send them, and no more of them. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { openMailServer, type MailServer } from '../support/mail-server.js';
import type { HubHandle } from '../support/processes.js';
import { openStage, type Stage } from '../support/stage.js';
import { until } from '../support/wait.js';

let database: TestDatabase;
let stage: Stage;
let mail: MailServer;
let hub: HubHandle;
beforeAll(async () => {
  database = await createTestDatabase();
  mail = await openMailServer();
  stage = await openStage({ databaseUrl: database.url, products: 20, pollMs: 250 });
  const env = {
    KOPPEL_SMTP_URL: mail.settings.url,
    KOPPEL_MAIL_FROM: mail.settings.from,
    KOPPEL_PUBLIC_URL: 'https://hub.example.com',
  };
  hub = await stage.hub({ env });
  await stage.hub({ env: { ...env, KOPPEL_ROLE: 'api' } });
}, 120_000);
afterAll(async () => {
  await stage.close();
  await mail.close();
  await database.drop();
}, 60_000);

type Saved = Record<'saved', { userErrors: unknown[] } & Record<string, { id: string } | null>>;
async function save(mutation: string, input: object, shape: string): Promise<string> {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input!`;
  const { saved } = await hub.graphql<Saved>(
    `mutation ($input: ${type}) { saved: ${mutation}(input: $input) { ${shape} { id } userErrors { code message } } }`,
    { input },
  );
  expect(saved.userErrors).toEqual([]);
  return saved[shape]!.id;
}
const alerts = async () =>
  (
    await hub.graphql<{ alerts: { nodes: { status: string; title: string; system: { key: string } | null }[] } }>(
      '{ alerts { nodes { status title system { key } } } }',
    )
  ).alerts.nodes;
const subjects = () => mail.letters.map(({ text }) => /^subject: (.*)$/im.exec(text)?.[1]);

describe('a shop that is down', () => {
  it('is told of once, and once more when it is back; nobody is told that its flows are late', async () => {
    expect(await stage.agreement(60_000)).toMatchObject({ lost: [], doubled: [] });
    const channelIds = [await save('alertChannelSave', { name: 'Desk', target: { email: 'desk@example.com' } }, 'alertChannel')]; // prettier-ignore
    await save('alertRuleSave', { name: 'Gone', kind: 'SYSTEM_UNREACHABLE', threshold: 0, channelIds }, 'alertRule');
    await save('alertRuleSave', { name: 'Late', kind: 'LAG', threshold: 1, channelIds }, 'alertRule');

    await stage.shop.faults({ match: '*', fault: 'down' });
    await stage.till.mutate('mixed', 40, 17);
    await until(() => mail.letters.length > 0, { timeoutMs: 90_000, what: 'the mail about the beginning' });
    // Longer than the other rule waits, and some rounds of the watch.
    const [{ at } = { at: '' }] = await stage.ask<{ at: string }>(`select (now() + interval '75 seconds')::text as at`);
    await until(
      async () => (await stage.ask<{ over: boolean }>('select now() > $1::timestamptz as over', [at]))[0]!.over,
      { timeoutMs: 90_000, everyMs: 500, what: 'the outage to last' },
    );
    expect(await alerts()).toEqual([{ status: 'FIRING', title: 'Softmaat cannot be reached', system: { key: 'softmaat' } }]); // prettier-ignore
    expect(subjects()).toEqual(['[Koppel] Softmaat cannot be reached']);
    expect(mail.letters[0]!.text).toContain('https://hub.example.com/systems/');

    await stage.shop.clearFaults();
    await until(() => mail.letters.length > 1, { timeoutMs: 120_000, what: 'the mail about the end' });
    expect(await stage.agreement(60_000)).toMatchObject({ lost: [], doubled: [] });
    expect(subjects()).toEqual(['[Koppel] Softmaat cannot be reached', '[Koppel] Over: Softmaat cannot be reached']);
    expect(await alerts()).toMatchObject([{ status: 'RESOLVED' }]);
  }, 360_000);
});
