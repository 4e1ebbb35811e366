/**
 * GraphQL over HTTP. In: a request to /graphql. Out: an answer in JSON, whatever was sent. Checks are those of
 * prepareOperation; what has passed is executed by execute-operation.ts.
 */
import { GraphQLError, OperationTypeNode, type ExecutionResult, type GraphQLSchema } from 'graphql';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { asKoppelError, KoppelError } from '../base/errors.js';
import { languageOf, wantedLanguage, type Language } from '../base/languages.js';
import type { Logger } from '../base/logger.js';
import type { Context } from '../resolvers/context.js';
import { makeExecution, type Answer } from './execute-operation.js';
import { graphError, maskError, statusOfCode, withRequestId } from './graph-errors.js';
import {
  OperationRefused,
  type OperationRequest,
  type PreparedOperation,
  type PrepareOperation,
} from './prepare-operation.js';
import { checkContentType, parseBody, parseSearch, readBody } from './request-body.js';
import { makeContext, newRequestId, type ContextDeps } from './request-context.js';
import { RequestEnding } from './request-ending.js';
import { inLanguage, securityHeaders, sendErrors } from './responses.js';
import type { OwnAddress } from './session-cookie.js';
import { addressOf, credentialOf, type SignIn } from './sign-in.js';

export interface GraphqlDeps {
  readonly schema: GraphQLSchema;
  readonly prepareOperation: PrepareOperation;
  readonly context: ContextDeps;
  readonly signIn: SignIn;
  readonly own: OwnAddress;
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

export function makeGraphqlHandler(deps: GraphqlDeps): GraphqlHandler {
  const { logger } = deps;
  const execution = makeExecution(deps.schema, deps.compileAfter);

  async function answer(request: IncomingMessage, response: ServerResponse, url: URL, told: Told): Promise<void> {
    if (request.method !== 'POST' && request.method !== 'GET') {
      throw new KoppelError('METHOD_NOT_ALLOWED', { what: 'GraphQL', method: request.method ?? '' });
    }
    checkContentType(request);
    const address = addressOf(request, deps.trustedProxies);
    const credential = credentialOf(request, deps.own);
    const caller = await deps.signIn.caller(credential, address);
    // What the page is shown in counts; the language of the account for who names none.
    told.language = wantedLanguage(request.headers['accept-language']) ?? caller.language ?? told.language;
    const { requestId, language } = told;
    const prepared = deps.prepareOperation(await readRequest(request, url), caller, address, language);
    checkMethod(prepared, request.method);
    const ending = new RequestEnding(response, deps.timeoutMs);
    try {
      const { cost, asked } = prepared;
      const userAgent = request.headers['user-agent']?.slice(0, 300) ?? null;
      const by = { requestId, caller, credential: credential!, language, cost, asked, ending, address, userAgent };
      const context = makeContext(deps.context, by);
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
      const told: Told = { requestId: newRequestId(), language: languageOf(request.headers['accept-language']) };
      try {
        await answer(request, response, url, told);
      } catch (thrown) {
        refuse(response, thrown, told, logger);
      }
    },
  };
}

/** Which request is answered, and in which language: the client's, until it is known what the person wants. */
interface Told {
  readonly requestId: string;
  language: Language;
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

const acceptedBy = (request: IncomingMessage): string =>
  String(request.headers.accept ?? '').includes('application/graphql-response+json')
    ? 'application/graphql-response+json; charset=utf-8'
    : 'application/json; charset=utf-8';

/** Masks errors and adds request id and cost. */
function sendResult(
  request: IncomingMessage,
  response: ServerResponse,
  answer: Answer,
  { requestId, cost, language }: Context,
  logger: Logger,
): void {
  if (response.destroyed) return;
  const extensions = { cost, requestId };
  const body = 'text' in answer ? `{"data":${answer.text},"extensions":${JSON.stringify(extensions)}}` : bodyOf(answer);
  function bodyOf({ data, errors }: ExecutionResult): string {
    const masked = errors?.map((error) => maskError(error, { requestId, language }, logger));
    return JSON.stringify({ ...(masked === undefined ? {} : { errors: masked }), data, extensions });
  }
  const length = String(Buffer.byteLength(body));
  const own = ['Content-Type', acceptedBy(request), 'X-Request-Id', requestId, 'Content-Length', length];
  response.writeHead(200, [...sharedHeaders[language], ...own]);
  response.end(body);
}

/** Names and values in turn, which need no copying of objects. */
const inTurn = (language: Language): readonly string[] =>
  Object.entries({ ...securityHeaders, ...inLanguage(language) }).flat();
const sharedHeaders = { en: inTurn('en'), nl: inTurn('nl'), fr: inTurn('fr') };

function refuse(response: ServerResponse, thrown: unknown, told: Told, logger: Logger): void {
  const { requestId, language } = told;
  const refused = thrown instanceof OperationRefused ? thrown : null;
  const error = asKoppelError(thrown);
  const errors = refused?.errors ?? [error.class === 'usage' ? graphError(error, language) : asGraphError(thrown)];
  const code = String(errors[0]?.extensions['reason'] ?? errors[0]?.extensions['code'] ?? 'UNEXPECTED');
  const status = statusOfCode[code] ?? (refused !== null || error.class === 'usage' ? 400 : 500);
  const formatted = errors.map((one) =>
    refused === null && error.class !== 'usage' ? maskError(one, told, logger) : withRequestId(one, requestId),
  );
  const headers: Record<string, string> = { 'X-Request-Id': requestId, ...inLanguage(language) };
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
