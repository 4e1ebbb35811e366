/** Payments that several systems book, and what follows from them. */
import { describe, expect, it } from '@jest/globals';
import type { Document } from '../base/document.js';
import { decide, type Decision } from './decide.js';
import { makeOwnership } from './ownership.js';
import type { CanonicalRecord } from './record.js';

const ownership = makeOwnership(() => true);
const payment = (key: string, amount: string): Document => ({ key, amount });

const order = (fields: Document): CanonicalRecord => ({
  entity: 'order',
  id: 'ord_1',
  version: 1,
  fields: { totalIncl: '100', paymentStatus: 'UNPAID', payments: [], ...fields },
  provenance: { '*': 'till' },
  isDeleted: false,
});

const says = (current: CanonicalRecord, system: string, fields: Document): Decision =>
  decide(current, 'ord_1', { entity: 'order', system, fields, cleared: [], seenAt: '' }, ownership);

const recordIn = (decision: Decision): CanonicalRecord => {
  if (!('record' in decision)) throw new Error(decision.reason);
  return decision.record;
};

describe('payments of an order', () => {
  it('belong to nobody alone once two systems have booked some, so that each is told of the other’s', () => {
    const first = says(order({}), 'till', { payments: [payment('till:1', '40')], paymentStatus: 'PARTIALLY_PAID' });
    expect(first).toMatchObject({ type: 'updated', record: { provenance: { '*': 'till' } } });
    const second = says((first as { record: CanonicalRecord }).record, 'shop', { payments: [payment('shop:1', '60')] });
    expect(second).toMatchObject({
      type: 'updated',
      record: {
        fields: { payments: [payment('till:1', '40'), payment('shop:1', '60')], paymentStatus: 'PAID', paidAmount: '100' },
        provenance: { payments: 'hub', paymentStatus: 'hub', paidAmount: 'hub' },
      },
    });
    expect(says((second as { record: CanonicalRecord }).record, 'shop', { payments: [payment('shop:1', '60')] })).toMatchObject({ type: 'unchanged' });
  }); // prettier-ignore

  it('that one system has taken back do not come again with the list of the other, to which it adds one', () => {
    const both = [payment('shop:1', '60'), payment('till:1', '10')];
    const held = order({ payments: [payment('till:1', '10')], paymentStatus: 'PARTIALLY_PAID', paidAmount: '10' });
    const said = { entity: 'order', cleared: [], seenAt: '', last: { payments: both } } as const;
    const payments = [...both, payment('till:2', '20')];
    const added = decide(held, 'ord_1', { ...said, system: 'till', fields: { payments } }, ownership);
    expect(added).toMatchObject({
      type: 'updated',
      record: {
        fields: {
          payments: [payment('till:1', '10'), payment('till:2', '20')],
          paymentStatus: 'PARTIALLY_PAID',
          paidAmount: '30',
        },
      },
    });
    // Put back by the system that booked it, it counts.
    const { record } = added as { record: CanonicalRecord };
    const back = decide(
      record,
      'ord_1',
      { ...said, system: 'shop', fields: { payments: [payment('shop:1', '60')] } },
      ownership,
    );
    expect(back).toMatchObject({ record: { fields: { paidAmount: '90' } } });
  });

  it('say what is paid of an order that is new, whatever its system says', () => {
    const fields = { placedAt: '', currency: 'EUR', totalIncl: '9.97', paymentStatus: 'PARTIALLY_PAID', payments: [{ ...payment('till:1', '9.95'), method: 'CASH' }] };
    const proposal = { entity: 'order', system: 'till', names: ['till'], fields, cleared: [], seenAt: '' } as const;
    expect(decide(null, 'ord_1', proposal, ownership)).toMatchObject({
      type: 'created',
      record: { fields: { paymentStatus: 'PAID', paidAmount: '9.95' }, provenance: { '*': 'till', paymentStatus: 'hub' } },
      changes: { paymentStatus: [null, 'PAID'] },
    });
    const sure = { ...proposal, fields: { ...fields, paymentStatus: 'PAID', paidAmount: '9.95' } };
    expect(decide(null, 'ord_1', sure, ownership)).toMatchObject({ record: { provenance: { '*': 'till' } } });
  }); // prettier-ignore

  it('say what is paid, also when the total changes and a system still says otherwise', () => {
    const paid = order({ payments: [payment('shop:1', '100')], paymentStatus: 'PAID', paidAmount: '100' });
    const more = says(paid, 'till', { totalIncl: '120' });
    expect(more).toMatchObject({ type: 'updated', changes: { paymentStatus: ['PAID', 'PARTIALLY_PAID'] } });
    const { record } = more as { record: CanonicalRecord };
    expect(record.provenance['paymentStatus']).toBe('hub');
    expect(says(record, 'shop', { paymentStatus: 'PAID' })).toMatchObject({ type: 'unchanged' });
  });
});

