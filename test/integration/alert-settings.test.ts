/** Rules and channels of alerts over the graph, on real rows, with a real mail server and a real webhook. */
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openMailServer, type MailServer } from '../support/mail-server.js';
import { alertCareOver } from '../support/alert-care.js';
import { askAs, personWith, type Person } from '../support/graph-people.js';
import { fillCatalogue, openGraphWorld, type GraphWorld } from '../support/graph-server.js';
import { openWebhook, type WebhookServer } from '../support/webhook-server.js';
import type { AlertCare } from '../../src/alerts/alert-care.js';
import { signatureOf } from '../../src/alerts/webhook.js';

let world: GraphWorld;
let editor: Person;
let mail: MailServer;
let hook: WebhookServer;
beforeAll(async () => {
  mail = await openMailServer();
  hook = await openWebhook();
  const given: { care?: AlertCare } = {};
  world = await openGraphWorld({
    commands: { alerts: new Proxy({} as AlertCare, { get: (_, name) => Reflect.get(given.care!, name) as unknown }) },
  });
  given.care = alertCareOver(world.database, { masterKey: randomBytes(32), mail: mail.settings });
  await fillCatalogue(world.database, 1);
  editor = await personWith(world, 'EDITOR');
}, 60_000);
afterAll(async () => {
  await world.close();
  await mail.close();
  await hook.close();
});

