/** What a target shows, told apart: our own write, somebody else’s change. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { observe } from '../../src/store/projection-observe.js';
import { until } from '../support/wait.js';
import { openWorld, type World } from './projector-world.js';
import { makeScriptedTarget, type ScriptedTarget } from './scripted-target.js';

let target: ScriptedTarget;
let world: World;
beforeEach(async () => {
  target = makeScriptedTarget();
  world = await openWorld(target);
});
afterEach(() => world.close());

const variant = (id: string, fields = {}): Promise<void> =>
  world.put('variant', id, { product_id: 'p', sku: id, name: `Name of ${id}`, price_amount: '10', ...fields });

describe('what the target shows', () => {
  const see = (key: string, more: { mayWait?: boolean } = {}): Promise<unknown> => {
    const held = target.record('variant', key);
    if (held === undefined) throw new Error(`there is no ${key}`);
    const { externalId, document } = held;
    return world.database.tx((tx) =>
      observe(tx, [{ system: 'shop', record: 'variant', entity: 'product', externalId, document, ...more }]),
    );
  };

  it('is an echo when it is what the target made of our write', async () => {
    await variant('v1', { name: ' Vest ', price_amount: '9.999' });
    await world.settle();
    expect(await see('v1')).toEqual([{ entity: 'product', externalId: 'x1', result: 'echo', canonicalId: 'v1' }]);
    await world.settle();
    expect(target.ledger).toHaveLength(1);
  });

  it('may be compared while a write of the same record is acknowledged: neither waits for the other for ever', async () => {
    await variant('v1');
    await world.settle();
    await variant('v1', { name: 'Another name' });
    const { externalId, document } = target.record('variant', 'v1')!;
    const isWaiting = async (): Promise<boolean> => {
      const waiting = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
      return (await world.database.query(waiting)).length > 0;
    };
    let compared: Promise<void> | undefined;
    target.during = () => {
      target.during = undefined;
      return new Promise<void>((hasLocked) => {
        compared = world.database.tx(async (tx) => {
          await observe(tx, [{ system: 'shop', record: 'variant', entity: 'product', externalId, document }]);
          hasLocked();
          await until(isWaiting, { what: 'the acknowledgement to wait for the row' });
          await tx.query(`set local lock_timeout = '500ms'`);
          await tx.query(`update external_reference set last_seen_at = now() where system = 'shop'`);
        });
      });
    };
    await world.settle();
    await compared;
    expect(compared).toBeDefined();
    expect(target.ledger).toEqual(['create variant v1', 'update variant v1 name']);
  });

  it('is left alone in fields that the hub does not own', async () => {
    await variant('v1');
    await world.settle();
    target.edit('variant', 'v1', { note: 'ours', price: { amount: '10.00', taxed: false } });
    expect(await see('v1')).toEqual([{ entity: 'product', externalId: 'x1', result: 'echo', canonicalId: 'v1' }]);
  });

  it('is put right in fields that the hub owns, and only those', async () => {
    await variant('v1');
    await world.settle();
    target.edit('variant', 'v1', { name: 'Changed by a person', note: 'theirs' });
    expect(await see('v1')).toEqual([{ entity: 'product', externalId: 'x1', result: 'drift', canonicalId: 'v1' }]);
    await world.settle();
    expect(target.ledger).toEqual(['create variant v1', 'update variant v1 name']);
    expect(target.record('variant', 'v1')?.document).toMatchObject({ name: 'Name of v1', note: 'theirs' });
    expect(await see('v1')).toEqual([{ entity: 'product', externalId: 'x1', result: 'echo', canonicalId: 'v1' }]);
  });

  it('of a record whose write it refused is tried again when people have changed it, once, and put right where it is ours', async () => {
    await variant('v1');
    await world.settle();
    let tries = 0;
    target.answer = () => {
      tries++;
      return 'refused';
    };
    await variant('v1', { price_amount: '77' });
    await world.settle();
    expect(await world.row('variant', 'v1')).toMatchObject({ state: 'parked', reason_code: 'RECORD_REFUSED' });
    // As it was left: nothing that could have cured it.
    expect(await see('v1')).toMatchObject([{ result: 'echo' }]);
    expect(await world.row('variant', 'v1')).toMatchObject({ state: 'parked' });
    expect(tries).toBe(1);

    target.edit('variant', 'v1', { name: 'Changed by a person' });
    expect(await see('v1')).toMatchObject([{ result: 'drift' }]);
    await world.settle();
    expect(await world.row('variant', 'v1')).toMatchObject({ state: 'parked', reason_code: 'RECORD_REFUSED' });
    expect(tries).toBe(2);
    expect(await see('v1')).toMatchObject([{ result: 'echo' }]);
    await world.settle();
    expect(tries).toBe(2);

    target.answer = () => 'written';
    target.edit('variant', 'v1', { name: 'Changed once more' });
    await see('v1');
    await world.settle();
    expect(target.record('variant', 'v1')?.document).toMatchObject({ name: 'Name of v1', price: { amount: '77.00' } });
    expect(await world.row('variant', 'v1')).toMatchObject({ state: 'in_sync', reason_code: null });
    expect(await world.database.query(`select status from parked`)).toEqual([{ status: 'RESOLVED' }]);
  });

  it('while it is being written is judged afterwards, without a needless write', async () => {
    await variant('v1');
    await world.settle();
    await variant('v1', { name: 'Newer' });
    target.during = async () => {
      target.during = undefined;
      // Where people's changes are told by the stream, nothing is marked: the same is seen again afterwards.
      const [found] = (await see('v1', { mayWait: true })) as { result: string }[];
      const marked = await world.database.query(`select from projection where drifted <> '{}' or look_again`);
      expect([found?.result, marked]).toEqual(['under_way', []]);
      await see('v1');
    };
    await world.settle();
    expect(target.ledger).toEqual(['create variant v1', 'update variant v1 name']);
    expect(await world.row('variant', 'v1')).toMatchObject({ state: 'in_sync' });
    target.edit('variant', 'v1', { name: 'Somebody' });
    expect(await see('v1')).toEqual([{ entity: 'product', externalId: 'x1', result: 'drift', canonicalId: 'v1' }]);
  });

  it('as it was before our last write says nothing of what is held now', async () => {
    await variant('v1');
    await world.settle();
    const [reference] = await world.database.query<{ version: string }>(
      `update external_reference set written_version = 20 where system = 'shop' returning written_version as version`,
    );
    expect(reference?.version).toBe('20');
    const show = (version: bigint): Promise<unknown> =>
      world.database.tx((tx) =>
        observe(tx, [
          { system: 'shop', record: 'variant', entity: 'product', externalId: 'x1', document: { ...target.record('variant', 'v1')?.document, name: 'As it was' }, version },
        ]),
      ); // prettier-ignore
    expect(await show(19n)).toEqual([{ entity: 'product', externalId: 'x1', result: 'echo', canonicalId: 'v1' }]);
    await world.settle();
    // It was asked, and has what it should have: no write of ours was in doubt.
    expect(target.ledger).toEqual(['create variant v1']);
    expect(await world.steps('v1')).toEqual(['intent create', 'written created', 'echo seen']);
    expect(await world.row('variant', 'v1')).toMatchObject({ state: 'in_sync' });
    expect(await show(20n)).toEqual([{ entity: 'product', externalId: 'x1', result: 'drift', canonicalId: 'v1' }]);
  });

  it('is the newest, also where a record was of another kind before and its changes come in no order', async () => {
    await variant('v1');
    await world.settle();
    const held = target.record('variant', 'v1')!.document;
    const shown = (entity: 'product' | 'variant', version: bigint, name: string) =>
      ({ system: 'shop', record: entity, entity, externalId: 'x1', document: { ...held, name }, version }) as const;
    const look = (...observations: Parameters<typeof observe>[1]): Promise<unknown> =>
      world.database.tx((tx) => observe(tx, observations));
    const row = async () => (await world.database.query(`select held ->> 'name' as name, drifted from projection where entity = 'variant' and canonical_id = 'v1'`))[0]; // prettier-ignore
    await look(shown('product', 29n, 'Simple'), shown('variant', 30n, 'One of two'));
    expect(await row()).toEqual({ name: 'One of two', drifted: ['name'] });
    await world.settle();
    await look(shown('variant', 32n, 'One of three'), shown('product', 31n, 'Simple again'));
    expect(await row()).toEqual({ name: 'One of three', drifted: ['name'] });

    await world.database.query(`update external_reference set source_version = 32 where system = 'shop' and entity = 'variant'`); // prettier-ignore
    expect(await look(shown('product', 31n, 'Simple again'))).toEqual([{ entity: 'product', externalId: 'x1', result: 'echo', canonicalId: 'v1' }]); // prettier-ignore
    expect(await row()).toEqual({ name: 'One of three', drifted: ['name'] });
    await look(shown('product', 33n, 'Simple once more'));
    expect(await row()).toEqual({ name: 'Simple once more', drifted: ['name'] });
  });

  it('is unknown when the hub has no such record', async () => {
    target.add('variant', { sku: 'other', name: 'Theirs' });
    expect(await see('other')).toEqual([{ entity: 'product', externalId: 'x1', result: 'unknown', canonicalId: null }]);
  });
});

describe('a row of stock that the target shows', () => {
  const see = (externalId: string, warehouseCode: string, onHand: string): Promise<unknown> =>
    world.database.tx((tx) =>
      observe(tx, [
        {
          system: 'shop',
          record: 'stock_row',
          entity: 'stock_level',
          externalId,
          document: {},
          parts: [{ list: 'levels', key: 'warehouseCode', item: { warehouseCode, onHand } }],
        },
      ]),
    );
  const stocked = async (): Promise<string> => {
    await variant('v1', { tracks_stock: true });
    await world.put('stock_location', 'l1', { code: '1', name: 'A' });
    await world.put('stock_level', 's1', { variant_id: 'v1', location_id: 'l1', on_hand: '5' });
    await world.settle();
    return target.record('stock', 'v1')!.externalId;
  };

  it('is an echo when it says our number, and not our matter in a warehouse that we do not fill', async () => {
    const externalId = await stocked();
    expect(await see(externalId, 'MAIN', '5')).toMatchObject([{ result: 'echo' }]);
    expect(await see(externalId, 'OTHER', '77')).toMatchObject([{ result: 'echo' }]);
    await world.passTime();
    await world.settle();
    expect(target.ledger).toEqual(['create variant v1', 'create stock v1']);
  });

  it('is put right after a rest in which the source may say the same, however often that happens', async () => {
    const externalId = await stocked();
    for (let i = 0; i < 5; i++) {
      target.edit('stock', 'v1', { levels: [{ warehouseCode: 'MAIN', onHand: '3' }] });
      expect(await see(externalId, 'MAIN', '3')).toMatchObject([{ result: 'drift' }]);
      await world.settle();
      expect(target.record('stock', 'v1')?.document['levels']).toEqual([{ warehouseCode: 'MAIN', onHand: '3' }]);
      await world.passTime();
      await world.settle();
      expect(target.record('stock', 'v1')?.document['levels']).toEqual([{ warehouseCode: 'MAIN', onHand: '5' }]);
    }
  });

  it('needs no write when the source says the same within the rest', async () => {
    const externalId = await stocked();
    target.edit('stock', 'v1', { levels: [{ warehouseCode: 'MAIN', onHand: '4' }] });
    await see(externalId, 'MAIN', '4');
    await world.put('stock_level', 's1', { variant_id: 'v1', location_id: 'l1', on_hand: '4' });
    await world.settle();
    expect(target.ledger).toEqual(['create variant v1', 'create stock v1']);
    expect(await world.row('stock', 'v1')).toMatchObject({ state: 'in_sync' });
  });
});
