/**
 * The whole product on a stage: both sandboxes as processes of their own, a database, and the hub that can be started,
 * killed and started again. Used by the flow tests, the chaos runs and the benchmark of the first load.
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startKafka, type KafkaBrokers, type KafkaOptions } from '../../scripts/kafka/brokers.js';
import { systemClock } from '../../src/base/clock.js';
import type { Document } from '../../src/base/document.js';
import { noFailpoint } from '../../src/base/failpoint.js';
import { silentLogger } from '../../src/base/logger.js';
import { sample, sampleFlows, catalogueFlows } from '../../src/config/sample.js';
import type { ValueListEntry } from '../../src/mapping/mapping.js';
import { parseMasterKey, sealSecrets } from '../../src/security/secrets.js';
import * as storedConfiguration from '../../src/store/configuration.js';
import * as owners from '../../src/store/field-owners.js';
import * as shippedStore from '../../src/store/shipped.js';
import { openDatabase } from '../../src/store/database.js';
import { migrate } from '../../src/store/migrate.js';
import { installDefaults, installDemo, type SampleFlow } from '../../src/sync/install.js';
import { connectors } from '../../src/systems/connectors.js';
import { compareSystems, type Comparison } from './oracle.js';
import { patient } from './patience.js';
import { startHub, startSandbox, type HubHandle, type HubStart, type SandboxHandle } from './processes.js';
import { until } from './wait.js';

/** Test files that run on both logs are told by it which one it is. */
export const isLogInKafka = process.env['KOPPEL_TEST_LOG'] === 'kafka';

export interface Stage {
  readonly till: SandboxHandle;
  readonly shop: SandboxHandle;
  /** Carries the change log of every hub on this stage, when there is one. */
  readonly kafka: KafkaBrokers | undefined;
  /** Starts the hub; `failpoint` as in KOPPEL_FAILPOINT. */
  hub(options?: HubStart & { failpoint?: string; env?: Readonly<Record<string, string>> }): Promise<HubHandle>;
  /** Asks the hub's database; for what only the hub knows, such as which records it has linked. */
  ask<T extends object>(question: string, values?: readonly unknown[]): Promise<T[]>;
  /** Waits until the catalogues agree; returns the last comparison, which lists what still differs after the time is over. */
  agreement(withinMs: number): Promise<Comparison>;
  close(): Promise<void>;
}

export interface StageOptions {
  readonly databaseUrl: string;
  readonly products: number;
  readonly seed?: number;
  readonly pollMs?: number;
  /** Requests a second that the shop allows; 0 = any. */
  readonly rateLimit?: number;
  /** Without it the catalogue goes from the till to the shop and nothing else moves. */
  readonly flows?: readonly SampleFlow[];
  /** Value lists of the sample that hold something else here. */
  readonly valueLists?: Readonly<Record<string, readonly ValueListEntry[]>>;
  /** Timeout of a request of the hub. */
  readonly requestTimeoutMs?: number;
  /** Where the hub finds the shop: what stands between the two; by default the shop itself. */
  readonly shopPort?: number;
  /** With the write guard; else what tests change in a minute would be held for a person. */
  readonly guarded?: boolean;
  /** Brings a Kafka of the stage's own, which may be killed; by default as KOPPEL_TEST_LOG says. */
  readonly kafka?: boolean | Omit<KafkaOptions, 'folder'>;
}

/** The flows of `npm start`, some of them with other settings. */
export function flowsWith(
  change: (flow: SampleFlow) => Document | undefined = () => undefined,
  wanted: readonly SampleFlow[] = sampleFlows,
): readonly SampleFlow[] {
  return wanted.map((flow) => ({ ...flow, settings: { ...flow.settings, ...change(flow) } }));
}

