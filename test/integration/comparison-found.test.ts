/** A comparison in which everything differs: what it finds goes through the database a page at a time, and none of it is lost. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { noFailpoint } from '../../src/base/failpoint.js';
import { newId } from '../../src/base/ids.js';
import { silentLogger } from '../../src/base/logger.js';
import { systemClock } from '../../src/base/clock.js';
import * as found from '../../src/store/comparison-found.js';
import { comparisonReads } from '../../src/store/comparison-reads.js';
import * as rows from '../../src/store/comparison-rows.js';
import * as store from '../../src/store/comparisons.js';
import { openDatabase, type Database } from '../../src/store/database.js';
import * as jobs from '../../src/store/jobs.js';
import { momentOf } from '../../src/store/restore-checks.js';
import { comparisonWork, type ComparisonWorkDeps } from '../../src/sync/comparison-work.js';
import type { Configuration } from '../../src/sync/configuration.js';
import { makeSpokenNames } from '../../src/sync/spoken-names.js';
import { connectors } from '../../src/systems/connectors.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { serveGraph } from '../support/graph-server.js';

let world: TestDatabase;
let database: Database;
beforeAll(async () => {
  world = await createTestDatabase();
  database = openDatabase(
    { url: world.url, poolMax: 2, applicationName: 'test' },
    { clock: systemClock, logger: silentLogger, failpoint: noFailpoint },
  );
});
afterAll(async () => {
  await database.end();
  await world.drop();
});

const many = 3_000;
const idOf = (n: number): string => String(n).padStart(6, '0');

interface Around {
  readonly pollEveryMs?: number;
  /** Called before a system is read, for which time. */
  readonly beforeReading?: (time: number) => Promise<unknown>;
  readonly toBeRead?: (system: string) => void;
}

/** Records that the till does not show any more: all of them in one reading, all but the first hundred in the other. */
async function compare(gone: (reading: number) => number, around: Around = {}): Promise<{ readonly counts: object; readonly id: string; readonly largest: number }> {
  const [id, job] = [newId('comparison'), newId('job')];
  await database.tx(async (tx) => {
    await jobs.createJob(tx, { id: job, kind: 'RECONCILIATION', input: {}, createdBy: 'schedule' });
    await store.createComparison(tx, { id, job, flow: 'f', entity: 'category', source: 'till', target: 'shop' });
  });
  let [reading, largest] = [0, 0];
  const systems = new Map(['till', 'shop'].map((key) => [key, { key, connector: { streams: [] } }]));
  const flow = { key: 'f', entity: 'category', source: 'till', target: 'shop', isInUse: true, pollEveryMs: around.pollEveryMs ?? 0 };
  let now = 0;
  const clock = { ...systemClock, monotonic: () => now, sleep: (ms: number) => Promise.resolve(void (now += ms)) };
  const seen = <T extends readonly unknown[]>(page: T): T => {
    largest = Math.max(largest, page.length);
    return page;
  };
  const deps = {
    database,
    configuration: { current: () => ({ flows: [flow], systems }) },
    clock,
    toBeRead: around.toBeRead ?? (() => undefined),
    heldAs: {},
    momentOf,
    // Neither system shows anything.
    async *readWhole() {
      reading += 0.5;
      await around.beforeReading?.(reading * 2);
    },
    store: { ...store, addFindings: (tx: never, of: string, some: readonly store.Finding[]) => store.addFindings(tx, of, seen(some)) },
    found: { ...found, noteFound: (query: never, of: found.ReadingId, some: readonly found.KeyedFinding[]) => found.noteFound(query, of, seen(some)) },
    rows: {
      ...rows,
      notShown: (_: unknown, __: string, of: { entity: string }, after: string, limit: number) => {
        const from = after === '' ? gone(reading) : Number(after) + 1;
        const ids = Array.from({ length: Math.max(0, Math.min(limit, many - from)) }, (___, n) => idOf(from + n));
        return Promise.resolve(ids.map((one) => ({ entity: of.entity, canonicalId: `cat_${one}`, externalId: one })));
      },
    },
  } as unknown as ComparisonWorkDeps;
  const input = { comparison: id, flow: 'f' };
  const counts = await comparisonWork(deps)({ input } as unknown as jobs.Job, () => Promise.resolve());
  return { counts, id, largest };
} // prettier-ignore

