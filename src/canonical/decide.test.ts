import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Document, Json } from '../base/document.js';
import { decide } from './decide.js';
import { fieldDefaults } from './field-defaults.js';
import { sameJson } from '../base/content-hash.js';
import { canonicalEntities } from './entities.js';
import { fieldPolicies, makeOwnership } from './ownership.js';
import { fieldsOf } from './normalise.js';
import { orderStatuses, paymentStatuses } from './order-fields.js';
import type { CanonicalRecord, Proposal } from './record.js';

const ownership = makeOwnership((_, system) => system === 'till' || system === 'shop');
const seenAt = '2026-03-01T10:00:00.000Z';

const proposal = (fields: Document, more: Partial<Proposal> = {}): Proposal => ({
  entity: 'variant',
  system: 'till',
  fields,
  cleared: [],
  seenAt,
  ...more,
});

const variant = (fields: Document, more: Partial<CanonicalRecord> = {}): CanonicalRecord => ({
  entity: 'variant',
  id: 'var_1',
  version: 3,
  fields: { ...fieldDefaults.variant, product: 'prd_1', sku: 'S', ...fields },
  provenance: { '*': 'till' },
  isDeleted: false,
  ...more,
});

describe('deciding about a record that is not there yet', () => {
  it('creates it with the defaults of what nobody said', () => {
    const decision = decide(null, 'var_1', proposal({ product: 'prd_1', sku: 'S', priceAmount: '9.95' }), ownership);
    expect(decision).toMatchObject({
      type: 'created',
      record: { id: 'var_1', version: 1, fields: { sku: 'S', priceAmount: '9.95', isActive: true, barcodes: [] } },
    });
    expect(decision.type === 'created' && decision.changes['sku']).toEqual([null, 'S']);
  });

  it('remembers that nobody said the defaults, until somebody does', () => {
    const customer = (fields: Document): Proposal => proposal(fields, { entity: 'customer' });
    const made = decide(null, 'cus_1', customer({ kind: 'PERSON', isActive: true }), ownership);
    if (made.type !== 'created') throw new Error(made.type);
    expect(made.record.provenance).toEqual({ '*': 'till', isBlocked: null });
    expect(decide(made.record, '', customer({ isBlocked: true }), ownership)).toMatchObject({
      record: { provenance: { '*': 'till', isBlocked: 'till' } },
    });
  });

  it('refuses it when a field is missing without which it is no record', () => {
    const refused = decide(null, 'var_1', proposal({ product: 'prd_1' }), ownership);
    expect(refused).toEqual({ type: 'refused', path: 'sku', reason: 'sku is empty' });
  });

  it('dates a stock level that carries no time of its own by when it was seen', () => {
    const level = proposal({ variant: 'v', location: 'l', onHand: '1' }, { entity: 'stock_level' });
    expect(decide(null, 'stk_1', level, ownership)).toMatchObject({ record: { fields: { asOf: seenAt } } });
  });
});

