/**
 * The hub as several processes on one database: each role by itself, several of each, some of them killed, stopped, started and
 * hung while orders and products move in both directions. `KOPPEL_TEST_ORDERS` for another number of orders per side (default 20 here),
 * `KOPPEL_TEST_STORM_SECONDS` for a longer coming and going (default 8).
 */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sampleFlows } from '../../src/config/sample.js';
import { expectAgreement as expectHubAgreement } from '../support/agreement.js';
import { makeCrew, type Crew } from '../support/crew.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { holdPart } from '../support/held-part.js';
import { testApiKey } from '../support/processes.js';
import { busyness } from '../support/patience.js';
import { openStage, type Stage } from '../support/stage.js';
import { storm } from '../support/storm.js';
import { until } from '../support/wait.js';

const orders = Number(process.env['KOPPEL_TEST_ORDERS'] ?? '20');
const stormSeconds = Number(process.env['KOPPEL_TEST_STORM_SECONDS'] ?? '8');
/** What a killed projector was sending may take effect for a good minute; only then it is looked for. */
const patienceMs = 150_000 + orders * 600;
const roles = ['api', 'capture', 'ingest', 'project'] as const;
/** Killing must move the work within this time, by leases that nobody renews. */
const takeoverMs = 5_000;

let database: TestDatabase;
let stage: Stage;
let crew: Crew;

const tell = (line: string): void => {
  if (process.env['KOPPEL_TEST_VERBOSE'] === '1') process.stderr.write(`measured: ${line}\n`);
};

async function placeOrders(seed: number, count = orders): Promise<void> {
  await Promise.all([
    stage.till.mutate('orders', count, seed, { edits: ['new'] }),
    stage.shop.mutate('orders', count, seed + 1, { edits: ['new'] }),
  ]);
}

const expectAgreement = (): Promise<void> => expectHubAgreement(stage, patienceMs, database.url);

beforeAll(async () => {
  database = await createTestDatabase();
  stage = await openStage({ databaseUrl: database.url, products: 40, pollMs: 300, requestTimeoutMs: 5_000, flows: sampleFlows }); // prettier-ignore
  crew = makeCrew(stage);
  await Promise.all(roles.map((role) => crew.start(role)));
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
    for (const { role, hub } of crew.running) {
      const answers = async (): Promise<number[]> =>
        Promise.all(['livez', 'readyz', 'version'].map(async (path) => (await fetch(`${hub.url}/${path}`)).status));
      // One whose database does not answer within a second is not ready, and is so again with the next question.
      await until(async () => (expect(await answers()).toEqual([200, 200, 200]), true), { what: `${role} to answer` });
      const graph = await fetch(`${hub.url}/graphql`, { method: 'POST' });
      expect({ role, found: graph.status !== 404 }).toEqual({ role, found: role === 'api' });
    }
  });
});

describe('several processes of each role', () => {
  it('share the partitions evenly', async () => {
    await Promise.all((['capture', 'ingest', 'project'] as const).map((role) => crew.start(role)));
    await until(
      async () => {
        const held = await crew.shares('changes.mpluskassa');
        return held.length === 2 && held.every((count) => count === 4);
      },
      { timeoutMs: 20_000, everyMs: 100, what: 'two processes with four partitions each' },
    );
  }, 120_000);

  it('take over within five seconds what a killed one had', async () => {
    await placeOrders(401);
    const times: Record<string, number> = {};
    for (const role of ['capture', 'ingest', 'project'] as const) {
      times[role] = await crew.takeOver(role, takeoverMs);
    }
    tell(`taken over after ${JSON.stringify(times)} ms`);
    expect(Object.keys(times).sort()).toEqual(['capture', 'ingest', 'project']);
    for (const ms of Object.values(times)) expect(ms).toBeLessThan(takeoverMs);
  }, 120_000);

  it('go on while others join and leave every second', async () => {
    const left = await storm(stage, {
      seconds: stormSeconds,
      roles: (second) => (second % 2 === 0 ? 'ingest' : 'ingest,project,capture'),
      work: (second) => placeOrders(500 + 2 * second, 1),
    });
    tell(`a storm of ${stormSeconds} s: ${JSON.stringify(left)}`);
  }, 300_000);

  it('are replaced one after the other, old beside new, and each gives back at once what it had', async () => {
    await placeOrders(601);
    for (const old of [...crew.running]) {
      await crew.start(old.role);
      const at = performance.now();
      await old.hub.stop();
      const ms = performance.now() - at;
      tell(`${old.role} stopped in order after ${ms.toFixed(0)} ms`);
      expect(ms).toBeLessThan(20_000);
      expect(await old.hub.gone).toBe('0');
      expect(await crew.leases(old)).toEqual([]);
      crew.forget(old);
    }
    const areAlive = async (): Promise<boolean> => {
      const ids = (await crew.members()).map(({ id }) => id);
      return crew.running.every(({ owner }) => ids.includes(owner));
    };
    await until(areAlive, { what: 'all processes to say that they are alive' });
  }, 300_000);

  it('stay ready when a newer release has added to the database, which an older one refuses to start on', async () => {
    const name = 'of-a-newer-release1999000000000';
    await stage.ask(`insert into schema_migration (timestamp, name) values (1999000000000, $1)`, [name]);
    await stage.ask('alter table sales_order add column of_a_newer_release text');
    for (const { hub, role } of crew.running) await until(() => hub.isReady(), { what: `${role} to be ready` });
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
    await crew.start('project');
    const { hub } = crew.ofRole('api')[0]!;
    const part = await holdPart(database.url, 1);
    const input = { entityType: 'AUDIT_ENTRY', format: 'JSONL', columns: ['id', 'detail'] };
    const { dataExport } = await hub.graphql<{ dataExport: { job: { id: string } } }>(
      'mutation ($input: DataExportInput!) { dataExport(input: $input) { job { id } userErrors { message } } }',
      { input },
    );
    const { id } = dataExport.job;
    await until(() => part.isStuck(), { timeoutMs: 60_000, everyMs: 25, what: 'the second part to be held back' });
    const [{ owner } = { owner: '' }] = await stage.ask<{ owner: string }>('select owner from job where id = $1', [id]);
    const writer = crew.running.find((each) => each.owner === owner)!;
    await writer.hub.kill();
    crew.forget(writer);
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
    const [old] = crew.ofRole('capture');
    const hung = await crew.start('capture', { KOPPEL_FAILPOINT: 'C0:hang', KOPPEL_WATCHDOG_MS: '3000' });
    await old?.hub.stop();
    // It hangs at its first reading of a stream that it holds.
    await until(async () => (await crew.leases(hung)).length > 0, { what: 'it to have something to hang with', timeoutMs: 20_000 }); // prettier-ignore
    await crew.start('capture');
    expect(await hung.hub.gone).toBe('1');
    await crew.untilTaken(hung);
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
    expect(p50).toBeLessThan(1_500 * busyness());
  }, 400_000);
});
