/**
 * Connections and transactions. All SQL of the hub goes through here. A transaction is a sequence on one connection: statements
 * that are asked for at once (Promise.all) are sent together and carried out in the order in which they were asked for; when one
 * fails, so do those behind it. Once a transaction has ended nothing more can be sent through it.
 */
import pg from 'pg';
import type { Clock } from '../base/clock.js';
import type { Ending } from '../base/ending.js';
import { KoppelError } from '../base/errors.js';
import type { Failpoint, FailpointName } from '../base/failpoint.js';
import type { Logger } from '../base/logger.js';
import { openCancelling } from './cancelling.js';

// A date column is a calendar date: text, never a moment in this machine's zone. bigint and numeric stay text by default.
pg.types.setTypeParser(1082, (text: string) => text);

export type Row = Record<string, unknown>;
export interface Query {
  /** One statement; `name` makes it a prepared statement of the connection. */
  query<R extends Row>(text: string, values?: readonly unknown[], name?: string): Promise<R[]>;
}

/** An open transaction. Passed on explicitly, first argument of everything that writes. */
export interface Tx extends Query {
  readonly inTransaction: true;
  /**
   * The last statement: COMMIT is sent with it, so that locks which everybody wants are held for no longer than the server needs. Nothing
   * can be asked for behind it. What would have to be judged by its answer must make it fail.
   */
  last<R extends Row>(text: string, values: readonly unknown[], name: string): Promise<R[]>;
}

export interface Database extends Query {
  /** One statement; it is cancelled in the database too when `until` ends, and then fails with its reason. */
  query<R extends Row>(text: string, values?: readonly unknown[], name?: string, until?: Ending): Promise<R[]>;
  /** Runs `work` in a transaction; repeats it on serialisation failures and deadlocks, at most five times. */
  tx<T>(work: (tx: Tx) => Promise<T>, options?: TxOptions): Promise<T>;
  /** Subscribes to notifications of a channel over a connection that is renewed when it breaks. Returns the way to stop. */
  listen(channel: string, listener: (payload: string) => void): Promise<() => Promise<void>>;
  end(): Promise<void>;
}

export interface TxOptions {
  /** Failpoint between the sending of COMMIT and the reading of its answer. */
  readonly commitFailpoint?: FailpointName;
}

export interface DatabaseOptions {
  readonly url: string;
  readonly poolMax: number;
  readonly applicationName: string;
}

/** What the library's connections have beside what it declares. */
interface Wired {
  readonly processID?: number;
  readonly connection: { readonly stream: { destroy(error: Error): void; cork(): void; uncork(): void } };
}

/** Later than any statement is ended by the server: what has no answer by then has no server any more. */
const answerWithinMs = 70_000;
const lookEveryMs = 5_000;

/** What a connection is asked for in one go is one write, which costs more than most statements. */
function inOneWrite(client: pg.PoolClient): void {
  const { stream } = (client as unknown as Wired).connection;
  stream.cork();
  process.nextTick(() => stream.uncork());
}

function throwIfEnded(until: Ending | undefined): void {
  if (until?.reason !== undefined) throw until.reason;
}

const retriable = new Set(['40001', '40P01']);
/** What each statement behind the one that failed is answered. */
const isAftermath = (error: unknown): boolean => (error as { code?: unknown } | undefined)?.code === '25P02';

