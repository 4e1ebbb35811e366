/** Who relays: one process at a time, and another one soon after it is gone. */
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { systemClock } from '../../src/base/clock.js';
import { noFailpoint } from '../../src/base/failpoint.js';
import { silentLogger } from '../../src/base/logger.js';
import { canonicalTopic } from '../../src/log/change-log.js';
import * as positions from '../../src/store/positions.js';
import { relayOnce, type RelayDeps } from '../../src/sync/relay.js';
import { until } from '../support/wait.js';
import { openHub, product, type Hub } from './ingest-world.js';

let hub: Hub;
beforeEach(async () => {
  hub = await openHub();
  await positions.preparePositions(hub.database, 'relay', canonicalTopic, 1);
  await hub.take('products', [{ id: '1', document: product('P1', ['1']) }]);
});
afterEach(() => hub.close());

const deps = (owner: string, publish: () => Promise<void>): RelayDeps => ({
  database: hub.database, log: hub.log, canonicalTopic, positions, clock: systemClock, logger: silentLogger, failpoint: noFailpoint, owner,
  publisher: { publish, close: () => Promise.resolve() },
}); // prettier-ignore

interface Held {
  readonly owner: string;
  readonly next: string;
  readonly left: number;
}
async function held(): Promise<Held> {
  const [row] = await hub.database.query<Held & Record<string, unknown>>(
    `select owner, next_offset::text as next, (extract(epoch from lease_until - clock_timestamp()) * 1000)::float8 as left
     from consumer_position where consumer = 'relay'`,
  );
  return row!;
}

it('leaves the work to another process within five seconds when it is killed', async () => {
  await relayOnce(deps('first', () => Promise.resolve()));
  const { owner, left } = await held();
  expect(owner).toBe('first');
  // Another one looks every second.
  expect(left).toBeLessThan(4_000);
});

it('keeps the work while brokers take longer than its lease lasts', async () => {
  const leaseMs = 6_000;
  const taken: string[] = [];
  const other = { ...deps('other', () => Promise.resolve(void taken.push('other'))), leaseMs };
  const slow = async (): Promise<void> => {
    const [{ end } = { end: new Date(0) }] = await hub.database.query<{ end: Date }>(`select lease_until as end from consumer_position where consumer = 'relay'`); // prettier-ignore
    const isOver = async (): Promise<boolean> => {
      await relayOnce(other);
      const [row] = await hub.database.query<{ over: boolean }>(`select clock_timestamp() > $1::timestamptz + interval '500 milliseconds' as over`, [end]); // prettier-ignore
      return row!.over;
    };
    await until(isOver, { what: 'the end of its first lease', timeoutMs: 20_000 });
    taken.push('first');
  };
  await relayOnce({ ...deps('first', slow), leaseMs });
  expect(taken).toEqual(['first']);
  const { owner, next } = await held();
  expect({ owner, next }).toEqual({ owner: 'first', next: String((await hub.log.ends(canonicalTopic))[0]) });
});

it('moves nothing when it has lost the work while it published', async () => {
  const before = await held();
  const losing = async (): Promise<void> => {
    await hub.database.query(`update consumer_position set owner = 'other', epoch = epoch + 1, lease_until = clock_timestamp() + interval '1 minute' where consumer = 'relay'`); // prettier-ignore
  };
  expect(await relayOnce(deps('first', losing))).toBe('idle');
  expect(await held()).toMatchObject({ owner: 'other', next: before.next });
});
