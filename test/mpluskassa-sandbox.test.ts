import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../src/base/clock.js';
import type { Document } from '../src/base/document.js';
import { KoppelError } from '../src/base/errors.js';
import { silentLogger } from '../src/base/logger.js';
import { mpluskassa } from '../src/systems/mpluskassa/index.js';
import type { Position, SeenRecord, System } from '../src/systems/system.js';
import { startMpluskassaSandbox } from '../sandbox/mpluskassa/start.js';

type Sandbox = Awaited<ReturnType<typeof startMpluskassaSandbox>>;

const { signal } = new AbortController();
let dataDir: string;
let sandbox: Sandbox;
let system: System;

async function admin<T>(method: string, path: string, body?: unknown): Promise<T> {
  const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
  const response = await fetch(`${sandbox.url}/__sandbox/${path}`, init);
  const text = await response.text();
  if (!response.ok) throw new Error(text);
  return (text === '' ? {} : text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : {}) as T;
}

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'koppel-mpluskassa-'));
  sandbox = await startMpluskassaSandbox({ port: 0, dataDir, seed: 7, products: 150 });
});
afterAll(async () => {
  await sandbox.close();
  rmSync(dataDir, { recursive: true, force: true });
});
beforeEach(async () => {
  system = mpluskassa.connect(
    { url: sandbox.url, ident: 'koppel', secret: 'sandbox-secret', timeoutMs: 5000 },
    // Every reading looks at the overlap again: time always has passed.
    { clock: { ...systemClock, monotonic: makeLeap() }, logger: silentLogger, failpoint: () => undefined },
  );
  await admin('DELETE', 'faults');
});

function makeLeap(): () => number {
  let ms = 0;
  return () => (ms += 60_000);
}

/** What a reader knows after following a stream: newest document per id. */
interface Known {
  position: Position | null;
  readonly records: Map<string, SeenRecord>;
}
const nothingYet = (): Known => ({ position: null, records: new Map() });

/** Reads to the end; a failed page is simply read again from where it began. Gives the codes of the failures. */
async function follow(stream: string, known: Known, limit = 40): Promise<string[]> {
  const failures: string[] = [];
  for (let pages = 0; pages < 500; pages++) {
    try {
      const page = await system.source.read(stream, known.position, { limit, signal });
      for (const record of page.records) {
        const before = known.records.get(record.externalId);
        if (before === undefined || record.version >= before.version) known.records.set(record.externalId, record);
      }
      known.position = page.position;
      if (!page.more) return failures;
    } catch (error) {
      if (!(error instanceof KoppelError) || error.class !== 'environment') throw error;
      failures.push(error.code);
    }
  }
  throw new Error(`${stream} does not end`);
}

interface ShopState {
  readonly products: Record<string, string>;
  readonly stock: Record<string, string>;
  readonly groups: Record<string, string>;
}

/** The same few facts, once as the sandbox holds them and once as the stream showed them. */
async function heldState(): Promise<ShopState> {
  const rows = async (type: string): Promise<Document[]> => {
    const response = await fetch(`${sandbox.url}/__sandbox/records?type=${type}`);
    const text = await response.text();
    return text.trim().startsWith('[')
      ? (JSON.parse(text) as Document[])
      : text.split('\n').filter(Boolean).map((line) => JSON.parse(line) as Document); // prettier-ignore
  };
  const articles = new Map((await rows('articles')).map((row) => [String(row['articleNumber']), row]));
  const products = (await rows('products')).map((row) => [
    String(row['productNumber']),
    JSON.stringify([
      row['description'],
      (row['articleNumbers'] as string[]).map((number) => [
        number,
        articles.get(number)?.['priceIncl'],
        articles.get(number)?.['active'],
      ]),
    ]),
  ]);
  const stock = (await rows('stock')).map((row) => [
    `${String(row['articleNumber'])}:${String(row['branchNumber'])}`,
    JSON.stringify([Number(row['onHand']) / 1000, Number(row['reserved']) / 1000]),
  ]);
  const groups = (await rows('groups')).map((row) => [
    String(row['groupNumber']),
    JSON.stringify([row['name'], row['isDeleted']]),
  ]);
  return {
    products: Object.fromEntries(products),
    stock: Object.fromEntries(stock),
    groups: Object.fromEntries(groups),
  };
}

