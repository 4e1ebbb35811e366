/**
 * The hub as several processes on one database: each role by itself, several of each, some of them killed, stopped, started and
 * hung while orders and products move in both directions. `KOPPEL_TEST_ORDERS` for another number of orders per side (default 20 here),
 * `KOPPEL_TEST_STORM_SECONDS` for a longer coming and going (default 8).
 */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sampleFlows } from '../../src/config/sample.js';
import { diagnose } from '../chaos/diagnosis.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { holdPart } from '../support/held-part.js';
import { orderAgreement, orderWorld } from '../support/order-world.js';
import { testApiKey, type HubHandle } from '../support/processes.js';
import { openStage, type Stage } from '../support/stage.js';
import { until } from '../support/wait.js';

const orders = Number(process.env['KOPPEL_TEST_ORDERS'] ?? '20');
const stormSeconds = Number(process.env['KOPPEL_TEST_STORM_SECONDS'] ?? '8');
/** What a killed projector was sending may take effect for a good minute; only then it is looked for. */
const patienceMs = 150_000 + orders * 600;
const roles = ['api', 'capture', 'ingest', 'project'] as const;
type Role = (typeof roles)[number];
/** Killing must move the work within this time, by leases that nobody renews. */
const takeoverMs = 5_000;

let database: TestDatabase;
let stage: Stage;
const running: { readonly role: string; readonly hub: HubHandle; readonly owner: string }[] = [];

const tell = (line: string): void => {
  if (process.env['KOPPEL_TEST_VERBOSE'] === '1') process.stderr.write(`measured: ${line}\n`);
};

/** Starts a process; it is known by the owner that it writes into leases. */
async function start(role: Role, env: Readonly<Record<string, string>> = {}): Promise<void> {
  const before = new Set((await members()).map(({ id }) => id));
  const hub = await stage.hub({ env: { ...env, KOPPEL_ROLE: role } });
  const isMade = ({ id, roles: has }: Member): boolean => !before.has(id) && has.join() === role;
  // One that a busy machine keeps from its heartbeat for some seconds is not counted, until it has its next.
  const made = await until(async () => (await members()).find(isMade), {
    what: `the process for ${role} to say that it is alive`,
  }).catch(async (late: Error) => {
    throw new Error(`${late.message}; ${(await hub.kill()) ?? 'it was running'}`);
  });
  running.push({ role, hub, owner: made.id });
}

interface Member {
  readonly id: string;
  readonly roles: readonly string[];
}
const members = (): Promise<Member[]> =>
  stage.ask('select id, roles from hub_process where alive_until > clock_timestamp()');

const ofRole = (role: Role) => running.filter((each) => each.role === role);

function forget(owner: string): void {
  running.splice(
    running.findIndex((each) => each.owner === owner),
    1,
  );
}

/** What a process holds by its leases, as long as they last. */
const leases = (owner: string): Promise<{ what: string }[]> =>
  stage.ask(
    `select consumer || ' ' || topic || ' ' || partition as what from consumer_position where owner = $1
     union all select 'capture ' || system || ' ' || stream from capture_position where owner = $1`,
    [owner],
  );

/** Kills a process with work in its hands and waits until all of it has another owner; returns how long that took. */
async function killAndMeasure({ hub, owner }: { hub: HubHandle; owner: string }): Promise<number> {
  const held = await leases(owner);
  const at = performance.now();
  expect(await hub.kill()).toBeUndefined();
  forget(owner);
  await until(async () => (await leases(owner)).length === 0, {
    timeoutMs: 30_000,
    everyMs: 25,
    what: `others to take ${held.map(({ what }) => what).join(', ')}`,
  });
  return performance.now() - at;
}

const shares = (): Promise<{ owner: string; count: number }[]> =>
  stage.ask(
    `select owner, count(*)::int as count from consumer_position
     where consumer = 'ingest' and topic = 'changes.mpluskassa' and lease_until > clock_timestamp()
     group by owner order by count desc`,
  );

async function expectNothingDoubled(): Promise<void> {
  const { till, shop } = await orderWorld(stage);
  for (const side of [till, shop]) {
    const marks = side.created.flatMap(({ entity, mark }) => (mark === null ? [] : [`${entity} ${mark}`]));
    expect(new Set(marks).size).toBe(marks.length);
  }
}

async function placeOrders(seed: number, count = orders): Promise<void> {
  await Promise.all([
    stage.till.mutate('orders', count, seed, { edits: ['new'] }),
    stage.shop.mutate('orders', count, seed + 1, { edits: ['new'] }),
  ]);
}

