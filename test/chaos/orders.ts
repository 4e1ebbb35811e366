/**
 * One chaos run over orders, customers and stock in both directions; see main.ts. People keep placing and changing orders on
 * both sides while writes are carried out without an answer, late or twice, and the hub is killed every few seconds, now and
 * then while it still starts; then the faults end, and the oracles say what was lost or doubled.
 */
import { makeRandom, type Random } from '../../sandbox/engine/random.js';
import { sampleFlows } from '../../src/config/sample.js';
import { judgeEvents, untilPublished } from '../support/event-oracle.js';
import { mostRefused, ordersRefused, type Verdict } from '../support/order-oracle.js';
import { judgeStage, orderAgreement } from '../support/order-world.js';
import type { HubHandle } from '../support/processes.js';
import { openStage, type Stage } from '../support/stage.js';
import { until } from '../support/wait.js';
import { burst, neverFired, turnOn } from './order-faults.js';

export interface OrderChaosOptions {
  readonly databaseUrl: string;
  readonly seed: number;
  readonly kills: number;
  readonly products: number;
  /** The log is in Kafka, which dies now and then too. */
  readonly kafka?: boolean;
  say(line: string): void;
}

export interface OrderChaosOutcome {
  kills: number;
  readonly lost: string[];
  readonly doubled: string[];
  /** Customers that a system made twice of one request, and the hub has told of (the boundary G4b). */
  readonly reported: string[];
  /** Differences that a system refuses, and the hub has told of. */
  readonly refused: string[];
  /** Faults and kills that never happened: the run proves nothing about them. */
  readonly notReached: string[];
  /** Hubs that ended by themselves, with what they said last. */
  readonly crashed: string[];
  compared: number;
}

/** Short, so that the time for which a dead hub's request may still be carried out is over soon. */
const requestTimeoutMs = 1_000;
const lateMs = 2_500;
const longestLifeMs = 5_000;
/** A little longer than a start takes. */
const longestStartMs = 2_500;
const convergeMs = 240_000;
const catalogueMs = 60_000;
/** How many more kills there are at most, when something that was to happen has not happened yet. */
const mostMore = 20;

export async function chaosOrders(options: OrderChaosOptions): Promise<OrderChaosOutcome> {
  const { databaseUrl, seed, products, say, kafka } = options;
  const random = makeRandom(seed);
  const stage = await openStage({
    databaseUrl,
    products,
    seed,
    pollMs: 250,
    requestTimeoutMs,
    flows: sampleFlows,
    ...(kafka === undefined ? {} : { kafka }),
  });
  try {
    await loadCatalogue(stage);
    await turnOn('till', stage.till, { lateMs, seed });
    await turnOn('shop', stage.shop, { lateMs, seed: seed + 1_000 });
    const crashed: string[] = [];
    let [kills, early] = [0, 0];
    const missing = async (): Promise<string[]> => [
      ...(await neverFired({ till: stage.till, shop: stage.shop })),
      ...(early === 0 ? ['no kill came while the hub started'] : []),
    ];
    for (; kills < options.kills + mostMore; kills++) {
      if (kills >= options.kills && (await missing()).length === 0) break;
      if (kills % 3 === 1) await burst(kills % 2 === 1 ? stage.till : stage.shop, random);
      const isStarting = kills % 4 === 3;
      const end = isStarting
        ? await killWhileStarting(stage, random)
        : await killAtWork(stage, random, kills % 5 === 2);
      if (end.byItself !== undefined) crashed.push(end.byItself);
      if (!end.wasReady && end.byItself === undefined) early++;
      if ((kills + 1) % 20 === 0) say(`${kills + 1} kills, ${early} before it was ready, ${await progress(stage)}`);
    }
    const notReached = await missing();
    const verdict = await converge(stage);
    // Whose debtor is blocked from the start is refused whatever people do.
    const refusals = ordersRefused({ refused: verdict.refused.filter((line) => !line.includes('is blocked')) });
    const tooMany =
      refusals > mostRefused(verdict.compared)
        ? [`${refusals} of ${verdict.compared} orders have refused differences, more than people's edits make`]
        : [];
    return { kills, notReached, crashed, ...verdict, lost: [...verdict.lost, ...tooMany] };
  } finally {
    await stage.close();
  }
}

