/** What a trial run reads of streams that flows would not read from their beginning. */
import { expect, it } from '@jest/globals';
import type { Configuration } from '../sync/configuration.js';
import type { Page } from '../systems/system.js';
import { readForTrial } from './trial-reading.js';

const page: Page = {
  records: [{ externalId: '1', version: 1n, document: { name: 'Of before' } }],
  ...{ position: '1', more: false, overlapFrom: 0n },
};

async function read(startFrom: 'now' | 'beginning') {
  const streams = [
    { name: 'products', record: 'product', entity: 'product' },
    { name: 'categories', record: 'category', entity: 'category' },
  ];
  const source = { read: () => Promise.resolve(page), head: () => Promise.resolve('1') };
  const system = (key: string, its: readonly object[]) => [key, { key, connector: { streams: its }, system: { source } }];
  const settings = { startFrom, batchSize: 10, ownedFields: [] };
  const flow = { key: 'f', entity: 'product', source: 'till', target: 'shop', isRead: true, isInUse: true, pollEveryMs: 1, settings };
  const categories = { ...flow, key: 'c', entity: 'category', settings: { ...settings, startFrom: 'beginning' } };
  const configuration = {
    flows: [flow, categories],
    systems: new Map([system('till', streams), system('shop', [])] as never),
    inbound: () => undefined,
  } as unknown as Configuration;
  const clock = { now: () => new Date(0), monotonic: () => 0, sleep: () => Promise.resolve() };
  const signal = new AbortController().signal;
  const found = await readForTrial(configuration, { most: 5, clock, signal, read: () => Promise.resolve() });
  return found.map(({ entity, incoming, isComplete }) => ({ entity, count: incoming.length, isComplete }));
} // prettier-ignore

it('are nothing of the past where a flow starts now', async () => {
  const category = { entity: 'category', count: 1, isComplete: true };
  expect(await read('beginning')).toEqual([category, { entity: 'product', count: 1, isComplete: true }]);
  expect(await read('now')).toEqual([category, { entity: 'product', count: 0, isComplete: true }]);
});
