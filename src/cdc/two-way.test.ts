import { expect, it } from '@jest/globals';
import { makeByRecord } from '../canonical/identity.js';
import type { Configuration, ConnectedSystem, Flow } from '../sync/configuration.js';
import type { Batch } from './batch.js';
import type { Placed } from './classify.js';
import type { KnownReferences } from './look-up.js';
import { toFlowSettings } from '../sync/flow-settings.js';
import { separate, type TwoWayDeps } from './two-way.js';

const flow = (source: string, target: string): Flow =>
  ({
    key: `${source}-customers`,
    entity: 'customer',
    source,
    target,
    isEnabled: true,
    isInUse: true,
    settings: toFlowSettings({}),
  }) as Flow;

/** A change of a customer of the shop that was read when version 1 was the last one known. */
async function taken(version: string, acknowledged: bigint): Promise<{ free: number; settled: readonly string[] }> {
  const settled: string[] = [];
  const known: KnownReferences = makeByRecord();
  known.set('customer', 's1', {
    externalId: 's1', canonicalId: 'c1', origin: 'CREATED', sourceVersion: 1n, contentHash: null, naturalKey: null, shown: null,
  }); // prettier-ignore
  const connected = { connector: { targets: [], catalogue: [], streams: [] } } as unknown as ConnectedSystem;
  const configuration = { flows: [flow('till', 'shop'), flow('shop', 'till')], fieldOwners: [], systems: new Map([['shop', connected]]) } as unknown as Configuration; // prettier-ignore
  const outcome = { settle: (_: Placed, as: string) => settled.push(as), compared: () => undefined };
  const deps = {
    shown: { lockShown: () => Promise.resolve(new Map([['customer:s1', { shown: null, version: acknowledged }]])) },
    deferred: {
      recordsInFlight: () => Promise.resolve(new Set()),
      createsInFlight: () => Promise.resolve(new Set()),
      deferChanges: () => Promise.resolve(),
    },
    observe: () => Promise.resolve([]),
  } as unknown as TwoWayDeps;
  const change = { version, record: 'debtor', document: {} };
  const placed = { entity: 'customer', externalId: 's1', incoming: { change } } as unknown as Placed;
  const main = { entity: 'customer', externalId: 's1', fields: {}, cleared: [] };
  const translated = [{ placed, result: { type: 'drafts', main, formers: [] } }] as never;
  const batch = { system: 'shop', connected, configuration, known, outcome } as unknown as Batch;
  const free = await separate(deps, batch, translated, { externalIds: new Map(), underWay: new Set() } as never);
  return { free: free.length, settled };
}

it('leaves out what is older than a write of ours that was acknowledged after the change had been sifted', async () => {
  expect(await taken('10', 20n)).toEqual({ free: 0, settled: ['stale'] });
  // The write itself coming back may bring news of others.
  expect(await taken('20', 20n)).toEqual({ free: 1, settled: [] });
  expect(await taken('21', 20n)).toEqual({ free: 1, settled: [] });
});
