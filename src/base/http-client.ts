/**
 * One HTTP request with deadlines and caps. In: what to send. Out: status, headers and the whole body. It follows no
 * redirects, retries nothing and knows no system: callers judge whether a body is complete and what a status means.
 * When it fails it says whether anything of the request may have arrived, because a write that may have arrived must
 * never simply be sent again.
 */
import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import { gunzip } from 'node:zlib';
import type { ErrorCode } from './error-codes.js';
import { makeCheckedLookup, refusalOfHost } from './refused-addresses.js';

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** For the whole exchange, from connecting to the last byte. */
  readonly timeoutMs: number;
  /** Cap on the body, after decompression. */
  readonly maxBytes: number;
  readonly signal?: AbortSignal;
  /** Places where a test may interrupt: half of the request sent, all of it sent, first bytes of the answer read. */
  readonly at?: (moment: 'halfSent' | 'sent' | 'halfRead') => Promise<void> | undefined;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export type HttpFailureKind = 'unreachable' | 'timeout' | 'reset' | 'tooLarge' | 'badEncoding' | 'aborted';

/** What each kind of failure is called when a system's name is known. */
export const httpFailureCodes = {
  unreachable: 'SYSTEM_UNREACHABLE',
  timeout: 'SYSTEM_TIMEOUT',
  reset: 'INCOMPLETE_RESPONSE',
  tooLarge: 'RESPONSE_TOO_LARGE',
  badEncoding: 'UNEXPECTED_RESPONSE',
  aborted: 'SYSTEM_UNREACHABLE',
} as const satisfies Record<HttpFailureKind, ErrorCode>;

export class HttpFailure extends Error {
  constructor(
    readonly kind: HttpFailureKind,
    /** True once any byte of the request was handed to a connection. */
    readonly mayHaveArrived: boolean,
    message: string,
    cause?: unknown,
  ) {
    super(message, { cause });
    this.name = 'HttpFailure';
  }
}

export interface HttpClient {
  send(request: HttpRequest): Promise<HttpResponse>;
  close(): void;
}

/**
 * `maxConnections`: most requests at once to one host; more wait in order. `idleMs`: how long a connection without a request is kept;
 * where the server announces that it closes it sooner, a second less than that. A server that closes it in the moment in which a
 * write begins leaves nobody knowing whether that write has arrived. `find`: how names are looked up, when not as the machine does it.
 * Addresses that the hub never asks (refused-addresses.ts) are unreachable.
 */
export function makeHttpClient(
  maxConnections: number,
  { idleMs = 4_000, find }: { readonly idleMs?: number; readonly find?: LookupFunction } = {},
): HttpClient {
  const lookup = makeCheckedLookup(find);
  // Without a timeout of its own the agent of Node does not look at what the server announces. Requests have their own deadline.
  const kept = { keepAlive: true, timeout: idleMs, maxSockets: maxConnections };
  const agents = {
    'http:': new HttpAgent(kept),
    'https:': new HttpsAgent({ ...kept, minVersion: 'TLSv1.2' }),
  };

  return {
    send: (request) =>
      new Promise((resolve, reject) => {
        const refusal = refusalOfHost(request.url.hostname);
        if (refusal !== null) return reject(new HttpFailure('unreachable', false, refusal.message, refusal));
        const secure = request.url.protocol === 'https:';
        const body = request.body === undefined ? undefined : Buffer.from(request.body, 'utf8');
        let started = false;
        let settled = false;
        const outgoing = (secure ? httpsRequest : httpRequest)(request.url, {
          method: request.method,
          agent: secure ? agents['https:'] : agents['http:'],
          lookup,
          headers: {
            ...request.headers,
            'accept-encoding': 'gzip',
            ...(body === undefined ? {} : { 'content-length': String(body.length) }),
          },
        });
        const settle = (act: () => void): void => {
          if (settled) return;
          settled = true;
          clearTimeout(timer);
          request.signal?.removeEventListener('abort', onAbort);
          act();
        };
        const failWith = (kind: HttpFailureKind, message: string, cause?: unknown): void =>
          settle(() => {
            reject(new HttpFailure(kind, started, message, cause));
            outgoing.destroy();
          });
        const onAbort = (): void => failWith('aborted', 'the request was called off');
        const timer = setTimeout(
          () => failWith('timeout', `no complete answer within ${request.timeoutMs} ms`),
          request.timeoutMs,
        );

        outgoing.on('socket', (socket) => {
          const begin = (): void => void send();
          if (socket.connecting) socket.once(secure ? 'secureConnect' : 'connect', begin);
          else begin();
        });
        outgoing.on('error', (error: NodeJS.ErrnoException) =>
          failWith(started ? 'reset' : 'unreachable', error.code ?? error.message, error),
        );
        outgoing.on('response', (incoming) => {
          readBody(incoming, request).then(
            (response) => settle(() => resolve(response)),
            (error: unknown) =>
              error instanceof HttpFailure
                ? failWith(error.kind, error.message, error.cause)
                : failWith('reset', error instanceof Error ? error.message : String(error), error),
          );
        });

        const send = async (): Promise<void> => {
          started = true;
          try {
            if (body !== undefined) {
              const half = body.length >> 1;
              outgoing.write(body.subarray(0, half));
              await request.at?.('halfSent');
              outgoing.write(body.subarray(half));
            }
            outgoing.end();
            await request.at?.('sent');
          } catch (error) {
            failWith('reset', 'interrupted', error);
          }
        };

        // Last, because a destroyed request says so by an error, and without a handler that would end the process.
        if (request.signal?.aborted) onAbort();
        else request.signal?.addEventListener('abort', onAbort, { once: true });
      }),

    close() {
      agents['http:'].destroy();
      agents['https:'].destroy();
    },
  };
}

async function readBody(incoming: IncomingMessage, request: HttpRequest): Promise<HttpResponse> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > request.maxBytes) throw new HttpFailure('tooLarge', true, `more than ${request.maxBytes} bytes`);
    chunks.push(chunk);
    if (chunks.length === 1) await request.at?.('halfRead');
  }
  const raw = Buffer.concat(chunks, size);
  const body = incoming.headers['content-encoding'] === 'gzip' ? await inflate(raw, request.maxBytes) : raw;
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return { status: incoming.statusCode ?? 0, headers, body };
}

function inflate(raw: Buffer, maxBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    gunzip(raw, { maxOutputLength: maxBytes }, (error, result) => {
      if (error === null) return resolve(result);
      const tooLarge = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
      reject(
        new HttpFailure(
          tooLarge ? 'tooLarge' : 'badEncoding',
          true,
          tooLarge ? `more than ${maxBytes} bytes` : error.message,
          error,
        ),
      );
    });
  });
}
