/** The log in Postgres does not hold what a consumer has not read: the consumer stops, says so, and goes on where a person decides. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { systemClock } from '../../src/base/clock.js';
import { noFailpoint } from '../../src/base/failpoint.js';
import { newId } from '../../src/base/ids.js';
import { silentLogger } from '../../src/base/logger.js';
import { canonicalTopic } from '../../src/log/change-log.js';
import type { ReadEntry } from '../../src/log/change-log.js';
import { readProgress } from '../../src/store/flow-progress.js';
import * as heads from '../../src/store/log-heads.js';
import * as positions from '../../src/store/positions.js';
import { finishCheck } from '../../src/store/restore-check-ends.js';
import * as checks from '../../src/store/restore-checks.js';
import { makeRelay, relayConsumer, relayOnce, type RelayDeps } from '../../src/sync/relay.js';
import { makeRestoreChecks } from '../../src/sync/restored.js';
import { until } from '../support/wait.js';
import { openHub, product, type Hub } from './ingest-world.js';
import { openWorld, type World } from './projector-world.js';
import { age, dayMs, keptFor, sweep } from './retention-world.js';
import { makeScriptedTarget } from './scripted-target.js';

interface Stopped {
  readonly consumer: string;
  readonly topic: string;
  readonly code: string;
  readonly [name: string]: unknown;
}
const stoppedIn = ({ database }: Pick<Hub, 'database'>): Promise<readonly Stopped[]> =>
  database.query<Stopped>(
    'select consumer, topic, stopped_code as code from consumer_position where stopped_code is not null order by 1',
  );

describe('ingest', () => {
  let hub: Hub;
  beforeEach(async () => {
    hub = await openHub();
  }, 60_000);
  afterEach(() => hub.close());

  const names = async (): Promise<readonly unknown[]> =>
    (await hub.database.query('select name from product order by name')).map((row) => row['name']);

  it('stops at what retention has removed, and beyond the end; other partitions go on', async () => {
    await hub.take('products', [1, 2, 3].map((n) => ({ id: '1', document: product(`P${n}`, ['1']) }))); // prettier-ignore
    await age(hub.database, 40);
    await sweep(hub.database, { keptFor: { ...keptFor, payloadsMs: 30 * dayMs } });
    // A position that somebody has set back, as a restore of parts of the database does.
    await hub.database.query(
      `update consumer_position set next_offset = 0 where consumer = 'ingest' and next_offset > 0`,
    );
    await hub.show('products', [{ id: '1', document: product('behind', ['1']) }]);
    await hub.settle();
    expect(await names()).toEqual(['P3']);
    expect(await stoppedIn(hub)).toEqual([{ consumer: 'ingest', topic: 'changes.till', code: 'LOG_POSITION_LOST' }]);

    const others = ['2', '3', '4', '5', '6', '7', '8', '9'];
    await hub.take('products', others.map((id) => ({ id, document: product(`Q${id}`, [id]) }))); // prettier-ignore
    expect((await names()).length).toBeGreaterThan(4);

    const [stopped] = await positions.stoppedPositions(hub.database, 'ingest', 'changes.till', ['product']);
    const starts = await hub.log.starts('changes.till');
    await hub.database.tx((tx) =>
      positions.resumePositions(tx, 'ingest', 'changes.till', new Map([[stopped!, starts[stopped!]!]])),
    );
    await hub.settle();
    expect(await names()).toContain('behind');

    await hub.database.query(`update consumer_position set next_offset = 1000 where consumer = 'ingest' and partition = $1`, [stopped]); // prettier-ignore
    await hub.settle();
    expect(await stoppedIn(hub)).toMatchObject([{ code: 'LOG_POSITION_LOST' }]);
  });
});

describe('who reads canonical events', () => {
  let world: World;
  beforeEach(async () => {
    world = await openWorld(makeScriptedTarget());
  }, 60_000);
  afterEach(() => world.close());

  const variant = (id: string): Promise<void> =>
    world.put('variant', id, { product_id: 'p', sku: id, name: `Name of ${id}`, price_amount: '10' });
  /** As if events had been removed that nobody has read. */
  const remove = async (): Promise<void> => {
    const [end = 0n] = await world.log.ends(canonicalTopic);
    await world.database.query('delete from log_entry where topic = $1', [canonicalTopic]);
    await world.database.query('update log_partition set kept_from = $2 where topic = $1', [canonicalTopic, end]);
  };
  const start = (): Promise<string> =>
    makeRestoreChecks({
      database: world.database,
      store: { ...checks, finishCheck },
      ...{ heads, canonicalTopic },
      looked: () => undefined,
    }).start('usr_1');

  it('stops the projector, tells every flow, and goes on with a check of all flows', async () => {
    await variant('a');
    await world.settle();
    await variant('b');
    await remove();
    await variant('c');
    await world.settle();
    expect(await stoppedIn(world)).toEqual([{ consumer: 'look', topic: canonicalTopic, code: 'LOG_EVENTS_LOST' }]);
    expect(await world.row('variant', 'c')).toBeUndefined();
    const told = (await readProgress(world.database, [])).map(({ stoppedBecause }) => stoppedBecause);
    expect(new Set(told)).toEqual(new Set([expect.stringContaining('Canonical events were removed')]));
    expect(await heads.stoppedConsumers(world.database, canonicalTopic)).toMatchObject([{ consumer: 'look' }]);

    const first = await start();
    expect(await stoppedIn(world)).toEqual([]);
    await world.settle();
    expect(await world.row('variant', 'c')).toMatchObject({ state: 'paused', reason_code: 'RESTORE_CHECK' });
    // A check that goes on is not replaced, unless more was lost.
    expect(await start()).toBe(first);
    await variant('d');
    await remove();
    await variant('e');
    await world.settle();
    expect(await start()).not.toBe(first);
  });

  const relay = (published: ReadEntry[]): RelayDeps => ({
    ...{ database: world.database, log: world.log, canonicalTopic, positions },
    ...{
      clock: systemClock,
      logger: silentLogger,
      failpoint: noFailpoint,
      owner: newId('run'),
      leaseMs: 1,
      restMs: 20,
    },
    publisher: {
      publish: (events) => Promise.resolve(void published.push(...(events as readonly ReadEntry[]))),
      close: () => Promise.resolve(),
    },
  });

  it('stops the relay, which publishes nothing behind what it has lost', async () => {
    await positions.preparePositions(world.database, relayConsumer, canonicalTopic, 1);
    await variant('a');
    await remove();
    await variant('b');
    const published: ReadEntry[] = [];
    expect(await relayOnce(relay(published))).toBe('idle');
    expect(await relayOnce(relay(published))).toBe('idle');
    expect(published).toEqual([]);
    expect(await stoppedIn(world)).toEqual([{ consumer: 'relay', topic: canonicalTopic, code: 'LOG_EVENTS_LOST' }]);
    await start();
    await relayOnce(relay(published));
    expect(published.map(({ key }) => key)).toEqual(['b']);
  });

  it('lets a relay that has never read begin with what is there', async () => {
    await variant('a');
    await remove();
    await variant('b');
    const published: ReadEntry[] = [];
    const service = makeRelay(relay(published));
    await service.start();
    await until(() => published.length > 0, { what: 'an event' });
    await service.stop();
    expect(published.map(({ key }) => key)).toEqual(['b']);
    expect(await stoppedIn(world)).toEqual([]);
  });
});
