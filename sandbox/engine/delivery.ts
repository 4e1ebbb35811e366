/**
 * Carries out one request with the fault that is due for it. In: request, rule, the system. Out: bytes on the socket, or
 * none. Whether the write was applied is decided here, and only by calling the system's `handle`.
 */
import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { DueFault, FaultName, FaultRule } from './faults.js';
import type { SandboxRequest, SandboxResponse, SandboxSystem } from './sandbox-system.js';

export interface Delivery {
  deliver(request: SandboxRequest, out: ServerResponse, due: DueFault): void;
  /** Requests that are delayed or applied late and still to come. */
  readonly pending: number;
  /** Forgets them. */
  stop(): void;
}

/** What a fault may do with a request: apply it now or later, and answer it or not. */
interface Acts {
  readonly system: SandboxSystem;
  apply(request: SandboxRequest): SandboxResponse;
  later(ms: number, act: () => void): void;
}

export function makeDelivery(system: SandboxSystem): Delivery {
  const late = new Set<NodeJS.Timeout>();
  const acts: Acts = {
    system,
    apply(request) {
      try {
        return system.handle(request);
      } catch (error) {
        process.stderr.write(`sandbox ${system.name}: ${error instanceof Error ? error.stack : String(error)}\n`);
        return system.failure(500, 'internal error');
      }
    },
    later(ms, act) {
      const timer = setTimeout(() => {
        late.delete(timer);
        act();
      }, ms);
      late.add(timer);
    },
  };

  return {
    deliver(request, out, due) {
      // A delayed request is applied although its sender may have given up: that is what slow networks do.
      if (due.delayMs > 0) acts.later(due.delayMs, () => carryOut(acts, request, out, due.rule));
      else carryOut(acts, request, out, due.rule);
    },
    get pending() {
      return late.size;
    },
    stop() {
      for (const timer of late) clearTimeout(timer);
      late.clear();
    },
  };
}

type Act = (acts: Acts, request: SandboxRequest, out: ServerResponse, rule: FaultRule) => void;
type Refusal = (system: SandboxSystem, rule: FaultRule) => SandboxResponse;
type RefusingFault = '429' | '401' | '500before' | 'faultWith200' | 'html' | 'empty';

function carryOut(acts: Acts, request: SandboxRequest, out: ServerResponse, rule: FaultRule | undefined): void {
  if (rule === undefined) return send(out, acts.apply(request));
  const refuse = (refusals as Partial<Record<FaultName, Refusal>>)[rule.fault];
  if (refuse !== undefined) return send(out, refuse(acts.system, rule));
  (acting as Record<FaultName, Act>)[rule.fault](acts, request, out, rule);
}

/** Answers of which nothing was applied. */
const refusals: Readonly<Record<RefusingFault, Refusal>> = {
  '429': (system, rule) =>
    withHeader(system.failure(429, 'too many requests'), 'retry-after', String(rule.retryAfter ?? 1)),
  '401': (system) => system.failure(401, 'credentials refused'),
  '500before': (system) => system.failure(500, 'internal error'),
  faultWith200: (system) => ({ ...system.failure(500, 'internal error'), status: 200 }),
  html: (_, rule) => ({ status: rule.status ?? 200, headers: { 'content-type': 'text/html' }, body: loginPage }),
  empty: (_, rule) => ({ status: rule.status ?? 502, headers: {}, body: '' }),
};

const acting: Readonly<Record<Exclude<FaultName, RefusingFault>, Act>> = {
  down: (_, __, out) => reset(out),
  resetBefore: (_, __, out) => reset(out),
  timeoutBefore: () => undefined,
  applyThenReset(acts, request, out) {
    acts.apply(request);
    reset(out);
  },
  applyThenTimeout: (acts, request) => void acts.apply(request),
  applyLate(acts, request, out, rule) {
    acts.later(rule.ms ?? 1_000, () => void acts.apply(request));
    if (!rule.hang) reset(out);
  },
  applyTwice(acts, request, out) {
    const first = acts.apply(request);
    acts.apply(request);
    send(out, first);
  },
  '500after'(acts, request, out) {
    acts.apply(request);
    send(out, acts.system.failure(500, 'internal error'));
  },
  halfBody: (acts, request, out, rule) => sendHalf(out, acts.apply(request), rule),
  gzipBomb: (acts, request, out, rule) => send(out, bomb(acts.apply(request), rule.bytes ?? 1_073_741_824)),
  slowDrip: (acts, request, out, rule) => drip(out, acts.apply(request), rule),
  delay: (acts, request, out) => send(out, acts.apply(request)),
};

const loginPage =
  '<!DOCTYPE html><html><head><title>Login</title></head><body><form>Please log in.</form></body></html>';

/** Sends an answer whole. */
export function send(out: ServerResponse, response: SandboxResponse): void {
  if (out.destroyed) return;
  const body = Buffer.isBuffer(response.body) ? response.body : Buffer.from(response.body, 'utf8');
  out.writeHead(response.status, { ...response.headers, 'content-length': String(body.length) });
  out.end(body);
}

function reset(out: ServerResponse): void {
  if (out.socket === null) return;
  if (typeof out.socket.resetAndDestroy === 'function') out.socket.resetAndDestroy();
  else (out.socket as { destroy(): void }).destroy();
}

function withHeader(response: SandboxResponse, name: string, value: string): SandboxResponse {
  return { ...response, headers: { ...response.headers, [name]: value } };
}

function sendHalf(out: ServerResponse, response: SandboxResponse, rule: FaultRule): void {
  const body = Buffer.from(response.body);
  const cut = body.subarray(0, Math.min(body.length, rule.bytes ?? body.length >> 1));
  if (rule.clean) return send(out, { ...response, body: cut });
  out.writeHead(response.status, { ...response.headers, 'content-length': String(body.length) });
  out.write(cut, () => out.socket?.end());
}

/** Many zero-filled gzip members: small on the wire, `bytes` large when unpacked. */
function bomb(response: SandboxResponse, bytes: number): SandboxResponse {
  const memberSize = 16_777_216;
  const member = gzipSync(Buffer.alloc(Math.min(bytes, memberSize)), { level: 9 });
  const body = Buffer.concat(Array.from({ length: Math.max(1, Math.ceil(bytes / memberSize)) }, () => member));
  return withHeader({ ...response, body }, 'content-encoding', 'gzip');
}

function drip(out: ServerResponse, response: SandboxResponse, rule: FaultRule): void {
  const body = Buffer.from(response.body);
  const size = Math.max(1, rule.bytes ?? 1);
  out.writeHead(response.status, { ...response.headers, 'content-length': String(body.length) });
  let sent = 0;
  const timer = setInterval(() => {
    out.write(body.subarray(sent, sent + size));
    sent += size;
    if (sent < body.length) return;
    clearInterval(timer);
    out.end();
  }, rule.ms ?? 100);
  out.on('close', () => clearInterval(timer));
}
