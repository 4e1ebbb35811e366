/**
 * What must never be in a log: the real hub, as talkative as it can be, with both sandboxes, is given a canary in every place
 * where something secret or personal comes in, and everything that it says is searched.
 */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sampleFlows } from '../../src/config/sample.js';
import { cookieSet, sendSession } from '../support/graph-people.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { testApiKey, type HubHandle } from '../support/processes.js';
import { openStage, type Stage } from '../support/stage.js';
import { until } from '../support/wait.js';

const canaries: Record<string, string> = {
  'the first API key': testApiKey,
  'a key that is not valid': 'kpl_C4N4RY00_wrong_key_that_somebody_has_sent_by_mistake',
  'a password': 'C4N4RY five green bicycles',
  'a password that is wrong': 'C4N4RY not my password',
  'a new password': 'C4N4RY nine loud factories',
  'a proof that is wrong': 'C4N4RY-proof-of-setting-up',
  'an e-mail address of a person': 'c4n4ry-person@example.com',
  'credentials of the till': 'sandbox-secret',
  'credentials of the shop': 'sandbox-token',
  'credentials that the till refuses': 'C4N4RY-wrong-secret-of-a-till',
};
let database: TestDatabase;
let stage: Stage;
let hub: HubHandle;
let said = '';

beforeAll(async () => {
  database = await createTestDatabase();
  stage = await openStage({ databaseUrl: database.url, products: 10, pollMs: 300, flows: sampleFlows });
  hub = await stage.hub({ untilReady: false, env: { KOPPEL_LOG_LEVEL: 'debug' } });
  for (const stream of [hub.child.stdout, hub.child.stderr]) stream?.on('data', (data) => (said += String(data)));
  await until(() => hub.isReady(), { what: 'the hub', timeoutMs: 60_000 });
}, 120_000);
afterAll(async () => {
  await stage.close();
  await database.drop();
});

const person = { name: 'C4N4RY Peeters', email: canaries['an e-mail address of a person']! };
const mutate = <T>(name: string, input: object, wanted: string): Promise<T> =>
  hub
    .graphql<Record<string, T>>(
      `mutation ($input: ${name[0]!.toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { ${wanted} userErrors { message } } }`,
      { input },
    )
    .then((data) => data[name]!);
const askWith = (headers: Record<string, string>, query: string, variables: object = {}) =>
  fetch(`${hub.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: hub.url, ...headers },
    body: JSON.stringify({ query, variables }),
  });

/** Texts by which a person could be known, in whatever record of a system they stand. */
function personalTexts(records: readonly unknown[]): string[] {
  const found: string[] = [];
  const look = (value: unknown, name: string): void => {
    if (typeof value === 'object' && value !== null) for (const [key, inner] of Object.entries(value)) look(inner, key);
    else if (typeof value === 'string' && value.length > 7 && /name|mail|phone|mobile|iban|street|address1/i.test(name))
      found.push(value);
  };
  records.forEach((record) => look(record, ''));
  return [...new Set(found)];
}

describe('the log', () => {
  it('says what happened and never what is secret or personal', async () => {
    // Signing in, in every way that goes well or wrong.
    const send = (path: string, body: object, method = 'POST', headers: Record<string, string> = {}) =>
      sendSession({ url: hub.url }, method, path, body, headers);
    const password = canaries['a password']!;
    await send('/session/first', { ...person, password, proof: canaries['a proof that is wrong'] });
    const first = await send('/session/first', { ...person, password, proof: testApiKey });
    expect(first.status).toBe(200);
    const wrong = await send('/session', { email: person.email, password: canaries['a password that is wrong'] });
    expect(wrong.status).toBe(401);
    const cookie = cookieSet(await send('/session', { email: person.email, password }));
    canaries['a cookie'] = cookie.split('=')[1]!;
    await send('/session', { email: person.email, password, extra: 'x' }, 'POST', { cookie });
    const { invitation } = await mutate<{ invitation: string }>('userSave', { name: 'Bob', email: 'bob@example.com', role: 'VIEWER' }, 'invitation'); // prettier-ignore
    canaries['an invitation'] = invitation;
    await send('/session/invitation', { invitation, password: 'short' });
    const { secret } = await mutate<{ secret: string }>(
      'apiKeyCreate',
      { name: 'x', scopes: ['READ_STOCK'] },
      'secret',
    );
    canaries['a new API key'] = secret;
    await askWith({ authorization: `Bearer ${secret}` }, '{ users { id } }');
    await askWith({ authorization: `Bearer ${canaries['a key that is not valid']}` }, '{ viewer { role } }');
    const change = 'mutation ($input: PasswordChangeInput!) { passwordChange(input: $input) { isChanged } }';
    const newPassword = canaries['a new password'];
    await askWith({ cookie }, change, {
      input: { currentPassword: canaries['a password that is wrong'], newPassword },
    });
    await askWith({ cookie }, change, { input: { currentPassword: password, newPassword: 7 } });
    const changed = await askWith({ cookie }, change, { input: { currentPassword: password, newPassword } });
    expect(await changed.json()).toMatchObject({ data: { passwordChange: { isChanged: true } } });

    // Customers and orders on their way, and a shop that is down for a moment.
    await stage.shop.faults({ match: '*', fault: 'down', times: 3 });
    await stage.till.mutate('relations', 5, 3);
    await stage.till.mutate('orders', 5, 4);
    await stage.shop.mutate('debtors', 5, 5);
    const some = async () => (await hub.graphql<{ customers: { totalCount: { value: number } } }>('{ customers { totalCount { value } } }')).customers.totalCount.value; // prettier-ignore
    await until(async () => (await some()) > 5, { what: 'customers', timeoutMs: 60_000, everyMs: 200 });

    // Credentials that a system refuses, sent and stored.
    const { systems } = await hub.graphql<{ systems: { id: string; key: string; version: number }[] }>('{ systems { id key version } }'); // prettier-ignore
    const till = systems.find(({ key }) => key === 'mpluskassa')!;
    const settings = { secret: canaries['credentials that the till refuses'] };
    await mutate('systemUpdate', { id: till.id, expectedVersion: till.version, settings }, 'system { id }');
    await until(() => said.includes('CREDENTIALS_REJECTED'), {
      what: 'a refusal of the till in the log',
      timeoutMs: 30_000,
    });

    const people = personalTexts([
      ...(await stage.till.records('relations')),
      ...(await stage.shop.records('debtors')),
    ]);
    expect(people.length).toBeGreaterThan(20);
    // Whoever reads the log can still see what happened.
    expect(said).toContain('SIGN_IN_REFUSED');
    await until(() => said.includes('run ended'), { what: 'the end of a run in the log', timeoutMs: 60_000 });
    const leaked = [...Object.entries(canaries), ...people.map((text) => ['a person', text] as const)]
      .filter(([, text]) => said.includes(text))
      .map(([what, text]) => `${what}: ${said.split('\n').find((line) => line.includes(text))}`);
    expect(leaked).toEqual([]);
    expect(said).not.toContain('C4N4RY');
  }, 180_000);
});
