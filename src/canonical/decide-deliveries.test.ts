/** What is delivered of an order, said by the system that it came from and by those that have a copy of it. */
import { describe, expect, it } from '@jest/globals';
import type { Document } from '../base/document.js';
import { decide, type Decision } from './decide.js';
import { normaliseFields } from './normalise.js';
import { makeOwnership } from './ownership.js';
import type { CanonicalRecord } from './record.js';
import { newsOf, sharedPart } from './statements.js';

const ownership = makeOwnership((_, system) => system === 'till' || system === 'shop');
const line = (key: string, variant: string, quantity = '2', quantityFulfilled = '0'): Document => ({
  key, variant, quantity, unitPrice: '1', quantityFulfilled,
}); // prettier-ignore
const stated = (...lines: Document[]) => normaliseFields('order', { lines }, []);
const ours = [line('a', 'v1'), line('b', 'v2', '-1'), line('c', 'v1', '3')];

const order = (deliveries: Document[] = []): CanonicalRecord => ({
  entity: 'order',
  id: 'ord_1',
  version: 1,
  fields: { ...stated(...ours).fields, deliveries },
  provenance: { '*': 'till' },
  isDeleted: false,
});
/** As ingest does it: of what the system said before nothing is news. */
function says(current: CanonicalRecord, system: string, lines: Document[], before: Document[]): Decision {
  const last = sharedPart('order', stated(...before), ownership);
  const { fields, cleared } = newsOf('order', stated(...lines), last, ownership);
  return decide(current, 'ord_1', { entity: 'order', system, fields, cleared, seenAt: '', last }, ownership);
}
const recordOf = (decision: Decision): CanonicalRecord => {
  if (decision.type === 'refused') throw new Error(decision.reason);
  return decision.record;
};
const delivered = (decision: Decision): unknown => recordOf(decision).fields['deliveries'];

/** The same order with lines of the shop, in another order. */
const copy = (one: string, two: string, three: string): Document[] => [
  line('x', 'v1', '3', three),
  line('y', 'v2', '-1', two),
  line('z', 'v1', '2', one),
];

