/**
 * The whole product on a stage: both sandboxes as processes of their own, a database, and the hub that can be started,
 * killed and started again. Used by the flow tests, the chaos runs and the benchmark of the first load.
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compareSystems, type Comparison } from './oracle.js';
import { startHub, startSandbox, type HubHandle, type SandboxHandle } from './processes.js';
import { until } from './wait.js';

export interface Stage {
  readonly till: SandboxHandle;
  readonly shop: SandboxHandle;
  /** Starts the hub; `failpoint` as in KOPPEL_FAILPOINT. */
  hub(options?: { failpoint?: string; env?: Readonly<Record<string, string>> }): Promise<HubHandle>;
  /** Waits until the systems agree; returns the last comparison, which lists what still differs after the time is over. */
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
  const hubs: HubHandle[] = [];
  const secretKey = randomBytes(32).toString('base64');
  return {
    till,
    shop,
    async hub({ failpoint, env } = {}) {
      const hub = await startHub({
        KOPPEL_DATABASE_URL: options.databaseUrl,
        KOPPEL_SECRET_KEY: secretKey,
        KOPPEL_DEMO: '1',
        KOPPEL_SANDBOX_MPLUSKASSA_PORT: String(till.port),
        KOPPEL_SANDBOX_SOFTMAAT_PORT: String(shop.port),
        KOPPEL_POLL_MS: String(options.pollMs ?? 500),
        KOPPEL_LOG_LEVEL: process.env['KOPPEL_TEST_VERBOSE'] === '1' ? 'info' : 'error',
        KOPPEL_DATA_DIR: folder,

        ...(failpoint === undefined ? {} : { KOPPEL_FAILPOINT: failpoint }),
        ...env,
      });
      hubs.push(hub);
      return hub;
    },
    async agreement(withinMs) {
      const deadline = performance.now() + withinMs;
      for (;;) {
        const comparison = await compareSystems(till, shop);
        if (comparison.lost.length + comparison.doubled.length === 0 || performance.now() > deadline) return comparison;
        await new Promise((next) => setTimeout(next, 250));
      }
    },
    async close() {
      for (const hub of hubs) await hub.stop();
      await till.stop();
      await shop.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Streams that the hub reads of each system; each poll of each is one successful answer. */
const streams = { mpluskassa: 4, softmaat: 2 } as const;

/** Waits until the hub has polled every stream of the system `times` more times. */
export async function polls(hub: HubHandle, system: keyof typeof streams, times: number): Promise<void> {
  let last: string | null = null;
  let answers = -1;
  const enough = async (): Promise<boolean> => {
    const { systems } = await hub.graphql<{ systems: { key: string; health: { lastSuccessAt: string | null } }[] }>(
      '{ systems { key health { lastSuccessAt } } }',
    );
    const now = systems.find(({ key }) => key === system)?.health.lastSuccessAt ?? null;
    if (now !== last) answers++;
    last = now;
    return answers >= times * streams[system];
  };
  await until(enough, { timeoutMs: 120_000, everyMs: 30, what: `${times} polls of ${system}` });
}
