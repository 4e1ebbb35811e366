/** `npm start` with an empty data folder and both sandboxes, of which nothing is connected yet: what somebody has who tries Koppel. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../scripts/free-ports.js';
import { until } from './wait.js';

export interface EmptyDemo {
  /** Resolves with the link that it prints for the first account. */
  link(): Promise<string>;
  readonly ports: { readonly http: number; readonly till: number; readonly shop: number };
  stop(): Promise<void>;
}

export async function startEmptyDemo(products = 100): Promise<EmptyDemo> {
  const folder = mkdtempSync(join(tmpdir(), 'koppel-first-run-'));
  // Started as root, Postgres runs as somebody else, who has to get here.
  chmodSync(folder, 0o755);
  const ports = { http: await freePort(), till: await freePort(), shop: await freePort() };
  const others = Object.entries(process.env).filter(([name]) => !/^(KOPPEL_|NODE_OPTIONS)/.test(name));
  const hub = spawn(
    process.execPath,
    ['--input-type=module', '-e', `await (await import('./dist/src/cli/start.js')).main([])`],
    {
      env: {
        ...Object.fromEntries(others),
        KOPPEL_DEMO: 'empty',
        KOPPEL_DATA_DIR: join(folder, 'data'),
        KOPPEL_HTTP_PORT: String(ports.http),
        KOPPEL_SANDBOX_MPLUSKASSA_PORT: String(ports.till),
        KOPPEL_SANDBOX_SOFTMAAT_PORT: String(ports.shop),
        KOPPEL_SANDBOX_PRODUCTS: String(products),
      },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  let said = '';
  hub.stderr.on('data', (data) => (said += String(data)));
  const gone = once(hub, 'close');
  return {
    ports,
    async link() {
      // It says its lines one by one, and not all of them need be here at once.
      const printed = (): string | undefined => /Sign in {6}(http\S+)\s/.exec(said)?.[1];
      return until(printed, { what: 'the hub to print its link', timeoutMs: 90_000 });
    },
    async stop() {
      hub.kill('SIGINT');
      await gone;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
