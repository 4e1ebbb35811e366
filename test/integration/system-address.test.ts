/** Secrets of a system whose address is changed: they go to no host that they were not entered for. */
import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import { systemClock } from '../../src/base/clock.js';
import type { Document } from '../../src/base/document.js';
import { noFailpoint } from '../../src/base/failpoint.js';
import { silentLogger } from '../../src/base/logger.js';
import * as configuration from '../../src/store/configuration.js';
import { openDatabase, type Database } from '../../src/store/database.js';
import * as store from '../../src/store/system-admin.js';
import { makeSystemAdmin } from '../../src/sync/system-admin.js';
import { connectors } from '../../src/systems/connectors.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

let world: TestDatabase | undefined;
let database: Database;
const end = async (): Promise<void> => {
  await database?.end();
  await world?.drop();
};
beforeEach(async () => {
  await end();
  world = await createTestDatabase();
  database = openDatabase(
    { url: world.url, poolMax: 2, applicationName: 'test' },
    { clock: systemClock, logger: silentLogger, failpoint: noFailpoint },
  );
  await admin().create({ connector: 'softmaat', key: 'shop', name: 'Shop', settings: { url: at, token: 'old' } });
});
afterAll(end);

const at = 'https://shop.example/api/v1';
const elsewhere = 'https://attacker.example/api/v1';

const admin = () =>
  makeSystemAdmin({
    database,
    connectors,
    connecting: { clock: systemClock, logger: silentLogger, failpoint: noFailpoint },
    store: { ...configuration, ...store },
    sealSecrets: (_, secrets) => Buffer.from(JSON.stringify(secrets)),
    openSecrets: ({ secrets }) => JSON.parse(String(secrets)) as Document,
    reload: () => Promise.resolve(),
  });

/** Settings and secrets as they are stored after a change. */
async function changed(settings: Document): Promise<unknown> {
  const read = 'select version, settings, secrets from system';
  const [before] = await database.query<{ version: number }>(read);
  await admin().update('shop', { expectedVersion: before!.version, name: null, settings });
  const [after] = await database.query<{ settings: Document; secrets: Buffer }>(read);
  return { ...after!.settings, ...(JSON.parse(String(after!.secrets)) as object) };
}

describe('the address of a system', () => {
  it.each([
    ['host', elsewhere],
    ['port', 'https://shop.example:8443/api/v1'],
    ['scheme', 'http://127.0.0.1/api/v1'],
  ])('is not led to another %s with the secrets of before', async (_, url) => {
    await expect(changed({ url })).rejects.toMatchObject({
      code: 'SETTINGS_INVALID',
      values: { system: 'Shop', problems: 'token is needed again, because the address leads to another host' },
    });
    expect(await changed({ timeoutMs: 9_000 })).toEqual({ url: at, timeoutMs: 9_000, token: 'old' });
  });

  it('is led elsewhere with secrets of its own, and changed on the same host without', async () => {
    expect(await changed({ url: 'https://shop.example/api/v1/' })).toMatchObject({ token: 'old' });
    expect(await changed({ url: elsewhere, token: 'new' })).toEqual({ url: elsewhere, token: 'new' });
  });
});