function shownState(products: Known, stock: Known, groups: Known): ShopState {
  const map = (known: Known, facts: (document: Document) => unknown): Record<string, string> =>
    Object.fromEntries([...known.records].map(([id, { document }]) => [id, JSON.stringify(facts(document))]));
  return {
    products: map(products, (document) => [
      document['description'] ?? '',
      (document['articleList'] as Document[]).map((article) => [
        article['articleNumber'],
        String(Math.round(Number(article['priceIncl']) * 100)),
        article['active'],
      ]),
    ]),
    stock: map(stock, (document) => {
      const reserved = Number(document['amountReserved']);
      return [Number(mpluskassa.derive('stock', document, 'till', {})['amountPhysical']), reserved];
    }),
    groups: map(groups, (document) => [document['name'], document['isDeleted'] ?? false]),
  };
}

describe('MplusKASSA over real sockets', () => {
  it('is shown completely, and stays so through rounds of edits', async () => {
    const [products, stock, groups] = [nothingYet(), nothingYet(), nothingYet()];
    for (let round = 0; round < 6; round++) {
      await follow('products', products);
      await follow('stock', stock);
      await follow('groups', groups);
      expect(shownState(products, stock, groups)).toEqual(await heldState());
      for (const kind of ['products', 'stock', 'groups'])
        await admin('POST', 'mutate', { kind, count: 40, seed: round });
    }
    expect(Object.keys((await heldState()).products).length).toBeGreaterThanOrEqual(150);
  });

  it('is shown completely although answers fail in every way', async () => {
    const [products, stock, groups] = [nothingYet(), nothingYet(), nothingYet()];
    const faults = [
      'halfBody',
      'html',
      'empty',
      'faultWith200',
      '500before',
      '500after',
      'resetBefore',
      '429',
      'applyThenReset',
    ];
    for (const [seed, fault] of faults.entries())
      await admin('POST', 'faults', { match: '*', fault, probability: 0.015, seed });
    await admin('POST', 'faults', { match: '*', fault: 'halfBody', clean: true, probability: 0.015, seed: 99 });
    const failures = [...(await follow('products', products, 10)), ...(await follow("stock", stock, 60)), ...(await follow('groups', groups, 5))]; // prettier-ignore
    await admin('DELETE', 'faults');
    expect(shownState(products, stock, groups)).toEqual(await heldState());
    expect(new Set(failures).size).toBeGreaterThan(2);
  });

  it('stops when its markers begin anew', async () => {
    const known = nothingYet();
    await follow('products', known);
    await admin('POST', 'faults', { match: '*', fault: 'resetMarkers' });
    const failed = system.source.read('products', known.position, { limit: 10, signal });
    await expect(failed).rejects.toMatchObject({ code: 'POSITION_BEYOND_SOURCE' });
  });

  it('is recognised, and its connection explained, with rights missing as well', async () => {
    const account = await system.account(signal);
    expect(account).toMatchObject({ currency: 'EUR', country: 'NL' });
    expect((await system.test(signal)).map(({ status }) => status)).toEqual(['pass', 'pass', 'pass', 'pass', 'pass']);
    await admin('POST', 'faults', {
      match: '*',
      fault: 'forbid',
      operations: ['getLicenseInformation', 'getProducts'],
    });
    expect((await system.account(signal)).fingerprint).not.toBe('');
    const last = (await system.test(signal)).at(-1);
    expect(last).toMatchObject({ name: 'products', status: 'fail', hint: expect.stringContaining('right') });
  });
});
