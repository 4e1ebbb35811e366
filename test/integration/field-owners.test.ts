/** Owners of fields that people take away again: from then on a field is as its flows and the hub have it. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Document } from '../../src/base/document.js';
import type { FieldOwner } from '../../src/canonical/ownership.js';
import { ownershipOf } from '../../src/cdc/sources.js';
import { canonicalTopic } from '../../src/log/change-log.js';
import { announceConfiguration } from '../../src/store/configuration.js';
import * as conflicts from '../../src/store/field-conflicts.js';
import * as owners from '../../src/store/field-owners.js';
import * as journal from '../../src/store/journal.js';
import * as rows from '../../src/store/rows.js';
import * as statements from '../../src/store/shown-statements.js';
import { makeFieldOwnership, type FieldOwnership } from '../../src/sync/field-ownership.js';
import { openTwoWayHub, type TwoWayHub } from './two-way-hub.js';

let hub: TwoWayHub;
let ownership: FieldOwnership;
beforeEach(async () => {
  hub = await openTwoWayHub();
  const { database, log, configuration } = hub;
  await database.query(`insert into system (id, key, connector, name) select 'sys_' || k, k, 'test', k from unnest('{till,shop}'::text[]) k`); // prettier-ignore
  const reload = async (): Promise<void> => {
    configuration.fieldOwners = await owners.loadFieldOwners(database);
  };
  ownership = makeFieldOwnership({ database, conflicts, owners, statements, rows, journal, log, canonicalTopic, configuration, ownershipOf, announceConfiguration, reload, changed: () => undefined }); // prettier-ignore
});
afterEach(() => hub.close());

const ann: Document = { fullName: 'Ann Smit', email: 'ann@example.com', phone: '1' };
const take = (id: 't1' | 's1', phone: string): Promise<void> =>
  hub.take('customers', [{ id, document: { ...ann, phone } }], id === 't1' ? 'till' : 'shop');
const phone = async (): Promise<unknown> => (await hub.one('customer'))['phone'];
const conflict = async (): Promise<unknown> => (await hub.database.query('select * from field_conflict'))[0];
const save = (policy: FieldOwner['policy'], owner: string | null = null): Promise<void> =>
  ownership.saveOwners([{ entity: 'customer', field: 'phone', policy, owner }], 'key_1');

/** Ann came from the till and was made in the shop. */
async function annInBoth(): Promise<string> {
  await take('t1', '1');
  const id = String((await hub.one('customer'))['id']);
  await hub.send('customer', id);
  await hub.acknowledge('customer', id, 's1', ann);
  return id;
}

describe('a field whose owner people take away, and of which the last writer counts then', () => {
  it('ends its conflicts by the last word', async () => {
    await annInBoth();
    await save('manual');
    await take('t1', '2');
    await take('s1', '3');
    expect(await conflict()).toMatchObject({ field: 'phone', resolved_at: null });
    expect(await phone()).toBe('2');
    await save('source');
    expect(await phone()).toBe('3');
    expect(await conflict()).toMatchObject({ resolution: 'POLICY', resolved_by: 'key_1', value: '3' });
    expect(ownership.ownersOf('customer')).toContainEqual(
      expect.objectContaining({ field: 'phone', policy: 'lastWriter', isOwn: false, owners: [] }),
    );
  });

  it('is not taken back by a system that still shows what it held before', async () => {
    const id = await annInBoth();
    await save('source', 'till');
    await take('t1', '2');
    await hub.send('customer', id);
    const written = { changed: ['phone'], before: ann };
    await hub.acknowledge('customer', id, 's1', { ...ann, phone: '2' }, written);
    await save('source');
    await take('t1', '3');
    await take('s1', '2');
    expect(await phone()).toBe('3');
    await take('s1', '4');
    expect(await phone()).toBe('4');
  });
});

describe('a field about which people have said something', () => {
  it('is shown with what holds when they take it back, and with the systems whose word can count at all', async () => {
    const shown = () => ownership.ownersOf('customer').find(({ field }) => field === 'phone');
    const usual = { policy: 'lastWriter', owners: [] };
    expect(shown()).toMatchObject({ ...usual, isOwn: false, usual, sources: ['shop', 'till'] });
    await save('source', 'till');
    expect(shown()).toMatchObject({
      policy: 'source',
      owners: ['till'],
      isOwn: true,
      usual,
      sources: ['shop', 'till'],
    });
    await save('source');
    expect(shown()).toMatchObject({ ...usual, isOwn: false, usual });
  });
});

describe('an owner that cannot be', () => {
  it.each([
    [{ field: 'phone', policy: 'manual', owner: 'till' }, 'customer.phone belongs to one system or to several'],
    [{ field: 'phone', policy: 'source', owner: 'moon' }, 'There is no system moon.'],
    [{ field: 'colour', policy: 'manual', owner: null }, 'There is no field customer.colour.'],
  ] as const)('%o is refused with the reason', async (owner, reason) => {
    const saved = ownership.saveOwners([{ entity: 'customer', ...owner }], 'key_1');
    await expect(saved).rejects.toThrow(reason);
    expect(await owners.loadFieldOwners(hub.database)).toEqual([]);
  });
});

describe('owners that contradict each other', () => {
  it('are refused, and nothing is saved', async () => {
    const twice = (['manual', 'lastWriter'] as const).map((policy): FieldOwner => ({ entity: 'customer', field: 'phone', policy, owner: null })); // prettier-ignore
    await expect(ownership.saveOwners(twice, 'key_1')).rejects.toThrow('customer.phone is named twice');
    expect(await hub.database.query('select 1 from field_owner')).toEqual([]);
  });
});
