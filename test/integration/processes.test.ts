/** What processes on one database tell each other: that they are alive, that there is work, that the configuration has changed. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { systemClock } from '../../src/base/clock.js';
import { noFailpoint } from '../../src/base/failpoint.js';
import { silentLogger } from '../../src/base/logger.js';
import { makeIngestWorker } from '../../src/cdc/ingest.js';
import { makePostgresLog } from '../../src/log/postgres-log.js';
import { announceConfiguration, configurationRevision } from '../../src/store/configuration.js';
import { openDatabase, type Database } from '../../src/store/database.js';
import * as hintStore from '../../src/store/hints.js';
import * as positions from '../../src/store/positions.js';
import * as processes from '../../src/store/processes.js';
import { makeHints, type Hints } from '../../src/sync/hints.js';
import { makeMembership } from '../../src/sync/membership.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { until } from '../support/wait.js';

const base = { clock: systemClock, logger: silentLogger, failpoint: noFailpoint };
let made: TestDatabase;
let database: Database;
let stops: (() => Promise<void>)[] = [];

beforeAll(async () => {
  made = await createTestDatabase();
  database = openDatabase({ url: made.url, poolMax: 8, applicationName: 'test' }, base);
}, 60_000);
afterEach(async () => {
  for (const stop of stops) await stop();
  stops = [];
  await database.query('delete from hub_process');
});
afterAll(async () => {
  await database.end();
  await made.drop();
});

const member = async (owner: string, ...roles: string[]) => {
  const service = makeMembership({ ...base, database, store: processes, owner, roles, version: '1' });
  await service.start();
  stops.push(() => service.stop());
  return service;
};

const hintsOf = async (owner: string, mayHaveOthers = true): Promise<Hints> => {
  const hints = makeHints({ ...base, database, store: hintStore, owner, mayHaveOthers: () => mayHaveOthers });
  await hints.start();
  stops.push(() => hints.stop());
  return hints;
};

const soon = { timeoutMs: 10_000, everyMs: 5 };

describe('processes', () => {
  it('count those of a role that are alive, and forget at once one that stops', async () => {
    const first = await member('run_1', 'ingest');
    expect([first.living('ingest'), first.mayHaveOthers()]).toEqual([1, false]);
    const second = await member('run_2', 'ingest', 'project');
    await member('run_3', 'api');
    await until(() => first.living('ingest') === 2, { ...soon, what: 'the second one to be seen' });
    expect([first.living('project'), first.living('capture'), second.mayHaveOthers()]).toEqual([1, 1, true]);
    await second.stop();
    await until(() => first.living('ingest') === 1, { ...soon, what: 'the second one to be gone' });
  });

  it('do not count one that was killed for longer than its heartbeat lasts', async () => {
    const first = await member('run_1', 'ingest');
    const seen = async (): Promise<boolean> => {
      await processes.beat(database, { id: 'run_killed', roles: ['ingest'], version: '1', ttlMs: 4_000 });
      return first.living('ingest') === 2;
    };
    await until(seen, { ...soon, what: 'the killed one to be seen' });
    await until(() => first.living('ingest') === 1, { ...soon, what: 'the killed one to be gone' });
  });
});

describe('hints', () => {
  it('reach listeners here at once and those of other processes soon, each of them once', async () => {
    const heard: string[] = [];
    const [here, there] = [await hintsOf('run_1'), await hintsOf('run_2')];
    here.on('capture', (about) => void heard.push(`here ${about ?? 'all'}`));
    there.on('capture', (about) => void heard.push(`there ${about ?? 'all'}`));
    there.on('jobs', () => void heard.push('never'));
    here.say('capture', 'till');
    expect(heard).toEqual(['here till']);
    await until(() => heard.length === 2, { ...soon, what: 'the other one to hear' });
    there.say('capture');
    await until(() => heard.length === 4, { ...soon, what: 'this one to hear' });
    expect(heard).toEqual(['here till', 'there till', 'there all', 'here all']);
  });

  it('that are said many times within a moment become few, and the last is not swallowed', async () => {
    let last = 0;
    let calls = 0;
    let said = 0;
    const [here, there] = [await hintsOf('run_1'), await hintsOf('run_2')];
    there.on('project', () => {
      calls++;
      last = said;
    });
    for (; said < 1_000;) {
      said++;
      here.say('project');
      if (said % 100 === 0) await systemClock.sleep(1);
    }
    await until(() => last === 1_000, { ...soon, what: 'the last one to be heard' });
    expect(calls).toBeLessThan(100);
  });

  it('do no harm when a listener cannot follow them', async () => {
    const heard: string[] = [];
    const [here, there] = [await hintsOf('run_1'), await hintsOf('run_2')];
    there.on('deferred', () => {
      throw new Error('not ready for that');
    });
    there.on('deferred', (about) => void heard.push(about ?? 'all'));
    here.say('deferred', 'till');
    await until(() => heard.length === 1, { ...soon, what: 'the other listener to hear' });
  });

  it('are not sent when there is no other process, and those that were missed with a connection are made good', async () => {
    const heard: string[] = [];
    const [alone, there] = [await hintsOf('run_1', false), await hintsOf('run_2')];
    there.on('jobs', () => void heard.push('jobs'));
    there.on('project', () => void heard.push('project'));
    alone.say('jobs');
    await database.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and query = 'listen "koppel_hint"'`,
    );
    await until(() => heard.length >= 2, { ...soon, what: 'everybody to look' });
    expect(heard.sort()).toEqual(['jobs', 'project']);
  });
});

describe('the revision of the configuration', () => {
  it('differs as soon as a change has committed, in whatever order two of them do', async () => {
    const revisions = [await configurationRevision(database)];
    let release = (): void => undefined;
    const open = new Promise<void>((resolve) => (release = resolve));
    let isInserted = false;
    const slow = database.tx(async (tx) => {
      await announceConfiguration(tx);
      isInserted = true;
      await open;
    });
    await until(() => isInserted, { ...soon, what: 'the first change' });
    await database.tx((tx) => announceConfiguration(tx));
    revisions.push(await configurationRevision(database));
    release();
    await slow;
    revisions.push(await configurationRevision(database));
    expect(new Set(revisions).size).toBe(3);
  });
});

describe('partitions', () => {
  const topic = 'changes.till';
  const log = () => makePostgresLog({ database, logger: silentLogger, partitions: () => 8 });
  let members = 1;
  const workerOf = (owner: string) =>
    makeIngestWorker('till', {
      ...base,
      database,
      log: log(),
      positions,
      owner,
      changesTopic: () => topic,
      ingestBatch: () => Promise.reject(new Error('there is nothing to take in')),
      configuration: {
        current: () => Promise.reject(new Error('not asked')) as never,
        onChange: () => () => undefined,
      },
      members: () => members,
      leaseMs: 1_500,
    });
  const shares = async (): Promise<Record<string, number>> =>
    Object.fromEntries(
      (
        await database.query<{ owner: string; count: number }>(
          `select owner, count(*)::int as count from consumer_position where owner is not null
             and lease_until > clock_timestamp() group by owner order by owner`,
        )
      ).map(({ owner, count }) => [owner, count]),
    );

  it('are given back to those who join, kept evenly, and taken by who is left', async () => {
    const [first, second, third] = [workerOf('run_1'), workerOf('run_2'), workerOf('run_3')];
    const signal = new AbortController().signal;
    const shared = (wanted: Record<string, number>, ...workers: (typeof first)[]) =>
      until(
        async () => {
          for (const worker of workers) await worker.run(signal);
          return JSON.stringify(await shares()) === JSON.stringify(wanted);
        },
        { ...soon, what: JSON.stringify(wanted) },
      );
    await shared({ run_1: 8 }, first);
    members = 2;
    await shared({ run_1: 4, run_2: 4 }, first, second);
    members = 3;
    await shared({ run_1: 3, run_2: 3, run_3: 2 }, first, second, third);
    // One is killed; it is still counted, and its share must not lie about.
    await until(
      async () => {
        await first.run(signal);
        await third.run(signal);
        const now = await shares();
        return (now['run_1'] ?? 0) + (now['run_3'] ?? 0) === 8;
      },
      { ...soon, what: 'all partitions to be held by those who live' },
    );
    members = 2;
    await shared({ run_1: 4, run_3: 4 }, first, third);
    await third.release();
    members = 1;
    await shared({ run_1: 8 }, first);
  });
});
