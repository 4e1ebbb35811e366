/**
 * Capture: reads what changed in each system since the stream's position and appends it to the log, untranslated. In: pages
 * that the connector has checked as a whole. Out: one transaction per page: new records in the log, hashes of the overlap,
 * the position. So a page is taken over completely or not at all, and what is shown again is dropped. When flows take more of a
 * stream than they did (a system becomes a source, or an earlier start), it is read again from its beginning.
 */
import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '../base/clock.js';
import { asKoppelError, KoppelError } from '../base/errors.js';
import type { Failpoint } from '../base/failpoint.js';
import { keepingLease } from '../base/keeping-lease.js';
import type { Service } from '../base/lifecycle.js';
import type { Logger } from '../base/logger.js';
import type { Watchdog } from '../base/watchdog.js';
import type { ChangeLog } from '../log/change-log.js';
import type { HeldStream } from '../store/capture-positions.js';
import type { Database, Tx } from '../store/database.js';
import type { ConfigurationSource, ConnectedSystem } from '../sync/configuration.js';
import type { Page } from '../systems/system.js';
import { makeLoopSet } from './loop-set.js';
import { withoutErased, type ErasedStore } from './erased.js';
import { appendPage, comparePage, nextPage, type ReadPage } from './page.js';
import { makeStreamLeases } from './stream-leases.js';
import { capturedStreams, entitiesOf, type CapturedStream } from './sources.js';
import { takesMore, takesOf } from './takes.js';

/** Short, so that a killed process is soon replaced; renewed every third of it. */
const standardLeaseMs = 2_500;

export interface CaptureReport {
  readonly system: string;
  readonly stream: string;
  /** Records in the page, and how many of them were not seen before. */
  readonly read: number;
  readonly appended: number;
  readonly error?: KoppelError;
}

export interface CaptureDeps {
  readonly database: Database;
  readonly log: Pick<ChangeLog<Tx>, 'append' | 'isTransactional'>;
  readonly changesTopic: (system: string) => string;
  readonly streams: Pick<
    typeof import('../store/capture-positions.js'),
    | 'systemToRead'
    | 'holdStream'
    | 'moveStream'
    | 'forgetShown'
    | 'stopStream'
    | 'releaseStreams'
    | 'renewStreams'
    | 'freeStreams'
    | 'seenHashes'
    | 'forgetHashes'
    | 'rememberSeen'
  >;
  readonly systems: typeof import('../store/system-status.js');
  readonly erasures: ErasedStore;
  readonly configuration: ConfigurationSource;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly watchdog?: Watchdog;
  readonly failpoint: Failpoint;
  /** Unique per run of a process. */
  readonly owner: string;
  /** Called after each page, empty ones and failures included. */
  readonly captured?: (report: CaptureReport) => void;
  readonly leaseMs?: number;
  readonly checkAccountEveryMs?: number;
}

export interface Capture extends Service {
  /** Reads at once instead of at the next interval. */
  wake(system?: string): void;
}

export function makeCapture(deps: CaptureDeps): Capture {
  const accounts = makeAccountCheck(deps);
  const loops = makeLoopSet(
    'capture',
    (configuration) =>
      capturedStreams(configuration).map((wanted) => ({
        key: `${wanted.system} ${wanted.stream.name}`,
        fingerprint: `${wanted.pollEveryMs} ${wanted.batchSize} ${wanted.startsNow}`,
        name: `capture ${wanted.system} ${wanted.stream.name}`,
        restMs: wanted.pollEveryMs,
        run: (signal) => captureOnce(wanted, deps, accounts, signal),
      })),
    deps,
  );
  const leases = makeStreamLeases(deps, deps.leaseMs ?? standardLeaseMs, (system, stream) =>
    loops.wake((key) => key === `${system} ${stream}`),
  );
  return {
    name: 'capture',
    async start() {
      await loops.start();
      await leases.start();
    },
    async stop() {
      await leases.stop();
      await loops.stop();
      await deps.streams.releaseStreams(deps.database, deps.owner);
    },
    wake: (system) => loops.wake(system === undefined ? undefined : (key) => key.startsWith(`${system} `)),
  };
}

