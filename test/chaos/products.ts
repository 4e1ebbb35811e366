/** One chaos run over products, categories and stock; see main.ts. */
import { failpointNames, failpointsWithoutKafka, type FailpointName } from '../../src/base/failpoint.js';
import { makeRandom, type Random } from '../../sandbox/engine/random.js';
import { judgeEvents, untilPublished } from '../support/event-oracle.js';
import { doubledCreates } from '../support/oracle.js';
import { patient } from '../support/patience.js';
import { openStage, type Stage } from '../support/stage.js';

export interface ChaosOptions {
  readonly databaseUrl: string;
  readonly seed: number;
  readonly rounds: number;
  readonly products: number;
  /** The log is in Kafka: then the relay is killed too, and its topics are judged. */
  readonly kafka?: boolean;
  say(line: string): void;
}

export interface ChaosOutcome {
  kills: number;
  readonly lost: string[];
  readonly doubled: string[];
  /** Kill points that the run never came by: the run proves nothing about them. */
  readonly notReached: string[];
}

/** Requests of the hub die with it; the longest that one may still live in the target, so that settling is quick here. */
const requestTimeoutMs = 2_000;

export async function chaosProducts(options: ChaosOptions): Promise<ChaosOutcome> {
  const outcome: ChaosOutcome = { kills: 0, lost: [], doubled: [], notReached: [] };
  const random = makeRandom(options.seed);
  const stage = await openStage({
    databaseUrl: options.databaseUrl,
    products: options.products,
    seed: options.seed,
    pollMs: 250,
    requestTimeoutMs,
    ...(options.kafka === undefined ? {} : { kafka: options.kafka }),
  });
  const points = stage.kafka === undefined ? failpointsWithoutKafka : failpointNames;
  try {
    for (let round = 0; round < options.rounds; round++) {
      for (const point of random.sample(points, points.length)) {
        await killAt(stage, point, random, outcome, options);
      }
    }
    const comparison = await settle(stage);
    outcome.lost.push(...comparison.lost);
    outcome.doubled.push(...comparison.doubled, ...doubledCreates(await stage.shop.ledger()));
    await judgeTopics(stage, outcome, options);
  } finally {
    await stage.close();
  }
  return outcome;
}

/** Starts the hub so that it dies at the point, gives it work until it is dead, and lets its successor settle. */
async function killAt(
  stage: Stage,
  point: FailpointName,
  random: Random,
  outcome: ChaosOutcome,
  options: ChaosOptions,
): Promise<void> {
  const isFirst = outcome.kills === 0;
  const nth = random.integer(1, isFirst ? 3 : 2);
  const hub = await stage.hub({ failpoint: `${point}:kill:${nth}` });
  let isGone = false;
  void hub.gone.then(() => (isGone = true));
  const deadline = performance.now() + patient(30_000);
  while (!isGone && performance.now() < deadline) {
    await stage.till.mutate('mixed', 5, random.integer(1, 1e9));
    await Promise.race([hub.gone, new Promise((next) => setTimeout(next, 500))]);
  }
  if (isGone) outcome.kills++;
  else {
    outcome.notReached.push(`${point} was not passed ${nth} time(s) in time`);
    await hub.stop();
  }
  options.say(`${point} (passing ${nth}): ${isGone ? 'killed' : 'NOT REACHED'}`);
}

async function settle(stage: Stage): ReturnType<Stage['agreement']> {
  const hub = await stage.hub();
  const comparison = await stage.agreement(120_000);
  if (stage.kafka !== undefined) await untilPublished(stage.ask);
  await hub.stop();
  return comparison;
}

async function judgeTopics({ ask, kafka }: Stage, outcome: ChaosOutcome, { say }: ChaosOptions): Promise<void> {
  if (kafka === undefined) return;
  const { lost, invented, malformed, compared, repeated } = await judgeEvents(ask, kafka.bootstrap);
  say(`${compared} events of the hub in Kafka, ${repeated} of them repeated`);
  outcome.lost.push(...lost, ...malformed);
  outcome.doubled.push(...invented);
}
