/**
 * Systems as an administrator sets them up over the API: tried before they are stored, connected, changed, paused, deleted.
 * A hub without sample data, both sandboxes as processes of their own; the secrets are looked for in every answer and table.
 */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { untilWritten } from '../support/agreement.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import type { HubHandle } from '../support/processes.js';
import { openStage, polls, type Stage } from '../support/stage.js';
import { until } from '../support/wait.js';

let database: TestDatabase;
let stage: Stage;
let hub: HubHandle;
beforeAll(async () => {
  database = await createTestDatabase();
  stage = await openStage({ databaseUrl: database.url, products: 10, pollMs: 250, flows: [] });
  await stage.ask('delete from system'); // those of the stage, in place of which others are made here
  hub = await stage.hub();
}, 120_000);
afterAll(async () => {
  await stage.close();
  await database.drop();
}, 60_000);

interface System {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly status: string;
  readonly version: number;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly secretsSetAt: string | null;
}
interface Result {
  readonly system: System | null;
  readonly deletedId?: string | null;
  readonly userErrors: readonly {
    readonly code: string;
    readonly message: string;
    readonly field: readonly string[];
  }[];
}
const shape = 'system { id key name status version settings secretsSetAt } userErrors { code message field }';
const answers: string[] = [];

async function mutate(name: string, input: object, asked = shape): Promise<Result> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const answer = await hub.graphql<Record<string, Result>>(
    `mutation ($input: ${type}!) { ${name}(input: $input) { ${asked} } }`,
    { input },
  );
  answers.push(JSON.stringify(answer));
  return answer[name]!;
}
const till = () => ({ url: stage.till.url, ident: 'koppel', secret: 'sandbox-secret' });
const shop = () => ({ url: `${stage.shop.url}/api/v1`, token: 'sandbox-token' });
const systemCalled = async (wanted: string): Promise<System> =>
  (await hub.graphql<{ systems: System[] }>('{ systems { id key status version } }')).systems.find(({ key }) => key === wanted)!; // prettier-ignore
const tried = async (connectorKey: string, settings: object) => {
  const { systemTest } = await hub.graphql<{
    systemTest: {
      result: { isOk: boolean; checks: { status: string; message: string; hint: string; settings: string[] }[] };
    };
  }>('mutation ($input: SystemTestInput!) { systemTest(input: $input) { result { isOk checks { status message hint settings } } userErrors { message } } }',
    { input: { candidate: { connectorKey, settings } } }); // prettier-ignore
  answers.push(JSON.stringify(systemTest));
  return systemTest.result;
};

describe('a system that is not connected yet', () => {
  it('can be tried: what works, what does not and what to do about it', async () => {
    expect(await tried('mpluskassa', till())).toMatchObject({ isOk: true });
    const wrong = await tried('mpluskassa', { ...till(), secret: 'wrong-S3CR3T' });
    expect(wrong.isOk).toBe(false);
    expect(wrong.checks.find(({ status }) => status === 'FAIL')!.hint).toMatch(/\w/);
    // Each at the setting that it is about.
    const ftp = await tried('mpluskassa', { url: 'ftp://x' });
    const at = ['url', 'ident', 'secret'].map((name) => ({ status: 'FAIL', settings: [name] }));
    expect(ftp).toMatchObject({ isOk: false, checks: at });
    expect(ftp.checks[1]!.message).toBe('ident is missing');
    expect(await tried('nothing', {})).toMatchObject({ isOk: false });
    const { checks } = await tried('softmaat', { ...shop(), url: 'http://127.0.0.1:9/api/v1' });
    expect(checks[0]!.hint).toMatch(/^Check address.* test again\.$/);
    expect(await stage.ask('select 1 from system')).toEqual([]);
  }, 60_000);

  it('is refused with what is wrong, and nothing is stored', async () => {
    const input = { connectorKey: 'mpluskassa', key: 'kassa', name: 'Kassa', settings: till() };
    expect((await mutate('systemCreate', { ...input, key: 'Kassa 1' })).userErrors).toMatchObject([
      { code: 'INVALID', field: ['input', 'key'] },
    ]);
    expect((await mutate('systemCreate', { ...input, connectorKey: 'x' })).userErrors[0]!.message).toContain(
      'mpluskassa',
    );
    const { userErrors } = await mutate('systemCreate', { ...input, settings: { ...till(), colour: 'red' } });
    expect(userErrors).toMatchObject([{ code: 'INVALID', message: expect.stringContaining('colour') }]);
    expect(await stage.ask('select 1 from system')).toEqual([]);
  });
});

