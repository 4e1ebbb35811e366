/**
 * `npm run migrate`: brings the database of KOPPEL_DATABASE_URL to the schema of this release and ends; for installations that
 * do this once before their processes start. Any number may run at once. Exit code 0 done, 1 failed, 3 no usable address.
 */
import { asKoppelError } from '../base/errors.js';
import { variables } from '../config/variables.js';
import { migrate } from '../store/migrate.js';

const say = (line: string): void => void process.stderr.write(`${line}\n`);

/** Runs what is pending; returns the exit code. */
export async function main(env: Readonly<Record<string, string | undefined>>): Promise<number> {
  const { schema, expected, example } = variables.KOPPEL_DATABASE_URL;
  const url = schema.safeParse(env['KOPPEL_DATABASE_URL'] ?? '');
  if (!url.success) {
    say(`KOPPEL_DATABASE_URL names no database\n    expected: ${expected}\n    example:  ${example}`);
    return 3;
  }
  try {
    const names = await migrate(url.data);
    say(names.length === 0 ? 'The database is up to date.' : `${names.length} migration(s) run: ${names.join(', ')}`);
    return 0;
  } catch (thrown) {
    const error = asKoppelError(thrown);
    say(`${error.message}\n${error.hint}`);
    return 1;
  }
}

process.exitCode = await main(process.env);