const ask = async (query: string, variables: object = {}, by: Person = editor) => {
  const { body } = await askAs(world, by.headers, query, variables);
  expect(body.errors).toBeUndefined();
  return body.data;
};
const shapes = {
  alertRuleSave: `alertRule { id name kind severity threshold windowMinutes isEnabled version flows { key } systems { key } channels { id } }`,
  alertRuleDelete: 'deletedId',
  alertChannelSave: 'alertChannel { id kind name target isVerified hasSecret lastError version }',
  alertChannelDelete: 'deletedId',
  alertChannelTest: 'isDelivered channel { id isVerified lastError }',
} as const;
const change = async (name: keyof typeof shapes, input: object) => {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input!`;
  const data = await ask(
    `mutation ($input: ${type}) { ${name}(input: $input) { ${shapes[name]} userErrors { code field message } } }`,
    { input },
  );
  return data[name];
};
const saved = async (name: 'alertRuleSave' | 'alertChannelSave', input: object) => {
  const { userErrors, ...rest } = await change(name, input);
  expect(userErrors).toEqual([]);
  return rest.alertRule ?? rest.alertChannel;
};

describe('channels', () => {
  it('send a message when they are tested, and say that it went through', async () => {
    const channel = await saved('alertChannelSave', { name: ' Desk ', target: { email: 'desk@example.com' } });
    expect(channel).toMatchObject({ kind: 'EMAIL', name: 'Desk', target: 'desk@example.com', isVerified: false });
    expect(await change('alertChannelTest', { id: channel.id })).toEqual({
      isDelivered: true,
      channel: { id: channel.id, isVerified: true, lastError: null },
      userErrors: [],
    });
    const [letter] = mail.letters.splice(0);
    expect(letter).toMatchObject({ to: ['desk@example.com'], from: 'koppel@example.com' });
    expect(letter!.text).toContain('[Koppel] Test message');
  });

  it('write in the language of whoever saved them, and tell the exact answer of a server that refuses', async () => {
    const { id, version } = await saved('alertChannelSave', {
      name: 'Nobody',
      target: { email: 'nobody@example.com' },
    });
    const dutch = { ...editor, headers: { ...editor.headers, 'accept-language': 'nl' } };
    await askAs(world, dutch.headers, 'mutation ($input: AlertChannelSaveInput!) { alertChannelSave(input: $input) { userErrors { code } } }', { input: { id, version, name: 'Niemand' } }); // prettier-ignore
    mail.refuse('550 5.1.1 nobody of that name here');
    const refused = await change('alertChannelTest', { id });
    expect(refused.isDelivered).toBe(false);
    expect(refused.userErrors[0].message).toContain('550 5.1.1 nobody of that name here');
    expect(refused.channel.lastError).toContain('The mail server answered: ');
    mail.refuse(null);
    await change('alertChannelTest', { id });
    expect(mail.letters.splice(0).at(-1)!.text).toContain('Testbericht');
  });

  it('post signed JSON; the secret and the query of the address are shown nowhere', async () => {
    const secret = 'a secret with no spaces'.replaceAll(' ', '-');
    const channel = await saved('alertChannelSave', { name: 'Hook', target: { webhook: `${hook.url}/in?token=t0ken` }, webhookSecret: secret }); // prettier-ignore
    expect(channel).toMatchObject({ kind: 'WEBHOOK', target: `${hook.url}/in`, hasSecret: true });
    expect((await change('alertChannelTest', { id: channel.id })).isDelivered).toBe(true);
    const [post] = hook.posts.splice(0);
    expect(post!.url).toBe('/in?token=t0ken');
    expect(JSON.parse(post!.body)).toMatchObject({ reason: 'TEST', alert: null });
    const signature = String(post!.headers['koppel-signature']);
    const at = new Date(Number(/^t=(\d+),/.exec(signature)![1]) * 1_000);
    expect(signature).toBe(signatureOf(secret, post!.body, at));
    const stored = await world.database.query('select target, encode(secrets, $1) as secrets from alert_channel', ['escape']); // prettier-ignore
    expect(JSON.stringify(stored)).not.toMatch(/t0ken|a-secret/);
    const audit = await world.database.query('select detail from audit');
    expect(JSON.stringify(audit)).not.toMatch(/t0ken|a-secret/);

    // Saved as it is shown, it keeps the query and the secret.
    const again = await saved('alertChannelSave', { id: channel.id, version: channel.version, name: 'Renamed', target: { webhook: channel.target } }); // prettier-ignore
    expect(again).toMatchObject({ name: 'Renamed', hasSecret: true, isVerified: true });
    await change('alertChannelTest', { id: channel.id });
    expect(hook.posts.splice(0)[0]).toMatchObject({ url: '/in?token=t0ken' });
  });

  it('follow no redirect, and tell the status of the answer and none of its text', async () => {
    const { id } = await saved('alertChannelSave', { name: 'Moved', target: { webhook: `${hook.url}/moved` } });
    hook.answer({ status: 302, location: `${hook.url}/in`, text: 'over there' });
    const { isDelivered, userErrors } = await change('alertChannelTest', { id });
    hook.answer({ status: 204 });
    expect(isDelivered).toBe(false);
    expect(userErrors[0].message).toContain('The webhook answered with status 302.');
    expect(userErrors[0].message).not.toContain('over there');
    expect(hook.posts.splice(0)).toHaveLength(1);
  });

  it.each([
    ['http://example.com/in', 'webhook', 'must start with https://'],
    ['http://169.254.169.254/latest', 'webhook', 'must start with https://'],
    ['file:///etc/passwd', 'webhook', 'must start with https://'],
    ['https://user:pass@example.com/', 'webhook', 'neither credentials'],
    ['nowhere', 'webhook', 'not an address'],
    ['two@example.com, three@example.com', 'email', 'not the address of one person'],
  ])('do not lead to %s', async (target, kind, why) => {
    const { alertChannel, userErrors } = await change('alertChannelSave', { name: 'X', target: { [kind]: target } });
    expect(alertChannel).toBeNull();
    expect(userErrors).toMatchObject([{ code: 'INVALID', field: ['input', 'target', kind] }]);
    expect(userErrors[0].message).toContain(why);
  });

  it('are shown to people who may not change them without who or what is there', async () => {
    const viewer = await personWith(world, 'VIEWER');
    const { alertChannels } = await ask('{ alertChannels { name target } }', {}, viewer);
    expect(alertChannels).toContainEqual({ name: 'Desk', target: '•••@example.com' });
    expect(alertChannels).toContainEqual({ name: 'Renamed', target: `${hook.url}/•••` });
    const { body } = await askAs(world, viewer.headers, 'mutation { alertChannelTest(input: { id: "ach_x" }) { isDelivered } }'); // prettier-ignore
    expect(body.errors[0].extensions.code).toBe('FORBIDDEN');
  });
});

describe('rules', () => {
  it('are made, changed from the version that was read only, and deleted', async () => {
    const { alertChannels } = await ask('{ alertChannels { id } }');
    const channelIds = [alertChannels[0].id];
    const rule = await saved('alertRuleSave', { name: 'Late', kind: 'LAG', threshold: 15, windowMinutes: 5, flowIds: ['flw_A'], channelIds }); // prettier-ignore
    expect(rule).toMatchObject({
      ...{ name: 'Late', kind: 'LAG', severity: 'WARNING', threshold: 15, windowMinutes: null, isEnabled: true },
      ...{ version: 1, flows: [{ key: 'products' }], systems: [], channels: [{ id: channelIds[0] }] },
    });
    const edit = { id: rule.id, name: 'Later', kind: 'LAG', threshold: 30 };
    expect((await change('alertRuleSave', edit)).userErrors).toMatchObject([
      { code: 'BLANK', field: ['input', 'version'] },
    ]);
    expect(await saved('alertRuleSave', { ...edit, version: 1 })).toMatchObject({
      name: 'Later',
      version: 2,
      flows: [],
    });
    expect((await change('alertRuleSave', { ...edit, version: 1 })).userErrors).toMatchObject([
      { code: 'VERSION_CONFLICT' },
    ]);
    expect((await change('alertRuleDelete', { id: rule.id, version: 1 })).deletedId).toBeNull();
    expect(await change('alertRuleDelete', { id: rule.id, version: 2 })).toEqual({
      deletedId: rule.id,
      userErrors: [],
    });
    expect((await change('alertRuleDelete', { id: rule.id, version: 2 })).userErrors).toMatchObject([
      { code: 'NOT_FOUND' },
    ]);
  });

  it.each([
    [{ kind: 'LAG' }, 'threshold'],
    [{ kind: 'LAG', threshold: 0 }, 'threshold'],
    [{ kind: 'FAILURE_RATIO', threshold: 101 }, 'threshold'],
    [{ kind: 'FAILURE_RATIO', threshold: 10, windowMinutes: 1 }, 'windowMinutes'],
    [{ kind: 'CREDENTIALS', name: ' ' }, 'name'],
    [{ kind: 'CREDENTIALS', flowIds: ['flw_none'] }, 'flowIds'],
    [{ kind: 'CREDENTIALS', channelIds: ['ach_none'] }, 'channelIds'],
  ])('of %j are refused', async (input, field) => {
    const { alertRule, userErrors } = await change('alertRuleSave', { name: 'X', ...input });
    expect(alertRule).toBeNull();
    expect(userErrors).toMatchObject([{ field: ['input', field] }]);
  });

  it('lose a channel that is deleted', async () => {
    const channel = await saved('alertChannelSave', { name: 'Gone', target: { email: 'gone@example.com' } });
    const rule = await saved('alertRuleSave', {
      name: 'Keys',
      kind: 'CREDENTIALS',
      threshold: 3,
      channelIds: [channel.id],
    });
    expect(rule).toMatchObject({ threshold: null, channels: [{ id: channel.id }] });
    expect((await change('alertChannelDelete', { id: channel.id, version: 1 })).deletedId).toBe(channel.id);
    const { node } = await ask('query ($id: ID!) { node(id: $id) { ... on AlertRule { channels { id } version } } }', { id: rule.id }); // prettier-ignore
    expect(node).toEqual({ channels: [], version: 2 });
  });
});

it('says whether mail can be sent', async () => {
  expect((await ask('{ alertMail { isConfigured from hint } }')).alertMail).toEqual({ isConfigured: true, from: 'Koppel <koppel@example.com>', hint: null }); // prettier-ignore
  expect((await ask('{ overview(window: "PT1H") { firingAlerts } alerts(first: 5) { nodes { id } totalCount { value } } }'))).toEqual({ overview: { firingAlerts: 0 }, alerts: { nodes: [], totalCount: { value: 0 } } }); // prettier-ignore
});
