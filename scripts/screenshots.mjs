/**
 * `npm run screenshots`: pictures of the dashboard for the README, with the data of the demo. Starts a hub of its own with an empty data
 * directory and both sandboxes, lets it work, breaks a little, and writes docs/screenshots/<page>.png. Needs a Chromium.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
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
/** A flow that nobody has switched on. */
const untried = 'products-to-the-till';
const person = { name: 'Anna Peeters', email: 'anna@example.com', password: 'five green bicycles' };

/** Page → picture; `of` asks for the id between address and `tab`; `make` is what is there first, `act` what somebody does on the page. */
const pictures = [
  { name: 'overview', path: '/' },
  { name: 'overview-dark', path: '/', scheme: 'dark' },
  { name: 'activity', path: '/activity' },
  {
    name: 'event',
    path: '/events/',
    of: 'syncEvents(first: 1, filter: { entityType: [ORDER], outcome: [SUCCEEDED] }) { nodes { id } }',
  },
  { name: 'problems', path: '/problems' },
  { name: 'conflicts', path: '/conflicts' },
  { name: 'alerts', path: '/alerts' },
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
  {
    name: 'value-list-grid',
    path: '/value-lists/',
    of: 'valueMaps { id key }',
    pick: (all) => all.find(({ key }) => key === 'mpluskassa-vat-code'),
    tab: 'grid',
  },
  { name: 'order', path: '/orders/', of: 'orders(first: 1, sort: { field: TOTAL, direction: DESC }) { nodes { id } }' },
  {
    name: 'history',
    path: '/customers/',
    of: 'fieldConflicts(first: 1) { nodes { entity { id } } }',
    pick: ([conflict]) => conflict?.entity,
    tab: 'history',
    act: async (page) => {
      const change = page.getByRole('row').filter({ hasText: 'Telephone' });
      await change.getByRole('button', { name: /^Show the change/ }).last().click(); // prettier-ignore
      await page.getByLabel('Only what differs').check();
    },
  },
  { name: 'stock', path: '/stock' },
  { name: 'systems', path: '/systems' },
  { name: 'jobs', path: '/jobs', make: startJobs },
  {
    name: 'flow-trial',
    make: makeUntried,
    path: '/flows/',
    of: 'flows { id key }',
    pick: (flows) => flows.find(({ key }) => key === untried),
    act: async (page) => {
      await page.getByRole('button', { name: 'Try it out' }).click();
      await page.getByRole('region', { name: 'Products from Softmaat' }).waitFor({ timeout: 60_000 });
    },
  },
];

const say = (line) => process.stderr.write(`${line}\n`);
const wait = (ms) => new Promise((next) => setTimeout(next, ms));

