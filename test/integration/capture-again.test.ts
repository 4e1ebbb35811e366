/** Streams that were read before flows took (all of) their records: capture and ingest together on a real database. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { systemClock } from '../../src/base/clock.js';
import type { Document } from '../../src/base/document.js';
import { noFailpoint } from '../../src/base/failpoint.js';
import { silentLogger } from '../../src/base/logger.js';
import type { FlowEntity } from '../../src/canonical/entities.js';
import { captureOnce, makeAccountCheck, type CaptureDeps } from '../../src/cdc/capture.js';
import { capturedStreams } from '../../src/cdc/sources.js';
import { changesTopic } from '../../src/log/change-log.js';
import * as streams from '../../src/store/capture-positions.js';
import * as erasures from '../../src/store/erasures.js';
import * as systems from '../../src/store/system-status.js';
import { makeSource } from './capture-source.js';
import { testConfiguration, testFlow, testSystem } from './ingest-system.js';
import { openHub, type Hub } from './ingest-world.js';
import { order } from './two-way-hub.js';

let hub: Hub;
let shop: ReturnType<typeof makeSource>;
beforeEach(async () => {
  hub = await openHub();
  shop = makeSource(3);
  hub.configuration.systems = testConfiguration({ till: testSystem(makeSource(0)), shop: testSystem(shop) }).systems;
  hub.configuration.flows = [];
  for (const key of ['till', 'shop']) {
    await hub.database.query(`insert into system (id, key, connector, name) values ($1, $1, 'test', $1)`, [key]);
  }
});
afterEach(() => hub.close());

/** Flows in each direction; what is left out is no flow. */
const set = (entity: FlowEntity, toShop: boolean, toTill?: Document, isInUse = true): void => {
  const back =
    toTill === undefined ? [] : [{ ...testFlow('shop', 'till', entity, 20, toTill), isRead: isInUse, isInUse }];
  hub.configuration.flows = [...(toShop ? [testFlow('till', 'shop', entity)] : []), ...back];
};

/** Reads what the shop shows in a stream and takes it in. */
async function follow(name: string): Promise<void> {
  const { database, log, configuration } = hub;
  const deps: CaptureDeps = {
    database, log, changesTopic, streams, erasures, systems, configuration, clock: systemClock, logger: silentLogger,
    failpoint: noFailpoint, owner: 'one',
  }; // prettier-ignore
  const wanted = capturedStreams(configuration.current()).find(
    ({ system, stream }) => system === 'shop' && stream.name === name,
  );
  if (wanted === undefined) throw new Error(`${name} is not read`);
  while ((await captureOnce(wanted, deps, makeAccountCheck(deps), new AbortController().signal)) === 'more');
  await hub.settle(hub.worker({ system: 'shop' }));
}

const names = async (table: string, column: string): Promise<readonly unknown[]> =>
  (await hub.database.query(`select ${column} as name from ${table} order by 1`)).map((row) => row['name']);
const show = (...ids: readonly string[]): void => {
  for (const id of ids) shop.edit(id, { name: id, code: id });
};

