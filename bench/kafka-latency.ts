/**
 * How long a change takes from the till to the shop and to a subscription, at three loads, with the log in Postgres and everything
 * in one process, and with the log in Kafka and each role in a process of its own. The whole product between both sandboxes; moments
 * are those that the hub itself has stored, on the one clock of this machine. What waits for the poll of the source is told apart.
 */
import { openStage, type Stage } from '../test/support/stage.js';
import { openSeen, type Seen } from './kafka-latency-seen.js';
import { capturedInKafka, capturedInPostgres, stepsSince, type Captured } from './kafka-latency-moments.js';
import type { Grounds } from './kafka-grounds.js';
import { measurement, within, type Measurement } from './report.js';
import { admin, withDatabase } from './server.js';

const loads = [0.1, 0.5, 0.9];
/** Promised at half load: from the acknowledgement of the capture to the beginning of the call, 99 of 100. Measured to its arrival. */
const mostAddedMs = 250;
const pollMs = 100;
const everyMs = 100;
/** How many times what a burst says is offered to find out what goes through. */
const overload = 1.5;
const roles = ['api', 'capture', 'ingest', 'project', 'relay'];

interface Logs {
  readonly name: 'Postgres' | 'Kafka';
  readonly start: (stage: Stage) => Promise<{ readonly url: string }>;
  readonly captured: (stage: Stage, since: Date) => Promise<ReadonlyMap<string, Captured>>;
}

export async function benchLatency(grounds: Grounds): Promise<readonly Measurement[]> {
  const { brokers } = grounds;
  const inPostgres: Logs = { name: 'Postgres', start: (stage) => stage.hub(), captured: capturedInPostgres };
  const inKafka: Logs = {
    name: 'Kafka',
    async start(stage) {
      const env = { KOPPEL_KAFKA_BROKERS: brokers };
      // One after the other: the first makes the topics.
      const hubs = [];
      for (const role of roles) hubs.push(await stage.hub({ env: { ...env, KOPPEL_ROLE: role } }));
      const [api] = hubs;
      if (api === undefined) throw new Error('there is no API');
      return api;
    },
    captured: (_, since) => capturedInKafka(brokers, since),
  };
  return [...(await measureLog(grounds, inPostgres)), ...(await measureLog(grounds, inKafka))];
}

async function measureLog(grounds: Grounds, logs: Logs): Promise<readonly Measurement[]> {
  const { options, server, say } = grounds;
  const name = `koppel_bench_${process.pid}_latency_${logs.name.toLowerCase()}`;
  await admin(server, `create database ${name}`);
  const products = options.products ?? (options.quick ? 100 : 1_000);
  const stage = await openStage({ databaseUrl: withDatabase(server, name), products, pollMs });
  let seen: Seen | undefined;
  try {
    const { url } = await logs.start(stage);
    await untilQuiet(stage);
    seen = await openSeen(url);
    const seconds = options.quick ? 5 : 20;
    const capacity = await findCapacity(stage, options.changes ?? (options.quick ? 60 : 600), seconds);
    say(`log in ${logs.name}: ${capacity.toFixed(1)} changes/s from the till to the shop at most`);
    const found: Measurement[] = [measurement(`${logs.name}: capacity, till to shop`, [capacity], 'changes/s')];
    for (const load of loads) {
      const moments = await atLoad({ stage, logs, seen }, capacity * load, seconds);
      found.push(...describe(`${logs.name}, ${Math.round(load * 100)} %`, moments, load, say));
    }
    return found;
  } finally {
    seen?.close();
    await stage.close();
    await admin(server, `drop database if exists ${name} with (force)`);
  }
}

/** Nothing is open and no step has been written for longer than any poll. */
async function untilQuiet({ ask }: Stage): Promise<void> {
  const deadline = performance.now() + 10 * 60_000;
  let last = '';
  let since = performance.now();
  for (;;) {
    const [row] = await ask<{ last: string; open: number }>(
      `select (select next_offset from log_partition where topic = 'journal') || ' ' || count(*) as last,
         (count(*) filter (where state in ('pending', 'writing', 'in_doubt', 'retrying')))::int as open from projection`,
    );
    if (row === undefined || row.last !== last || row.open > 0 || row.last.endsWith(' 0')) since = performance.now();
    last = row?.last ?? '';
    if (performance.now() - since > 2_500) return;
    if (performance.now() > deadline) throw new Error(`not quiet after ten minutes: ${JSON.stringify(row)}`);
    await new Promise((next) => setTimeout(next, 100));
  }
}

/**
 * How many changes a second arrive while more are made than go through, spread out as in the measurement. So many edits at once
 * only say how many that may be: a small burst mostly measures how long one change takes, a large one is taken in large batches.
 */
