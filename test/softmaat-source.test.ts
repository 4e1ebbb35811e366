/** The Softmaat connector as a source: nothing is lost in ties, late stamps and faults, and nothing moves on half a page. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page, SeenRecord, System } from '../src/systems/system.js';
import { never, openSoftmaatWorld, simple, type SoftmaatWorld } from './support/softmaat-world.js';

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

const code = async (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'nothing was thrown',
    (error: unknown) => (error as { code?: string }).code ?? String(error),
  );

/** Reads a stream until there is no more; fails when a page is too large or the stream does not end. */
async function readAll(
  stream: string,
  from: string | null,
  limit: number,
  by = system,
): Promise<{ records: SeenRecord[]; position: string; pages: Page[] }> {
  const pages: Page[] = [];
  let position = from;
  for (let more = true; more;) {
    const page: Page = await by.source.read(stream, position, { limit, signal: never });
    expect(page.records.length).toBeLessThanOrEqual(limit);
    if (page.more) expect(page.position).not.toBe(position);
    pages.push(page);
    ({ position, more } = page);
    if (pages.length > 500) throw new Error('the stream does not end');
  }
  return { records: pages.flatMap((page) => page.records), position: position ?? '', pages };
}

const stock = (skus: readonly string[], onHand: string): Promise<unknown> =>
  world.raw('PUT', '/stock', { data: skus.map((sku) => ({ sku, warehouseCode: 'MAIN', onHand })) });

describe('reading what changed', () => {
  const skus = Array.from({ length: 60 }, (_, index) => `T${index}`);
  beforeAll(async () => {
    for (const sku of skus) await world.raw('POST', '/products', simple(sku));
    // One transaction: 60 rows share an instant.
    await stock(skus, '1');
  });

  it.each([1, 7, 59, 60, 61, 250])('gives every record with pages of %d, also inside a tie', async (limit) => {
    const rows = await readAll('stock', null, limit);
    expect(new Set(rows.records.map((one) => one.externalId)).size).toBe(60);
    const instants = new Set(rows.records.map((one) => one.version));
    expect(instants.size).toBe(1);
    const products = await readAll('products', null, limit);
    expect(new Set(products.records.map((one) => one.externalId)).size).toBe(60);
  });

  it('stands still when nothing is new, and repeats only what it said it would', async () => {
    const first = await readAll('products', null, 250);
    const second = await readAll('products', first.position, 250);
    expect(second.position).toBe(first.position);
    const overlapFrom = first.pages.at(-1)?.overlapFrom ?? 0n;
    expect(second.records.every((one) => one.version >= overlapFrom)).toBe(true);
  });

  it('sees every edit after its position, those with a stamp in the past too', async () => {
    let { position } = await readAll('products', null, 250);
    for (let round = 1; round <= 10; round++) {
      const answer = await world.admin('POST', 'mutate', { kind: 'products', count: 20, seed: round });
      const { changed } = (await answer.json()) as { changed: { products: string[] } };
      // By somebody who has not just read, and so reads the overlap.
      const next = await readAll('products', position, 13, world.connect());
      const held = new Map((await world.records('products')).map((row) => [row['sku'], row['updatedAt']]));
      const seen = new Map(next.records.map(({ document }) => [document['sku'], document['updatedAt']]));
      expect(changed.products.filter((sku) => seen.get(sku) !== held.get(sku))).toEqual([]);
      position = next.position;
    }
  });

  it('starts at the head without the history', async () => {
    const head = await system.source.head('products', never);
    await world.raw('POST', '/products', simple('after-head'));
    const { records } = await readAll('products', head, 250);
    expect(records.map((one) => one.document['sku'])).toContain('after-head');
  });

  it('scans all keys, each once', async () => {
    const keys: string[] = [];
    for await (const records of system.source.scan('products', never))
      keys.push(...records.map((one) => one.externalId));
    const all = (await world.records('products')).map((row) => row['id']);
    expect(keys.sort()).toEqual(all.sort());
  });
});

