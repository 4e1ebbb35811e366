/** `npm start` as people use it: the built supervisor with embedded Postgres, both sandboxes and the hub, over real processes. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAlive } from '../../src/embedded/server.js';
import { freePort } from '../../scripts/free-ports.js';
import { until } from '../support/wait.js';

interface Started {
  readonly process: ChildProcess;
  readonly gone: Promise<string>;
  text(): string;
}

let folder: string;
let ports: { http: number; till: number; shop: number };
const running = new Set<ChildProcess>();
/** Products that every till has beside its goods: shipping costs, rounding differences, deposits and gift cards. */
const services = 4;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'koppel-start-'));
  // Started as root, Postgres runs as somebody else, who has to get here.
  chmodSync(folder, 0o755);
  ports = { http: await freePort(), till: await freePort(), shop: await freePort() };
});
afterAll(() => {
  for (const child of running) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

function start(overrides: Record<string, string> = {}): Started {
  const others = Object.entries(process.env).filter(([name]) => !/^(KOPPEL_|NODE_OPTIONS)/.test(name));
  const child = spawn(
    process.execPath,
    ['--input-type=module', '-e', `await (await import('./dist/src/cli/start.js')).main([])`],
    {
      env: {
        ...Object.fromEntries(others),
        KOPPEL_DATA_DIR: join(folder, 'data'),
        KOPPEL_HTTP_PORT: String(ports.http),
        KOPPEL_SANDBOX_MPLUSKASSA_PORT: String(ports.till),
        KOPPEL_SANDBOX_SOFTMAAT_PORT: String(ports.shop),
        KOPPEL_SANDBOX_PRODUCTS: '20',
        KOPPEL_POLL_MS: '500',
        ...overrides,
      },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  running.add(child);
  let text = '';
  child.stderr?.on('data', (data) => (text += String(data)));
  const gone = once(child, 'close').then(([code, signal]) => {
    running.delete(child);
    return String(signal ?? code);
  });
  return { process: child, gone, text: () => text };
}

const untilSaid = (started: Started, what: string | RegExp): Promise<unknown> =>
  until(() => (typeof what === 'string' ? started.text().includes(what) : what.test(started.text())), {
    what: `${String(what)} in:\n${started.text()}`,
    timeoutMs: 60_000,
  });

const isFree = (port: number): Promise<boolean> =>
  new Promise((done) => {
    const server = createServer();
    server.once('error', () => done(false));
    server.listen(port, '127.0.0.1', () => server.close(() => done(true)));
  });

const postgresPid = (): number => {
  const file = join(folder, 'data', 'postgres', 'data', 'postmaster.pid');
  return existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : 0;
};

async function ask<T>(query: string): Promise<T> {
  const response = await fetch(`http://127.0.0.1:${ports.http}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${readFileSync(join(folder, 'data', 'api-key'), 'utf8').trim()}`,
    },
    body: JSON.stringify({ query }),
  });
  return ((await response.json()) as { data: T }).data;
}

const products = async (): Promise<number> =>
  (await ask<{ products: { totalCount: { value: number } } }>('{ products(first: 1) { totalCount { value } } }'))
    .products.totalCount.value;

/** The telephone numbers about which people are asked, as each system has them. */
async function disputed(): Promise<readonly string[]> {
  interface Conflict {
    readonly path: string;
    readonly hasAgreed: boolean;
    readonly values: readonly { readonly system: { readonly key: string }; readonly value: string }[];
  }
  const { fieldConflicts } = await ask<{ fieldConflicts: { nodes: readonly Conflict[] } }>(
    '{ fieldConflicts { nodes { path hasAgreed values { system { key } value } } } }',
  );
  const said = ({ values }: Conflict): string => values.map(({ system, value }) => `${system.key} ${value}`).sort().join(', '); // prettier-ignore
  return fieldConflicts.nodes.map((each) => `${each.path} ${said(each)}${each.hasAgreed ? ' after all' : ''}`).sort();
}

const makeFirstAccount = async (proof: string): Promise<number> => {
  const person = { name: 'Anna', email: 'anna@example.com', password: 'five green bicycles' };
  const response = await fetch(`http://127.0.0.1:${ports.http}/session/first`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ proof, ...person }),
  });
  return response.status;
};

