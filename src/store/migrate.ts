/**
 * Brings a database to the schema of this release: plain SQL files, forward only, each in its own transaction, run by
 * TypeORM's runner. Any number of processes may call this at once: one works, the others wait and then find nothing to do.
 * A database that is further than this release is refused, as is one that cannot hold our data.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import type { Logger, MigrationInterface, QueryRunner } from 'typeorm';
import { asKoppelError, KoppelError } from '../base/errors.js';
import type { Query } from './database.js';

export interface MigrateOptions {
  /** Folder of the files; by default `migrations/` of the package. */
  readonly folder?: string;
}

/** Runs what is pending. Returns the names of the migrations that were run now, in their order. */
export async function migrate(url: string, options: MigrateOptions = {}): Promise<string[]> {
  const files = readMigrations(options.folder ?? join(packageRoot(), 'migrations'));
  const guard = await connect(url);
  try {
    await checkServer(guard);
    await guard.query('select pg_advisory_lock($1)', [migrationLock]);
    const run = await runNames(guard);
    refuseNewer(run, files);
    return files.every(({ name }) => run.has(name)) ? [] : await runPending(url, files);
  } finally {
    // Ending the connection gives the lock back, also when this process is killed in between.
    await guard.end().catch(() => undefined);
  }
}

/** Names of this release's migrations that a database has not run yet. A database that is further than this release is fine. */
export async function missingMigrations(query: Query, folder = join(packageRoot(), 'migrations')): Promise<string[]> {
  const rows = await query.query<{ name: string }>(`select name from ${historyTable}`);
  const run = new Set(rows.map((row) => row.name));
  return readMigrations(folder).flatMap(({ name }) => (run.has(name) ? [] : [name]));
}

const migrationLock = 5_606_736;
const historyTable = 'schema_migration';
const oldestVersion = 150_000;

interface MigrationFile {
  readonly name: string;
  readonly sql: string;
}

/** Reads and checks the files. Their names end in the 13 digits, because that is how TypeORM sorts them. */
export function readMigrations(folder: string): MigrationFile[] {
  const seen = new Set<string>();
  return readdirSync(folder)
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((file) => {
      const match = /^(\d{13})-([a-z0-9-]+)\.sql$/.exec(file);
      if (match === null) throw new KoppelError('MIGRATION_INVALID', { file, what: 'its name has another form' });
      const [, digits = '', slug = ''] = match;
      if (seen.has(digits)) throw new KoppelError('MIGRATION_INVALID', { file, what: 'its number is used twice' });
      seen.add(digits);
      const sql = readFileSync(join(folder, file), 'utf8');
      if (!/^-- why: \S/.test(sql)) {
        throw new KoppelError('MIGRATION_INVALID', { file, what: 'its first line does not say why' });
      }
      return { name: `${slug}${digits}`, sql };
    });
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'koppel migrate',
    connectionTimeoutMillis: 10_000,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return client;
  } catch (cause) {
    await client.end().catch(() => undefined);
    const { message, code } = cause as { message: string; code?: string };
    throw new KoppelError('DATABASE_UNREACHABLE', { what: message === '' ? String(code) : message }, { cause });
  }
}

async function checkServer(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ encoding: string; replica: boolean; version: number }>(
    `select current_setting('server_encoding') as encoding, pg_is_in_recovery() as replica,
            current_setting('server_version_num')::int as version`,
  );
  const { encoding = '', replica = false, version = 0 } = rows[0] ?? {};
  const refuse = (what: string): never => {
    throw new KoppelError('DATABASE_UNSUITABLE', { what });
  };
  if (encoding !== 'UTF8') refuse(`its encoding is ${encoding}, not UTF8`);
  if (replica) refuse('it is a read-only replica');
  if (version < oldestVersion) refuse(`it is Postgres ${Math.floor(version / 10_000)}; 15 or later is needed`);
}

/** Names of the migrations that the database has run, in their order; none of a new one. */
async function runNames(client: pg.Client): Promise<ReadonlySet<string>> {
  const { rows: tables } = await client.query(
    'select 1 from pg_tables where schemaname = current_schema() and tablename = $1',
    [historyTable],
  );
  if (tables.length === 0) return new Set();
  const { rows } = await client.query<{ name: string }>(`select name from ${historyTable} order by timestamp`);
  return new Set(rows.map((row) => row.name));
}

function refuseNewer(run: ReadonlySet<string>, files: readonly MigrationFile[]): void {
  const known = new Set(files.map((file) => file.name));
  const unknown = [...run].filter((name) => !known.has(name));
  if (unknown.length > 0) throw new KoppelError('DATABASE_NEWER', { names: unknown.join(', ') });
}

/** TypeORM prints failures by itself; the caller does that, with the hint. */
const silent: Logger = {
  logQuery: () => undefined,
  logQueryError: () => undefined,
  logQuerySlow: () => undefined,
  logSchemaBuild: () => undefined,
  logMigration: () => undefined,
  log: () => undefined,
};

async function runPending(url: string, files: readonly MigrationFile[]): Promise<string[]> {
  // Not before something is pending: it is the largest of all libraries, and most starts have nothing to run.
  const { DataSource } = await import('typeorm');
  const source = new DataSource({
    type: 'postgres',
    url,
    applicationName: 'koppel migrate',
    logging: false,
    logger: silent,
    synchronize: false,
    installExtensions: false,
    migrations: files.map(migrationClass),
    migrationsTableName: historyTable,
  });
  await source.initialize();
  try {
    const done = await source.runMigrations({ transaction: 'each' });
    return done.map((migration) => migration.name);
  } catch (error) {
    throw asKoppelError(error);
  } finally {
    await source.destroy();
  }
}

/** TypeORM wants a class for each migration; its number and name come from the file. */
function migrationClass({ name, sql }: MigrationFile): new () => MigrationInterface {
  return class {
    readonly name = name;

    async up(runner: QueryRunner): Promise<void> {
      try {
        await runner.query(sql);
      } catch (cause) {
        throw new KoppelError('MIGRATION_FAILED', { name, what: (cause as Error).message }, { cause });
      }
    }

    down(): Promise<void> {
      throw new KoppelError('MIGRATION_FAILED', { name, what: 'migrations go forward only' });
    }
  };
}

/** The nearest folder above this file that holds package.json: the same from src/ and from dist/. */
function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json')) && dirname(folder) !== folder) folder = dirname(folder);
  return folder;
}
