/**
 * The HTTP server of the hub: GraphQL, WebSocket, health, pages. In: ports. Out: a service that listens. Stopping lets requests that
 * are under way finish for five seconds and closes sockets so that clients come back by their cursor.
 */
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../base/clock.js';
import { KoppelError } from '../base/errors.js';
import type { Service } from '../base/lifecycle.js';
import type { Logger } from '../base/logger.js';
import type { Commands } from '../resolvers/context.js';
import { buildGraph, graphText } from '../resolvers/graph.js';
import type { CheckResult, Connector } from '../schema/system.js';
import { makeCursors } from '../security/cursors.js';
import { makeKeyring } from '../security/keyring.js';
import { derivedSecret } from '../security/secrets.js';
import type { Database } from '../store/database.js';
import type { StreamOf } from '../store/reads.js';
import { makeStatementNames } from '../store/statement-names.js';
import { makeBudget } from './budget.js';
import { makeEventFeed } from './event-feed.js';
import { graphError, withRequestId } from './graph-errors.js';
import { makeGraphqlHandler } from './graphql.js';
import { handlePlain } from './health.js';
import { makeJobFeed } from './job-feed.js';
import { makePrepareOperation } from './prepare-operation.js';
import { newRequestId } from './request-context.js';
import { sendErrors } from './responses.js';
import { makeExplorer } from './static-page.js';
import { makeSignIn } from './sign-in.js';
import { socketLimits, type SocketLimits } from './socket-clients.js';
import type { TrustedDocuments } from './trusted-documents.js';
import { attachWebsocket } from './websocket.js';

export interface HttpServerDeps {
  /** A pool of its own, with a statement_timeout near `operationTimeoutMs`, so that a stopped request stops in the database too. */
  readonly database: Database;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly commands: Commands;
  /** 32 bytes; signs cursors. The same in every process of one installation. */
  readonly masterKey: Buffer;
  readonly version: string;
  readonly commit?: string | undefined;
  connectors(): readonly Connector[];
  /** Which stream of a system carries a flow's entity, and how the system tells changes; undefined when it has none. */
  streamOf(systemKey: string, flowEntity: string): StreamOf | undefined;
  /** Checks besides that of the database: migrations at head, workers. A FAIL makes the process unready. */
  checks?(): Promise<readonly CheckResult[]>;
}

export interface HttpServerOptions {
  /** 0 = any free port. */
  readonly port: number;
  readonly host: string;
  readonly allowedOrigins?: readonly string[];
  readonly operationTimeoutMs?: number;
  /** Folder with the pages as they were built (dist/web); without it there are none. */
  readonly webFolder?: string;
  /** Points of a key's full bucket, when not the usual number. */
  readonly pointsPerKey?: number;
  /** Addresses of proxies whose X-Forwarded-For is believed. */
  readonly trustedProxies?: readonly string[];
  /** Operations that may be sent by their id. */
  readonly trustedDocuments?: TrustedDocuments;
  readonly socketLimits?: Partial<SocketLimits>;
  /** How often a document comes before it is compiled, when not the usual number. */
  readonly compileAfter?: number;
}

export interface HttpServer extends Service {
  /** The port it listens on; known once it has started. */
  port(): number;
}

const graphqlPath = '/graphql';

