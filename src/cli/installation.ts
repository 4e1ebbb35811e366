/**
 * One installation on this machine: database, sandboxes and hub, started in that order and stopped in the opposite one. A step
 * that fails stops the steps before it. Out: the way to stop it, and a promise that rejects when the hub cannot run at all.
 */
import { mkdirSync } from 'node:fs';
import { join, resolve as resolvePath } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Clock } from '../base/clock.js';
import { KoppelError } from '../base/errors.js';
import type { Config } from '../config/config.js';
import { demoText } from '../config/variables.js';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../embedded/postgres.js';
import { setUpToken } from '../security/set-up-token.js';
import { migrate } from '../store/migrate.js';
import { keepChild, type Child } from './child.js';
import { openHubLog, type HubLog } from './hub-log.js';
import { keepApiKey, keepSecretKey, type KeptSecret } from './kept-secrets.js';
import { requirePorts, type NeededPort } from './ports.js';

export interface InstallationDeps {
  readonly clock: Clock;
  readonly env: NodeJS.ProcessEnv;
  /** Aborted when the user has asked to stop while this is still starting. */
  readonly stopping: AbortSignal;
  say(line: string): void;
}

export interface Installation {
  readonly failed: Promise<never>;
  stop(): Promise<void>;
  /** Ends everything at once; the next start recovers. */
  kill(): void;
}

interface Started {
  postgres?: EmbeddedPostgres;
  log?: HubLog;
  sandboxes: Child[];
  hub?: Child;
}

export async function startInstallation(config: Config, deps: InstallationDeps): Promise<Installation> {
  const started: Started = { sandboxes: [] };
  try {
    await requirePorts(neededPorts(config), deps.clock);
    const environment = await startDatabase(config, started, deps);
    deps.stopping.throwIfAborted();
    if (config.demo !== 'none') await startSandboxes(config, started, deps);
    const hub = startHub(config, environment, started, deps);
    await Promise.race([ready(config, hub, deps), hub.failed, aborted(deps.stopping)]);
    introduce(config, environment, await firstAccountLink(config, environment), deps);
    return { failed: hub.failed, stop: () => stop(started), kill: () => kill(started) };
  } catch (error) {
    await stop(started);
    throw error;
  }
}

function neededPorts(config: Config): NeededPort[] {
  const sandbox = { host: '127.0.0.1' };
  return [
    { host: config.httpHost, port: config.httpPort, what: 'the API', variable: 'KOPPEL_HTTP_PORT' },
    ...(config.demo !== 'none'
      ? [
          {
            ...sandbox,
            port: config.sandboxMpluskassaPort,
            what: 'the MplusKASSA sandbox',
            variable: 'KOPPEL_SANDBOX_MPLUSKASSA_PORT',
          },
          {
            ...sandbox,
            port: config.sandboxSoftmaatPort,
            what: 'the Softmaat sandbox',
            variable: 'KOPPEL_SANDBOX_SOFTMAAT_PORT',
          },
        ]
      : []),
  ];
}

interface HubEnvironment {
  readonly variables: Readonly<Record<string, string>>;
  readonly apiKey: KeptSecret | undefined;
  /** As it was configured or made; the proof for the first account follows from it. */
  readonly secretKey: string;
}

async function startDatabase(config: Config, started: Started, deps: InstallationDeps): Promise<HubEnvironment> {
  const { databaseUrl } = config;
  if (databaseUrl !== undefined) {
    deps.say('Database: the one that KOPPEL_DATABASE_URL names.');
    createDataDir(config.dataDir);
    await reportMigrations(databaseUrl, deps);
    return { variables: {}, apiKey: undefined, secretKey: config.secretKey! };
  }
  const startedAt = deps.clock.monotonic();
  const postgres = await startEmbeddedPostgres({ dataDir: config.dataDir, say: deps.say, clock: deps.clock });
  started.postgres = postgres;
  const ms = Math.round(deps.clock.monotonic() - startedAt);
  deps.say(`Database: embedded Postgres on 127.0.0.1:${postgres.port}, data in ${postgres.folder} (${ms} ms).`);
  const url = postgres.url('koppel');
  await reportMigrations(url, deps);
  const secretKey = config.secretKey ?? keepSecretKey(config.dataDir).value;
  const apiKey = config.bootstrapApiKey === undefined ? keepApiKey(config.dataDir) : undefined;
  const bootstrap = config.bootstrapApiKey ?? apiKey?.value ?? '';
  const variables = {
    KOPPEL_DATABASE_URL: url,
    KOPPEL_SECRET_KEY: secretKey,
    KOPPEL_BOOTSTRAP_API_KEY: bootstrap,
  };
  return { variables, apiKey, secretKey };
}

function createDataDir(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw new KoppelError('DATA_FOLDER_UNUSABLE', { folder, what: (cause as Error).message }, { cause });
  }
}

async function reportMigrations(url: string, deps: InstallationDeps): Promise<void> {
  const names = await migrate(url);
  if (names.length > 0) deps.say(`Database: ${names.length} migration(s) run.`);
}

const built = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** Longest wait for a sandbox; with very many products the first start takes a while, and the hub can do without meanwhile. */
const sandboxPatienceMs = 60_000;

