/** Products written to MplusKASSA over sockets: articles, numbers, prices, groups, and what people in the till did meanwhile. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startMpluskassaSandbox } from '../sandbox/mpluskassa/start.js';
import { systemClock } from '../src/base/clock.js';
import type { Document } from '../src/base/document.js';
import { silentLogger } from '../src/base/logger.js';
import { mpluskassa } from '../src/systems/mpluskassa/index.js';
import type { HeldRecord, System, WriteOutcome, WriteRequest } from '../src/systems/system.js';

const { signal } = new AbortController();
let dataDir: string;
let sandbox: Awaited<ReturnType<typeof startMpluskassaSandbox>>;
let system: System;
let groups: string[];

const connect = (url: string, timeoutMs = 20_000): System =>
  mpluskassa.connect(
    { url, ident: 'koppel', secret: 'sandbox-secret', timeoutMs },
    { clock: systemClock, logger: silentLogger, failpoint: () => undefined },
  );
const lines = async (path: string): Promise<Document[]> =>
  (await (await fetch(`${sandbox.url}/__sandbox/${path}`)).text())
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Document);
const faults = (body?: unknown): Promise<unknown> =>
  fetch(
    `${sandbox.url}/__sandbox/faults`,
    body === undefined ? { method: 'DELETE' } : { method: 'POST', body: JSON.stringify(body) },
  );
const article = async (number: string): Promise<Document | undefined> =>
  (await lines('records?type=articles')).find((row) => row['articleNumber'] === number);
const applied = async (): Promise<number> => (await lines('ledger?after=0')).length;

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'koppel-mpluskassa-'));
  sandbox = await startMpluskassaSandbox({ port: 0, dataDir, seed: 3, products: 10 });
  system = connect(sandbox.url);
  groups = (await lines('records?type=groups'))
    .slice(0, 3)
    .map((row) => String(row['groupNumber']))
    .sort();
});
afterAll(async () => {
  await system.close();
  await sandbox.close();
  rmSync(dataDir, { recursive: true, force: true });
});
afterEach(async () => {
  await faults();
});

const one = (number: string, more: Document = {}): Document => ({
  articleNumber: number,
  extArticleId: `var_${number}`,
  active: true,
  description: `Scarf ${number}`,
  vatCode: '1',
  priceIncl: '12.1',
  webshop: true,
  stockArticle: true,
  ...more,
});
const product = (articles: readonly Document[], more: Document = {}): Document => ({
  description: 'Scarf',
  extraText: 'Soft & warm',
  groupNumbers: [],
  articleList: articles,
  ...more,
});

async function write(document: Document, more: Partial<WriteRequest> = {}, by = system): Promise<WriteOutcome> {
  const request = { opKey: 'op', externalId: null, document, changed: Object.keys(document), held: null, ...more };
  const [outcome] = await by.target.write('product', [request], signal);
  return outcome!;
}
const written = (outcome: WriteOutcome): HeldRecord => {
  if (outcome.type !== 'written') throw new Error(JSON.stringify(outcome));
  return outcome.held;
};
const find = (document: Document, externalId: string | null = null): Promise<HeldRecord | null> =>
  system.target.find('product', { externalId, document }, signal);
describe('a product as target', () => {
  it('is made with all its articles, names them as parts, and is found by its articles', async () => {
    const document = product([one('70001', { colour: 'Red', size: 'M' }), one('70002', { active: false })], {
      groupNumbers: groups,
    });
    const held = written(await write(document));
    expect(held).toMatchObject({
      document: { description: 'Scarf', extraText: 'Soft & warm', groupNumbers: [...groups] },
      parts: [
        { entity: 'variant', canonicalId: 'var_70001', externalId: '70001', key: '70001' },
        { entity: 'variant', canonicalId: 'var_70002', externalId: '70002', key: '70002' },
      ],
    });
    expect((held.document['articleList'] as Document[])[0]).toMatchObject({
      colour: 'Red',
      priceIncl: '12.10',
      priceExcl: '10.00',
    });
    // Written, it is known to have been read after the write.
    const there = { ...held, mayHoldEdits: undefined };
    expect(await find(document)).toEqual(there);
    expect(await find(document, held.externalId)).toEqual(there);
    expect(await find(product([one('79999')]))).toBeNull();
    expect(await find({}, '999999')).toBeNull();
  });

  it('takes exactly one of the prices and calculates the other', async () => {
    const held = written(await write(product([one('70011', { priceIncl: null, priceExcl: '10', vatCode: '2' })])));
    expect((held.document['articleList'] as Document[])[0]).toMatchObject({ priceIncl: '10.90', priceExcl: '10.00' });
    const dearer = product([one('70011', { priceIncl: null, priceExcl: '10', vatCode: '1' })]);
    const after = written(await write(dearer, { externalId: held.externalId, held, changed: ['articleList'] }));
    expect((after.document['articleList'] as Document[])[0]).toMatchObject({ priceIncl: '12.10', priceExcl: '10.00' });
    expect(await write(product([one('70012', { priceIncl: '1.234' })]))).toMatchObject({
      type: 'refused',
      error: { code: 'RECORD_REFUSED', path: 'articleList.priceIncl' },
    });
    expect(await article('70012')).toBeUndefined();
  });

  it('gets new articles, and keeps one that went away as an inactive one', async () => {
    const held = written(await write(product([one('70021'), one('70022')])));
    const document = product([one('70022'), one('70023', { description: 'New' })]);
    const after = written(await write(document, { externalId: held.externalId, held, changed: ['articleList'] }));
    expect(after.parts).toHaveLength(2);
    expect(await article('70021')).toMatchObject({ active: false, productNumber: held.externalId });
    expect(await article('70023')).toMatchObject({ active: true, description: 'New', productNumber: held.externalId });
    const before = await applied();
    expect(await write(document, { externalId: held.externalId, held: after })).toMatchObject({ type: 'written' });
    expect(await applied()).toBe(before);
  });

  it('keeps what somebody changed in the till and the hub has not seen, but gives what the hub changed', async () => {
    const held = written(await write(product([one('70031')])));
    // Somebody in the till makes it dearer.
    const elsewhere = product([one('70031', { priceIncl: '15.00' })]);
    await write(elsewhere, { externalId: held.externalId, held: null, changed: ['articleList'] });
    const renamed = product([one('70031', { description: 'Shawl' })]);
    const after = written(await write(renamed, { externalId: held.externalId, held, changed: ['articleList'] }));
    expect((after.document['articleList'] as Document[])[0]).toMatchObject({
      description: 'Shawl',
      priceIncl: '15.00',
    });
  });

  it('gives custom fields and leaves those that people added', async () => {
    const fields = (...pairs: [string, string][]) => ({
      customFieldList: pairs.map(([code, value]) => ({ code, value })),
    });
    const held = written(await write(product([one('70041', fields(['origin', 'NL'], ['material', 'wool']))])));
    const theirs = product([one('70041', fields(['shelf', 'B4'], ['origin', 'NL'], ['material', 'wool']))]);
    await write(theirs, { externalId: held.externalId, held: null });
    const document = product([one('70041', fields(['origin', 'BE']))]);
    const after = written(await write(document, { externalId: held.externalId, held, changed: ['articleList'] }));
    expect((after.document['articleList'] as Document[])[0]!['customFieldList']).toEqual([
      { code: 'origin', value: 'BE' },
    ]);
    expect((await article('70041'))!['customFieldList']).toMatchObject([
      { fieldName: 'origin', strValue: 'BE' },
      { fieldName: 'shelf', strValue: 'B4' },
    ]);
  });

  it('joins and leaves article groups, the last one too', async () => {
    const held = written(await write(product([one('70051')], { groupNumbers: groups.slice(0, 2) })));
    const moved = product([one('70051')], { groupNumbers: groups.slice(1) });
    const after = written(await write(moved, { externalId: held.externalId, held, changed: ['groupNumbers'] }));
    expect(after.document['groupNumbers']).toEqual(groups.slice(1));
    const out = written(
      await write(product([one('70051')]), { externalId: held.externalId, held: after, changed: ['groupNumbers'] }),
    );
    expect(out.document['groupNumbers']).toEqual([]);
    expect(await write(product([one('70052')], { groupNumbers: ['99999'] }))).toMatchObject({ type: 'refused' });
  });

  it('whose number is taken is looked at again; a number that stands in for a SKU belongs to whoever carries the id', async () => {
    const held = written(await write(product([one('70061')])));
    expect(await write(product([one('70061')]))).toEqual({ type: 'stale' });
    const allocated = product([one('70061', { extArticleId: 'var_other', pluNumber: 'ABC-1' })]);
    expect(await write(allocated)).toEqual({ type: 'stale' });
    expect(await find(allocated)).toBeNull();
    expect(await find(product([one('70061', { extArticleId: 'var_other' })]))).toMatchObject({
      externalId: held.externalId,
    });
    const own = product([one('70062', { pluNumber: 'ABC-2' })]);
    const made = written(await write(own));
    expect(await find(own)).toEqual({ ...made, mayHoldEdits: undefined });
  });

  it('does not take an article from another product, and says whose it is', async () => {
    const first = written(await write(product([one('70071'), one('70072')])));
    const second = written(await write(product([one('70073')])));
    const stolen = product([one('70073'), one('70072')]);
    const outcome = await write(stolen, { externalId: second.externalId, held: second, changed: ['articleList'] });
    expect(outcome).toMatchObject({ type: 'refused', error: { path: 'articleList' } });
    expect(JSON.stringify(outcome)).toContain(`article 70072 belongs to product ${first.externalId}`);
    const foreign = product([one('70073'), one('70072', { pluNumber: 'X-1', extArticleId: 'var_x' })]);
    expect(await write(foreign, { externalId: second.externalId, held: second, changed: ['articleList'] })).toEqual({
      type: 'stale',
    });
    await expect(find(product([one('70071'), one('70073')]))).rejects.toMatchObject({ code: 'RECORD_REFUSED' });
  });

  it('that is gone, has no article, or has a number that is none, says so', async () => {
    expect(await write(product([one('70081')]), { externalId: '999999' })).toEqual({ type: 'gone' });
    for (const articles of [[], [one('0017')], [one('ABC')], [one('70082'), one('70082')]]) {
      expect(await write(product(articles))).toMatchObject({ type: 'refused', error: { code: 'RECORD_REFUSED' } });
    }
  });

  it.each(['applyThenReset', 'applyThenTimeout', '500after', 'applyTwice'])(
    'that met %s while it was made is there once and is found',
    async (fault) => {
      const number = `7010${fault.length}`;
      await faults({ match: 'createProduct', fault, times: 1 });
      // Only what never comes is waited for shortly.
      const by = fault === 'applyThenTimeout' ? connect(sandbox.url, 2_000) : system;
      const outcome = await write(product([one(number)]), {}, by);
      if (by !== system) await by.close();
      expect(['unknown', 'stale', 'written']).toContain(outcome.type);
      await faults();
      expect(await find(product([one(number)]))).toMatchObject({ parts: [{ externalId: number }] });
      const made = (await lines('records?type=articles')).filter((row) => row['articleNumber'] === number);
      expect(made).toHaveLength(1);
      expect(await write(product([one(number)]))).toEqual({ type: 'stale' });
    },
  );
});

it('is not written any more when the time for it is over', async () => {
  let ms = 0;
  const clock = { ...systemClock, monotonic: () => (ms += 1_500) };
  const slow = mpluskassa.connect(
    { url: sandbox.url, ident: 'koppel', secret: 'sandbox-secret', timeoutMs: 1000 },
    { clock, logger: silentLogger, failpoint: () => undefined },
  );
  const before = await applied();
  const document = product([one('70201')]);
  const request = { opKey: 'op', externalId: null, document, changed: Object.keys(document), held: null };
  expect(await slow.target.write('product', [request], signal)).toMatchObject([
    { type: 'failed', error: { code: 'SYSTEM_TIMEOUT' } },
  ]);
  await slow.close();
  expect(await applied()).toBe(before);
});
