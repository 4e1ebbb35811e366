import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startMpluskassaSandbox } from '../sandbox/mpluskassa/start.js';
import { systemClock } from '../src/base/clock.js';
import type { Document } from '../src/base/document.js';
import { silentLogger } from '../src/base/logger.js';
import type { ProjectedEntity } from '../src/canonical/entities.js';
import { mpluskassa } from '../src/systems/mpluskassa/index.js';
import type { HeldRecord, System, WriteOutcome, WriteRequest } from '../src/systems/system.js';

const { signal } = new AbortController();
let dataDir: string;
let sandbox: Awaited<ReturnType<typeof startMpluskassaSandbox>>;
let system: System;
/** An article that keeps stock, and its rows. */
let article: string;

const connect = (url: string, timeoutMs = 20_000): System =>
  mpluskassa.connect(
    { url, ident: 'koppel', secret: 'sandbox-secret', timeoutMs },
    { clock: systemClock, logger: silentLogger, failpoint: () => undefined },
  );
const faults = (body?: unknown): Promise<unknown> =>
  fetch(
    `${sandbox.url}/__sandbox/faults`,
    body === undefined ? { method: 'DELETE' } : { method: 'POST', body: JSON.stringify(body) },
  );
const ledgerSize = async (): Promise<number> =>
  (await (await fetch(`${sandbox.url}/__sandbox/ledger?after=0`)).text()).split('\n').filter(Boolean).length;

async function write(
  entity: ProjectedEntity,
  document: Document,
  more: Partial<WriteRequest> = {},
  by = system,
): Promise<WriteOutcome> {
  const request = { opKey: 'op-1', externalId: null, document, changed: Object.keys(document), held: null, ...more };
  const [outcome] = await by.target.write(entity, [request], signal);
  return outcome!;
}
const find = (
  entity: ProjectedEntity,
  document: Document,
  externalId: string | null = null,
): Promise<HeldRecord | null> => system.target.find(entity, { externalId, document }, signal);

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'koppel-mpluskassa-'));
  sandbox = await startMpluskassaSandbox({ port: 0, dataDir, seed: 3, products: 20 });
  system = connect(sandbox.url);
  const page = await system.source.read('stock', null, { limit: 10, signal });
  article = String(page.records[0]!.document['articleNumber']);
});
afterAll(async () => {
  await system.close();
  await sandbox.close();
  rmSync(dataDir, { recursive: true, force: true });
});
beforeEach(async () => {
  await faults();
});

describe('article groups as target', () => {
  it('are created, found by number and by name under their parent, changed, and gone when they do not exist', async () => {
    const parent = await write('category', { name: 'Winter & co', text: '', sortOrder: 9 });
    expect(parent).toMatchObject({ type: 'written', created: true, held: { document: { name: 'Winter & co' } } });
    const parentNumber = parent.type === 'written' ? parent.held.externalId : '';
    const child = await write('category', { name: 'Scarves', text: 'warm', parentGroupNumber: parentNumber });
    const number = child.type === 'written' ? child.held.externalId : '';
    expect(child).toMatchObject({ held: { document: { parentGroupNumber: parentNumber, text: 'warm' } } });
    expect(await find('category', { name: 'Scarves', parentGroupNumber: parentNumber })).toMatchObject({
      externalId: number,
    });
    expect(await find('category', { name: 'Scarves' })).toBeNull();
    expect(await find('category', {}, number)).toMatchObject({ document: { name: 'Scarves' } });
    const renamed = { name: 'Shawls', text: 'never sent', parentGroupNumber: parentNumber };
    expect(await write('category', renamed, { externalId: number, changed: ['name'] })).toMatchObject({
      type: 'written',
      created: false,
      held: { document: { name: 'Shawls', text: 'warm', parentGroupNumber: parentNumber } },
    });
    expect(await write('category', renamed, { externalId: '99999' })).toEqual({ type: 'gone' });
    expect(await find('category', {}, '99999')).toBeNull();
  });

  it('under a parent that does not exist are refused with the field', async () => {
    expect(await write('category', { name: 'x', parentGroupNumber: '99999' })).toMatchObject({
      type: 'refused',
      error: { code: 'RECORD_REFUSED', path: 'parentGroupNumber' },
    });
  });
});

