/**
 * The product's own processes under test: sandboxes and hub started from the built files, with the handles that a test
 * needs. In: ports and folders. Out: handles that talk over real sockets. Processes are ended by id, never by name.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { freePort } from '../../scripts/free-ports.js';
import { patient } from './patience.js';

const built = (path: string): string => resolve('dist', path);

export interface LedgerLine {
  readonly seq: number;
  readonly type: string;
  readonly key: string;
  readonly op: string;
  readonly at: string;
  readonly extra?: Readonly<Record<string, unknown>>;
}

export interface SandboxState {
  readonly counts: Readonly<Record<string, number>>;
  readonly hash: Readonly<Record<string, string>>;
}

export interface FiredFault {
  readonly match: string;
  readonly fault: string;
  readonly fired: number;
}

export interface SandboxHandle {
  readonly url: string;
  readonly port: number;
  state(): Promise<SandboxState>;
  records<T>(type: string): Promise<T[]>;
  ledger(after?: number): Promise<LedgerLine[]>;
  /** `only`: which edits, and whether records that a client brought may be edited too (`of: 'any'`). */
  mutate(
    kind: string,
    count: number,
    seed: number,
    only?: { readonly edits?: readonly string[]; readonly of?: 'own' | 'any' },
  ): Promise<{ changed: Record<string, string[]> }>;
  /** Changes, copies or removes a stored record so that nothing in the system tells of it. */
  tamper(
    type: string,
    key: string,
    change: { readonly set?: object; readonly copyTo?: string; readonly remove?: true },
  ): Promise<void>;
  faults(fault: Record<string, unknown>): Promise<void>;
  /** The rules with how often each has fired, how many requests are still to be applied, and how many there have been. */
  faultState(): Promise<{
    readonly faults: readonly FiredFault[];
    readonly pending: number;
    readonly requests: number;
  }>;
  clearFaults(): Promise<void>;
  stop(): Promise<void>;
}

export interface SandboxStart {
  readonly kind: 'mpluskassa' | 'softmaat';
  readonly dataDir: string;
  readonly seed: number;
  readonly products: number;
  readonly port?: number;
  readonly rateLimit?: number;
}

