import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Document } from '../../src/base/document.js';
import { makeFailpoint, type FailpointName } from '../../src/base/failpoint.js';
import { changesTopic } from '../../src/log/change-log.js';
import { movePosition } from '../../src/store/positions.js';
import { openHub, product, type Hub } from './ingest-world.js';

let hub: Hub;
beforeEach(async () => {
  hub = await openHub();
});
afterEach(() => hub.close());

const signal = new AbortController().signal;

/** 60 products in three versions each, some of them with changing variants, and their categories afterwards. */
async function showHistory(): Promise<void> {
  for (const round of [0, 1, 2]) {
    const documents = Array.from({ length: 60 }, (_, i) => ({
      id: String(i),
      version: 100 + round * 1000 + i,
      document: product(`P${i} r${i % 3 === 0 ? 0 : round}`, round === 2 ? [`${i}`] : [`${i}`, `${i}b`], {
        categories: [`c${i % 7}`],
      }),
    }));
    await hub.show('products', documents);
  }
  const categories = Array.from({ length: 7 }, (_, i) => ({
    id: `c${i}`,
    version: 9000 + i,
    document: { name: `C${i}` },
  }));
  await hub.show('categories', categories);
}

/** What must be the same however often things were delivered: rows by natural keys, and how many events there are. */
async function summary(): Promise<unknown> {
  const rows = await hub.database.query(
    `select p.name, p.version, array_agg(v.sku || ' ' || v.version || ' ' || v.is_active order by v.sku) as variants,
            (select array_agg(c.name) from category c where c.id = any(p.categories)) as categories
     from product p join variant v on v.product_id = p.id group by p.id order by p.name`,
  );
  const counts = await hub.database.query(
    `select (select count(*) from external_reference) as refs, (select count(*) from journal) as journal,
            (select count(distinct position) from journal) as positions, (select max(position) + 1 from journal) as "end"`,
  );
  return { rows, counts, events: (await hub.events()).length };
}

async function resetPositions(): Promise<void> {
  await hub.database.query(
    `update consumer_position set next_offset = 0, lease_until = '-infinity', epoch = epoch + 1`,
  );
}

describe('the same changes', () => {
  it('delivered one to five times, by two workers at once, have the effect of one clean run', async () => {
    await showHistory();
    await hub.settle();
    const clean = await summary();
    const state = await hub.canonicalState();
    for (let times = 1; times <= 4; times++) {
      await resetPositions();
      const workers = [hub.worker({ batchSize: 7 }), hub.worker({ batchSize: 11 })];
      await Promise.all(workers.map((worker) => hub.settle(worker)));
      expect(await summary()).toEqual(clean);
      expect(await hub.canonicalState()).toBe(state);
    }
  });

  it('raced by two workers with the same lease take effect once: the one that comes second abandons its batch', async () => {
    const other = await openHub();
    try {
      await showHistory();
      // Both think that they are the same owner, as after a network split with a lease renewed on both sides.
      const twins = [hub.worker({ owner: 'twin', batchSize: 5 }), hub.worker({ owner: 'twin', batchSize: 5 })];
      const run = async (worker: (typeof twins)[0]): Promise<void> => {
        while ((await worker.run(signal)) === 'more');
      };
      await Promise.all(twins.map(run));
      await Promise.all(twins.map(run));
      const raced = await summary();
      const mine = hub;
      hub = other;
      await showHistory();
      await hub.settle();
      expect(raced).toEqual(await summary());
      hub = mine;
    } finally {
      await other.close();
    }
  });

  it('taken in from offset 0 again change nothing and make no events', async () => {
    await showHistory();
    await hub.settle();
    const state = await hub.canonicalState();
    const events = (await hub.events()).length;
    await resetPositions();
    await hub.settle();
    expect(await hub.canonicalState()).toBe(state);
    expect(await hub.events()).toHaveLength(events);
  });
});

