/** Configuration: installed once, taken over when it changes, kept when the new one cannot be used; and runs of flows. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { systemClock } from '../../src/base/clock.js';
import { silentLogger } from '../../src/base/logger.js';
import { flowFrom } from '../../src/cdc/sources.js';
import * as configurationStore from '../../src/store/configuration.js';
import * as mappingUse from '../../src/store/mapping-use.js';
import * as shipped from '../../src/store/shipped.js';
import { readProgress } from '../../src/store/flow-progress.js';
import * as runs from '../../src/store/flow-runs.js';
import { appendJournal } from '../../src/store/journal.js';
import * as holds from '../../src/store/write-holds.js';
import { installDefaults } from '../../src/sync/install.js';
import { reportRuns } from '../../src/sync/runs.js';
import { until } from '../support/wait.js';
import { openWorld, type World } from './projector-world.js';
import { makeScriptedTarget, shopConnector, tillConnector, type ScriptedTarget } from './scripted-target.js';

let target: ScriptedTarget;
let world: World;
beforeEach(async () => {
  target = makeScriptedTarget();
  world = await openWorld(target);
});
afterEach(() => world.close());

describe('the configuration', () => {
  it('holds the installed systems, flows, mappings and value lists', () => {
    const current = world.configuration.current();
    expect([...current.systems.keys()]).toEqual(['shop', 'till']);
    expect(current.flows.map((flow) => `${flow.key} ${flow.entity}`)).toEqual([
      'categories-to-shop category',
      'products-to-shop product',
      'stock-to-shop stock',
    ]);
    expect(current.outbound('shop', 'variant')).toMatchObject({ key: 'shop-variant-out', version: 1 });
    expect(current.outbound('till', 'variant')).toBeUndefined();
  });

  it('is installed once', async () => {
    const install = { database: world.database, store: configurationStore, shipped };
    const connectors = [tillConnector, shopConnector(target)];
    expect(await installDefaults(install, connectors)).toBe(0);
    const [list] = await world.database.query('select count(*)::int as versions from value_list_version');
    const lists = connectors.flatMap(({ defaultValueLists }) => defaultValueLists).length;
    // The sample has filled one of them, which made its second version.
    expect(list).toEqual({ versions: lists + 1 });
  });

  it('changes in every process that listens', async () => {
    let changes = 0;
    const stop = world.configuration.onChange(() => changes++);
    await world.flows.pauseFlow('stock-to-shop');
    await until(() => changes > 0, { what: 'the change to arrive' });
    stop();
    const flow = world.configuration.current().flows.find(({ key }) => key === 'stock-to-shop');
    expect(flow).toMatchObject({ isEnabled: false, isRead: false });
  });

  it('goes on reading for a flow that the hub has stopped, so that everything that waits behind it is seen', async () => {
    await world.database.query("update flow set state = 'SUSPENDED' where key = 'categories-to-shop'");
    await world.configuration.reload();
    const flow = world.configuration.current().flows.find(({ key }) => key === 'categories-to-shop');
    expect(flow).toMatchObject({ isEnabled: false, isRead: true });
    await world.flows.resumeFlow('categories-to-shop');
  });

  it('makes a system a source when its flow is enabled, not when it is made, and no longer once it has ended', async () => {
    const isSource = async (): Promise<boolean> => {
      await world.configuration.reload();
      return flowFrom(world.configuration.current(), 'shop', 'product') !== undefined;
    };
    const way = { source: 'shop', target: 'till', entity: 'product', pollEveryMs: 1_000 } as const;
    await world.flows.createFlow({ key: 'products-back', name: 'Products back', ...way, settings: {} });
    expect(await isSource()).toBe(false);
    await world.flows.enableFlow('products-back');
    expect(await isSource()).toBe(true);
    await world.flows.pauseFlow('products-back');
    expect(await isSource()).toBe(true);
    await world.flows.disableFlow('products-back');
    expect(await isSource()).toBe(false);
  });

  it('stays as it was, and says why, when the new one does not compile', async () => {
    const before = world.configuration.current();
    await world.database.query(
      `update mapping_version set definition = jsonb_set(definition, '{rules,0,source}', '"nothing"') where mapping = 'shop-variant-out'`,
    );
    await expect(world.configuration.reload()).rejects.toMatchObject({ code: 'CONFIGURATION_INVALID' });
    expect(world.configuration.current()).toBe(before);
    expect(world.configuration.problem()?.message).toContain(
      'shop-variant-out: rules.0 the field "nothing" does not exist',
    );
  });

  it('uses a mapping that people made where it is chosen only, and what nobody has chosen may be wrong', async () => {
    const shippedOne = world.configuration.current().outbound('shop', 'variant')!.compiled.definition;
    const make = (key: string, rules: typeof shippedOne.rules) =>
      world.database.tx((tx) =>
        mappingUse.createMapping(tx, { id: `map_${key}`, name: key, definition: { ...shippedOne, key, rules }, note: 'made', by: 'key_1' }),
      ); // prettier-ignore
    // Its key comes after that of the shipped one, which processes of the release before took for the last word.
    expect([await make('shop-variant-own', shippedOne.rules), await make('shop-variant-wrong', [])]).toEqual([
      true,
      true,
    ]);
    await world.configuration.reload();
    expect(world.configuration.current().outbound('shop', 'variant')).toMatchObject({ key: 'shop-variant-out' });
    const before = await world.database.query<{ key: string }>(
      `select m.key from mapping m join mapping_version v on v.mapping = m.key and v.version = m.published_version where m.entity = 'variant' and m.direction = 'outbound'`,
    );
    expect(before).toEqual([{ key: 'shop-variant-out' }]);
    const choose = async (key: string): Promise<void> => {
      await world.database.tx((tx) => mappingUse.chooseMapping(tx, 'shop', key));
      await world.configuration.reload();
    };
    await choose('shop-variant-own');
    expect(world.configuration.current().outbound('shop', 'variant')).toMatchObject({ key: 'shop-variant-own', version: 1 }); // prettier-ignore
    await expect(choose('shop-variant-wrong')).rejects.toMatchObject({ code: 'CONFIGURATION_INVALID' });
    await choose('shop-variant-out');
    expect(world.configuration.current().outbound('shop', 'variant')).toMatchObject({ key: 'shop-variant-out' });
    expect(await world.database.query('select 1 from mapping_choice')).toEqual([]);
  });

  it('keeps the connection of a system that has not changed, and closes the one of a system that has', async () => {
    const before = world.configuration.current().systems;
    await world.database.query(`update system set settings = '{"a": 1}' where key = 'till'`);
    await world.configuration.reload();
    const after = world.configuration.current().systems;
    expect(after.get('shop')?.system).toBe(before.get('shop')?.system);
    expect(after.get('till')?.system).not.toBe(before.get('till')?.system);
  });
});

describe('a run', () => {
  it('begins with the first thing to do and ends with one line when nothing is left', async () => {
    const lines: string[] = [];
    const deps = {
      database: world.database,
      runs,
      holds,
      clock: systemClock,
      logger: silentLogger,
      print: (line: string) => lines.push(line),
    };
    await reportRuns(deps);
    expect(await world.database.query('select 1 from flow_run')).toEqual([]);
    await world.put('variant', 'v1', { product_id: 'p', sku: 'v1', name: 'One', price_amount: '1' });
    await world.put('variant', 'v2', { product_id: 'p', sku: 'v2', name: 'n'.repeat(41) });
    await reportRuns(deps);
    await reportRuns(deps);
    expect(lines).toEqual([]);
    await world.settle();
    await reportRuns(deps);
    await reportRuns(deps);
    expect(lines.map((line) => line.replace(/\d+\.\d s/, 'n s'))).toEqual([
      'products-to-shop: 1 created, 1 parked (n s)',
    ]);
    const ended = await world.database.query('select flow, status, created, failed from flow_run');
    expect(ended).toEqual([{ flow: 'products-to-shop', status: 'PARTIAL', created: 1, failed: 1 }]);
  });

  it('is counted while it goes on, and a write of it is a success of the flow', async () => {
    const print = (): void => undefined;
    const deps = { database: world.database, runs, clock: systemClock, logger: silentLogger, holds, print };
    const later = (): Promise<unknown> =>
      world.database.query(`update flow_run set counted_at = counted_at - interval '5 seconds', started_at = started_at - interval '5 seconds'`); // prettier-ignore
    const shown = async (): Promise<unknown> => {
      const { 0: run } = await world.database.query(
        `select status, created, updated, unchanged, failed from flow_run where flow = 'products-to-shop'`,
      );
      return run;
    };
    await world.put('variant', 'v1', { product_id: 'p', sku: 'v1', name: 'One', price_amount: '1' });
    await world.put('variant', 'v2', { product_id: 'p', sku: 'v2', name: 'n'.repeat(41) });
    await reportRuns(deps);
    await world.settle();
    const [last] = await world.database.query<{ at: Date }>(`select max(at) as at from journal where step = 'written'`);
    // A run is counted every five seconds; on a slow machine they may be over.
    await world.database.query('update flow_run set counted_at = clock_timestamp()');
    // More is there that is not planned yet.
    await world.put('variant', 'v3', { product_id: 'p', sku: 'v3', name: 'Three', price_amount: '1' });
    await reportRuns(deps);
    expect(await shown()).toMatchObject({ status: 'RUNNING', created: 0 });
    for (let look = 0; look < 2; look++) {
      await later();
      await reportRuns(deps);
      expect(await shown()).toEqual({ status: 'RUNNING', created: 1, updated: 0, unchanged: 0, failed: 1 });
    }
    const progress = async () => (await readProgress(world.database, [])).find(({ flowKey }) => flowKey === 'products-to-shop'); // prettier-ignore
    expect((await progress())?.lastSuccessAt).toEqual(last!.at);
    await world.database.tx((tx) => appendJournal(tx, [{ traceId: 'trc_1', step: 'echo', outcome: 'seen', flow: 'products-to-shop' }])); // prettier-ignore
    await world.settle();
    await reportRuns(deps);
    expect(await shown()).toEqual({ status: 'PARTIAL', created: 2, updated: 0, unchanged: 1, failed: 1 });
  });

  it('has failed when none of its records came through, and tries are counted while they go on', async () => {
    const print = (): void => undefined;
    const deps = { database: world.database, runs, clock: systemClock, logger: silentLogger, holds, print };
    await world.put('variant', 'v2', { product_id: 'p', sku: 'v2', name: 'n'.repeat(41) });
    await reportRuns(deps);
    await world.settle();
    await reportRuns(deps);
    expect(await world.database.query('select status, created, failed from flow_run')).toEqual([{ status: 'FAILED', created: 0, failed: 1 }]); // prettier-ignore
    const progress = async () => (await readProgress(world.database, [])).find(({ flowKey }) => flowKey === 'products-to-shop'); // prettier-ignore
    expect(await progress()).toMatchObject({ consecutiveFailures: 0, lastSuccessAt: null });
    await world.database.query(`update projection set state = 'retrying', attempt = 3`);
    expect(await progress()).toMatchObject({ consecutiveFailures: 3 });
  });

  it('that was over before anybody looked is told all the same, once', async () => {
    const lines: string[] = [];
    const print = (line: string): number => lines.push(line);
    const deps = { database: world.database, runs, clock: systemClock, logger: silentLogger, holds, print };
    await world.put('variant', 'v1', { product_id: 'p', sku: 'v1', name: 'One', price_amount: '1' });
    await world.settle();
    // A busy machine looks late.
    await world.database.query(`update journal set at = at - interval '20 seconds'`);
    for (let look = 0; look < 4; look++) await reportRuns(deps);
    expect(lines.map((line) => line.replace(/\d+\.\d s/, 'n s'))).toEqual(['products-to-shop: 1 created (n s)']);
  });

  it('that somebody asked for is recorded although there was nothing to do', async () => {
    const deps = {
      database: world.database,
      runs,
      clock: systemClock,
      logger: silentLogger,
      holds,
      print: () => undefined,
    };
    await world.flows.runFlowNow('products-to-shop');
    await reportRuns(deps);
    await reportRuns(deps);
    const ended = await world.database.query('select flow, trigger, status from flow_run');
    expect(ended).toEqual([{ flow: 'products-to-shop', trigger: 'MANUAL', status: 'SUCCEEDED' }]);
  });
});
