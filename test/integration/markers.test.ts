/** Where people let streams go on that the hub has stopped: the flow's own, and what else is read for it. Over a real Postgres. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { systemClock } from '../../src/base/clock.js';
import { noFailpoint } from '../../src/base/failpoint.js';
import { silentLogger } from '../../src/base/logger.js';
import { startsNow, streamsOfFlow } from '../../src/cdc/sources.js';
import { changesTopic } from '../../src/log/change-log.js';
import * as streams from '../../src/store/capture-positions.js';
import { openDatabase, type Database } from '../../src/store/database.js';
import * as taken from '../../src/store/positions.js';
import { forgetVersions } from '../../src/store/reference-versions.js';
import { stoppedStreams } from '../../src/store/system-status.js';
import type { Flow } from '../../src/sync/configuration.js';
import { makeMarkers, type MarkedFlow, type Markers } from '../../src/sync/markers.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { testConfiguration, testConnector, testFlow, testSystem, type TestConfiguration } from './ingest-system.js';

let world: TestDatabase;
let database: Database;
let markers: Markers;
let configuration: TestConfiguration;
let moved: string[];
let accepted: string[];

const orders: MarkedFlow = { source: 'till', target: 'shop', entity: 'order' };

beforeEach(async () => {
  world = await createTestDatabase();
  database = openDatabase(
    { url: world.url, poolMax: 2, applicationName: 'test' },
    { clock: systemClock, logger: silentLogger, failpoint: noFailpoint },
  );
  const source = {
    head: (stream: string) => Promise.resolve(`head of ${stream}`),
    read: () => Promise.resolve({ records: [], position: '12', more: false, overlapFrom: 0n }),
  };
  configuration = testConfiguration({ till: testSystem(source), shop: testSystem(source) });
  configuration.flows = [testFlow('till', 'shop', 'product'), testFlow('till', 'shop', 'order')];
  // Both documents of a sale are orders to the hub, as at the till.
  const connector = { ...testConnector, streams: [...testConnector.streams, { name: 'invoices', record: 'invoice', entity: 'order' as const }] }; // prettier-ignore
  for (const [key, system] of configuration.systems) configuration.systems.set(key, { ...system, connector });
  moved = [];
  accepted = [];
  markers = makeMarkers({
    database,
    configuration,
    positions: { ...streams, forgetVersions },
    stoppedStreams,
    taken,
    log: {
      starts: () => Promise.resolve([0n, 7n]),
      ends: () => Promise.resolve([0n, 9n]),
      acceptEnds: (_tx, topic, ends) => Promise.resolve(void accepted.push([topic, ...ends].join(' '))),
    },
    changesTopic,
    startsNow,
    streamsOfFlow,
    moved: (system) => moved.push(system),
  });
  for (const key of ['till', 'shop']) {
    await database.query(`insert into system (id, key, connector, name, account_fingerprint) values ($1, $1, 'test', $1, 'old')`, [key]); // prettier-ignore
  }
});
afterEach(async () => {
  await database.end();
  await world.drop();
});

/** `till orders`, read up to 40; stopped with a code. */
async function reads(name: string, stopped: string | null = null): Promise<void> {
  await database.query(
    `insert into capture_position (system, stream, position, account, state, stopped_code, stopped_message)
     values ($1, $2, '40', 'old', case when $3::text is null then 'running' else 'stopped' end, $3, $3)`,
    [...name.split(' '), stopped],
  );
}
/** Position and state of every stream. */
async function state(): Promise<Record<string, string>> {
  const rows = await database.query<{ name: string; now: string }>(
    `select system || ' ' || stream as name, coalesce(position, 'beginning') || ', ' || coalesce(stopped_code, state) as now from capture_position`,
  );
  return Object.fromEntries(rows.map(({ name, now }) => [name, now]));
}

const beyond = 'POSITION_BEYOND_SOURCE';
async function restoredTill(): Promise<void> {
  for (const name of ['till customers', 'till invoices', 'till products', 'shop orders']) await reads(name, beyond);
  for (const name of ['till orders', 'till locations', 'shop customers']) await reads(name);
}

