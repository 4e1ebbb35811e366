/**
 * A database per test file, cloned from a migrated template in a few dozen milliseconds. The server is started once for the
 * whole run (global-setup.ts), or is the one that KOPPEL_TEST_DATABASE_URL names.
 */
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { migrate } from '../../src/store/migrate.js';

export interface TestDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

export interface TestDatabaseOptions {
  /** An empty database instead of a migrated one. */
  readonly empty?: boolean;
}

/** A database of one's own. Drop it in afterAll; connections that are still open are ended. */
export async function createTestDatabase(options: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const { server, template } = testServer();
  const name = `koppel_test_${randomUUID().replaceAll('-', '')}`;
  await onServer(server, (client) =>
    client.query(`create database ${name} template ${options.empty === true ? 'template0' : template}`),
  );
  return {
    url: withDatabase(server, name),
    drop: () =>
      onServer(server, (client) => client.query(`drop database if exists ${name} with (force)`)).then(() => undefined),
  };
}

/** A copy of a database as it is now; whoever uses it at that moment loses the connection. */
export async function copyDatabase(url: string): Promise<TestDatabase> {
  const name = `koppel_copy_${randomUUID().replaceAll('-', '')}`;
  await makeFrom(name, nameIn(url));
  const { server } = testServer();
  return { url: withDatabase(server, name), drop: () => dropDatabase(server, name) };
}

/** Puts a copy back under the address of the database that it was made of, as the restore of a backup does. */
export async function restoreDatabase(url: string, copy: TestDatabase): Promise<void> {
  await dropDatabase(testServer().server, nameIn(url));
  await makeFrom(nameIn(url), nameIn(copy.url));
}

const nameIn = (url: string): string => new URL(url).pathname.slice(1);

async function makeFrom(name: string, template: string): Promise<void> {
  await onServer(testServer().server, async (client) => {
    await client.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [template]);
    await client.query(`create database ${name} template ${template}`);
  });
}

/** Makes the template that test databases are cloned from. Returns its name. */
export async function createTemplate(server: string): Promise<string> {
  const template = `koppel_template_${randomUUID().replaceAll('-', '')}`;
  await onServer(server, (client) => client.query(`create database ${template} template template0`));
  await migrate(withDatabase(server, template));
  return template;
}

export async function dropDatabase(server: string, name: string): Promise<void> {
  await onServer(server, (client) => client.query(`drop database if exists ${name} with (force)`));
}

function testServer(): { server: string; template: string } {
  const server = process.env['KOPPEL_TEST_SERVER'];
  const template = process.env['KOPPEL_TEST_TEMPLATE'];
  if (server === undefined || template === undefined) {
    throw new Error('there is no test server: this works in the jest projects "world" and "kafka" only');
  }
  return { server, template };
}

function withDatabase(server: string, name: string): string {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

async function onServer<T>(server: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