describe('deciding about a record that is there', () => {
  it('says exactly what changed and raises the version by one', () => {
    const decision = decide(variant({ priceAmount: '9' }), '', proposal({ sku: 'S', priceAmount: '10' }), ownership);
    expect(decision).toMatchObject({ type: 'updated', changes: { priceAmount: ['9', '10'] }, record: { version: 4 } });
    expect(Object.keys(decision.type === 'updated' ? decision.changes : {})).toEqual(['priceAmount']);
  });

  it('leaves alone what the proposal does not mention, and gives what it clears its default', () => {
    const current = variant({ brand: 'x', name: 'n', isActive: false });
    const decision = decide(current, '', proposal({}, { cleared: ['name', 'isActive'] }), ownership);
    expect(decision).toMatchObject({ type: 'updated', changes: { name: ['n', null], isActive: [false, true] } });
    expect(decision.type === 'updated' && decision.record.fields).not.toHaveProperty('name');
  });

  it('refuses to clear a field without which it is no record', () => {
    expect(decide(variant({}), '', proposal({}, { cleared: ['sku'] }), ownership)).toMatchObject({ type: 'refused' });
  });

  it('keeps a field that came from another source, and shows the conflict', () => {
    const decision = decide(variant({ name: 'n' }), '', proposal({ name: 'm' }, { system: 'shop' }), ownership);
    expect(decision).toMatchObject({ type: 'conflict', conflicts: { name: ['n', 'm'] } });
  });

  it('takes a field over from a system that is a source no longer', () => {
    const current = variant({ name: 'n' }, { provenance: { '*': 'formerly' } });
    const decision = decide(current, '', proposal({ name: 'm' }), ownership);
    expect(decision).toMatchObject({ type: 'updated', record: { provenance: { '*': 'formerly', name: 'till' } } });
  });

  it('takes nothing from a system that is no source', () => {
    const decision = decide(variant({ name: 'n' }), '', proposal({ name: 'm' }, { system: 'stranger' }), ownership);
    expect(decision.type).toBe('conflict');
  });

  it('does not count a later time alone as a change of a stock level', () => {
    const fields = { variant: 'v', location: 'l', onHand: '1', asOf: seenAt };
    const level: CanonicalRecord = {
      ...variant({}),
      entity: 'stock_level',
      fields: { ...fieldDefaults.stock_level, ...fields },
    };
    const later = { entity: 'stock_level', seenAt: '2026-03-02T00:00:00.000Z' } as const;
    expect(decide(level, '', proposal({ onHand: '1', asOf: later.seenAt }, later), ownership).type).toBe('unchanged');
    expect(decide(level, '', proposal({ onHand: '2' }, later), ownership)).toMatchObject({
      changes: { onHand: ['1', '2'], asOf: [seenAt, later.seenAt] },
    });
  });

  it('brings a record back that had been set aside, even when nothing else changed', () => {
    const decision = decide(variant({}, { isDeleted: true }), '', proposal({ sku: 'S' }), ownership);
    expect(decision).toMatchObject({ type: 'updated', record: { isDeleted: false, version: 4 } });
  });
});

const order = (fields: Document): CanonicalRecord => ({
  ...variant({}),
  entity: 'order',
  id: 'ord_1',
  fields: { ...fieldDefaults.order, placedAt: seenAt, currency: 'EUR', ...fields },
});

describe('the state of an order', () => {
  const says = (status: string, system: string) => proposal({ status }, { entity: 'order', system });

  it('goes on by whoever knows more, and never back by a system that it does not come from', () => {
    expect(decide(order({ status: 'OPEN' }), '', says('COMPLETED', 'shop'), ownership)).toMatchObject({
      changes: { status: ['OPEN', 'COMPLETED'] },
    });
    expect(decide(order({ status: 'COMPLETED' }), '', says('OPEN', 'shop'), ownership)).toMatchObject({
      type: 'conflict',
      conflicts: { status: ['COMPLETED', 'OPEN'] },
    });
  });

  it('goes back by the system that the order comes from, also after another one has moved it', () => {
    const moved = decide(order({ status: 'OPEN' }), '', says('COMPLETED', 'shop'), ownership);
    if (moved.type !== 'updated') throw new Error(moved.type);
    expect(decide(moved.record, '', says('OPEN', 'till'), ownership)).toMatchObject({
      changes: { status: ['COMPLETED', 'OPEN'] },
    });
  });

  it('says that it was moved back, until it goes on again', () => {
    const back = (current: CanonicalRecord, status: string, system: string): CanonicalRecord => {
      const decision = decide(current, '', says(status, system), ownership);
      if (decision.type !== 'updated') throw new Error(decision.type);
      return decision.record;
    };
    const reopened = back(order({ status: 'CANCELLED' }), 'OPEN', 'till');
    expect(reopened.provenance).toMatchObject({ 'status.back': 'till' });
    expect(back(reopened, 'COMPLETED', 'shop').provenance).not.toHaveProperty('status.back');
    expect(reopened.provenance).not.toHaveProperty('paymentStatus.back');
  });

  it('has the payments of all systems', () => {
    const held = order({ payments: [{ key: 'till:1', amount: '5' }] });
    const said = proposal({ payments: [{ key: 'shop:9', amount: '7' }] }, { entity: 'order', system: 'shop' });
    expect(decide(held, '', said, ownership)).toMatchObject({
      record: {
        fields: {
          payments: [
            { key: 'till:1', amount: '5' },
            { key: 'shop:9', amount: '7' },
          ],
        },
      },
    });
  });

  it('decided again on the outcome never changes', () => {
    const payments = fc.array(
      fc.record({ key: fc.constantFrom('till:1', 'shop:1', 'x:1'), amount: fc.constantFrom('1', '2') }),
    );
    const state = fc.record(
      { status: fc.constantFrom(...orderStatuses), paymentStatus: fc.constantFrom(...paymentStatuses), payments },
      { requiredKeys: [] },
    ) as fc.Arbitrary<Document>;
    const cleared = fc.subarray(['status', 'payments', 'note']);
    fc.assert(
      fc.property(state, state, cleared, fc.constantFrom('till', 'shop', 'other'), (held, said, empty, system) => {
        const given = proposal(said, { entity: 'order', system, cleared: empty });
        const first = decide(order(held), '', given, ownership);
        if (first.type === 'refused') throw new Error(first.path);
        expect(['unchanged', 'conflict']).toContain(decide(first.record, '', given, ownership).type);
      }),
    );
  });
});