describe('what is delivered of an order', () => {
  it('counts as far as any system has got, also by lines of a copy that have keys of their own', () => {
    const first = says(order([{ key: 'c', quantity: '1' }]), 'shop', copy('2', '-1', '0'), copy('0', '0', '0'));
    expect(delivered(first)).toEqual([
      { key: 'a', quantity: '2' },
      { key: 'b', quantity: '-1' },
      { key: 'c', quantity: '1' },
    ]);
    expect(recordOf(first).provenance).toMatchObject({ deliveries: 'hub' });
    expect(recordOf(first).fields['lines']).toEqual(order().fields['lines']);
  });

  it('never goes back by a copy, nor by an old statement of the system that the order came from', () => {
    const current = order([{ key: 'a', quantity: '2' }]);
    expect(delivered(says(current, 'shop', copy('1', '0', '0'), copy('2', '0', '0')))).toEqual(
      current.fields['deliveries'],
    );
    const more = says(current, 'till', [line('a', 'v1'), line('b', 'v2', '-1', '-1'), line('c', 'v1', '3')], ours);
    expect(delivered(more)).toEqual([
      { key: 'a', quantity: '2' },
      { key: 'b', quantity: '-1' },
    ]);
  });

  it('goes back where the order came from', () => {
    const before = [line('a', 'v1', '2', '2'), line('c', 'v1', '3', '1')];
    const current = order([
      { key: 'a', quantity: '2' },
      { key: 'c', quantity: '1' },
    ]);
    const after = says(current, 'till', [line('a', 'v1', '2', '1'), line('c', 'v1', '3')], before);
    expect(delivered(after)).toEqual([{ key: 'a', quantity: '1' }]);
  });

  it('is not forgotten when its line is taken out, and counts again for a line of the product that is put back', () => {
    const without = [ours[0]!, ours[2]!];
    const back = [...without, line('new', 'v2', '-1')];
    const pending = [{ key: 'without line: v2', quantity: '-1' }];
    // The copy has sent before it was taken out, or after.
    const sentFirst = recordOf(says(order([{ key: 'b', quantity: '-1' }]), 'till', without, ours));
    expect(sentFirst.fields['deliveries']).toEqual(pending);
    expect(sentFirst.provenance).toMatchObject({ deliveries: 'hub' });
    const takenOut = recordOf(says(order(), 'till', without, ours));
    const sentAfter = recordOf(says(takenOut, 'shop', copy('0', '-1', '0'), copy('0', '0', '0')));
    expect(sentAfter.fields['deliveries']).toEqual(pending);
    expect(recordOf(says(sentAfter, 'shop', copy('0', '-1', '0'), [])).version).toBe(sentAfter.version);
    for (const record of [sentFirst, sentAfter]) {
      const after = recordOf(says(record, 'till', back, without));
      expect(after.fields['deliveries']).toEqual([{ key: 'new', quantity: '-1' }]);
      expect(recordOf(says(after, 'shop', copy('0', '-1', '0'), [])).version).toBe(after.version);
    }
  });

  it('is kept of a line that is new in the same statement', () => {
    const after = says(order(), 'till', [...ours, line('d', 'v3', '1', '1')], ours);
    expect(delivered(after)).toEqual([{ key: 'd', quantity: '1' }]);
  });

  it('is the same when it is said again', () => {
    const current = recordOf(says(order(), 'shop', copy('2', '0', '0'), []));
    expect(says(current, 'shop', copy('2', '0', '0'), [])).toMatchObject({
      type: expect.stringMatching(/unchanged|conflict/),
    });
  });

  it('does not go back when its own system delivers a part of what another one has delivered meanwhile', () => {
    const now = order([{ key: 'c', quantity: '3' }]);
    const part = [line('a', 'v1'), line('b', 'v2', '-1'), line('c', 'v1', '3', '1')];
    expect(delivered(says(now, 'till', part, ours))).toEqual([{ key: 'c', quantity: '3' }]);
    // What it takes back itself goes back.
    expect(delivered(says(now, 'till', ours, part))).toEqual([]);
  });
});

describe('a field that is put together of what several systems say', () => {
  it('is nobody’s, so that each of them is told', () => {
    const proposal = {
      entity: 'order',
      system: 'till',
      cleared: [],
      seenAt: '',
      fields: { billingAddress: { city: 'Gent' } },
    } as const;
    const provenance = (composed: string[]): unknown =>
      recordOf(decide(order(), 'ord_1', { ...proposal, composed }, ownership)).provenance;
    expect(provenance(['billingAddress', 'lines'])).toEqual({ '*': 'till', billingAddress: 'hub' });
    expect(provenance([])).toEqual({ '*': 'till' });
  });
});

describe('how far an order is', () => {
  const said = (current: string, last: string | undefined, now: string): unknown => {
    const record = { ...order(), fields: { ...order().fields, fulfillmentStatus: current } };
    const proposal = {
      entity: 'order',
      system: 'till',
      cleared: [],
      seenAt: '',
      last: { fulfillmentStatus: last ?? null },
    } as const;
    return recordOf(decide(record, 'ord_1', { ...proposal, fields: { fulfillmentStatus: now } }, ownership)).fields[
      'fulfillmentStatus'
    ];
  };

  it('goes back by what its own system takes back, not by a step on that another system is ahead of', () => {
    expect(said('FULFILLED', 'FULFILLED', 'PARTIALLY_FULFILLED')).toBe('PARTIALLY_FULFILLED');
    expect(said('FULFILLED', 'UNFULFILLED', 'PARTIALLY_FULFILLED')).toBe('FULFILLED');
    expect(said('UNFULFILLED', 'UNFULFILLED', 'PARTIALLY_FULFILLED')).toBe('PARTIALLY_FULFILLED');
    expect(said('FULFILLED', undefined, 'UNFULFILLED')).toBe('UNFULFILLED');
  });
});