async function send(key, query, variables = {}) {
  const response = await fetch(`${hub}/graphql`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  return (await response.json()).data;
}

const ask = async (key, question) => (await send(key, `{ found: ${question} }`)).found;

/** One mutation with one input. */
async function tell(key, name, input) {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const mutation = `mutation ($input: ${type}!) { done: ${name}(input: $input) { userErrors { message } } }`;
  const { done } = await send(key, mutation, { input });
  if (done.userErrors.length > 0) throw new Error(`${name}: ${done.userErrors[0].message}`);
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

/** What waits for something that no flow brings: a few orders of the sample data. */
const mostLeft = 5;

/** Ten seconds in which nothing moves, and next to nothing waits. */
async function settle(key, what) {
  let quiet = 0;
  let before = '';
  await until(what, async () => {
    const flows = await ask(key, 'flows { syncState { pending { value } } }');
    const waiting = flows.map(({ syncState }) => syncState.pending.value);
    const isQuiet = String(waiting) === before && waiting.every((count) => count <= mostLeft);
    before = String(waiting);
    quiet = isQuiet ? quiet + 1 : 0;
    return quiet === 10;
  });
}

/** The demo at work: the first load is over, people have sold and edited, and a few orders wait for somebody. */
async function letItWork(key) {
  await settle(key, 'the first load');
  for (let seed = 1; seed <= 3; seed++) {
    await mutate(ports.KOPPEL_SANDBOX_SOFTMAAT_PORT, { kind: 'orders', count: 6, seed, edits: ['new'] });
    await mutate(ports.KOPPEL_SANDBOX_MPLUSKASSA_PORT, { kind: 'orders', count: 3, seed, edits: ['new'] });
    await mutate(ports.KOPPEL_SANDBOX_MPLUSKASSA_PORT, { kind: 'products', count: 12, seed });
    await wait(8_000);
  }
  await forgetRate(key);
  await mutate(ports.KOPPEL_SANDBOX_SOFTMAAT_PORT, { kind: 'orders', count: 6, seed: 4, edits: ['new'] });
  await until('a problem', async () => (await ask(key, 'deadLetters(first: 1) { nodes { id } }')).nodes.length > 0);
}

/** A rate of VAT that the till knows loses its row. */
async function forgetRate(key) {
  const list = async () => (await ask(key, 'valueMaps { id key draftRevision }')).find((each) => each.key === 'mpluskassa-vat-code'); // prettier-ignore
  const edit = ({ id, draftRevision }) => ({ id, expectedRevision: draftRevision });
  await tell(key, 'valueMapEntriesDelete', { ...edit(await list()), entries: [{ sourceValue: '21' }] });
  await tell(key, 'valueMapPublish', { ...edit(await list()), note: 'A row too many', then: 'APPLY_TO_NEW' });
}

/** The same customers are changed in both systems at once, about fields that no system owns. */
async function disagree(key) {
  const owners = ['email', 'phone'].map((path) => ({ path, policy: 'MANUAL' }));
  await tell(key, 'fieldOwnersSave', { entityType: 'CUSTOMER', owners });
  const { encodeRequest } = await import('../dist/src/systems/mpluskassa/soap/codec.js');
  const { nodes } = await ask(key, 'customers(first: 60) { nodes { externalReferences { externalId system { key } } } }'); // prettier-ignore
  const known = nodes.filter(({ externalReferences }) => externalReferences.length === 2).slice(0, 3);
  await Promise.all(
    known.map(async ({ externalReferences }, i) => {
      const idIn = (system) => externalReferences.find((each) => each.system.key === system).externalId;
      const debtor = `http://127.0.0.1:${ports.KOPPEL_SANDBOX_SOFTMAAT_PORT}/api/v1/debtors/${idIn('softmaat')}`;
      const change = { email: `web${i}@example.com`, phone: `+32 9 555 01 0${i}` };
      const headers = { authorization: 'Bearer sandbox-token', 'content-type': 'application/json' };
      // The hub asks the shop too, which answers only so often.
      const isChanged = async () =>
        (await fetch(debtor, { method: 'PATCH', headers, body: JSON.stringify(change) })).ok;
      await until('the change in the shop', isChanged, 30);
      const relation = { relationNumber: idIn('mpluskassa'), email: `shop${i}@example.net`, telephone: `09 555 99 0${i}` }; // prettier-ignore
      await fetch(`http://127.0.0.1:${ports.KOPPEL_SANDBOX_MPLUSKASSA_PORT}/?ident=koppel&secret=sandbox-secret`, {
        method: 'POST',
        headers: { 'content-type': 'text/xml; charset=utf-8' },
        body: encodeRequest('updateRelation', { relation }),
      });
    }),
  );
  await until('conflicts', async () => (await ask(key, 'fieldConflicts(first: 1) { nodes { id } }')).nodes.length > 0, 60); // prettier-ignore
}

/** The three rules that the dashboard proposes, and a colleague's program that is told; one of them fires at once. Returns the way to end it. */
async function watch(key) {
  const colleague = createServer((_, answer) => answer.writeHead(204).end()).listen(0, '127.0.0.1');
  await once(colleague, 'listening');
  const webhook = `http://127.0.0.1:${colleague.address().port}/koppel`;
  await tell(key, 'alertChannelSave', { name: 'Shop floor', target: { webhook } });
  const channelIds = (await ask(key, 'alertChannels { id }')).map(({ id }) => id);
  await tell(key, 'alertRuleSave', { name: 'Delay of a flow', kind: 'LAG', threshold: 15, channelIds });
  await tell(key, 'alertRuleSave', { name: 'Open problems', kind: 'OPEN_DEAD_LETTERS', threshold: 5, channelIds });
  await tell(key, 'alertRuleSave', {
    name: 'System unreachable',
    kind: 'SYSTEM_UNREACHABLE',
    threshold: 5,
    channelIds,
  });
  await until('an alert that was told', async () => {
    const { nodes } = await ask(key, 'alerts(first: 1) { nodes { notifications { isDelivered } } }');
    return nodes.some(({ notifications }) => notifications.some(({ isDelivered }) => isDelivered));
  });
  return () => colleague.close();
}

/** Long work; last, because its many writes would hide everything else in the log. */
async function startJobs(key) {
  const flows = await ask(key, 'flows { id key }');
  const { id } = flows.find((flow) => flow.key === 'products-to-softmaat');
  await tell(key, 'mappingImpactAnalyze', { mappingId: 'softmaat-variant-out' });
  await tell(key, 'flowBackfill', { id, name: 'After the stocktaking', selection: { all: true } });
}

async function makeUntried(key) {
  const systems = await ask(key, 'systems { id key }');
  const idOf = (name) => systems.find((system) => system.key === name).id;
  await tell(key, 'flowCreate', {
    key: untried,
    name: 'Products from Softmaat to MplusKASSA',
    entityType: 'PRODUCT',
    sourceSystemId: idOf('softmaat'),
    targetSystemId: idOf('mpluskassa'),
  });
}

async function take(key) {
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  for (const { name, path, of, pick = (all) => all[0], tab, make, act, scheme = 'light' } of pictures) {
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
    const { email, password } = person;
    if (!first.ok()) await context.request.post(`${hub}/session`, { headers, data: { email, password } });
    await make?.(key);
    const found = of === undefined ? null : await ask(key, of);
    const record = found === null ? null : pick(found.nodes ?? found);
    if (record === undefined) {
      say(`no picture of ${name}: there is none to show`);
      continue;
    }
    const page = await context.newPage();
    await page.goto(`${hub}${path}${record?.id ?? ''}${tab === undefined ? '' : `?tab=${tab}`}`);
    await page.getByRole('heading', { level: 1 }).first().waitFor();
    await until('the answers', async () => (await page.locator('[aria-busy="true"]').count()) === 0, 20);
    await act?.(page);
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
  await disagree(key);
  await settle(key, 'the changes');
  const endWatch = await watch(key);
  await take(key);
  endWatch();
} finally {
  demo.kill('SIGTERM');
  await new Promise((ended) => demo.once('exit', ended));
  rmSync(folder, { recursive: true, force: true });
}
