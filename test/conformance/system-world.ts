/** A sandbox in this process with connections to it, as the parts of the conformance suite use them. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import { systemClock, type Clock } from '../../src/base/clock.js';
import type { Document, Json } from '../../src/base/document.js';
import { KoppelError } from '../../src/base/errors.js';
import { noFailpoint } from '../../src/base/failpoint.js';
import type { Page, Position, SeenRecord, System } from '../../src/systems/system.js';
import { until } from '../support/wait.js';
import { makeLeakSearch } from './leaks.js';
import type { Features, Holding, StreamFeatures, World } from './system-features.js';
import { openWire } from './wire.js';

/** An address at which nobody listens. */
export const nobody = 'http://127.0.0.1:9';
export const never = new AbortController().signal;

/** Whatever a connector does only now and then is due at every call: a minute passes before each of them. */
function makeLeapingClock(): { clock: Clock; leap: () => void } {
  let ahead = 0;
  return {
    clock: { ...systemClock, monotonic: () => systemClock.monotonic() + ahead },
    leap: () => void (ahead += 60_000),
  };
}

export async function openWorld(features: Features, seed = 7): Promise<World> {
  const dataDir = mkdtempSync(join(tmpdir(), `koppel-${features.connector.kind}-`));
  const sandbox = await features.start(seed, dataDir);
  const wire = await openWire(sandbox.url);
  const leaks = makeLeakSearch();
  const systems: System[] = [];
  const text = async (method: string, path: string, body?: unknown): Promise<string> => {
    const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
    const response = await fetch(`${sandbox.url}/__sandbox/${path}`, init);
    const answer = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${answer}`);
    return answer;
  };
  const lines = async (path: string): Promise<Document[]> =>
    (await text('GET', path))
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Document);
  const admin: World['admin'] = async (...args) => JSON.parse(await text(...args));
  const faults = (): Promise<{ faults: { fired: number }[]; pending: number }> => admin('GET', 'faults');

  const world: World = {
    url: sandbox.url,
    wire,
    leaks,
    connect(over = {}) {
      const settings: Document = { ...features.settings(sandbox.url), timeoutMs: 5_000, ...over };
      const { clock, leap } = makeLeapingClock();
      const system = features.connector.connect(settings, { clock, logger: leaks.logger, failpoint: noFailpoint });
      systems.push(system);
      // Short words (an ident that is the name of the product) stand in paths and prove nothing.
      const secrets = features.secrets.map((name) => String(settings[name])).filter((secret) => secret.length > 8);
      return leaping(leaks.watch(system, secrets), leap);
    },
    admin,
    rows: (type) => lines(`records?type=${type}`),
    applied: async () => (await lines('ledger?after=0')).length,
    fault: async (rule) => void (await admin('POST', 'faults', { match: '*', ...rule })),
    fired: async () => (await faults()).faults.reduce((sum, rule) => sum + rule.fired, 0),
    clearFaults: async () => void (await admin('DELETE', 'faults')),
    settled: async () =>
      void (await until(async () => (await faults()).pending === 0, { what: 'late writes', everyMs: 5 })),
    async close() {
      for (const system of systems) await system.close();
      await wire.close();
      await sandbox.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
  await features.fill(world);
  return world;
}

function leaping(system: System, leap: () => void): System {
  const { source } = system;
  return {
    ...system,
    source: {
      ...source,
      read(...args) {
        leap();
        return source.read(...args);
      },
    },
  };
}

/** What a reader knows after following a stream: the newest of every record. */
export interface Known {
  position: Position | null;
  readonly records: Map<string, SeenRecord>;
  readonly pages: Page[];
}
export const nothingYet = (position: Position | null = null): Known => ({ position, records: new Map(), pages: [] });

export function learn(records: Map<string, SeenRecord>, page: Page): void {
  for (const record of page.records) {
    const before = records.get(record.externalId);
    if (before === undefined || record.version >= before.version) records.set(record.externalId, record);
  }
}

/** Reads on to the end. Fails when a page says that there is more and stands still. */
export async function follow(system: System, stream: string, known: Known, limit: number): Promise<Known> {
  for (let pages = 0; pages < 1_000; pages++) {
    const page = await system.source.read(stream, known.position, { limit, signal: never });
    if (page.more) expect(page.position).not.toBe(known.position);
    known.pages.push(page);
    learn(known.records, page);
    known.position = page.position;
    if (!page.more) return known;
  }
  throw new Error(`${stream} does not end`);
}

/** What was seen and what is held, to be compared. */
export const seenState = (
  stream: StreamFeatures,
  records: ReadonlyMap<string, SeenRecord>,
  held: ReadonlyMap<string, Holding>,
): Record<string, Json> =>
  sorted(
    [...records].map(([id, { version, document }]) => [id, [versionOf(held.get(id), version), stream.facts(document)]]),
  );

export const heldState = (held: ReadonlyMap<string, Holding>): Record<string, Json> =>
  sorted([...held].map(([id, { version, facts }]) => [id, [version === null ? 'any' : String(version), facts]]));

const versionOf = (held: Holding | undefined, seen: bigint): string => (held?.version === null ? 'any' : String(seen));
const sorted = (entries: [string, Json][]): Record<string, Json> =>
  Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));

/** The error that was thrown, or undefined; fails when it is none of ours. */
export async function thrownBy(work: Promise<unknown>): Promise<KoppelError | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    if (error instanceof KoppelError) return error;
    throw error;
  }
}

/** Runs the work with the fault at its first request, then at its second, until the fault finds no request any more. */
export async function atEachRequest(
  world: World,
  rule: Readonly<Record<string, unknown>>,
  work: (index: number) => Promise<void>,
): Promise<number> {
  for (let index = 0; index < 50; index++) {
    await world.clearFaults();
    await world.fault({ ...rule, skip: index });
    let failure: unknown;
    await work(index).catch((error: unknown) => (failure = error));
    const hasFired = (await world.fired()) > 0;
    await world.clearFaults();
    // Without its fault the work is an ordinary one and its expectations do not hold.
    if (!hasFired) return index;
    if (failure !== undefined) throw failure as Error;
  }
  throw new Error('the work never ends');
}