/** One poll of one stream: at most one page. Exported for tests, which call it without a loop. */
export async function captureOnce(
  wanted: CapturedStream,
  deps: CaptureDeps,
  accounts: AccountCheck,
  signal: AbortSignal,
): Promise<'more' | 'idle'> {
  const { system, stream } = wanted;
  const connected = deps.configuration.current().systems.get(system);
  if (connected === undefined || connected.isPaused) return 'idle';
  // Credentials that were refused are not tried again: some systems lock an account after a few attempts.
  const wantedStream = { system, stream: stream.name, owner: deps.owner };
  const found = await deps.streams.systemToRead(deps.database, wantedStream);
  if (found?.status === 'CREDENTIALS_REJECTED' || found?.status === 'PAUSED') return 'idle';
  const leaseMs = deps.leaseMs ?? standardLeaseMs;
  const held = found?.held ?? (await deps.streams.holdStream(deps.database, { ...wantedStream, leaseMs }));
  if (held === undefined || held.state === 'stopped') return 'idle';
  try {
    const account = await accounts.check(connected, found?.accountFingerprint ?? null, held, signal);
    const { read, appended, more } = await readPage(wanted, connected, held, account, deps, leaseMs, signal);
    if (held.isFailing) await deps.systems.streamRead(deps.database, held);
    if (found?.isAnswerNews !== false) await deps.systems.systemAnswered(deps.database, system);
    deps.captured?.({ system, stream: stream.name, read, appended });
    return more ? 'more' : 'idle';
  } catch (thrown) {
    if (signal.aborted) throw thrown;
    return failed(asKoppelError(thrown), thrown, held, connected, deps);
  }
}

async function readPage(
  wanted: CapturedStream,
  connected: ConnectedSystem,
  held: HeldStream,
  account: string,
  deps: CaptureDeps,
  leaseMs: number,
  signal: AbortSignal,
): Promise<{ read: number; appended: number; more: boolean }> {
  const takes = takesOf(deps.configuration.current(), wanted.system, wanted.stream);
  const isAgain = held.position !== null && takesMore(held.takes, takes);
  const from = isAgain ? null : held.position;
  // What the first reading shows of the overlap is of before, and the next ones show it again.
  const isStart = held.position === null && wanted.startsNow;
  await deps.failpoint('C0');
  const renew = (): Promise<unknown> => deps.streams.holdStream(deps.database, { ...held, owner: deps.owner, leaseMs });
  const next = (): Promise<Page> => nextPage(wanted, connected, { from, isStart }, signal);
  const page = await keepingLease(next, renew, { leaseMs, clock: deps.clock });
  await deps.failpoint('C2');
  if (page.more && page.position === from) {
    // Going on would ask for the same page for ever.
    throw new KoppelError('UNEXPECTED_RESPONSE', {
      system: connected.name,
      operation: wanted.stream.name,
      what: 'it says that there is more, but the position does not move',
    });
  }
  const seenAt = deps.clock.now().toISOString();
  const read: ReadPage = { held, stream: wanted.stream, page, seenAt, isAgain };
  const compared = await comparePage(deps.database, read, deps);
  const result = { read: page.records.length, appended: compared.fresh.length, more: page.more };
  // Most polls show nothing new: nothing is to be stored then.
  if (result.appended === 0 && !isAgain && isAsStored(held, { position: page.position, takes, account })) return result;
  if (!deps.log.isTransactional && compared.fresh.length > 0) await expectTurn(held, deps, leaseMs);
  // What is sent stays in the log when this does not commit; a record that is back by then at what it was must come after it.
  if (!deps.log.isTransactional && compared.changed.length > 0)
    await deps.streams.forgetHashes(deps.database, held, compared.changed);
  await deps.database.tx(
    async (tx) => {
      if (isAgain) await deps.streams.forgetShown(tx, held, entitiesOf(wanted.stream));
      const { connector } = connected;
      const { changes: fresh } = await withoutErased(tx, deps.erasures, held.system, connector, compared.fresh);
      await appendPage(tx, read, { ...compared, fresh }, deps);
      await deps.streams.moveStream(tx, held, { position: page.position, takes, account, leaseMs });
      await deps.failpoint('C3');
    },
    { commitFailpoint: 'C4' },
  );
  await deps.failpoint('C5');
  return result;
}

