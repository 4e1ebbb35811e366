/**
 * What small programs that do one thing to the database of KOPPEL_DATABASE_URL share. In: the environment, what is to be done with the
 * address. Out: one line about it on standard error, and the exit code: 0 done, 1 failed, 3 no usable address.
 */
import { asKoppelError } from '../base/errors.js';
import { variables } from '../config/variables.js';

type Environment = Readonly<Record<string, string | undefined>>;

const say = (line: string): void => void process.stderr.write(`${line}\n`);

/** `work` returns the line that says what was done. */
export async function onDatabase(env: Environment, work: (url: string) => Promise<string>): Promise<number> {
  const { schema, expected, example } = variables.KOPPEL_DATABASE_URL;
  const url = schema.safeParse(env['KOPPEL_DATABASE_URL'] ?? '');
  if (!url.success) {
    say(`KOPPEL_DATABASE_URL names no database\n    expected: ${expected}\n    example:  ${example}`);
    return 3;
  }
  try {
    say(await work(url.data));
    return 0;
  } catch (thrown) {
    const error = asKoppelError(thrown);
    say(`${error.message}\n${error.hint}`);
    return 1;
  }
}
