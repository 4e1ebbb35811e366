/** Changes that wait in the log while nobody takes them in: told after five minutes, by whichever process is asked, and nothing else is taken for it. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { said } from '../../src/base/sentences/say.js';
import { makeChecks } from '../../src/compose/checks.js';
import type { Ground } from '../../src/compose/ground.js';
import { readProgress } from '../../src/store/flow-progress.js';
import { readStandingIngest } from '../../src/store/log-heads.js';
import { stopPartition } from '../../src/store/positions.js';
import { shownSyncState } from '../../src/store/shown-flows.js';
import { openHub, product, type Hub } from './ingest-world.js';

let hub: Hub;
beforeEach(async () => {
  hub = await openHub();
  await hub.database.query(`insert into system (id, key, connector, name) values ('sys_t', 'till', 'test', 'Till')`);
  await hub.database.query(
    `insert into flow (id, key, name, entity, source, target, settings, poll_every_ms, state)
     values ('flw_t', 'f', 'F', 'product', 'till', 'till', '{}', 1000, 'ENABLED')`,
  );
});
afterEach(() => hub.close());

const show = (id: string): Promise<unknown> => hub.show('products', [{ id, document: product(`P${id}`, [id]) }]);
/** As if all of it had been so for this long. */
async function letPass(minutes: number): Promise<void> {
  for (const change of ['consumer_position set moved_at = moved_at', 'log_entry set at = at'])
    await hub.database.query(`update ${change} - $1 * interval '1 minute'`, [minutes]);
}
const standing = async (): Promise<readonly string[]> =>
  (await readStandingIngest(hub.database)).map(({ system, ms }) => `${system} ${Math.floor(ms / 60_000)} min`);
async function failingBecause(): Promise<string | null> {
  const read = { flow: 'f', system: 'till', stream: 'products', records: ['product'], own: true };
  const [progress] = await readProgress(hub.database, [read]);
  return shownSyncState({} as never, progress!, 'POLL').failingBecause;
}

describe('ingest stands still', () => {
  it('when nothing is taken in of what has been in the log for five minutes, whether it never began or ended', async () => {
    await show('1');
    expect(await standing()).toEqual([]);
    await letPass(6);
    expect(await standing()).toEqual(['till 6 min']);
    await hub.settle();
    expect(await standing()).toEqual([]);
    // It has not moved for an hour because there was nothing.
    await letPass(60);
    await show('1');
    expect(await standing()).toEqual([]);
    await letPass(7);
    expect(await standing()).toEqual(['till 7 min']);
    await hub.settle();
    expect(await standing()).toEqual([]);
  });

  it('not while a long backlog is worked off, however old it is', async () => {
    for (const n of [1, 2, 3]) await hub.show('products', [{ id: '1', document: product(`P${n}`, ['1']) }]);
    await letPass(60);
    const worker = hub.worker({ batchSize: 1 });
    while ((await hub.database.query('select from product')).length === 0)
      await worker.run(new AbortController().signal);
    const [left] = await hub.database.query<{ n: string }>(
      `select sum(p.next_offset - c.next_offset) as n from log_partition p join consumer_position c using (topic, partition) where topic = 'changes.till'`,
    );
    expect(Number(left?.n)).toBeGreaterThan(0);
    expect(await standing()).toEqual([]);
    await letPass(6);
    expect(await standing()).toEqual(['till 6 min']);
  });

  it('not where a partition waits for a person, nor in what was a system once', async () => {
    await show('1');
    await hub.settle();
    await show('1');
    await letPass(6);
    expect(await standing()).toHaveLength(1);
    for (let partition = 0; partition < 8; partition++)
      await stopPartition(hub.database, 'ingest', 'changes.till', partition, { code: 'LOG_SHORTENED', message: 'lost', record: null }); // prettier-ignore
    expect(await standing()).toEqual([]);
    await hub.database.query('update consumer_position set stopped_code = null');
    expect(await standing()).toHaveLength(1);
    await hub.database.query('delete from flow');
    await hub.database.query('delete from system');
    expect(await standing()).toEqual([]);
  });

  it('and says so in the state of its flows that are not paused, and as a warning of every process', async () => {
    await show('1');
    await letPass(6);
    const sentence =
      /^Changes of Till have waited since \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ, and nothing is taken in: no process with the role ingest runs, or it fails at every try\.$/;
    const told = await failingBecause();
    expect(told).toMatch(sentence);
    expect(said('nl', told ?? '')).toMatch(/^Wijzigingen van Till wachten sinds /);
    expect(said('fr', told ?? '')).toMatch(/^Des modifications de Till attendent depuis le /);
    await hub.database.query(`update flow set state = 'PAUSED'`);
    expect(await failingBecause()).toBeNull();

    const base = { clock: { now: () => new Date() }, watchdog: { late: () => [] } };
    const checks = makeChecks({ base, config: {}, readDatabase: hub.database } as unknown as Ground);
    const ingest = async () => (await checks()).find(({ name }) => name === 'ingest');
    expect(await ingest()).toMatchObject({ status: 'WARN', message: expect.stringMatching(sentence) });
    await hub.settle();
    expect(await ingest()).toBeUndefined();
  });
});
