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
import { graphText, servedGraph } from '../resolvers/graph.js';
import type { CheckResult } from '../schema/system.js';
import type { SessionLife } from '../security/sessions.js';
import { isSetUpToken } from '../security/set-up-token.js';
import { appendAudit } from '../store/audit.js';
import { makeBudget } from './budget.js';
import { makeContextParts, type ContextNeeds } from './context-parts.js';
import { makeExportDownload } from './export-download.js';
import { makeGraphqlHandler } from './graphql.js';
import { databaseCheck, handlePlain, sendFrontPage, shutdownCheck } from './health.js';
import { makePrepareOperation } from './prepare-operation.js';
import { newRequestId } from './request-context.js';
import { refuseAddress, refusePath, urlOf } from './request-url.js';
import { sendErrors } from './responses.js';
import { makePages } from './static-page.js';
import { makeSessionEndpoints } from './session.js';
import { socketLimits, type SocketLimits } from './socket-clients.js';
import { documentsOfPages, type TrustedDocuments } from './trusted-documents.js';
import { attachWebsocket } from './websocket.js';

/** The database: a pool of its own, with a statement_timeout near `operationTimeoutMs`, so that a stopped request stops in it too. */
export interface HttpServerDeps extends ContextNeeds {
  readonly commit?: string | undefined;
  /** Checks besides that of the database: migrations at head, workers. A FAIL makes the process unready. */
  checks?(): Promise<readonly CheckResult[]>;
}

export interface HttpServerOptions {
  /** 0 = any free port. */
  readonly port: number;
  readonly host: string;
  readonly allowedOrigins?: readonly string[];
  /** Address that people enter in the browser, when it is not that of the request. */
  readonly publicUrl?: string;
  /** How long people stay signed in, when not twelve hours. */
  readonly sessionLife?: SessionLife;
  readonly operationTimeoutMs?: number;
  /** Folder with the pages as they were built (dist/web); without it there are none. */
  readonly webFolder?: string;
  /** Points of a key's full bucket, when not the usual number. */
  readonly pointsPerKey?: number;
  /** Addresses of proxies whose X-Forwarded-For is believed. */
  readonly trustedProxies?: readonly string[];
  /** Operations that may be sent by their id, besides those of our own pages. */
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
const graphqlUrl = new URL(graphqlPath, 'http://localhost');

export function makeHttpServer(deps: HttpServerDeps, options: HttpServerOptions): HttpServer {
  const parts = makeParts(deps, options);
  let server: Server | undefined;
  let detach: (() => Promise<void>) | undefined;
  let stopping = false;
  const pages = makePages(options.webFolder);

  const checks = async (): Promise<readonly CheckResult[]> => {
    const own = await databaseCheck(deps.database);
    const others = own.status === 'FAIL' ? [] : ((await deps.checks?.()) ?? []);
    const state = stopping ? [shutdownCheck] : [];
    return [own, ...others, ...state];
  };
  parts.setChecks(checks);

  async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // The usual address needs no reading.
    const url = request.url === graphqlPath ? graphqlUrl : urlOf(request);
    if (url === null) return refuseAddress(request, response);
    if (url.pathname === graphqlPath) return parts.graphql.handle(request, response, url);
    if (await parts.session(request, response, url)) return;
    if (await parts.download(request, response, url)) return;
    if (await handlePlain(request, response, url, { version: parts.version, checks })) return;
    if (await pages(request, response, url)) return;
    if (url.pathname === '/') return sendFrontPage(request, response, parts.version);
    refusePath(request, response, url);
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
  const schema = servedGraph();
  let checks: () => Promise<readonly CheckResult[]> = () => Promise.resolve([]);
  const made = makeContextParts(deps, { life: options.sessionLife, checks: () => checks() });
  const { context, keyring, sessions, accounts, attempts, signIn, feeds } = made;
  const prepareOperation = makePrepareOperation({
    schema,
    budget: makeBudget(clock, options.pointsPerKey),
    trustedDocuments: new Map([...(options.trustedDocuments ?? []), ...documentsOfPages(options.webFolder)]),
  });
  const timeoutMs = options.operationTimeoutMs ?? 10_000;
  const own = { publicUrl: options.publicUrl, allowedOrigins: options.allowedOrigins ?? [] };
  const trustedProxies = options.trustedProxies ?? [];
  const shared = { schema, prepareOperation, context, keyring, sessions, signIn, own, trustedProxies, logger };
  let schemaHash: string | undefined;
  return {
    ...shared,
    feeds,
    session: makeSessionEndpoints({
      ...{ accounts, sessions, attempts, own, trustedProxies, logger },
      isSetUpProof: async (given) =>
        isSetUpToken(deps.masterKey, given) || (await keyring.authenticate(given))?.role === 'ADMIN',
      audit: (action, userId, request) =>
        appendAudit(database, { ...request, actor: userId, action, subject: userId, detail: {} }),
    }),
    download: makeExportDownload({ database, signIn, own, trustedProxies, logger }),
    graphql: makeGraphqlHandler({ ...shared, timeoutMs, compileAfter: options.compileAfter }),
    version: {
      ...{ name: 'koppel', version: deps.version, commit: deps.commit ?? null },
      // Sorting and printing it takes longer than a start should wait for whoever may ask.
      get schemaHash() {
        return (schemaHash ??= createHash('sha256').update(graphText(schema)).digest('hex').slice(0, 16));
      },
    },
    setChecks: (given: typeof checks) => (checks = given),
  };
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
