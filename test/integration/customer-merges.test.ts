/** Merging customers and taking them apart, with a real projector: what a target is told before, during and after. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Document } from '../../src/base/document.js';
import { toEventMessage } from '../../src/log/event-message.js';
import { mergedAmong } from '../../src/store/customer-merges.js';
import type { CustomerMerges } from '../../src/sync/customer-merges.js';
import { openMergingWorld, type MergingWorld } from './merging-world.js';
import type { ScriptedTarget } from './scripted-target.js';

let target: ScriptedTarget;
let world: MergingWorld;
let merges: CustomerMerges;
let customer: MergingWorld['customer'];
let order: MergingWorld['order'];
beforeEach(async () => {
  world = await openMergingWorld();
  ({ target, merges, customer, order } = world);
});
afterEach(() => world.close());

const customerOf = (id: string): unknown => target.record('order', id)?.document['customerId'];
const linksOf = async (id: string): Promise<readonly string[]> => {
  const found = await world.database.query<{ link: string }>(
    `select system || ' ' || external_id as link from external_reference where entity = 'customer' and canonical_id = $1 order by 1`,
    [id],
  );
  return found.map(({ link }) => link);
};
/** What the shop holds of the record with this id there. */
const inShop = async (externalId: string): Promise<Document> =>
  (await target.target.find('customer', { externalId, document: {} }, AbortSignal.timeout(1_000)))!.document;
const word = { by: 'usr_1', reason: 'the same person' };
const merge = async (survivorId: string, ...duplicateIds: string[]): Promise<void> => {
  const { planHash } = await merges.plan({ survivorId, duplicateIds });
  await merges.merge({ survivorId, duplicateIds }, planHash, word);
  await world.settle();
};
const takeApart = async (id: string): Promise<void> => {
  await merges.takeApart(id, word);
  await world.settle();
};

/** Two customers whose first orders are in the shop: c1 is x1 or so there, c2 another one. */
async function twoInShop(): Promise<readonly [string, string]> {
  await world.addFlow('order');
  for (const id of ['c1', 'c2']) {
    await customer(id);
    await order(`o-${id}`, id);
  }
  await world.settle();
  const ids = ['c1', 'c2'].map((id) => target.record('customer', id)!.externalId);
  return [ids[0]!, ids[1]!];
}

