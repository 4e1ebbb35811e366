/**
 * The configuration of a running hub as a file: exported, changed in one row, planned, applied and exported again; and what
 * is refused without anything having changed.
 */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ownMappingsInTheFile } from '../support/own-mappings-in-file.js';
import { alertsInTheFile, type ImportResult as Result } from '../support/alerts-in-file.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import type { HubHandle } from '../support/processes.js';
import { flowsWith, openStage, type Stage } from '../support/stage.js';
import { until } from '../support/wait.js';

let database: TestDatabase;
let stage: Stage;
let hub: HubHandle;
beforeAll(async () => {
  database = await createTestDatabase();
  stage = await openStage({ databaseUrl: database.url, products: 5, pollMs: 1_000, flows: flowsWith(), guarded: true });
  hub = await stage.hub();
}, 120_000);
afterAll(async () => {
  await stage.close();
  await database.drop();
}, 60_000);

const exported = async (): Promise<string> =>
  (await hub.graphql<{ configExport: string }>('{ configExport }')).configExport;
async function send(input: object): Promise<Result> {
  const { configImport } = await hub.graphql<{ configImport: Result }>(
    `mutation ($input: ConfigImportInput!) { configImport(input: $input) {
       plan { planHash isApplied keptCount errors { code message field }
         changes { kind subjectType key changes { kind path before after } } }
       replayedCount backfilledCount userErrors { code message field } } }`,
    { input },
  );
  return configImport;
}
const apply = (document: string, planHash: string | null): Promise<Result> =>
  send({ document, isDryRun: false, planHash });
/** The VAT of Belgium in the shop's words. */
const row = /\{ from: "21", secondKey: BE, to: [^}]+ \}/;
const withRow = (file: string, to: string): string => {
  const at = file.indexOf('\n  softmaat-tax-code:');
  return file.slice(0, at) + file.slice(at).replace(row, `{ from: "21", secondKey: BE, to: ${to} }`);
};