async function expectAgreement(): Promise<void> {
  expect(await stage.agreement(patienceMs)).toMatchObject({ lost: [], doubled: [] });
  const verdict = await orderAgreement(stage, patienceMs);
  if (verdict.lost.length > 0)
    await diagnose(database.url, verdict.lost.slice(0, 2), (line) => process.stderr.write(`${line}\n`));
  expect(verdict).toMatchObject({ lost: [], doubled: [], reported: [] });
  await expectNothingDoubled();
}

beforeAll(async () => {
  database = await createTestDatabase();
  stage = await openStage({ databaseUrl: database.url, products: 40, pollMs: 300, requestTimeoutMs: 5_000, flows: sampleFlows }); // prettier-ignore
  await Promise.all(roles.map((role) => start(role)));
}, 120_000);
afterAll(async () => {
  await stage.close();
  await database.drop();
}, 120_000);

describe('each role in a process of its own', () => {
  it('moves products and orders both ways until both systems agree', async () => {
    await placeOrders(301);
    await stage.till.mutate('products', 5, 303);
    await expectAgreement();
  }, 300_000);

  it('answers for machines in every role, and the graph only in one', async () => {
    for (const { role, hub } of running) {
      const answers = await Promise.all(['livez', 'readyz', 'version'].map((path) => fetch(`${hub.url}/${path}`)));
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
      const graph = await fetch(`${hub.url}/graphql`, { method: 'POST' });
      expect({ role, found: graph.status !== 404 }).toEqual({ role, found: role === 'api' });
    }
  });
});