export function openDatabase(
  options: DatabaseOptions,
  deps: { clock: Clock; logger: Logger; failpoint: Failpoint },
): Database {
  const settings: pg.PoolConfig & { readonly pipeline: boolean } = {
    pipeline: true,
    connectionString: options.url,
    max: options.poolMax,
    application_name: options.applicationName,
    keepAlive: true,
    statement_timeout: 60_000,
    connectionTimeoutMillis: 10_000,
    idle_in_transaction_session_timeout: 60_000,
  };
  const pool = new pg.Pool(settings);
  // Without a listener a connection that is ended by the server would end this process.
  pool.on('error', (error) => deps.logger.warn({ err: error.message }, 'an idle database connection was lost'));
  // The same holds while it is lent; whoever has it learns of it by the statement that fails.
  pool.on('connect', (client) => client.on('error', () => undefined));

  async function attempt<T>(work: (tx: Tx) => Promise<T>, commitFailpoint: FailpointName | undefined): Promise<T> {
    const client = await pool.connect();
    let open = true;
    let broken: Error | undefined;
    let failure: Error | undefined;
    let ending: Promise<pg.QueryResult> | undefined;
    const end = (): Promise<pg.QueryResult> => {
      open = false;
      ending = say(client, 'commit');
      // Heard of where it is waited for.
      ending.catch(() => undefined);
      return ending;
    };
    const query = <R extends Row>(text: string, values: readonly unknown[] = [], name?: string): Promise<R[]> => {
      if (!open) throw new KoppelError('TRANSACTION_OVER', { statement: text.slice(0, 60) });
      const statement = { text, values: [...values], ...(name === undefined ? {} : { name }) };
      return ask<R>(client, statement, (error) => (failure ??= error));
    };
    const tx: Tx = {
      inTransaction: true,
      query: async (text, values, name) => query(text, values, name),
      last: async <R extends Row>(text: string, values: readonly unknown[], name: string) => {
        const answer = query<R>(text, values, name);
        // What could not even be sent has not failed in the server, which would commit the rest.
        if (failure === undefined) void end();
        return answer;
      },
    };
    try {
      // Sent together with the first statement; what fails to begin fails that one too.
      inOneWrite(client);
      const begun = say(client, 'begin');
      begun.catch(() => undefined);
      const result = await work(tx);
      await begun;
      const committed = ending ?? end();
      if (commitFailpoint !== undefined) await deps.failpoint(commitFailpoint);
      // After a statement that failed, and that nobody waited for, COMMIT takes everything back and says so.
      if ((await committed).command !== 'COMMIT')
        throw failure ?? new KoppelError('UNEXPECTED', { what: 'a transaction was taken back' });
      return result;
    } catch (error) {
      open = false;
      await say(client, 'rollback').catch((lost: Error) => (broken = lost));
      // Of statements that are asked for at once, one that only failed because of another may be heard of before it.
      throw isAftermath(error) ? (failure ?? error) : error;
    } finally {
      client.release(broken);
    }
  }

  const cancelling = openCancelling(settings, deps);

  /** Connections with statements under way, how many, and by when the next one must be answered. */
  const asked = new Map<pg.PoolClient, { count: number; until: number }>();
  // A timer of each statement costs more than it is worth, and so does a promise of the library: what was read then outlives
  // its use until the slow half of the collector comes.
  const looking = setInterval(() => {
    for (const [client, { until }] of asked) {
      if (deps.clock.monotonic() > until)
        (client as unknown as Wired).connection.stream.destroy(new Error('no answer'));
    }
  }, lookEveryMs).unref();

  const expectAnswer = (client: pg.PoolClient): void => {
    const until = deps.clock.monotonic() + answerWithinMs;
    const under = asked.get(client);
    if (under === undefined) asked.set(client, { count: 1, until });
    else under.count += 1;
  };
  /** Statements behind it were waiting for it. */
  const answered = (client: pg.PoolClient): void => {
    const under = asked.get(client);
    if (under === undefined) return;
    under.count -= 1;
    if (under.count === 0) asked.delete(client);
    else under.until = deps.clock.monotonic() + answerWithinMs;
  };

  /** What begins or ends a transaction; it must be answered like any other statement. */
  const say = (client: pg.PoolClient, statement: 'begin' | 'commit' | 'rollback'): Promise<pg.QueryResult> => {
    expectAnswer(client);
    return client.query(statement).finally(() => answered(client));
  };

  function ask<R extends Row>(
    client: pg.PoolClient,
    statement: pg.QueryConfig,
    failed?: (error: Error) => void,
  ): Promise<R[]> {
    expectAnswer(client);
    return new Promise((resolve, reject) => {
      inOneWrite(client);
      client.query<R>(statement, (error: Error | null | undefined, result) => {
        answered(client);
        if (error) {
          failed?.(error);
          reject(error);
        } else resolve(result.rows);
      });
    });
  }

  /**
   * The connection is given back when the cancellation has been dealt with, and ended when it is not known to have been: or
   * it would hit whoever has it next.
   */
  async function one<R extends Row>(statement: pg.QueryConfig, until: Ending | undefined): Promise<R[]> {
    throwIfEnded(until);
    const client = await pool.connect();
    let cancelled: { readonly over: AbortController; readonly done: Promise<void> } | undefined;
    const stopWaiting = until?.whenEnded(() => {
      const over = new AbortController();
      cancelled = { over, done: cancelling.cancel((client as unknown as Wired).processID, over.signal) };
    });
    let isUsable = true;
    try {
      throwIfEnded(until);
      const rows = await ask<R>(client, statement);
      isUsable = cancelled === undefined;
      return rows;
    } catch (error) {
      isUsable = error === until?.reason || error instanceof pg.DatabaseError;
      throwIfEnded(until);
      throw error;
    } finally {
      stopWaiting?.();
      cancelled?.over.abort();
      if (cancelled !== undefined) await cancelled.done;
      client.release(!isUsable);
    }
  }

  return {
    query: <R extends Row>(
      text: string,
      values: readonly unknown[] = [],
      name?: string,
      until?: Ending,
    ): Promise<R[]> => one<R>({ text, values: [...values], ...(name === undefined ? {} : { name }) }, until),

    async tx(work, txOptions = {}) {
      for (let tries = 1; ; tries++) {
        try {
          return await attempt(work, txOptions.commitFailpoint);
        } catch (error) {
          if (tries >= 5 || !retriable.has(String((error as { code?: unknown }).code))) throw error;
          // eslint-disable-next-line no-restricted-syntax -- only spreads out who tries again when; nothing depends on it
          await deps.clock.sleep(Math.random() * 20 * 2 ** tries);
        }
      }
    },

    async listen(channel, listener) {
      const stopped = new AbortController();
      let client: pg.Client | undefined;
      const connect = async (): Promise<void> => {
        client = new pg.Client(settings);
        client.on('notification', (message) => listener(message.payload ?? ''));
        client.on('error', () => void reconnect());
        await client.connect();
        await client.query(`listen ${pg.escapeIdentifier(channel)}`);
      };
      const reconnect = async (): Promise<void> => {
        client?.removeAllListeners();
        client?.on('error', () => undefined);
        await client?.end().catch(() => undefined);
        while (!stopped.signal.aborted) {
          try {
            await deps.clock.sleep(500, stopped.signal);
            await connect();
            listener('');
            return;
          } catch (error) {
            deps.logger.debug({ err: String(error) }, 'could not listen for notifications yet');
          }
        }
      };
      await connect();
      return async () => {
        stopped.abort(new Error('stopped'));
        client?.removeAllListeners();
        client?.on('error', () => undefined);
        await client?.end().catch(() => undefined);
      };
    },

    async end() {
      clearInterval(looking);
      await pool.end();
      await cancelling.end();
    },
  };
}