describe('a field that a flow gives to one source', () => {
  const owned = makeOwnership(ownership.isSource, (_, field) => (field === 'name' ? new Set(['shop']) : undefined));

  it('is that one’s alone, whoever said it first', () => {
    const held = variant({ name: 'n' });
    expect(decide(held, '', proposal({ name: 'm' }, { system: 'shop' }), owned)).toMatchObject({ type: 'updated' });
    const refused = decide(held, '', proposal({ name: 'm' }), owned);
    // It came from the till, and is not the till's any more: so the till is told what it holds.
    expect(refused).toMatchObject({ type: 'updated', changes: {}, conflicts: { name: ['n', 'm'] } });
    expect(refused).toMatchObject({ record: { fields: { name: 'n' }, provenance: { name: 'shop' } } });
    const { record } = refused as { record: CanonicalRecord };
    expect(decide(record, '', proposal({ name: 'm' }), owned)).toMatchObject({ type: 'conflict' });
  });
});

const value = fc.oneof(
  fc.string(),
  fc.boolean(),
  fc.integer(),
  fc.array(fc.record({ code: fc.string(), value: fc.string() })),
);
const names = fieldsOf.variant.map((field) => field.name).filter((name) => name !== 'sku' && name !== 'product');
const fields = fc.dictionary(fc.constantFrom(...names), value) as fc.Arbitrary<Document>;

describe('for any record and any proposal', () => {
  it('deciding again on the outcome changes nothing', () => {
    fc.assert(
      fc.property(
        fields,
        fields,
        fc.subarray(names),
        fc.constantFrom('till', 'shop', 'other'),
        (held, said, cleared, system) => {
          const given = proposal(said, { cleared, system });
          const first = decide(variant(held), '', given, ownership);
          if (first.type === 'refused') return;
          const again = decide(first.record, '', given, ownership);
          expect(again.type === 'unchanged' || again.type === 'conflict').toBe(true);
        },
      ),
    );
  });

  it('the changes are the difference between before and after, and fields of others never move', () => {
    fc.assert(
      fc.property(fields, fields, fc.subarray(names), (held, said, cleared) => {
        const current = variant(held, { provenance: { '*': 'till', name: 'shop' } });
        const decision = decide(current, '', proposal(said, { cleared }), ownership);
        if (decision.type !== 'updated') return;
        expect(decision.changes).toEqual(differences(current.fields, decision.record.fields));
        expect(decision.record.fields['name']).toEqual(current.fields['name']);
      }),
    );
  });
});

describe('the policies', () => {
  it('have a word for every field of every entity, and for no other', () => {
    for (const entity of canonicalEntities) {
      expect(Object.keys(fieldPolicies[entity]).sort()).toEqual(fieldsOf[entity].map((field) => field.name).sort());
    }
  });
});

/** Fields that hold something else after than before; an absent field is null. */
function differences(before: Document, after: Document): Record<string, readonly [Json, Json]> {
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const pairs = fields.map((field) => [field, [before[field] ?? null, after[field] ?? null] as const] as const);
  return Object.fromEntries(pairs.filter(([, [was, is]]) => !sameJson(was, is)));
}