async function loadCatalogue(stage: Stage): Promise<void> {
  const hub = await stage.hub();
  const { lost, doubled } = await stage.agreement(60_000);
  if (lost.length + doubled.length > 0)
    throw new Error(`the catalogues differ before anything went wrong: ${lost[0] ?? doubled[0]}`);
  await hub.stop();
}

/** As a power cut would; what it had acknowledged must be there when it is back. */
async function killBroker({ kafka }: Stage): Promise<void> {
  for (const node of kafka?.nodes ?? []) {
    await node.kill();
    await node.start();
  }
}

interface End {
  readonly wasReady: boolean;
  /** Why it was gone before it was killed. */
  readonly byItself: string | undefined;
}

/** A hub's life: some seconds with people at work. */
async function killAtWork(stage: Stage, random: Random, isBrokerKilled: boolean): Promise<End> {
  const starting = stage.hub();
  const life = random.integer(0, longestLifeMs);
  const work = atWork(stage, random);
  const hub = await starting;
  await Promise.all([work, lived(hub, life), ...(isBrokerKilled ? [killBroker(stage)] : [])]);
  return { wasReady: true, byItself: await hub.kill() };
}

/** A hub that may be anywhere between its first line and its first writes, with the work of the one before it to settle. */
async function killWhileStarting(stage: Stage, random: Random): Promise<End> {
  const life = random.integer(0, longestStartMs);
  await atWork(stage, random);
  const hub = await stage.hub({ untilReady: false });
  await lived(hub, life);
  const wasReady = await hub.isReady();
  return { wasReady, byItself: await hub.kill() };
}

const lived = (hub: HubHandle, ms: number): Promise<unknown> =>
  Promise.race([hub.gone, new Promise((next) => setTimeout(next, ms))]);

const usual = ['new', 'pay', 'pay', 'deliver', 'address'];
const rare = [...usual, 'lines', 'cancel', 'invoice'];

async function atWork(stage: Stage, random: Random): Promise<void> {
  for (const [name, customers] of [['till', 'relations'], ['shop', 'debtors']] as const) {
    const side = stage[name];
    const seed = (): number => random.integer(1, 1e9);
    await side.mutate('orders', random.integer(2, 5), seed(), { edits: ['new'] });
    const edits = (random.chance(0.2) ? rare : usual).filter((edit) => name === 'till' || edit !== 'invoice');
    await side.mutate('orders', random.integer(0, 4), seed(), { edits, of: 'any' });
    if (random.chance(0.3)) await side.mutate(customers, 1, seed(), { of: 'any' });
  }
} // prettier-ignore

async function progress(stage: Stage): Promise<string> {
  const verdict = await judgeStage(stage);
  return `${verdict.compared} orders, ${verdict.lost.length} still to agree, ${verdict.reported.length} reported`;
}

/** Without faults everything has to agree in the end, also after what was still to be carried out late has been. */
async function converge(stage: Stage): Promise<Verdict> {
  await stage.till.clearFaults();
  await stage.shop.clearFaults();
  const hub = await stage.hub();
  await until(async () => (await Promise.all([stage.till, stage.shop].map((side) => side.faultState()))).every(({ pending }) => pending === 0), { timeoutMs: 60_000, what: 'late writes to be carried out' }); // prettier-ignore
  const verdict = await orderAgreement(stage, convergeMs);
  // Stock last: orders move it on both sides until the end.
  const catalogue = await stage.agreement(catalogueMs);
  const events = await judgeTopics(stage);
  await hub.stop();
  return {
    ...verdict,
    lost: [...verdict.lost, ...catalogue.lost, ...events.lost],
    doubled: [...verdict.doubled, ...catalogue.doubled, ...events.invented],
  };
}

async function judgeTopics({ ask, kafka }: Stage): Promise<{ lost: string[]; invented: string[] }> {
  if (kafka === undefined) return { lost: [], invented: [] };
  await untilPublished(ask);
  const { lost, invented, malformed } = await judgeEvents(ask, kafka.bootstrap);
  return { lost: [...lost, ...malformed], invented };
}
