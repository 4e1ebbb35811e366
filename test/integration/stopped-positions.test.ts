/** Stopping a partition while somebody lets it go on: nobody waits, and what people have decided holds. */
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { systemClock } from '../../src/base/clock.js';
import { noFailpoint } from '../../src/base/failpoint.js';
import { silentLogger } from '../../src/base/logger.js';
import { lowerOf, shortenedAt } from '../../src/log/kafka-ends.js';
import { openDatabase, type Database } from '../../src/store/database.js';
import { resumePositions, stopPartition } from '../../src/store/positions.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

let world: TestDatabase;
let database: Database;
beforeEach(async () => {
  world = await createTestDatabase();
  const settings = { url: world.url, poolMax: 3, applicationName: 'test' };
  database = openDatabase(settings, { clock: systemClock, logger: silentLogger, failpoint: noFailpoint });
});
afterEach(async () => {
  await database.end();
  await world.drop();
});

const why = { code: 'LOG_SHORTENED', message: 'It is shorter.', record: 'product' };
const stop = (): Promise<boolean> => stopPartition(database, 'ingest', 'changes.till', 0, why);

it('waits for nobody who lets it go on, and says that it stood still already', async () => {
  expect(await stop()).toBe(true);
  expect(await stop()).toBe(false);
  await database.tx(async (tx) => {
    await resumePositions(tx, 'ingest', 'changes.till', new Map([[0, 3n]]));
    // Would never end if it waited: this transaction is what it would wait for.
    expect(await stop()).toBe(false);
  });
  expect(await stop()).toBe(true);
});

it('is not for what was acknowledged before people decided', () => {
  const written = new Map([[0, { base: 2n, end: 3n }], [1, { base: 7n, end: 8n }]]); // prettier-ignore
  const before = new Map([[0, 9n], [1, 9n]]); // prettier-ignore
  // Of the first one people have said since where it ends; the other has been written on by somebody else.
  const now = new Map([[0, 2n], [1, 12n]]); // prettier-ignore
  expect(shortenedAt(written, before).map(({ partition }) => partition)).toEqual([0, 1]);
  expect(shortenedAt(written, lowerOf(before, now))).toEqual([{ partition: 1, acknowledged: 9n, end: 7n }]);
});