async function findCapacity(stage: Stage, edits: number, seconds: number): Promise<number> {
  const began = new Date();
  await stage.till.mutate('products', edits, 11);
  await untilQuiet(stage);
  const burst = await stepsSince(stage, began);
  const last = Math.max(...burst.map(({ written }) => written));
  const from = Date.now();
  await edit(stage, (overload * burst.length) / ((last - began.getTime()) / 1000), seconds);
  const to = Date.now();
  await untilQuiet(stage);
  // Not the beginning, when nothing waited yet.
  const since = from + (to - from) / 3;
  const steps = await stepsSince(stage, new Date(from));
  return steps.filter(({ written }) => written >= since && written < to).length / ((to - since) / 1000);
}

/** Edits products at an even pace; when each was edited. */
async function edit(stage: Stage, rate: number, seconds: number): Promise<ReadonlyMap<string, readonly number[]>> {
  const edited = new Map<string, number[]>();
  const from = performance.now();
  let sent = 0;
  for (let tick = 1; tick <= (seconds * 1_000) / everyMs; tick++) {
    const count = Math.floor((rate * tick * everyMs) / 1_000) - sent;
    sent += count;
    const at = Date.now();
    if (count > 0) {
      const { changed } = await stage.till.mutate('products', count, 1_000 + sent);
      for (const key of changed['products'] ?? []) edited.set(key, [...(edited.get(key) ?? []), at]);
    }
    await new Promise((next) => setTimeout(next, Math.max(0, from + tick * everyMs - performance.now())));
  }
  return edited;
}

/** Milliseconds of each change. */
interface Moments {
  readonly rate: number;
  /** From the edit to the capture: most of it is the wait for the next poll. */
  readonly poll: readonly number[];
  readonly ingested: readonly number[];
  readonly added: readonly number[];
  /** From its arrival at the shop until its outcome is stored. */
  readonly stored: readonly number[];
  readonly seen: readonly number[];
  readonly total: readonly number[];
}

interface Measured {
  readonly stage: Stage;
  readonly logs: Logs;
  readonly seen: Seen;
}

async function atLoad({ stage, logs, seen }: Measured, rate: number, seconds: number): Promise<Moments> {
  const began = new Date();
  const edited = await edit(stage, rate, seconds);
  await untilQuiet(stage);
  const captured = await logs.captured(stage, began);
  const all = { poll: [] as number[], ingested: [] as number[], added: [] as number[], stored: [] as number[], seen: [] as number[], total: [] as number[] }; // prettier-ignore
  for (const { traceId, applied, arrived, written } of await stepsSince(stage, began)) {
    const change = captured.get(traceId);
    if (change === undefined) continue;
    all.ingested.push(applied - change.at);
    all.added.push(arrived - change.at);
    all.stored.push(written - arrived);
    const shownAt = seen.at(traceId, written);
    if (shownAt !== undefined) all.seen.push(shownAt - written);
    const editedAt = edited.get(change.externalId)?.find((at) => at <= change.at && at > change.before);
    if (editedAt === undefined) continue;
    all.poll.push(change.at - editedAt);
    if (shownAt !== undefined) all.total.push(shownAt - editedAt);
  }
  return { rate, ...all };
}

const percentile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? NaN;

function describe(name: string, moments: Moments, load: number, say: (line: string) => void): Measurement[] {
  const { rate, poll, ingested, added, stored, seen, total } = moments;
  if (added.length === 0 || seen.length === 0) throw new Error(`${name}: nothing was measured`);
  const both = (values: readonly number[]): string =>
    `${percentile(values, 0.5).toFixed()}/${percentile(values, 0.99).toFixed()}`;
  say(
    `${name} (${rate.toFixed(1)}/s, ${added.length} changes), p50/p99 in ms: until captured ${both(poll)}, captured to ingested ${both(ingested)}, ` +
      `captured to called ${both(added)}, called to stored ${both(stored)}, stored to seen ${both(seen)}, all ${both(total)}`,
  );
  const p99 = percentile(added, 0.99);
  const called = `${name}: captured to call`;
  return [
    { ...measurement(`${name}: edited to captured`, poll, 'ms') },
    { ...measurement(called, added, 'ms') },
    load === 0.5 ? within(`${called}, p99`, [p99], 'ms', mostAddedMs) : measurement(`${called}, p99`, [p99], 'ms'),
    measurement(`${name}: stored to seen`, seen, 'ms'),
    measurement(`${name}: edited to seen`, total, 'ms'),
    measurement(`${name}: edited to seen, p99`, [percentile(total, 0.99)], 'ms'),
  ];
}
