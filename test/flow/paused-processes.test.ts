/**
 * A process of each role stands still in the middle of its work (SIGSTOP, as a machine that is suspended or a long collection of garbage
 * does it) until others have taken over what it had and changed the same records; then it goes on. On either log.
 */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { sampleFlows } from '../../src/config/sample.js';
import { expectAgreement, expectStillness } from '../support/agreement.js';
import { makeCrew, type Crew, type Role, type Worker } from '../support/crew.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { countChanges } from '../support/event-oracle.js';
import { describeOnEitherLog } from '../support/kafka.js';
import { isLogInKafka, openStage, type Stage } from '../support/stage.js';
import { until } from '../support/wait.js';

/** Where each of them stands still: with a page, a batch, a write or events that it has read and done nothing with yet. */
const places: readonly (readonly [role: Role, failpoint: string])[] = [
  ['project', 'P2'],
  ...(isLogInKafka ? ([['relay', 'R0']] as const) : []),
  ['ingest', 'A0'],
  ['capture', 'C2'],
];
const patienceMs = 150_000;

let database: TestDatabase;
let stage: Stage;
let crew: Crew;

/** The same records each time, with other values. Orders go to the shop, where an unanswered write is looked for soonest. */
let seed = 1_200;
async function change(): Promise<void> {
  await stage.till.mutate('products', 10, seed++);
  await stage.till.mutate('orders', 2, seed++, { edits: ['new'] });
}

/** Changes that were ever written into the log, stale ones included. */
async function countInLog(): Promise<number> {
  if (stage.kafka !== undefined) return countChanges(stage.kafka.bootstrap);
  const [row] = await stage.ask<{ count: number }>(
    `select sum(next_offset)::int as count from log_partition where topic like 'changes.%'`,
  );
  return row?.count ?? 0;
}

function isPaused({ hub: { child } }: Worker): boolean {
  const stat = `/proc/${child.pid}/stat`;
  if (existsSync(stat)) return readFileSync(stat, 'utf8').includes(') T ');
  return execFileSync('ps', ['-o', 'stat=', '-p', String(child.pid)], { encoding: 'utf8' }).startsWith('T');
}

describeOnEitherLog('a process that stood still', () => {
  beforeAll(async () => {
    database = await createTestDatabase();
    stage = await openStage({ databaseUrl: database.url, products: 20, pollMs: 300, requestTimeoutMs: 2_000, flows: sampleFlows }); // prettier-ignore
    crew = makeCrew(stage);
    await Promise.all((['api', ...places.map(([role]) => role)] as const).map((role) => crew.start(role)));
    await stage.till.mutate('orders', 2, seed++, { edits: ['new'] });
    await expectAgreement(stage, patienceMs, database.url);
    await expectStillness(stage, 1);
  }, 240_000);
  afterAll(async () => {
    for (const { hub } of crew.running) hub.child.kill('SIGCONT');
    await stage.close();
    await database.drop();
  }, 120_000);

  it('does nothing of what others have done meanwhile, and works on', async () => {
    const paused: Worker[] = [];
    for (const [role, failpoint] of places) {
      const [before] = crew.ofRole(role);
      await before!.hub.stop();
      crew.forget(before!);
      await change();
      const worker = await crew.start(role, { KOPPEL_FAILPOINT: `${failpoint}:pause` }, { untilReady: false });
      await until(() => isPaused(worker), {
        timeoutMs: 30_000,
        everyMs: 50,
        what: `${role} to stand still at ${failpoint}`,
      });
      paused.push(worker);
      await change();
      await crew.start(role);
      await crew.untilTaken(worker);
    }
    await change();
    await expectAgreement(stage, patienceMs, database.url);
    await expectStillness(stage, 3);
    const known = await countInLog();
    for (const { hub } of paused) hub.child.kill('SIGCONT');
    await until(async () => (await Promise.all(paused.map(({ hub }) => hub.isReady()))).every(Boolean), {
      timeoutMs: 30_000,
      what: 'all of them to be ready again',
    });
    await expectStillness(stage);
    expect(await countInLog()).toBe(known);
    await change();
    await expectAgreement(stage, patienceMs, database.url);
    await expectStillness(stage);
  }, 400_000);
});
