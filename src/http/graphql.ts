/**
 * GraphQL over HTTP. In: a request to /graphql. Out: an answer in JSON, whatever was sent. Checks are those of
 * prepareOperation; what has passed is executed by execute-operation.ts.
 */
import { GraphQLError, OperationTypeNode, type ExecutionResult, type GraphQLSchema } from 'graphql';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { asKoppelError, KoppelError } from '../base/errors.js';
import type { Logger } from '../base/logger.js';
import type { Context } from '../resolvers/context.js';
import { makeExecution } from './execute-operation.js';
import { graphError, maskError, statusOfCode, withRequestId } from './graph-errors.js';
import {
  OperationRefused,
  type OperationRequest,
  type PreparedOperation,
  type PrepareOperation,
} from './prepare-operation.js';
import { checkContentType, parseBody, parseSearch, readBody } from './request-body.js';
import { languageOf, makeContext, newRequestId, type ContextDeps } from './request-context.js';
import { securityHeaders, sendErrors } from './responses.js';
import { addressOf, type SignIn } from './sign-in.js';

export interface GraphqlDeps {
  readonly schema: GraphQLSchema;
  readonly prepareOperation: PrepareOperation;
  readonly context: ContextDeps;
  readonly signIn: SignIn;
  /** Proxies whose word on the client's address is believed. */
  readonly trustedProxies: readonly string[];
  readonly logger: Logger;
  readonly timeoutMs: number;
  /** How often a document comes before it is compiled. */
  readonly compileAfter?: number | undefined;
}

