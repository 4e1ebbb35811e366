/**
 * Judges an answer. In: status, headers and body. Out: a record of ours to read on with, a problem that the system names,
 * or an error together with whether a write may have been applied all the same. A login page, a proxy's error page or
 * half an answer is never taken for the system's word.
 */
import { cutText } from '../../base/cut-text.js';
import type { Document, Json } from '../../base/document.js';
import { KoppelError } from '../../base/errors.js';
import type { HttpResponse } from '../../base/http-client.js';
import { retryAfterIn } from '../../base/retry-after.js';
import { rateLimited } from './pace.js';
import { systemName } from './settings.js';

export interface Problem {
  readonly detail: string;
  readonly existingId: string | undefined;
  readonly errors: ReadonlyArray<{ readonly pointer: string; readonly code: string; readonly message: string }>;
}

export type Judged =
  | { readonly type: 'answered'; readonly status: number; readonly body: Document }
  | { readonly type: 'problem'; readonly status: 400 | 404 | 409 | 412 | 413 | 422; readonly problem: Problem }
  | { readonly type: 'error'; readonly error: KoppelError; readonly mayBeApplied: boolean };

/** Takes the token out of the other side's words and keeps them short. */
export type Clean = (text: string) => string;

const longestWords = 500;

/** Error pages repeat what was sent, in whatever form pages and JSON are written. */
export function makeClean(token: string): Clean {
  const marked = token.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const quoted = marked.replaceAll('"', '&quot;');
  const forms = [token, encodeURIComponent(token), marked, quoted, JSON.stringify(token).slice(1, -1)].flatMap(
    (form) => [form, form.replaceAll("'", '&#39;')],
  );
  // The longest first, so that no form leaves the rest of another one behind.
  const known = [...new Set(forms)].sort((a, b) => b.length - a.length);
  return (text) =>
    cutText(
      known.reduce((cleaned, form) => cleaned.replaceAll(form, '[removed]'), text),
      longestWords,
    );
}

export function judge(operation: string, response: HttpResponse, clean: Clean): Judged {
  const { status } = response;
  const kind = (response.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase();
  const wrong = (what: string, mayBeApplied: boolean): Judged => ({
    type: 'error',
    mayBeApplied,
    error: new KoppelError(
      'UNEXPECTED_RESPONSE',
      { system: systemName, operation, what },
      { original: words(response, clean) },
    ),
  });
  if (status >= 300 && status < 400) return wrong(`a redirect (HTTP ${status})`, true);
  if (status >= 200 && status < 300) {
    if (kind !== 'application/json')
      return wrong(`HTTP ${status} with ${kind === '' ? 'no content type' : String(kind)}`, true);
    const body = parseObject(response.body);
    if (body !== undefined) return { type: 'answered', status, body };
    const error = new KoppelError('INCOMPLETE_RESPONSE', {
      system: systemName,
      operation,
      what: 'it is no JSON object',
    });
    return { type: 'error', mayBeApplied: true, error };
  }
  const refusal = refusalOf(operation, response, clean);
  if (refusal !== undefined) return { type: 'error', mayBeApplied: status >= 500, error: refusal };
  if (kind !== 'application/problem+json') return wrong(`HTTP ${status} without a problem description`, true);
  if (status === 400 || status === 404 || status === 409 || status === 412 || status === 413 || status === 422) {
    return { type: 'problem', status, problem: readProblem(response.body, clean) };
  }
  return wrong(`HTTP ${status}`, status === 408);
}

/** Statuses that mean the same whatever the body is. */
function refusalOf(operation: string, response: HttpResponse, clean: Clean): KoppelError | undefined {
  const { status } = response;
  const values = { system: systemName, operation, what: `HTTP ${status}` };
  const retryAfterMs = retryAfterIn(response.headers);
  const options = { original: words(response, clean), ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
  if (status === 401) return new KoppelError('CREDENTIALS_REJECTED', values, options);
  if (status === 403) return new KoppelError('PERMISSION_MISSING', values, options);
  if (status === 429) return rateLimited(retryAfterMs ?? 1_000);
  if (status >= 500) return new KoppelError('SYSTEM_FAULT', values, options);
  return undefined;
}

const words = (response: HttpResponse, clean: Clean): string => clean(response.body.toString('utf8', 0, 4_000));

function readProblem(body: Buffer, clean: Clean): Problem {
  const raw = parseObject(body) ?? {};
  const text = (value: Json | undefined): string => (typeof value === 'string' ? clean(value) : '');
  const errors = Array.isArray(raw['errors']) ? (raw['errors'] as readonly Json[]) : [];
  return {
    detail: text(raw['detail']) || text(raw['title']),
    existingId: typeof raw['existingId'] === 'string' ? raw['existingId'] : undefined,
    errors: errors.slice(0, 100).map((one) => {
      const entry = (typeof one === 'object' && one !== null ? one : {}) as Document;
      return { pointer: text(entry['pointer']), code: text(entry['code']), message: text(entry['message']) };
    }),
  };
}

/** The refusal of a record, with the first field that is wrong and the system's own words. */
export function refused(problem: Problem): KoppelError {
  const [first] = problem.errors;
  const what =
    problem.errors.length === 0
      ? problem.detail
      : problem.errors.map((one) => `${pathOf(one.pointer)}: ${one.message}`).join('; ');
  const path = first === undefined ? {} : { path: pathOf(first.pointer) };
  return new KoppelError('RECORD_REFUSED', { system: systemName, what }, { original: problem.detail, ...path });
}

/** `/price/amount` → `price.amount`. */
export function pathOf(pointer: string): string {
  return pointer
    .replace(/^\//, '')
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .join('.');
}

function parseObject(body: Buffer): Document | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(body);
    const value = JSON.parse(text) as Json;
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Document) : undefined;
  } catch {
    return undefined;
  }
}