describe('a system that becomes a source', () => {
  it('gives what it held before, although its stream was read to its end already', async () => {
    set('product', true);
    show('p1', 'p2', 'p3', 'p4', 'p5', 'p6');
    await follow('products');
    expect(await names('product', 'name')).toEqual([]);
    set('product', true, {});
    await follow('products');
    expect(await names('product', 'name')).toEqual(['p1', 'p2', 'p3', 'p4', 'p5', 'p6']);
    const calls = shop.calls;
    const events = (await hub.events()).length;
    await follow('products');
    expect(shop.calls).toBe(calls + 1);
    expect(await hub.events()).toHaveLength(events);
  });

  it('gives only what is new when its flow starts now, and the rest once the flow takes the past too', async () => {
    set('product', true);
    show('p1', 'p2', 'p3', 'p4', 'p5', 'p6');
    await follow('products');
    set('product', true, { startFrom: 'now' });
    show('p7');
    await follow('products');
    expect(await names('product', 'name')).toEqual(['p7']);
    set('product', true, {});
    await follow('products');
    expect(await names('product', 'name')).toHaveLength(7);
  });

  it('says again what people changed there while its flow had ended', async () => {
    set('product', true, {});
    show('p1');
    await follow('products');
    set('product', true, {}, false);
    shop.edit('p1', { name: 'changed meanwhile', code: 'p1' });
    await follow('products');
    expect(await names('product', 'name')).toEqual(['p1']);
    set('product', true, {});
    await follow('products');
    expect(await names('product', 'name')).toEqual(['changed meanwhile']);
  });

  it('gives the customers of its orders, however new the orders must be', async () => {
    set('customer', true);
    shop.edit('c1', { fullName: 'Ann', email: 'ann@example.com' });
    await follow('customers');
    hub.configuration.flows.push(testFlow('shop', 'till', 'order', 20, { startFrom: 'now' }));
    await follow('customers');
    expect(await names('customer', 'full_name')).toEqual(['Ann']);
  });
});

describe('a flow of orders that takes more than before', () => {
  it('gets what was left out, once', async () => {
    const from = (placedFrom: string | null, ...types: readonly string[]): Document => ({
      startFrom: placedFrom,
      order: { types },
    });
    shop.edit('old', order({ number: 'old', placedAt: '2026-01-01T10:00:00Z' }));
    shop.edit('new', order({ number: 'new', placedAt: '2026-03-01T10:00:00Z' }));
    shop.edit('invoice', order({ number: 'invoice', type: 'INVOICE', placedAt: '2026-03-02T10:00:00Z' }));
    set('order', false, from('2026-02-01T00:00:00Z', 'ORDER'));
    await follow('orders');
    expect(await names('sales_order', 'number')).toEqual(['new']);
    set('order', false, from('2026-02-01T00:00:00Z', 'ORDER', 'INVOICE'));
    await follow('orders');
    expect(await names('sales_order', 'number')).toEqual(['invoice', 'new']);
    set('order', false, from(null, 'ORDER', 'INVOICE'));
    await follow('orders');
    expect(await names('sales_order', 'number')).toEqual(['invoice', 'new', 'old']);
    const calls = shop.calls;
    set('order', false, from('2026-02-01T00:00:00Z', 'ORDER'));
    await follow('orders');
    expect(shop.calls).toBe(calls + 1);
  });
});

describe('a stream that shows nothing new', () => {
  it('is read without anything being stored, and what comes next is taken from there', async () => {
    set('product', true, {});
    show('p1', 'p2', 'p3', 'p4', 'p5', 'p6');
    await follow('products');
    const stored = () =>
      hub.database.query(
        `select s.external_id, s.xmin::text, p.position, p.updated_at from capture_seen s join capture_position p using (system, stream)
         where s.system = 'shop' order by 1`,
      );
    const before = await stored();
    expect(before.length).toBeGreaterThan(0);
    await follow('products');
    expect(await stored()).toEqual(before);
    shop.edit('p2', { name: 'changed', code: 'p2' });
    await follow('products');
    expect(await names('product', 'name')).toContain('changed');
    expect(await stored()).not.toEqual(before);
  });
});

describe('a record to which we have written', () => {
  it('is told once more when it says what it said before, and not again after that', async () => {
    set('product', true);
    const logged = async (): Promise<number> =>
      (await hub.database.query(`select from log_entry where topic = $1`, [changesTopic('shop')])).length;
    show('p1');
    await follow('products');
    show('p1');
    await follow('products');
    expect(await logged()).toBe(1);
    await hub.database.query(
      `insert into external_reference (system, entity, external_id, canonical_id, origin, written_version)
       values ('shop', 'product', 'p1', 'prd_1', 'CREATED', 3)`,
    );
    shop.edit('p1', { name: 'ours', code: 'p1' });
    show('p1');
    await follow('products');
    expect(await logged()).toBe(2);
    await follow('products');
    show('p1');
    await follow('products');
    expect(await logged()).toBe(2);
  });
});
