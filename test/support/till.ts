/** A till in this process with one connection to it, for tests of what is written there. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startMpluskassaSandbox } from '../../sandbox/mpluskassa/start.js';
import { systemClock } from '../../src/base/clock.js';
import type { Document } from '../../src/base/document.js';
import { silentLogger } from '../../src/base/logger.js';
import type { ProjectedEntity } from '../../src/canonical/entities.js';
import { mpluskassa } from '../../src/systems/mpluskassa/index.js';
import type { HeldRecord, System, WriteOutcome, WriteRequest } from '../../src/systems/system.js';

export interface Till {
  /** A new connection, which remembers nothing of the release. */
  reconnect(): Promise<void>;
  /** A number that no test used before. */
  next(): number;
  write(entity: ProjectedEntity, document: Document, more?: Partial<WriteRequest>): Promise<WriteOutcome>;
  find(entity: ProjectedEntity, document: Document, by?: 'mark' | 'match'): Promise<HeldRecord | null>;
  fault(fault: string, match: string): Promise<void>;
  clearFaults(): Promise<void>;
  rows(type: string): Promise<Document[]>;
  ledgerEnd(): Promise<number>;
  /** The calls that changed orders or relations since then, in order. */
  calls(since: number): Promise<string[]>;
  close(): Promise<void>;
}

export async function openTill(seed = 3): Promise<Till> {
  const dataDir = mkdtempSync(join(tmpdir(), 'koppel-till-'));
  const sandbox = await startMpluskassaSandbox({ port: 0, dataDir, seed, products: 20 });
  const connect = (): System =>
    mpluskassa.connect(
      { url: sandbox.url, ident: 'koppel', secret: 'sandbox-secret', timeoutMs: 5_000 },
      { clock: systemClock, logger: silentLogger, failpoint: () => undefined },
    );
  let system = connect();
  const { signal } = new AbortController();
  let counter = 0;
  const admin = async (method: string, path: string, body?: unknown): Promise<string> => {
    const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
    return (await fetch(`${sandbox.url}/__sandbox/${path}`, init)).text();
  };
  const lines = async (path: string): Promise<Document[]> =>
    (await admin('GET', path))
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Document);
  return {
    async reconnect() {
      await system.close();
      system = connect();
    },
    next: () => ++counter,
    async write(entity, document, more = {}) {
      const opKey = `op-${++counter}`;
      const request = { opKey, externalId: null, document, changed: Object.keys(document), held: null, ...more };
      const [outcome] = await system.target.write(entity, [request], signal);
      return outcome!;
    },
    find: (entity, document, by = 'match') => system.target.find(entity, { externalId: null, document, by }, signal),
    fault: async (fault, match) => void (await admin('POST', 'faults', { fault, match })),
    clearFaults: async () => void (await admin('DELETE', 'faults')),
    rows: (type) => lines(`records?type=${type}`),
    ledgerEnd: async () => (await lines('ledger?after=0')).length,
    calls: async (since) =>
      (await lines(`ledger?after=${since}`))
        .filter(({ type }) => type === 'orders' || type === 'relations')
        .map(({ op }) => String(op)),
    async close() {
      await system.close();
      await sandbox.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

export function heldIn(outcome: WriteOutcome): HeldRecord {
  if (outcome.type === 'written') return outcome.held;
  throw new Error(`not written: ${JSON.stringify(outcome)} ${'error' in outcome ? outcome.error.message : ''}`);
}
