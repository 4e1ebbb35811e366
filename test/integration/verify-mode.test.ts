/** A flow that was not compared since a restore: what of it is planned, what is asked of the target, and that nothing is written. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { hubItself } from '../../src/store/audit.js';
import { keepNumbers, allocateNumbers } from '../../src/store/allocated-numbers.js';
import * as identity from '../../src/store/database-identity.js';
import { removeFlow } from '../../src/store/flow-removal.js';
import { flowActivity } from '../../src/store/flow-runs.js';
import * as heads from '../../src/store/log-heads.js';
import { finishCheck } from '../../src/store/restore-check-ends.js';
import * as checks from '../../src/store/restore-checks.js';
import { lookConsumer } from '../../src/sync/look.js';
import { makeRestoreChecks, noticeRestore } from '../../src/sync/restored.js';
import { openWorld, type World } from './projector-world.js';
import { makeScriptedTarget, type ScriptedTarget } from './scripted-target.js';

let target: ScriptedTarget;
let world: World;
beforeEach(async () => {
  target = makeScriptedTarget();
  world = await openWorld(target);
});
afterEach(() => world.close());

const variant = (id: string, name = `Name of ${id}`): Promise<void> =>
  world.put('variant', id, { product_id: 'p', sku: id, name, price_amount: '10' });
const beginning = { store: { ...checks, finishCheck }, heads, canonicalTopic: 'canonical' };
const forgotten = 1_000_000_000n;
const head = async (): Promise<bigint> => (await world.log.ends('canonical'))[0]!;
const begin = (): Promise<string> => world.database.tx((tx) => checks.beginCheck(tx, 'ASKED', hubItself));
const productFlow = (): string => world.configuration.current().flows.find(({ entity }) => entity === 'product')!.key;
const phase = async (restore: string, next: checks.Verifying): Promise<boolean> =>
  world.database.tx((tx) => checks.setPhase(tx, { restore, flow: productFlow() }, next));
const release = async (restore: string): Promise<boolean> =>
  world.database.tx((tx) => checks.openFlow(tx, { restore, flow: productFlow() }, { state: 'COMPARED', takenIn: 0, found: 0, held: 0 })); // prettier-ignore

describe('verify mode', () => {
  it('plans nothing and asks nothing while the systems are read', async () => {
    await variant('known');
    await world.settle();
    await begin();
    const [calls, ledger] = [target.calls, [...target.ledger]];
    await variant('known', 'Another name');
    await variant('new');
    await world.settle();
    expect(target.calls).toBe(calls);
    expect(target.ledger).toEqual(ledger);
    for (const id of ['known', 'new'])
      expect(await world.row('variant', id)).toMatchObject({ state: 'paused', reason_code: 'RESTORE_CHECK' });
  });

  it('then looks for what it would make: what is there is linked, all else rests', async () => {
    await variant('known');
    await world.settle();
    const restore = await begin();
    target.add('variant', { sku: 'forgotten', name: 'Name of forgotten', price: { amount: '10' } });
    await variant('known', 'Another name');
    await variant('forgotten');
    await variant('new');
    await world.settle();
    const ledger = [...target.ledger];
    await phase(restore, 'LOOKING');
    await world.settle();
    expect(target.ledger).toEqual(ledger);
    expect(await world.row('variant', 'forgotten')).toMatchObject({
      state: 'in_sync',
      external_id: expect.any(String),
    });
    expect(await world.row('variant', 'known')).toMatchObject({ state: 'paused', reason_code: 'RESTORE_CHECK' });
    expect(await world.row('variant', 'new')).toMatchObject({ state: 'paused', reason_code: 'RESTORE_ABSENT' });
    // A search is no write, and not told as one.
    expect(await world.steps('new')).not.toContain('intent create');

    expect(await release(restore)).toBe(true);
    await world.settle();
    expect(target.ledger.slice(ledger.length).sort()).toEqual(['create variant new', 'update variant known name']);
    expect(await world.states()).toEqual({ in_sync: 3 });
  });

  it('lets a write that was on its way be looked up, but not repeated', async () => {
    await variant('v');
    target.answer = () => 'dropped';
    await world.settle();
    expect(await world.row('variant', 'v')).toMatchObject({ state: 'in_doubt' });
    target.answer = () => 'written';
    await begin();
    await world.passTime();
    await world.settle();
    expect(target.ledger).toEqual([]);
    expect(await world.row('variant', 'v')).toMatchObject({ state: 'paused', reason_code: 'RESTORE_CHECK' });
  });

  it('ends for all flows when a person says so, once', async () => {
    await begin();
    await variant('v');
    await world.settle();
    const { skip } = makeRestoreChecks({ database: world.database, ...beginning, looked: () => undefined });
    expect((await skip()).flows).toContain(productFlow());
    await world.settle();
    expect(target.ledger).toEqual(['create variant v']);
    expect(await checks.openCheck(world.database)).toBeNull();
    await expect(skip()).rejects.toMatchObject({ code: 'RESTORE_CHECK_OVER' });
  });

  it('is one process’s work at a time, and a check that is begun anew takes it from whoever had it', async () => {
    const restore = await begin();
    const first = await checks.takeFlow(world.database, 'a', 60_000);
    expect(first).toMatchObject({ restore });
    expect(await checks.takeFlow(world.database, 'b', 60_000)).toBeUndefined();
    await begin();
    expect(await checks.takeFlow(world.database, 'b', 60_000)).toMatchObject({ flow: first!.flow });
    const had = { read: 1, leaseMs: 1_000 };
    expect(await checks.keepFlow(world.database, first!, 'a', had)).toBe(false);
    expect(await release(restore)).toBe(false);
  });
});

describe('a start', () => {
  const notice = () => noticeRestore(world.database, { identity, ...beginning }, hubItself);

  it('notes where the database is, and finds it there again', async () => {
    expect(await notice()).toBeNull();
    expect(await notice()).toBeNull();
    expect(await checks.openCheck(world.database)).toBeNull();
  });

  it('begins a check when it is elsewhere, and leaves out positions that were given before', async () => {
    await notice();
    await variant('v');
    await world.settle();
    const before = await head();
    await world.database.query(`update database_identity set relation = '1'`);
    expect(await notice()).toBe('DATABASE_COPIED');
    expect(await head()).toBe(before + forgotten);
    expect(await checks.openCheck(world.database)).toMatchObject({ done: 0 });
    await variant('v', 'Another name');
    // Who reads on at that moment loses its place, and finds it again.
    await world.look();
    await world.settle();
    expect(await world.row('variant', 'v')).toMatchObject({ state: 'paused' });
    const audit = await world.database.query(`select actor, detail from audit where action = 'restoreCheckStart'`);
    expect(audit).toEqual([{ actor: 'hub', detail: { cause: 'DATABASE_COPIED' } }]);
    expect(await notice()).toBeNull();
  });
});

describe('a restore that people tell of', () => {
  const start = (): Promise<string> =>
    makeRestoreChecks({ database: world.database, ...beginning, looked: () => undefined }).start(hubItself);

  it('leaves positions out as well, once for each check', async () => {
    await variant('v');
    const before = await head();
    const check = await start();
    expect(await start()).toBe(check);
    expect(await head()).toBe(before + forgotten);
  });

  it('is over for events that had not been looked at then once they have been', async () => {
    await world.look();
    await variant('v');
    await start();
    const moves = { flow: productFlow(), consumer: lookConsumer, topic: 'canonical', head: String(await head()), before: null }; // prettier-ignore
    expect(await checks.isMoving(world.database, moves)).toBe(true);
    const isBusy = async () => (await flowActivity(world.database)).some((flow) => flow.isBusy);
    expect(await isBusy()).toBe(true);
    await world.settle();
    expect(await checks.isMoving(world.database, moves)).toBe(false);
    expect(await isBusy()).toBe(false);
  });
});

describe('a check whose flows go out of use', () => {
  const done = { state: 'COMPARED', takenIn: 0, found: 0, held: 0 } as const;
  /** A check that waits for the flow of products alone. */
  async function waitsForOne(): Promise<string> {
    const restore = await begin();
    for (const { key } of world.configuration.current().flows.filter(({ key }) => key !== productFlow()))
      await world.database.tx((tx) => checks.openFlow(tx, { restore, flow: key }, done));
    expect(await checks.openCheck(world.database)).toMatchObject({ id: restore });
    return restore;
  }

  it('is over when the last of them is disabled, and goes on when that is taken into use again', async () => {
    const restore = await waitsForOne();
    const key = productFlow();
    await world.flows.disableFlow(key);
    expect(await checks.openCheck(world.database)).toBeNull();
    await world.flows.enableFlow(key);
    expect(await checks.flowsToCheck(world.database)).toEqual([{ restore, flow: key }]);
    const [row] = await world.database.query('select verifying, verifying_in from flow where key = $1', [key]);
    expect(row).toEqual({ verifying: 'READING', verifying_in: restore });
    // A later check has not counted it in while it was out of use.
    await world.flows.disableFlow(key);
    const later = await begin();
    await world.flows.enableFlow(key);
    expect(await checks.flowsToCheck(world.database)).toContainEqual({ restore: later, flow: key });
    await world.database.tx((tx) => checks.openFlow(tx, { restore: later, flow: key }, done));
    await world.flows.disableFlow(key);
    await world.flows.enableFlow(key);
    expect(await checks.flowsToCheck(world.database)).not.toContainEqual({ restore: later, flow: key });
  });

  it('is over when the last of them is deleted, and one that waits for nothing is ended by hand', async () => {
    const restore = await waitsForOne();
    await world.database.tx((tx) => removeFlow(tx, productFlow(), 'gone'));
    expect(await checks.openCheck(world.database)).toBeNull();
    await world.database.query('update restore_check set finished_at = null where id = $1', [restore]);
    const people = makeRestoreChecks({ database: world.database, ...beginning, looked: () => undefined });
    expect(await people.skip()).toEqual({ restore, flows: [] });
    await expect(people.skip()).rejects.toMatchObject({ code: 'RESTORE_CHECK_OVER' });
  });
});

describe('numbers that articles carry already', () => {
  it('are theirs, and given to nobody else', async () => {
    const given = await world.database.tx(async (tx) => {
      await keepNumbers(tx, 'shop', 'variant', [
        { canonicalId: 'a', number: '102' },
        { canonicalId: 'b', number: '102' },
      ]);
      return allocateNumbers(tx, 'shop', 'variant', ['c'], '100');
    });
    expect([...given]).toEqual([['c', '103']]);
    const rows = await world.database.query('select canonical_id from allocated_number order by 1');
    expect(rows).toEqual([{ canonical_id: 'a' }, { canonical_id: 'c' }]);
  });
});
