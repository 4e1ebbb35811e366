/** A process that cannot use the files which variables of Kafka name ends with the exit code after which nobody starts it again. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

let world: TestDatabase;
beforeAll(async () => {
  world = await createTestDatabase();
});
afterAll(() => world.drop());

it.each([
  ['the hub', [resolve('dist/src/main.js')]],
  ['npm start', ['--input-type=module', '-e', `await (await import('./dist/src/cli/start.js')).main([])`]],
])('%s says which variable, which file and what is expected, and ends with 3', (_, command) => {
  const others = Object.entries(process.env).filter(([name]) => !/^(KOPPEL_|NODE_OPTIONS)/.test(name));
  const { status, stderr } = spawnSync(process.execPath, command, {
    encoding: 'utf8',
    timeout: 25_000,
    env: {
      ...Object.fromEntries(others),
      KOPPEL_DATABASE_URL: world.url,
      KOPPEL_SECRET_KEY: 'q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQASNFZ4mrze8=',
      KOPPEL_KAFKA_BROKERS: '127.0.0.1:1',
      KOPPEL_KAFKA_TLS: '1',
      KOPPEL_KAFKA_CA: '/nowhere/kafka-ca.pem',
    },
  });
  expect(stderr).toContain('KOPPEL_KAFKA_CA is "/nowhere/kafka-ca.pem"\n    expected: a file in PEM');
  expect(stderr).toContain('ENOENT');
  expect(status).toBe(3);
});
