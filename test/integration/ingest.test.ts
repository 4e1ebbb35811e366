import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { changesTopic } from '../../src/log/change-log.js';
import { holdPositions } from '../../src/store/positions.js';
import { testFlow } from './ingest-system.js';
import { openHub, product, type Hub } from './ingest-world.js';

let hub: Hub;
beforeEach(async () => {
  hub = await openHub();
});
afterEach(() => hub.close());

const counted = (what: string): number =>
  hub.reports.reduce(
    (sum, { counts }) => sum + [...counts.values()].reduce((n, c) => n + ((c as Record<string, number>)[what] ?? 0), 0),
    0,
  );

const rowsOf = (table: string): Promise<Record<string, unknown>[]> =>
  hub.database.query(`select * from ${table} order by id`);

describe('a change that was captured', () => {
  it('becomes a product with its variants, references, events and journal entries', async () => {
    await hub.show('products', [
      { id: '7', document: product('Shirt', ['S', 'M'], { brand: 'Acme', categories: ['c1'] }) },
    ]);
    await hub.settle();

    const [shirt] = await rowsOf('product');
    expect(shirt).toMatchObject({
      name: 'Shirt',
      brand: 'Acme',
      version: 1,
      status: 'ACTIVE',
      provenance: { '*': 'till' },
    });
    const variants = await rowsOf('variant');
    expect(variants.map((v) => [v['sku'], v['position'], v['product_id'], v['price_amount']])).toEqual([
      ['S', 0, shirt?.['id'], '10.000000'],
      ['M', 1, shirt?.['id'], '10.000000'],
    ]);
    const references = await hub.database.query(
      'select entity, external_id, origin from external_reference order by 1, 2',
    );
    expect(references).toEqual([
      { entity: 'category', external_id: 'c1', origin: 'MENTIONED' },
      { entity: 'product', external_id: '7', origin: 'INGESTED' },
      { entity: 'variant', external_id: 'v-M', origin: 'INGESTED' },
      { entity: 'variant', external_id: 'v-S', origin: 'INGESTED' },
    ]);
    const events = await hub.events();
    expect(events.map((e) => [e.entity, e.action, e.version])).toEqual([
      ['product', 'created', 1],
      ['variant', 'created', 1],
      ['variant', 'created', 1],
    ]);
    expect(events[1]?.changes['priceAmount']).toEqual([null, '10']);
    const journal = await hub.database.query('select position, step, outcome, entity from journal order by position');
    expect(journal.map((j) => [j['position'], j['step'], j['outcome'], j['entity']])).toEqual([
      ['0', 'applied', 'created', 'product'],
      ['1', 'applied', 'created', 'variant'],
      ['2', 'applied', 'created', 'variant'],
    ]);
  });

  it('says in its event exactly which fields changed, before and after', async () => {
    await hub.show('products', [{ id: '7', document: product('Shirt', ['S']) }]);
    await hub.settle();
    await hub.show('products', [{ id: '7', document: product('Shirt, red', ['S']) }]);
    await hub.settle();
    const last = (await hub.events()).at(-1);
    expect(last).toMatchObject({
      entity: 'product',
      action: 'updated',
      version: 2,
      changes: { name: ['Shirt', 'Shirt, red'] },
    });
    expect(Object.keys(last?.changes ?? {})).toEqual(['name']);
    expect(await hub.events()).toHaveLength(3);
  });

  it('leaves nothing but the moved position when the document is the same as before', async () => {
    const shown = [{ id: '7', document: product('Shirt', ['S']) }];
    await hub.show('products', shown);
    await hub.settle();
    const before = await hub.canonicalState();
    await hub.show('products', [{ ...shown[0], version: 1_000_000 } as (typeof shown)[0]]);
    await hub.settle();
    expect(await hub.canonicalState()).toBe(before);
    expect(await hub.events()).toHaveLength(2);
    expect(counted('unchanged')).toBe(1);
  });

  it('never overwrites a newer version with an older one', async () => {
    await hub.show('products', [{ id: '7', version: 20, document: product('New', ['S']) }]);
    await hub.settle();
    await hub.show('products', [{ id: '7', version: 10, document: product('Old', ['S']) }]);
    await hub.settle();
    expect((await rowsOf('product'))[0]).toMatchObject({ name: 'New', version: 1 });
    expect(counted('stale')).toBe(1);
  });

  it('is one of several of the same record in a batch: each is an event, the row is written once', async () => {
    const names = ['A', 'B', 'B', 'A'];
    await hub.show(
      'products',
      names.map((name) => ({ id: '7', document: product(name, ['S']) })),
    );
    await hub.settle();
    expect((await rowsOf('product'))[0]).toMatchObject({ name: 'A', version: 3 });
    const events = (await hub.events()).filter((e) => e.entity === 'product');
    expect(events.map((e) => [e.version, e.changes['name']])).toEqual([
      [1, [null, 'A']],
      [2, ['A', 'B']],
      [3, ['B', 'A']],
    ]);
  });

  it('that is new is made by the rules for new records, also when it came before in the batch and could not be taken', async () => {
    const operations: string[] = [];
    const { mapping } = hub.configuration;
    const run: typeof mapping.run = (source, operation) => {
      operations.push(operation);
      return mapping.run(source, operation);
    };
    hub.configuration.mapping = { ...mapping, run };
    const good = product('Late', ['late']);
    const documents = [{ ...good, poison: 'mapping' }, { ...good, skip: 'no' }, good, { ...good, name: 'Later' }];
    const shown = documents.map((document) => ({ id: 'late', document }));
    await hub.take('products', shown);
    expect(operations).toEqual(['create', 'create', 'create', 'update']);
  });

  it('gives a mentioned record its id before it is read itself, and keeps it', async () => {
    await hub.show('levels', [{ id: 'v-S/1', document: { variant: 'v-S', location: '1', onHand: '5' } }]);
    await hub.show('products', [{ id: '7', document: product('Shirt', ['S'], { categories: ['c1'] }) }]);
    await hub.settle();
    await hub.show('categories', [{ id: 'c1', document: { name: 'Shirts', parent: 'c0' } }]);
    await hub.show('locations', [{ id: '1', document: { code: 'AMS', name: 'Amsterdam' } }]);
    await hub.settle();
    const [level] = await rowsOf('stock_level');
    expect(level).toMatchObject({ variant_id: (await rowsOf('variant'))[0]?.['id'], on_hand: '5.000000' });
    expect(level?.['location_id']).toBe((await rowsOf('stock_location'))[0]?.['id']);
    const [category] = await rowsOf('category');
    expect((await rowsOf('product'))[0]?.['categories']).toEqual([category?.['id']]);
    const origins = await hub.database.query('select external_id, origin from external_reference order by 1');
    expect(origins).toContainEqual({ external_id: 'c1', origin: 'INGESTED' });
    expect(origins).toContainEqual({ external_id: 'c0', origin: 'MENTIONED' });
  });

  it('takes a variant that the system no longer lists out of sale, and back when it is listed again', async () => {
    const active = async (): Promise<unknown[]> => (await rowsOf('variant')).map((v) => [v['sku'], v['is_active']]);
    const whole = product('Shirt', ['S', 'M']);
    const variants = (whole['variants'] as { isActive?: boolean }[]).map((v) => ({ ...v, isActive: true }));
    await hub.show('products', [{ id: '7', document: { ...whole, variants } }]);
    await hub.settle();
    await hub.show('products', [{ id: '7', document: { ...whole, variants: variants.slice(0, 1) } }]);
    await hub.settle();
    expect(await active()).toEqual([
      ['S', true],
      ['M', false],
    ]);
    await hub.show('products', [{ id: '7', document: { ...whole, variants } }]);
    await hub.settle();
    expect(await active()).toEqual([
      ['S', true],
      ['M', true],
    ]);
  });

  it('survives NUL, control characters and half characters in any text', async () => {
    const name = 'T\u0000-\u0007shirt \ud83d 😀';
    await hub.show('products', [
      { id: '7', document: product(name, ['S'], { attributes: [{ code: 'a\u0000', value: '\udc00' }] }) },
      { id: '8', document: { ...product('x', ['M']), poison: 'mapping', text: '\u0000\ud800' } },
    ]);
    await hub.settle();
    expect((await rowsOf('product'))[0]).toMatchObject({
      name: 'T-shirt \ufffd 😀',
      attributes: [{ code: 'a', value: '\ufffd' }],
    });
    expect(await rowsOf('parked')).toHaveLength(1);
    expect(counted('cleaned')).toBe(1);
  });

  it('parks alone a record whose id holds what separates values on their way to the database', async () => {
    await hub.show('products', [
      { id: 'a', document: product('a', ['S']) },
      { id: `b${'\u001f'.repeat(8)}\u001eb`, document: product('b', ['M']) },
      { id: 'c', document: product('c', ['L']) },
    ]);
    await hub.settle();
    expect((await rowsOf('product')).map((row) => row['name']).sort()).toEqual(['a', 'c']);
    expect(await rowsOf('parked')).toMatchObject([
      { code: 'RECORD_UNSTORABLE', external_id: `b${'\u001f'.repeat(8)}\u001eb` },
    ]);
    const [step] = await hub.database.query(`select external_id from journal where step = 'parked'`);
    expect(step).toEqual({ external_id: 'bb' });
  });
});

