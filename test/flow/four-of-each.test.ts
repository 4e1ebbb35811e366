/**
 * Four processes of each role on one machine, on either log: they share the partitions, one of each role is killed at work, what it had
 * has another owner within five seconds, and nothing is lost, doubled or written for ever.
 */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { sampleFlows } from '../../src/config/sample.js';
import { fairShare } from '../../src/cdc/fair-share.js';
import { expectAgreement, expectStillness } from '../support/agreement.js';
import { makeCrew, type Crew, type Role } from '../support/crew.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { describeOnEitherLog } from '../support/kafka.js';
import { isLogInKafka, openStage, type Stage } from '../support/stage.js';
import { until } from '../support/wait.js';

const each = 4;
const workers: readonly Role[] = ['capture', 'ingest', 'project', ...(isLogInKafka ? (['relay'] as const) : [])];
const takeoverMs = 5_000;
/** What a killed projector was sending may take effect for a good minute; only then it is looked for. */
const patienceMs = 150_000;

let database: TestDatabase;
let stage: Stage;
let crew: Crew;

let seed = 1_100;
/** `side`: where the orders are made; a write into the other one is looked for soonest in the shop. */
async function change(sides: readonly ('till' | 'shop')[]): Promise<void> {
  await stage.till.mutate('products', 3, seed++);
  for (const side of sides) await stage[side].mutate('orders', 2, seed++, { edits: ['new'] });
}

/** Partitions of each topic of changes, and how many of them each of the processes has. */
async function shares(): Promise<{ partitions: number; held: readonly number[] }[]> {
  const topics = await stage.ask<{ topic: string; partitions: number }>(
    `select topic, count(*)::int as partitions from consumer_position where consumer = 'ingest' group by topic`,
  );
  return Promise.all(topics.map(async ({ topic, partitions }) => ({ partitions, held: await crew.shares(topic) })));
}

describeOnEitherLog('four processes of each role', () => {
  beforeAll(async () => {
    database = await createTestDatabase();
    stage = await openStage({ databaseUrl: database.url, products: 30, pollMs: 300, requestTimeoutMs: 3_000, flows: sampleFlows }); // prettier-ignore
    crew = makeCrew(stage);
    await crew.start('api');
    // One after the other of a role, as they must be told apart.
    await Promise.all(
      workers.map(async (role) => {
        for (let n = 0; n < each; n++) await crew.start(role);
      }),
    );
  }, 180_000);
  afterAll(async () => {
    await stage.close();
    await database.drop();
  }, 120_000);

  it('share the partitions, and every role has its work done', async () => {
    const areShared = async (): Promise<boolean> => {
      const topics = await shares();
      const isFair = ({ partitions, held }: (typeof topics)[number]): boolean =>
        held.reduce((sum, count) => sum + count, 0) === partitions &&
        held.length === Math.min(each, Math.ceil(partitions / fairShare(partitions, each))) &&
        held.every((count) => count <= fairShare(partitions, each));
      return topics.length === 2 && topics.every(isFair);
    };
    await until(areShared, { timeoutMs: 30_000, everyMs: 100, what: 'a fair share of partitions for each of them' });
    for (const role of workers) expect({ role, holder: await crew.busiest(role) }).toMatchObject({ holder: { role } });
    await change(['till', 'shop']);
    await expectAgreement(stage, patienceMs, database.url);
  }, 240_000);

  it('go on when one of each role is killed: its work has moved within five seconds, nothing is lost or doubled', async () => {
    const times: Partial<Record<Role, number>> = {};
    // First what has writes under way, which are looked for only later.
    for (const role of ['project', ...workers.filter((other) => other !== 'project')] as const) {
      await change(role === 'project' ? ['till'] : ['till', 'shop']);
      times[role] = await crew.takeOver(role, takeoverMs);
    }
    if (process.env['KOPPEL_TEST_VERBOSE'] === '1')
      process.stderr.write(`measured: one of four taken over after ${JSON.stringify(times)} ms\n`);
    expect(Object.keys(times).sort()).toEqual([...workers].sort());
    for (const [role, ms] of Object.entries(times))
      expect({ role, isSoon: ms < takeoverMs, ms }).toMatchObject({ isSoon: true });
    await change(['till', 'shop']);
    await expectAgreement(stage, patienceMs, database.url);
    await expectStillness(stage);
  }, 400_000);
});
