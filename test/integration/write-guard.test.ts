/** The write guard: what would take something from many records waits for a person, whoever plans it; everything else goes on. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { systemClock } from '../../src/base/clock.js';
import { makeFailpoint } from '../../src/base/failpoint.js';
import { silentLogger } from '../../src/base/logger.js';
import * as runs from '../../src/store/flow-runs.js';
import { lookAgain } from '../../src/store/projection-looks.js';
import * as guard from '../../src/store/write-holds.js';
import { makeHeldRuns } from '../../src/sync/held-runs.js';
import { reportRuns } from '../../src/sync/runs.js';
import { openWorld, type World } from './projector-world.js';
import { makeScriptedTarget, type ScriptedTarget } from './scripted-target.js';

let target: ScriptedTarget;
let world: World;
beforeEach(async () => {
  target = makeScriptedTarget();
  world = await openWorld(target);
});
afterEach(() => world.close());

const variant = (id: string, price = '10', name = `Name of ${id}`): Promise<void> =>
  world.put('variant', id, { product_id: 'p', sku: id, name, price_amount: price });
const all = (count: number): readonly string[] => Array.from({ length: count }, (_, i) => `v${i}`);
const priced = async (ids: readonly string[], price: string): Promise<void> => {
  for (const id of ids) await variant(id, price);
};
const updates = (): readonly string[] => target.ledger.filter((line) => line.startsWith('update'));
const report = () =>
  reportRuns({ database: world.database, runs, holds: guard, clock: systemClock, logger: silentLogger, print: () => undefined }); // prettier-ignore
const hold = async () => {
  const [run] = await world.database.query<{ id: string; status: string }>(
    `select r.id, r.status from flow_run r join write_hold h on h.run = r.id order by h.held_at desc limit 1`,
  );
  return run === undefined ? undefined : { ...run, hold: (await guard.readHolds(world.database, [run.id]))[0]! };
};
const heldRuns = () => makeHeldRuns({ database: world.database, store: guard, released: () => undefined });
const end = async (isApproved: boolean) =>
  heldRuns().end((await hold())!.id, { isApproved, note: isApproved ? null : 'a mistake in the till' });

describe('the write guard', () => {
  it('lets the first load and as many harmful updates through as the flow may send', async () => {
    await priced(all(40), '10');
    await world.settle();
    await priced(all(20), '1000');
    await world.settle();
    expect(updates()).toHaveLength(20);
    expect(await hold()).toBeUndefined();
    expect(await world.states()).toEqual({ in_sync: 40 });
  });

  it('holds what is more, tells how many with samples, and goes on with everything else', async () => {
    await priced(all(40), '10');
    await world.settle();
    await priced(all(40), '1000');
    await variant('new');
    await world.settle(world.projector({ batchSize: 7 }));
    expect(updates().length).toBeLessThanOrEqual(20);
    const held = (await hold())!;
    expect(held.status).toBe('HELD');
    expect(held.hold).toMatchObject({ flow: 'products-to-shop', records: 20, percent: 5, counts: { HELD_REPRICED: 40 - updates().length } }); // prettier-ignore
    expect(held.hold.samples).toHaveLength(10);
    expect(held.hold.samples[0]).toMatchObject({
      harm: 'repriced',
      label: expect.stringMatching(/^v\d+$/),
      changes: [{ path: 'price.amount', item: null, before: '10.00', after: '1000' }],
    });
    expect(target.record('variant', 'new')).toBeDefined();
    const [heldId] = held.hold.samples.map(({ canonicalId }) => canonicalId);
    expect(await world.row('variant', heldId!)).toMatchObject({ state: 'held', reason_code: 'HELD_REPRICED' });
    expect((await world.steps(heldId!)).at(-1)).toBe('planned held');

    // Harmless changes of the flow, also of the same records' neighbours, go on; another harmful one is held at once.
    await variant('new', '11');
    await world.settle();
    expect(target.record('variant', 'new')?.document).toMatchObject({ price: { amount: '11.00' } });
    await variant('new', '9999');
    await world.settle();
    expect(await world.row('variant', 'new')).toMatchObject({ state: 'held' });
    expect((await hold())!.hold.counts).toEqual({ HELD_REPRICED: 41 - updates().filter((line) => !line.includes('new')).length }); // prettier-ignore
  });

  it('sends nothing of a round that alone is too much', async () => {
    await priced(all(30), '10');
    await world.settle();
    await priced(all(30), '0.10');
    await world.settle();
    expect(updates()).toEqual([]);
    expect(await world.states()).toEqual({ held: 30 });
  });

  it('sends the rest when it is released, through failures too, and does not count it', async () => {
    await priced(all(30), '10');
    await world.settle();
    await priced(all(30), '1000');
    await world.settle();
    target.answer = (_, __, n) => (n % 3 === 0 ? 'dropped' : 'written');
    expect(await end(true)).toEqual({ HELD_REPRICED: 30 });
    for (let i = 0; i < 15; i++) {
      await world.passTime();
      await world.settle();
    }
    expect(await world.states()).toEqual({ in_sync: 30 });
    expect(updates()).toHaveLength(30);
    target.answer = () => 'written';
    // Twenty more are let through: those that a person has seen are not counted.
    await priced(all(20), '10');
    await world.settle();
    expect(updates()).toHaveLength(50);
    await expect(end(true)).rejects.toMatchObject({ code: 'HOLD_OVER' });
  });

  it('leaves the target as it is when it is dropped, until a record changes', async () => {
    await priced(all(30), '10');
    await world.settle();
    await priced(all(30), '1000');
    await world.settle();
    await report();
    await report();
    expect((await hold())!.status).toBe('HELD');
    await end(false);
    await world.settle();
    expect((await hold())!).toMatchObject({ status: 'CANCELLED', hold: { ending: 'DROPPED', note: 'a mistake in the till', counts: { HELD_REPRICED: 30 } } }); // prettier-ignore
    expect(await world.row('variant', 'v1')).toMatchObject({ state: 'excluded', reason_code: 'DROPPED' });
    await variant('v1', '12');
    await world.settle();
    expect(updates()).toEqual(['update variant v1 price']);
  });

  it('ends by itself when the source takes the change back', async () => {
    await priced(all(30), '10');
    await world.settle();
    await priced(all(30), '1000');
    await world.settle();
    await report();
    await priced(all(30), '10');
    await world.settle();
    await report();
    await report();
    expect(await world.states()).toEqual({ in_sync: 30 });
    expect((await hold())!).toMatchObject({ status: 'SUCCEEDED', hold: { ending: 'GONE' } });
    expect(updates()).toEqual([]);
  });

  it('goes on holding after the flow was paused and resumed', async () => {
    await priced(all(30), '10');
    await world.settle();
    await priced(all(30), '1000');
    await world.settle();
    await world.flows.pauseFlow('products-to-shop');
    await world.flows.resumeFlow('products-to-shop');
    await world.settle();
    expect(updates()).toEqual([]);
    expect(await world.states()).toEqual({ held: 30 });
  });

  it('counts over all processes that share a flow', async () => {
    await priced(all(120), '10');
    await world.settle();
    await priced(all(120), '1000');
    await world.look();
    const signal = new AbortController().signal;
    const many = Array.from({ length: 6 }, () => world.projector({ batchSize: 9 }));
    for (let rounds = 0; rounds < 10; rounds++) await Promise.all(many.map((each) => each.run(signal)));
    expect(updates().length).toBeLessThanOrEqual(20);
    expect(await world.states()).toEqual({ held: 120 - updates().length, in_sync: updates().length });
    expect(await world.database.query('select 1 from write_hold')).toHaveLength(1);
  });

  it('forgets nothing and counts nothing twice when a process dies in between', async () => {
    await priced(all(60), '10');
    await world.settle();
    await priced(all(15), '1000');
    await world.look();
    const dying = world.projector({ failpoint: makeFailpoint({ name: 'P2', action: 'throw', nth: 1 }) });
    await expect(dying.run(new AbortController().signal)).rejects.toThrow();
    await world.passTime();
    await world.settle();
    expect(await hold()).toBeUndefined();
    await priced(all(15), '10');
    await world.settle();
    expect(await hold()).toBeUndefined();
    const before = updates().length;
    await priced(all(60), '1000');
    await world.settle(world.projector({ batchSize: 5 }));
    expect(updates().length - before).toBeLessThanOrEqual(20);
    expect((await world.states())['held']).toBeGreaterThanOrEqual(40);
  });

  it('costs no statement where nothing is harmful', async () => {
    await priced(all(5), '10');
    await world.settle();
    await priced(all(5), '11');
    await world.look();
    const asked: string[] = [];
    const { tx } = world.database;
    world.database.tx = (work, options) =>
      tx((inner) => work({ ...inner, query: (text, values, name) => (asked.push(name ?? text), inner.query(text, values, name)) }), options); // prettier-ignore
    await world.projector().run(new AbortController().signal);
    expect(asked.length).toBeGreaterThan(5);
    expect(asked.filter((name) => name.startsWith('guard'))).toEqual([]);
  });

  it('lets go what somebody has seen and published, once', async () => {
    await priced(all(30), '10');
    await world.settle();
    await world.database.query(`update variant set price_amount = 1000`);
    await world.database.tx((tx) => lookAgain(tx, 'shop', 'variant', 'trc_shown', true));
    await world.settle();
    expect(updates()).toHaveLength(30);
    await world.database.query(`update variant set price_amount = 10`);
    await world.database.tx((tx) => lookAgain(tx, 'shop', 'variant', 'trc_unshown'));
    await world.settle();
    expect(updates()).toHaveLength(30);
    expect(await world.states()).toEqual({ held: 30 });
  });

  it('goes on holding what it held when somebody publishes what was shown of everything else', async () => {
    await priced(all(60), '10');
    await world.settle();
    await priced(all(30), '1000');
    await world.settle();
    await world.database.query(
      `update projection set state = 'parked', reason_code = 'RECORD_REFUSED' where canonical_id = 'v31'`,
    );
    await world.database.query(`update variant set price_amount = 1000`);
    expect(await world.database.tx((tx) => lookAgain(tx, 'shop', 'variant', 'trc_shown', true))).toBe(60);
    await world.settle();
    expect(updates()).toHaveLength(29);
    expect(updates().filter((line) => /variant v(\d|1\d|2\d|31) /.test(line))).toEqual([]);
    expect(await world.states()).toEqual({ held: 31, in_sync: 29 });
  });

  it('asks when what somebody has seen is sent by a flow that was paused then', async () => {
    await priced(all(30), '10');
    await world.settle();
    await world.flows.pauseFlow('products-to-shop');
    await world.database.query(`update variant set price_amount = 1000`);
    await world.database.tx((tx) => lookAgain(tx, 'shop', 'variant', 'trc_shown', true));
    await world.flows.resumeFlow('products-to-shop');
    await world.settle();
    expect(updates()).toEqual([]);
    expect(await world.states()).toEqual({ held: 30 });
  });

  it('can be switched off for a flow, and its limits be set', async () => {
    await priced(all(30), '10');
    await world.settle();
    const set = (settings: object) =>
      world.database.query(`update flow set settings = $1 where key = 'products-to-shop'`, [JSON.stringify(settings)]);
    await set({ guard: { isOn: false } });
    await world.configuration.reload();
    await priced(all(30), '1000');
    await world.settle();
    expect(updates()).toHaveLength(30);
    await set({ guard: { records: 2, percent: 0, priceFactor: '1.5' } });
    await world.configuration.reload();
    await priced(all(3), '500');
    await world.settle();
    expect(await world.states()).toEqual({ held: 3, in_sync: 27 });
  });
});