describe('a comparison that finds much', () => {
  it('holds a page of it at once, and tells all that stood in both readings, in its order', async () => {
    const { counts, id, largest } = await compare((reading) => (reading === 1 ? 100 : 0));
    expect(counts).toMatchObject({ MISSING_IN_SOURCE: many - 100, IN_FLIGHT: 100, compared: many, equal: 0 });
    expect(largest).toBeLessThanOrEqual(250);
    const items = await database.query<{ external_id: string; state: string }>(
      'select external_id, state from comparison_item where comparison = $1 order by id',
      [id],
    );
    expect(items.map((item) => item.external_id)).toEqual(Array.from({ length: many }, (_, n) => idOf(n)));
    expect(items.slice(0, 100).every(({ state }) => state === 'IN_FLIGHT')).toBe(true);
    expect(await database.query('select 1 from comparison_found')).toEqual([]);
  });

  it('is read anew when the database has lost what was read: nothing of that looks like agreement', async () => {
    const crash = (): Promise<unknown> => database.query('truncate comparison_seen, comparison_found');
    // In the middle of the first reading, and in the middle of the second one.
    for (const at of [2, 4]) {
      let crashes = 0;
      const { counts } = await compare(() => many - 5, { beforeReading: async (time) => { if (time === at && crashes++ === 0) await crash(); } }); // prettier-ignore
      expect(counts).toMatchObject({ MISSING_IN_SOURCE: 5, compared: 5 });
    }
    await expect(compare(() => many - 5, { beforeReading: crash })).rejects.toMatchObject({ code: 'COMPARISON_LOST' });
    await database.query(`update job set status = 'FAILED'`);
    await found.forgetLeftOvers(database);
  });

  it('has both systems read at once before it reads them again, however rarely that is done', async () => {
    const asked: string[] = [];
    const { counts } = await compare(() => many - 5, { pollEveryMs: 3_600_000, toBeRead: (system) => void asked.push(system) }); // prettier-ignore
    expect(counts).toMatchObject({ MISSING_IN_SOURCE: 5 });
    expect(asked.slice(0, 2)).toEqual(['till', 'shop']);
    // Such a wish may be lost.
    expect(asked).toHaveLength(12);
  });

  it('leaves nothing behind when its process dies', async () => {
    const [id, job] = [newId('comparison'), newId('job')];
    await database.tx(async (tx) => {
      await jobs.createJob(tx, { id: job, kind: 'RECONCILIATION', input: {}, createdBy: 'schedule' });
      await store.createComparison(tx, { id, job, flow: 'f', entity: 'category', source: 'till', target: 'shop' });
    });
    const finding = { state: 'MISSED', system: 'till', entity: 'category', externalId: '1', canonicalId: null, changes: [], reason: null, reasonCode: null } as const; // prettier-ignore
    await found.noteFound(database, { comparison: id, reading: 1 }, [{ key: '1', finding }]);
    await store.rememberShown(database, id, 'till', [{ entity: 'category', externalId: '1' }]);
    await database.query(`insert into restore_check (id, cause, started_by) values ('rst_1', 'ASKED', 'usr_1')`);
    await store.beginShown(database, 'rst_1');
    await found.forgetLeftOvers(database);
    expect(await database.query('select 1 from comparison_found')).toHaveLength(1);
    await database.query(`update job set status = 'FAILED' where id = $1`, [job]);
    await found.forgetLeftOvers(database);
    expect(await database.query('select 1 from comparison_found')).toEqual([]);
    // What a check after a restore has seen stays until that is over.
    expect(await database.query('select comparison from comparison_seen')).toEqual([{ comparison: 'rst_1' }]);
  });
});

describe('a record that a system shows and the hub does not have', () => {
  const { labelOfItem } = comparisonReads({ query: { query: () => Promise.reject(new Error('asked')) }, cursors: {} } as unknown as Parameters<typeof comparisonReads>[0]); // prettier-ignore
  const labelOf = (state: string, entity: string, said: Readonly<Record<string, string>>): Promise<string | null> => {
    const side = state === 'MISSED' ? 'after' : 'before';
    const changes = Object.entries(said).map(([path, value]) => ({ path, before: null, after: null, [side]: value }));
    const item = { about: { entity }, canonicalId: null, externalId: '7cabd1e2-6a18-5e2d-a479-5430f33c2173', state, changes }; // prettier-ignore
    return labelOfItem(item as unknown as Parameters<typeof labelOfItem>[0]);
  };

  it('is called by its number or name, of a customer by nothing personal, and never by an id made for machines', async () => {
    expect(await labelOf('MISSED', 'order', { number: '500123', status: 'OPEN' })).toBe('500123');
    expect(await labelOf('MISSED', 'customer', { number: '10051', fullName: 'An Peeters', email: 'an@example.be' })).toBe('10051'); // prettier-ignore
    expect(await labelOf('MISSED', 'product', { name: 'Mug' })).toBe('Mug');
    expect(await labelOf('ONLY_IN_TARGET', 'variant', { sku: '1001', name: 'Mug' })).toBe('1001 Mug');
    expect(await labelOf('DUPLICATE', 'customer', {})).toBeNull();
  });
});

