/**
 * `npm start`: everything that a machine needs to try the hub, as one supervised tree of processes: the embedded Postgres (or
 * the one of KOPPEL_DATABASE_URL), both sandbox systems and the hub. Starts in that order, stops in the opposite one.
 */
import { systemClock } from '../base/clock.js';
import { KoppelError } from '../base/errors.js';
import { describeProblems, parseConfig, type Config } from '../config/config.js';
import { withUsableFiles } from '../config/kafka-files.js';
import { startInstallation, type Installation } from './installation.js';

const help = `Usage: npm start

Starts Koppel with an embedded Postgres and two sandbox systems with sample data.
It is configured by environment variables; the table is in README.md. Ctrl-C stops everything,
a second Ctrl-C at once. The next start goes on where this one stopped.
`;

const say = (line: string): void => void process.stderr.write(`${line}\n`);

/** Runs until a signal; sets the exit code: 0 stopped, 1 failed, 2 wrong use, 3 configuration invalid, 130 interrupted. */
export async function main(args: readonly string[]): Promise<void> {
  // A terminal that was closed takes our words no more, and that must not keep us from stopping in order.
  process.stderr.on('error', () => undefined);
  if (args.includes('--help') || args.includes('-h')) return void process.stdout.write(help);
  if (args.length > 0) {
    say(`npm start takes no arguments; got ${args.join(' ')}.\n\n${help}`);
    return process.exit(2);
  }
  // Trying the product is what this command is for: the sandboxes take part unless somebody says no.
  const parsed = withUsableFiles(parseConfig({ KOPPEL_DEMO: '1', ...process.env }));
  if (!parsed.ok) {
    say(`The configuration cannot be used:\n\n${describeProblems(parsed.problems)}\n\nAll variables are in README.md.`);
    return process.exit(3);
  }
  await superviseUntilSignal(parsed.config);
}

async function superviseUntilSignal(config: Config): Promise<void> {
  const signal = waitForSignal();
  const starting = startInstallation(config, { clock: systemClock, say, env: process.env, stopping: signal.aborted });
  let installation: Installation | undefined;
  try {
    installation = await starting;
    signal.onSecond(() => installation?.kill());
    await Promise.race([signal.first, installation.failed]);
    say('Stopping …');
    await installation.stop();
    say('Stopped. `npm start` goes on from here.');
    process.exit(0);
  } catch (error) {
    await installation?.stop().catch(() => undefined);
    if (signal.aborted.aborted) {
      say('Stopped.');
      process.exit(0);
    }
    say(error instanceof KoppelError ? `${error.message}\n${error.hint}` : String((error as Error).stack ?? error));
    process.exit(1);
  }
}

/** npm passes Ctrl-C on although the terminal has sent it to us already: what follows within this time is the same one. */
const samePressMs = 700;

function waitForSignal() {
  const stopping = new AbortController();
  let arrive: () => void = () => undefined;
  let kill: () => void = () => undefined;
  let firstAt: number | undefined;
  const first = new Promise<void>((resolve) => (arrive = resolve));
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      const now = systemClock.monotonic();
      firstAt ??= now;
      stopping.abort(new Error('stopped'));
      arrive();
      if (now - firstAt < samePressMs) return;
      say('Stopping at once.');
      kill();
      process.exit(130);
    });
  }
  return { first, aborted: stopping.signal, onSecond: (action: () => void) => void (kill = action) };
}
