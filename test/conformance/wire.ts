/**
 * Something between the hub and a system that can change answers: cut them at any byte, break a value, repeat the request
 * as careless proxies do. In: the address behind it. Out: an address in front of it.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface WireRequest {
  /** 0 for the first since `change` was set. */
  readonly index: number;
  /** Everything that was sent: line, headers, body. */
  readonly text: string;
}
export interface WireAnswer {
  readonly status: number;
  readonly type: string;
  readonly body: Buffer;
}
export type WireChange = (answer: WireAnswer, request: WireRequest) => WireAnswer | Promise<WireAnswer>;

export interface Wire {
  readonly url: string;
  /** Requests since `change` was last called. */
  readonly requests: number;
  /** What happens to answers from now on; nothing when left out. */
  change(change?: WireChange): void;
  close(): Promise<void>;
}

export async function openWire(target: string): Promise<Wire> {
  let change: WireChange | undefined;
  let requests = 0;
  const pass = async (incoming: IncomingMessage, out: ServerResponse): Promise<void> => {
    const body = await bodyOf(incoming);
    const index = requests++;
    const headers = Object.entries(incoming.headers).filter(([name]) => !hopByHop.has(name)) as [string, string][];
    const init = { method: incoming.method ?? 'GET', headers, redirect: 'manual' as const };
    const response = await fetch(
      new URL(incoming.url ?? '/', target),
      init.method === 'GET' ? init : { ...init, body: new Uint8Array(body) },
    );
    const answer: WireAnswer = {
      status: response.status,
      type: response.headers.get('content-type') ?? '',
      body: Buffer.from(await response.arrayBuffer()),
    };
    const text = [`${incoming.method} ${incoming.url}`, ...headers.map((pair) => pair.join(': ')), '', body].join('\n');
    const changed = (await change?.(answer, { index, text })) ?? answer;
    out.writeHead(changed.status, { 'content-type': changed.type, 'content-length': String(changed.body.length) });
    out.end(changed.body);
  };
  const server = createServer((incoming, out) => void pass(incoming, out).catch(() => out.destroy()));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get requests() {
      return requests;
    },
    change(next) {
      change = next;
      requests = 0;
    },
    close: () => closeServer(server),
  };
}

const hopByHop = new Set(['host', 'connection', 'content-length', 'accept-encoding', 'transfer-encoding']);

async function bodyOf(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function closeServer(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}
