/** What follows from a change that rests before it is written: the rows of the record, and of what is written together with it. */
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { systemClock } from '../../src/base/clock.js';
import { silentLogger } from '../../src/base/logger.js';
import { canonicalTopic } from '../../src/log/change-log.js';
import * as positions from '../../src/store/positions.js';
import { claimDue, sharesOfDue } from '../../src/store/projection-claim.js';
import * as looks from '../../src/store/projection-looks.js';
import { makeLookWorker, type LookDeps } from '../../src/sync/look.js';
import { testFlow } from './ingest-system.js';
import { openHub, product, type Hub } from './ingest-world.js';

let hub: Hub;
beforeEach(async () => {
  hub = await openHub();
  hub.configuration.flows.push(testFlow('till', 'shop', 'product'));
  await hub.database.query(
    `insert into system (id, key, connector, name) select 'sys_' || k, k, 'test', k from unnest('{till,shop}'::text[]) k`,
  );
  await hub.database.query(
    `insert into flow (id, key, name, entity, source, target, state) values ('flw_1', 'p', 'P', 'product', 'till', 'shop', 'ENABLED')`,
  );
});
afterEach(() => hub.close());

const due = async (): Promise<number> =>
  (await hub.database.query(`select 1 from projection where state = 'pending' and next_at <= now()`)).length;
/** How many rows the projector would take now. */
const claimed = (): Promise<number> =>
  hub.database.tx(async (tx) => (await claimDue(tx, 'shop', await sharesOfDue(tx, 'shop', 100))).length);
async function look(restBeforeWriteMs: NonNullable<LookDeps['restBeforeWriteMs']>): Promise<void> {
  const { database, log } = hub;
  const worker = makeLookWorker({ database, log, canonicalTopic, positions, looks, restBeforeWriteMs, clock: systemClock, logger: silentLogger, owner: 'me' }); // prettier-ignore
  await worker.run();
  await worker.release();
}

it('is due at once, or when it has rested: a product with its variants', async () => {
  await hub.take('products', [{ id: '7', document: product('Shirt', ['S', 'M']) }]);
  await look(() => 0);
  expect(await due()).toBe(3);
  await hub.database.query(`update projection set state = 'in_sync', next_at = null`);
  await hub.take('products', [{ id: '7', document: product('Blouse', ['S', 'M']) }]);
  await look(({ entity }) => (entity === 'product' ? 60_000 : 0));
  expect(await due()).toBe(0);
  const rows = await hub.database.query(`select 1 from projection where next_at between now() + interval '50 s' and now() + interval '61 s'`); // prettier-ignore
  expect(rows).toHaveLength(3);
});

it('rests until then, whatever else happens to the record', async () => {
  await hub.take('products', [{ id: '7', document: product('Shirt', ['S', 'M']) }]);
  await look(() => 0);
  await hub.database.query(`update projection set state = 'in_sync', next_at = null`);
  await hub.take('products', [{ id: '7', document: product('Blouse', ['S', 'M']) }]);
  await look(() => 60_000);
  await hub.take('products', [{ id: '7', document: product('Dress', ['S', 'M']) }]);
  await look(() => 0);
  expect(await due()).toBe(0);
  expect(await claimed()).toBe(0);
  // Nor when something else makes it due, until it has rested.
  await hub.database.query(`update projection set next_at = now()`);
  expect(await claimed()).toBe(0);
  await hub.database.query(`update projection set rests_until = now()`);
  expect(await claimed()).toBe(3);
});

it('does not let stock rest, which has the id of its variant', async () => {
  hub.configuration.flows.push(testFlow('till', 'shop', 'stock'));
  await hub.database.query(
    `insert into flow (id, key, name, entity, source, target, state) values ('flw_2', 's', 'S', 'stock', 'till', 'shop', 'ENABLED')`,
  );
  await hub.take('products', [{ id: '7', document: product('Shirt', ['S']) }]);
  const [{ id: variant }] = (await hub.database.query('select id from variant')) as [{ id: string }];
  await look(() => 0);
  await hub.database.query(
    `insert into projection (target, entity, canonical_id, flow, state, trace_id) values ('shop', 'stock', $1, 's', 'in_sync', 'trc_1')`,
    [variant],
  );
  await hub.database.query(`update projection set state = 'in_sync', next_at = null`);
  await hub.take('products', [{ id: '7', document: product('Blouse', ['S']) }]);
  await look(() => 60_000);
  await hub.database.query(`update projection set state = 'pending', next_at = now()`);
  expect(await claimed()).toBe(1);
});

it('rests once what is under way is over, which is settled at its time', async () => {
  await hub.take('products', [{ id: '7', document: product('Shirt', ['S']) }]);
  await look(() => 0);
  await hub.database.query(`update projection set state = 'writing'`);
  await hub.take('products', [{ id: '7', document: product('Blouse', ['S']) }]);
  await look(() => 60_000);
  expect(await claimed()).toBe(2);
  await hub.database.query(`update projection set state = 'pending', next_at = now()`);
  expect(await claimed()).toBe(0);
});