describe('article groups that change places', () => {
  it('are refused for now below one that has not gone up yet, and for good below none that exists', async () => {
    const make = async (document: Document): Promise<string> => {
      const outcome = await write('category', document);
      return outcome.type === 'written' ? outcome.held.externalId : '';
    };
    const [upper, lower] = [
      { name: 'Upper', text: '' },
      { name: 'Lower', text: '' },
    ];
    const up = await make(upper);
    const down = await make({ ...lower, parentGroupNumber: up });
    const goDown = (): Promise<WriteOutcome> =>
      write('category', { ...upper, parentGroupNumber: down }, { externalId: up, changed: ['parentGroupNumber'] });
    expect(await goDown()).toMatchObject({ type: 'refused', mayPass: true });
    const goUp = { externalId: down, changed: ['parentGroupNumber'] };
    expect(await write('category', { ...lower, parentGroupNumber: '0' }, goUp)).toMatchObject({ type: 'written' });
    expect(await goDown()).toMatchObject({ type: 'written', held: { document: { parentGroupNumber: down } } });
    expect(await write('category', { name: 'y', parentGroupNumber: '99999' })).not.toHaveProperty('mayPass');
  });
});

describe('stock as target', () => {
  const stock = (...amounts: [number, string][]): Document => ({
    articleNumber: article,
    levels: amounts.map(([branch, amount]) => ({ branchNumber: String(branch), amount })),
  });

  it('is set where it differs and read back', async () => {
    const outcome = await write('stock', stock([1, '12.5'], [2, '3']));
    expect(outcome).toMatchObject({
      type: 'written',
      held: { externalId: article, document: stock([1, '12.5'], [2, '3']) },
    });
    const before = await ledgerSize();
    expect(await write('stock', stock([1, '12.50'], [2, '3']))).toMatchObject({ type: 'written', created: false });
    expect(await ledgerSize()).toBe(before);
    await write('stock', stock([1, '12.5'], [2, '4']));
    expect(await ledgerSize()).toBe(before + 1);
    expect(await find('stock', stock([2, '0']))).toMatchObject({ document: stock([2, '4']) });
  });

  it('of something that is no article number, of an unknown article or branch is refused and changes nothing', async () => {
    const before = await ledgerSize();
    for (const document of [
      { ...stock([1, '1']), articleNumber: 'ABC-1' },
      { ...stock([1, '1']), articleNumber: '999999999' },
      stock([77, '1']),
      stock([1, 'many']),
    ]) {
      expect(await write('stock', document)).toMatchObject({ type: 'refused', error: { code: 'RECORD_REFUSED' } });
    }
    expect(await ledgerSize()).toBe(before);
    expect(await find('stock', { articleNumber: 'ABC-1' })).toBeNull();
  });

  it.each(['applyThenReset', 'applyThenTimeout', '500after', 'resetBefore', 'halfBody'])(
    'that met %s may have been applied',
    async (fault) => {
      await faults({ match: 'setStock', fault, times: 1 });
      const amount = String(100 + fault.length);
      // Only what never comes is waited for shortly.
      const by = fault === 'applyThenTimeout' ? connect(sandbox.url, 2_000) : system;
      expect(await write('stock', stock([1, amount]), {}, by)).toMatchObject({ type: 'unknown' });
      if (by !== system) await by.close();
      await faults();
      expect(await write('stock', stock([1, amount]))).toMatchObject({ type: 'written' });
    },
  );

  it('was certainly not applied when it could not be looked at, or the service was not reached', async () => {
    await faults({ match: 'getStock', fault: '500before', times: 1 });
    expect(await write('stock', stock([1, '55']))).toMatchObject({ type: 'failed' });
    const nobody = connect('http://127.0.0.1:9/');
    const request = { opKey: 'o', externalId: null, document: { name: 'x', text: '' }, changed: ['name'], held: null };
    const [outcome] = await nobody.target.write('category', [request], signal);
    expect(outcome).toMatchObject({ type: 'failed', error: { code: 'SYSTEM_UNREACHABLE' } });
    await nobody.close();
  });
});

it('says what it cannot write', async () => {
  expect(await write('variant', {})).toMatchObject({ type: 'failed', error: { code: 'CAPABILITY_MISSING' } });
});
