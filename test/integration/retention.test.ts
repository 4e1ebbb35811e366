/**
 * Nothing grows for ever, on a real database: each class goes when its time is over, whoever still needs an entry of the log keeps it, a
 * process that dies in the middle leaves the rest to the next, and writers go on beside it.
 */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { systemClock } from '../../src/base/clock.js';
import { noFailpoint } from '../../src/base/failpoint.js';
import { silentLogger } from '../../src/base/logger.js';
import { canonicalTopic, changesTopic } from '../../src/log/change-log.js';
import { appendJournal, ensureJournalPartitions } from '../../src/store/journal.js';
import { journalIsInUse } from '../../src/store/old-journal.js';
import { deleteOldEntries } from '../../src/store/old-log.js';
import * as positions from '../../src/store/positions.js';
import { relayOnce } from '../../src/sync/relay.js';
import { until } from '../support/wait.js';
import { openHub, product, type Hub } from './ingest-world.js';
import { age, countOf, oldDays, sweep } from './retention-world.js';

let hub: Hub;
beforeEach(async () => {
  hub = await openHub();
  await ensureJournalPartitions(hub.database, 1);
});
afterEach(() => hub.close());

const topic = changesTopic('till');
const inLog = (of: string): Promise<number> => countOf(hub.database, `log_entry where topic = '${of}'`);
/** The till shows one product so often, each time with another name. */
const rename = (from: number, to: number): Promise<unknown> =>
  hub.show('products', Array.from({ length: to - from }, (_, n) => ({ id: '1', document: product(`P${from + n}`, ['1']) }))); // prettier-ignore
const nameOf = async (): Promise<unknown> => (await hub.database.query('select name from product'))[0]?.['name'];
/** The consumer of canonical events has come so far. */
async function looked(to: 'end' | number, consumer = 'look'): Promise<void> {
  await positions.preparePositions(hub.database, consumer, canonicalTopic, 1);
  const [end = 0n] = await hub.log.ends(canonicalTopic);
  await hub.database.query('update consumer_position set next_offset = $2 where consumer = $1', [consumer, String(to === 'end' ? end : to)]); // prettier-ignore
}

