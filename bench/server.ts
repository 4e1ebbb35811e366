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
