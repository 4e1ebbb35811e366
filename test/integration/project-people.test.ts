/** What people in a target have entered by themselves stays, unless a system that the hub listens to says otherwise. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Document } from '../../src/base/document.js';
import type { Provenance } from '../../src/canonical/record.js';
import { observe } from '../../src/store/projection-observe.js';
import { openWorld, type World } from './projector-world.js';
import { makeScriptedTarget, type ScriptedTarget } from './scripted-target.js';

let target: ScriptedTarget;
let world: World;
beforeEach(async () => {
  target = makeScriptedTarget();
  world = await openWorld(target);
  await world.addFlow('customer');
});
afterEach(() => world.close());

const unsaid: Provenance = { '*': 'till', isBlocked: null };
const an = { kind: 'PERSON', full_name: 'An', email: 'an@firm.nl' };
const put = (fields: Document, provenance: Provenance = unsaid): Promise<void> =>
  world.put('customer', 'c1', { ...an, ...fields }, { provenance });
const held = (): Document | undefined => target.record('customer', 'c1')?.document;
const updates = (): readonly string[] => target.ledger.filter((line) => line.startsWith('update'));

/** A person edits the record there, and the hub is shown it. */
async function edited(fields: Document): Promise<void> {
  target.edit('customer', 'c1', fields);
  const { externalId, document } = target.record('customer', 'c1')!;
  await world.database.tx((tx) =>
    observe(tx, [{ system: 'shop', record: 'customer', entity: 'customer', externalId, document }]),
  );
  await world.settle();
}

describe('a record that the target had already', () => {
  const firm: Document = { name: 'Firm', email: 'an@firm.nl', vat: 'NL1', memo: 'rings twice', parcels: 'Kade 2' };

  it('keeps what the hub has nothing to say about, and learns the rest', async () => {
    target.add('customer', firm);
    await put({ addresses: [{ role: 'BILLING', line1: 'Laan 1' }] });
    await world.settle();
    expect(held()).toMatchObject({ name: 'An', vat: 'NL1', memo: 'rings twice', parcels: 'Kade 2' });
    expect(await world.row('customer', 'c1')).toMatchObject({ state: 'in_sync' });
  });

  it('keeps it also where the hub had something to say before, and after people have changed it', async () => {
    target.add('customer', firm);
    await put({ vat_number: null }, { ...unsaid, vatNumber: 'till' });
    await world.settle();
    const sent = updates().length;
    await edited({ vat: 'NL2' });
    expect(held()).toMatchObject({ vat: 'NL2' });
    expect(updates()).toHaveLength(sent);
  });

  it('stays blocked while nobody says that it is not', async () => {
    target.add('customer', { ...firm, blocked: true });
    await put({ is_blocked: false });
    await world.settle();
    expect(held()).toMatchObject({ blocked: true });
    await put({ is_blocked: false }, { '*': 'till' });
    await world.settle();
    expect(held()).toMatchObject({ blocked: false });
  });

  it('loses what was agreed with the hub when its owner empties it', async () => {
    target.add('customer', firm);
    await put({ vat_number: 'NL1' });
    await world.settle();
    await put({ vat_number: null });
    await world.settle();
    expect(held()).toMatchObject({ vat: null, memo: 'rings twice' });
  });

  it('keeps brand and categories of a product that says none', async () => {
    target.add('product', { sku: 'p1', name: 'Vest', brand: 'Acme', categoryIds: ['c9'] });
    await world.put('product', 'p1', { code: 'p1', type: 'CONFIGURABLE', name: 'Warm vest', categories: [] });
    await world.settle();
    expect(target.record('product', 'p1')?.document).toMatchObject({ name: 'Warm vest', brand: 'Acme', categoryIds: ['c9'] });
  }); // prettier-ignore
});

describe('a record that the hub has made', () => {
  it('keeps the memo, the block and the address for parcels that people there add', async () => {
    await put({ addresses: [{ role: 'BILLING', line1: 'Laan 1' }] });
    await world.settle();
    await edited({ memo: 'rings twice', blocked: true, parcels: 'Kade 2' });
    expect(held()).toMatchObject({ memo: 'rings twice', blocked: true, parcels: 'Kade 2' });
    expect(updates()).toEqual([]);
    await put({ phone: '1', addresses: [{ role: 'BILLING', line1: 'Laan 1' }] });
    await world.settle();
    await edited({ memo: 'rings once' });
    expect(held()).toMatchObject({ phone: '1', memo: 'rings once', blocked: true, parcels: 'Kade 2' });
  });

  it('loses what a lost answer has left there when it was emptied meanwhile, and no block', async () => {
    target.answer = (_, __, n) => (n === 1 ? 'lost' : 'written');
    await put({ vat_number: 'NL1' });
    await world.settle();
    target.edit('customer', 'c1', { blocked: true });
    await put({ vat_number: null });
    await world.passTime();
    await world.settle();
    expect(held()).toMatchObject({ vat: null, blocked: true });
    expect(target.ledger).toEqual(['create customer c1', 'update customer c1 vat']);
  });

  it('loses what its owner has said and then emptied', async () => {
    const parcels = { role: 'SHIPPING', line1: 'Kade 2' };
    await put({ vat_number: 'NL1', note: 'ours', addresses: [{ role: 'BILLING', line1: 'Laan 1' }, parcels] });
    await world.settle();
    await put({ vat_number: null, note: null, addresses: [{ role: 'BILLING', line1: 'Laan 1' }] });
    await world.settle();
    expect(held()).toMatchObject({ vat: null, memo: null, parcels: null });
    expect(updates()).toEqual(['update customer c1 vat,memo,parcels']);
  });
});
