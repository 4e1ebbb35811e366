/**
 * Errors as clients see them. Only errors of our own classes and of the GraphQL library's checks pass; everything else becomes
 * one sentence with the request's id, and is logged with its cause. Stacks and SQL never leave.
 */
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { KoppelError } from '../base/errors.js';
import type { Language } from '../base/languages.js';
import type { Logger } from '../base/logger.js';
import { said, saidError } from '../base/sentences/say.js';

/** Codes of the graph for those of ours that clients handle alike; ours then stands in `extensions.reason`. */
const graphCodes: Readonly<Record<string, string>> = {
  BAD_INPUT: 'BAD_USER_INPUT',
  BAD_PAGE: 'BAD_USER_INPUT',
  BAD_CURSOR: 'BAD_USER_INPUT',
  GRAPHQL_INVALID: 'GRAPHQL_VALIDATION_FAILED',
  KEYS_THROTTLED: 'THROTTLED',
  ADDRESS_THROTTLED: 'THROTTLED',
  SIGN_IN_THROTTLED: 'THROTTLED',
  SIGN_IN_BUSY: 'THROTTLED',
};

export const statusOfCode: Readonly<Record<string, number>> = {
  UNAUTHENTICATED: 401,
  SIGN_IN_REFUSED: 401,
  ORIGIN_REFUSED: 403,
  SET_UP_PROOF_REFUSED: 403,
  INVITATION_REFUSED: 403,
  FIRST_ACCOUNT_EXISTS: 409,
  FORBIDDEN: 403,
  PATH_UNKNOWN: 404,
  EXPORT_GONE: 404,
  METHOD_NOT_ALLOWED: 405,
  IDEMPOTENCY_IN_PROGRESS: 409,
  BODY_TOO_LARGE: 413,
  CONTENT_TYPE_UNSUPPORTED: 415,
  THROTTLED: 429,
  KEYS_THROTTLED: 429,
  ADDRESS_THROTTLED: 429,
  SIGN_IN_THROTTLED: 429,
  SIGN_IN_BUSY: 429,
  UNEXPECTED: 500,
  OPERATION_TIMEOUT: 504,
};

/** A refusal of ours as an error of the graph; code and params are the same in every language. */
export function graphError(error: KoppelError, language: Language, at?: GraphQLError): GraphQLError {
  const { message, hint } = saidError(language, error.code, error.values);
  return new GraphQLError(message, {
    ...(at?.nodes === undefined ? {} : { nodes: at.nodes }),
    ...(at?.path === undefined ? {} : { path: at.path }),
    extensions: { code: graphCodes[error.code] ?? error.code, reason: error.code, params: error.values, hint },
  });
}

const passing = new Set(['BAD_USER_INPUT', 'GRAPHQL_VALIDATION_FAILED', 'GRAPHQL_PARSE_FAILED']);

/** What may leave of an error that came up while an operation was executed. */
export function maskError(
  error: GraphQLError,
  { requestId, language }: { readonly requestId: string; readonly language: Language },
  logger: Logger,
): GraphQLFormattedError {
  const cause = rootCause(error);
  const shown = shownOf(error, cause, language);
  if (shown !== null) return withRequestId(shown, requestId);
  logger.error({ requestId, err: cause, path: error.path?.join('.') }, 'a request failed');
  const masked = new GraphQLError(said(language, 'Something went wrong. The request id says where to look.'), {
    ...(error.nodes === undefined ? {} : { nodes: error.nodes }),
    ...(error.path === undefined ? {} : { path: error.path }),
    extensions: { code: 'INTERNAL_SERVER_ERROR' },
  });
  return withRequestId(masked, requestId);
}

function rootCause(error: GraphQLError): unknown {
  let cause: unknown = error;
  while (cause instanceof GraphQLError && cause.originalError !== undefined) cause = cause.originalError;
  return cause;
}

function shownOf(error: GraphQLError, cause: unknown, language: Language): GraphQLError | null {
  if (cause instanceof KoppelError) return cause.class === 'usage' ? graphError(cause, language, error) : null;
  if (!(cause instanceof GraphQLError)) return null;
  const code = cause.extensions['code'];
  if (typeof code === 'string')
    return passing.has(code) || code in statusOfCode ? copyOf(error, { ...cause.extensions }) : null;
  // The library's own finding about the operation, before anything was executed.
  return error === cause && error.path === undefined ? copyOf(error, { code: 'BAD_USER_INPUT' }) : null;
}

function copyOf(error: GraphQLError, extensions: Record<string, unknown>): GraphQLError {
  const { stacktrace: _, ...kept } = extensions;
  return new GraphQLError(error.message, {
    ...(error.nodes === undefined ? {} : { nodes: error.nodes }),
    ...(error.source === undefined ? {} : { source: error.source }),
    ...(error.positions === undefined ? {} : { positions: error.positions }),
    ...(error.path === undefined ? {} : { path: error.path }),
    extensions: kept,
  });
}

export function withRequestId(error: GraphQLError, requestId: string): GraphQLFormattedError {
  const formatted = error.toJSON();
  return { ...formatted, extensions: { ...formatted.extensions, requestId } };
}
