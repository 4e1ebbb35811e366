/**
 * The data folder of the embedded Postgres: made once, completely or not at all, and recognised afterwards.
 * home/ holds data/ (Postgres's own), password (0600) and server.log. The hub never deletes data.
 */
import { spawnSync } from 'node:child_process';
import { randomBytes, createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { KoppelError } from '../base/errors.js';
import type { Binaries } from './binaries.js';
import { startFailure } from './failure.js';
import { blockingFolder, giveTo, type Account } from './run-as.js';

export interface Cluster {
  readonly home: string;
  readonly data: string;
  readonly log: string;
  readonly password: string;
}

export const superuser = 'koppel';

/** What the programs see of the environment: English messages, UTC, nothing that points them at another server. */
export const programEnvironment: NodeJS.ProcessEnv | undefined =
  process.platform === 'win32' ? undefined : { LC_ALL: 'C', TZ: 'UTC' };

/** Finds the data folder under `dataDir`, or makes it. Refuses a folder of another major version. */
export function prepareCluster(
  dataDir: string,
  binaries: Binaries,
  account: Account | undefined,
  say: (line: string) => void,
): Cluster {
  const home = chooseHome(resolve(dataDir), account, say);
  const data = join(home, 'data');
  const password = readOrMakePassword(join(home, 'password'), existsSync(data));
  const cluster: Cluster = { home, data, log: join(home, 'server.log'), password };
  if (!existsSync(data)) initialise(cluster, binaries, account);
  checkVersion(cluster, binaries);
  return cluster;
}

function chooseHome(dataDir: string, account: Account | undefined, say: (line: string) => void): string {
  try {
    if (!existsSync(dataDir)) {
      mkdirSync(dataDir, { recursive: true });
      // Root's folder must let the account of Postgres through; what is secret in it has mode 0600 itself.
      chmodSync(dataDir, account === undefined ? 0o700 : 0o711);
    }
    const blocking = blockingFolder(dataDir, account);
    const name = `koppel-${createHash('sha256').update(dataDir).digest('hex').slice(0, 12)}`;
    const home = blocking === undefined ? join(dataDir, 'postgres') : join('/var/lib', name);
    if (blocking !== undefined)
      say(`The user ${account?.name ?? ''} cannot enter ${blocking}; the database is in ${home}.`);
    if (!existsSync(home)) {
      mkdirSync(home, { mode: 0o700 });
      giveTo(home, account);
    }
    return home;
  } catch (cause) {
    throw new KoppelError('DATA_FOLDER_UNUSABLE', { folder: dataDir, what: (cause as Error).message }, { cause });
  }
}

function readOrMakePassword(file: string, dataExists: boolean): string {
  if (existsSync(file)) return readFileSync(file, 'utf8').trim();
  if (dataExists) throw new KoppelError('DATA_FOLDER_UNUSABLE', { folder: file, what: 'the password file is missing' });
  const password = randomBytes(24).toString('base64url');
  writeFileSync(`${file}.tmp`, `${password}\n`, { mode: 0o600, flush: true });
  renameSync(`${file}.tmp`, file);
  return password;
}

/** initdb into a folder of another name, renamed when complete: a crash in between leaves nothing that looks finished. */
function initialise(cluster: Cluster, binaries: Binaries, account: Account | undefined): void {
  const unfinished = `${cluster.data}.tmp`;
  const passwordFile = join(cluster.home, 'password.initdb');
  rmSync(unfinished, { recursive: true, force: true });
  rmSync(passwordFile, { force: true });
  writeFileSync(passwordFile, cluster.password, { mode: 0o600 });
  giveTo(passwordFile, account);
  const args = [
    ...['--pgdata', unfinished, '--username', superuser, '--pwfile', passwordFile, '--auth=scram-sha-256'],
    ...['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--data-checksums'],
  ];
  const run = spawnSync(binaries.initdb, args, {
    ...account,
    cwd: cluster.home,
    env: programEnvironment,
    encoding: 'utf8',
  });
  rmSync(passwordFile, { force: true });
  if (run.status !== 0) throw startFailure(run.stderr ?? String(run.error), cluster.home);
  renameSync(unfinished, cluster.data);
}

function checkVersion(cluster: Cluster, binaries: Binaries): void {
  const file = join(cluster.data, 'PG_VERSION');
  if (!existsSync(file)) {
    throw new KoppelError('DATA_FOLDER_UNUSABLE', { folder: cluster.data, what: 'it is not a Postgres data folder' });
  }
  const found = readFileSync(file, 'utf8').trim();
  if (found === binaries.major) return;
  throw new KoppelError('DATA_FOLDER_VERSION', { folder: cluster.data, found, expected: binaries.major });
}
