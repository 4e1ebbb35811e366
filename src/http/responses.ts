/** Answers that are not made by GraphQL, with the headers that every answer has. */
import type { ServerResponse } from 'node:http';
import type { GraphQLFormattedError } from 'graphql';
import type { Language } from '../base/languages.js';

export const securityHeaders: Readonly<Record<string, string>> = {
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-store',
};

/** Of an answer whose sentences depend on Accept-Language, for caches between us and the client. */
export const inLanguage = (language: Language): Readonly<Record<string, string>> => ({
  'Content-Language': language,
  Vary: 'Accept-Language',
});

export function send(
  response: ServerResponse,
  status: number,
  type: string,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(status, {
    ...securityHeaders,
    'Content-Type': `${type}; charset=utf-8`,
    'Content-Length': String(Buffer.byteLength(body)),
    ...headers,
  });
  response.end(body);
}

export const sendJson = (
  response: ServerResponse,
  status: number,
  body: object,
  headers: Readonly<Record<string, string>> = {},
): void => send(response, status, 'application/json', JSON.stringify(body), headers);

export const sendErrors = (
  response: ServerResponse,
  status: number,
  errors: readonly GraphQLFormattedError[],
  headers: Readonly<Record<string, string>> = {},
): void => sendJson(response, status, { errors }, headers);
