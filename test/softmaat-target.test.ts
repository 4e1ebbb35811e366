/** The Softmaat connector as a target, over sockets, with every request and answer held against the contract. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Document } from '../src/base/document.js';
import type { HeldRecord, System, WriteOutcome } from '../src/systems/system.js';
import { never, openSoftmaatWorld, request, simple, type SoftmaatWorld, textOf } from './support/softmaat-world.js';

let world: SoftmaatWorld;
let system: System;
beforeAll(async () => {
  world = await openSoftmaatWorld();
  system = world.system;
});
afterAll(() => world.close());
afterEach(async () => {
  await world.admin('DELETE', 'faults');
  expect(world.proxy.violations.splice(0)).toEqual([]);
});

const written = (outcome: WriteOutcome | undefined): HeldRecord => {
  if (outcome?.type !== 'written') throw new Error(JSON.stringify(outcome));
  return outcome.held;
};
const create = async (entity: 'category' | 'product' | 'variant', document: Document): Promise<HeldRecord> =>
  written((await system.target.write(entity, [request(document)], never))[0]);

describe('writing records', () => {
  it('creates, shows what is held, and finds it by id and by key', async () => {
    const category = await create('category', { code: '10', name: ' Mokken ', active: true });
    expect(category).toMatchObject({ key: '10', document: { name: 'Mokken', version: 1, parentId: null } });
    const held = await create(
      'variant',
      simple('100', { name: ' Mok ', categoryIds: [category.externalId], ean: null }),
    );
    expect(held).toMatchObject({
      key: '100',
      document: { name: 'Mok', price: { amount: '4.95' }, categoryIds: [category.externalId] },
    });
    for (const externalId of [held.externalId, null]) {
      expect(await system.target.find('variant', { externalId, document: { sku: '100' } }, never)).toEqual(held);
    }
    expect(await system.target.find('category', { externalId: null, document: { code: '10' } }, never)).toEqual(
      category,
    );
    expect(await system.target.find('variant', { externalId: null, document: { sku: 'none' } }, never)).toBeNull();
    expect(await system.target.find('variant', { externalId: 'none', document: {} }, never)).toBeNull();
  });

  it('is refused for now a category that goes below one of its own, until that has gone up', async () => {
    const upper = await create('category', { code: '20', name: 'Upper', active: true });
    const parentId = upper.externalId;
    const lower = await create('category', { code: '21', name: 'Lower', active: true, parentId });
    const move = async (held: HeldRecord, to: string | null): Promise<WriteOutcome | undefined> => {
      const now = await system.target.find('category', { externalId: held.externalId, document: {} }, never);
      const document = { ...now!.document, parentId: to };
      const update = request(document, { externalId: held.externalId, changed: ['parentId'], held: now });
      return (await system.target.write('category', [update], never))[0];
    };
    expect(await move(upper, lower.externalId)).toMatchObject({ type: 'refused', mayPass: true });
    expect(await move(lower, null)).toMatchObject({ type: 'written' });
    expect(await move(upper, lower.externalId)).toMatchObject({ type: 'written' });
    const orphan = request({ code: '22', name: 'Orphan', active: true, parentId: 'none' });
    const [refused] = await system.target.write('category', [orphan], never);
    expect(refused).toMatchObject({ type: 'refused' });
    expect(refused).not.toHaveProperty('mayPass');
  });

  it('sends only what changed, clears what became empty, and never what a person may have edited', async () => {
    const held = await create('variant', simple('101', { brand: 'Kaap', categoryIds: [] }));
    await world.admin('POST', 'mutate', { kind: 'products', count: 1, seed: 1 });
    const now = await system.target.find('variant', { externalId: held.externalId, document: {} }, never);
    const update = request(simple('101', { name: 'Beker' }), {
      externalId: held.externalId,
      changed: ['name', 'brand'],
      held: now,
    });
    expect(written((await system.target.write('variant', [update], never))[0]).document).toMatchObject({
      name: 'Beker',
      brand: null,
    });
    const line = (await world.ledger()).filter((one) => one.key === '101').at(-1);
    expect(line).toMatchObject({ op: 'changeProduct', extra: { fields: ['name', 'brand'] } });
  });

  it('keeps the characteristics that people added, and removes its own', async () => {
    const own = [{ code: 'materiaal', value: 'wol' }, { code: 'herkomst', value: 'Gent' }]; // prettier-ignore
    const held = await create('variant', simple('102', { characteristics: own }));
    const theirs = { code: 'wasvoorschrift', value: '30 graden', unit: null };
    await world.raw('PATCH', `/products/${held.externalId}`, { characteristics: [...own, theirs] });
    const wanted = simple('102', { characteristics: [{ code: 'materiaal', value: 'katoen' }] });
    const update = request(wanted, { externalId: held.externalId, changed: ['characteristics'], held });
    const after = written((await system.target.write('variant', [update], never))[0]);
    expect(after.document['characteristics']).toEqual([{ code: 'materiaal', value: 'katoen' }]);
    const row = (await world.records('products')).find((one) => one['sku'] === '102');
    expect(row?.['characteristics']).toEqual([{ code: 'materiaal', value: 'katoen' }, theirs]);
    const none = request(simple('102'), { externalId: held.externalId, changed: ['characteristics'], held: after });
    expect(written((await system.target.write('variant', [none], never))[0]).document).not.toHaveProperty(
      'characteristics',
    );
    const last = (await world.records('products')).find((one) => one['sku'] === '102');
    expect(last?.['characteristics']).toEqual([theirs]);
  });

  it('tells stale, gone, taken and refused apart', async () => {
    const held = await create('variant', simple('103'));
    await world.raw('PATCH', `/products/${held.externalId}`, { visibleInShop: true });
    const update = (over: object) =>
      request(simple('103', { name: 'X' }), { externalId: held.externalId, changed: ['name'], held, ...over });
    const outcomes = await system.target.write(
      'variant',
      [update({}), update({ externalId: 'gone', held: null }), request(simple('103'))],
      never,
    );
    expect(outcomes.map((one) => one.type)).toEqual(['stale', 'gone', 'stale']);
    const [refused] = await system.target.write('variant', [request(simple('104', { taxCode: 'XX' }))], never);
    expect(refused).toMatchObject({
      type: 'refused',
      error: { code: 'RECORD_REFUSED', path: 'taxCode', original: expect.stringContaining('XX') },
    });
    const taken = update({ document: simple('102'), changed: ['sku'], held: null });
    expect((await system.target.write('variant', [taken], never))[0]).toMatchObject({
      type: 'refused',
      error: { path: 'sku' },
    });
  });
});

describe('writing stock', () => {
  const levels = (...rows: Array<readonly [string, string]>) =>
    rows.map(([warehouseCode, onHand]) => ({ warehouseCode, onHand }));
  beforeAll(async () => {
    for (const sku of ['200', '201', '202']) await create('variant', simple(sku));
  });

  it('gathers documents in one call and sends only rows that differ', async () => {
    const first = [
      request({ sku: '200', levels: levels(['MAIN', '3'], ['SHOP-NL', '-1.5']) }),
      request({ sku: '201', levels: levels(['MAIN', '4']) }),
    ];
    const count = (): number => world.proxy.exchanges.filter((one) => one.operationId === 'setStock').length;
    const before = count();
    const outcomes = await system.target.write('stock', first, never);
    expect(outcomes).toMatchObject([
      { type: 'written', created: true, held: { externalId: '200', key: '200', document: { levels: [{ warehouseCode: 'MAIN', onHand: '3' }, { onHand: '-1.5' }] } } },
      { type: 'written', created: true },
    ]); // prettier-ignore
    expect(count() - before).toBe(1);
    expect(await system.target.write('stock', first, never)).toMatchObject([
      { type: 'written', created: false },
      { type: 'written' },
    ]);
    expect(count() - before).toBe(1);
    await system.target.write(
      'stock',
      [request({ sku: '200', levels: levels(['MAIN', '3.00'], ['SHOP-NL', '2']) })],
      never,
    );
    expect((await world.ledger()).filter((line) => line.key === '200@MAIN')).toHaveLength(1);
    expect(await system.target.find('stock', { externalId: null, document: { sku: '200' } }, never)).toMatchObject({
      externalId: '200',
    });
    expect(await system.target.find('stock', { externalId: '202', document: {} }, never)).toBeNull();
  });

  it('judges each document by its own rows', async () => {
    const outcomes = await system.target.write(
      'stock',
      [
        request({ sku: 'unknown', levels: levels(['MAIN', '1']) }),
        request({ sku: '202', levels: levels(['MAIN', '8']) }),
        request({ sku: '201', levels: levels(['MOON', '1'], ['SHOP-FR', '1']) }),
      ],
      never,
    );
    expect(outcomes).toMatchObject([
      { type: 'refused', error: { path: 'sku', message: expect.stringContaining('unknown') } },
      { type: 'written' },
      { type: 'refused', error: { path: 'levels.warehouseCode', message: expect.stringContaining('MOON') } },
    ]);
  });

  it('reads and writes many documents within the limits of an address and a call', async () => {
    const skus = Array.from({ length: 60 }, (_, index) => `${index}`.padEnd(60, '&é'));
    for (const sku of skus) await world.raw('POST', '/products', simple(sku));
    const requests = skus.map((sku) =>
      request({ sku, levels: levels(['MAIN', '1'], ['SHOP-NL', '2'], ['SHOP-FR', '3']) }),
    );
    const outcomes = await system.target.write('stock', requests, never);
    expect(outcomes.every((one) => one.type === 'written')).toBe(true);
    expect((await world.records('stock')).filter((row) => textOf(row['sku']).includes('&é'))).toHaveLength(180);
  });
});

describe('what may have arrived', () => {
  const state = async (sku: string): Promise<number> =>
    (await world.records('products')).filter((one) => one['sku'] === sku).length;
  const writeUnder = async (sku: string, fault: Record<string, unknown>): Promise<WriteOutcome | undefined> => {
    await world.fault({ match: 'createProduct', ...fault });
    // Only what never comes is waited for shortly.
    const timeoutMs = ['applyThenTimeout', 'timeoutBefore'].includes(String(fault['fault'])) ? 2_000 : 20_000;
    const direct = world.connect({ direct: true, timeoutMs });
    return (await direct.target.write('variant', [request(simple(sku))], never))[0];
  };

  it.each([
    ['applyThenReset', 1],
    ['applyThenTimeout', 1],
    ['500after', 1],
    ['500before', 0],
    ['resetBefore', 0],
    ['timeoutBefore', 0],
    ['halfBody', 1],
    ['html', 0],
    ['gzipBomb', 1],
  ])('is unknown after %s', async (fault, applied) => {
    const sku = `300-${fault}`;
    expect(await writeUnder(sku, { fault })).toMatchObject({ type: 'unknown' });
    expect(await state(sku)).toBe(applied);
    const found = await system.target.find('variant', { externalId: null, document: { sku } }, never);
    expect(found === null).toBe(applied === 0);
  });

  it.each([
    ['429', 'RATE_LIMITED'],
    ['401', 'CREDENTIALS_REJECTED'],
  ])('is not unknown after %s', async (fault, code) => {
    expect(await writeUnder(`301-${fault}`, { fault, retryAfter: 7 })).toMatchObject({
      type: 'failed',
      error: { code },
    });
    expect(await state(`301-${fault}`)).toBe(0);
  });

  it('is failed when nobody listens, and when the caller gave up before sending', async () => {
    const gone = new AbortController();
    gone.abort(new Error('stopped'));
    expect((await system.target.write('variant', [request(simple('302'))], gone.signal))[0]).toMatchObject({
      type: 'failed',
    });
    expect(await state('302')).toBe(0);
  });

  it('comes back as unknown from the failpoints inside a write', async () => {
    for (const name of ['P3', 'P4', 'P5'] as const) {
      const failing = world.connect({
        direct: true,
        failpoint: (at) => (at === name ? Promise.reject(new Error(name)) : undefined),
      });
      expect((await failing.target.write('variant', [request(simple(`303-${name}`))], never))[0]).toMatchObject({
        type: 'unknown',
      });
    }
    expect(await state('303-P5')).toBe(1);
    expect(await state('303-P3')).toBe(0);
  });

  it('never repeats the token', async () => {
    const token = 'very-secret-token';
    const outcomes = await world.connect({ token }).target.write('variant', [request(simple('304'))], never);
    const error = outcomes[0]?.type === 'failed' ? outcomes[0].error : undefined;
    expect(error?.code).toBe('CREDENTIALS_REJECTED');
    expect(JSON.stringify(error, [...Object.getOwnPropertyNames(error ?? {}), 'stack', 'cause'])).not.toContain(token);
  });
});

describe('the connection', () => {
  it('tells the account, and passes its own test', async () => {
    const account = await system.account(never);
    expect(account).toMatchObject({ name: 'Softmaat Demo BV', currency: 'EUR', country: 'NL' });
    expect((await world.connect().account(never)).fingerprint).toBe(account.fingerprint);
    expect((await system.test(never)).map((check) => check.status)).toEqual(Array.from({ length: 7 }, () => 'pass'));
    expect(await world.connect({ token: 'wrong' }).test(never)).toMatchObject([
      { status: 'fail', hint: expect.any(String) },
    ]);
  });

  it('keeps within the rate limit by what the answers say', async () => {
    const strict = await openSoftmaatWorld({ rateLimit: 20 });
    try {
      const requests = Array.from({ length: 30 }, (_, index) => request({ code: `${index}`, name: 'x' }));
      const outcomes = await strict.system.target.write('category', requests, never);
      expect(outcomes.filter((one) => one.type === 'written')).toHaveLength(30);
    } finally {
      await strict.close();
    }
  });
});
