/** A stream that starts at its present end: what was there before it stays out, and everything after it comes in. */
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { systemClock } from '../../src/base/clock.js';
import { noFailpoint } from '../../src/base/failpoint.js';
import { silentLogger } from '../../src/base/logger.js';
import { captureOnce, makeAccountCheck, type CaptureDeps } from '../../src/cdc/capture.js';
import { changesTopic } from '../../src/log/change-log.js';
import type { Change } from '../../src/log/envelope.js';
import * as streams from '../../src/store/capture-positions.js';
import * as erasures from '../../src/store/erasures.js';
import * as systems from '../../src/store/system-status.js';
import { makeSource } from './capture-source.js';
import { testConfiguration, testSystem } from './ingest-system.js';
import { openHub, type Hub } from './ingest-world.js';

let hub: Hub;
let source: ReturnType<typeof makeSource>;
beforeEach(async () => {
  hub = await openHub();
  source = makeSource(3);
  await hub.database.query(`insert into system (id, key, connector, name) values ('till', 'till', 'test', 'Till')`);
  for (let i = 0; i < 10; i++) source.edit(`p${i}`, { n: i });
});
afterEach(() => hub.close());

async function look(): Promise<void> {
  const { database, log } = hub;
  const deps: CaptureDeps = {
    database, log, changesTopic, streams, erasures, systems, configuration: testConfiguration({ till: testSystem(source) }),
    clock: systemClock, logger: silentLogger, failpoint: noFailpoint, owner: 'one',
  }; // prettier-ignore
  const stream = { name: 'products', record: 'product', entity: 'product' } as const;
  const wanted = { system: 'till', stream, pollEveryMs: 20, batchSize: 4, startsNow: true };
  while ((await captureOnce(wanted, deps, makeAccountCheck(deps), new AbortController().signal)) === 'more');
}

/** Ids of the records in the log, one for each of its entries. */
async function captured(): Promise<readonly string[]> {
  const topic = changesTopic('till');
  const ids: string[] = [];
  for (const partition of (await hub.log.ends(topic)).keys()) {
    const entries = await hub.log.read(topic, partition, 0n, 10_000);
    ids.push(...entries.map(({ payload }) => (payload as unknown as Change).externalId));
  }
  return ids.sort();
}

it('leaves out what was there before, and only then', async () => {
  await look();
  expect(await captured()).toEqual([]);
  for (let i = 0; i < 5; i++) source.edit(`new${i}`, { n: i });
  await look();
  expect(await captured()).toEqual(['new0', 'new1', 'new2', 'new3', 'new4']);
  source.edit('p9', { n: 10 });
  await look();
  expect(await captured()).toEqual(['new0', 'new1', 'new2', 'new3', 'new4', 'p9']);
});

it('takes in what is changed between asking for the present end and reading', async () => {
  const { head } = source;
  source.head = async () => {
    const end = await head();
    source.edit('placed', { n: 1 });
    return end;
  };
  await look();
  expect(await captured()).toEqual(['placed']);
  source.head = head;
  await look();
  expect(await captured()).toEqual(['placed']);
});