describe('each class', () => {
  it('stays for its time and goes afterwards, the audit last; what tells how something stands now stays', async () => {
    await rename(0, 3);
    await hub.settle();
    await looked('end');
    const at = `now() - interval '1 hour'`;
    await hub.database.query(`insert into system (id, key, connector, name) select 'sys_' || k, k, 'test', k from unnest('{till,shop}'::text[]) k`); // prettier-ignore
    await hub.database.query(`insert into flow (id, key, name, entity, source, target) values ('flw_1', 'f', 'F', 'product', 'till', 'shop')`); // prettier-ignore
    await hub.database.query(`insert into flow_run (id, flow, trigger, status, started_at, finished_at) select 'run_' || s, case s when 'gone' then 'deleted' else 'f' end, 'MANUAL',
      case s when 'failed' then 'FAILED' else 'SUCCEEDED' end, ${at} + i * interval '1 minute', ${at} + i * interval '1 minute' from unnest('{old,well,failed,gone}'::text[]) with ordinality as u(s, i)`); // prettier-ignore
    await hub.database.query(`insert into flow_run (id, flow, trigger, status, started_at) values ('run_open', 'f', 'MANUAL', 'HELD', ${at})`); // prettier-ignore
    await hub.database.query(`insert into write_hold (flow, run, records, percent) values ('f', 'run_open', 1, 1)`);
    await hub.database.query(`insert into job (id, kind, status, input, created_by, finished_at) select 'job_' || k, 'IMPACT_ANALYSIS', case k when 'open' then 'QUEUED' else 'SUCCEEDED' end, '{}', 'usr_1',
      case k when 'open' then null else ${at} end from unnest('{done,open,compared,erased}'::text[]) k`); // prettier-ignore
    await hub.database.query(`insert into impact (job, target, entity, canonical_id, outcome, changes) select 'job_done', 'shop', 'product', i::text, 'WRITE', '{}' from generate_series(1, 2500) i`); // prettier-ignore
    await hub.database.query(`insert into comparison (id, job, flow, entity, source, target) values ('cmp_1', 'job_compared', 'f', 'product', 'till', 'shop')`); // prettier-ignore
    await hub.database.query(
      `insert into erasure (customer_id, reach, job) values ('cus_1', 'HUB_ONLY', 'job_erased')`,
    );
    await hub.database.query(`insert into parked (id, status, stage, system, entity, record_key, trace_id, code, message, hint, classification, fingerprint, payload, resolved_at)
      select 'prk_' || s, s, 'project', 'shop', 'product', s, 't', 'X', 'x', 'x', 'x', 'x', '{}', case s when 'OPEN' then null else ${at} end from unnest('{OPEN,RESOLVED,DISCARDED}'::text[]) s`); // prettier-ignore
    await hub.database.query(`insert into field_conflict (id, entity, canonical_id, field, claims, resolved_at, resolution) values ('cfl_1', 'product', 'p', 'name', '{}', ${at}, 'AGREED'), ('cfl_2', 'product', 'p', 'code', '{}', null, null)`); // prettier-ignore
    await hub.database.query(`insert into audit (actor, action, subject) values ('usr_1', 'flowUpdate', 'flw_1')`);

    const kept = { journalDays: 0, journal: 0, canonical: 0, changes: 0, problems: 0, runs: 0, jobs: 0, conflicts: 0, audit: 0 }; // prettier-ignore
    expect((await sweep(hub.database))?.removed).toMatchObject(kept);
    expect((await sweep(hub.database, { inDays: 29 }))?.removed).toMatchObject(kept);
    // The product is shown thrice; the last of them stays for good.
    expect((await sweep(hub.database, { inDays: 31 }))?.removed).toMatchObject({ ...kept, changes: 2 });
    expect((await sweep(hub.database, { inDays: 179 }))?.removed).toMatchObject(kept);
    const events = await countOf(hub.database, 'journal');
    const report = await sweep(hub.database, { inDays: 182 });
    expect(report?.removed).toMatchObject({ canonical: await canonicalAtFirst(), problems: 2, runs: 2, jobs: 1, impacts: 2500, conflicts: 1, audit: 0 }); // prettier-ignore
    expect(report!.removed['journalDays']).toBeGreaterThan(0);
    expect(report?.left).toEqual([]);
    expect(report!.storedBytes['journal']).toBeGreaterThan(0);
    expect([events > 0, await countOf(hub.database, 'journal')]).toEqual([true, 0]);
    const left = await hub.database.query(`select array(select id from flow_run order by id) as runs, array(select id from job order by id) as jobs, array(select id from parked) as parked, array(select id from field_conflict) as conflicts`); // prettier-ignore
    expect(left[0]).toEqual({ runs: ['run_failed', 'run_open', 'run_well'], jobs: ['job_compared', 'job_erased', 'job_open'], parked: ['prk_OPEN'], conflicts: ['cfl_2'] }); // prettier-ignore
    expect((await sweep(hub.database, { inDays: 2_500 }))?.removed).toMatchObject({ changes: 0, audit: 0 });
    expect((await sweep(hub.database, { inDays: 2_600 }))?.removed).toMatchObject({ changes: 0, audit: 1 });
    expect([await inLog(topic), await countOf(hub.database, 'audit')]).toEqual([1, 0]);
  });

  it('is removed by one process at a time, and again only after a rest', async () => {
    await hub.database.query(`update retention set owner = 'run_other', lease_until = now() + interval '1 minute'`);
    expect(await sweep(hub.database)).toBeUndefined();
    await hub.database.query(`update retention set lease_until = now()`);
    expect(await sweep(hub.database)).toMatchObject({ left: [] });
    const [row] = await hub.database.query<{ rests: boolean; report: { removed: object } }>(`select due_at > now() + interval '5 hours' as rests, report from retention`); // prettier-ignore
    expect(row).toMatchObject({ rests: true, report: { removed: { audit: 0 } } });
  });
});

const canonicalAtFirst = async (): Promise<number> => Number((await hub.log.ends(canonicalTopic))[0]);

