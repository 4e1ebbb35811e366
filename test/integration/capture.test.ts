import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { systemClock } from '../../src/base/clock.js';
import type { Document } from '../../src/base/document.js';
import { KoppelError } from '../../src/base/errors.js';
import { makeFailpoint, noFailpoint, type Failpoint, type FailpointName } from '../../src/base/failpoint.js';
import { silentLogger } from '../../src/base/logger.js';
import {
  captureOnce,
  makeAccountCheck,
  makeCapture,
  type CaptureDeps,
  type CaptureReport,
} from '../../src/cdc/capture.js';
import type { CapturedStream } from '../../src/cdc/sources.js';
import { changesTopic } from '../../src/log/change-log.js';
import type { Change } from '../../src/log/envelope.js';
import { makePostgresLog, type PostgresLog } from '../../src/log/postgres-log.js';
import * as streams from '../../src/store/capture-positions.js';
import * as erasures from '../../src/store/erasures.js';
import { openDatabase, type Database } from '../../src/store/database.js';
import * as systems from '../../src/store/system-status.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { until } from '../support/wait.js';
import { makeSource } from './capture-source.js';
import { testConfiguration, testFlow, testSystem, type TestConfiguration } from './ingest-system.js';

let world: TestDatabase;
let database: Database;
let log: PostgresLog;
let source: ReturnType<typeof makeSource>;
let configuration: TestConfiguration;
let reports: CaptureReport[];
const opened: Database[] = [];

const open = (failpoint: Failpoint): Database => {
  const own = openDatabase(
    { url: world.url, poolMax: 8, applicationName: 'test' },
    { clock: systemClock, logger: silentLogger, failpoint },
  );
  opened.push(own);
  return own;
};

beforeEach(async () => {
  world = await createTestDatabase();
  database = open(noFailpoint);
  log = makePostgresLog({ database, logger: silentLogger, partitions: () => 8 });
  source = makeSource(3);
  reports = [];
  configuration = testConfiguration({ till: testSystem(source, () => source.fingerprint) });
  configuration.flows = [testFlow('till', 'shop', 'product')];
  for (const key of ['till', 'shop']) {
    await database.query(`insert into system (id, key, connector, name) values ($1, $1, 'test', $1)`, [key]);
  }
});
afterEach(async () => {
  await log.close();
  for (const own of opened.splice(0)) await own.end();
  await world.drop();
});

const deps = (failpoint: Failpoint = noFailpoint, owner = 'one'): CaptureDeps => ({
  database: failpoint === noFailpoint ? database : open(failpoint),
  log,
  changesTopic,
  streams,
  erasures,
  systems,
  configuration,
  clock: systemClock,
  logger: silentLogger,
  failpoint,
  owner,
  leaseMs: 60_000,
  captured: (report) => reports.push(report),
});

const products = (): CapturedStream => ({
  system: 'till',
  stream: { name: 'products', record: 'product', entity: 'product' },
  pollEveryMs: 20,
  batchSize: 4,
  startsNow: false,
});

const signal = new AbortController().signal;
const poll = (d = deps(), stream = products()): Promise<'more' | 'idle'> =>
  captureOnce(stream, d, makeAccountCheck(d), signal);
const pollAll = async (d = deps(), stream = products()): Promise<void> => {
  while ((await poll(d, stream)) === 'more');
};

async function captured(): Promise<Change[]> {
  const topic = changesTopic('till');
  const entries: Change[] = [];
  for (const partition of (await log.ends(topic)).keys()) {
    entries.push(...(await log.read(topic, partition, 0n, 10_000)).map((e) => e.payload as unknown as Change));
  }
  return entries;
}

/** Every version that the system showed and every version that is in the log, by record. */
async function latest(): Promise<Record<string, Document>> {
  const found: Record<string, Document> = {};
  for (const change of await captured()) found[change.externalId] = change.document;
  return found;
}
const truth = (): Record<string, Document> => Object.fromEntries(source.records.map((r) => [r.id, r.document]));

