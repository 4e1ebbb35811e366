/** What must hold of a stage when its processes have done their work: both systems agree, nothing was made twice, and nobody goes on writing. */
import { expect } from '@jest/globals';
import { diagnose } from '../chaos/diagnosis.js';
import { judgeEvents, untilPublished } from './event-oracle.js';
import { orderAgreement, orderWorld } from './order-world.js';
import type { LedgerLine } from './processes.js';
import { polls, type Stage } from './stage.js';
import { until } from './wait.js';

/** Both systems agree, each sale was made once, and, with Kafka, its readers have been told everything. */
export async function expectAgreement(stage: Stage, patienceMs: number, databaseUrl?: string): Promise<void> {
  expect(await stage.agreement(patienceMs)).toMatchObject({ lost: [], doubled: [] });
  const verdict = await orderAgreement(stage, patienceMs);
  if (verdict.lost.length > 0 && databaseUrl !== undefined)
    await diagnose(databaseUrl, verdict.lost.slice(0, 2), (line) => process.stderr.write(`${line}\n`));
  expect(verdict).toMatchObject({ lost: [], doubled: [], reported: [] });
  await expectNothingDoubled(stage);
  if (stage.kafka === undefined) return;
  await untilPublished(stage.ask);
  const events = await judgeEvents(stage.ask, stage.kafka.bootstrap);
  expect(events).toMatchObject({ lost: [], invented: [], malformed: [] });
  expect(events.compared).toBeGreaterThan(100);
}

async function expectNothingDoubled(stage: Stage): Promise<void> {
  const { till, shop } = await orderWorld(stage);
  for (const side of [till, shop]) {
    const marks = side.created.flatMap(({ entity, mark }) => (mark === null ? [] : [`${entity} ${mark}`]));
    expect(new Set(marks).size).toBe(marks.length);
  }
}

/** Nothing is under way any more, and both systems are told nothing while they are read so many times more. */
export async function expectStillness(stage: Stage, times = 10): Promise<void> {
  const underWay = `select count(*)::int as count from projection where state in ('pending', 'writing', 'in_doubt', 'retrying')`;
  await until(async () => (await stage.ask<{ count: number }>(underWay))[0]?.count === 0, {
    timeoutMs: 150_000,
    everyMs: 100,
    what: 'the end of all writes',
  });
  const ledgers = (): Promise<LedgerLine[][]> => Promise.all([stage.till.ledger(), stage.shop.ledger()]);
  await pollsOfBoth(stage, 2);
  const before = await ledgers();
  await pollsOfBoth(stage, times);
  expect(await ledgers()).toEqual(before);
}

async function pollsOfBoth(stage: Stage, times: number): Promise<void> {
  const rows = await stage.ask<{ system: string; count: number }>(
    'select system, count(*)::int as count from capture_position group by system',
  );
  for (const { system, count } of rows) await polls(system === 'softmaat' ? stage.shop : stage.till, times, count);
}
