/** Looks at what became of writes whose answer was lost: how many at once, and when none is made. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { KoppelError } from '../../src/base/errors.js';
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

describe('the looks at doubts', () => {
  const doubted = async (count: number): Promise<void> => {
    target.answer = () => 'lost';
    for (let i = 0; i < count; i++) await variant(`d${i}`);
    await world.settle();
    target.answer = () => 'written';
    await world.passTime();
    await world.look();
  };
  /** What happens at each look, before it is answered. */
  const atEachLook = (work: () => Promise<void> | undefined): void => {
    const find = target.target.find.bind(target.target);
    target.target.find = async (...asked) => {
      await work();
      return find(...asked);
    };
  };

  it('hold up no writes, and are nobody else’s for as long as a look can take', async () => {
    await doubted(1);
    let answer = (): void => undefined;
    const asked = new Promise<void>((resolve) => {
      atEachLook(() => {
        resolve();
        return new Promise<void>((answered) => (answer = answered));
      });
    });
    let writtenBefore = 0;
    let isAnswered = false;
    let written = (): void => undefined;
    const wrote = new Promise<void>((resolve) => (written = resolve));
    target.during = () => {
      if (!isAnswered) writtenBefore++;
      written();
      return Promise.resolve();
    };
    await variant('w1');
    await world.look();
    const running = world.projector().run(new AbortController().signal);
    await asked;
    const [row] = await world.database.query<{ ms: number }>(
      `select extract(epoch from next_at - now())::float8 * 1000 as ms from projection where canonical_id = 'd0'`,
    );
    expect(row?.ms).toBeGreaterThan(55_000);
    await wrote;
    isAnswered = true;
    answer();
    await running;
    expect(writtenBefore).toBe(1);
    await world.settle();
    expect(await world.states()).toEqual({ in_sync: 2 });
  });

  it('are few in one round, and the others come next', async () => {
    await doubted(9);
    let looks = 0;
    atEachLook(() => void looks++);
    const projector = world.projector({ concurrency: 2 });
    await projector.run(new AbortController().signal);
    expect(looks).toBe(4);
    for (let i = 0; i < 2; i++) {
      await world.passTime();
      await world.settle(projector);
    }
    expect(await world.states()).toEqual({ in_sync: 9 });
    expect(target.ledger).toHaveLength(9);
  });

  it('are left for later once the target asks to be left alone, until it may be asked again', async () => {
    await doubted(2);
    let looks = 0;
    const { find } = target.target;
    target.target.find = () => {
      looks++;
      return Promise.reject(new KoppelError('RATE_LIMITED', { system: 'Shop' }, { retryAfterMs: 600_000 }));
    };
    await world.projector({ concurrency: 1 }).run(new AbortController().signal);
    expect(looks).toBe(1);
    const resting = await world.database.query(
      `select reason_code as code from projection
       where state = 'in_doubt' and next_at between now() + interval '590 seconds' and now() + interval '600 seconds' order by 1`,
    );
    // The one that was not asked about is in doubt for the reason that it was before.
    expect(resting.map(({ code }) => code)).toEqual(['RATE_LIMITED', 'SYSTEM_TIMEOUT']);
    target.target.find = find;
    await world.passTime();
    await world.settle();
    expect(await world.states()).toEqual({ in_sync: 2 });
    expect(target.ledger).toHaveLength(2);
  });

  it('end when the hub stops, and what was not asked is due soon', async () => {
    await doubted(3);
    const stopping = new AbortController();
    let looks = 0;
    atEachLook(() => {
      looks++;
      stopping.abort();
      return undefined;
    });
    await world.projector({ concurrency: 1 }).run(stopping.signal);
    expect(looks).toBe(1);
    const soon = await world.database.query(
      `select 1 from projection where state = 'in_doubt' and next_at < now() + interval '5 seconds'`,
    );
    expect(soon).toHaveLength(2);
    await world.passTime();
    await world.settle();
    expect(await world.states()).toEqual({ in_sync: 3 });
    expect(target.ledger).toHaveLength(3);
  });
});
