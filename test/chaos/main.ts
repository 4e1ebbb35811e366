/**
 * `npm run chaos -- products` kills the hub with SIGKILL at every named kill point; `npm run chaos -- orders` kills it at random
 * moments, also while it starts, and both systems misbehave. Afterwards the oracles and the ledgers say whether anything was lost or doubled.
 * Seed from KOPPEL_CHAOS_SEED. Last line: `seed S kills K lost L doubled D`; exit code 0 only when nothing was lost or doubled,
 * every kill point or fault was really reached, no hub ended by itself and few differences were refused.
 */
import { startThrowawayPostgres } from '../../src/embedded/throwaway.js';
import { migrate } from '../../src/store/migrate.js';
import { diagnose } from './diagnosis.js';
import { ordersRefused } from '../support/order-oracle.js';
import { chaosOrders } from './orders.js';
import { chaosProducts } from './products.js';

const help = `Usage: npm run chaos -- products [--rounds N] [--products N] [--kafka]
       npm run chaos -- orders [--kills N] [--products N] [--kafka]

  --rounds N     how often each kill point is used (default 1)
  --kills N      how often the hub is killed while orders go both ways (default 200)
  --products N   products in the till (default 40)
  --kafka        the log is in a Kafka, which is killed too, and its topics of events are judged
  KOPPEL_CHAOS_SEED   chooses edits, faults and the moments of killing (default 1)
`;

function option(args: readonly string[], name: string, standard: number): number {
  const at = args.indexOf(name);
  if (at === -1) return standard;
  const value = Number(args[at + 1]);
  if (!Number.isSafeInteger(value) || value < 1) throw new Error(`${name} must be a whole number of 1 or more`);
  return value;
}

interface Outcome {
  readonly kills: number;
  readonly lost: readonly string[];
  readonly doubled: readonly string[];
  readonly notReached: readonly string[];
  /** Hubs that ended by themselves. */
  readonly crashed?: readonly string[];
}

const print = (line: string): void => void process.stdout.write(`${line}\n`);

type Run = (databaseUrl: string, seed: number, args: readonly string[]) => Promise<Outcome>;

const runs: Readonly<Record<string, Run>> = {
  products: (databaseUrl, seed, args) =>
    chaosProducts({
      databaseUrl,
      seed,
      rounds: option(args, '--rounds', 1),
      products: option(args, '--products', 40),
      kafka: args.includes('--kafka'),
      say: print,
    }),
  async orders(databaseUrl, seed, args) {
    const outcome = await chaosOrders({
      databaseUrl,
      seed,
      kills: option(args, '--kills', 200),
      products: option(args, '--products', 40),
      kafka: args.includes('--kafka'),
      say: print,
    });
    const undetected = outcome.doubled.filter((line) => line.startsWith('customer ')).length;
    const { compared, refused } = outcome;
    print(`${compared} orders compared, ${refused.length} differences of ${ordersRefused(outcome)} refused and told`);
    print(`boundary ${outcome.reported.length + undetected} reported ${outcome.reported.length}`);
    return outcome;
  },
};

async function main(args: readonly string[]): Promise<number> {
  const run = runs[args[0] ?? ''];
  if (run === undefined) {
    process.stderr.write(help);
    return args.includes('--help') ? 0 : 2;
  }
  const seed = Number(process.env['KOPPEL_CHAOS_SEED'] ?? '1');
  const postgres = await startThrowawayPostgres();
  try {
    const databaseUrl = postgres.url('koppel');
    await migrate(databaseUrl);
    const { kills, lost, doubled, notReached, crashed = [] } = await run(databaseUrl, seed, args);
    if (lost.length > 0) await diagnose(databaseUrl, lost, print);
    const wrong = [...crashed, ...lost, ...doubled, ...notReached];
    for (const line of wrong.slice(0, 40)) print(`  ${line}`);
    print(`seed ${seed} kills ${kills} lost ${lost.length} doubled ${doubled.length}`);
    return wrong.length === 0 ? 0 : 1;
  } finally {
    await postgres.stop();
  }
}

process.exitCode = await main(process.argv.slice(2));
