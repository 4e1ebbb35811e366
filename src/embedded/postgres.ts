/**
 * The Postgres that comes with the hub: a real server from npm packages, on loopback only, with a random password, its data
 * in the hub's data folder. In: that folder. Out: addresses of databases. One supervisor per data folder; a server that a
 * killed supervisor left behind is taken over; a server that dies is started again on the same port.
 */
import { once } from 'node:events';
import { createServer } from 'node:net';
import { systemClock, type Clock } from '../base/clock.js';
import { KoppelError } from '../base/errors.js';
import { findBinaries } from './binaries.js';
import { prepareCluster } from './cluster.js';
import { ensureDatabase, serverUrl, superviseAlone } from './connection.js';
import { accountForPostgres } from './run-as.js';
import { findRunning, isAlive, launch, stopServer, type Running, type ServerPlace } from './server.js';

export interface EmbeddedPostgresOptions {
  readonly dataDir: string;
  /** Made when it is missing. */
  readonly database?: string;
  /** Told in whole sentences what people should know: copies, take-overs, restarts. */
  readonly say?: (line: string) => void;
  readonly clock?: Clock;
  /** For tests only: no fsync, so data does not survive a power cut. */
  readonly unsafeFast?: boolean;
}

export interface EmbeddedPostgres {
  readonly port: number;
  readonly pid: number;
  /** True when the server was running already. */
  readonly adopted: boolean;
  /** Where its data is. */
  readonly folder: string;
  url(database: string): string;
  /** Stops watching and stops the server. Harmless when called twice. */
  stop(): Promise<void>;
}

export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const say = options.say ?? (() => undefined);
  const clock = options.clock ?? systemClock;
  const account = accountForPostgres();
  const binaries = findBinaries(account, say);
  const cluster = prepareCluster(options.dataDir, binaries, account, say);
  const place: ServerPlace = { cluster, binaries, account, clock, unsafeFast: options.unsafeFast ?? false };

  const { running: first, adopted } = await findOrLaunch(place);
  if (adopted) say(`Postgres was still running (process ${first.pid}); it is used on.`);
  const lock = await takeLock(place, first);
  await ensureDatabase(first.port, cluster.password, options.database ?? 'koppel');
  const watch = keepRunning(place, first, lock, say);

  return {
    port: first.port,
    adopted,
    folder: cluster.data,
    get pid() {
      return watch.pid();
    },
    url: (database) => serverUrl(first.port, cluster.password, database),
    stop: () => watch.stop(),
  };
}

async function findOrLaunch(place: ServerPlace): Promise<{ running: Running; adopted: boolean }> {
  for (let tries = 1; ; tries++) {
    const running = await findRunning(place);
    if (running !== undefined) return { running, adopted: true };
    try {
      return { running: await launch(place, await freePort()), adopted: false };
    } catch (error) {
      // Somebody else took the port, or started the same server, between our look and our start.
      const lost = /Address already in use|could not bind|lock file "postmaster.pid" already exists/;
      if (tries >= 5 || !(error instanceof KoppelError) || !lost.test(error.original ?? '')) throw error;
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}

type Lock = NonNullable<Awaited<ReturnType<typeof superviseAlone>>>;

/** A supervisor that was killed a moment ago may still be seen by the server, so this asks for a few seconds. */
async function takeLock(place: ServerPlace, running: Running): Promise<Lock> {
  const deadline = place.clock.monotonic() + 3_000;
  for (;;) {
    const lock = await superviseAlone(running.port, place.cluster.password);
    if (lock !== undefined) return lock;
    if (place.clock.monotonic() > deadline) {
      throw new KoppelError('DATA_FOLDER_IN_USE', { folder: place.cluster.data, pid: running.pid });
    }
    await place.clock.sleep(100);
  }
}

/** Looks twice a second whether the server lives; starts it again on the same port, because the hub has that address. */
function keepRunning(place: ServerPlace, first: Running, lock: Lock, say: (line: string) => void) {
  let running = first;
  let held = lock;
  const stopping = new AbortController();

  const revive = async (): Promise<void> => {
    for (let waitMs = 500; ; waitMs = Math.min(waitMs * 2, 15_000)) {
      try {
        await held.end().catch(() => undefined);
        running = (await findRunning(place)) ?? (await launch(place, first.port));
        held = await takeLock(place, running);
        say(`Postgres is running again (process ${running.pid}).`);
        return;
      } catch (error) {
        say(`Postgres could not be started again: ${(error as Error).message} Trying again in ${waitMs / 1000} s.`);
        await place.clock.sleep(waitMs, stopping.signal);
      }
    }
  };
  const watching = (async (): Promise<void> => {
    for (;;) {
      await place.clock.sleep(500, stopping.signal);
      if (isAlive(running.pid)) continue;
      say(`Postgres (process ${running.pid}) has died and is started again.`);
      await revive();
    }
  })().catch(() => undefined);

  let stopped: Promise<void> | undefined;
  return {
    pid: () => running.pid,
    stop: () => {
      stopped ??= (async () => {
        stopping.abort(new Error('stopped'));
        await watching;
        await held.end().catch(() => undefined);
        await stopServer(place, running.pid);
      })();
      return stopped;
    },
  };
}