export async function startSandbox(start: SandboxStart): Promise<SandboxHandle> {
  const port = start.port ?? (await freePort());
  const args = [
    start.kind,
    '--port',
    port,
    '--data',
    start.dataDir,
    '--seed',
    start.seed,
    '--products',
    start.products,
  ];
  if (start.rateLimit !== undefined) args.push('--rate-limit', start.rateLimit);
  const child = spawn(process.execPath, [built('sandbox/main.js'), ...args.map(String)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await firstLine(child, `sandbox ${start.kind}`);
  const url = `http://127.0.0.1:${port}`;
  const admin = async (method: string, path: string, body?: unknown): Promise<Response> => {
    const response = await fetch(`${url}/__sandbox/${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    if (!response.ok)
      throw new Error(`${method} ${path} of ${start.kind} answered ${response.status}: ${await response.text()}`);
    return response;
  };
  return {
    url,
    port,
    state: async () => (await admin('GET', 'state')).json() as Promise<SandboxState>,
    records: async <T>(type: string) => lines<T>(await (await admin('GET', `records?type=${type}`)).text()),
    ledger: async (after = 0) => lines<LedgerLine>(await (await admin('GET', `ledger?after=${after}`)).text()),
    tamper: async (type, key, change) => {
      await admin('POST', 'tamper', { type, key, ...change });
    },
    mutate: async (kind, count, seed, only = {}) =>
      (await admin('POST', 'mutate', { kind, count, seed, ...only })).json() as ReturnType<SandboxHandle['mutate']>,
    faults: async (fault) => void (await admin('POST', 'faults', fault)),
    faultState: async () => (await admin('GET', 'faults')).json() as ReturnType<SandboxHandle['faultState']>,
    clearFaults: async () => void (await admin('DELETE', 'faults')),
    stop: () => endProcess(child),
  };
}

export interface HubHandle {
  readonly url: string;
  readonly child: ChildProcess;
  /** Resolves with the exit code or signal when the process is gone. */
  readonly gone: Promise<string>;
  graphql<T>(query: string, variables?: Record<string, unknown>): Promise<T>;
  isReady(): Promise<boolean>;
  stop(): Promise<void>;
  /** Ends it with SIGKILL. When it had ended by itself before: how, with the last that it said. */
  kill(): Promise<string | undefined>;
}

export interface HubStart {
  /** False: comes back as soon as the process is there, however far it is. */
  readonly untilReady?: boolean;
}

export const testApiKey = 'kpl_test_c2VjcmV0LW9mLWEtdGVzdC1vbmx5LTMyLWJ5dGVz';

/** How much of a hub's output is kept for the one who asks why it ended. */
const tailLength = 4_000;

/** Starts the hub and waits until it is ready, or until it is gone (a failpoint may end it before). */
export async function startHub(
  env: Readonly<Record<string, string>>,
  { untilReady = true }: HubStart = {},
): Promise<HubHandle> {
  const port = await freePort();
  const child = spawn(process.execPath, [built('src/main.js')], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...inherited(), ...env, KOPPEL_HTTP_PORT: String(port), KOPPEL_BOOTSTRAP_API_KEY: testApiKey },
  });
  const said = tailOf(child);
  const url = `http://127.0.0.1:${port}`;
  let ended: string | undefined;
  const gone = once(child, 'exit').then(([code, signal]) => (ended = String(signal ?? code)));
  const isReady = (): Promise<boolean> =>
    fetch(`${url}/readyz`).then(
      (response) => response.ok,
      () => false,
    );
  const deadline = performance.now() + patient(60_000);
  while (untilReady && ended === undefined && performance.now() < deadline) {
    if (await isReady()) break;
    await new Promise((next) => setTimeout(next, 50));
  }
  return {
    url,
    child,
    gone,
    isReady,
    async graphql<T>(query: string, variables: Record<string, unknown> = {}) {
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${testApiKey}` },
        body: JSON.stringify({ query, variables }),
      });
      const body = (await response.json()) as { data?: T; errors?: { message: string }[] };
      if (body.errors !== undefined || body.data === undefined) throw new Error(JSON.stringify(body.errors));
      return body.data;
    },
    stop: () => endProcess(child),
    async kill() {
      if (ended !== undefined) return `the hub ended by itself with ${ended}; it said:\n${said()}`;
      child.kill('SIGKILL');
      const how = await gone;
      return how === 'SIGKILL' ? undefined : `the hub ended by itself with ${how}; it said:\n${said()}`;
    },
  };
}

/** The end of what a process says; all of it is shown too when somebody wants to see it. */
function tailOf(child: ChildProcess): () => string {
  const isVerbose = process.env['KOPPEL_TEST_VERBOSE'] === '1';
  let tail = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (data: Buffer) => {
      tail = (tail + data.toString()).slice(-tailLength);
      if (isVerbose) process.stderr.write(data);
    });
  }
  return () => tail;
}

/** The environment without anything that configures another hub. */
function inherited(): Record<string, string> {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('KOPPEL_'))) as Record<
    string,
    string
  >;
}

async function firstLine(child: ChildProcess, what: string): Promise<void> {
  const exit = once(child, 'exit').then(([code]) => {
    throw new Error(`${what} ended with ${String(code)} before it was ready`);
  });
  if (child.stdout === null) throw new Error(`${what} has no output`);
  await Promise.race([once(child.stdout, 'data'), exit]);
  exit.catch(() => undefined);
}

/** Ends a process gently, and by force when it has not left long after the 20 seconds that it may take. */
export async function endProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  const force = setTimeout(() => child.kill('SIGKILL'), 40_000);
  await gone;
  clearTimeout(force);
}

function lines<T>(text: string): T[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T);
}
