/**
 * The HTTP side of a sandbox: node:http, on the loopback address unless told otherwise, keep-alive, a cap on bodies, a clean
 * close. In: a system. Out: a running server. Admin routes are answered first; everything else may meet a fault.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { adminPrefix, makeAdmin } from './admin.js';
import { makeDelivery, send, type Delivery } from './delivery.js';
import { makeFaults, type Faults } from './faults.js';
import type { SandboxRequest, SandboxSystem } from './sandbox-system.js';

export interface SandboxOptions {
  /** 0 = any free port. */
  readonly port: number;
  /** Address to listen on; this machine only when absent. */
  readonly host?: string;
  readonly dataDir: string;
  readonly seed: number;
  readonly products: number;
  /** Whether the made-up shop has records that cannot be carried over as they are. */
  readonly withProblems?: boolean;
  /** Requests a second; the system's own default when absent. */
  readonly rateLimit?: number;
}

export interface RunningSandbox {
  readonly port: number;
  readonly url: string;
  close(): Promise<void>;
}

const maxBodyBytes = 32 * 1024 * 1024;

export async function startServer(
  system: SandboxSystem,
  { port, host = '127.0.0.1' }: Pick<SandboxOptions, 'port' | 'host'>,
): Promise<RunningSandbox> {
  const faults = makeFaults();
  const delivery = makeDelivery(system);
  const admin = makeAdmin({
    system,
    faults,
    pending: () => delivery.pending,
    requests: () => requests,
    dropPending: () => delivery.stop(),
  });
  let requests = 0;
  const server = createServer({ keepAliveTimeout: 30_000 }, (incoming, out) => {
    accept(incoming, out, { system, faults, delivery, admin, counted: () => requests++ }).catch(() => out.destroy());
  });
  server.listen(port, host);
  await once(server, 'listening');
  const actual = (server.address() as AddressInfo).port;
  let closing: Promise<void> | undefined;
  return {
    port: actual,
    url: `http://127.0.0.1:${actual}`,
    close: () => (closing ??= closeServer(server, delivery, system)),
  };
}

interface Parts {
  readonly system: SandboxSystem;
  readonly faults: Faults;
  readonly delivery: Delivery;
  readonly admin: ReturnType<typeof makeAdmin>;
  counted(): void;
}

async function accept(incoming: IncomingMessage, out: ServerResponse, parts: Parts): Promise<void> {
  const url = new URL(incoming.url ?? '/', 'http://sandbox');
  const body = await readBody(incoming);
  if (body === undefined) return send(out, parts.system.failure(413, `more than ${maxBodyBytes} bytes`));
  const request: SandboxRequest = {
    method: incoming.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    headers: incoming.headers,
    body,
  };
  if (request.path === adminPrefix || request.path.startsWith(`${adminPrefix}/`))
    return send(out, parts.admin(request));
  parts.counted();
  const due = parts.faults.take(parts.system.operation(request), `${request.method} ${request.path}`);
  parts.delivery.deliver(request, out, due);
}

async function readBody(incoming: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= maxBodyBytes) chunks.push(chunk);
  }
  return size > maxBodyBytes ? undefined : Buffer.concat(chunks).toString('utf8');
}

/** Lets running answers end for a moment, then closes what hangs. */
async function closeServer(server: Server, delivery: Delivery, system: SandboxSystem): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeIdleConnections();
  const force = setTimeout(() => server.closeAllConnections(), 500);
  await closed;
  clearTimeout(force);
  delivery.stop();
  await system.close?.();
  system.store.close();
}
