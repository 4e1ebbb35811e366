/**
 * The service `postgres` of docker-compose.yml with the embedded programs in the place of the image: initdb with the arguments,
 * the user, the password and the database of its environment, and the server with the arguments of its command, as the image
 * does it.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { findBinaries } from '../../src/embedded/binaries.js';
import { accountForPostgres, giveTo } from '../../src/embedded/run-as.js';
import type { ComposeService } from './compose-file.js';
import type { StandIn } from './compose-run.js';

export async function startComposePostgres(service: ComposeService, port: number): Promise<StandIn> {
  const { POSTGRES_USER: user, POSTGRES_PASSWORD: password, POSTGRES_DB: database } = service.environment ?? {};
  if (!user || !password || !database) throw new Error('the service names no user, password or database');
  const account = accountForPostgres();
  const binaries = findBinaries(account, () => undefined);
  const folder = mkdtempSync(join(tmpdir(), 'koppel-compose-postgres-'));
  chmodSync(folder, 0o711);
  const home = join(folder, 'home');
  mkdirSync(home, { mode: 0o700 });
  writeFileSync(join(home, 'password'), password);
  for (const path of [home, join(home, 'password')]) giveTo(path, account);
  const asAccount = { ...account, cwd: home, env: { LC_ALL: 'C', TZ: 'UTC' } };
  const words = (service.environment?.['POSTGRES_INITDB_ARGS'] ?? '').split(' ');
  const args = ['--pgdata=data', `--username=${user}`, '--pwfile=password', '--no-sync', ...words];
  const made = spawnSync(binaries.initdb, args, { ...asAccount, encoding: 'utf8' });
  if (made.status !== 0) throw new Error(`initdb: ${made.stderr}`);

  const [program, ...settings] = service.command ?? [];
  if (program !== 'postgres') throw new Error(`the command is ${String(program)}, not postgres`);
  const here = [`port=${port}`, 'listen_addresses=127.0.0.1', 'unix_socket_directories=', 'fsync=off'];
  const server = spawn(binaries.postgres, ['-D', 'data', ...settings, ...here.flatMap((each) => ['-c', each])], {
    ...asAccount,
    stdio: 'ignore',
  });
  const connect = async (name: string, statement: string): Promise<void> => {
    const client = new pg.Client({ host: '127.0.0.1', port, user, password, database: name });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.query(statement);
    } finally {
      await client.end();
    }
  };
  let isMade = false;
  return {
    async isHealthy() {
      if (server.exitCode !== null) throw new Error(`postgres ended with ${server.exitCode}`);
      if (!isMade) await connect('postgres', `create database ${database}`);
      isMade = true;
      await connect(database, 'select 1');
      return true;
    },
    async stop() {
      const gone = once(server, 'exit');
      // The signal that the image asks for: ends connections and stops.
      if (server.exitCode === null && server.kill('SIGINT')) await gone;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