describe('npm start', () => {
  it('brings everything up, shows one line per run, and Ctrl-C leaves nothing behind', async () => {
    const started = start();
    await untilSaid(started, 'Koppel is ready.');
    expect(isAlive(postgresPid())).toBe(true);
    await untilSaid(started, /products-to-softmaat: .*created/);
    // That run may have ended before the last page was read.
    await until(async () => (await products()) >= 20 + services, { what: 'all products', timeoutMs: 60_000, everyMs: 250 }); // prettier-ignore
    expect(await products()).toBe(20 + services);
    const claims = [
      'phone mpluskassa 030 271 45 60, softmaat 06 5520 7413',
      'phone mpluskassa 09 224 11 80, softmaat 09 224 18 10',
    ];
    // Whichever system is read first, and however late the other one is.
    await until(async () => (await disputed()).length === claims.length, { what: 'the conflicts of the sample', timeoutMs: 90_000, everyMs: 250 }); // prettier-ignore
    expect(await disputed()).toEqual(claims);
    const link = /Sign in {6}(http\S+)\/account#first=([\w-]{43}) /.exec(started.text());
    expect(link?.[1]).toBe(`http://127.0.0.1:${ports.http}`);
    expect((await fetch(`${link![1]}/account`, { headers: { accept: 'text/html' } })).status).toBe(200);
    expect(await makeFirstAccount(link![2]!)).toBe(200);
    expect(readFileSync(join(folder, 'data', 'hub.log'), 'utf8')).not.toContain(link![2]);
    expect(started.text()).toMatch(/API key {6}kpl_\w+.* \(shown once; kept in .*api-key\)/);

    started.process.kill('SIGINT');
    // npm passes the same Ctrl-C on a moment later; that must not count as the second one.
    started.process.kill('SIGINT');
    expect(await started.gone).toBe('0');
    expect(started.text()).toContain('Stopped.');
    expect(postgresPid()).toBe(0);
    expect(await Promise.all([ports.http, ports.till, ports.shop].map(isFree))).toEqual([true, true, true]);
  }, 120_000);

  it('goes on after a kill -9: the children are gone, the database is taken over, nothing is created again', async () => {
    const first = start();
    await untilSaid(first, 'Koppel is ready.');
    const pid = postgresPid();
    first.process.kill('SIGKILL');
    await first.gone;
    expect(isAlive(pid)).toBe(true);

    const second = start();
    await untilSaid(second, 'Ctrl-C stops everything.');
    expect(second.text()).toContain(`Postgres was still running (process ${pid}); it is used on.`);
    expect(second.text()).not.toContain('shown once');
    expect(second.text()).toMatch(/Sign in {6}http\S+\/account$/m);
    const explorer = /^ +Explorer +(\S+)/m.exec(second.text())?.[1] ?? '';
    expect(await (await fetch(explorer)).text()).toContain('<title>Koppel API explorer</title>');
    expect(await products()).toBe(20 + services);
    expect(await disputed()).toHaveLength(2);

    const ledger = await fetch(`http://127.0.0.1:${ports.shop}/__sandbox/ledger?after=0`);
    const creates = (await ledger.text()).split('\n').filter((line) => /"op":"create"/i.test(line));
    const keys = creates.map((line) => JSON.parse(line) as { type: string; key: string });
    expect(new Set(keys.map(({ type, key }) => `${type} ${key}`)).size).toBe(keys.length);

    // A terminal that is closed takes no more output and sends SIGHUP.
    second.process.stderr?.destroy();
    second.process.kill('SIGHUP');
    expect(await second.gone).toBe('0');
    expect(isAlive(pid)).toBe(false);
  }, 120_000);

  it('names the variable when a port is taken', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as { port: number };
    const started = start({ KOPPEL_SANDBOX_SOFTMAAT_PORT: String(port) });
    expect(await started.gone).toBe('1');
    taken.close();
    expect(started.text()).toContain(`Port ${port} is in use by another program`);
    expect(started.text()).toContain('KOPPEL_SANDBOX_SOFTMAAT_PORT');
  });

  it('lists everything that is wrong with the configuration and ends with 3', async () => {
    const started = start({ KOPPEL_HTTP_PORT: 'abc', KOPPEL_LOGLEVEL: 'info' });
    expect(await started.gone).toBe('3');
    expect(started.text()).toContain('KOPPEL_HTTP_PORT is "abc"');
    expect(started.text()).toContain('did you mean KOPPEL_LOG_LEVEL?');
  });
});
