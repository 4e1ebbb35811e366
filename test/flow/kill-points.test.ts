/** The chaos run of products as a test: kill -9 at every named kill point, then nothing may be lost or doubled. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { failpointNames, failpointsWithoutKafka } from '../../src/base/failpoint.js';
import { chaosProducts } from '../chaos/products.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { describeOnEitherLog } from '../support/kafka.js';
import { isLogInKafka } from '../support/stage.js';

const points = isLogInKafka ? failpointNames : failpointsWithoutKafka;

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

describeOnEitherLog('the hub', () => {
  it('loses and doubles nothing when the hub is killed at every kill point', async () => {
    const lines: string[] = [];
    const seed = Number(process.env['KOPPEL_CHAOS_SEED'] ?? '1');
    const outcome = await chaosProducts({
      databaseUrl: database.url,
      seed,
      rounds: 1,
      products: 30,
      say: (line) => lines.push(line),
    });
    expect(outcome).toEqual({ kills: points.length, lost: [], doubled: [], notReached: [] });
  }, 600_000);
});
