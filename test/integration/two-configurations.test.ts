/** Processes that have not heard yet of a configuration that another one has published. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { announceConfiguration } from '../../src/store/configuration.js';
import { until } from '../support/wait.js';
import { openWorld, type World } from './projector-world.js';
import { makeScriptedTarget, type ScriptedTarget } from './scripted-target.js';

let target: ScriptedTarget;
let world: World;
beforeEach(async () => {
  target = makeScriptedTarget();
  world = await openWorld(target);
});
afterEach(() => world.close());

const nameFrom = (source: string): string =>
  `update mapping_version set definition = jsonb_set(definition, '{rules,1,source}', '"${source}"') where mapping = 'shop-variant-out'`;

describe('a process that has not heard of a new mapping', () => {
  it('writes nothing by the old one, but takes the new one over first', async () => {
    const projector = world.projector();
    // It hears nothing from now on.
    await world.configuration.stop();
    await world.database.tx(async (tx) => {
      await tx.query(nameFrom('sku'));
      await announceConfiguration(tx);
    });
    await world.put('variant', 'v1', { product_id: 'p', sku: 'S1', name: 'One', price_amount: '1' });
    await world.look();
    expect(await projector.run(new AbortController().signal)).toBe('more');
    expect(target.ledger).toEqual([]);
    await world.settle(projector);
    expect((await world.row('variant', 'v1'))?.held).toMatchObject({ sku: 'S1', name: 'S1' });
    expect(target.ledger).toHaveLength(1);
  });

  it('goes on by the old one when the new one cannot be used', async () => {
    const projector = world.projector();
    await world.configuration.stop();
    await world.database.tx(async (tx) => {
      await tx.query(nameFrom('nothing'));
      await announceConfiguration(tx);
    });
    await world.put('variant', 'v1', { product_id: 'p', sku: 'S1', name: 'One', price_amount: '1' });
    await world.look();
    await projector.run(new AbortController().signal);
    await world.settle(projector);
    expect((await world.row('variant', 'v1'))?.held).toMatchObject({ sku: 'S1', name: 'One' });
  });

  it('finds out by itself within moments when no notification reaches it', async () => {
    await world.database.tx(async (tx) => {
      await tx.query(`update flow set state = 'PAUSED' where key = 'stock-to-shop'`);
      await tx.query('insert into configuration_change default values');
    });
    const isEnabled = () => world.configuration.current().flows.find(({ key }) => key === 'stock-to-shop')?.isEnabled;
    await until(() => isEnabled() === false, { timeoutMs: 10_000, what: 'the change to be noticed' });
  });
});
