/**
 * One request to Softmaat. In: method, path, body. Out: the judged answer. Paces itself and retries nothing.
 *
 * Guarantees: what may have reached the system never comes back as a plain failure of a write; the token occurs in no
 * error; an answer that was cut, is too large or comes from somebody else is an error.
 */
import type { Document } from '../../base/document.js';
import { KoppelError } from '../../base/errors.js';
import {
  HttpFailure,
  httpFailureCodes,
  makeHttpClient,
  type HttpClient,
  type HttpRequest,
  type HttpResponse,
} from '../../base/http-client.js';
import type { ConnectorDeps } from '../system.js';
import { judge, makeClean, type Clean, type Judged } from './answer.js';
import { makePace } from './pace.js';
import { systemName, type Settings } from './settings.js';

export type Query = Readonly<Record<string, string | readonly string[] | undefined>>;

export interface WriteCall {
  readonly method: 'POST' | 'PATCH' | 'PUT';
  readonly path: string;
  readonly body: Document;
  readonly headers?: Readonly<Record<string, string>>;
  /** Readings of `clock.monotonic()`; nothing is sent after it. */
  readonly deadline: number;
}

export interface Api {
  /** Null when there is no such record (404 in the system's own words). Throws everything else. */
  read(path: string, query: Query, signal: AbortSignal, deadline?: number): Promise<Document | null>;
  /** Never throws. */
  write(call: WriteCall, signal: AbortSignal): Promise<Judged>;
  close(): void;
}

const maxBytes = 32 * 1024 * 1024;
const connections = 12;

const points = { halfSent: 'P3', sent: 'P4', halfRead: undefined } as const;

export function makeApi(settings: Settings, deps: ConnectorDeps): Api {
  const client = makeHttpClient(connections);
  const exchange = makeExchange(client, settings, deps);
  const clean = makeClean(settings.token);
  const headers = { authorization: `Bearer ${settings.token}`, accept: 'application/json', 'user-agent': 'koppel' };

  return {
    async read(path, query, signal, deadline) {
      const operation = `GET ${path.split('/', 2).join('/')}`;
      const url = urlOf(settings, path, query);
      const at: At = (moment) => (moment === 'halfRead' ? deps.failpoint('C1') : undefined);
      let judged: Judged;
      try {
        judged = await exchange(operation, deadline, { method: 'GET', url, headers, signal, at });
      } catch (thrown) {
        throw transportError(operation, thrown, settings, signal, clean);
      }
      if (judged.type === 'answered') return judged.body;
      if (judged.type === 'error') throw judged.error;
      if (judged.status === 404) return null;
      throw unexpected(operation, `HTTP ${judged.status}: ${judged.problem.detail}`);
    },

    async write(call, signal) {
      const operation = `${call.method} ${call.path.split('/', 2).join('/')}`;
      let sent = false;
      const at: At = (moment) => {
        const point = points[moment];
        return point === undefined ? undefined : deps.failpoint(point);
      };
      try {
        const judged = await exchange(operation, call.deadline, {
          method: call.method,
          url: urlOf(settings, call.path, {}),
          headers: { ...headers, 'content-type': 'application/json', ...call.headers },
          body: JSON.stringify(call.body),
          signal,
          at,
        });
        sent = true;
        await deps.failpoint('P5');
        return judged;
      } catch (thrown) {
        const mayBeApplied = thrown instanceof HttpFailure ? thrown.mayHaveArrived : sent;
        return { type: 'error', error: transportError(operation, thrown, settings, signal, clean), mayBeApplied };
      }
    },

    close: () => client.close(),
  };
}

type At = NonNullable<HttpRequest['at']>;
type Exchange = (
  operation: string,
  deadline: number | undefined,
  request: Omit<HttpRequest, 'timeoutMs' | 'maxBytes'>,
) => Promise<Judged>;

/** Waits for its turn, sends, judges. What it throws before sending is no HttpFailure. */
function makeExchange(client: HttpClient, settings: Settings, deps: ConnectorDeps): Exchange {
  const pace = makePace(deps.clock);
  const clean = makeClean(settings.token);

  const budget = (operation: string, deadline: number | undefined): number => {
    const left = deadline === undefined ? settings.timeoutMs : Math.floor(deadline - deps.clock.monotonic());
    if (left > 0) return Math.min(left, settings.timeoutMs);
    throw new KoppelError('SYSTEM_TIMEOUT', { system: systemName, operation, ms: settings.timeoutMs });
  };

  return async (operation, deadline, request) => {
    let response: HttpResponse | undefined;
    await pace.turn(request.signal ?? new AbortController().signal);
    try {
      response = await client.send({ ...request, timeoutMs: budget(operation, deadline), maxBytes });
    } finally {
      pace.answered(response?.headers);
    }
    const judged = judge(operation, response, clean);
    if (judged.type === 'error' && judged.error.code === 'RATE_LIMITED') pace.pause(judged.error.retryAfterMs ?? 1_000);
    return judged;
  };
}

function urlOf(settings: Settings, path: string, query: Query): URL {
  const url = new URL(settings.base);
  url.pathname += path;
  for (const [name, value] of Object.entries(query)) {
    for (const one of typeof value === 'string' ? [value] : (value ?? [])) url.searchParams.append(name, one);
  }
  return url;
}

/** An answer that does not keep the contract. */
export const unexpected = (operation: string, what: string): KoppelError =>
  new KoppelError('UNEXPECTED_RESPONSE', { system: systemName, operation, what });

function transportError(
  operation: string,
  thrown: unknown,
  settings: Settings,
  signal: AbortSignal,
  clean: Clean,
): KoppelError {
  if (thrown instanceof KoppelError) return thrown;
  if (thrown instanceof HttpFailure && thrown.cause instanceof KoppelError) return thrown.cause;
  const what = clean(thrown instanceof Error ? thrown.message : String(thrown));
  const values = { system: systemName, operation, what, ms: settings.timeoutMs, limit: maxBytes };
  // The cause is made anew, because what lies below may hold headers.
  const options = { cause: new Error(what) };
  if (signal.aborted)
    return new KoppelError('SYSTEM_UNREACHABLE', { ...values, what: 'the request was called off' }, options);
  if (!(thrown instanceof HttpFailure))
    return new KoppelError('UNEXPECTED', { what: `${operation}: ${what}` }, options);
  return new KoppelError(httpFailureCodes[thrown.kind], values, options);
}
