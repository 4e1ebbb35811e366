/** Answers for machines that watch the hub. A connected system that is down does not make the hub unready. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { CheckResult } from '../schema/system.js';
import type { Database } from '../store/database.js';
import { isReadOnly } from '../store/database-identity.js';
import { send, sendJson } from './responses.js';

export interface Version {
  readonly name: string;
  readonly version: string;
  readonly commit: string | null;
  /** Null where there is no graph. */
  readonly schemaHash: string | null;
}

export interface HealthDeps {
  readonly version: Version;
  checks(): Promise<readonly CheckResult[]>;
}

const failed = (name: string, message: string): CheckResult => ({
  name,
  status: 'FAIL',
  message,
  hint: null,
  settings: [],
  durationMs: null,
});

export const startCheck = failed('start', 'the process is starting');
export const shutdownCheck = failed('shutdown', 'the process is shutting down');

/** Nothing can be taken in or written down in a standby, nor where the disk is full and the provider has stopped writes. */
const readOnly =
  'the database takes no writes: it is a standby that was not promoted, or set to read-only, as providers do when its disk is full';

export async function databaseCheck(database: Database): Promise<CheckResult> {
  try {
    const standsStill = await Promise.race([
      isReadOnly(database),
      new Promise<never>((_, reject) =>
        setTimeout(() => reject(new Error('no answer within a second')), 1_000).unref(),
      ),
    ]);
    if (standsStill) return failed('database', readOnly);
    return { name: 'database', status: 'PASS', message: 'answers', hint: null, settings: [], durationMs: null };
  } catch (error) {
    return failed('database', (error as Error).message);
  }
}

/** The pages outside GraphQL; false when the path is none of them. */
export async function handlePlain(
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  deps: HealthDeps,
): Promise<boolean> {
  switch (url.pathname) {
    case '/livez':
      send(response, 200, 'text/plain', 'ok\n');
      return true;
    case '/readyz':
      await sendReadiness(request, response, url.searchParams.has('verbose'), deps);
      return true;
    case '/version':
      sendJson(response, 200, deps.version);
      return true;
    default:
      return false;
  }
}

async function sendReadiness(
  request: IncomingMessage,
  response: ServerResponse,
  verbose: boolean,
  deps: HealthDeps,
): Promise<void> {
  const checks = await deps.checks();
  const ready = checks.every(({ status }) => status !== 'FAIL');
  const status = ready ? 200 : 503;
  if (String(request.headers.accept ?? '').includes('application/json')) {
    sendJson(response, status, { status: ready ? 'ready' : 'not ready', checks });
    return;
  }
  const lines = checks.map(({ name, status: found, message }) =>
    found === 'FAIL' ? `[-]${name} failed: ${message}`
    : found === 'WARN' ? `[!]${name}: ${message}`
    : `[+]${name} ok`,
  ); // prettier-ignore
  const result = ready ? 'ready' : 'not ready';
  send(response, status, 'text/plain', `${(verbose || !ready ? [...lines, result] : [result]).join('\n')}\n`);
}

const places = [
  ['/', 'the dashboard, in the browser'],
  ['/graphql', 'the API: POST, and WebSocket (graphql-transport-ws) for subscriptions; needs an API key'],
  ['/account', 'signing in, for people'],
  ['/explorer', 'the API in the browser, with completion and documentation; asks for an API key'],
  ['/livez', 'is the process alive'],
  ['/readyz?verbose', 'can it work: database, migrations'],
  ['/version', 'name, version and hash of the schema'],
] as const;

/** `/` for programs, and for people where the pages were not built. */
export function sendFrontPage(request: IncomingMessage, response: ServerResponse, { version }: Version): void {
  if (!String(request.headers.accept ?? '').includes('text/html')) {
    const lines = places.map(([path, what]) => `${path.padEnd(16)} ${what}`);
    send(response, 200, 'text/plain', `Koppel ${version}\n\n${lines.join('\n')}\n`);
    return;
  }
  const rows = places.map(([path, what]) => `<dt><a href="${path}">${path}</a></dt><dd>${what}</dd>`).join('');
  send(
    response,
    200,
    'text/html',
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>Koppel</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:40rem;margin:3rem auto;padding:0 1rem}dt{margin-top:.7rem}</style>
<h1>Koppel ${version}</h1><p>The hub is running.</p><dl>${rows}</dl></html>`,
  );
}