describe('systems that are connected', () => {
  it('work with a flow between them, and show everything but their secrets', async () => {
    const kassa = await mutate('systemCreate', {
      connectorKey: 'mpluskassa',
      key: 'kassa',
      name: 'Kassa',
      settings: till(),
    });
    expect(kassa).toMatchObject({
      userErrors: [],
      system: { key: 'kassa', status: 'CONNECTED', settings: { ident: 'koppel' } },
    });
    expect(kassa.system!.settings).not.toHaveProperty('secret');
    expect(kassa.system!.secretsSetAt).not.toBeNull();
    const winkel = await mutate('systemCreate', {
      connectorKey: 'softmaat',
      key: 'winkel',
      name: 'Winkel',
      settings: shop(),
    });
    expect(winkel.userErrors).toEqual([]);
    expect(
      (await mutate('systemCreate', { connectorKey: 'softmaat', key: 'winkel', name: 'W', settings: shop() }))
        .userErrors,
    ).toMatchObject([{ code: 'TAKEN', field: ['input', 'key'] }]);
    for (const entityType of ['CATEGORY', 'PRODUCT']) {
      const { flowCreate } = await hub.graphql<{ flowCreate: { flow: { id: string } } }>(
        'mutation ($input: FlowCreateInput!) { flowCreate(input: $input) { flow { id } userErrors { message } } }',
        {
          input: {
            key: entityType.toLowerCase(),
            name: entityType,
            entityType,
            sourceSystemId: kassa.system!.id,
            targetSystemId: winkel.system!.id,
            every: 'PT1S',
          },
        },
      );
      await hub.graphql('mutation ($id: ID!) { flowEnable(input: { id: $id }) { flow { state } } }', {
        id: flowCreate.flow.id,
      });
    }
    await until(async () => (await stage.shop.records('products')).length >= 10, {
      timeoutMs: 60_000,
      what: 'the products to be in the shop',
    });
  }, 120_000);

  it('are changed by who has seen them as they are, without sending secrets again', async () => {
    const { id, version } = await systemCalled('kassa');
    const change = { id, expectedVersion: version, name: 'Kassa 2', settings: { timeoutMs: 9000 } };
    const changed = await mutate('systemUpdate', change);
    expect(changed).toMatchObject({
      userErrors: [],
      system: { name: 'Kassa 2', settings: { timeoutMs: 9000, ident: 'koppel' } },
    });
    expect((await mutate('systemUpdate', change)).userErrors).toMatchObject([{ code: 'VERSION_CONFLICT' }]);
    const now = changed.system!.version;
    expect(
      (await mutate('systemUpdate', { id, expectedVersion: now, settings: { timeoutMs: 'long' } })).userErrors,
    ).toMatchObject([{ code: 'INVALID' }]);
    const { systemTest } = await hub.graphql<{ systemTest: object }>(
      'mutation ($id: ID!) { systemTest(input: { id: $id }) { result { isOk } } }', { id },
    ); // prettier-ignore
    expect(systemTest).toMatchObject({ result: { isOk: true } });
    // Wrong credentials stop the system; right ones let it go on.
    await mutate('systemUpdate', { id, expectedVersion: now, settings: { secret: 'wrong-S3CR3T' } });
    const status = () => systemCalled('kassa');
    await until(async () => (await status()).status === 'CREDENTIALS_REJECTED', {
      timeoutMs: 30_000,
      what: 'the credentials to be refused',
    });
    const expectedVersion = (await status()).version;
    await mutate('systemUpdate', { id, expectedVersion, settings: { secret: 'sandbox-secret' } });
    expect((await status()).status).toBe('CONNECTED');
  }, 90_000);

  it('rest while they are paused: nothing is read and nothing written until they are resumed', async () => {
    const { id } = await systemCalled('winkel');
    await untilWritten(stage);
    expect(await mutate('systemPause', { id, reason: 'Inventory' })).toMatchObject({ system: { status: 'PAUSED' } });
    expect((await mutate('systemPause', { id })).userErrors).toMatchObject([{ code: 'INVALID_STATE' }]);
    const ledger = (await stage.shop.ledger()).length;
    await stage.till.mutate('products', 10, 3);
    const waiting = `select 1 from projection where target = 'winkel' and state not in ('in_sync', 'excluded')`;
    await until(async () => (await stage.ask(waiting)).length > 0, { timeoutMs: 30_000, what: 'something to be waiting for the shop' }); // prettier-ignore
    expect((await stage.shop.ledger()).length).toBe(ledger);
    expect(await mutate('systemResume', { id })).toMatchObject({ system: { status: 'CONNECTED' } });
    await until(async () => (await stage.shop.ledger()).length > ledger, {
      timeoutMs: 30_000,
      what: 'the shop to be written to again',
    });
  }, 90_000);

  it('are read again from where an administrator says, once the effect is known and confirmed', async () => {
    const { flows } = await hub.graphql<{ flows: { id: string; key: string }[] }>('{ flows { id key } }');
    const { id } = flows.find(({ key }) => key === 'product')!;
    const reset = async (to: object, isConfirmed: boolean, reason = 'test') => {
      const answer = await hub.graphql<{
        flowMarkerReset: { affected: { value: number } | null; userErrors: { code: string }[] };
      }>(
        `mutation ($input: FlowMarkerResetInput!) { flowMarkerReset(input: $input) {
           affected { value precision } flow { syncState { marker stoppedBecause } } userErrors { code message } } }`,
        { input: { id, to, reason, isConfirmed } },
      );
      return answer.flowMarkerReset;
    };
    const read = async (): Promise<number> =>
      (await stage.ask<{ n: number }>(`select count(*)::int as n from log_entry where topic = 'changes.kassa'`))[0]!.n;
    const before = await read();
    const told = await reset({ edge: 'BEGINNING' }, false);
    expect(told.affected!.value).toBeGreaterThanOrEqual(10);
    for (const to of [{}, { marker: 'nonsense' }])
      expect((await reset(to, true)).userErrors).toMatchObject([{ code: 'INVALID' }]);
    expect((await reset({ edge: 'NOW' }, true, ' ')).userErrors).toMatchObject([{ code: 'BLANK' }]);
    await polls(stage.till, 2, 2);
    expect(await read()).toBe(before);
    await untilWritten(stage);
    const ledger = (await stage.shop.ledger()).length;
    expect(await reset({ edge: 'BEGINNING' }, true)).toMatchObject({ userErrors: [] });
    await until(async () => (await read()) >= before + 10, { timeoutMs: 30_000, what: 'everything to be read again' });
    await polls(stage.till, 3, 2);
    expect((await stage.shop.ledger()).length).toBe(ledger);
  }, 90_000);

  it('go on when a person says so after the hub has stopped reading them', async () => {
    const state = async () =>
      (
        await hub.graphql<{ flows: { id: string; key: string; syncState: { stoppedBecause: string | null } }[] }>(
          '{ flows { id key syncState { stoppedBecause } } }',
        )
      ).flows.find(({ key }) => key === 'product')!;
    // What a till that was put back from a backup looks like: its positions begin anew below ours.
    await stage.ask(
      `update capture_position set position = '999999999' where system = 'kassa' and stream = 'products'`,
    );
    await stage.ask(`update external_reference set source_version = 999999990 where system = 'kassa' and source_version is not null`); // prettier-ignore
    const { stoppedBecause } = await until(
      async () => {
        const now = await state();
        return now.syncState.stoppedBecause === null ? undefined : now.syncState;
      },
      { timeoutMs: 30_000, what: 'the stream to be stopped' },
    );
    expect(stoppedBecause).toMatch(/\w/);
    // What is read for the flow in its target goes on with it.
    await stage.ask(
      `update capture_position set state = 'stopped', stopped_code = 'ACCOUNT_CHANGED', stopped_message = 'test' where system = 'winkel' and stream = 'products'`,
    );
    const { id } = await state();
    await hub.graphql(
      'mutation ($id: ID!) { flowMarkerReset(input: { id: $id, to: { edge: BEGINNING }, reason: "restored", isConfirmed: true }) { userErrors { message } } }',
      { id },
    );
    const ledger = (await stage.shop.ledger()).length;
    await stage.till.mutate('products', 10, 9);
    await until(async () => (await stage.shop.ledger()).length > ledger, {
      timeoutMs: 30_000,
      what: 'changes to arrive again',
    });
    expect((await state()).syncState.stoppedBecause).toBeNull();
    expect(await stage.ask(`select system, stream from capture_position where state <> 'running'`)).toEqual([]);
  }, 90_000);

  it('are deleted only when their key is typed and nothing names them', async () => {
    const { id } = await systemCalled('winkel');
    const deleted = 'deletedId userErrors { code message }';
    expect((await mutate('systemDelete', { id, confirmation: 'shop' }, deleted)).userErrors).toMatchObject([
      { code: 'CONFIRMATION_REQUIRED' },
    ]);
    expect((await mutate('systemDelete', { id, confirmation: 'winkel' }, deleted)).userErrors).toMatchObject([
      { code: 'IN_USE', message: expect.stringContaining('2 flows') },
    ]);
    const spare = await mutate('systemCreate', { connectorKey: 'softmaat', key: 'spare', name: 'Spare', settings: shop() }); // prettier-ignore
    expect(await mutate('systemDelete', { id: spare.system!.id, confirmation: 'spare' }, deleted)).toEqual({
      deletedId: spare.system!.id,
      userErrors: [],
    });
    expect(await stage.ask(`select 1 from system where key = 'spare'`)).toEqual([]);
  }, 60_000);

  it('have left their secrets in no answer and in no table', async () => {
    const tables = await stage.ask<{ name: string }>(
      `select quote_ident(table_name) as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`,
    );
    const found: string[] = [];
    for (const { name } of tables) {
      const rows = await stage.ask(
        `select 1 from ${name} t where t::text ~ 'sandbox-secret|sandbox-token|S3CR3T' limit 1`,
      );
      if (rows.length > 0) found.push(name);
    }
    expect(found).toEqual([]);
    expect(answers.filter((answer) => /sandbox-secret|sandbox-token|S3CR3T/.test(answer))).toEqual([]);
    expect(answers.length).toBeGreaterThan(10);
  });
});
