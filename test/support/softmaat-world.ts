/** A Softmaat sandbox in this process, the contract held against all its traffic, and the connector on top. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunningSandbox } from '../../sandbox/engine/server.js';
import { sandboxToken, startSoftmaatSandbox } from '../../sandbox/softmaat/start.js';
import { systemClock } from '../../src/base/clock.js';
import type { Document, Json } from '../../src/base/document.js';
import { noFailpoint, type Failpoint } from '../../src/base/failpoint.js';
import { silentLogger } from '../../src/base/logger.js';
import { softmaat } from '../../src/systems/softmaat/index.js';
import type { System, WriteRequest } from '../../src/systems/system.js';
import { openContractProxy, type ContractProxy } from './softmaat-contract.js';

export interface Raw {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, Json>;
}

export interface SoftmaatWorld {
  readonly proxy: ContractProxy;
  readonly sandbox: RunningSandbox;
  /** The connector, through the proxy. */
  readonly system: System;
  connect(options?: { failpoint?: Failpoint; timeoutMs?: number; token?: string; direct?: boolean }): System;
  raw(method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Raw>;
  admin(method: string, path: string, body?: unknown): Promise<Response>;
  records(type: string): Promise<Array<Record<string, Json>>>;
  ledger(): Promise<Array<{ type: string; key: string; op: string }>>;
  fault(fault: Readonly<Record<string, unknown>>): Promise<void>;
  /** Stops the sandbox and starts it again from its folder. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

export async function openSoftmaatWorld(options: { rateLimit?: number } = {}): Promise<SoftmaatWorld> {
  const dataDir = mkdtempSync(join(tmpdir(), 'koppel-softmaat-'));
  const start = (): Promise<RunningSandbox> =>
    startSoftmaatSandbox({ port: 0, dataDir, seed: 7, products: 0, rateLimit: options.rateLimit ?? 100_000 });
  let sandbox = await start();
  const proxy = await openContractProxy(() => sandbox.url);
  const systems: System[] = [];

  const connect: SoftmaatWorld['connect'] = ({
    failpoint = noFailpoint,
    timeoutMs = 20_000,
    token = sandboxToken,
    direct = false,
  } = {}) => {
    const url = direct ? sandbox.url : proxy.url;
    const system = softmaat.connect({ url, token, timeoutMs }, { clock: systemClock, logger: silentLogger, failpoint });
    systems.push(system);
    return system;
  };
  const admin: SoftmaatWorld['admin'] = async (method, path, body) => {
    const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
    const response = await fetch(`${sandbox.url}/__sandbox/${path}`, init);
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response;
  };
  const lines = async (path: string): Promise<never[]> =>
    (await (await admin('GET', path)).text())
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as never);

  return {
    proxy,
    get sandbox() {
      return sandbox;
    },
    system: connect(),
    connect,
    async raw(method, path, body, headers = {}) {
      const response = await fetch(`${proxy.url}/api/v1${path}`, {
        method,
        headers: { authorization: `Bearer ${sandboxToken}`, 'content-type': 'application/json', ...headers },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      const text = await response.text();
      return {
        status: response.status,
        headers: response.headers,
        body: text === '' ? {} : (JSON.parse(text) as Record<string, Json>),
      };
    },
    admin,
    records: (type) => lines(`records?type=${type}`),
    ledger: () => lines('ledger'),
    fault: async (fault) => void (await admin('POST', 'faults', fault)),
    async restart() {
      await sandbox.close();
      sandbox = await start();
    },
    async close() {
      for (const system of systems) await system.close();
      await proxy.close();
      await sandbox.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

export const never = new AbortController().signal;

/** A write request with everything changed that the document holds. */
export function request(document: Document, over: Partial<WriteRequest> = {}): WriteRequest {
  return { opKey: 'op', externalId: null, document, changed: Object.keys(document), held: null, ...over };
}

export const simple = (sku: string, over: Document = {}): Document => ({
  sku,
  type: 'simple',
  name: `Mok ${sku}`,
  price: { amount: '4.95', currency: 'EUR', taxIncluded: true },
  taxCode: 'NL21',
  ...over,
});

/** The text of a value that is text or a number; empty for everything else. */
export function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}
