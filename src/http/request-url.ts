/** The address that a request names. In: a request line of anybody. Out: a URL, or null for what is none, such as `//`. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { KoppelError } from '../base/errors.js';
import { languageOf } from '../base/languages.js';
import { graphError, withRequestId } from './graph-errors.js';
import { newRequestId } from './request-context.js';
import { inLanguage, sendErrors } from './responses.js';

/** Never throws: what a listener of a server throws would end the process. */
export function urlOf({ url = '/' }: Pick<IncomingMessage, 'url'>): URL | null {
  const base = 'http://localhost';
  return URL.canParse(url, base) ? new URL(url, base) : null;
}

/** Answers 400 to a request that names no address. */
export function refuseAddress(request: IncomingMessage, response: ServerResponse): void {
  const what = `it is not an address: ${(request.url ?? '').slice(0, 100)}`;
  refuse(request, response, 400, new KoppelError('BAD_INPUT', { where: 'path', what }));
}

/** Answers 404 to a request for something that is not there. */
export function refusePath(request: IncomingMessage, response: ServerResponse, { pathname }: URL): void {
  refuse(request, response, 404, new KoppelError('PATH_UNKNOWN', { path: pathname.slice(0, 100) }));
}

function refuse(request: IncomingMessage, response: ServerResponse, status: number, error: KoppelError): void {
  const language = languageOf(request.headers['accept-language']);
  sendErrors(response, status, [withRequestId(graphError(error, language), newRequestId())], inLanguage(language));
}
