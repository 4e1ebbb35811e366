/** Each class of failure does what its class says: one record is parked, an outage parks nothing, a dead worker doubles nothing. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { KoppelError } from '../../src/base/errors.js';
import { makeFailpoint, type FailpointName } from '../../src/base/failpoint.js';
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
const signal = new AbortController().signal;
const lost = new KoppelError('SYSTEM_TIMEOUT', { system: 'Shop', operation: 'write', ms: 1 });

describe('a failure', () => {
  it('of the data parks that record alone, until a change of it goes through', async () => {
    target.answer = (request) => (request.document['name'] === 'bad' ? 'refused' : 'written');
    await variant('v1', { name: 'bad' });
    await variant('v2');
    await variant('v3', { name: 'n'.repeat(41) });
    await world.settle();
    expect(await world.row('variant', 'v1')).toMatchObject({ state: 'parked', reason_code: 'RECORD_REFUSED' });
    expect(await world.row('variant', 'v2')).toMatchObject({ state: 'in_sync' });
    expect(await world.row('variant', 'v3')).toMatchObject({ state: 'parked', reason_code: 'MAPPING_FAILED' });
    await variant('v1', { name: 'good' });
    await variant('v3', { name: 'short' });
    await world.settle();
    const problems = await world.database.query('select record_key, status from parked order by record_key');
    expect(problems).toEqual([
      { record_key: 'variant:v1', status: 'RESOLVED' },
      { record_key: 'variant:v3', status: 'RESOLVED' },
    ]);
  });

  it('of a part of the data parks the record with what the target has taken of the rest', async () => {
    await variant('v1');
    await world.settle();
    target.answer = () => 'partly';
    await variant('v1', { name: 'new', price_amount: '12' });
    const shown: unknown[] = [];
    await world.settle(world.projector({ shown: (writes) => shown.push(...writes.map(({ document }) => document)) }));
    expect(await world.row('variant', 'v1')).toMatchObject({
      state: 'parked',
      reason_code: 'RECORD_REFUSED',
      held: { name: 'new', price: { amount: '10.00' } },
    });
    expect(shown).toMatchObject([{ name: 'new' }]);
    const [problem] = await world.database.query(`select payload -> 'held' ->> 'name' as name from parked`);
    expect(problem).toEqual({ name: 'new' });
    target.answer = () => 'written';
    await variant('v1', { name: 'new', price_amount: '13' });
    await world.settle();
    expect(target.ledger).toEqual(['create variant v1', 'update variant v1 name', 'update variant v1 price']);
    expect(await world.row('variant', 'v1')).toMatchObject({ state: 'in_sync' });
  });

  it('that asks to be left alone for years is over after a quarter of an hour, as people see', async () => {
    const waits = async (): Promise<unknown> =>
      (await world.database.query(
        `select state, reason_code as code, round(extract(epoch from next_at - now()) / 60)::int as minutes from projection`,
      ))[0]; // prettier-ignore
    for (const code of ['RATE_LIMITED', 'SYSTEM_FAULT'] as const) {
      const values = { system: 'Shop', operation: 'write', what: 'HTTP 503' };
      const error = new KoppelError(code, values, { retryAfterMs: 999_999_999_000 });
      const { write, find } = target.target;
      target.target.write = (_, requests) => Promise.resolve(requests.map(() => ({ type: 'failed', error })));
      await variant('v1', { name: code });
      await world.settle();
      expect(await waits()).toEqual({ state: 'retrying', code, minutes: 15 });
      target.target.write = (_, requests) => Promise.resolve(requests.map(() => ({ type: 'unknown', error: lost })));
      target.target.find = () => Promise.reject(error);
      for (let round = 0; round < 2; round++) {
        await world.passTime();
        await world.settle();
      }
      expect(await waits()).toEqual({ state: 'in_doubt', code, minutes: 15 });
      Object.assign(target.target, { write, find });
      await world.passTime();
      await world.settle();
      expect(await world.states()).toEqual({ in_sync: 1 });
    }
  });

  it('of the environment parks nothing, costs few calls, and everything arrives afterwards', async () => {
    let isDown = true;
    target.answer = () => (isDown ? 'unreachable' : 'written');
    for (let i = 0; i < 60; i++) await variant(`v${i}`);
    const projector = world.projector();
    for (let i = 0; i < 20; i++) {
      await world.passTime();
      await world.settle(projector);
    }
    expect(target.calls).toBeLessThan(10);
    expect(await world.database.query('select 1 from parked')).toEqual([]);
    const [system] = await world.database.query(`select status from system where key = 'shop'`);
    expect(system).toEqual({ status: 'UNREACHABLE' });
    isDown = false;
    await world.passTime();
    await world.settle();
    expect(await world.states()).toEqual({ in_sync: 60 });
    expect(new Set(target.ledger).size).toBe(60);
    expect(target.ledger).toHaveLength(60);
  });

  it('of the credentials stops all calls and says so', async () => {
    target.answer = () => 'unauthorised';
    for (let i = 0; i < 20; i++) await variant(`v${i}`);
    const projector = world.projector({ concurrency: 1 });
    await world.settle(projector);
    await world.passTime();
    await world.settle(projector);
    expect(target.calls).toBeLessThanOrEqual(3);
    const [system] = await world.database.query(`select status from system where key = 'shop'`);
    expect(system).toEqual({ status: 'CREDENTIALS_REJECTED' });
    expect(await world.database.query('select 1 from parked')).toEqual([]);
  });

  it('that should not happen is tried three times and then parked', async () => {
    target.answer = () => 'bug';
    await variant('v1');
    for (let i = 0; i < 5; i++) {
      await world.passTime();
      await world.settle();
    }
    expect(await world.row('variant', 'v1')).toMatchObject({ state: 'parked', attempt: 3 });
    expect(target.calls).toBe(3);
  });

  it('that other records may end is tried again for a while, and only then parked', async () => {
    let refusals = 2;
    target.answer = ({ document }) => (document['name'] === 'never' || refusals-- > 0 ? 'refusedNow' : 'written');
    const settleOn = async (): Promise<void> => {
      for (let i = 0; i < 8; i++) {
        await world.settle();
        await world.passTime();
      }
    };
    await variant('v1');
    await world.settle();
    expect(await world.row('variant', 'v1')).toMatchObject({ state: 'retrying', reason_code: 'RECORD_REFUSED' });
    expect(await world.database.query('select from parked')).toEqual([]);
    await settleOn();
    expect(await world.row('variant', 'v1')).toMatchObject({ state: 'in_sync' });
    await variant('v2', { name: 'never' });
    const before = target.calls;
    await settleOn();
    expect(await world.row('variant', 'v2')).toMatchObject({ state: 'parked', reason_code: 'RECORD_REFUSED' });
    expect(target.calls - before).toBe(6);
  });

  it('that is the same for everything stops the flow instead of filling the list of problems', async () => {
    target.answer = () => 'refused';
    for (let i = 0; i < 60; i++) await variant(`v${i}`);
    await world.settle();
    const states = await world.states();
    expect(states['parked']).toBeLessThanOrEqual(20);
    expect((states['held'] ?? 0) + (states['parked'] ?? 0)).toBe(60);
    const noted = await world.database.query(`select actor, action, detail ->> 'reason' as reason from audit`);
    expect(noted).toEqual([
      {
        actor: 'hub',
        action: 'flowSuspend',
        reason: expect.stringContaining('Too many records failed in the same way'),
      },
    ]);
    target.answer = () => 'written';
    await world.configuration.reload();
    await world.flows.resumeFlow('products-to-shop');
    await world.configuration.reload();
    await world.settle();
    expect((await world.states())['in_sync']).toBe(60 - (states['parked'] ?? 0));
  });

  it('at any kill point leads to one record all the same', async () => {
    for (const name of ['P0', 'P1', 'P2', 'P6', 'P7'] as const satisfies readonly FailpointName[]) {
      await variant(name);
      await world.look();
      const doomed = world.projector({ failpoint: makeFailpoint({ name, action: 'throw', nth: 1 }) });
      await expect(doomed.run(signal)).rejects.toMatchObject({ code: 'FAILPOINT' });
      await world.settle();
      await world.passTime();
      await world.settle();
      expect(await world.row('variant', name)).toMatchObject({ state: 'in_sync' });
    }
    expect(target.ledger.filter((line) => line.startsWith('create'))).toHaveLength(5);
    expect(new Set(target.ledger).size).toBe(target.ledger.length);
  });

  it('of a worker that comes back after its row was taken over changes nothing', async () => {
    await variant('v1');
    target.during = async () => {
      target.during = undefined;
      await world.passTime();
      await world.settle(world.projector());
    };
    await world.look();
    await world.projector().run(signal);
    expect(target.ledger).toEqual(['create variant v1']);
    expect(await world.row('variant', 'v1')).toMatchObject({ state: 'in_sync', external_id: 'x1' });
    expect((await world.steps('v1')).filter((step) => step === 'written created')).toHaveLength(1);
  });
});