export function makeHttpServer(deps: HttpServerDeps, options: HttpServerOptions): HttpServer {
  const parts = makeParts(deps, options);
  let server: Server | undefined;
  let detach: (() => Promise<void>) | undefined;
  let stopping = false;
  const explorer = makeExplorer(options.webFolder);

  const checks = async (): Promise<readonly CheckResult[]> => {
    const own = await databaseCheck(deps.database);
    const others = own.status === 'FAIL' ? [] : ((await deps.checks?.()) ?? []);
    const state = stopping ? [failed('shutdown', 'the process is shutting down')] : [];
    return [own, ...others, ...state];
  };
  parts.setChecks(checks);

  async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://localhost');
    if (url.pathname === graphqlPath) return parts.graphql.handle(request, response, url);
    if (await handlePlain(request, response, url, { version: parts.version, checks })) return;
    if (await explorer(request, response, url)) return;
    const error = new KoppelError('PATH_UNKNOWN', { path: url.pathname.slice(0, 100) });
    sendErrors(response, 404, [withRequestId(graphError(error), newRequestId())]);
  }

  return {
    name: 'http server',
    async start() {
      if (server !== undefined) return;
      stopping = false;
      for (const feed of parts.feeds) await feed.start();
      const started = createServer({ requestTimeout: 30_000, headersTimeout: 10_000, keepAliveTimeout: 65_000 });
      started.on('request', (request, response) => void guarded(route(request, response), response, deps.logger));
      detach = attachWebsocket(started, graphqlPath, {
        ...parts,
        allowedOrigins: options.allowedOrigins ?? [],
        limits: { ...socketLimits, ...options.socketLimits },
      });
      await listen(started, options);
      server = started;
    },
    async stop() {
      const running = server;
      if (running === undefined) return;
      server = undefined;
      stopping = true;
      await detach?.();
      await close(running, deps.clock);
      for (const feed of parts.feeds) await feed.stop();
    },
    port() {
      const address = server?.address() as AddressInfo | null | undefined;
      if (!address) throw new KoppelError('UNEXPECTED', { what: 'the port was asked for before the server listened' });
      return address.port;
    },
  };
}

function makeParts(deps: HttpServerDeps, options: HttpServerOptions) {
  const { database, clock, logger } = deps;
  const schema = buildGraph();
  const keyring = makeKeyring({ database, clock });
  const cursors = makeCursors(derivedSecret(deps.masterKey, 'cursors'));
  const feed = makeEventFeed({ database, cursors, clock, logger });
  const jobFeed = makeJobFeed({ database, clock, logger });
  const prepareOperation = makePrepareOperation({
    schema,
    budget: makeBudget(clock, options.pointsPerKey),
    trustedDocuments: options.trustedDocuments ?? new Map<string, string>(),
  });
  let checks: () => Promise<readonly CheckResult[]> = () => Promise.resolve([]);
  const context = {
    database,
    cursors,
    statementNames: makeStatementNames('api'),
    clock,
    logger,
    keyring,
    feed,
    jobFeed,
    commands: deps.commands,
    version: deps.version,
    startedAt: clock.now(),
    connectors: () => deps.connectors(),
    streamOf: (system: string, entity: string) => deps.streamOf(system, entity),
    checks: () => checks(),
  };
  const timeoutMs = options.operationTimeoutMs ?? 10_000;
  const signIn = makeSignIn({ keyring, clock });
  const trustedProxies = options.trustedProxies ?? [];
  const shared = { schema, prepareOperation, context, keyring, signIn, trustedProxies, logger };
  const schemaHash = createHash('sha256').update(graphText(schema)).digest('hex').slice(0, 16);
  return {
    ...shared,
    feeds: [feed, jobFeed],
    graphql: makeGraphqlHandler({ ...shared, timeoutMs, compileAfter: options.compileAfter }),
    version: { name: 'koppel', version: deps.version, commit: deps.commit ?? null, schemaHash },
    setChecks: (made: typeof checks) => (checks = made),
  };
}

const failed = (name: string, message: string): CheckResult => ({
  name,
  status: 'FAIL',
  message,
  hint: null,
  durationMs: null,
});

async function databaseCheck(database: Database): Promise<CheckResult> {
  try {
    await Promise.race([
      database.query('select 1'),
      new Promise((_, reject) => setTimeout(() => reject(new Error('no answer within a second')), 1_000).unref()),
    ]);
    return { name: 'database', status: 'PASS', message: 'answers', hint: null, durationMs: null };
  } catch (error) {
    return failed('database', (error as Error).message);
  }
}

async function guarded(work: Promise<void>, response: ServerResponse, logger: Logger): Promise<void> {
  try {
    await work;
  } catch (error) {
    const requestId = newRequestId();
    logger.error({ requestId, err: error }, 'a request failed');
    const answer = { message: 'Something went wrong.', extensions: { code: 'INTERNAL_SERVER_ERROR', requestId } };
    sendErrors(response, 500, [answer]);
  }
}

function listen(server: Server, { port, host }: HttpServerOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

async function close(server: Server, clock: Clock): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const patience = new AbortController();
  await Promise.race([closed, clock.sleep(5_000, patience.signal).catch(() => undefined)]);
  patience.abort();
  server.closeAllConnections();
  await closed;
}
