/** People who change a record at the moment of a write of ours, or twice in a row: nothing newer is reverted, and nothing is forgotten. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Document } from '../../src/base/document.js';
import { until } from '../support/wait.js';
import { ann, annInBoth, openTwoWayHub, type TwoWayHub } from './two-way-hub.js';

let hub: TwoWayHub;
beforeEach(async () => {
  hub = await openTwoWayHub();
});
afterEach(() => hub.close());

describe('a person of a company whom we have written to the shop', () => {
  const jan = { fullName: 'Jan Vos', isPrimary: true };
  const company = (phone: string): Document => ({
    kind: 'COMPANY',
    companyName: 'Kaap',
    contacts: [{ ...jan, phone }],
  });

  it('reverts nothing newer when his company shows him', async () => {
    await hub.take('customers', [{ id: 't1', document: company('1') }]);
    const id = String((await hub.one('customer'))['id']);
    await hub.send('customer', id);
    await hub.acknowledge('customer', id, 's1', { kind: 'COMPANY', companyName: 'Kaap' });
    const there = (phone: string): Document => ({ ...jan, phone, debtorId: 's1' });
    await hub.send('contact', id);
    await hub.acknowledge('contact', id, 'k1', there('1'));
    await hub.take('customers', [{ id: 's1', document: company('1') }], 'shop');
    // A slip of the pen, written to the shop and mended in the till before the shop is read again.
    await hub.take('customers', [{ id: 't1', document: company('2') }]);
    await hub.send('contact', id);
    await hub.acknowledge('contact', id, 'k1', there('2'), { changed: ['phone'], before: there('1') });
    await hub.take('customers', [{ id: 't1', document: company('3') }]);
    await hub.take('customers', [{ id: 's1', document: company('2') }], 'shop');
    expect(await hub.one('customer')).toMatchObject({ contacts: [{ phone: '3' }] });
    await hub.take('customers', [{ id: 's1', document: company('4') }], 'shop');
    expect(await hub.one('customer')).toMatchObject({ contacts: [{ phone: '4' }] });
  });
});

describe('a person’s edit that puts back what our write has replaced', () => {
  it('is heard when the shop was not read in between', async () => {
    const id = await annInBoth(hub);
    await hub.take('customers', [{ id: 's1', version: 4_000, document: ann }], 'shop');
    await hub.take('customers', [{ id: 't1', document: { ...ann, phone: '2' } }]);
    await hub.send('customer', id);
    const written = { changed: ['phone'], before: ann, version: 5_000n };
    await hub.acknowledge('customer', id, 's1', { ...ann, phone: '2' }, written);
    await hub.take('customers', [{ id: 's1', version: 6_000, document: ann }], 'shop');
    expect(await hub.one('customer')).toMatchObject({ phone: '1' });
  });
});

describe('an edit that was put aside while a write of ours was under way', () => {
  it('does not end the problem of a later one that could not be taken in', async () => {
    const id = await annInBoth(hub);
    await hub.send('customer', id);
    await hub.take('customers', [{ id: 's1', document: { ...ann, phone: '5' } }], 'shop');
    await hub.take('customers', [{ id: 's1', document: { ...ann, phone: '6', poison: 'mapping' } }], 'shop');
    await hub.database.query(`update projection set state = 'in_sync'`);
    await hub.takeUp('shop');
    expect(await hub.one('customer')).toMatchObject({ phone: '5' });
    const problems = `select status, payload -> 'document' ->> 'phone' as phone from parked`;
    expect(await hub.database.query(problems)).toEqual([{ status: 'OPEN', phone: '6' }]);
    await hub.take('customers', [{ id: 's1', document: { ...ann, phone: '7' } }], 'shop');
    expect(await hub.database.query(problems)).toMatchObject([{ status: 'RESOLVED' }]);
  });
});

describe('records of several kinds that a system shows at once', () => {
  const someoneWaits = `select 1 as waits from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;

  it('are locked in the order of their kinds before any of them is compared, as everybody locks them', async () => {
    const id = await annInBoth(hub);
    await hub.database.query(
      `insert into external_reference (system, entity, external_id, canonical_id, origin) values ('shop', 'product', 'p9', 'prd_9', 'CREATED')`,
    );
    await hub.database.query(
      `insert into projection (target, entity, canonical_id, flow, state) values ('shop', 'product', 'prd_9', 'f', 'in_sync')`,
    );
    // Only a target of products, a source of customers too: they are compared one after the other.
    await hub.show('products', [{ id: 'p9', document: { name: 'Theirs' } }], 'shop');
    await hub.show('customers', [{ id: 's1', document: { ...ann, phone: '9' } }], 'shop');
    let taking: Promise<void> | undefined;
    await hub.database.tx(async (tx) => {
      await tx.query(`select from projection where entity = 'customer' and canonical_id = $1 for update`, [id]);
      taking = hub.settle(hub.worker({ system: 'shop' }));
      await until(async () => (await hub.database.query(someoneWaits)).length > 0, { what: 'the changes to be taken in' }); // prettier-ignore
      await tx.query(`select from projection where entity = 'product' for update nowait`);
    });
    await taking;
    expect(await hub.one('customer')).toMatchObject({ phone: '9' });
  });
});