export async function openStage(options: StageOptions): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'koppel-stage-'));
  const seed = options.seed ?? 1;
  const common = { seed, products: options.products };
  const till = await startSandbox({ kind: 'mpluskassa', dataDir: join(folder, 'till'), ...common });
  const shop = await startSandbox({
    kind: 'softmaat',
    dataDir: join(folder, 'shop'),
    ...common,
    rateLimit: options.rateLimit ?? 0,
  });
  const { kafka: wanted = isLogInKafka } = options;
  const kafka =
    wanted === false
      ? undefined
      : await startKafka({ ...(wanted === true ? {} : wanted), folder: join(folder, 'kafka') });
  const hubs: HubHandle[] = [];
  const secretKey = randomBytes(32).toString('base64');
  await configure(options, secretKey, { till: till.port, shop: options.shopPort ?? shop.port });
  const pool = new pg.Pool({ connectionString: options.databaseUrl, max: 2 });
  pool.on('error', () => undefined);
  return {
    till,
    shop,
    kafka,
    ask: async <T extends object>(question: string, values: readonly unknown[] = []) =>
      (await pool.query<T>(question, [...values])).rows,
    async hub({ failpoint, env, ...how } = {}) {
      const settings = {
        KOPPEL_DATABASE_URL: options.databaseUrl,
        KOPPEL_SECRET_KEY: secretKey,
        KOPPEL_DEMO: '0',
        KOPPEL_LOG_LEVEL: process.env['KOPPEL_TEST_VERBOSE'] === '1' ? 'info' : 'error',
        KOPPEL_DATA_DIR: folder,
        ...(kafka === undefined ? {} : { KOPPEL_KAFKA_BROKERS: kafka.bootstrap }),
        ...(failpoint === undefined ? {} : { KOPPEL_FAILPOINT: failpoint }),
        ...env,
      };
      const hub = await startHub(settings, how);
      hubs.push(hub);
      return hub;
    },
    async agreement(withinMs) {
      const deadline = performance.now() + patient(withinMs);
      for (;;) {
        const comparison = await compareSystems(till, shop);
        if (comparison.lost.length + comparison.doubled.length === 0 || performance.now() > deadline) return comparison;
        await new Promise((next) => setTimeout(next, 250));
      }
    },
    async close() {
      await Promise.all(hubs.map((hub) => hub.stop()));
      await pool.end();
      await till.stop();
      await shop.stop();
      await kafka?.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Puts the sample in place as the hub would, with the flows of the stage. */
async function configure(
  options: StageOptions,
  secretKey: string,
  ports: { readonly till: number; readonly shop: number },
): Promise<void> {
  await migrate(options.databaseUrl);
  const database = openDatabase(
    { url: options.databaseUrl, poolMax: 2, applicationName: 'stage' },
    { clock: systemClock, logger: silentLogger, failpoint: noFailpoint },
  );
  const masterKey = parseMasterKey(secretKey);
  const install = { database, store: storedConfiguration, shipped: shippedStore, owners };
  await installDefaults(install, connectors);
  const shipped = sample({
    requestTimeoutMs: options.requestTimeoutMs ?? 10_000,
    sandboxMpluskassaPort: ports.till,
    sandboxSoftmaatPort: ports.shop,
    pollMs: options.pollMs ?? 500,
  });
  await installDemo(install, {
    ...shipped,
    fieldOwners: [],
    valueLists: { ...shipped.valueLists, ...options.valueLists },
    flows: (options.flows ?? catalogueFlows).map(({ settings, ...flow }) => ({ ...flow, settings: options.guarded === true ? settings : { guard: { isOn: false }, ...settings } })), // prettier-ignore
    sealSecrets: ({ id }, secrets) => sealSecrets(masterKey, { table: 'system', row: id, field: 'secrets' }, secrets),
  });
  await database.end();
}

/**
 * Waits until the hub has polled every stream of a system `times` more times: each asks at least once at each poll. `count`: its
 * streams; more than there are makes it only longer.
 */
export async function polls(system: Pick<SandboxHandle, 'faultState'>, times: number, count = 4): Promise<void> {
  const { requests: before } = await system.faultState();
  const enough = async (): Promise<boolean> => (await system.faultState()).requests >= before + times * count;
  await until(enough, { timeoutMs: 120_000, everyMs: 30, what: `${times} polls of ${count} streams` });
}
