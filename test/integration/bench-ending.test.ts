/** A benchmark that is ended by a signal takes everything with it that it has started and written. Over the built program. */
import { afterEach, describe, expect, it } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { isAlive } from '../../src/embedded/server.js';
import { createTestDatabase } from '../support/database.js';
import { until } from '../support/wait.js';

let folder: string;
let bench: ChildProcess | undefined;
let postgres = 0;

function start(env: Readonly<Record<string, string>>): ChildProcess {
  folder = mkdtempSync(join(tmpdir(), 'koppel-bench-test-'));
  chmodSync(folder, 0o755);
  const { KOPPEL_DATABASE_URL: _, ...others } = process.env;
  const args = [resolve('dist/bench/main.js'), 'ingest', '--products', '2000', '--rounds', '50'];
  bench = spawn(process.execPath, args, { env: { ...others, TMPDIR: folder, ...env }, stdio: 'ignore' });
  return bench;
}
afterEach(() => {
  bench?.kill('SIGKILL');
  if (isAlive(postgres)) process.kill(postgres, 'SIGINT');
  rmSync(folder, { recursive: true, force: true, maxRetries: 20 });
});

/** Of the server that the benchmark has started below our folder; its port stands in the file once it listens. */
function ownPostgres(): number {
  const file = readdirSync(folder, { recursive: true, encoding: 'utf8' }).find((name) => name.endsWith('postmaster.pid')); // prettier-ignore
  const [pid, , , port] = file === undefined ? [] : readFileSync(join(folder, file), 'utf8').split('\n');
  return port === undefined || port === '' ? 0 : Number(pid);
}

describe('a benchmark', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'ends its Postgres and removes its files at %s',
    async (signal) => {
      const child = start({});
      const gone = once(child, 'exit');
      postgres = await until(ownPostgres, { timeoutMs: 60_000, what: 'the Postgres of the benchmark' });
      child.kill(signal);
      expect(await gone).toEqual([null, signal]);
      expect(isAlive(postgres)).toBe(false);
      expect(readdirSync(folder)).toEqual([]);
    },
    90_000,
  );

  it('drops its databases on a server that it was given', async () => {
    const given = await createTestDatabase();
    const client = new pg.Client({ connectionString: given.url });
    await client.connect();
    try {
      const child = start({ KOPPEL_DATABASE_URL: given.url });
      const own = async (): Promise<number> =>
        (await client.query(`select from pg_database where starts_with(datname, $1)`, [`koppel_bench_${child.pid}_`]))
          .rows.length;
      await until(own, { timeoutMs: 60_000, what: 'a database of the benchmark' });
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      expect(await gone).toEqual([null, 'SIGTERM']);
      expect(await own()).toBe(0);
    } finally {
      await client.end();
      await given.drop();
    }
  }, 90_000);
});