describe('a system that is only a target', () => {
  it('changes no canonical record: what it shows is compared and journalled', async () => {
    await hub.database.query(
      `insert into external_reference (system, entity, external_id, canonical_id, origin) values ('shop', 'product', 'p1', 'prd_1', 'CREATED')`,
    );
    hub.observations.set('p1', 'echo').set('p3', 'echo');
    await hub.show(
      'products',
      [
        { id: 'p1', document: { name: 'x' } },
        { id: 'p2', document: { name: 'y' } },
        { id: 'p3', document: { name: 'z' } },
      ],
      'shop',
    );
    await hub.settle(hub.worker({ system: 'shop' }));
    hub.observations.set('p1', 'drift');
    await hub.show('products', [{ id: 'p1', document: { name: 'edited' } }], 'shop');
    await hub.settle(hub.worker({ system: 'shop' }));
    expect(await rowsOf('product')).toEqual([]);
    expect([counted('echo'), counted('drift'), counted('unknown')]).toEqual([2, 1, 1]);
    const steps = await hub.database.query('select step, canonical_id from journal order by position');
    expect(steps).toEqual([
      { step: 'echo', canonical_id: 'prd_1' },
      // Another entity stands for it there, as the only variant does for a simple product.
      { step: 'echo', canonical_id: 'seen as p3' },
      { step: 'drift', canonical_id: 'prd_1' },
    ]);
    // The same document is not looked at again.
    await hub.show('products', [{ id: 'p1', document: { name: 'edited' } }], 'shop');
    await hub.settle(hub.worker({ system: 'shop' }));
    expect(counted('unchanged')).toBe(1);
  });
});