describe('a consumer that lags', () => {
  it('keeps what it has not read, however old, and reads on afterwards without losing its position', async () => {
    await rename(0, 30);
    const slow = hub.worker({ batchSize: 10 });
    const readOn = async (): Promise<unknown> => {
      await slow.run(new AbortController().signal);
      return nameOf();
    };
    await until(readOn, { what: 'the first batch' });
    await slow.release();
    expect(await nameOf()).toBe('P9');
    await age(hub.database, 400);
    const report = await sweep(hub.database, { batchSize: 4 });
    expect(report?.removed).toMatchObject({ changes: 10 });
    expect(report?.left).toContainEqual({
      what: expect.stringContaining(topic),
      because: 'unread',
      consumer: 'ingest',
    });
    expect(await inLog(topic)).toBe(20);
    await hub.settle();
    expect(await nameOf()).toBe('P29');
    expect(await countOf(hub.database, `journal where step = 'applied' and entity = 'product'`)).toBe(20);
    expect(await countOf(hub.database, 'consumer_position where stopped_code is not null')).toBe(0);
    expect((await sweep(hub.database))?.removed).toMatchObject({ changes: 19 });
    // The last word on the record stays: it can be taken in again.
    expect(await inLog(topic)).toBe(1);
    await hub.take('products', [{ id: '1', document: product('again', ['1']) }]);
    expect(await nameOf()).toBe('again');
  });

  it('keeps canonical events that it has still to publish, and publishes each of them', async () => {
    await rename(0, 6);
    await hub.settle();
    const end = await canonicalAtFirst();
    await age(hub.database, 400);
    expect((await sweep(hub.database))?.left).toContainEqual({ what: `${canonicalTopic}/0`, because: 'unread', consumer: 'look' }); // prettier-ignore
    expect(await inLog(canonicalTopic)).toBe(end);
    await looked('end');
    await looked(2, 'relay');
    expect((await sweep(hub.database))?.left).toContainEqual({ what: `${canonicalTopic}/0`, because: 'unread', consumer: 'relay' }); // prettier-ignore
    const published: bigint[] = [];
    const publisher = { publish: (entries: readonly { offset: bigint }[]) => Promise.resolve(void published.push(...entries.map(({ offset }) => offset))), close: () => Promise.resolve() }; // prettier-ignore
    await relayOnce({ database: hub.database, log: hub.log, canonicalTopic, positions, publisher, clock: systemClock, logger: silentLogger, failpoint: noFailpoint, owner: 'run_1' }); // prettier-ignore
    expect(published).toEqual(Array.from({ length: end - 2 }, (_, i) => BigInt(i + 2)));
    expect((await sweep(hub.database))?.left).toEqual([]);
    expect(await inLog(canonicalTopic)).toBe(0);
  });

  it('is not the only one that needs a change: problems and what is put aside are tried again from the log', async () => {
    await hub.take('products', [{ id: '1', document: { ...product('bad', ['1']), unmapped: 'X' } }]);
    await hub.take('products', [{ id: '1', document: { ...product('worse', ['1']), unmapped: 'X' } }]);
    await hub.database.query(`update parked set log_offset = 0`);
    await age(hub.database, 400);
    expect((await sweep(hub.database))?.removed).toMatchObject({ changes: 0, problems: 0 });
    await hub.database.query(`update parked set status = 'RESOLVED', resolved_at = now()`);
    expect((await sweep(hub.database))?.removed).toMatchObject({ changes: 1, problems: 0 });
  });
});

describe('a sweep that is interrupted', () => {
  it('by death leaves the rest to the next process, and never does half a batch', async () => {
    await rename(0, 40);
    await hub.settle();
    await age(hub.database, 400);
    // Dies between two batches: nobody gives the lease back.
    let batches = 0;
    const dies = { ...systemClock, sleep: () => (++batches < 6 ? Promise.resolve() : new Promise<void>(() => undefined)) }; // prettier-ignore
    void sweep(hub.database, { batchSize: 5, clock: dies, owner: 'run_dead', leaseMs: 60_000 });
    await until(() => batches >= 6, { what: 'some batches' });
    const left = await inLog(topic);
    expect([left > 1, left < 40]).toEqual([true, true]);
    expect(await sweep(hub.database)).toBeUndefined();
    await hub.database.query('update retention set lease_until = now()');
    // Dies in a batch: the server takes it back.
    const torn: typeof deleteOldEntries = async (tx, ...asked) => {
      const removed = await deleteOldEntries(tx, ...asked);
      if (removed.count > 0) await tx.query('select pg_terminate_backend(pg_backend_pid())');
      return removed;
    };
    await expect(sweep(hub.database, { store: { deleteOldEntries: torn } })).rejects.toThrow();
    expect(await inLog(topic)).toBe(left);
    expect((await sweep(hub.database))?.left).toEqual([
      expect.objectContaining({ because: 'unread', consumer: 'look' }),
    ]);
    expect(await inLog(topic)).toBe(1);
  });

  it('by a stop ends after a batch, and goes on where it is started again', async () => {
    await rename(0, 40);
    await hub.settle();
    await age(hub.database, 400);
    const stopping = new AbortController();
    const stops: typeof deleteOldEntries = async (...asked) => {
      const removed = await deleteOldEntries(...asked);
      if (removed.count > 0) stopping.abort(new Error('stopped'));
      return removed;
    };
    await expect(sweep(hub.database, { batchSize: 5, signal: stopping.signal, store: { deleteOldEntries: stops } })).rejects.toThrow('stopped'); // prettier-ignore
    expect(await inLog(topic)).toBe(35);
    expect((await sweep(hub.database))?.removed).toMatchObject({ changes: 34 });
  });
});