describe('two customers that have a record each in a target', () => {
  it('are one for orders that come there from then on; what is there stays as it was written', async () => {
    const [first, second] = await twoInShop();
    await merge('c1', 'c2');
    await order('o3', 'c2');
    await order('o-c2', 'c2', { status: 'COMPLETED' });
    await world.settle();
    expect([customerOf('o-c2'), customerOf('o3')]).toEqual([second, first]);
    expect(await linksOf('c2')).toEqual([`shop ${second}`, 'till c2']);
  });

  it('write nothing of the duplicate any more, and say why', async () => {
    const [, second] = await twoInShop();
    await merge('c1', 'c2');
    await customer('c2', { phone: '0201' });
    await world.settle();
    expect(await world.row('customer', 'c2')).toMatchObject({ state: 'excluded', reason_code: 'MERGED_RECORD' });
    expect((await inShop(second))['phone'] ?? null).toBeNull();
    expect(await world.steps('c2')).toContain('merged merged');
    expect(await world.steps('c1')).toContain('merged merged');
  });

  it('are two again when they are taken apart: what was held back is written, and orders name each again', async () => {
    const [first, second] = await twoInShop();
    await merge('c1', 'c2');
    await customer('c2', { phone: '0201' });
    await order('o3', 'c2');
    await world.settle();
    await takeApart('c2');
    await order('o4', 'c2');
    await order('o3', 'c2', { status: 'COMPLETED' });
    await world.settle();
    expect([customerOf('o3'), customerOf('o4')]).toEqual([first, second]);
    expect((await inShop(second))['phone']).toBe('0201');
    expect(await world.row('customer', 'c2')).toMatchObject({ state: 'in_sync' });
    expect(await world.steps('c2')).toContain('unmerged unmerged');
    await expect(merges.takeApart('c2', word)).rejects.toMatchObject({ code: 'MERGE_UNKNOWN' });
  });

  it('tell those who follow the events of the hub who stands for whom, in the order of the record', async () => {
    await customer('c1');
    await customer('c2');
    await merge('c1', 'c2');
    await customer('c2', { phone: '0201' });
    await takeApart('c2');
    const rows = await world.database.query<{ payload: string }>(
      `select payload from log_entry where topic = 'canonical' and key = 'c2' order by "offset"`,
    );
    const events = rows.map(({ payload }) => JSON.parse(payload) as { version: number; changes: object });
    const said = events.filter(({ changes }) => 'mergedInto' in changes);
    expect(said).toMatchObject([
      { version: 2, changes: { mergedInto: [null, 'c1'] } },
      { version: 4, changes: { mergedInto: ['c1', null] } },
    ]);
    const published = toEventMessage({ offset: 1n, at: new Date(), traceId: 'trc_1', payload: said[0] as unknown as Document }); // prettier-ignore
    expect(JSON.parse(published.value)).toMatchObject({ op: 'u', before: { mergedInto: null }, after: { mergedInto: 'c1' }, source: { entity: 'customer', id: 'c2' } }); // prettier-ignore
  });

  it('lead another customer with the address of the duplicate to the record of the survivor', async () => {
    const [first] = await twoInShop();
    await merge('c1', 'c2');
    await customer('c3', { email: 'c2@example.nl' });
    await order('o3', 'c3');
    await world.settle();
    expect(customerOf('o3')).toBe(first);
  });
});

describe('a survivor without a record in a target', () => {
  /** c2 is in the shop, c1 is not; its own word differs. */
  async function oneInShop(): Promise<string> {
    await world.addFlow('order');
    await customer('c1', { phone: '0101', vat_number: 'NL1' });
    await customer('c2', { phone: '0202', note: 'rings twice' });
    await order('o-c2', 'c2');
    await world.settle();
    return target.record('customer', 'c2')!.externalId;
  }

  it('takes over that of the duplicate, with what differs, and no second one is made', async () => {
    const record = await oneInShop();
    const plan = await merges.plan({ survivorId: 'c1', duplicateIds: ['c2'] });
    expect(plan.items[0]?.records.map(({ system, fate }) => `${system} ${fate}`)).toEqual(['shop MOVES', 'till STAYS']);
    await merge('c1', 'c2');
    await order('o3', 'c2');
    await order('o4', 'c1');
    await order('o-c2', 'c2', { status: 'COMPLETED' });
    await world.settle();
    expect([customerOf('o-c2'), customerOf('o3'), customerOf('o4')]).toEqual([record, record, record]);
    expect(target.ledger.filter((line) => line.startsWith('create customer'))).toHaveLength(1);
    expect(await inShop(record)).toMatchObject({ name: 'Name of c1', phone: '0101', vat: 'NL1', memo: null });
    expect([await linksOf('c1'), await linksOf('c2')]).toEqual([[`shop ${record}`, 'till c1'], ['till c2']]);
  });

  it('gives it back with what stood there before, and keeps its orders', async () => {
    const record = await oneInShop();
    await merge('c1', 'c2');
    await order('o3', 'c2');
    await world.settle();
    await takeApart('c2');
    await order('o3', 'c2', { status: 'COMPLETED' });
    await order('o4', 'c1');
    await world.settle();
    expect(await inShop(record)).toMatchObject({ name: 'Name of c2', phone: '0202', vat: null, memo: 'rings twice' });
    expect([customerOf('o-c2'), customerOf('o3')]).toEqual([record, record]);
    expect(customerOf('o4')).toBe(target.record('customer', 'c1')?.externalId);
    expect(customerOf('o4')).not.toBe(record);
    expect(await linksOf('c2')).toEqual([`shop ${record}`, 'till c2']);
  });

  it('gives back also what the system of the record had said itself and was overwritten there', async () => {
    await world.addFlow('order');
    await customer('c1', { phone: '0101' });
    await order('o1', 'c1');
    const held = { mark: 'c2', name: 'Name of c2', email: 'c2@example.nl', kind: 'PERSON', phone: '0202' };
    const record = target.add('customer', held);
    const fields = { kind: 'PERSON', full_name: 'Name of c2', email: 'c2@example.nl', phone: '0202' };
    const known = { system: 'shop', externalId: record };
    await world.put('customer', 'c2', fields, { provenance: { '*': 'shop' }, known });
    await order('o2', 'c2');
    await merge('c1', 'c2');
    expect(await inShop(record)).toMatchObject({ name: 'Name of c1', phone: '0101' });
    await takeApart('c2');
    expect(await inShop(record)).toMatchObject({ name: 'Name of c2', phone: '0202' });
  });

  it('lets orders go out that waited for a duplicate which the target refused', async () => {
    await world.addFlow('order');
    await customer('c1');
    await order('o1', 'c1');
    await world.settle();
    target.answer = ({ document }, entity) => entity === 'customer' && document['mark'] === 'c2' ? 'refused' : 'written'; // prettier-ignore
    await customer('c2');
    await order('o2', 'c2');
    await world.settle();
    expect(customerOf('o2')).toBeUndefined();
    await merge('c1', 'c2');
    expect(customerOf('o2')).toBe(customerOf('o1'));
    expect(await world.row('customer', 'c2')).toMatchObject({ state: 'excluded' });
    const open = await world.database.query(`select from parked where status = 'OPEN'`);
    expect(open).toHaveLength(0);
  });
});

