/**
 * One chaos run over orders and customers in both directions; see main.ts. People keep placing and changing orders on both
 * sides while writes are carried out without an answer, late or twice, and the hub is killed every few seconds; then the
 * faults end, and the oracle says what was lost or doubled.
 */
import { makeRandom, type Random } from '../../sandbox/engine/random.js';
import { sampleFlows } from '../../src/config/sample.js';
import type { Verdict } from '../support/order-oracle.js';
import { judgeStage, orderAgreement } from '../support/order-world.js';
import { openStage, type Stage } from '../support/stage.js';
import { until } from '../support/wait.js';
import { burst, neverFired, turnOn } from './order-faults.js';

export interface OrderChaosOptions {
  readonly databaseUrl: string;
  readonly seed: number;
  readonly kills: number;
  readonly products: number;
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
  /** Faults that never happened: the run proves nothing about them. */
  readonly notReached: string[];
  compared: number;
}

/** Short, so that the time for which a dead hub's request may still be carried out is over soon. */
const requestTimeoutMs = 1_000;
const lateMs = 2_500;
const longestLifeMs = 5_000;
const convergeMs = 240_000;

export async function chaosOrders(options: OrderChaosOptions): Promise<OrderChaosOutcome> {
  const { databaseUrl, seed, products, say } = options;
  const random = makeRandom(seed);
  const flows = sampleFlows.filter(({ entity }) => entity !== 'customer');
  const stage = await openStage({ databaseUrl, products, seed, pollMs: 250, requestTimeoutMs, flows });
  try {
    await loadCatalogue(stage);
    await turnOn('till', stage.till, { lateMs, seed });
    await turnOn('shop', stage.shop, { lateMs, seed: seed + 1_000 });
    let kills = 0;
    for (; kills < options.kills; kills++) {
      await killOnce(stage, random);
      if ((kills + 1) % 20 === 0) say(`${kills + 1} kills, ${await progress(stage)}`);
    }
    const notReached = await neverFired({ till: stage.till, shop: stage.shop });
    const verdict = await converge(stage);
    return { kills, notReached, ...verdict };
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

/** A hub's life: some seconds with people at work, and its end at any moment, also while it starts. */
async function killOnce(stage: Stage, random: Random): Promise<void> {
  const starting = stage.hub();
  const life = random.integer(0, longestLifeMs);
  const work = atWork(stage, random);
  const hub = await starting;
  await Promise.all([work, new Promise((next) => setTimeout(next, life))]);
  if (random.chance(0.3)) await burst(random.chance(0.5) ? stage.till : stage.shop, random);
  await hub.kill();
}

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
  await hub.stop();
  return verdict;
}