describe('the configuration as a file', () => {
  it('is planned as exactly the row that was changed, applied, and exported as it was sent', async () => {
    const before = await exported();
    const edited = withRow(before, 'BE-HIGH-2');
    expect(edited).not.toBe(before);
    const { plan, userErrors } = await send({ document: edited });
    expect([userErrors, plan.errors, plan.isApplied]).toEqual([[], [], false]);
    expect(plan.changes).toEqual([
      {
        kind: 'CHANGED',
        subjectType: 'ValueMap',
        key: 'softmaat-tax-code',
        changes: [
          {
            kind: 'CHANGED',
            path: 'entries.21 BE',
            before: { from: '21', secondKey: 'BE', to: expect.not.stringMatching('BE-HIGH-2') },
            after: { from: '21', secondKey: 'BE', to: 'BE-HIGH-2' },
          },
        ],
      },
    ]);
    expect(await exported()).toBe(before);

    const applied = await apply(edited, plan.planHash);
    expect(applied.userErrors).toEqual([]);
    expect(applied.plan).toEqual({ ...plan, isApplied: true });
    expect(await exported()).toBe(edited);
    expect((await send({ document: edited })).plan.changes).toEqual([]);

    const [version] = await stage.ask(
      `select v.note, v.published_by is not null as "hasKey", v.version = l.published_version as "isInUse"
       from value_list_version v join value_list l on l.key = v.value_list where v.value_list = 'softmaat-tax-code' order by v.version desc`,
    );
    expect(version).toEqual({ note: 'configuration file', hasKey: true, isInUse: true });
    const [audit] = await stage.ask(`select actor, subject, detail from audit where action = 'configImport'`);
    expect(audit).toMatchObject({
      actor: expect.stringMatching(/^key_/),
      subject: plan.planHash,
      detail: { changed: ['CHANGED ValueMap softmaat-tax-code'] },
    });
  }, 60_000);

  it('is not applied without a plan, nor with one that something has overtaken', async () => {
    const before = await exported();
    const mine = withRow(before, 'MINE');
    const { plan } = await send({ document: mine });
    expect((await apply(mine, null)).userErrors).toMatchObject([{ code: 'BLANK' }]);
    expect((await apply(withRow(before, 'OTHER'), plan.planHash)).userErrors).toMatchObject([
      { code: 'VERSION_CONFLICT' },
    ]);

    const theirs = withRow(before, 'THEIRS');
    const both = await Promise.all([
      apply(theirs, (await send({ document: theirs })).plan.planHash),
      apply(mine, plan.planHash),
    ]);
    const refused = both.find(({ userErrors }) => userErrors.length > 0);
    expect(both.filter(({ plan: { isApplied } }) => isApplied)).toHaveLength(1);
    expect(refused?.userErrors).toMatchObject([
      { code: 'VERSION_CONFLICT', message: expect.stringContaining('has changed since') },
    ]);
    expect(refused?.plan.planHash).not.toBe(plan.planHash);
    expect([mine, theirs]).toContain(await exported());
  }, 60_000);

  it('is taken over as a whole or not at all, and every problem is said', async () => {
    const before = await exported();
    const wrong = withRow(before, 'NEVER')
      .replace('{ target: code, copy: code }', '{ target: code, copy: kode }')
      .replace(/(\n {2}softmaat:\n(?: {4}.*\n)*? {6}url: ).*/, '$1http://shop.example')
      .replace('\nflows:', '\n  third: { connector: softmaat, name: Third }\nflows:');
    const { plan } = await send({ document: wrong });
    expect(plan.planHash).toBeNull();
    const said = plan.errors.map(({ message }) => message).join('\n');
    expect(said).toMatch(/Line \d+: There is no system third here/);
    expect(said).toMatch(/Line \d+: .*https:\/\//);
    expect(said).toMatch(/Line \d+: rules\S+ \(code\): .*kode/);
    const { userErrors, plan: after } = await apply(wrong, 'anything');
    expect(userErrors).toMatchObject([{ code: 'INVALID', message: expect.stringContaining('third') }]);
    expect(after.isApplied).toBe(false);
    expect(await exported()).toBe(before);

    // What the connector would take, but without the secrets that were entered for the host before.
    const led = before.replace(/(\n {2}softmaat:\n(?: {4}.*\n)*? {6}url: ).*/, '$1https://shop.example/api/v1');
    const { plan: elsewhere } = await send({ document: led });
    expect(elsewhere.planHash).toBeNull();
    expect(elsewhere.errors.map(({ message }) => message)).toEqual([expect.stringMatching(/^Line \d+: Its address leads to another host/)]); // prettier-ignore

    const broken = await send({ document: 'koppel: 1\nvalueLists:\n  - x\n' });
    expect(broken.plan.errors).toMatchObject([
      { message: expect.stringMatching(/^Line 2: /), field: ['input', 'document', 'valueLists'] },
    ]);
  }, 60_000);

  it('says who owns fields, and gives them other owners', async () => {
    const input = { entityType: 'PRODUCT_VARIANT', owners: [{ path: 'priceAmount', policy: 'MANUAL' }] };
    await hub.graphql(
      'mutation ($input: FieldOwnersSaveInput!) { fieldOwnersSave(input: $input) { userErrors { code } } }',
      { input },
    );
    const before = await exported();
    expect(before).toContain('\nfieldOwners:\n  variant:\n    priceAmount: manual\nmappings:\n');
    const owners = '    gtin: lastWriter\n    name: { system: softmaat }\n    priceAmount: { system: mpluskassa }\n';
    const edited = before.replace('    priceAmount: manual\n', owners);
    const { plan } = await send({ document: edited });
    expect(plan.errors).toEqual([]);
    expect(plan.changes).toEqual([
      {
        kind: 'CHANGED',
        subjectType: 'FieldOwner',
        key: 'variant',
        changes: [
          { kind: 'ADDED', path: 'gtin', before: null, after: 'lastWriter' },
          { kind: 'ADDED', path: 'name', before: null, after: { system: 'softmaat' } },
          { kind: 'CHANGED', path: 'priceAmount', before: 'manual', after: { system: 'mpluskassa' } },
        ],
      },
    ]);
    expect(await exported()).toBe(before);
    expect((await apply(edited, plan.planHash)).userErrors).toEqual([]);
    expect(await exported()).toBe(edited);
    const owner = '{ path policy isOwn systems { key } }';
    const { fieldOwners } = await hub.graphql<{ fieldOwners: { isOwn: boolean }[] }>(
      `{ fieldOwners(entityType: PRODUCT_VARIANT) ${owner} }`,
    );
    const systems = (...keys: readonly string[]) => keys.map((key) => ({ key }));
    expect(fieldOwners.filter(({ isOwn }) => isOwn)).toEqual([
      { path: 'name', policy: 'SYSTEM', isOwn: true, systems: systems('softmaat') },
      { path: 'gtin', policy: 'LAST_WRITER', isOwn: true, systems: [] },
      { path: 'priceAmount', policy: 'SYSTEM', isOwn: true, systems: systems('mpluskassa') },
    ]);

    // A file that does not speak of owners changes none.
    const silent = edited.replace(/\nfieldOwners:[^]*?\nmappings:/, '\nmappings:');
    expect((await send({ document: silent })).plan.changes).toEqual([]);
    const wrong = edited.replace('gtin: lastWriter', 'sku: manual').replace('system: softmaat', 'system: moon');
    expect((await send({ document: wrong })).plan.errors.map(({ message }) => message.replace(/\d+/, 'n'))).toEqual([
      'Line n: The owner of variant.sku cannot be set.',
      'Line n: There is no system moon.',
    ]);
    const none = 'koppel: 1\nfieldOwners: { variant: { gtin: , name: , priceAmount: } }';
    const back = await send({ document: none });
    expect(back.plan.changes).toMatchObject([{ kind: 'REMOVED', key: 'variant' }]);
    expect((await apply(none, back.plan.planHash)).userErrors).toEqual([]);
    expect(await exported()).toContain('\nfieldOwners: {}\n');
  }, 60_000);

  it('says whom alerts tell of what and how often flows are compared, without the secrets of channels', () =>
    alertsInTheFile({ hub, stage, exported, send }), 60_000); // prettier-ignore

  it('says which mappings people made and which systems use them, and makes them again', () =>
    ownMappingsInTheFile({ hub, stage, exported, send }), 60_000); // prettier-ignore

  it('lets the records follow when it is asked to', async () => {
    expect(await stage.agreement(60_000)).toMatchObject({ lost: [], doubled: [] });
    const before = await exported();
    const at = before.indexOf('\n  softmaat-variant-out:');
    const louder = before.slice(at).replace('{ copy: product.name }', `{ expression: 'record.product.name + "!"' }`);
    const document = before.slice(0, at) + louder;
    const { plan } = await send({ document });
    expect(plan.changes).toMatchObject([{ key: 'softmaat-variant-out', changes: [{ path: 'rules.name' }] }]);
    const then = 'BACKFILL_CHANGED';
    const result = await send({ document, isDryRun: false, planHash: plan.planHash, then });
    expect(result.userErrors).toEqual([]);
    expect(result.backfilledCount).toBeGreaterThan(0);
    const louderNames = async (): Promise<boolean> =>
      (await stage.shop.records<{ name: string }>('products')).some(({ name }) => name.endsWith('!'));
    await until(async () => (await louderNames()) || undefined, { what: 'the new names', timeoutMs: 40_000 });
  }, 120_000);

  it('holds no secrets, and changes settings of flows and systems but neither secrets nor states', async () => {
    const before = await exported();
    expect(before).not.toMatch(/sandbox-secret|sandbox-token|state:|[a-z]{3}_[0-9A-Z]{26}/);
    const sealed = await stage.ask('select key, secrets from system order by key');
    await hub.graphql('mutation ($id: ID!) { flowPause(input: { id: $id }) { userErrors { code } } }', {
      id: (await stage.ask<{ id: string }>(`select id from flow where key = 'stock-to-softmaat'`))[0]!.id,
    });
    const file = `koppel: 1
systems: { softmaat: { name: Shop, settings: { timeoutMs: 12000 } } }
flows:
  stock-to-softmaat: { every: PT3S, settings: { stockCalculation: ON_HAND, order: { employee: "12" } } }
  categories-back: { name: Categories back, entity: category, source: softmaat, target: mpluskassa }
valueLists:
  colours: { name: Colours, kind: CUSTOM, entries: [ { from: red, to: rood } ] }
`;
    const { plan } = await send({ document: file });
    expect(plan.errors).toEqual([]);
    expect((await apply(file, plan.planHash)).userErrors).toEqual([]);
    const flows = await stage.ask(
      `select key, state, poll_every_ms as every, settings from flow where key in ('stock-to-softmaat', 'categories-back') order by key`,
    );
    expect(flows).toEqual([
      { key: 'categories-back', state: 'DRAFT', every: 5_000, settings: {} },
      {
        key: 'stock-to-softmaat',
        state: 'PAUSED',
        every: 3_000,
        settings: { stockCalculation: 'ON_HAND', order: { employee: '12' } },
      },
    ]);
    expect(await stage.ask('select key, secrets from system order by key')).toEqual(sealed);
    const after = await exported();
    expect(after).toContain('name: Shop');
    expect(after).toContain('- { from: red, to: rood }');

    // Settings, flow and list are as they were before; the new flow stays, a file does not end one.
    const back = (await send({ document: before, prune: true })).plan;
    expect(back.errors).toEqual([]);
    const undone = await send({ document: before, prune: true, isDryRun: false, planHash: back.planHash });
    expect(undone.userErrors).toEqual([]);
    const left = (await exported()).replace(/\n {2}categories-back:\n(?: {4}.*\n)*/, '\n');
    expect(left).toBe(before);
    await until(async () => (await hub.isReady()) || undefined, { what: 'the hub to be ready', timeoutMs: 10_000 });
  }, 60_000);
});