describe('what is wrong with an answer', () => {
  it.each([
    [{ fault: 'halfBody' }, 'INCOMPLETE_RESPONSE'],
    [{ fault: 'halfBody', clean: true }, 'INCOMPLETE_RESPONSE'],
    [{ fault: 'html' }, 'UNEXPECTED_RESPONSE'],
    [{ fault: 'html', status: 404 }, 'UNEXPECTED_RESPONSE'],
    [{ fault: 'html', status: 302 }, 'UNEXPECTED_RESPONSE'],
    [{ fault: 'empty', status: 502 }, 'SYSTEM_FAULT'],
    [{ fault: 'faultWith200' }, 'UNEXPECTED_RESPONSE'],
    [{ fault: 'gzipBomb', bytes: 60_000_000 }, 'RESPONSE_TOO_LARGE'],
    [{ fault: 'resetBefore' }, 'INCOMPLETE_RESPONSE'],
    [{ fault: 'timeoutBefore' }, 'SYSTEM_TIMEOUT'],
    [{ fault: 'slowDrip', ms: 50 }, 'SYSTEM_TIMEOUT'],
    [{ fault: '429', retryAfter: 3 }, 'RATE_LIMITED'],
    [{ fault: '401' }, 'CREDENTIALS_REJECTED'],
  ])('%j is an error and never a shorter page', async (fault, expected) => {
    await world.fault({ match: 'listProducts', ...fault });
    // What never comes is waited for shortly; what is large may take its time on a busy machine.
    const timeoutMs = expected === 'SYSTEM_TIMEOUT' ? 1_000 : 20_000;
    const direct = world.connect({ direct: true, timeoutMs });
    expect(await code(direct.source.read('products', null, { limit: 250, signal: never }))).toBe(expected);
  });

  it('no cut of a page, at whatever byte, comes back shorter', async () => {
    const direct = world.connect({ direct: true });
    const options = { limit: 3, signal: never };
    // In the middle of a sweep a page is one request.
    const { position } = await direct.source.read('stock', null, options);
    const read = (): Promise<Page> => direct.source.read('stock', position, options);
    const whole = await read();
    expect(whole.records).toHaveLength(3);
    const size = JSON.stringify({
      data: whole.records.map((one) => one.document),
      page: { nextCursor: 'x'.repeat(60) },
    }).length;
    for (let bytes = 0; bytes < size - 70; bytes += 11) {
      await world.fault({ match: 'listStock', fault: 'halfBody', bytes, clean: true });
      expect([bytes, await code(read())]).toEqual([bytes, 'INCOMPLETE_RESPONSE']);
    }
  });

  it('stops when the system is emptier or older than the position', async () => {
    const fresh = await openSoftmaatWorld();
    try {
      await fresh.raw('POST', '/products', simple('1'));
      const { position } = await fresh.system.source.read('products', null, { limit: 10, signal: never });
      await fresh.admin('POST', 'reset', {});
      expect(await code(fresh.system.source.read('products', position, { limit: 10, signal: never }))).toBe(
        'POSITION_BEYOND_SOURCE',
      );
    } finally {
      await fresh.close();
    }
  });

  it('goes on when only the newest record was deleted', async () => {
    const fresh = await openSoftmaatWorld();
    try {
      await fresh.raw('POST', '/categories', { name: 'a' });
      const { position } = await fresh.system.source.read('categories', null, { limit: 10, signal: never });
      const place = JSON.parse(position) as { high: string };
      // Newer than what is there, and not ahead of the time.
      const high = new Date(Date.parse(place.high) + 3_000).toISOString();
      const later = JSON.stringify({ ...place, high, updatedFrom: high, top: 'deleted' });
      const page = await fresh.system.source.read('categories', later, { limit: 10, signal: never });
      expect([page.records.length, page.more]).toEqual([0, false]);
    } finally {
      await fresh.close();
    }
  });
});