describe('a process that dies', () => {
  for (const name of ['A0', 'A1', 'A2', 'A3'] as const satisfies readonly FailpointName[]) {
    it(`at ${name} loses nothing and doubles nothing`, async () => {
      const reference = await openHub();
      try {
        const mine = hub;
        hub = reference;
        await showHistory();
        await hub.settle(hub.worker({ batchSize: 10 }));
        const clean = await summary();
        hub = mine;
        await showHistory();
        for (const nth of [1, 4, 9]) {
          const doomed = hub.worker({ batchSize: 10, failpoint: makeFailpoint({ name, action: 'throw', nth }) });
          await expect(hub.settle(doomed)).rejects.toMatchObject({ code: 'FAILPOINT' });
          // It is gone without releasing anything.
          await hub.database.query(`update consumer_position set lease_until = '-infinity'`);
        }
        await hub.settle(hub.worker({ batchSize: 10 }));
        expect(await summary()).toEqual(clean);
      } finally {
        await reference.close();
      }
    });
  }

  it('and comes back with an old epoch cannot move a position', async () => {
    const held = { consumer: 'ingest', topic: changesTopic('till'), partition: 0, nextOffset: 0n, epoch: 1n };
    await showHistory();
    await hub.settle();
    await hub.database.query('update consumer_position set next_offset = 0, epoch = 2 where partition = 0');
    const moved = hub.database.tx((tx) => movePosition(tx, held, 5n, 1000));
    await expect(moved).rejects.toMatchObject({ code: 'POSITION_LOST' });
  });
});

