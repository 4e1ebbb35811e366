/** A stream that cannot be read although its system answers others: it is known by itself, and says nothing about the system. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { systemClock } from '../../src/base/clock.js';
import { KoppelError } from '../../src/base/errors.js';
import { noFailpoint } from '../../src/base/failpoint.js';
import { silentLogger } from '../../src/base/logger.js';
import { captureOnce, makeAccountCheck, type CaptureDeps } from '../../src/cdc/capture.js';
import { changesTopic } from '../../src/log/change-log.js';
import { makePostgresLog, type PostgresLog } from '../../src/log/postgres-log.js';
import * as streams from '../../src/store/capture-positions.js';
import { openDatabase, type Database } from '../../src/store/database.js';
import * as erasures from '../../src/store/erasures.js';
import * as systems from '../../src/store/system-status.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { makeSource } from './capture-source.js';
import { testConfiguration, testFlow, testSystem } from './ingest-system.js';

let world: TestDatabase;
let database: Database;
let log: PostgresLog;
let deps: CaptureDeps;
/** Why a stream cannot be read; those that are not named can. */
let faults: Record<string, Error>;

const timeout = new KoppelError('SYSTEM_TIMEOUT', { system: 'till', operation: 'orders', ms: 30_000 });
const refused = new KoppelError('UNEXPECTED_RESPONSE', { system: 'till', operation: 'orders', what: 'a fault' });

beforeEach(async () => {
  world = await createTestDatabase();
  database = openDatabase(
    { url: world.url, poolMax: 4, applicationName: 'test' },
    { clock: systemClock, logger: silentLogger, failpoint: noFailpoint },
  );
  log = makePostgresLog({ database, logger: silentLogger, partitions: () => 8 });
  faults = {};
  const source = makeSource(3);
  const configuration = testConfiguration({
    till: testSystem({
      head: () => source.head(),
      read: (stream, from, options) => (faults[stream] === undefined ? source.read(stream, from, options) : Promise.reject(faults[stream])), // prettier-ignore
    }),
  });
  configuration.flows = [testFlow('till', 'shop', 'product'), testFlow('till', 'shop', 'order')];
  await database.query(`insert into system (id, key, connector, name) values ('till', 'till', 'test', 'Till')`);
  deps = { ...{ database, log, changesTopic, streams, erasures, systems, configuration }, clock: systemClock, logger: silentLogger, failpoint: noFailpoint, owner: 'one', leaseMs: 60_000 }; // prettier-ignore
});
afterEach(async () => {
  await log.close();
  await database.end();
  await world.drop();
});

const signal = new AbortController().signal;
/** One poll; what it failed with, if it did. */
async function poll(name: 'products' | 'orders'): Promise<unknown> {
  const stream = { name, record: name, entity: name === 'orders' ? 'order' : 'product' } as const;
  const wanted = { system: 'till', stream, pollEveryMs: 20, batchSize: 4, startsNow: false };
  return captureOnce(wanted, deps, makeAccountCheck(deps), signal).then(() => undefined, (error: unknown) => error); // prettier-ignore
}

interface Stored {
  readonly row: string;
  readonly since: Date | null;
  readonly code: string | null;
  readonly message: string | null;
}
async function stored(stream: string): Promise<Stored> {
  const [row] = await database.query<Stored & Record<string, unknown>>(
    `select xmin::text as row, failing_since as since, failing_code as code, failing_message as message
     from capture_position where system = 'till' and stream = $1`,
    [stream],
  );
  return row!;
}
async function status(): Promise<{ status: string; since: Date }> {
  const [row] = await database.query<{ status: string; since: Date }>(`select status, status_since as since from system where key = 'till'`); // prettier-ignore
  return row!;
}

describe('a stream that cannot be read', () => {
  it('is known since its first failure, whatever others do, until it is read again', async () => {
    faults['orders'] = timeout;
    expect(await poll('orders')).toBe(timeout);
    const first = await stored('orders');
    expect(first).toMatchObject({ code: 'SYSTEM_TIMEOUT', message: timeout.message });
    expect(first.since).toBeInstanceOf(Date);
    expect(await poll('products')).toBeUndefined();
    expect(await stored('products')).toMatchObject({ since: null, code: null, message: null });
    // It is polled all the time: the same once more is not written.
    await poll('orders');
    expect(await stored('orders')).toEqual(first);
    faults['orders'] = refused;
    await poll('orders');
    expect(await stored('orders')).toMatchObject({ since: first.since, code: 'UNEXPECTED_RESPONSE' });

    faults = {};
    expect(await poll('orders')).toBeUndefined();
    const read = await stored('orders');
    expect(read).toMatchObject({ since: null, code: null, message: null });
    await poll('orders');
    expect(await stored('orders')).toEqual(read);
  });

  it('does not make its system unreachable again and again while that answers others', async () => {
    faults['orders'] = timeout;
    await poll('orders');
    expect((await status()).status).toBe('UNREACHABLE');
    await poll('products');
    const back = await status();
    expect(back.status).toBe('CONNECTED');
    for (let i = 0; i < 3; i++) {
      await poll('orders');
      expect(await status()).toEqual(back);
      await poll('products');
    }
    expect(await status()).toEqual(back);
    // Now it answers nobody.
    faults['products'] = timeout;
    await poll('products');
    expect((await status()).status).toBe('UNREACHABLE');
  });

  it('is known too when the fault is a mistake of the connector', async () => {
    faults['orders'] = new TypeError('x is undefined');
    await poll('orders');
    expect(await stored('orders')).toMatchObject({ code: 'UNEXPECTED' });
    expect(await database.query('select last_error_code as code from system')).toEqual([{ code: null }]);
  });

  it('is not failing any more when the hub stops it, nor when its system refuses the credentials', async () => {
    faults['orders'] = timeout;
    await poll('orders');
    faults['orders'] = new KoppelError('POSITION_BEYOND_SOURCE', { stream: 'orders', system: 'till', position: '4', head: '1' }); // prettier-ignore
    await poll('orders');
    expect(await stored('orders')).toMatchObject({ since: null, code: null, message: null });
    faults['products'] = new KoppelError('CREDENTIALS_REJECTED', { system: 'till' });
    await poll('products');
    expect(await stored('products')).toMatchObject({ since: null });
  });
});