describe('the last payment of an order that is taken out', () => {
  const paid = order({ payments: [payment('till:1', '100')], paymentStatus: 'PAID', paidAmount: '100' });
  const takesOut = (
    current: CanonicalRecord,
    system: string,
    fields: Document,
    last: Document | null = null,
  ): Decision =>
    decide(current, 'ord_1', { entity: 'order', system, fields, cleared: ['payments'], seenAt: '', last }, ownership);

  it('leaves an order of which nothing is paid', () => {
    const unpaid = { payments: [], paymentStatus: 'UNPAID', paidAmount: '0' };
    const stated = takesOut(paid, 'till', { paymentStatus: 'UNPAID', paidAmount: '0' }, { paymentStatus: 'PAID' });
    expect(stated).toMatchObject({ type: 'updated', record: { fields: unpaid } });
    // The till has said all the time that nothing was paid: that is no news, and the payments said otherwise.
    const same = takesOut(paid, 'till', {}, { paymentStatus: 'UNPAID', paidAmount: '0' });
    expect(same).toMatchObject({ type: 'updated', record: { fields: unpaid } });
  });

  it('leaves the state that the system of the order says, where that does not come from payments', () => {
    const marked = takesOut(paid, 'till', { paymentStatus: 'PAID', paidAmount: '100' });
    expect(marked).toMatchObject({ record: { fields: { payments: [], paymentStatus: 'PAID', paidAmount: '100' } } });
  });

  it('is of the system that books it: the order is unpaid, whatever that system says of an order of another one', () => {
    const ofShop = { ...order({ payments: [payment('shop:1', '100')], paymentStatus: 'PAID', paidAmount: '100' }) };
    expect(takesOut(ofShop, 'shop', {})).toMatchObject({
      record: {
        fields: { payments: [], paymentStatus: 'UNPAID', paidAmount: '0' },
        provenance: { paymentStatus: 'hub' },
      },
    });
    expect(takesOut(ofShop, 'till', {})).toMatchObject({ type: 'unchanged' });
  });

  it('leaves what the system of the order says by itself, without payments, when it was another one’s', () => {
    const marked = order({ paymentStatus: 'PAID', paidAmount: '0' });
    const booked = recordIn(says(marked, 'shop', { payments: [payment('shop:1', '100')], paymentStatus: 'PAID' }));
    expect(booked.fields).toMatchObject({ paymentStatus: 'PAID', paidAmount: '100' });
    for (const stated of [{}, { paymentStatus: 'UNPAID', paidAmount: '0' }] as readonly Document[]) {
      const back = recordIn(takesOut(booked, 'shop', stated));
      expect(back.fields).toMatchObject({ payments: [], paymentStatus: 'PAID', paidAmount: '0' });
    }
  });

  it('leaves nothing of what followed from it, nor from payments of several systems', () => {
    const part = recordIn(says(order({}), 'shop', { payments: [payment('shop:1', '100')] }));
    expect(part.fields).toMatchObject({ paymentStatus: 'PAID' });
    const unpaid = { paymentStatus: 'UNPAID', paidAmount: '0' };
    expect(recordIn(takesOut(part, 'shop', {})).fields).toMatchObject(unpaid);
    expect(recordIn(takesOut(part, 'shop', unpaid)).fields).toMatchObject(unpaid);
    const both = recordIn(says(paid, 'shop', { payments: [payment('shop:1', '100')] }));
    const left = recordIn(takesOut(both, 'till', { paymentStatus: 'PAID', paidAmount: '100' }));
    expect(left).toMatchObject({ fields: { paymentStatus: 'PAID' }, provenance: { paymentStatus: 'till' } });
    expect(recordIn(takesOut(left, 'shop', {})).fields).toMatchObject({ paymentStatus: 'UNPAID', paidAmount: '0' });
  });
});
