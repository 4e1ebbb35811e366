/** What people do with flows: pausing, ending, enabling late, and what of it is left for later. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { lookAgain } from '../../src/store/projection-looks.js';
import { openWorld, type World } from './projector-world.js';
import { makeScriptedTarget, type ScriptedTarget } from './scripted-target.js';

let target: ScriptedTarget;
let world: World;
beforeEach(async () => {
  target = makeScriptedTarget();
  world = await openWorld(target);
});
afterEach(() => world.close());

const variant = (id: string, fields = {}): Promise<void> =>
  world.put('variant', id, { product_id: 'p', sku: id, name: `Name of ${id}`, price_amount: '10', ...fields });

describe('a flow', () => {
  it('that is paused sends nothing and goes on with the newest state when it is resumed', async () => {
    await world.flows.pauseFlow('products-to-shop');
    await variant('v1');
    await world.settle();
    expect(await world.row('variant', 'v1')).toMatchObject({ state: 'paused', reason: 'Somebody paused the flow.' });
    await variant('v1', { name: 'Newest' });
    await world.settle();
    expect(target.calls).toBe(0);
    await world.flows.resumeFlow('products-to-shop');
    await world.settle();
    expect(target.ledger).toEqual(['create variant v1']);
    expect(target.record('variant', 'v1')?.document['name']).toBe('Newest');
  });

  it.each(['PAUSED', 'SUSPENDED'])(
    'that is %s sends what was published or set meanwhile once it goes on',
    async (state) => {
      await variant('v1');
      await variant('v2');
      await world.settle();
      const key = 'products-to-shop';
      const stop = () =>
        world.database.query(`update flow set state = $1, state_reason = 'x' where key = $2`, [state, key]);
      // As if rules had changed: the same record comes out differently, and nothing tells of the record itself.
      const publish = (name: string) => world.database.query('update variant set name = $1', [name]);
      await stop();
      await publish('Published');
      expect(await world.database.tx((tx) => lookAgain(tx, 'shop', 'variant', 'trc_1'))).toBe(2);
      await world.settle();
      expect(target.ledger).toEqual(['create variant v1', 'create variant v2']);
      await world.flows.resumeFlow(key);
      await world.settle();
      expect(target.ledger.slice(2)).toEqual(['update variant v1 name', 'update variant v2 name']);

      await stop();
      await publish('Set');
      const [flow] = await world.database.query<{ version: number }>('select version from flow where key = $1', [key]);
      const change = { expectedVersion: flow!.version, name: 'Other', pollEveryMs: null, settings: {} };
      await world.flows.updateFlow(key, change);
      await world.settle();
      await world.flows.resumeFlow(key);
      await world.settle();
      expect(target.ledger.slice(4)).toEqual(['update variant v1 name', 'update variant v2 name']);
      expect(await world.states()).toEqual({ in_sync: 2 });
    },
  );

  it('that is paused looks at nothing anew when it goes on and nothing was published', async () => {
    await variant('v1');
    await world.settle();
    await world.flows.pauseFlow('products-to-shop');
    await world.flows.resumeFlow('products-to-shop');
    expect(await world.states()).toEqual({ in_sync: 1 });
  });

  it('that is enabled late enrols the records that the hub holds already', async () => {
    await world.database.query(`update flow set state = 'DISABLED' where key = 'products-to-shop'`);
    await variant('v1');
    await world.settle();
    expect(await world.row('variant', 'v1')).toBeUndefined();
    expect(await world.flows.enableFlow('products-to-shop')).toBe(1);
    await world.configuration.reload();
    await world.settle();
    expect(target.ledger).toEqual(['create variant v1']);
  });

  it('that was ended while it was stopped goes on with everything that was held, once it is enabled again', async () => {
    await world.database.query(`update flow set state = 'SUSPENDED' where key = 'products-to-shop'`);
    await variant('v1');
    await world.settle();
    expect(await world.row('variant', 'v1')).toMatchObject({ state: 'held' });
    await world.flows.disableFlow('products-to-shop');
    await world.flows.enableFlow('products-to-shop');
    await world.settle();
    expect(target.ledger).toEqual(['create variant v1']);
    expect(await world.row('variant', 'v1')).toMatchObject({ state: 'in_sync' });
  });

  it('that does not create looks for the record and leaves it out when it is not there', async () => {
    await world.database.query(`update flow set settings = '{"createMissing": false}' where key = 'products-to-shop'`);
    await world.configuration.reload();
    target.add('variant', { sku: 'v1', name: 'Theirs' });
    await variant('v1');
    await variant('v2');
    await world.settle();
    expect(target.ledger).toEqual(['update variant v1 name,price']);
    expect(await world.row('variant', 'v2')).toMatchObject({ state: 'excluded' });
  });

  it('that is paused until a moment goes on by itself when that has come, and not before', async () => {
    const hour = 3_600_000;
    await world.flows.pauseFlow('products-to-shop', 'stocktaking', new Date(Date.now() + hour));
    await variant('v1');
    await world.settle();
    expect(await world.flows.endPauses()).toEqual([]);
    expect(await world.row('variant', 'v1')).toMatchObject({ state: 'paused', reason: 'stocktaking' });
    await world.database.query(
      `update flow set paused_until = paused_until - interval '1 hour' where paused_until is not null`,
    );
    // Several processes look after it; one of them does it.
    const ended = await Promise.all([world.flows.endPauses(), world.flows.endPauses()]);
    expect(ended.flat()).toEqual(['products-to-shop']);
    const noted = await world.database.query(
      `select actor, action, subject like 'flw_%' as is_flow, detail from audit`,
    );
    expect(noted).toEqual([
      {
        actor: 'hub',
        action: 'flowResume',
        is_flow: true,
        detail: { flow: 'products-to-shop', reason: 'Its pause is over.' },
      },
    ]);
    await world.settle();
    expect(target.ledger).toEqual(['create variant v1']);
    expect(await world.flows.endPauses()).toEqual([]);
  });

  it('tells with a write what was asked for before: the same where only a publish made it due', async () => {
    await variant('v1', { name: 'A' });
    await world.settle();
    const asked: unknown[] = [];
    target.answer = (request) => {
      asked.push([request.asked?.['name'], request.document['name']]);
      return 'written';
    };
    await world.database.query(`update variant set name = 'B'`);
    await world.database.tx((tx) => lookAgain(tx, 'shop', 'variant', 'trc_1'));
    await world.settle();
    await variant('v1', { name: 'C' });
    await world.settle();
    expect(asked).toEqual([
      ['B', 'B'],
      ['B', 'C'],
    ]);
  });

  it('that is paused anew ends its pause as was said last', async () => {
    await world.flows.pauseFlow('products-to-shop', null, new Date(Date.now() + 3_600_000));
    await world.flows.pauseFlow('products-to-shop', 'longer than we thought');
    const held = `select state, state_reason as reason, paused_until as until from flow where key = 'products-to-shop'`;
    expect(await world.database.query(held)).toEqual([
      { state: 'PAUSED', reason: 'longer than we thought', until: null },
    ]);
    await world.flows.resumeFlow('products-to-shop');
  });

  it('that is resumed earlier has no end of a pause left', async () => {
    await world.flows.pauseFlow('products-to-shop', null, new Date(Date.now() + 3_600_000));
    await world.flows.resumeFlow('products-to-shop');
    const left = `select key from flow where paused_until is not null`;
    expect(await world.database.query(left)).toEqual([]);
  });

  it('is not paused until a moment that is past', async () => {
    const past = world.flows.pauseFlow('products-to-shop', null, new Date(Date.now() - 1));
    await expect(past).rejects.toMatchObject({ code: 'PAUSE_OVER' });
    const state = `select state from flow where key = 'products-to-shop'`;
    expect(await world.database.query(state)).toEqual([{ state: 'ENABLED' }]);
  });

  it('that is not known cannot be told anything', async () => {
    await expect(world.flows.pauseFlow('nothing')).rejects.toMatchObject({ code: 'FLOW_UNKNOWN' });
  });
});
