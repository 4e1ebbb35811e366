/**
 * Starts one sandbox system as a process: `main.js mpluskassa|softmaat --port P --data DIR`. Prints one JSON line with
 * the port when it is ready, and stops cleanly on SIGTERM and SIGINT.
 */
import { parseArgs } from 'node:util';
import { SandboxUsageError } from './engine/sandbox-system.js';
import type { RunningSandbox, SandboxOptions } from './engine/server.js';
import { startMpluskassaSandbox } from './mpluskassa/start.js';
import { startSoftmaatSandbox } from './softmaat/start.js';

const systems: Readonly<Record<string, (options: SandboxOptions) => Promise<RunningSandbox>>> = {
  mpluskassa: startMpluskassaSandbox,
  softmaat: startSoftmaatSandbox,
};

const help = `Usage: sandbox <mpluskassa|softmaat> --port P --data DIR [--host H] [--seed N] [--products N] [--rate-limit N] [--with-problems]

  --port P         port; 0 takes any free one
  --host H         address to listen on (default 127.0.0.1)
  --data DIR       folder for state and ledger; a second start resumes from it
  --seed N         what the made-up shop is made from (default 1)
  --products N     how many products it has (default 500)
  --rate-limit N   requests a second (default: mpluskassa none, softmaat 50)
  --with-problems  some of its records cannot be carried over as they are
  --help           this text

The admin routes for tests are under /__sandbox: GET state, records?type=, ledger?after=, faults;
POST mutate, faults, reset; DELETE faults.
`;

function readArguments(args: readonly string[]): { kind: string; options: SandboxOptions } | 'help' {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      port: { type: 'string' },
      host: { type: 'string', default: '127.0.0.1' },
      data: { type: 'string' },
      seed: { type: 'string', default: '1' },
      products: { type: 'string', default: '500' },
      'rate-limit': { type: 'string' },
      'with-problems': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return 'help';
  const [kind, ...rest] = positionals;
  if (kind === undefined || rest.length > 0 || systems[kind] === undefined) {
    throw new SandboxUsageError(`name one system: ${Object.keys(systems).join(' or ')}`);
  }
  if (values.port === undefined) throw new SandboxUsageError('--port is missing');
  if (values.data === undefined || values.data === '') throw new SandboxUsageError('--data is missing');
  const limit = values['rate-limit'];
  return {
    kind,
    options: {
      port: whole('--port', values.port, 65_535),
      host: values.host,
      dataDir: values.data,
      seed: whole('--seed', values.seed, 4_294_967_295),
      products: whole('--products', values.products, 1_000_000),
      withProblems: values['with-problems'],
      ...(limit === undefined ? {} : { rateLimit: whole('--rate-limit', limit, 1_000_000) }),
    },
  };
}

function whole(name: string, text: string, most: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value <= most) return value;
  throw new SandboxUsageError(`${name} must be a whole number from 0 to ${most}; got ${JSON.stringify(text)}`);
}

async function run(): Promise<void> {
  const wanted = readArguments(process.argv.slice(2));
  if (wanted === 'help') return void process.stdout.write(help);
  const start = systems[wanted.kind];
  if (start === undefined) return;
  const running = await start(wanted.options);
  const stop = (): void => {
    running.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  process.stdout.write(`${JSON.stringify({ listening: running.port })}\n`);
}

run().catch((error: unknown) => {
  const code = (error as NodeJS.ErrnoException).code;
  const usage = error instanceof SandboxUsageError || code?.startsWith('ERR_PARSE_ARGS') === true;
  const text = error instanceof Error ? (usage || code !== undefined ? error.message : error.stack) : String(error);
  process.stderr.write(`sandbox: ${text}\n${usage ? 'Try --help.\n' : ''}`);
  process.exit(usage ? 64 : 1);
});