describe('whoever writes and reads', () => {
  const append = (n: number): Promise<void> => hub.database.tx((tx) => appendJournal(tx, [{ traceId: `t${n}`, step: 'applied', outcome: 'updated', externalId: String(n) }])); // prettier-ignore

  it('goes on beside a sweep, without gaps in what is kept', async () => {
    await hub.database.query(`insert into log_partition (topic, partition, next_offset) values ('${topic}', 0, 20000)`);
    await hub.database.query(`insert into log_entry (topic, partition, "offset", key, trace_id, payload, at) select '${topic}', 0, i, (i % 10)::text, 't', '{}', now() - interval '90 days' from generate_series(0, 19999) i`); // prettier-ignore
    await positions.preparePositions(hub.database, 'ingest', topic, 8);
    await hub.database.query(`update consumer_position set next_offset = 20000 where partition = 0`);
    await append(0);
    await age(hub.database, 200);
    let isOver = false;
    // Whoever writes without pause may be in the way of a day more than twice.
    const sweeping = sweep(hub.database, { tries: 20 }).finally(() => (isOver = true));
    let written = 1;
    while (!isOver) await append(written++);
    expect((await sweeping)?.removed).toMatchObject({ changes: 19_990, journalDays: 1 });
    const kept = await hub.database.query<{ position: string }>(
      'select j.position::text from journal j order by j.position',
    );
    expect(kept.map(({ position }) => Number(position))).toEqual(Array.from({ length: written - 1 }, (_, i) => i + 1));
    expect(await oldDays(hub.database)).toEqual([]);
  });

  it('is never made to wait for the journal: a day that is being read stays until the next time', async () => {
    await append(1);
    await age(hub.database, 200);
    const [day] = await oldDays(hub.database);
    await hub.database.tx(async (tx) => {
      await tx.query('select 1 from journal limit 1');
      const sweeping = sweep(hub.database);
      await append(2);
      expect((await sweeping)?.left).toEqual([{ what: day, because: 'busy' }]);
    });
    expect((await sweep(hub.database))?.removed).toMatchObject({ journalDays: 1 });
  });

  it('may be a job that takes changes back, or a check after a restore: both keep the journal, and what belongs to it', async () => {
    await rename(0, 2);
    await hub.settle();
    await looked('end');
    await age(hub.database, 400);
    const uses = [
      [`insert into job (id, kind, input, created_by) values ('job_1', 'UNDO', '{}', 'usr_1')`, `update job set status = 'SUCCEEDED', finished_at = now()`],
      [`insert into restore_check (id, cause, started_by) values ('rst_1', 'ASKED', 'usr_1')`, `update restore_check set finished_at = now()`],
    ]; // prettier-ignore
    const [events, changes] = [await countOf(hub.database, 'journal'), await inLog(canonicalTopic)];
    for (const [begin, end] of uses) {
      await hub.database.query(begin!);
      expect(await journalIsInUse(hub.database)).toBe(true);
      expect((await sweep(hub.database))?.left).toEqual([{ what: expect.stringMatching(/^journal_/), because: 'inUse' }]); // prettier-ignore
      expect([await countOf(hub.database, 'journal'), await inLog(canonicalTopic)]).toEqual([events, changes]);
      await hub.database.query(end!);
    }
    await sweep(hub.database);
    expect([await countOf(hub.database, 'journal'), await inLog(canonicalTopic)]).toEqual([0, 0]);
  });
});