describe('ids of a system in what a comparison has found', () => {
  const hubId = (prefix: string, n: number): string => `${prefix}_${String(n).padStart(26, '0')}`;
  const [wear, tea, unknown] = ['11111111-0000-4000-8000-000000000001', '11111111-0000-4000-8000-000000000002', '11111111-0000-4000-8000-000000000009'];
  const items: readonly (readonly [entity: string, path: string, before: unknown, after: unknown])[] = [
    ['product', 'categoryIds', [wear, unknown], [wear, tea]],
    ['product', 'name', '40012', '40012'],
    ['order', 'customer', hubId('cus', 1), hubId('cus', 2)],
    ['order', 'lines', [{ variant: hubId('var', 1), quantity: '2' }], []],
  ];

  it('are told with the records that they mean, where who asks may see them', async () => {
    const id = newId('comparison');
    await database.tx(async (tx) => {
      await jobs.createJob(tx, { id: newId('job'), kind: 'RECONCILIATION', input: {}, createdBy: 'schedule' });
      const job = newId('job');
      await jobs.createJob(tx, { id: job, kind: 'RECONCILIATION', input: {}, createdBy: 'schedule' });
      await store.createComparison(tx, { id, job, flow: 'g', entity: 'product', source: 'mpluskassa', target: 'softmaat' });
    });
    await database.query(`insert into system (id, key, connector, name) values ('sys_S', 'softmaat', 'softmaat', 'Shop')`);
    await database.query(`insert into category (id, version, content_hash, code, name, position) values ($1, 1, 'h', 'wear', 'Wear', 0), ($2, 1, 'h', 'tea', 'Tea', 1)`, [hubId('cat', 1), hubId('cat', 2)]);
    await database.query(`insert into customer (id, version, content_hash, kind, number) values ($1, 1, 'h', 'PERSON', '40012')`, [hubId('cus', 1)]);
    await database.query(`insert into external_reference (system, entity, external_id, canonical_id, natural_key, origin)
      values ('softmaat', 'category', $1, $3, null, 'CREATED'), ('softmaat', 'category', $2, $4, null, 'CREATED'), ('mpluskassa', 'variant', 'x', $5, '10001', 'MENTIONED'), ('softmaat', 'customer', '40012', $6, null, 'CREATED')`,
      [wear, tea, hubId('cat', 1), hubId('cat', 2), hubId('var', 1), hubId('cus', 1)]);
    for (const [n, [entity, path, before, after]] of items.entries())
      await database.query(`insert into comparison_item (id, comparison, state, system, entity, external_id, changes) values ($1, $2, 'DIFFERENT', 'softmaat', $3, 'e', $4)`,
        [`cmi_${n}`, id, entity, JSON.stringify([{ path, before, after }])]);
    const systems = new Map(connectors.map((connector) => [connector.kind, { key: connector.kind, name: connector.kind, connector }]));
    const catalogues = new Map(connectors.map(({ kind, catalogue }) => [kind, catalogue]));
    const names = makeSpokenNames({ current: () => ({ systems, catalogues }) as unknown as Configuration });
    const graph = await serveGraph(database, database, { commands: { names } });
    const ask = async (key?: string) => {
      const { body } = await graph.ask(
        `query ($id: ID!) { reconciliation(id: $id) { items(first: 10) { nodes { changes { codes { field code name recordId } } } } } }`, { id }, key);
      expect(body.errors).toBeUndefined();
      return (body.data.reconciliation.items.nodes as { changes: { codes: object[] }[] }[]).map(({ changes }) => changes.flatMap(({ codes }) => codes));
    };
    try {
      const category = (code: string, n: number) => ({ field: 'categoryIds', code, name: code, recordId: hubId('cat', n) });
      // Ids of the hub say themselves what they mean, and a name that looks like a number of a customer means none.
      expect(await ask()).toEqual([[category(wear!, 1), category(tea!, 2)], [], [], []]);
      const counts = async (...scopes: string[]) => (await ask(await graph.keyWith(scopes))).map((found) => found.length);
      // Who may not see people sees nothing of what an order holds.
      expect(await counts('READ_OPERATIONS', 'READ_CATALOGUE', 'READ_ORDERS')).toEqual([2, 0, 0, 0]);
      expect(await counts('READ_OPERATIONS')).toEqual([0, 0, 0, 0]);
    } finally {
      await graph.close();
    }
  });
}); // prettier-ignore
