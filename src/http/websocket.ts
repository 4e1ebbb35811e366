/**
 * Subscriptions over WebSocket, protocol graphql-transport-ws, on the same path. In: sockets that the server upgrades. Every
 * operation passes the same prepareOperation as over HTTP. A key or session that ends closes its sockets within seconds.
 */
import { OperationTypeNode, type GraphQLError, type GraphQLSchema } from 'graphql';
import type { SubscribePayload } from 'graphql-ws';
import { useServer } from 'graphql-ws/use/ws';
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { endingOf } from '../base/ending.js';
import { asKoppelError, KoppelError } from '../base/errors.js';
import { defaultLanguage, wantedLanguage, type Language } from '../base/languages.js';
import type { Logger } from '../base/logger.js';
import type { Context } from '../resolvers/context.js';
import type { Credential } from '../security/caller.js';
import type { Keyring } from '../security/keyring.js';
import type { Sessions } from '../security/sessions.js';
import { graphError, maskError, withRequestId } from './graph-errors.js';
import { OperationRefused, type OperationRequest, type PrepareOperation } from './prepare-operation.js';
import { makeContext, newRequestId, type ContextDeps } from './request-context.js';
import { urlOf } from './request-url.js';
import { isOwnOrigin, type OwnAddress } from './session-cookie.js';
import { addressOf, bearerOf, sessionOf, type SignIn } from './sign-in.js';
import {
  closeEnded,
  closeLagging,
  forget,
  forgetClosed,
  newClient,
  tryAgainLater,
  type SocketClient,
  type SocketLimits,
} from './socket-clients.js';

export interface WebsocketDeps {
  readonly schema: GraphQLSchema;
  readonly prepareOperation: PrepareOperation;
  readonly context: ContextDeps;
  readonly keyring: Keyring;
  readonly sessions: Sessions;
  readonly signIn: SignIn;
  readonly own: OwnAddress;
  readonly trustedProxies: readonly string[];
  readonly logger: Logger;
  readonly limits: SocketLimits;
}

/** What the library keeps per socket besides socket and request. */
type Extra = { client?: SocketClient };

type ConnectionParams = Readonly<Record<string, unknown>> | undefined;

/** The key as clients send it in connection_init, never in the address; or else the session of the browser's cookie. */
async function credentialOf(
  params: ConnectionParams,
  request: IncomingMessage,
  own: OwnAddress,
): Promise<Credential | null> {
  const header = params?.['Authorization'] ?? params?.['authorization'];
  const plain = params?.['apiKey'];
  const key = bearerOf(header) ?? (typeof plain === 'string' ? plain : null);
  if (key !== null) return { kind: 'key', key };
  return header === undefined && plain === undefined ? sessionOf(request, own, true) : null;
}

/** Browsers let nobody set headers of a socket, so connection_init may say the language, too. */
function languageIn(params: ConnectionParams, request: IncomingMessage): Language | null {
  const wanted = params?.['Accept-Language'] ?? params?.['accept-language'];
  return wantedLanguage(typeof wanted === 'string' ? wanted : request.headers['accept-language']);
}

