/**
 * The hub as several processes with its log in a Kafka of three brokers: a process of each role is killed, brokers are killed, the
 * way of one process to the brokers is cut, processes join and leave every second. Orders and products move in both directions all the
 * time, and afterwards nothing may be lost or doubled, in the systems or in the topics of events. `KOPPEL_TEST_ORDERS` for another number
 * of orders per side and step (default 4 here), `KOPPEL_TEST_STORM_SECONDS` for a longer coming and going (default 5).
 */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { sampleFlows } from '../../src/config/sample.js';
import { expectAgreement as expectHubAgreement } from '../support/agreement.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { describeWithOwnKafka } from '../support/kafka.js';
import type { HubHandle } from '../support/processes.js';
import { openStage, type Stage } from '../support/stage.js';
import { storm } from '../support/storm.js';
import { openTcpProxy } from '../support/tcp-proxy.js';
import { until } from '../support/wait.js';

const orders = Number(process.env['KOPPEL_TEST_ORDERS'] ?? '4');
const stormSeconds = Number(process.env['KOPPEL_TEST_STORM_SECONDS'] ?? '5');
/** What a killed projector was sending may take effect for a good minute; only then it is looked for. */
const patienceMs = 150_000 + orders * 600;
const minutes = 60_000;
const roles = ['api', 'capture', 'ingest', 'project', 'relay'] as const;
type Role = (typeof roles)[number];

let database: TestDatabase;
let stage: Stage;
let proxies: Awaited<ReturnType<typeof openTcpProxy>>[];
const running = new Map<Role, HubHandle>();

const kafka = (): NonNullable<Stage['kafka']> => stage.kafka as NonNullable<Stage['kafka']>;

async function start(role: Role, env: Readonly<Record<string, string>> = {}): Promise<void> {
  running.set(role, await stage.hub({ env: { ...env, KOPPEL_ROLE: role } }));
}

let seed = 900;
async function placeOrders(count = orders): Promise<void> {
  await Promise.all([
    stage.till.mutate('orders', count, seed++, { edits: ['new'] }),
    stage.shop.mutate('orders', count, seed++, { edits: ['new'] }),
    stage.till.mutate('products', 1, seed++),
  ]);
}

const expectAgreement = (): Promise<void> => expectHubAgreement(stage, patienceMs, database.url);

describeWithOwnKafka('each role in a process of its own, three brokers', () => {
  beforeAll(async () => {
    proxies = await Promise.all([1, 2, 3].map(() => openTcpProxy()));
    const detour = (node: number, port: number): string => {
      const proxy = proxies[node - 1];
      proxy?.aim(port);
      return `127.0.0.1:${proxy?.port}`;
    };
    database = await createTestDatabase();
    stage = await openStage({ databaseUrl: database.url, products: 30, pollMs: 300, requestTimeoutMs: 3_000, flows: sampleFlows, kafka: { nodes: 3, detour } }); // prettier-ignore
    await Promise.all(roles.map((role) => start(role)));
  }, 4 * minutes);
  afterAll(async () => {
    await stage.close();
    for (const proxy of proxies) await proxy.close();
    await database.drop();
  }, 2 * minutes);

  it(
    'moves products and orders both ways, also when a process of each role is killed at work',
    async () => {
      await placeOrders();
      await expectAgreement();
      for (const role of roles) {
        await placeOrders(2);
        expect(await running.get(role)?.kill()).toBeUndefined();
        await start(role);
      }
      await expectAgreement();
    },
    5 * minutes,
  );

  it(
    'goes on when one of three brokers is killed, and needs nobody',
    async () => {
      const [node] = kafka().nodes;
      await placeOrders();
      await node?.kill();
      await placeOrders();
      await expectAgreement();
      await node?.start();
      await kafka().ready();
    },
    5 * minutes,
  );

  it(
    'goes on when all brokers were killed and are back: what they had acknowledged is taken in',
    async () => {
      await placeOrders();
      await Promise.all(kafka().nodes.map((node) => node.kill()));
      await placeOrders();
      await Promise.all(kafka().nodes.map((node) => node.start()));
      await kafka().ready();
      await expectAgreement();
      for (const [name, hub] of running) await until(() => hub.isReady(), { what: `${name} to be ready` });
    },
    5 * minutes,
  );

  it.each(['capture', 'ingest', 'relay'] as const)(
    'loses nothing when the way of %s to the brokers is cut and mended',
    async (role) => {
      await running.get(role)?.stop();
      await start(role, { KOPPEL_KAFKA_BROKERS: proxies.map(({ port }) => `127.0.0.1:${port}`).join(',') });
      await placeOrders();
      await until(() => proxies.some((proxy) => proxy.clients() > 0), { what: 'the process to go by the proxy', timeoutMs: 20_000 }); // prettier-ignore
      for (const proxy of proxies) proxy.stall(true);
      await placeOrders();
      // Long enough for requests to be under way when it happens.
      await new Promise((next) => setTimeout(next, 3_000));
      for (const proxy of proxies) proxy.stall(false);
      await expectAgreement();
    },
    5 * minutes,
  );

  it('goes on while others join and leave every second', async () => {
    const left = await storm(stage, {
      seconds: stormSeconds,
      roles: (second) => (second % 2 === 0 ? 'ingest,relay' : 'ingest,project,capture,relay'),
      work: () => placeOrders(1),
    });
    if (process.env['KOPPEL_TEST_VERBOSE'] === '1')
      process.stderr.write(`measured: a storm of ${stormSeconds} s: ${JSON.stringify(left)}\n`);
    await expectAgreement();
  }, 10 * minutes); // prettier-ignore

  it(
    'ends by itself when it is told to',
    async () => {
      for (const [role, hub] of running) {
        await hub.stop();
        expect({ role, how: await hub.gone }).toEqual({ role, how: '0' });
      }
    },
    2 * minutes,
  );
});
