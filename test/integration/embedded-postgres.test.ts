/** The supervisor of the embedded Postgres, with real servers, killed supervisors and spoilt folders. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../src/embedded/postgres.js';
import { isAlive } from '../../src/embedded/server.js';
import { until } from '../support/wait.js';

let root: string;
let open: EmbeddedPostgres[] = [];
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'koppel-embedded-'));
  chmodSync(root, 0o755);
});
afterEach(async () => {
  await Promise.all(open.map((postgres) => postgres.stop()));
  open = [];
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

async function start(dataDir: string, say?: (line: string) => void): Promise<EmbeddedPostgres> {
  const postgres = await startEmbeddedPostgres({ dataDir, unsafeFast: true, ...(say === undefined ? {} : { say }) });
  open.push(postgres);
  return postgres;
}

async function ask<T extends pg.QueryResultRow>(url: string, sql: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<T>(sql)).rows;
  } finally {
    await client.end();
  }
}

describe('a data folder', () => {
  const folder = (): string => join(root, 'kept');

  it('is made with UTF8, checksums and passwords, and the server listens on loopback without a socket file', async () => {
    const postgres = await start(folder());
    const settings = await ask<{ name: string; setting: string }>(
      postgres.url('koppel'),
      `select name, setting from pg_settings where name in
         ('server_encoding', 'data_checksums', 'listen_addresses', 'unix_socket_directories', 'password_encryption')`,
    );
    expect(Object.fromEntries(settings.map(({ name, setting }) => [name, setting]))).toEqual({
      server_encoding: 'UTF8',
      data_checksums: 'on',
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
      password_encryption: 'scram-sha-256',
    });
    await ask(postgres.url('koppel'), 'create table kept as select 42 as answer');
    const wrong = postgres.url('koppel').replace(/:[^:@]+@/, ':wrong@');
    await expect(ask(wrong, 'select 1')).rejects.toMatchObject({ code: '28P01' });
  });

  it('keeps what was written for the next start', async () => {
    const postgres = await start(folder());
    expect(postgres.adopted).toBe(false);
    expect(await ask(postgres.url('koppel'), 'select answer from kept')).toEqual([{ answer: 42 }]);
  });

  it('is not shared by two supervisors', async () => {
    const first = await start(folder());
    await expect(startEmbeddedPostgres({ dataDir: folder() })).rejects.toMatchObject({ code: 'DATA_FOLDER_IN_USE' });
    expect(await ask(first.url('koppel'), 'select 1 as still')).toEqual([{ still: 1 }]);
  });

  it('with the pid file of a process that is no Postgres is simply used', async () => {
    const pidFile = join(folder(), 'postgres', 'data', 'postmaster.pid');
    writeFileSync(pidFile, `${process.pid}\n${folder()}\n1\n5432\n\n127.0.0.1\n`);
    const postgres = await start(folder());
    expect(readFileSync(pidFile, 'utf8').split('\n')[0]).toBe(String(postgres.pid));
  });

  it('of another major version is refused and left as it is', async () => {
    const file = join(folder(), 'postgres', 'data', 'PG_VERSION');
    const before = readFileSync(file, 'utf8');
    writeFileSync(file, '9\n');
    await expect(startEmbeddedPostgres({ dataDir: folder() })).rejects.toMatchObject({ code: 'DATA_FOLDER_VERSION' });
    writeFileSync(file, before);
    expect(await ask((await start(folder())).url('koppel'), 'select answer from kept')).toEqual([{ answer: 42 }]);
  });

  it('whose password was lost is refused, and no server stays behind', async () => {
    const file = join(folder(), 'postgres', 'password');
    const before = readFileSync(file, 'utf8');
    writeFileSync(file, 'another\n');
    await expect(startEmbeddedPostgres({ dataDir: folder() })).rejects.toMatchObject({ code: 'DATA_FOLDER_UNUSABLE' });
    await until(() => !existsSync(join(folder(), 'postgres', 'data', 'postmaster.pid')), {
      what: 'the server to stop',
    });
    writeFileSync(file, before);
  });

  it('that was left half-initialised is made again', async () => {
    const half = join(root, 'half');
    mkdirSync(join(half, 'postgres', 'data.tmp'), { recursive: true });
    writeFileSync(join(half, 'postgres', 'data.tmp', 'PG_VERSION'), '18\n');
    chmodSync(join(half, 'postgres'), 0o777);
    const postgres = await start(half);
    expect(await ask(postgres.url('koppel'), 'select 1 as works')).toEqual([{ works: 1 }]);
  });
});

describe('a server', () => {
  it('that a killed supervisor left behind is taken over with its port', async () => {
    const dataDir = join(root, 'orphan');
    const program = `
      const { startEmbeddedPostgres } = await import('./dist/src/embedded/postgres.js');
      const postgres = await startEmbeddedPostgres({ dataDir: process.argv[1], unsafeFast: true });
      console.log(JSON.stringify({ pid: postgres.pid, port: postgres.port }));
      setInterval(() => undefined, 1000);`;
    const supervisor = spawn(process.execPath, ['--input-type=module', '-e', program, dataDir], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(supervisor.stdout, 'data')) as [Buffer];
    const orphan = JSON.parse(String(line)) as { pid: number; port: number };
    supervisor.kill('SIGKILL');
    await once(supervisor, 'exit');
    expect(isAlive(orphan.pid)).toBe(true);

    const postgres = await start(dataDir);
    expect(postgres).toMatchObject({ adopted: true, pid: orphan.pid, port: orphan.port });
    await postgres.stop();
    expect(isAlive(orphan.pid)).toBe(false);
  });

  it('that dies is started again on the same port with everything that was committed', async () => {
    const said: string[] = [];
    const postgres = await start(join(root, 'dies'), (line) => said.push(line));
    await ask(postgres.url('koppel'), 'create table committed as select 7 as n');
    const first = postgres.pid;
    process.kill(first, 'SIGKILL');
    const rows = await until(() => ask(postgres.url('koppel'), 'select n from committed'), {
      what: 'the server to return',
    });
    expect(rows).toEqual([{ n: 7 }]);
    await until(() => postgres.pid !== first, { what: 'the new process to be known' });
    expect(said[0]).toBe(`Postgres (process ${first}) has died and is started again.`);
  });

  it('stops only once, however often it is asked', async () => {
    const postgres = await start(join(root, 'dies'));
    await Promise.all([postgres.stop(), postgres.stop()]);
    expect(isAlive(postgres.pid)).toBe(false);
  });
});
