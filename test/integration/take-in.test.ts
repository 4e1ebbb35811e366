/** Few changes in each of many partitions: one transaction for all of them, and one partition that is lost loses nothing of the others. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { IngestWorker } from '../../src/cdc/ingest.js';
import { openHub, type Hub } from './ingest-world.js';

let hub: Hub;
beforeEach(async () => {
  hub = await openHub();
});
afterEach(() => hub.close());

const run = async (worker: IngestWorker): Promise<void> => {
  while ((await worker.run(new AbortController().signal)) === 'more');
};
const show = (edition: number): Promise<unknown> =>
  hub.show(
    'products',
    Array.from({ length: 24 }, (_, i) => ({ id: `p${i}`, document: { name: `${i} ${edition}`, code: `p${i}` } })),
  );
const positions = () =>
  hub.database.query<{ partition: number; xmin: string }>(
    `select partition, xmin::text from consumer_position where consumer = 'ingest' and next_offset > 0`,
  );
const stateOf = async (edition: number): Promise<number> =>
  (await hub.database.query('select from product where name like $1', [`% ${edition}`])).length;

describe('changes of several partitions', () => {
  it('are taken in by one transaction, which moves all their positions', async () => {
    await show(1);
    const worker = hub.worker();
    await run(worker);
    hub.reports.length = 0;
    await show(2);
    await run(worker);
    expect(await stateOf(2)).toBe(24);
    const moved = await positions();
    expect(moved.length).toBeGreaterThan(4);
    expect(new Set(moved.map(({ xmin }) => xmin)).size).toBe(1);
    expect(hub.reports).toHaveLength(1);
  });

  it('are given up together when another worker has moved one of the positions, and then taken in once', async () => {
    await show(1);
    const worker = hub.worker({ leaseMs: 60_000 });
    await run(worker);
    const [taken] = await positions();
    await hub.database.query(
      `update consumer_position set epoch = epoch + 1, owner = 'another', lease_until = now() + interval '1 hour' where partition = $1`,
      [taken?.partition],
    );
    await show(2);
    await worker.run(new AbortController().signal);
    expect(await stateOf(2)).toBe(0);
    await run(worker);
    const others = await stateOf(2);
    expect(others).toBeGreaterThan(0);
    expect(others).toBeLessThan(24);
    await hub.database.query(`update consumer_position set lease_until = now() where owner = 'another'`);
    await run(hub.worker());
    expect(await stateOf(2)).toBe(24);
    const versions = await hub.database.query('select distinct version from product');
    expect(versions).toEqual([{ version: 2 }]);
  });
});