describe('a merge is refused', () => {
  it('when the customers have changed since the plan was shown', async () => {
    await customer('c1');
    await customer('c2');
    const selection = { survivorId: 'c1', duplicateIds: ['c2'] };
    const { planHash } = await merges.plan(selection);
    await customer('c2', { phone: '0201' });
    await expect(merges.merge(selection, planHash, word)).rejects.toMatchObject({ code: 'MERGE_PLAN_OUTDATED' });
    expect(await mergedAmong(world.database, ['c2'])).toEqual(new Set());
  });

  it('while a write of one of them is under way', async () => {
    await twoInShop();
    await world.database.query(`update projection set state = 'in_doubt' where canonical_id = 'c2'`);
    const selection = { survivorId: 'c1', duplicateIds: ['c2'] };
    const { planHash } = await merges.plan(selection);
    await expect(merges.merge(selection, planHash, word)).rejects.toMatchObject({
      code: 'RECORD_BEING_WRITTEN',
      values: { system: 'shop' },
    });
  });

  it('of a company with a person, of a customer who was erased, and of one that stands for guests', async () => {
    await customer('c1');
    await customer('c2', { kind: 'COMPANY' });
    await customer('c3');
    await customer('c4', {});
    await world.database.query(`update customer set erased_at = now() where id = 'c3'`);
    await world.put('customer', 'c4', { kind: 'PERSON' }, { known: { system: 'shop', externalId: 'guests' } });
    await world.addFlow('order', { order: { defaultCustomer: 'guests' } });
    const { items } = await merges.plan({ survivorId: 'c1', duplicateIds: ['c2', 'c3', 'c4'] });
    expect(items.map(({ refusal }) => refusal)).toEqual(['MERGE_KINDS_DIFFER', 'MERGE_ERASED', 'MERGE_DEFAULT_CUSTOMER']); // prettier-ignore
    await expect(merge('c1', 'c2')).rejects.toMatchObject({ code: 'MERGE_KINDS_DIFFER' });
    await expect(merges.plan({ survivorId: 'c1', duplicateIds: ['cx'] })).rejects.toMatchObject({ code: 'CUSTOMER_UNKNOWN' }); // prettier-ignore
  });
});
