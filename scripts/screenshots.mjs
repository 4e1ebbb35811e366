/**
 * `npm run screenshots`: pictures of the dashboard for the README, with the data of the demo. Starts a hub of its own with an empty data
 * directory and both sandboxes, lets it work, breaks a little, and writes docs/screenshots/<page>.png. Needs a Chromium.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { chromium } from 'playwright-core';

const root = resolve(import.meta.dirname, '..');
const out = join(root, 'docs', 'screenshots');
const ports = {
  KOPPEL_HTTP_PORT: '4700',
  KOPPEL_SANDBOX_MPLUSKASSA_PORT: '4701',
  KOPPEL_SANDBOX_SOFTMAAT_PORT: '4702',
};
const hub = `http://127.0.0.1:${ports.KOPPEL_HTTP_PORT}`;
const executablePath =
  process.env.KOPPEL_TEST_CHROMIUM ??
  ['/usr/bin/chromium', '/usr/bin/google-chrome'].find((place) => existsSync(place));
const person = { name: 'Anna Peeters', email: 'anna@example.com', password: 'five green bicycles' };

/** Page → picture; `of` asks for the id at the end of the address. */
const pictures = [
  { name: 'overview', path: '/' },
  { name: 'overview-dark', path: '/', scheme: 'dark' },
  { name: 'activity', path: '/activity' },
  {
    name: 'event',
    path: '/events/',
    of: 'syncEvents(first: 1, filter: { outcome: [FAILED, RETRYING, SUCCEEDED] }) { nodes { id } }',
  },
  { name: 'problems', path: '/problems' },
  {
    name: 'flow',
    path: '/flows/',
    of: 'flows { id entityType }',
    pick: (flows) => flows.find((flow) => flow.entityType === 'ORDER'),
  },
  {
    name: 'mapping',
    path: '/mappings/',
    of: 'mappings { id key }',
    pick: (all) => all.find(({ key }) => key === 'softmaat-variant-out'),
  },
  {
    name: 'value-list',
    path: '/value-lists/',
    of: 'valueMaps { id key }',
    pick: (all) => all.find(({ key }) => key === 'mpluskassa-vat-code'),
  },
  { name: 'order', path: '/orders/', of: 'orders(first: 1) { nodes { id } }' },
  { name: 'systems', path: '/systems' },
];

const say = (line) => process.stderr.write(`${line}\n`);
const wait = (ms) => new Promise((next) => setTimeout(next, ms));

async function ask(key, question) {
  const response = await fetch(`${hub}/graphql`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ query: `{ found: ${question} }` }),
  });
  return (await response.json()).data.found;
}

async function until(what, check, seconds = 240) {
  for (let left = seconds; left > 0; left--) {
    if (await check().catch(() => false)) return;
    await wait(1_000);
  }
  throw new Error(`Waited ${seconds} s in vain for ${what}.`);
}

async function mutate(port, body) {
  await fetch(`http://127.0.0.1:${port}/__sandbox/mutate`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

/** The demo at work: the first load is over, people have sold and edited, and a few orders wait for somebody. */
async function letItWork(key) {
  await until('the first load', async () => (await ask(key, 'flows { syncState { pending { value } } }')).every((flow) => flow.syncState.pending.value === 0)); // prettier-ignore
  for (let seed = 1; seed <= 4; seed++) {
    await mutate(ports.KOPPEL_SANDBOX_SOFTMAAT_PORT, { kind: 'orders', count: 6, seed, edits: ['new'] });
    await mutate(ports.KOPPEL_SANDBOX_MPLUSKASSA_PORT, { kind: 'orders', count: 3, seed, edits: ['new'] });
    await mutate(ports.KOPPEL_SANDBOX_MPLUSKASSA_PORT, { kind: 'products', count: 12, seed });
    await wait(8_000);
  }
  await wait(10_000);
}

async function take(key) {
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  for (const { name, path, of, pick = (all) => all[0], scheme = 'light' } of pictures) {
    const context = await browser.newContext({
      viewport: { width: 1280, height: 860 },
      colorScheme: scheme,
      locale: 'en',
    });
    const headers = { origin: hub };
    const first = await context.request.post(`${hub}/session/first`, {
      headers,
      data: { proof: key, ...person, language: 'en' },
    });
    if (!first.ok())
      await context.request.post(`${hub}/session`, {
        headers,
        data: { email: person.email, password: person.password },
      });
    const found = of === undefined ? null : await ask(key, of);
    const record = found === null ? null : pick(found.nodes ?? found);
    if (record === undefined) {
      say(`no picture of ${name}: there is none to show`);
      continue;
    }
    const page = await context.newPage();
    await page.goto(`${hub}${path}${record?.id ?? ''}`);
    await page.getByRole('heading', { level: 1 }).first().waitFor();
    await until('the answers', async () => (await page.locator('[aria-busy="true"]').count()) === 0, 20);
    await wait(1_500);
    await page.screenshot({ path: join(out, `${name}.png`) });
    say(`docs/screenshots/${name}.png`);
    await context.close();
  }
  await browser.close();
}

if (executablePath === undefined) throw new Error('There is no Chromium here; name one with KOPPEL_TEST_CHROMIUM.');
mkdirSync(out, { recursive: true });
const folder = mkdtempSync(join(tmpdir(), 'koppel-pictures-'));
const demo = spawn(process.execPath, ['scripts/start.mjs'], {
  cwd: root,
  env: { ...process.env, ...ports, KOPPEL_DATA_DIR: folder },
  stdio: ['ignore', 'ignore', 'inherit'],
});
try {
  await until('the hub', async () => (await fetch(`${hub}/readyz`)).ok);
  const key = readFileSync(join(folder, 'api-key'), 'utf8').trim();
  await letItWork(key);
  await take(key);
} finally {
  demo.kill('SIGTERM');
  await new Promise((ended) => demo.once('exit', ended));
  rmSync(folder, { recursive: true, force: true });
}
