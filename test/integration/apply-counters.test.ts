/** Which counter a transaction holds while it waits for something that is not in its transaction: none, or two processes would wait for each other. */
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { systemClock } from '../../src/base/clock.js';
import { noFailpoint } from '../../src/base/failpoint.js';
import { silentLogger } from '../../src/base/logger.js';
import { canonicalTopic } from '../../src/log/change-log.js';
import { makePostgresLog } from '../../src/log/postgres-log.js';
import { openDatabase, type Database } from '../../src/store/database.js';
import * as conflicts from '../../src/store/field-conflicts.js';
import * as journal from '../../src/store/journal.js';
import * as parked from '../../src/store/parked.js';
import * as waits from '../../src/store/projection-waits.js';
import * as references from '../../src/store/references.js';
import * as reservations from '../../src/store/reservations.js';
import * as rows from '../../src/store/rows.js';
import * as unmapped from '../../src/store/unmapped-values.js';
import { makeApply, type ApplyBatch } from '../../src/sync/apply.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

let world: TestDatabase;
let database: Database;
beforeEach(async () => {
  world = await createTestDatabase();
  const deps = { clock: systemClock, logger: silentLogger, failpoint: noFailpoint };
  database = openDatabase({ url: world.url, poolMax: 10, applicationName: 'test' }, deps);
});
afterEach(async () => {
  await database.end();
  await world.drop();
});

/** One change of a product, as it would be carried out. */
const batch: ApplyBatch = {
  system: 'till',
  steps: [
    {
      entity: 'product',
      externalId: '1',
      decision: {
        type: 'created',
        record: { entity: 'product', id: 'prd_1', version: 1, provenance: {}, isDeleted: false, fields: {} },
        changes: {},
      },
      source: { traceId: 'trc_2', seenAt: '2026-01-01T00:00:00Z', cause: '1', flow: null, log: null, mapping: 'm@1' },
    },
  ],
  records: [], merges: [], overtaken: [], references: [], appeared: [], observed: [], parked: [], resolved: [], unmapped: [], journal: [],
}; // prettier-ignore

it('a process that uses the log for the first time ends although another one is between its events and its journal', async () => {
  const opened = () => makePostgresLog({ database, logger: silentLogger, partitions: () => 1 });
  const [old, young] = [opened(), opened()];
  await old.prepare(canonicalTopic);
  const apply = makeApply({ log: young, canonicalTopic, rows, references, reservations, waits, parked, unmapped, conflicts, journal }); // prettier-ignore
  let begun: Promise<void> | undefined;
  await database.tx(async (tx) => {
    await old.append(tx, canonicalTopic, [{ key: 'prd_0', traceId: 'trc_1', payload: {} }]);
    begun = database.tx((other) => apply(other, batch));
    // It waits for the counter that is held here, and must hold none itself.
    await systemClock.sleep(500);
    await journal.appendJournal(tx, [{ traceId: 'trc_1', step: 'applied', outcome: 'updated' }]);
  });
  await begun;
  const steps = await database.query<{ trace_id: string }>('select trace_id from journal order by position');
  expect(steps.map((step) => step.trace_id)).toEqual(['trc_1', 'trc_2']);
}, 30_000);
