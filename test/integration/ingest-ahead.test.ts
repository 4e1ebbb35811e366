/** Records that were stamped ahead of the time because a clock was wrong, where versions are times; what people change after that counts. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { contentHash } from '../../src/base/content-hash.js';
import type { Change } from '../../src/log/envelope.js';
import { deferChanges } from '../../src/store/deferred-changes.js';
import { annInBoth, openTwoWayHub, type TwoWayHub } from './two-way-hub.js';
import { product } from './ingest-world.js';

let hub: TwoWayHub;
beforeEach(async () => {
  hub = await openTwoWayHub();
  for (const [key, system] of hub.configuration.systems) {
    const streams = system.connector.streams.map((stream) =>
      stream.name === 'levels' ? stream : { ...stream, versionsPerMs: 1_000 },
    );
    hub.configuration.systems.set(key, { ...system, connector: { ...system.connector, streams } });
  }
});
afterEach(() => hub.close());

/** A version that is so many seconds from now, in microseconds. */
const stampedIn = (seconds: number): number => (Date.now() + seconds * 1_000) * 1_000;
const day = 86_400;
const named = async (): Promise<unknown> => (await hub.one('product'))['name'];
const shirt = (name: string, seconds: number) => ({ id: '7', version: stampedIn(seconds), document: product(name, ['S']) }); // prettier-ignore

describe('a record that was stamped ahead of the time', () => {
  it('takes what is changed once the clock is right again, and then nothing that is older', async () => {
    await hub.take('products', [shirt('Wrong clock', day)]);
    await hub.take('products', [shirt('Right clock', -1)]);
    expect(await named()).toBe('Right clock');
    await hub.take('products', [shirt('Before that', -60)]);
    expect(await named()).toBe('Right clock');
    await hub.take('products', [shirt('After that', 0)]);
    expect(await named()).toBe('After that');
  });

  it('takes it also when both are taken in at once, and known or stamped ahead before', async () => {
    await hub.take('products', [shirt('Wrong clock', day), shirt('Right clock', -1)]);
    expect(await named()).toBe('Right clock');
    await hub.take('products', [shirt('Wrong again', day), shirt('Right again', 0)]);
    expect(await named()).toBe('Right again');
    await hub.take('products', [shirt('More wrong', day)]);
    await hub.take('products', [shirt('Most wrong', 2 * day), shirt('Put right', 1)]);
    expect(await named()).toBe('Put right');
  });

  it('by no more than clocks differ that are right keeps what is newer', async () => {
    await hub.take('products', [shirt('Newer', 20)]);
    await hub.take('products', [shirt('Older', 10)]);
    expect(await named()).toBe('Newer');
  });

  it('is nothing special where versions are no times', async () => {
    const level = (onHand: string, version: number) => ({ id: 'v-S/1', version, document: { variant: 'v-S', location: '1', onHand } }); // prettier-ignore
    await hub.take('levels', [level('5', stampedIn(day)), level('4', stampedIn(-1))]);
    expect((await hub.one('stock_level'))['on_hand']).toBe('5.000000');
  });

  it('is not put back by what was put aside before it came', async () => {
    const [aside, ahead] = [shirt('Put aside', -60), shirt('Ahead', day)];
    await hub.take('products', [shirt('First', -120), ahead]);
    const change = {
      ...{ system: 'till', stream: 'products', record: 'product', externalId: '7', version: String(aside.version) },
      ...{ hash: contentHash(aside.document), document: aside.document, seenAt: new Date().toISOString() },
    };
    const key = { entity: 'product', externalId: '7', canonicalId: null, version: change.version } as const;
    await hub.database.tx((tx) =>
      deferChanges(tx, 'till', [{ ...key, change, force: false, traceId: 'trc_1', log: null }]),
    );
    await hub.takeUp('till');
    expect(await named()).toBe('Ahead');
  });

  it('by a write of ours takes what is shown after it, and nothing that was read before it', async () => {
    const id = await annInBoth(hub);
    const ann = (phone: string) => ({ fullName: 'Ann Smit', email: 'ann@example.com', phone });
    const phone = async (): Promise<unknown> => (await hub.one('customer'))['phone'];
    const seen = (phone: string, seconds: number): Change => ({
      ...{ system: 'shop', stream: 'customers', record: 'customer', externalId: 's1' },
      ...{ version: String(stampedIn(seconds)), hash: contentHash(ann(phone)), document: ann(phone) },
      seenAt: new Date().toISOString(),
    });
    const take = async (change: Change): Promise<void> => {
      await hub.append([change]);
      await hub.settle(hub.worker({ system: 'shop' }));
    };
    await hub.take('customers', [{ id: 't1', document: ann('2') }]);
    await hub.send('customer', id);
    const written = { changed: ['phone'], before: ann('1'), version: BigInt(stampedIn(day)) };
    await hub.acknowledge('customer', id, 's1', ann('2'), written);
    await hub.database.query('update external_reference set last_written_at = now()');
    await take(seen('0', -60));
    expect(await phone()).toBe('2');
    await hub.database.query(`update external_reference set last_written_at = now() - interval '5 minutes'`);
    await take(seen('3', -1));
    expect(await phone()).toBe('3');
  });
});