describe('bad records', () => {
  it('one in a hundred are parked, exactly those, with code, path and value, and the rest goes through', async () => {
    const documents = Array.from({ length: 1000 }, (_, i) => {
      const good = product(`P${i}`, [`${i}`]);
      // Four kinds of poison: the mapping refuses it, a value list lacks it, a required field is empty, a value does not fit.
      const poison: Document | undefined = [
        { poison: 'mapping' },
        { unmapped: 'X9' },
        { name: '' },
        { status: 'WEIRD' },
      ][(i / 100) % 4];
      return { id: String(i), document: i % 100 === 0 ? { ...good, ...poison } : good };
    });
    await hub.show('products', documents);
    await hub.settle();
    const parked = await hub.database.query(
      'select external_id, code, path, stage, original from parked order by external_id::int',
    );
    expect(parked.map((p) => p['external_id'])).toEqual(Array.from({ length: 10 }, (_, i) => String(i * 100)));
    expect(parked.slice(0, 4)).toEqual([
      { external_id: '0', code: 'MAPPING_FAILED', path: 'name', stage: 'ingest', original: '7' },
      { external_id: '100', code: 'UNMAPPED_VALUE', path: 'taxClass', stage: 'ingest', original: 'X9' },
      { external_id: '200', code: 'RECORD_INCOMPLETE', path: 'name', stage: 'ingest', original: null },
      { external_id: '300', code: 'MAPPING_FAILED', path: 'status', stage: 'ingest', original: 'WEIRD' },
    ]);
    expect(await hub.database.query('select count(*)::int as n from product')).toEqual([{ n: 990 }]);
    const unmapped = await hub.database.query('select value_list, value, count::int from unmapped_value');
    expect(unmapped).toEqual([{ value_list: 'tax', value: 'X9', count: 3 }]);
  });

  it('that only the database refuses are found in their batch and parked alone', async () => {
    await hub.database.query(`alter table product add constraint no_curse check (name not like '%cursed%')`);
    const documents = Array.from({ length: 40 }, (_, i) => ({
      id: String(i),
      document: product(i % 13 === 5 ? `cursed ${i}` : `P${i}`, [`${i}`]),
    }));
    await hub.show('products', documents);
    await hub.settle();
    const parked = await hub.database.query('select external_id, code from parked order by external_id::int');
    expect(parked).toEqual(['5', '18', '31'].map((id) => ({ external_id: id, code: 'RECORD_UNSTORABLE' })));
    expect(await hub.database.query('select count(*)::int as n from product')).toEqual([{ n: 37 }]);
  });

  it('that capture could not read are parked with the reason that capture gave', async () => {
    const problem = { code: 'RECORD_UNREADABLE', message: 'price is no number', path: 'price' };
    await hub.show('products', [
      { id: '1', document: {}, problem },
      { id: '2', document: product('P2', ['2']) },
    ]);
    await hub.settle();
    const parked = await hub.database.query('select external_id, stage, code, message, path from parked');
    expect(parked).toEqual([{ external_id: '1', stage: 'capture', ...problem }]);
  });

  it('are over when a later change of the same record is good, but not when an earlier one was', async () => {
    const bad = { id: '1', document: { poison: 'mapping' } };
    const good = { id: '1', document: product('P1', ['1']) };
    const open = (): Promise<unknown[]> => hub.database.query(`select attempt_count from parked where status = 'OPEN'`);
    await hub.show('products', [bad]);
    await hub.settle();
    await hub.show('products', [{ ...bad, document: { poison: 'mapping', again: 1 } }]);
    await hub.settle();
    expect(await open()).toEqual([{ attempt_count: 2 }]);
    await hub.show('products', [bad, good]);
    await hub.settle();
    expect(await open()).toEqual([]);
    await hub.show('products', [{ ...good, document: product('P1 new', ['1']) }, bad]);
    await hub.settle();
    expect(await open()).toEqual([{ attempt_count: 1 }]);
  });

  it('go through when they are replayed after the mapping was repaired', async () => {
    await hub.show('products', [
      { id: '1', document: { ...product('P1', ['1']), unmapped: 'X' } },
      { id: '2', document: { poison: 'mapping' } },
    ]);
    await hub.settle();
    const ids = (await hub.database.query<{ id: string }>('select id from parked order by external_id')).map(
      (row) => row.id,
    );
    const before = hub.configuration.mapping;
    hub.configuration.mapping = {
      ...before,
      run: ({ unmapped, ...source }, operation) =>
        before.run(unmapped === undefined ? source : { ...source, taxClass: 'HIGH' }, operation),
    };
    const results = await hub.replayParked([...ids, 'prk_unknown']);
    expect(results.map((r) => r.result)).toEqual(['resolved', 'parked', 'skipped']);
    const parked = await hub.database.query('select status, attempt_count from parked order by external_id');
    expect(parked).toEqual([
      { status: 'RESOLVED', attempt_count: 1 },
      { status: 'OPEN', attempt_count: 2 },
    ]);
    expect(await hub.database.query('select name from product')).toEqual([{ name: 'P1' }]);
  });

  it('are replayed from their own payload when the log no longer has them, and never over something newer', async () => {
    await hub.show('products', [{ id: '1', document: { ...product('old', ['1']), unmapped: 'X' } }]);
    await hub.settle();
    await hub.database.query(`delete from log_entry where topic = $1`, [changesTopic('till')]);
    const [{ id } = { id: '' }] = await hub.database.query<{ id: string }>('select id from parked');
    hub.configuration.mapping = {
      ...hub.configuration.mapping,
      run: ({ unmapped: _, ...document }) => ({ type: 'mapped', document, cleared: [], unmapped: [], defaulted: [] }),
    };
    expect(await hub.replayParked([id])).toEqual([{ id, result: 'resolved' }]);
    expect(await hub.database.query('select name from product')).toEqual([{ name: 'old' }]);
    await hub.show('products', [{ id: '1', version: 1_000_000, document: product('new', ['1']) }]);
    await hub.settle();
    await hub.database.query(`update parked set status = 'OPEN'`);
    await hub.replayParked([id]);
    expect(await hub.database.query('select name from product')).toEqual([{ name: 'new' }]);
  });

  it('none come from an outage: without a mapping the position stays and nothing is parked', async () => {
    await hub.show('products', [{ id: '1', document: product('P1', ['1']) }]);
    const { current } = hub.configuration;
    hub.configuration.current = () => ({ ...current(), inbound: () => undefined });
    await expect(hub.settle()).rejects.toMatchObject({ code: 'MAPPING_MISSING' });
    expect(await hub.database.query('select id from parked')).toEqual([]);
    hub.configuration.current = current;
    await hub.database.query(`update consumer_position set lease_until = '-infinity'`);
    await hub.settle();
    expect(await hub.database.query('select name from product')).toEqual([{ name: 'P1' }]);
  });
});