async function startSandboxes(config: Config, started: Started, deps: InstallationDeps): Promise<void> {
  const answering: Promise<void>[] = [];
  const systems = [
    ['mpluskassa', 'The MplusKASSA sandbox', config.sandboxMpluskassaPort],
    ['softmaat', 'The Softmaat sandbox', config.sandboxSoftmaatPort],
  ] as const;
  for (const [kind, name, port] of systems) {
    const folder = resolvePath(config.dataDir, `sandbox-${kind}`);
    const shop = ['--seed', 1, '--products', config.sandboxProducts, '--with-problems'];
    const args = ['--port', port, '--data', folder, ...shop].map(String);
    let answer: () => void = () => undefined;
    answering.push(new Promise((resolve) => (answer = resolve)));
    const child = keepChild(
      {
        name,
        command: [built('sandbox/main.js'), kind, ...args],
        env: deps.env,
        graceMs: 10_000,
        // It prints one line when it is ready.
        onLine: (_, stream) => stream === 'stdout' && answer(),
        say: deps.say,
      },
      deps.clock,
    );
    started.sandboxes.push(child);
  }
  const enough = new AbortController();
  const patience = deps.clock.sleep(sandboxPatienceMs, AbortSignal.any([deps.stopping, enough.signal]));
  await Promise.race([Promise.all(answering), patience]).finally(() => enough.abort(new Error('ready')));
}

function startHub(config: Config, environment: HubEnvironment, started: Started, deps: InstallationDeps): Child {
  const log = openHubLog(join(config.dataDir, 'hub.log'), deps.say);
  started.log = log;
  const hub = keepChild(
    {
      name: 'The hub',
      command: [built('src/main.js')],
      env: { ...deps.env, KOPPEL_DEMO: demoText[config.demo], ...environment.variables },
      graceMs: config.shutdownGraceMs + 2_000,
      onLine: (line, stream) => (stream === 'stdout' ? log.line(line) : log.complaint(line)),
      say: deps.say,
      hopeless: [configurationInvalid],
    },
    deps.clock,
  );
  started.hub = hub;
  return hub;
}

const configurationInvalid = 3;

function address(config: Config): string {
  const everywhere = ['0.0.0.0', '::', '[::]'].includes(config.httpHost);
  const host = everywhere ? '127.0.0.1' : config.httpHost;
  return `http://${host.includes(':') && !host.startsWith('[') ? `[${host}]` : host}:${config.httpPort}`;
}

async function ready(config: Config, hub: Child, deps: InstallationDeps): Promise<void> {
  for (;;) {
    const answered = await fetch(`${address(config)}/readyz`).then(
      (response) => response.ok,
      () => false,
    );
    if (answered) return;
    await deps.clock.sleep(100, deps.stopping);
  }
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const refuse = (): void => reject(signal.reason as Error);
    if (signal.aborted) refuse();
    signal.addEventListener('abort', refuse, { once: true });
  });
}

/** Where the first account is made; undefined when there is one. */
async function firstAccountLink(config: Config, { secretKey }: HubEnvironment): Promise<string | undefined> {
  const response = await fetch(`${address(config)}/session`).catch(() => undefined);
  const found = (await response?.json().catch(() => undefined)) as { readonly needsFirstAccount?: boolean } | undefined;
  if (found?.needsFirstAccount !== true) return undefined;
  return `${config.publicUrl ?? address(config)}/account#first=${setUpToken(secretKey)}`;
}

function introduce(
  config: Config,
  { apiKey }: HubEnvironment,
  first: string | undefined,
  deps: InstallationDeps,
): void {
  const lines = ['', 'Koppel is ready.', `  GraphQL      ${address(config)}/graphql`];
  lines.push(`  Explorer     ${address(config)}/explorer (the API in the browser; asks for the API key)`);
  const account =
    first === undefined ? `${config.publicUrl ?? address(config)}/account` : `${first} (make the first account here)`;
  lines.push(`  Sign in      ${account}`);
  if (config.demo !== 'none') {
    lines.push(
      `  MplusKASSA   http://127.0.0.1:${config.sandboxMpluskassaPort} (sandbox; admin routes under /__sandbox)`,
      `  Softmaat     http://127.0.0.1:${config.sandboxSoftmaatPort} (sandbox; admin routes under /__sandbox)`,
    );
  }
  if (apiKey?.isNew === true) lines.push(`  API key      ${apiKey.value} (shown once; kept in ${apiKey.file})`);
  else if (apiKey !== undefined) lines.push(`  API key      in ${apiKey.file}`);
  else if (config.bootstrapApiKey !== undefined) lines.push('  API key      the one of KOPPEL_BOOTSTRAP_API_KEY');
  lines.push(`  Log          ${join(config.dataDir, 'hub.log')}`, '', 'Ctrl-C stops everything.', '');
  for (const line of lines) deps.say(line);
}

async function stop(started: Started): Promise<void> {
  await started.hub?.stop();
  await Promise.all(started.sandboxes.map((sandbox) => sandbox.stop()));
  await started.log?.close();
  await started.postgres?.stop();
}

function kill(started: Started): void {
  started.hub?.kill();
  for (const sandbox of started.sandboxes) sandbox.kill();
  // Fast shutdown: ends its connections and stops by itself; nothing committed is lost.
  if (started.postgres !== undefined) process.kill(started.postgres.pid, 'SIGINT');
}
