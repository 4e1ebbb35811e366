/** Answers for machines that watch the hub. A connected system that is down does not make the hub unready. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { CheckResult } from '../schema/system.js';
import { send, sendJson } from './responses.js';

export interface Version {
  readonly name: string;
  readonly version: string;
  readonly commit: string | null;
  readonly schemaHash: string;
}

export interface HealthDeps {
  readonly version: Version;
  checks(): Promise<readonly CheckResult[]>;
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
    case '/':
      sendFrontPage(request, response, deps.version);
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
    found === 'FAIL' ? `[-]${name} failed: ${message}` : `[+]${name} ok`,
  );
  const result = ready ? 'ready' : 'not ready';
  send(response, status, 'text/plain', `${(verbose || !ready ? [...lines, result] : [result]).join('\n')}\n`);
}

const places = [
  ['/graphql', 'the API: POST, and WebSocket (graphql-transport-ws) for subscriptions; needs an API key'],
  ['/explorer', 'the API in the browser, with completion and documentation; asks for an API key'],
  ['/livez', 'is the process alive'],
  ['/readyz?verbose', 'can it work: database, migrations'],
  ['/version', 'name, version and hash of the schema'],
] as const;

function sendFrontPage(request: IncomingMessage, response: ServerResponse, { version }: Version): void {
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
