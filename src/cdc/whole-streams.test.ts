/** Reading a whole system that asks to slow down. */
import { describe, expect, it } from '@jest/globals';
import { KoppelError } from '../base/errors.js';
import type { Clock } from '../base/clock.js';
import type { ConnectedSystem } from '../sync/configuration.js';
import type { Page, Stream } from '../systems/system.js';
import { readWhole } from './whole-streams.js';

const stream: Stream = { name: 'products', record: 'product', entity: 'product' };
const page = (id: string, position: string, more: boolean): Page => ({
  records: [{ externalId: id, version: 1n, document: { id } }],
  ...{ position, more, overlapFrom: 0n },
});
const slowDown = (ms: number) => new KoppelError('RATE_LIMITED', { system: 'Shop' }, { retryAfterMs: ms });

async function read(answers: readonly (Page | Error)[], still: () => void = () => undefined) {
  const left = [...answers];
  const asked: (string | null)[] = [];
  const rests: number[] = [];
  let [rested, asks] = [0, 0];
  const clock: Clock = {
    now: () => new Date(0),
    monotonic: () => 0,
    sleep: (ms) => {
      rests.push(ms);
      rested += ms;
      return Promise.resolve();
    },
  };
  const source = {
    read: (_: string, from: string | null) => {
      asked.push(from);
      const next = left.length > 1 ? left.shift()! : left[0]!;
      return next instanceof Error ? Promise.reject(next) : Promise.resolve(next);
    },
  };
  const connected = { key: 'shop', system: { source } } as unknown as ConnectedSystem;
  const ids: string[] = [];
  const options = { clock, limit: 10, signal: new AbortController().signal, still: () => Promise.resolve().then(() => (asks++, still())) }; // prettier-ignore
  const whole = async (): Promise<void> => {
    for await (const { changes } of readWhole(connected, [stream], options)) ids.push(...changes.map((change) => change.externalId)); // prettier-ignore
  };
  const failed = await whole().then(
    () => null,
    (thrown: unknown) => thrown,
  );
  return { ids, asked, rests, rested, asks, failed };
}

describe('a system that is read as a whole', () => {
  it('is asked for the same page again when it asks to slow down, after as long as it was asked to wait', async () => {
    const found = await read([page('a', '1', true), slowDown(700), slowDown(300), page('b', '2', false)]);
    expect(found).toMatchObject({ ids: ['a', 'b'], asked: [null, '1', '1', '1'], rests: [700, 300], failed: null });
  });

  it('is asked again after a quarter of an hour when it asks for longer', async () => {
    const found = await read([slowDown(3_000_000_000), page('a', '1', false)]);
    expect(found).toMatchObject({ ids: ['a'], rested: 900_000, asks: 900 });
  });

  it('is waited for no longer when whoever reads it should not go on', async () => {
    let left = 3;
    const found = await read([slowDown(600_000), page('a', '1', false)], () => {
      if (left-- === 0) throw new Error('cancelled');
    });
    expect(found).toMatchObject({ ids: [], rested: 3_000, failed: expect.objectContaining({ message: 'cancelled' }) });
  });

  it('is given up when it never lets go on, and at once when something else is wrong', async () => {
    const never = await read([page('a', '1', true), slowDown(10)]);
    expect(never.failed).toMatchObject({ code: 'RATE_LIMITED' });
    expect(never.rests).toHaveLength(60);
    const broken = await read([page('a', '1', true), new Error('broken')]);
    expect(broken).toMatchObject({ ids: ['a'], rests: [], failed: expect.objectContaining({ message: 'broken' }) });
  });
});
