/**
 * One run of the Postgres server over a data folder: take over the one that is running already, or launch one; know when it
 * answers; stop it. A server is recognised by its data folder, never by its port or its name alone.
 */
import { spawn, spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, realpathSync, renameSync, rmSync, statSync } from 'node:fs';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '../base/clock.js';
import { KoppelError } from '../base/errors.js';
import type { Binaries } from './binaries.js';
import { programEnvironment, type Cluster } from './cluster.js';
import { ask, type Answer } from './connection.js';
import { startFailure } from './failure.js';
import { giveTo, type Account } from './run-as.js';

export interface ServerPlace {
  readonly cluster: Cluster;
  readonly binaries: Binaries;
  readonly account: Account | undefined;
  readonly clock: Clock;
  /** For tests only: loses data when the machine stops. */
  readonly unsafeFast: boolean;
}

export interface Running {
  readonly pid: number;
  readonly port: number;
}

/** The server that postmaster.pid tells of, once it answers; undefined when that file is stale (it is removed) or absent. */
export async function findRunning(place: ServerPlace): Promise<Running | undefined> {
  const deadline = place.clock.monotonic() + 60_000;
  for (;;) {
    const noted = readPidFile(place.cluster);
    if (noted === undefined) return undefined;
    if (!isServerOf(noted.pid, place.cluster.data)) {
      rmSync(join(place.cluster.data, 'postmaster.pid'), { force: true });
      return undefined;
    }
    const answer = noted.port === 0 ? undefined : await ask(noted.port, place.cluster.password);
    if (answer?.dataDirectory !== undefined) {
      if (samePath(answer.dataDirectory, place.cluster.data)) return noted;
      throw new KoppelError('DATA_FOLDER_IN_USE', { folder: place.cluster.data, pid: noted.pid });
    }
    if (answer?.refused !== undefined) throw unusablePassword(place.cluster, answer);
    if (place.clock.monotonic() > deadline) {
      throw new KoppelError('DATA_FOLDER_IN_USE', { folder: place.cluster.data, pid: noted.pid });
    }
    await place.clock.sleep(50);
  }
}

function readPidFile(cluster: Cluster): Running | undefined {
  const file = join(cluster.data, 'postmaster.pid');
  if (!existsSync(file)) return undefined;
  const lines = readFileSync(file, 'utf8').split('\n');
  return { pid: Number(lines[0]) || 0, port: Number(lines[3]) || 0 };
}

/** True when the process lives and is the Postgres of that folder; process ids are used again, so the name is asked too. */
function isServerOf(pid: number, data: string): boolean {
  if (!isAlive(pid)) return false;
  const command = commandOf(pid);
  return command === undefined || (command.includes('postgres') && command.includes(data));
}

function commandOf(pid: number): string | undefined {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    if (process.platform === 'darwin')
      return spawnSync('ps', ['-p', String(pid), '-o', 'command='], { encoding: 'utf8' }).stdout;
  } catch {
    // Gone in between, or not ours to see: treated as unknown.
  }
  return undefined;
}

/** A process that has ended but that nobody has collected (no init in a container) counts as gone. */
export function isAlive(pid: number): boolean {
  if (pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return process.platform !== 'linux' || !/^\d+ \(.*\) [ZX]/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function samePath(a: string, b: string): boolean {
  try {
    return realpathSync(a) === realpathSync(b);
  } catch {
    return false;
  }
}

/** Starts the server on the port and waits until it answers a query. Rejects with what it said when it ends instead. */
export async function launch(place: ServerPlace, port: number): Promise<Running> {
  const { cluster, account } = place;
  if (existsSync(cluster.log) && statSync(cluster.log).size > 5_000_000) renameSync(cluster.log, `${cluster.log}.1`);
  const log = openSync(cluster.log, 'a', 0o600);
  giveTo(cluster.log, account);
  const from = statSync(cluster.log).size;
  // Its own session: Ctrl-C in a terminal must not reach it before the hub has finished with it.
  const child = spawn(place.binaries.postgres, serverArguments(place, port), {
    ...account,
    cwd: cluster.home,
    env: programEnvironment,
    stdio: ['ignore', log, log],
    detached: true,
  });
  closeSync(log);
  let failure: string | undefined;
  child.once('error', (error) => (failure = error.message));
  child.once('exit', () => (failure ??= readFileSync(cluster.log).subarray(from).toString('utf8')));
  child.unref();
  const deadline = place.clock.monotonic() + 120_000;
  for (;;) {
    const answer = failure === undefined ? await ask(port, cluster.password) : undefined;
    if (failure !== undefined) throw startFailure(failure, cluster.log);
    if (answer?.dataDirectory !== undefined && child.pid !== undefined) return { pid: child.pid, port };
    if (answer?.refused !== undefined) {
      child.kill('SIGINT');
      throw unusablePassword(cluster, answer);
    }
    if (place.clock.monotonic() > deadline) {
      child.kill('SIGINT');
      throw new KoppelError('EMBEDDED_START_FAILED', { what: 'it did not answer within 120 s', where: cluster.log });
    }
    await place.clock.sleep(20);
  }
}

function serverArguments(place: ServerPlace, port: number): string[] {
  const settings: Record<string, string> = {
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    // By it the hub knows the server as its own.
    cluster_name: 'koppel',
    shared_buffers: place.unsafeFast ? '128MB' : sharedBuffers(totalmem()),
    max_wal_size: '2GB',
    log_checkpoints: 'off',
    ...(place.unsafeFast ? { fsync: 'off', full_page_writes: 'off', max_connections: '300' } : {}),
  };
  return ['-D', place.cluster.data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
}

/** An eighth of the machine's memory in 128 MB to 2 GB: pages that are changed again and again stay there. Taken as it is used. */
function sharedBuffers(bytes: number): string {
  const megabytes = Math.floor(bytes / 8 / 2 ** 20);
  return `${Math.min(Math.max(megabytes, 128), 2048)}MB`;
}

function unusablePassword(cluster: Cluster, answer: Answer): KoppelError {
  const what = `the server refuses the password in ${join(cluster.home, 'password')} (${answer.refused ?? ''})`;
  return new KoppelError('DATA_FOLDER_UNUSABLE', { folder: cluster.data, what });
}

/** Stops the server: a fast stop first, an immediate one when that lasts too long. Resolves when the process is gone. */
export async function stopServer(place: ServerPlace, pid: number): Promise<void> {
  for (const mode of ['fast', 'immediate']) {
    if (!isAlive(pid)) return;
    await pgCtlStop(place, mode);
  }
  if (isAlive(pid)) throw new KoppelError('EMBEDDED_STOP_FAILED', { pid });
}

function pgCtlStop(place: ServerPlace, mode: string): Promise<void> {
  return new Promise((done) => {
    const args = ['stop', '-D', place.cluster.data, '-m', mode, '-w', '-t', '20', '-s'];
    const stop = spawn(place.binaries.pgCtl, args, {
      ...place.account,
      cwd: place.cluster.home,
      env: programEnvironment,
      stdio: 'ignore',
    });
    stop.once('error', () => done());
    stop.once('exit', () => done());
  });
}
