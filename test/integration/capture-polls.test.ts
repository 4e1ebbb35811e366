/** What a look at a stream costs that has nothing new: it happens every few seconds for every stream of every system. */
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { systemClock } from '../../src/base/clock.js';
import { noFailpoint } from '../../src/base/failpoint.js';
import { silentLogger } from '../../src/base/logger.js';
import { captureOnce, makeAccountCheck, type CaptureDeps } from '../../src/cdc/capture.js';
import { changesTopic } from '../../src/log/change-log.js';
import * as streams from '../../src/store/capture-positions.js';
import * as erasures from '../../src/store/erasures.js';
import type { Database } from '../../src/store/database.js';
import * as systems from '../../src/store/system-status.js';
import { makeSource } from './capture-source.js';
import { testConfiguration, testSystem } from './ingest-system.js';
import { openHub, type Hub } from './ingest-world.js';

let hub: Hub;
beforeEach(async () => {
  hub = await openHub();
  await hub.database.query(`insert into system (id, key, connector, name) values ('till', 'till', 'test', 'Till')`);
});
afterEach(() => hub.close());

/** Looks at a stream of a system with an overlap of three records; what is asked outside of transactions stands in `asked`. */
function watched() {
  const asked: string[] = [];
  const database: Database = {
    ...hub.database,
    query(text, values, name, until) {
      asked.push(name ?? text);
      return hub.database.query(text, values, name, until);
    },
  };
  const source = makeSource(3);
  const configuration = testConfiguration({ till: testSystem(source) });
  const deps: CaptureDeps = {
    database, log: hub.log, changesTopic, streams, erasures, systems, configuration, clock: systemClock, logger: silentLogger,
    failpoint: noFailpoint, owner: 'one', leaseMs: 60_000,
  }; // prettier-ignore
  const accounts = makeAccountCheck(deps);
  const stream = { name: 'products', record: 'product', entity: 'product' } as const;
  const wanted = { system: 'till', stream, pollEveryMs: 20, batchSize: 4, startsNow: false };
  const look = async (): Promise<void> => {
    while ((await captureOnce(wanted, deps, accounts, new AbortController().signal)) === 'more');
  };
  return { source, asked, look };
}

it('is one statement when the system answers and has never failed', async () => {
  const { asked, look } = watched();
  await look();
  // That it answers is written once a second.
  await hub.database.query(`update system set last_success_at = now() + interval '1 hour'`);
  asked.length = 0;
  await look();
  expect(asked).toEqual(['stream-to-read']);
});

it('writes what is new, and leaves what it remembers of the overlap as it stands', async () => {
  const { source, look } = watched();
  for (const id of ['a', 'b', 'c', 'd']) source.edit(id, { name: id });
  await look();
  /** The transaction that wrote each row last. */
  const written = async () =>
    new Map(
      (
        await hub.database.query<{ id: string; tx: string }>(`select external_id as id, xmin::text as tx from capture_seen`)
      ).map(({ id, tx }) => [id, tx]),
    ); // prettier-ignore
  const before = await written();
  source.edit('c', { name: 'other' });
  source.edit('e', { name: 'e' });
  await look();
  const after = await written();
  expect([...after.keys()].sort()).toEqual(['c', 'd', 'e']);
  expect(after.get('d')).toBe(before.get('d'));
  expect(after.get('c')).not.toBe(before.get('c'));
});
