/**
 * The HTTP server of a process without the role `api`: /livez, /readyz and /version, nothing else. It starts before and stops
 * after the work of its process; the process is ready between `opened` and `drains`.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Service } from '../base/lifecycle.js';
import type { CheckResult } from '../schema/system.js';
import type { Database } from '../store/database.js';
import { databaseCheck, handlePlain, shutdownCheck, startCheck, type HealthDeps } from './health.js';
import { refuseAddress, refusePath, urlOf } from './request-url.js';

export interface HealthServerDeps {
  readonly database: Database;
  readonly version: string;
  /** Checks besides that of the database. */
  checks(): Promise<readonly CheckResult[]>;
}

export interface HealthServer extends Service {
  /** Everything runs. */
  opened(): void;
  /** Everything is being stopped. */
  drains(): void;
}

export function makeHealthServer(
  deps: HealthServerDeps,
  { port, host }: { readonly port: number; readonly host: string },
): HealthServer {
  const version = { name: 'koppel', version: deps.version, commit: null, schemaHash: null };
  let server: Server | undefined;
  let state: CheckResult | undefined = startCheck;
  const checks = async (): Promise<readonly CheckResult[]> => {
    const own = await databaseCheck(deps.database);
    const others = own.status === 'FAIL' ? [] : await deps.checks();
    return [own, ...others, ...(state === undefined ? [] : [state])];
  };
  return {
    name: 'health server',
    opened: () => void (state = undefined),
    drains: () => void (state = shutdownCheck),
    async start() {
      if (server !== undefined) return;
      const started = createServer({ requestTimeout: 10_000, headersTimeout: 10_000 }, (request, response) => {
        answer(request, response, { version, checks }).catch(() => response.destroy());
      });
      await new Promise<void>((resolve, reject) => {
        started.once('error', reject);
        started.listen(port, host, resolve);
      });
      server = started;
    },
    async stop() {
      const running = server;
      server = undefined;
      if (running === undefined) return;
      const closed = new Promise<void>((resolve) => running.close(() => resolve()));
      running.closeAllConnections();
      await closed;
    },
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, deps: HealthDeps): Promise<void> {
  const url = urlOf(request);
  if (url === null) return refuseAddress(request, response);
  if (!(await handlePlain(request, response, url, deps))) refusePath(request, response, url);
}
