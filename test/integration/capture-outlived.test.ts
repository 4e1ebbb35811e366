/** Capture with a log that keeps what was appended although its transaction did not commit, as Kafka does. */
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { systemClock } from '../../src/base/clock.js';
import { KoppelError } from '../../src/base/errors.js';
import { noFailpoint, type Failpoint } from '../../src/base/failpoint.js';
import { silentLogger } from '../../src/base/logger.js';
import { captureOnce, makeAccountCheck, type CaptureDeps } from '../../src/cdc/capture.js';
import { capturedStreams } from '../../src/cdc/sources.js';
import { changesTopic } from '../../src/log/change-log.js';
import * as streams from '../../src/store/capture-positions.js';
import * as erasures from '../../src/store/erasures.js';
import * as systems from '../../src/store/system-status.js';
import { makeSource } from './capture-source.js';
import { testConfiguration, testFlow, testSystem } from './ingest-system.js';
import { openHub, type Hub } from './ingest-world.js';

let hub: Hub;
let shop: ReturnType<typeof makeSource>;
beforeEach(async () => {
  hub = await openHub();
  shop = makeSource(3);
  hub.configuration.systems = testConfiguration({ till: testSystem(makeSource(0)), shop: testSystem(shop) }).systems;
  hub.configuration.flows = [testFlow('shop', 'till', 'product', 20, {})];
  for (const key of ['till', 'shop'])
    await hub.database.query(`insert into system (id, key, connector, name) values ($1, $1, 'test', $1)`, [key]);
});
afterEach(() => hub.close());

async function follow(failpoint: Failpoint, owner = 'one'): Promise<void> {
  const { database, log, configuration } = hub;
  const append: CaptureDeps['log']['append'] = (_, topic, entries) => database.tx((own) => log.append(own, topic, entries)); // prettier-ignore
  const deps: CaptureDeps = {
    database, log: { isTransactional: false, append }, changesTopic, streams, erasures, systems, configuration, clock: systemClock,
    logger: silentLogger, failpoint, owner, leaseMs: 60_000,
  }; // prettier-ignore
  const wanted = capturedStreams(configuration.current()).find(({ system, stream }) => system === 'shop' && stream.name === 'products'); // prettier-ignore
  while ((await captureOnce(wanted!, deps, makeAccountCheck(deps), new AbortController().signal)) === 'more');
}

it('takes in that a record is back at what it was, when the process died after it had sent what lay between', async () => {
  const show = (name: string): void => shop.edit('p1', { name, code: 'p1' });
  show('on');
  await follow(noFailpoint);
  show('off');
  const dying: Failpoint = (name) => (name === 'C3' ? Promise.reject(new KoppelError('FAILPOINT', { name })) : undefined); // prettier-ignore
  await expect(follow(dying)).rejects.toThrow();
  show('on');
  await follow(noFailpoint);
  await hub.settle(hub.worker({ system: 'shop' }));
  expect(await hub.database.query('select name from product')).toEqual([{ name: 'on' }]);
});

it('sends nothing of a page when another process has taken the stream over while it was paused', async () => {
  shop.edit('p1', { name: 'first', code: 'p1' });
  const sent = async (): Promise<number> =>
    (await hub.database.query(`select 1 as one from log_entry where topic = $1`, [changesTopic('shop')])).length;
  const paused: Failpoint = async (name) => {
    if (name !== 'C2') return;
    shop.edit('p1', { name: 'third', code: 'p1' });
    await hub.database.query(`update capture_position set lease_until = '-infinity'`);
    await follow(noFailpoint, 'two');
  };
  await follow(noFailpoint);
  shop.edit('p1', { name: 'second', code: 'p1' });
  const before = await sent();
  await follow(paused);
  expect(await sent()).toBe(before + 1);
  expect(await hub.database.query(`select owner from capture_position where stream = 'products'`)).toEqual([
    { owner: 'two' },
  ]);
});
