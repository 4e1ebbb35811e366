/**
 * The chaos run of orders as a test: faults and kill -9 at random moments, then nothing may be lost or doubled. A few kills of
 * each seed; `npm run chaos -- orders` takes 200.
 */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { diagnose } from '../chaos/diagnosis.js';
import { chaosOrders } from '../chaos/orders.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

const kills = 8;

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

it('loses and doubles no order when both systems misbehave and the hub is killed again and again', async () => {
  const seed = Number(process.env['KOPPEL_CHAOS_SEED'] ?? '1');
  const outcome = await chaosOrders({ databaseUrl: database.url, seed, kills, products: 30, say: () => undefined });
  // The database is gone afterwards; what the hub knew of a lost record is what its finder needs.
  if (outcome.lost.length > 0)
    await diagnose(database.url, outcome.lost, (line) => void process.stderr.write(`${line}\n`));
  expect(outcome).toMatchObject({ lost: [], doubled: [], notReached: [], crashed: [] });
  expect(outcome.kills).toBeGreaterThanOrEqual(kills);
  expect(outcome.compared).toBeGreaterThan(2 * kills);
}, 600_000);