/** Handles upgrades of `server` on `path`. Returns the way to stop: sockets are closed with 1001 and clients resume. */
export function attachWebsocket(server: Server, path: string, deps: WebsocketDeps): () => Promise<void> {
  const { limits } = deps;
  const sockets = new WebSocketServer({ noServer: true, maxPayload: limits.payload });
  const clients = new Set<SocketClient>();
  sockets.on('connection', refuseBinary);
  const graph = useServer<Record<string, unknown>, Extra>(serverOptions(deps, clients), sockets, limits.pingMs);
  // The library prints socket errors (a frame that is too large) to the console; they are the client's and go to the log.
  sockets.on('connection', (socket) => {
    socket.removeAllListeners('error');
    socket.on('error', (error) => deps.logger.debug({ err: error.message }, 'a socket failed'));
  });
  const recheck = setInterval(() => {
    forgetClosed(clients);
    closeLagging(clients, limits, deps.logger);
    void closeEnded(clients, deps);
  }, limits.recheckMs);
  recheck.unref();
  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    socket.on('error', () => socket.destroy());
    // Nobody waits for a listener: what it throws would end the process.
    try {
      const refusal = whyRefused(request, path, deps.own);
      if (refusal === null) {
        sockets.handleUpgrade(request, socket, head, (ready) => sockets.emit('connection', ready, request));
      } else socket.end(`HTTP/1.1 ${refusal}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
    } catch (error) {
      deps.logger.error({ err: error }, 'an upgrade failed');
      socket.destroy();
    }
  };
  server.on('upgrade', upgrade);
  return async () => {
    clearInterval(recheck);
    server.off('upgrade', upgrade);
    for (const client of clients) for (const operation of client.operations.values()) operation.abort();
    await graph.dispose();
  };
}

function refuseBinary(socket: WebSocket): void {
  socket.on('message', (_, isBinary) => {
    if (isBinary) socket.close(1003, 'Text frames only');
  });
}

function whyRefused(request: IncomingMessage, path: string, own: OwnAddress): string | null {
  const url = urlOf(request);
  if (url === null) return '400 Bad Request';
  if (url.pathname !== path) return '404 Not Found';
  const origin = request.headers.origin;
  if (origin === undefined) return null;
  return isOwnOrigin(request, origin, own) ? null : '403 Forbidden';
}

/** One that was completed before it had begun is not reported by the library. */
function forgetEnded({ operations }: SocketClient, running: Readonly<Record<string, unknown>>): void {
  for (const [id, operation] of operations) {
    if (id in running) continue;
    operation.abort();
    operations.delete(id);
  }
}

type Options = Parameters<typeof useServer<Record<string, unknown>, Extra>>[0];

function serverOptions(deps: WebsocketDeps, clients: Set<SocketClient>): Options {
  const { schema, logger } = deps;
  const masked = (errors: readonly GraphQLError[], told: Pick<Context, 'requestId' | 'language'>) =>
    errors.map((error) => maskError(error, told, logger));
  return {
    schema,
    connectionInitWaitTimeout: deps.limits.initMs,
    async onConnect({ connectionParams, extra }) {
      const address = addressOf(extra.request, deps.trustedProxies);
      const refused = (error: unknown) => refusedBy(error, extra.socket);
      const credential = await credentialOf(connectionParams, extra.request, deps.own).catch(refused);
      if (credential === null) return false;
      const caller = await deps.signIn.caller(credential, address).catch(refused);
      if (caller === null) return false;
      // It may have gone meanwhile; nothing would tell again that it has.
      if (extra.socket.readyState !== extra.socket.OPEN) return false;
      const mine = [...clients].filter((client) => client.caller.actorId === caller.actorId);
      if (mine.length >= deps.limits.socketsPerKey) {
        extra.socket.close(tryAgainLater, 'Too many sockets of this key or person');
        return false;
      }
      const language = languageIn(connectionParams, extra.request) ?? caller.language ?? defaultLanguage;
      const client = newClient({ credential, caller, address, language, socket: extra.socket });
      extra.client = client;
      clients.add(client);
      return true;
    },
    onClose({ extra }) {
      if (extra.client !== undefined) forget(clients, extra.client);
    },
    onComplete({ extra }, id) {
      extra.client?.operations.get(id)?.abort();
      extra.client?.operations.delete(id);
    },
    onSubscribe: ({ extra, subscriptions }, id, payload) => opened(deps, extra, subscriptions, id, payload),
    onNext({ extra }, id, __, args, result) {
      const { requestId, cost, language } = args.contextValue as Context;
      const operation = extra.client?.operations.get(id);
      const isFirst = operation !== undefined && !extra.client!.told.has(operation);
      if (isFirst) extra.client!.told.add(operation);
      if (result.errors === undefined && !isFirst) return;
      return {
        ...result,
        ...(result.errors === undefined ? {} : { errors: masked(result.errors, { requestId, language }) }),
        ...(isFirst ? { extensions: { ...result.extensions, cost, requestId } } : {}),
      } as never;
    },
    onError({ extra }, id, __, errors) {
      extra.client?.operations.get(id)?.abort();
      extra.client?.operations.delete(id);
      const told = { requestId: newRequestId(), language: extra.client?.language ?? defaultLanguage };
      return errors.map((error) =>
        error.extensions['requestId'] === undefined ? maskError(error, told, logger) : error,
      ) as never;
    },
  };
}

/** A wrong key closes with 4403; too many of them, so that a client that is only early comes back. */
function refusedBy(error: unknown, socket: WebSocket): null {
  const { code } = asKoppelError(error);
  if (code === 'KEYS_THROTTLED') socket.close(tryAgainLater, 'Too many wrong keys');
  else if (code !== 'UNAUTHENTICATED' && code !== 'ORIGIN_REFUSED') throw error;
  return null;
}

/** The protocol wants a text; a trusted document comes with an empty one, and its id beside it or in the extensions. */
function requestOf(payload: SubscribePayload): OperationRequest {
  const { documentId } = payload as { readonly documentId?: unknown };
  return { ...payload, documentId: documentId ?? payload.extensions?.['documentId'] };
}

/** The operation ready to be executed, or why it is not. */
function opened(
  deps: WebsocketDeps,
  extra: Extra & { readonly request: IncomingMessage },
  running: Readonly<Record<string, unknown>>,
  id: string,
  payload: SubscribePayload,
) {
  const requestId = newRequestId();
  const client = extra.client!;
  try {
    forgetEnded(client, running);
    // The library has noted this one already.
    if (Object.keys(running).length > deps.limits.operations) {
      throw new KoppelError('TOO_MANY_SUBSCRIPTIONS', { limit: deps.limits.operations });
    }
    const prepared = deps.prepareOperation(requestOf(payload), client.caller, client.address, client.language);
    if (prepared.operation.operation !== OperationTypeNode.SUBSCRIPTION) {
      throw new KoppelError('BAD_INPUT', {
        where: 'query',
        what: 'only subscriptions go over WebSocket; use POST',
      });
    }
    const over = new AbortController();
    client.operations.set(id, over);
    const asked = {
      requestId,
      caller: client.caller,
      credential: client.credential,
      language: client.language,
      ending: endingOf(over.signal),
      cost: prepared.cost,
      address: client.address,
      userAgent: extra.request.headers['user-agent']?.slice(0, 300) ?? null,
    };
    return {
      schema: deps.schema,
      document: prepared.document,
      operationName: prepared.operationName,
      variableValues: prepared.variables,
      contextValue: makeContext(deps.context, asked),
    };
  } catch (thrown) {
    return refusals(thrown, requestId, client.language);
  }
}

function refusals(thrown: unknown, requestId: string, language: Language): GraphQLError[] {
  const error = asKoppelError(thrown);
  if (!(thrown instanceof OperationRefused) && error.class !== 'usage') throw thrown;
  const errors = thrown instanceof OperationRefused ? thrown.errors : [graphError(error, language)];
  return errors.map((one) => {
    Object.assign(one.extensions, withRequestId(one, requestId).extensions);
    return one;
  });
}
