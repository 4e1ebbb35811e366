/**
 * Carries out one request with the fault that is due for it. In: request, rule, the system. Out: bytes on the socket, or
 * none. Whether the write was applied is decided here, and only by calling the system's `handle`.
 */
import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { DueFault, FaultRule } from './faults.js';
import type { SandboxRequest, SandboxResponse, SandboxSystem } from './sandbox-system.js';

export interface Delivery {
  deliver(request: SandboxRequest, out: ServerResponse, due: DueFault): void;
  /** Requests that are delayed or applied late and still to come. */
  readonly pending: number;
  /** Forgets them. */
  stop(): void;
}

export function makeDelivery(system: SandboxSystem): Delivery {
  const late = new Set<NodeJS.Timeout>();
  const apply = (request: SandboxRequest): SandboxResponse => {
    try {
      return system.handle(request);
    } catch (error) {
      process.stderr.write(`sandbox ${system.name}: ${error instanceof Error ? error.stack : String(error)}\n`);
      return system.failure(500, 'internal error');
    }
  };
  const later = (ms: number, act: () => void): void => {
    const timer = setTimeout(() => {
      late.delete(timer);
      act();
    }, ms);
    late.add(timer);
  };

  const deliver = (request: SandboxRequest, out: ServerResponse, rule: FaultRule | undefined): void => {
    if (rule === undefined) return send(out, apply(request));
    switch (rule.fault) {
      case 'down':
      case 'resetBefore':
        return reset(out);
      case 'timeoutBefore':
        return;
      case 'applyThenReset':
        apply(request);
        return reset(out);
      case 'applyThenTimeout':
        apply(request);
        return;
      case 'applyLate':
        later(rule.ms ?? 1_000, () => void apply(request));
        if (!rule.hang) reset(out);
        return;
      case 'applyTwice': {
        const first = apply(request);
        apply(request);
        return send(out, first);
      }
      case '429':
        return send(
          out,
          withHeader(system.failure(429, 'too many requests'), 'retry-after', String(rule.retryAfter ?? 1)),
        );
      case '401':
        return send(out, system.failure(401, 'credentials refused'));
      case '500before':
        return send(out, system.failure(500, 'internal error'));
      case '500after':
        apply(request);
        return send(out, system.failure(500, 'internal error'));
      case 'faultWith200':
        return send(out, { ...system.failure(500, 'internal error'), status: 200 });
      case 'html':
        return send(out, { status: rule.status ?? 200, headers: { 'content-type': 'text/html' }, body: loginPage });
      case 'empty':
        return send(out, { status: rule.status ?? 502, headers: {}, body: '' });
      case 'halfBody':
        return sendHalf(out, apply(request), rule);
      case 'gzipBomb':
        return send(out, bomb(apply(request), rule.bytes ?? 1_073_741_824));
      case 'slowDrip':
        return drip(out, apply(request), rule);
      case 'delay':
        return send(out, apply(request));
    }
  };

  return {
    deliver(request, out, due) {
      // A delayed request is applied although its sender may have given up: that is what slow networks do.
      if (due.delayMs > 0) later(due.delayMs, () => deliver(request, out, due.rule));
      else deliver(request, out, due.rule);
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