describe('moving the position of a flow', () => {
  it('lets everything go on from the beginning that is read for it and was stopped, in both systems, and nothing else', async () => {
    await restoredTill();
    await markers.reset(orders, 'beginning');
    expect(await state()).toEqual({
      'till orders': 'beginning, running',
      'till customers': 'beginning, running',
      'till invoices': 'beginning, running',
      'shop orders': 'beginning, running',
      'till locations': '40, running',
      'shop customers': '40, running',
      'till products': `40, ${beyond}`,
    });
    expect(moved).toEqual(['till', 'shop']);
  });

  it('to now leaves out nothing but what people have spoken of: records of the same kind', async () => {
    await restoredTill();
    await markers.reset(orders, 'now');
    expect(await state()).toMatchObject({
      'till orders': 'head of orders, running',
      'till invoices': 'head of invoices, running',
      'till customers': 'beginning, running',
      'shop orders': 'beginning, running',
    });
  });

  it('to where it stands accepts the administration that answers now, for all of them', async () => {
    for (const name of ['till orders', 'till invoices', 'shop customers']) await reads(name, 'ACCOUNT_CHANGED');
    await markers.reset(orders, 'here');
    expect(await state()).toEqual({ 'till orders': '40, running', 'till invoices': '40, running', 'shop customers': '40, running' }); // prettier-ignore
    expect(await database.query('select 1 from capture_position where account is not null')).toEqual([]);
    expect(await database.query('select 1 from system where account_fingerprint is not null')).toEqual([]);
  });

  it('to a position of its own stream says nothing about others, which are read from their beginning', async () => {
    await reads('till orders', beyond);
    await reads('till invoices', beyond);
    await markers.reset(orders, { marker: '12' });
    expect(await state()).toEqual({ 'till orders': '12, running', 'till invoices': 'beginning, running' });
  });

  it('tells before how many records would be read again, of the others too', async () => {
    await restoredTill();
    const known = async (system: string, entity: string, count: number): Promise<void> => {
      await database.query(
        `insert into external_reference (system, entity, external_id, canonical_id, origin)
         select $1, $2, 'x' || i, $1 || $2 || i, 'MATCHED' from generate_series(1, $3) i`,
        [system, entity, count],
      );
    };
    await known('till', 'order', 3);
    await known('till', 'customer', 20);
    await known('shop', 'order', 100);
    await known('shop', 'customer', 1_000);
    expect(await markers.affected(orders, 'beginning')).toBe(123);
    expect(await markers.affected(orders, 'now')).toBe(120);
    expect(await markers.affected(orders, 'here')).toBe(0);
    expect(await markers.affected(orders, { marker: '12' })).toBeNull();
    expect(await markers.affected({ ...orders, entity: 'product' }, 'now')).toBe(0);
  });

  describe('of a flow that starts now', () => {
    const startsNow = (of: 'now' | undefined): Flow => testFlow('till', 'shop', 'order', 20, { startFrom: of ?? null });

    it('is refused to the beginning, in the plan as in earnest, because it has none: nothing is left out and nothing moves', async () => {
      configuration.flows = [startsNow('now')];
      await reads('till orders');
      await reads('till invoices', beyond);
      for (const act of [markers.affected, markers.reset])
        await expect(act(orders, 'beginning')).rejects.toMatchObject({ code: 'FLOW_STARTS_NOW', values: { flow: 'till-order' } }); // prettier-ignore
      expect(await state()).toEqual({ 'till orders': '40, running', 'till invoices': `40, ${beyond}` });
      await markers.reset(orders, 'here');
      expect(await state()).toEqual({ 'till orders': '40, running', 'till invoices': '40, running' });
    });

    it('is allowed where another flow takes what was before of the same records, and refused before it is first switched on', async () => {
      await reads('till orders');
      configuration.flows = [startsNow('now'), { ...startsNow(undefined), key: 'other', target: 'elsewhere' }];
      expect(await markers.affected(orders, 'beginning')).toBe(0);
      configuration.flows = [{ ...startsNow('now'), isRead: false }];
      await expect(markers.affected(orders, 'beginning')).rejects.toMatchObject({ code: 'FLOW_STARTS_NOW' });
      configuration.flows = [
        { ...startsNow(undefined), isRead: false },
        { ...startsNow('now'), target: 'elsewhere' },
      ];
      await expect(markers.affected(orders, 'beginning')).rejects.toMatchObject({ code: 'FLOW_STARTS_NOW' });
    });

    it('counts nothing of other streams that begin at their present end', async () => {
      configuration.flows = [
        testFlow('till', 'shop', 'order'),
        testFlow('shop', 'till', 'order', 20, { startFrom: 'now' }),
      ];
      await reads('till orders', beyond);
      await reads('shop orders', beyond);
      await database.query(
        `insert into external_reference (system, entity, external_id, canonical_id, origin)
         values ('shop', 'order', 'x', 'shop', 'MATCHED'), ('till', 'order', 'x', 'till', 'MATCHED')`,
      );
      expect(await markers.affected(orders, 'beginning')).toBe(1);
    });
  });

  it('lets partitions of the log go on that have lost records of other streams of it', async () => {
    await reads('till orders');
    await reads('till invoices');
    await database.query(
      `insert into consumer_position (consumer, topic, partition, next_offset, stopped_code, stopped_message, stopped_record)
       values ('ingest', 'changes.till', 1, 3, 'LOG_POSITION_LOST', 'lost', 'invoice'),
         ('ingest', 'changes.till', 0, 3, 'LOG_POSITION_LOST', 'lost', 'product')`,
    );
    await markers.reset(orders, 'beginning');
    const positions = await database.query('select partition, next_offset::int as next, stopped_code from consumer_position order by 1'); // prettier-ignore
    expect(positions).toEqual([
      { partition: 0, next: 3, stopped_code: 'LOG_POSITION_LOST' },
      { partition: 1, next: 7, stopped_code: null },
    ]);
    expect(accepted).toEqual(['changes.till 1,9']);
    expect(await state()).toEqual({ 'till orders': 'beginning, running', 'till invoices': 'beginning, running' });
  });
});
