/** Making flows and setting them over the API, with the real commands behind it: what is set is stored, shown and merged. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as audit from '../../src/store/audit.js';
import * as configuration from '../../src/store/configuration.js';
import type { StockPlaces } from '../../src/mapping/stock-places.js';
import * as looks from '../../src/store/projection-looks.js';
import * as removal from '../../src/store/flow-removal.js';
import { lockStockFlows } from '../../src/store/stock-flows.js';
import { makeFlows, type Flows } from '../../src/sync/flows.js';
import { fillCatalogue, openGraphWorld, type GraphWorld } from '../support/graph-server.js';

let world: GraphWorld;
let flows: Flows;
const places = new Map<string, StockPlaces>();
beforeAll(async () => {
  world = await openGraphWorld({
    commands: {
      createFlow: (flow) => flows.createFlow(flow),
      updateFlow: (key, change) => flows.updateFlow(key, change),
      enableFlow: async (key) => void (await flows.enableFlow(key)),
      disableFlow: (key) => flows.disableFlow(key),
      pauseFlow: (key, reason, until) => flows.pauseFlow(key, reason, until),
      resumeFlow: (key) => flows.resumeFlow(key),
    },
  });
  flows = makeFlows({
    database: world.database,
    store: configuration,
    audit,
    looks,
    lockStockFlows,
    removal,
    stockPlaces: (key) => places.get(key),
  });
  await fillCatalogue(world.database, 2);
}, 60_000);
afterAll(() => world.close());

const shown = `flow { id key state version entityType
  settings { batchSize startFrom start liveFrom order { types employee defaultCustomer useDefaultCustomer }
    articleNumbers { mode from } } } userErrors { code message field }`;
const create = `mutation ($input: FlowCreateInput!) { flowCreate(input: $input) { ${shown} } }`;
const update = `mutation ($input: FlowUpdateInput!) { flowUpdate(input: $input) { ${shown} } }`;

interface Result {
  readonly flow: { readonly id: string; readonly version: number; readonly settings: Record<string, unknown> } | null;
  readonly userErrors: readonly { readonly code: string; readonly message: string; readonly field: string[] }[];
}
async function change(query: string, name: string, input: object): Promise<Result> {
  const { body } = await world.ask(query, { input });
  expect(body.errors).toBeUndefined();
  return (body.data as Record<string, Result>)[name]!;
}

describe('flows over the API', () => {
  it('are made as drafts, set in parts, enabled and ended', async () => {
    const made = await change(create, 'flowCreate', {
      key: 'stock-back',
      name: 'Stock back',
      entityType: 'STOCK_LEVEL',
      sourceSystemId: 'sys_B',
      targetSystemId: 'sys_A',
      settings: { order: { employee: '7', types: ['ORDER', 'INVOICE'] } },
    });
    expect(made.userErrors).toEqual([]);
    expect(made.flow).toMatchObject({
      key: 'stock-back',
      state: 'DRAFT',
      settings: { batchSize: 250, start: 'BEGINNING', order: { types: ['ORDER', 'INVOICE'], employee: '7' } },
    });

    const { id, version } = made.flow!;
    const second = await change(update, 'flowUpdate', {
      id,
      expectedVersion: version,
      settings: {
        batchSize: 50,
        liveFrom: '2026-11-01T00:00:00Z',
        order: { defaultCustomer: '681', useDefaultCustomer: 'ALWAYS' },
        articleNumbers: { mode: 'ALLOCATE', from: '900000' },
      },
    });
    expect(second.userErrors).toEqual([]);
    expect(second.flow?.settings).toMatchObject({
      batchSize: 50,
      liveFrom: '2026-11-01T00:00:00.000Z',
      order: { employee: '7', defaultCustomer: '681', useDefaultCustomer: 'ALWAYS' },
      articleNumbers: { mode: 'ALLOCATE', from: '900000' },
    });

    const stale = await change(update, 'flowUpdate', { id, expectedVersion: version, name: 'Other' });
    expect(stale.userErrors).toMatchObject([
      { code: 'INVALID_STATE', message: expect.stringContaining('somebody else') },
    ]);

    const emptied = await change(update, 'flowUpdate', {
      id,
      expectedVersion: second.flow!.version,
      settings: { batchSize: null, order: { defaultCustomer: null } },
    });
    expect(emptied.flow?.settings).toMatchObject({ batchSize: 250, order: { employee: '7', defaultCustomer: null } });

    const asked = `{ auditEntries(filter: { subjectId: "${id}", action: { eq: "flowUpdate" } }) { nodes { subjectLabel detail } } }`;
    const { nodes } = (await world.ask(asked)).body.data.auditEntries;
    expect(nodes).toHaveLength(2);
    expect(nodes[0].subjectLabel).toBe('Stock back');
    // A setting that is taken away has no value any more.
    expect(nodes[0].detail.changes).toEqual({ batchSize: [50, null], 'order.defaultCustomer': ['681', null] });
    expect(nodes[1].detail.changes).toMatchObject({ batchSize: [null, 50], 'order.defaultCustomer': [null, '681'] });

    for (const [mutation, state] of [
      ['flowEnable', 'ENABLED'],
      ['flowDisable', 'DISABLED'],
    ] as const) {
      const { body } = await world.ask(
        `mutation { ${mutation}(input: { id: "${id}" }) { flow { state } userErrors { message } } }`,
      );
      expect(body.data).toEqual({ [mutation]: { flow: { state }, userErrors: [] } });
    }
  });

  it('are paused until a moment, which is shown until somebody resumes them earlier', async () => {
    const pause = `mutation ($input: FlowPauseInput!) { flowPause(input: $input) { flow { id state pausedUntil } userErrors { code message field } } }`;
    const resume = `mutation ($input: FlowResumeInput!) { flowResume(input: $input) { flow { id state pausedUntil } userErrors { code message field } } }`;
    const until = new Date(Date.now() + 3_600_000).toISOString();
    const paused = await change(pause, 'flowPause', { id: 'flw_A', until });
    expect(paused).toMatchObject({ flow: { state: 'PAUSED', pausedUntil: until }, userErrors: [] });
    const [entry] = await world.database.query<{ detail: object }>(
      `select detail from audit where action = 'flowPause' order by id desc limit 1`,
    );
    expect(entry?.detail).toMatchObject({ until });
    const past = await change(pause, 'flowPause', { id: 'flw_A', until: '2020-01-01T00:00:00Z' });
    expect(past.userErrors).toMatchObject([
      { code: 'INVALID', message: expect.stringContaining('2020-01-01T00:00:00.000Z, which is past') },
    ]);
    const resumed = await change(resume, 'flowResume', { id: 'flw_A' });
    expect(resumed).toMatchObject({ flow: { state: 'ENABLED', pausedUntil: null }, userErrors: [] });
  });

  it('of stock are not enabled when both systems would count the same pair of locations', async () => {
    const enable = `mutation ($input: FlowEnableInput!) { flowEnable(input: $input) { ${shown} } }`;
    const make = async (key: string, sourceSystemId: string, targetSystemId: string): Promise<string> => {
      const made = await change(create, 'flowCreate', {
        key,
        name: key,
        entityType: 'STOCK_LEVEL',
        sourceSystemId,
        targetSystemId,
      });
      return made.flow!.id;
    };
    const [there, back] = [await make('stock-there', 'sys_A', 'sys_B'), await make('stock-home', 'sys_B', 'sys_A')];
    const [{ a, b } = { a: '', b: '' }] = await world.database.query<{ a: string; b: string }>(
      `select (select key from system where id = 'sys_A') as a, (select key from system where id = 'sys_B') as b`,
    );
    places.set(b, { told: new Set(['MAIN']), from: new Set(['1']), list: 'list-b' });
    places.set(a, { told: new Set(['1', '3']), from: new Set(['MAIN', 'FR']), list: 'list-a' });
    expect((await change(enable, 'flowEnable', { id: there })).flow).toMatchObject({ state: 'ENABLED' });
    const { flow, userErrors } = await change(enable, 'flowEnable', { id: back });
    expect(flow).toMatchObject({ state: 'DRAFT' });
    expect(userErrors).toMatchObject([
      {
        code: 'INVALID_STATE',
        message: expect.stringMatching(/told how much is in (1|MAIN),.*one owner.*list-[ab] and list-[ab]/),
      },
    ]);
    places.set(a, { told: new Set(['3']), from: new Set(['FR']), list: 'list-a' });
    expect((await change(enable, 'flowEnable', { id: back })).flow).toMatchObject({ state: 'ENABLED' });
  });

  it('of orders let the past go silently, from the moment in which they are enabled, unless something else is said', async () => {
    const enabled = async (key: string, settings: object): Promise<string | null> => {
      const ids = { sourceSystemId: 'sys_A', targetSystemId: 'sys_B' };
      const made = await change(create, 'flowCreate', { key, name: key, entityType: 'ORDER', ...ids, settings });
      expect(made.flow?.settings['liveFrom']).toBe((settings as { liveFrom?: string }).liveFrom ?? null);
      const enable = `mutation ($input: FlowEnableInput!) { flowEnable(input: $input) { ${shown} } }`;
      const { flow } = await change(enable, 'flowEnable', { id: made.flow!.id });
      return flow?.settings['liveFrom'] as string | null;
    };
    const before = new Date().toISOString();
    const liveFrom = await enabled('orders-all', {});
    expect(Date.parse(liveFrom ?? '')).toBeGreaterThanOrEqual(Date.parse(before) - 1_000);
    expect(Date.parse(liveFrom ?? '')).toBeLessThanOrEqual(Date.now() + 1_000);
    expect(await enabled('orders-loud', { liveFrom: '2000-01-01T00:00:00.000Z' })).toBe('2000-01-01T00:00:00.000Z');
    expect(await enabled('orders-new', { start: 'NOW' })).toBeNull();
  });

  it('say everything that is wrong at once, and change nothing', async () => {
    const { flow, userErrors } = await change(create, 'flowCreate', {
      key: 'Bad Key',
      name: ' ',
      entityType: 'PRODUCT_VARIANT',
      sourceSystemId: 'sys_A',
      targetSystemId: 'sys_A',
      settings: { batchSize: 0, country: 'nl', articleNumbers: { mode: 'ALLOCATE', from: '007' } },
    });
    expect(flow).toBeNull();
    expect(userErrors.map(({ field }) => field.join('.')).sort()).toEqual([
      'input.entityType',
      'input.key',
      'input.name',
      'input.settings.articleNumbers.from',
      'input.settings.batchSize',
      'input.settings.country',
      'input.targetSystemId',
    ]);
    const [row] = await world.database.query('select count(*)::int as n from flow where key = $1', ['Bad Key']);
    expect(row).toEqual({ n: 0 });
  });

  it('start now although a form sends its other empty fields as null, and go on so until something else is said', async () => {
    const made = await change(create, 'flowCreate', {
      key: 'orders-now',
      name: 'Orders from now on',
      entityType: 'ORDER',
      sourceSystemId: 'sys_A',
      targetSystemId: 'sys_B',
      settings: { start: 'NOW', startFrom: null, liveFrom: null, batchSize: null },
    });
    expect(made).toMatchObject({ userErrors: [], flow: { settings: { start: 'NOW', startFrom: null } } });
    let { id, version } = made.flow!;
    const start = async (settings: object): Promise<unknown> => {
      const { flow, userErrors } = await change(update, 'flowUpdate', { id, expectedVersion: version, settings });
      expect(userErrors).toEqual([]);
      ({ id, version } = flow!);
      return [flow?.settings['start'], flow?.settings['startFrom']];
    };
    expect(await start({ startFrom: null })).toEqual(['NOW', null]);
    expect(await start({ startFrom: '2026-11-01T00:00:00Z' })).toEqual(['BEGINNING', '2026-11-01T00:00:00.000Z']);
    expect(await start({ startFrom: null })).toEqual(['BEGINNING', null]);
    expect(await start({ start: 'NOW', startFrom: null })).toEqual(['NOW', null]);
    expect(await start({ start: 'BEGINNING', startFrom: null })).toEqual(['BEGINNING', null]);
  });

  it('refuse what would do nothing, or fail later, and say what is accepted', async () => {
    const settings = {
      ownedFields: ['status', 'customer.email', 'emial', 'product.name'],
      order: { types: [], documentType: 'INVOICE' },
    };
    const input = { key: 'orders-odd', name: 'Odd', entityType: 'ORDER', sourceSystemId: 'sys_A', targetSystemId: 'sys_B' };
    const refused = await change(create, 'flowCreate', { ...input, settings });
    const expected = [
      { field: ['input', 'settings', 'order', 'types'], message: 'Name at least one of ORDER, INVOICE, CREDIT_NOTE, or null for ORDER.' },
      { field: ['input', 'settings', 'ownedFields'], message: expect.stringMatching(/no field emial, product.name in .* it has type, number, reference/) },
      { field: ['input', 'settings', 'order', 'documentType'], message: 'Softmaat does not take invoices; it takes orders.' },
    ];
    expect(refused).toMatchObject({ flow: null, userErrors: expected });
    const made = await change(create, 'flowCreate', { ...input, settings: { ownedFields: ['status', 'customer.email'] } });
    expect(made.userErrors).toEqual([]);
    const { id, version } = made.flow!;
    const credit = { order: { documentType: 'CREDIT_NOTE' } };
    const changed = await change(update, 'flowUpdate', { id, expectedVersion: version, settings: credit });
    expect(changed).toMatchObject({
      flow: null,
      userErrors: [{ code: 'INVALID', field: ['input', 'settings', 'order', 'documentType'] }],
    });
  }); // prettier-ignore

  it('are not made by those who may only read', async () => {
    const { body } = await world.ask(
      'mutation { apiKeyCreate(input: { name: "r", scopes: [READ_OPERATIONS] }) { secret } }',
    );
    const { secret } = (body.data as { apiKeyCreate: { secret: string } }).apiKeyCreate;
    const refused = await world.ask(
      create,
      { input: { key: 'x', name: 'x', entityType: 'PRODUCT', sourceSystemId: 'sys_A', targetSystemId: 'sys_B' } },
      secret,
    );
    expect(refused.body.errors?.[0]?.extensions?.['code']).toBe('FORBIDDEN');
  });
});