export interface GraphqlHandler {
  start(): Promise<void>;
  stop(): Promise<void>;
  handle(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void>;
}

/** The key of `Authorization: Bearer <key>`. */
export function bearerOf(header: unknown): string | null {
  const found = typeof header === 'string' ? /^Bearer +(\S+)$/i.exec(header.trim()) : null;
  return found?.[1] ?? null;
}

export function makeGraphqlHandler(deps: GraphqlDeps): GraphqlHandler {
  const { logger } = deps;
  const execution = makeExecution(deps.schema, deps.compileAfter);

  async function answer(
    request: IncomingMessage,
    response: ServerResponse,
    url: URL,
    requestId: string,
  ): Promise<void> {
    if (request.method !== 'POST' && request.method !== 'GET') {
      throw new KoppelError('METHOD_NOT_ALLOWED', { what: 'GraphQL', method: request.method ?? '' });
    }
    checkContentType(request);
    const address = addressOf(request, deps.trustedProxies);
    const key = bearerOf(request.headers.authorization);
    const caller = await deps.signIn(key, address);
    const prepared = deps.prepareOperation(await readRequest(request, url), caller, address);
    checkMethod(prepared, request.method);
    const ending = makeEnding(response, deps.timeoutMs);
    try {
      const language = languageOf(request.headers['accept-language']);
      const { cost, asked } = prepared;
      const { over } = ending;
      const userAgent = request.headers['user-agent']?.slice(0, 300) ?? null;
      const context = makeContext(deps.context, {
        ...{ requestId, caller, key: key!, language, cost, asked, over, address, userAgent },
        get signal() {
          return ending.signal();
        },
      });
      const result = await Promise.race([execution.run(prepared, context), ending.ended]);
      sendResult(request, response, result, context, logger);
    } finally {
      ending.forget();
    }
  }

  return {
    start: () => execution.start(),
    stop: () => execution.stop(),
    async handle(request, response, url) {
      const requestId = newRequestId();
      try {
        await answer(request, response, url, requestId);
      } catch (thrown) {
        refuse(response, thrown, requestId, logger);
      }
    },
  };
}

async function readRequest(request: IncomingMessage, url: URL): Promise<OperationRequest> {
  return request.method === 'GET' ? parseSearch(url.searchParams) : parseBody(await readBody(request));
}

function checkMethod(prepared: PreparedOperation, method: string): void {
  const kind = prepared.operation.operation;
  if (kind === OperationTypeNode.SUBSCRIPTION) {
    throw new KoppelError('BAD_INPUT', {
      where: 'query',
      what: 'subscriptions go over WebSocket (graphql-transport-ws)',
    });
  }
  if (method === 'GET' && kind !== OperationTypeNode.QUERY) {
    throw new KoppelError('METHOD_NOT_ALLOWED', { what: `A ${kind}`, method });
  }
}

/** The end of a request before it is answered: it took too long, or nobody waits for it any more. */
function makeEnding(response: ServerResponse, timeoutMs: number) {
  let reason: Error | undefined;
  let controller: AbortController | undefined;
  let fail: (reason: Error) => void = () => undefined;
  const ended = new Promise<never>((_, reject) => (fail = reject));
  ended.catch(() => undefined);
  const end = (): void => {
    reason ??= new KoppelError('OPERATION_TIMEOUT', { ms: timeoutMs });
    controller?.abort(reason);
    fail(reason);
  };
  const timer = setTimeout(end, timeoutMs);
  response.once('close', end);
  return {
    ended,
    over: () => reason,
    signal(): AbortSignal {
      controller ??= new AbortController();
      if (reason !== undefined) controller.abort(reason);
      return controller.signal;
    },
    forget(): void {
      clearTimeout(timer);
      response.off('close', end);
    },
  };
}

const acceptedBy = (request: IncomingMessage): string =>
  String(request.headers.accept ?? '').includes('application/graphql-response+json')
    ? 'application/graphql-response+json; charset=utf-8'
    : 'application/json; charset=utf-8';

/** Masks errors and adds request id and cost. */
function sendResult(
  request: IncomingMessage,
  response: ServerResponse,
  result: ExecutionResult,
  { requestId, cost }: Context,
  logger: Logger,
): void {
  if (response.destroyed) return;
  const errors = result.errors?.map((error) => maskError(error, requestId, logger));
  const body = JSON.stringify({
    ...(errors === undefined ? {} : { errors }),
    data: result.data,
    extensions: { cost, requestId },
  });
  response.writeHead(200, {
    ...securityHeaders,
    'Content-Type': acceptedBy(request),
    'X-Request-Id': requestId,
    'Content-Length': Buffer.byteLength(body),
  });
  response.end(body);
}

function refuse(response: ServerResponse, thrown: unknown, requestId: string, logger: Logger): void {
  const refused = thrown instanceof OperationRefused ? thrown : null;
  const error = asKoppelError(thrown);
  const errors = refused?.errors ?? [error.class === 'usage' ? graphError(error) : asGraphError(thrown)];
  const code = String(errors[0]?.extensions['reason'] ?? errors[0]?.extensions['code'] ?? 'UNEXPECTED');
  const status = statusOfCode[code] ?? (refused !== null || error.class === 'usage' ? 400 : 500);
  const formatted = errors.map((one) =>
    refused === null && error.class !== 'usage' ? maskError(one, requestId, logger) : withRequestId(one, requestId),
  );
  const headers: Record<string, string> = { 'X-Request-Id': requestId };
  if (status === 401) headers['WWW-Authenticate'] = 'Bearer realm="koppel"';
  if (status === 405) headers['Allow'] = 'POST, GET';
  if (status === 413) headers['Connection'] = 'close';
  const waitMs = refused?.retryAfterMs ?? error.retryAfterMs;
  if (status === 429) headers['Retry-After'] = String(Math.max(1, Math.ceil((waitMs ?? 1000) / 1000)));
  sendErrors(response, status, formatted, headers);
  // What is still to come of a body that was refused is not read; the connection ends when the answer is out.
  if (status === 413) response.once('finish', () => response.socket?.destroySoon());
}

const asGraphError = (thrown: unknown): GraphQLError =>
  new GraphQLError('failed', { originalError: thrown instanceof Error ? thrown : new Error(String(thrown)) });
