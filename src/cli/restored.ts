/**
 * `npm run restored`: says that the database of KOPPEL_DATABASE_URL was restored, for backups that the hub cannot notice by itself: all
 * flows are compared before they write again. The hub may run, or be started afterwards. Exit code 0 done, 1 failed, 3 no usable address.
 */
import { systemClock } from '../base/clock.js';
import { asKoppelError } from '../base/errors.js';
import { noFailpoint } from '../base/failpoint.js';
import { silentLogger } from '../base/logger.js';
import { variables } from '../config/variables.js';
import { hubItself } from '../store/audit.js';
import { openDatabase } from '../store/database.js';
import { migrate } from '../store/migrate.js';
import { beginCheck, openCheck } from '../store/restore-checks.js';

const say = (line: string): void => void process.stderr.write(`${line}\n`);

/** Begins the check; returns the exit code. */
export async function main(env: Readonly<Record<string, string | undefined>>): Promise<number> {
  const { schema, expected, example } = variables.KOPPEL_DATABASE_URL;
  const url = schema.safeParse(env['KOPPEL_DATABASE_URL'] ?? '');
  if (!url.success) {
    say(`KOPPEL_DATABASE_URL names no database\n    expected: ${expected}\n    example:  ${example}`);
    return 3;
  }
  try {
    await migrate(url.data);
    const parts = { clock: systemClock, logger: silentLogger, failpoint: noFailpoint };
    const database = openDatabase({ url: url.data, poolMax: 1, applicationName: 'koppel-restored' }, parts);
    try {
      await database.tx((tx) => beginCheck(tx, 'ASKED', hubItself));
      const open = await openCheck(database);
      say(open === null ? 'No flow is in use; there is nothing to compare.' : `${open.flows} flow(s) are compared before they write again.`); // prettier-ignore
    } finally {
      await database.end();
    }
    return 0;
  } catch (thrown) {
    const error = asKoppelError(thrown);
    say(`${error.message}\n${error.hint}`);
    return 1;
  }
}

process.exitCode = await main(process.env);
