/**
 * `npm run chaos -- products`: kills the hub with SIGKILL at every named kill point, starts it again, and asks the oracle and
 * the ledgers afterwards whether anything was lost or doubled. Seed from KOPPEL_CHAOS_SEED. Last line:
 * `seed S kills K lost L doubled D`; exit code 0 only when nothing was lost or doubled and every point was really reached.
 */
import { startThrowawayPostgres } from '../../src/embedded/throwaway.js';
import { migrate } from '../../src/store/migrate.js';
import { diagnose } from './diagnosis.js';
import { chaosProducts } from './products.js';

const help = `Usage: npm run chaos -- products [--rounds N] [--products N]

  --rounds N     how often each kill point is used (default 1)
  --products N   products in the till (default 40)
  KOPPEL_CHAOS_SEED   chooses edits and which passing of a point kills (default 1)
`;

function option(args: readonly string[], name: string, standard: number): number {
  const at = args.indexOf(name);
  if (at === -1) return standard;
  const value = Number(args[at + 1]);
  if (!Number.isSafeInteger(value) || value < 1) throw new Error(`${name} must be a whole number of 1 or more`);
  return value;
}

async function run(args: readonly string[]): Promise<number> {
  if (args[0] !== 'products') {
    process.stderr.write(help);
    return args.includes('--help') ? 0 : 2;
  }
  const seed = Number(process.env['KOPPEL_CHAOS_SEED'] ?? '1');
  const postgres = await startThrowawayPostgres();
  try {
    const databaseUrl = postgres.url('koppel');
    await migrate(databaseUrl);
    const outcome = await chaosProducts({
      databaseUrl,
      seed,
      rounds: option(args, '--rounds', 1),
      products: option(args, '--products', 40),
      say: (line) => process.stdout.write(`${line}\n`),
    });
    if (outcome.lost.length > 0) await diagnose(databaseUrl, (line) => process.stdout.write(`${line}\n`));
    for (const line of [...outcome.lost, ...outcome.doubled, ...outcome.notReached].slice(0, 40))
      process.stdout.write(`  ${line}\n`);
    process.stdout.write(
      `seed ${seed} kills ${outcome.kills} lost ${outcome.lost.length} doubled ${outcome.doubled.length}\n`,
    );
    return outcome.lost.length + outcome.doubled.length + outcome.notReached.length === 0 ? 0 : 1;
  } finally {
    await postgres.stop();
  }
}

process.exitCode = await run(process.argv.slice(2));
