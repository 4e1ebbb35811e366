/**
 * Subscriptions over WebSocket, protocol graphql-transport-ws, on the same path. In: sockets that the server upgrades. Every
 * operation passes the same prepareOperation as over HTTP. A key that ends closes its sockets within seconds.
 */
import { OperationTypeNode, type GraphQLError, type GraphQLSchema } from 'graphql';
import type { SubscribePayload } from 'graphql-ws';
import { useServer } from 'graphql-ws/use/ws';
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { asKoppelError, KoppelError } from '../base/errors.js';
import type { Logger } from '../base/logger.js';
import type { Context } from '../resolvers/context.js';
import type { Keyring } from '../security/keyring.js';
import { graphError, maskError, withRequestId } from './graph-errors.js';
import { bearerOf } from './graphql.js';
import { OperationRefused, type OperationRequest, type PrepareOperation } from './prepare-operation.js';
import { languageOf, makeContext, newRequestId, type ContextDeps } from './request-context.js';
import { addressOf, type SignIn } from './sign-in.js';
import {
  closeEnded,
  closeLagging,
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
  readonly signIn: SignIn;
  readonly trustedProxies: readonly string[];
  readonly logger: Logger;
  /** Origins besides our own that browsers may connect from. */
  readonly allowedOrigins: readonly string[];
  readonly limits: SocketLimits;
}

/** What the library keeps per socket besides socket and request. */
type Extra = { client?: SocketClient };

type ConnectionParams = Readonly<Record<string, unknown>> | undefined;

/** The key as clients send it in connection_init; never in the address. */
function keyOf(params: ConnectionParams): string | null {
  const bearer = bearerOf(params?.['Authorization'] ?? params?.['authorization']);
  const plain = params?.['apiKey'];
  return bearer ?? (typeof plain === 'string' ? plain : null);
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
    closeLagging(clients, limits, deps.logger);
    void closeEnded(clients, deps);
  }, limits.recheckMs);
  recheck.unref();
  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    socket.on('error', () => socket.destroy());
    const refusal = whyRefused(request, path, deps.allowedOrigins);
    if (refusal !== null) {
      socket.end(`HTTP/1.1 ${refusal}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (ready) => sockets.emit('connection', ready, request));
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

function whyRefused(request: IncomingMessage, path: string, allowed: readonly string[]): string | null {
  if (new URL(request.url ?? '/', 'http://localhost').pathname !== path) return '404 Not Found';
  const origin = request.headers.origin;
  if (origin === undefined) return null;
  const own = [`http://${request.headers.host}`, `https://${request.headers.host}`];
  return own.includes(origin) || allowed.includes(origin) ? null : '403 Forbidden';
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
  const masked = (errors: readonly GraphQLError[], requestId: string) =>
    errors.map((error) => maskError(error, requestId, logger));
  return {
    schema,
    connectionInitWaitTimeout: deps.limits.initMs,
    async onConnect({ connectionParams, extra }) {
      const key = keyOf(connectionParams);
      const address = addressOf(extra.request, deps.trustedProxies);
      const caller = await deps.signIn(key, address).catch((error: unknown) => refusedBy(error, extra.socket));
      if (key === null || caller === null) return false;
      const mine = [...clients].filter((client) => client.caller.keyId === caller.keyId);
      if (mine.length >= deps.limits.socketsPerKey) {
        extra.socket.close(tryAgainLater, 'Too many sockets of this key');
        return false;
      }
      const client = newClient({ key, caller, address, socket: extra.socket });
      extra.client = client;
      clients.add(client);
      return true;
    },
    onClose({ extra }) {
      const { client } = extra;
      if (client === undefined) return;
      clients.delete(client);
      for (const operation of client.operations.values()) operation.abort();
    },
    onComplete({ extra }, id) {
      extra.client?.operations.get(id)?.abort();
      extra.client?.operations.delete(id);
    },
    onSubscribe: ({ extra, subscriptions }, id, payload) => opened(deps, extra, subscriptions, id, payload),
    onNext({ extra }, id, __, args, result) {
      const { requestId, cost } = args.contextValue as Context;
      const operation = extra.client?.operations.get(id);
      const isFirst = operation !== undefined && !extra.client!.told.has(operation);
      if (isFirst) extra.client!.told.add(operation);
      if (result.errors === undefined && !isFirst) return;
      return {
        ...result,
        ...(result.errors === undefined ? {} : { errors: masked(result.errors, requestId) }),
        ...(isFirst ? { extensions: { ...result.extensions, cost, requestId } } : {}),
      } as never;
    },
    onError({ extra }, id, __, errors) {
      extra.client?.operations.get(id)?.abort();
      extra.client?.operations.delete(id);
      return errors.map((error) =>
        error.extensions['requestId'] === undefined ? maskError(error, newRequestId(), logger) : error,
      ) as never;
    },
  };
}

/** A wrong key closes with 4403; too many of them, so that a client that is only early comes back. */
function refusedBy(error: unknown, socket: WebSocket): null {
  const { code } = asKoppelError(error);
  if (code === 'KEYS_THROTTLED') socket.close(tryAgainLater, 'Too many wrong keys');
  else if (code !== 'UNAUTHENTICATED') throw error;
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
    const prepared = deps.prepareOperation(requestOf(payload), client.caller, client.address);
    if (prepared.operation.operation !== OperationTypeNode.SUBSCRIPTION) {
      throw new KoppelError('BAD_INPUT', {
        where: 'query',
        what: 'only subscriptions go over WebSocket; use POST',
      });
    }
    const over = new AbortController();
    client.operations.set(id, over);
    const language = languageOf(extra.request.headers['accept-language']);
    const asked = {
      requestId,
      caller: client.caller,
      key: client.key,
      language,
      signal: over.signal,
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
    return refusals(thrown, requestId);
  }
}

function refusals(thrown: unknown, requestId: string): GraphQLError[] {
  const error = asKoppelError(thrown);
  if (!(thrown instanceof OperationRefused) && error.class !== 'usage') throw thrown;
  const errors = thrown instanceof OperationRefused ? thrown.errors : [graphError(error)];
  return errors.map((one) => {
    Object.assign(one.extensions, withRequestId(one, requestId).extensions);
    return one;
  });
}