describe('capture', () => {
  it('takes a snapshot in pages first and then only what changes, dropping what the overlap shows again', async () => {
    for (let i = 0; i < 10; i++) source.edit(`p${i}`, { n: i });
    await pollAll();
    expect(await captured()).toHaveLength(10);
    await pollAll();
    expect(await captured()).toHaveLength(10);
    source.edit('p3', { n: 33 });
    await pollAll();
    expect(await captured()).toHaveLength(11);
    expect(await latest()).toEqual(truth());
    expect(reports.at(-1)).toMatchObject({ appended: 1 });
  });

  it('writes that the system answers once a second, and at once when that ends something', async () => {
    const written = async (): Promise<unknown> =>
      (await database.query(`select xmin::text, status from system where key = 'till'`))[0];
    source.edit('p1', { n: 1 });
    await pollAll();
    await database.query(`update system set last_success_at = now() + interval '1 hour' where key = 'till'`);
    const before = await written();
    source.edit('p2', { n: 2 });
    await pollAll();
    expect(await written()).toEqual(before);
    await database.query(`update system set status = 'UNREACHABLE' where key = 'till'`);
    await pollAll();
    expect(await written()).toMatchObject({ status: 'CONNECTED' });
    await database.query(`update system set last_success_at = now() - interval '2 seconds' where key = 'till'`);
    const [{ at } = { at: '' }] = await database.query<{ at: string }>('select clock_timestamp()::text as at');
    await pollAll();
    expect(await database.query(`select from system where key = 'till' and last_success_at < $1`, [at])).toEqual([]);
  });

  it('keeps only the hashes that may be shown again', async () => {
    for (let i = 0; i < 30; i++) source.edit(`p${i}`, { n: i });
    await pollAll();
    const seen = await database.query('select version::int from capture_seen order by 1');
    expect(seen.map((row) => row['version'])).toEqual([27, 28, 29, 30]);
  });

  it('writes the versions of a record in order although the page is not sorted', async () => {
    source.read = () =>
      Promise.resolve({
        records: [3n, 1n, 2n].map((version) => ({ externalId: 'p', version, document: { v: String(version) } })),
        position: '3',
        more: false,
        overlapFrom: 0n,
      });
    await poll();
    expect((await captured()).map((change) => change.version)).toEqual(['1', '2', '3']);
  });

  it('keeps the position and the log as they were when a page fails', async () => {
    source.edit('p1', { n: 1 });
    await pollAll();
    source.edit('p2', { n: 2 });
    source.failure = new KoppelError('INCOMPLETE_RESPONSE', { system: 'till', operation: 'products', what: 'cut' });
    await expect(poll()).rejects.toMatchObject({ code: 'INCOMPLETE_RESPONSE' });
    expect(await database.query('select position from capture_position')).toEqual([{ position: '1' }]);
    expect(await captured()).toHaveLength(1);
    source.failure = undefined;
    await pollAll();
    expect(await latest()).toEqual(truth());
  });

  it('refuses to go on when the source says that there is more but shows no way forward', async () => {
    source.edit('p1', { n: 1 });
    await pollAll();
    source.read = () => Promise.resolve({ records: [], position: '1', more: true, overlapFrom: 0n });
    await expect(poll()).rejects.toMatchObject({ code: 'UNEXPECTED_RESPONSE' });
  });

  for (const name of ['C0', 'C2', 'C3', 'C4', 'C5'] as const satisfies readonly FailpointName[]) {
    it(`killed at ${name} loses nothing and appends nothing twice`, async () => {
      for (let i = 0; i < 40; i++) source.edit(`p${i}`, { n: i });
      for (const nth of [1, 2]) {
        const doomed = deps(makeFailpoint({ name, action: 'throw', nth }), `doomed ${nth}`);
        await expect(pollAll(doomed)).rejects.toMatchObject({ code: 'FAILPOINT' });
        await database.query(`update capture_position set lease_until = '-infinity'`);
        source.edit(`p${nth}`, { n: 100 + nth });
      }
      await pollAll();
      expect(await latest()).toEqual(truth());
      const changes = await captured();
      expect(new Set(changes.map((c) => `${c.externalId} ${c.hash}`)).size).toBe(changes.length);
    });
  }

  it('leaves a stream to the process that holds it', async () => {
    source.edit('p1', { n: 1 });
    expect(await poll(deps(noFailpoint, 'one'))).toBe('idle');
    const calls = source.calls;
    expect(await poll(deps(noFailpoint, 'two'))).toBe('idle');
    expect(source.calls).toBe(calls);
    await database.query(`update capture_position set lease_until = '-infinity'`);
    await poll(deps(noFailpoint, 'two'));
    expect(source.calls).toBe(calls + 1);
  });

  it('stops the stream and asks when the position is beyond the source; a person lets it go on', async () => {
    source.edit('p1', { n: 1 });
    await pollAll();
    source.failure = new KoppelError('POSITION_BEYOND_SOURCE', {
      stream: 'products',
      system: 'till',
      position: '1',
      head: '0',
    });
    expect(await poll()).toBe('idle');
    const [stopped] = await database.query('select state, stopped_code, position from capture_position');
    expect(stopped).toEqual({ state: 'stopped', stopped_code: 'POSITION_BEYOND_SOURCE', position: '1' });
    source.failure = undefined;
    const calls = source.calls;
    expect(await poll()).toBe('idle');
    expect(source.calls).toBe(calls);
    await streams.resumeStream(database, 'till', 'products', null);
    await pollAll();
    expect(source.calls).toBe(calls + 1);
  });

  it('makes no more calls after the credentials were refused, until the system is changed', async () => {
    source.edit('p1', { n: 1 });
    source.failure = new KoppelError('CREDENTIALS_REJECTED', { system: 'till' });
    for (let i = 0; i < 5; i++) expect(await poll()).toBe('idle');
    expect(source.calls).toBe(1);
    expect(await database.query(`select status, last_error_code from system where key = 'till'`)).toEqual([
      { status: 'CREDENTIALS_REJECTED', last_error_code: 'CREDENTIALS_REJECTED' },
    ]);
    source.failure = undefined;
    await database.query(`update system set status = 'CONNECTED' where key = 'till'`);
    await pollAll();
    expect(await captured()).toHaveLength(1);
  });

  it('is not stopped by a refusal of credentials that somebody has replaced meanwhile', async () => {
    source.edit('p1', { n: 1 });
    source.failure = new KoppelError('CREDENTIALS_REJECTED', { system: 'till' });
    await database.query(`update system set version = version + 1 where key = 'till'`);
    expect(await poll()).toBe('idle');
    expect(await database.query(`select status, last_error_code from system where key = 'till'`)).toEqual([
      { status: 'CONNECTED', last_error_code: null },
    ]);
    source.failure = undefined;
    await pollAll();
    expect(await captured()).toHaveLength(1);
  });

  it('stops when another administration answers, and takes nothing from it', async () => {
    source.edit('p1', { n: 1 });
    await pollAll();
    expect(await database.query(`select account_fingerprint from system where key = 'till'`)).toEqual([
      { account_fingerprint: 'shop-1' },
    ]);
    source.fingerprint = 'somebody-else';
    source.edit('p2', { n: 2 });
    expect(await poll()).toBe('idle');
    expect(await captured()).toHaveLength(1);
    expect(await database.query('select stopped_code from capture_position')).toEqual([
      { stopped_code: 'ACCOUNT_CHANGED' },
    ]);
  });

  it('runs as a service: polls, is woken, follows the configuration, and leaves no lease behind', async () => {
    configuration.flows = [testFlow('till', 'shop', 'product', 3_600_000)];
    const capture = makeCapture(deps());
    await capture.start();
    await until(() => reports.length >= 1, { what: 'the first poll' });
    source.edit('p1', { n: 1 });
    capture.wake('till');
    await until(async () => (await captured()).length === 1, { what: 'the edit after being woken' });
    configuration.flows = [testFlow('till', 'shop', 'product', 20)];
    configuration.changed();
    source.edit('p2', { n: 2 });
    await until(async () => (await captured()).length === 2, { what: 'the edit at the new interval' });
    await capture.stop();
    await capture.stop();
    expect(await database.query('select system from capture_position where owner is not null')).toEqual([]);
  });
});