describe('several processes of each role', () => {
  it('share the partitions evenly', async () => {
    await Promise.all((['capture', 'ingest', 'project'] as const).map((role) => start(role)));
    await until(
      async () => {
        const held = await shares();
        return held.length === 2 && held.every(({ count }) => count === 4);
      },
      { timeoutMs: 20_000, everyMs: 100, what: 'two processes with four partitions each' },
    );
  }, 120_000);

  it('take over within five seconds what a killed one had', async () => {
    await placeOrders(401);
    const times: Record<string, number> = {};
    for (const role of ['capture', 'ingest', 'project'] as const) {
      const held = await Promise.all(
        ofRole(role).map(async (each) => ({ each, count: (await leases(each.owner)).length })),
      );
      const busiest = held.sort((a, b) => b.count - a.count)[0];
      if (busiest !== undefined && busiest.count > 0) times[role] = await killAndMeasure(busiest.each);
    }
    tell(`taken over after ${JSON.stringify(times)} ms`);
    expect(Object.keys(times).sort()).toEqual(['capture', 'ingest', 'project']);
    for (const ms of Object.values(times)) expect(ms).toBeLessThan(takeoverMs);
  }, 120_000);

  it('go on while others join and leave every second', async () => {
    const extra: HubHandle[] = [];
    for (let second = 0; second < stormSeconds; second++) {
      const env = { KOPPEL_ROLE: second % 2 === 0 ? 'ingest' : 'ingest,project,capture' };
      extra.push(await stage.hub({ untilReady: false, env }));
      await placeOrders(500 + 2 * second, 1);
      await new Promise((next) => setTimeout(next, 1_000));
      const leaving = second % 3 === 2 ? extra.shift() : undefined;
      // Some are stopped in order, some are killed; many of them before they were ready.
      if (leaving !== undefined) await (second % 2 === 0 ? leaving.stop() : leaving.kill());
    }
    for (const hub of extra) await hub.kill();
  }, 300_000);

  it('are replaced one after the other, old beside new, and each gives back at once what it had', async () => {
    await placeOrders(601);
    for (const old of [...running]) {
      await start(old.role as Role);
      const at = performance.now();
      await old.hub.stop();
      const ms = performance.now() - at;
      tell(`${old.role} stopped in order after ${ms.toFixed(0)} ms`);
      expect(ms).toBeLessThan(20_000);
      expect(await old.hub.gone).toBe('0');
      expect(await leases(old.owner)).toEqual([]);
      forget(old.owner);
    }
    const areAlive = async (): Promise<boolean> => {
      const ids = (await members()).map(({ id }) => id);
      return running.every(({ owner }) => ids.includes(owner));
    };
    await until(areAlive, { what: 'all processes to say that they are alive' });
  }, 300_000);

  it('stay ready when a newer release has added to the database, which an older one refuses to start on', async () => {
    const name = 'of-a-newer-release1999000000000';
    await stage.ask(`insert into schema_migration (timestamp, name) values (1999000000000, $1)`, [name]);
    await stage.ask('alter table sales_order add column of_a_newer_release text');
    for (const { hub } of running) expect(await hub.isReady()).toBe(true);
    const refused = await stage.hub({ env: { KOPPEL_ROLE: 'ingest' } });
    expect(await refused.gone).toBe('1');
    await placeOrders(651, 3);
    await expectAgreement();
    await stage.ask('delete from schema_migration where name = $1', [name]);
  }, 400_000);

  it('finish an exported file in whose middle one of them is killed: whole, and no row twice', async () => {
    const entries = 4_000;
    // Each of its parts is half a megabyte.
    await stage.ask(
      `insert into audit (actor, action, subject, detail) select 'schedule', 'flowPause', 'orders', jsonb_build_object('n', n, 'text', repeat('x', 400)) from generate_series(1, $1::integer) n`,
      [entries],
    );
    await start('project');
    const [{ hub } = { hub: running[0]!.hub }] = ofRole('api');
    const part = await holdPart(database.url, 1);
    const input = { entityType: 'AUDIT_ENTRY', format: 'JSONL', columns: ['id', 'detail'] };
    const { dataExport } = await hub.graphql<{ dataExport: { job: { id: string } } }>(
      'mutation ($input: DataExportInput!) { dataExport(input: $input) { job { id } userErrors { message } } }',
      { input },
    );
    const { id } = dataExport.job;
    await until(() => part.isStuck(), { timeoutMs: 60_000, everyMs: 25, what: 'the second part to be held back' });
    const [{ owner } = { owner: '' }] = await stage.ask<{ owner: string }>('select owner from job where id = $1', [id]);
    const writer = running.find((each) => each.owner === owner);
    await writer!.hub.kill();
    forget(owner);
    await part.letGo();
    const stands = async () => (await stage.ask<{ status: string; owner: string }>('select status, owner from job where id = $1', [id]))[0]!; // prettier-ignore
    await until(async () => (await stands()).status === 'SUCCEEDED', { timeoutMs: 60_000, everyMs: 100, what: 'another process to finish the file' }); // prettier-ignore
    expect((await stands()).owner).not.toBe(owner);
    const file = await fetch(`${hub.url}/exports/${id}`, { headers: { authorization: `Bearer ${testApiKey}` } });
    expect(file.status).toBe(200);
    const rows = (await file.text()).trimEnd().split('\n').map((line) => JSON.parse(line) as { id: string; detail: { n?: number } }); // prettier-ignore
    expect(new Set(rows.map((row) => row.id)).size).toBe(rows.length);
    const found = rows.flatMap(({ detail: { n } }) => (n === undefined ? [] : [n])).sort((a, b) => a - b);
    expect(found).toEqual(Array.from({ length: entries }, (_, i) => i + 1));
  }, 180_000);

  it('take over from one that hangs, because it ends itself', async () => {
    const [old] = ofRole('capture');
    await start('capture', { KOPPEL_FAILPOINT: 'C0:hang', KOPPEL_WATCHDOG_MS: '3000' });
    const hung = running.at(-1);
    await old?.hub.stop();
    await start('capture');
    expect(await hung?.hub.gone).toBe('1');
    await until(async () => (await leases(hung?.owner ?? '')).length === 0, { timeoutMs: 10_000, everyMs: 50, what: 'its streams to be taken' }); // prettier-ignore
  }, 120_000);

  it('start a call soon after the change was captured: stages of different processes wake each other', async () => {
    await expectAgreement();
    const [{ at } = { at: new Date() }] = await stage.ask<{ at: Date }>('select clock_timestamp() as at');
    for (let i = 0; i < 30; i++) {
      await stage.till.mutate('products', 1, 700 + i);
      await new Promise((next) => setTimeout(next, 200));
    }
    await expectAgreement();
    const rows = await stage.ask<{ ms: number; applied: number }>(
      `select min(extract(epoch from j.at - e.at) * 1000) filter (where j.step = 'intent')::float8 as ms,
         min(extract(epoch from j.at - e.at) * 1000) filter (where j.step = 'applied')::float8 as applied
       from log_entry e join journal j on j.trace_id = e.trace_id
       where e.topic = 'changes.mpluskassa' and e.at > $1 group by e.trace_id having count(*) filter (where j.step = 'intent') > 0`,
      [at],
    );
    const of = (share: number, values: readonly number[]): number =>
      [...values].sort((x, y) => x - y)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? NaN;
    const sent = rows.map(({ ms }) => ms);
    const applied = rows.map((row) => row.applied);
    const [p50, p99] = [of(0.5, sent), of(0.99, sent)];
    tell(`captured until sent: p50 ${p50.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms; until applied: p50 ${of(0.5, applied).toFixed(0)} ms; ${rows.length} changes`); // prettier-ignore
    expect(rows.length).toBeGreaterThan(5);
    // Each of three stages that had to wait for its own poll would take half a second on average, and more on a busy machine.
    expect(p50).toBeLessThan(1_500);
  }, 400_000);
});
