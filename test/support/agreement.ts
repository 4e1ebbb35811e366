/** What must hold of a stage when its processes have done their work: both systems agree, nothing was made twice, and nobody goes on writing. */
import { expect } from '@jest/globals';
import { isDeepStrictEqual } from 'node:util';
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
  // What orders have done to stock meanwhile.
  expect(await stage.agreement(patienceMs)).toMatchObject({ lost: [], doubled: [] });
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

const ledgersOf = (stage: Stage): Promise<LedgerLine[][]> => Promise.all([stage.till.ledger(), stage.shop.ledger()]);

const isWritten = async (stage: Stage): Promise<boolean> =>
  (await stage.ask(`select from projection where state in ('pending', 'writing', 'in_doubt', 'retrying') limit 1`))
    .length === 0;

/** Waits until no record is to be written any more, nor to be looked after. */
export const untilWritten = (stage: Stage): Promise<unknown> =>
  until(() => isWritten(stage), { what: 'the last write', timeoutMs: 30_000 });

/** Waits until nothing is under way any more: nothing to write, nor anything that a system has only just been told and is read for. */
export async function untilStill(stage: Stage): Promise<void> {
  const isStill = async (): Promise<boolean> => {
    if (!(await isWritten(stage))) return false;
    const before = await ledgersOf(stage);
    await pollsOfBoth(stage, 2);
    return (await isWritten(stage)) && isDeepStrictEqual(await ledgersOf(stage), before);
  };
  await until(isStill, { timeoutMs: 150_000, everyMs: 100, what: 'the end of all writes' });
}

/** Both systems are told nothing, once nothing is under way any more, while they are read so many times more. */
export async function expectStillness(stage: Stage, times = 10): Promise<void> {
  await untilStill(stage);
  const before = await ledgersOf(stage);
  await pollsOfBoth(stage, times);
  expect(await ledgersOf(stage)).toEqual(before);
}

async function pollsOfBoth(stage: Stage, times: number): Promise<void> {
  const rows = await stage.ask<{ system: string; count: number }>(
    'select system, count(*)::int as count from capture_position group by system',
  );
  for (const { system, count } of rows) await polls(system === 'softmaat' ? stage.shop : stage.till, times, count);
}
