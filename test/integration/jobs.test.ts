/** Jobs that several processes could run: one does, and when it cannot go on another one begins anew. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { systemClock } from '../../src/base/clock.js';
import { noFailpoint } from '../../src/base/failpoint.js';
import { silentLogger } from '../../src/base/logger.js';
import { openDatabase, type Database } from '../../src/store/database.js';
import * as store from '../../src/store/jobs.js';
import { makeJobRunner, type JobHandler } from '../../src/sync/jobs.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { until } from '../support/wait.js';

let made: TestDatabase;
let database: Database;

beforeAll(async () => {
  made = await createTestDatabase();
  const deps = { clock: systemClock, logger: silentLogger, failpoint: noFailpoint };
  database = openDatabase({ url: made.url, poolMax: 6, applicationName: 'test' }, deps);
}, 60_000);
beforeEach(() => database.query('delete from job'));
afterAll(async () => {
  await database.end();
  await made.drop();
});

const order = (id: string) =>
  database.tx((tx) => store.createJob(tx, { id, kind: 'IMPACT_ANALYSIS', input: {}, createdBy: 'test' }));
const runner = (owner: string, handler: JobHandler, leaseMs = 1_500) =>
  makeJobRunner({ database, store, handlers: { IMPACT_ANALYSIS: handler, BACKFILL: handler, REPLAY: handler, TRIAL: handler, RECONCILIATION: handler, REPAIR: handler, UNDO: handler, ERASURE: handler, EXPORT: handler }, clock: systemClock, logger: silentLogger, owner, leaseMs }); // prettier-ignore
const status = async (id: string): Promise<string | undefined> => (await store.findJob(database, id))?.status;
const soon = { timeoutMs: 10_000, everyMs: 10 };

describe('a job', () => {
  it('stays with its process while that works, however long it says nothing', async () => {
    await order('job_1');
    let finish = (): void => undefined;
    const silence = new Promise<void>((resolve) => (finish = resolve));
    const first = runner('run_1', () => silence.then(() => ({ by: 'first' })), 6_000).runOne();
    const lease = async (): Promise<Date | undefined> =>
      (await database.query<{ until: Date }>(`select lease_until as until from job where status = 'RUNNING'`))[0]
        ?.until;
    const taken = await until(lease, { ...soon, what: 'the job to be taken' });
    const isLonger = async (): Promise<boolean> => {
      expect(await runner('run_2', () => Promise.resolve({ by: 'second' })).runOne()).toBe('idle');
      return (await database.query(`select from job where clock_timestamp() > $1`, [taken])).length > 0;
    };
    await until(isLonger, { what: 'the end of the first lease', timeoutMs: 20_000, everyMs: 10 });
    finish();
    await first;
    expect(await store.findJob(database, 'job_1')).toMatchObject({ status: 'SUCCEEDED', result: { by: 'first' } });
  });

  it('is begun anew by another process when its own has died', async () => {
    await order('job_1');
    await database.tx((tx) => store.takeJob(tx, 'run_killed', 200, ['IMPACT_ANALYSIS']));
    const second = runner('run_2', () => Promise.resolve({ by: 'second' }));
    await until(async () => (await second.runOne()) === 'more', { ...soon, what: 'the lease to end' });
    expect(await store.findJob(database, 'job_1')).toMatchObject({ status: 'SUCCEEDED', result: { by: 'second' } });
  });

  it('is left alone by whoever does not do such work', async () => {
    await order('job_1');
    const deps = { database, store, clock: systemClock, logger: silentLogger, owner: 'run_1' };
    const others = makeJobRunner({ ...deps, handlers: { EXPORT: () => Promise.resolve({ by: 'nobody' }) } });
    expect(await others.runOne()).toBe('idle');
    expect(await status('job_1')).toBe('QUEUED');
  });

  it('is given back at once by a process that stops, and begun anew by another one', async () => {
    await order('job_1');
    const stopping = new AbortController();
    const endless: JobHandler = async (_, progress) => {
      for (let done = 0; ; done++) {
        await progress(done, 1_000_000);
        if (done === 3) stopping.abort(new Error('stopped'));
      }
    };
    // The lease would last for an hour.
    expect(await runner('run_1', endless, 3_600_000).runOne(stopping.signal)).toBe('idle');
    expect(await runner('run_2', () => Promise.resolve({ by: 'second' })).runOne()).toBe('more');
    expect(await store.findJob(database, 'job_1')).toMatchObject({ status: 'SUCCEEDED', result: { by: 'second' } });
  });
});
