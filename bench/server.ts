/** Databases for benchmarks: on the server that KOPPEL_DATABASE_URL names, or on one of our own for the time of the run. */
import pg from 'pg';
import { startThrowawayPostgres } from '../src/embedded/throwaway.js';

export interface Server {
  readonly url: string;
  close(): Promise<void>;
}

export async function openServer(say: (line: string) => void): Promise<Server> {
  const given = process.env['KOPPEL_DATABASE_URL'];
  if (given !== undefined) return { url: given, close: () => Promise.resolve() };
  const embedded = await startThrowawayPostgres({ say, unsafeFast: false });
  return { url: embedded.url('koppel'), close: () => embedded.stop() };
}

export function withDatabase(server: string, name: string): string {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

/**
 * Drops what this process has left on a server that it was given; all its databases are named after it. One that is being made meanwhile is
 * waited for. Never throws: the server may be gone.
 */
export async function dropOwnDatabases(): Promise<void> {
  const given = process.env['KOPPEL_DATABASE_URL'];
  if (given === undefined) return;
  const client = new pg.Client({ connectionString: given, connectionTimeoutMillis: 5_000 });
  const left = `select quote_ident(datname) as name, false as "isMade" from pg_database where starts_with(datname, $1)
    union all
    select '', true from pg_stat_activity where state = 'active' and starts_with(query, 'create database ' || $1)`;
  const until = performance.now() + 10_000;
  try {
    await client.connect();
    for (;;) {
      const { rows } = await client.query<{ name: string; isMade: boolean }>(left, [`koppel_bench_${process.pid}_`]);
      if (rows.length === 0) return;
      if (performance.now() > until) throw new Error('they are in use');
      for (const { name, isMade } of rows)
        if (!isMade) await client.query(`drop database if exists ${name} with (force)`);
    }
  } catch (error) {
    process.stderr.write(`Databases of the benchmark may be left behind: ${(error as Error).message}.\n`);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** One statement over a connection of its own. */
export async function admin(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
