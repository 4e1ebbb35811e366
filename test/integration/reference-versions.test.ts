/** Versions of records that their systems show as of before what the hub knows: forgotten, unless the hub has learned of newer ones since. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { findReferences } from '../../src/store/references.js';
import { forgetVersionsAbove } from '../../src/store/reference-versions.js';
import { openHub, product, type Hub } from './ingest-world.js';

let hub: Hub;
beforeAll(async () => {
  hub = await openHub();
});
afterAll(() => hub.close());

const shirt = { entity: 'product', externalId: '7' } as const;
const versionOf = async (): Promise<bigint | null | undefined> =>
  (await findReferences(hub.database, 'till', 'product', ['7'])).get('7')?.sourceVersion;
const forget = (shown: { version: string; seenBefore?: string; writtenBefore?: string }) =>
  hub.database.tx((tx) => forgetVersionsAbove(tx, 'till', [{ ...shirt, ...shown }]));

it('are forgotten when the hub knew them before, and given anew by what is taken in next', async () => {
  const before = new Date(Date.now() - 3_600_000).toISOString();
  const after = new Date(Date.now() + 3_600_000).toISOString();
  await hub.take('products', [{ id: '7', version: 20, document: product('New', ['S']) }]);
  expect(await forget({ version: '20' })).toEqual([]);
  // Taken in since what is shown was read.
  expect(await forget({ version: '10', seenBefore: before })).toEqual([]);
  await hub.database.query(`update external_reference set last_written_at = now()`);
  expect(await forget({ version: '10', seenBefore: after, writtenBefore: before })).toEqual([]);
  expect(await versionOf()).toBe(20n);
  expect(await forget({ version: '10', seenBefore: after, writtenBefore: after })).toEqual([shirt]);
  expect(await versionOf()).toBeNull();
  await hub.take('products', [{ id: '7', version: 10, document: product('Restored', ['S']) }]);
  expect(await versionOf()).toBe(10n);
  expect((await hub.database.query('select name from product'))[0]).toEqual({ name: 'Restored' });
});
