/**
 * Brokers that do not answer any more: what waits in the log because nobody can take it in is told by every process, and a process that
 * is told to end does so in its time, gives back what it held, and has lost nothing.
 */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { describeWithOwnKafka } from '../support/kafka.js';
import type { HubHandle } from '../support/processes.js';
import { openStage, type Stage } from '../support/stage.js';
import { openTcpProxy } from '../support/tcp-proxy.js';
import { until } from '../support/wait.js';

const minutes = 60_000;
/** What KOPPEL_SHUTDOWN_GRACE_MS is when nobody sets it. */
const graceMs = 20_000;

let database: TestDatabase;
let stage: Stage;
let proxy: Awaited<ReturnType<typeof openTcpProxy>>;
let seed = 700;

const start = (roles: string): Promise<HubHandle> => stage.hub({ env: { KOPPEL_ROLE: roles } });
const startByProxy = (roles: string): Promise<HubHandle> =>
  stage.hub({ env: { KOPPEL_ROLE: roles, KOPPEL_KAFKA_BROKERS: `127.0.0.1:${proxy.port}` } });
const readiness = async (hub: HubHandle): Promise<string> => (await fetch(`${hub.url}/readyz?verbose`)).text();
const changeProducts = () => stage.till.mutate('products', 5, seed++);

/** As if everything had stood for so long. */
async function letTimePass(): Promise<void> {
  await stage.ask(`update consumer_position set moved_at = moved_at - interval '6 minutes' where consumer = 'ingest'`);
  await stage.ask(`update log_partition set waits_since = waits_since - interval '6 minutes'`);
}

describeWithOwnKafka('brokers that do not answer', () => {
  beforeAll(async () => {
    proxy = await openTcpProxy();
    database = await createTestDatabase();
    const detour = (_: number, port: number): string => {
      proxy.aim(port);
      return `127.0.0.1:${proxy.port}`;
    };
    stage = await openStage({ databaseUrl: database.url, products: 20, pollMs: 300, requestTimeoutMs: 3_000, kafka: { detour } }); // prettier-ignore
  }, 4 * minutes);
  afterAll(async () => {
    await stage.close();
    await proxy.close();
    await database.drop();
  }, 2 * minutes);

  it(
    'are told of when only ingest has no way to them, as is that no ingest runs, until it takes in again',
    async () => {
      const [api, capture] = await Promise.all([start('api'), start('capture')]);
      const failing = async (): Promise<readonly (string | null)[]> => {
        const { syncStates } = await api.graphql<{ syncStates: { failingBecause: string | null }[] }>('{ syncStates { failingBecause } }'); // prettier-ignore
        return syncStates.map(({ failingBecause }) => failingBecause);
      };
      const waiting = async (): Promise<boolean> =>
        (await stage.ask('select from log_partition where waits_since is not null')).length > 0;
      await until(waiting, { what: 'changes in the log', timeoutMs: 60_000 });
      expect(await readiness(capture)).not.toContain('ingest');
      await letTimePass();
      const sentence = /Changes of .+ have waited since .+Z, and nothing is taken in/;
      for (const hub of [api, capture])
        expect(await readiness(hub)).toMatch(/^\[!\]ingest: Changes of .*[^]*\nready\n$/m);
      expect(await failing()).toContainEqual(expect.stringMatching(sentence));

      proxy.stall(true);
      const ingest = await startByProxy('ingest');
      await until(() => proxy.clients() > 0, { what: 'ingest to go by the proxy' });
      expect(await readiness(ingest)).toMatch(/^\[!\]ingest: /m);
      await until(() => ingest.isReady(), { what: 'ingest to be ready' });
      proxy.stall(false);
      await until(async () => !(await readiness(capture)).includes('ingest'), { what: 'ingest to move', timeoutMs: 60_000 }); // prettier-ignore
      expect((await failing()).every((each) => each === null)).toBe(true);
      for (const hub of [ingest, capture, api]) await hub.stop();
    },
    4 * minutes,
  );

  it(
    'keep no process from ending in its time and giving back what it holds; others take in what it had not sent',
    async () => {
      const hub = await startByProxy('capture,ingest,project,relay');
      const held = async (): Promise<number> => {
        const [row] = await stage.ask<{ n: number }>(
          `select (select count(*) from consumer_position where owner is not null)::int
             + (select count(*) from capture_position where owner is not null)::int as n`,
        );
        return row?.n ?? 0;
      };
      const agreed = { lost: [], doubled: [] };
      expect(await stage.agreement(60_000)).toMatchObject(agreed);
      expect(await held()).toBeGreaterThan(0);
      proxy.stall(true);
      await changeProducts();
      // A page is being sent: its transaction waits for the brokers.
      const sending = async (): Promise<boolean> =>
        (await stage.ask(`select from pg_stat_activity where datname = current_database() and state = 'idle in transaction' and clock_timestamp() - state_change > interval '1 second'`)).length > 0; // prettier-ignore
      await until(sending, { what: 'a page on its way to the brokers', timeoutMs: 30_000 });
      const since = performance.now();
      hub.child.kill('SIGTERM');
      expect(await hub.gone).toBe('0');
      expect(performance.now() - since).toBeLessThan(graceMs);
      expect(await held()).toBe(0);

      // One that has never had an answer ends as well.
      const other = await startByProxy('capture,ingest,project,relay');
      await until(() => proxy.clients() > 0, { what: 'it to ask the brokers' });
      const again = performance.now();
      other.child.kill('SIGTERM');
      expect(await other.gone).toBe('0');
      expect(performance.now() - again).toBeLessThan(graceMs);
      expect(await held()).toBe(0);

      proxy.stall(false);
      await startByProxy('capture,ingest,project,relay');
      expect(await stage.agreement(60_000)).toMatchObject(agreed);
    },
    4 * minutes,
  );
});