/** Whether the stream stands where it stood, with all that is stored of it. */
const isAsStored = (held: HeldStream, now: Pick<HeldStream, 'position' | 'takes' | 'account'>): boolean =>
  held.position === now.position && held.account === now.account && isDeepStrictEqual(held.takes, now.takes);

/**
 * Throws POSITION_LOST when this process has lost its turn. A log that keeps what was appended without its transaction must not be given
 * what one has read that was paused for longer than its lease. It asks beforehand and holds no lock: a process that is paused while it
 * holds one could not be replaced.
 */
async function expectTurn(held: HeldStream, deps: CaptureDeps, leaseMs: number): Promise<void> {
  const { system, stream } = held;
  const now = await deps.streams.holdStream(deps.database, { system, stream, owner: deps.owner, leaseMs });
  if (now?.epoch !== held.epoch || now.position !== held.position || now.state === 'stopped')
    throw new KoppelError('POSITION_LOST', { consumer: 'capture', topic: system, partition: stream });
}

/** What a failure means for the stream. Those of the environment go to the loop, which waits longer each time. */
async function failed(
  error: KoppelError,
  thrown: unknown,
  held: HeldStream,
  { version }: ConnectedSystem,
  deps: CaptureDeps,
): Promise<'idle'> {
  const { system, stream } = held;
  if (error.code === 'POSITION_LOST') return 'idle';
  // What the log did is not the system's failure, though the stream stands still.
  if (error.code.startsWith('LOG_')) {
    await deps.systems.streamFailed(deps.database, held, error);
    throw error;
  }
  deps.captured?.({ system, stream, read: 0, appended: 0, error });
  if (error.code === 'POSITION_BEYOND_SOURCE' || error.code === 'ACCOUNT_CHANGED') {
    await deps.streams.stopStream(deps.database, held, error.code, error.message);
    deps.logger.error(
      { system, stream, code: error.code, err: error.message },
      'a stream was stopped and waits for a person',
    );
    return 'idle';
  }
  // Its other streams may go on as if nothing were wrong. Of refused credentials the system as a whole tells.
  if (error.class !== 'auth') await deps.systems.streamFailed(deps.database, held, error);
  // What our own database did is not the system's failure.
  if (!(thrown instanceof KoppelError)) throw error;
  const status =
    error.class === 'auth'
      ? 'CREDENTIALS_REJECTED'
      : error.code === 'SYSTEM_UNREACHABLE' || error.code === 'SYSTEM_TIMEOUT'
        ? 'UNREACHABLE'
        : undefined;
  await deps.systems.systemFailed(deps.database, system, error, status, { version, stream });
  if (error.class === 'auth') {
    deps.logger.error(
      { system, code: error.code, err: error.message },
      'a system refused us; no calls until it is changed',
    );
    return 'idle';
  }
  throw error;
}

export interface AccountCheck {
  /** Fingerprint of the administration that answers; throws ACCOUNT_CHANGED when it is another one than before. */
  check(connected: ConnectedSystem, stored: string | null, held: HeldStream, signal: AbortSignal): Promise<string>;
}

/** Asks each system at start and then every few minutes who it is. */
export function makeAccountCheck(
  deps: Pick<CaptureDeps, 'database' | 'systems' | 'clock' | 'checkAccountEveryMs'>,
): AccountCheck {
  const asked = new Map<
    string,
    { readonly connection: object; readonly until: number; readonly fingerprint: string }
  >();
  return {
    async check(connected, stored, held, signal) {
      const now = deps.clock.monotonic();
      let last = asked.get(connected.key);
      // Another connection object means that somebody changed the settings.
      if (last === undefined || last.until < now || last.connection !== connected.system) {
        const { fingerprint } = await connected.system.account(signal);
        last = { connection: connected.system, until: now + (deps.checkAccountEveryMs ?? 300_000), fingerprint };
        asked.set(connected.key, last);
        if (stored === null) await deps.systems.rememberAccount(deps.database, connected.key, fingerprint);
      }
      const expected = held.account ?? stored;
      if (expected !== null && expected !== last.fingerprint) {
        asked.delete(connected.key);
        throw new KoppelError('ACCOUNT_CHANGED', { system: connected.name, account: last.fingerprint });
      }
      return last.fingerprint;
    },
  };
}
