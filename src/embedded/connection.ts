/**
 * The few statements that are needed before there is a database to have a store over: does it answer, whose is it, is there a
 * database, and who supervises it.
 */
import pg from 'pg';
import { superuser } from './cluster.js';

/** `dataDirectory`: it answered. `refused`: it will never let us in. Neither: not ready (yet). */
export interface Answer {
  readonly dataDirectory?: string;
  readonly refused?: string;
}

export function serverUrl(port: number, password: string, database: string): string {
  return `postgres://${superuser}:${password}@127.0.0.1:${port}/${database}`;
}

/** Asks a server for its data folder. */
export async function ask(port: number, password: string): Promise<Answer> {
  const client = newClient(port, password);
  try {
    await client.connect();
    const { rows } = await client.query<{ data_directory: string }>('show data_directory');
    return { dataDirectory: rows[0]?.data_directory ?? '' };
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    return code === '28P01' || code === '28000' ? { refused: message } : {};
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Makes the database unless it is there. */
export async function ensureDatabase(port: number, password: string, name: string): Promise<void> {
  const client = newClient(port, password);
  await client.connect();
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (rowCount === 0) await client.query(`create database ${pg.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}

const supervisorLock = 5_606_735;

/**
 * Takes the lock that the supervisor of this server holds as long as it lives: it is bound to the connection, so it is free
 * again the moment that a supervisor is killed. Returns undefined when another one has it.
 */
export async function superviseAlone(port: number, password: string): Promise<pg.Client | undefined> {
  const client = newClient(port, password);
  client.on('error', () => undefined);
  await client.connect();
  const { rows } = await client.query<{ free: boolean }>('select pg_try_advisory_lock($1) as free', [supervisorLock]);
  if (rows[0]?.free === true) return client;
  await client.end();
  return undefined;
}

function newClient(port: number, password: string): pg.Client {
  return new pg.Client({
    connectionString: serverUrl(port, password, 'postgres'),
    application_name: 'koppel supervisor',
    connectionTimeoutMillis: 5_000,
    query_timeout: 5_000,
    keepAlive: true,
  });
}