describe('two systems that are both sources', () => {
  beforeEach(() => {
    hub.configuration.flows.push(testFlow('shop', 'till', 'product'));
  });

  it('meet in one record by SKU, and neither overwrites what came from the other', async () => {
    await hub.show('products', [{ id: '7', document: product('Shirt', ['S'], { brand: 'Acme' }) }]);
    await hub.settle();
    await hub.show('products', [{ id: 'p1', document: product('Hemd', ['S'], { description: 'Nice' }) }], 'shop');
    await hub.settle(hub.worker({ system: 'shop' }));
    const [only, ...others] = await rowsOf('product');
    expect(others).toEqual([]);
    expect(only).toMatchObject({ name: 'Shirt', brand: 'Acme' });
    expect(await rowsOf('variant')).toHaveLength(1);
    const origins = await hub.database.query(`select origin from external_reference where system = 'shop'`);
    expect(origins).toEqual([{ origin: 'MATCHED' }, { origin: 'MATCHED' }]);
    expect(await hub.database.query(`select entity from journal where step = 'conflict'`)).not.toEqual([]);
  });

  it('do not make the same SKU twice when both show it at the same moment', async () => {
    const skus = Array.from({ length: 40 }, (_, i) => `${i}`);
    const shown = skus.map((sku) => ({ id: sku, document: product(`P${sku}`, [sku]) }));
    await hub.show('products', shown, 'till');
    await hub.show('products', shown, 'shop');
    await Promise.all([hub.settle(hub.worker()), hub.settle(hub.worker({ system: 'shop' }))]);
    expect((await rowsOf('variant')).map((v) => v['sku']).sort()).toEqual([...skus].sort());
    expect(await rowsOf('product')).toHaveLength(40);
  });

  it('park a record whose key more than one record has', async () => {
    await hub.show('products', [{ id: '1', document: product('A', ['S']) }]);
    await hub.settle();
    await hub.database.query(
      `insert into variant select 'var_2', version, content_hash, product_id, position, sku from variant`,
    );
    await hub.show('products', [{ id: 'p1', document: product('B', ['S']) }], 'shop');
    await hub.settle(hub.worker({ system: 'shop' }));
    expect((await rowsOf('parked'))[0]).toMatchObject({ code: 'AMBIGUOUS_MATCH', system: 'shop', external_id: 'p1' });
  });
});

describe('the position of a consumer', () => {
  it('is taken over only when its lease has expired, and then fences the former owner', async () => {
    await hub.show('products', [{ id: '7', document: product('Shirt', ['S']) }]);
    const topic = changesTopic('till');
    const holding = { consumer: 'ingest', topic, leaseMs: 60_000 };
    const first = hub.worker({ owner: 'first', leaseMs: 60_000 });
    // Takes all partitions without working on anything: the log is read only after the positions are held.
    const signal = new AbortController().signal;
    while ((await first.run(signal)) === 'more');
    expect(await holdPositions(hub.database, { ...holding, owner: 'second' }, 8)).toEqual([]);
    await hub.database.query(`update consumer_position set lease_until = now() - interval '1 second'`);
    const taken = await holdPositions(hub.database, { ...holding, owner: 'second' }, 8);
    expect(taken).toHaveLength(8);

    await hub.show('products', [{ id: '7', document: product('Shirt 2', ['S']) }]);
    const state = await hub.canonicalState();
    await first.run(signal);
    expect(await hub.canonicalState()).toBe(state);
    await hub.database.query(`update consumer_position set lease_until = now() - interval '1 second'`);
    await hub.settle(hub.worker({ owner: 'third' }));
    expect((await rowsOf('product'))[0]).toMatchObject({ name: 'Shirt 2' });
  });
});
