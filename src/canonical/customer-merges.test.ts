/** Who may be merged with whom, what becomes of the records of systems, and whom an order names. */
import { describe, expect, it } from '@jest/globals';
import { namedBuyer, planMerge, type MergedRecord, type MergingCustomer, type StoodFor } from './customer-merges.js';

const record = (system: string, externalId: string, ownerId: string): MergedRecord => ({
  system,
  externalId,
  key: null,
  ownerId,
});
const customer = (id: string, more: Partial<MergingCustomer> = {}): MergingCustomer => ({
  id,
  kind: 'PERSON',
  isGone: false,
  isErased: false,
  mergedIntoId: null,
  standsForOthers: false,
  isDefault: false,
  records: [],
  ...more,
});
const refusal = (survivor: Partial<MergingCustomer>, duplicate: Partial<MergingCustomer>): unknown =>
  planMerge(customer('a', survivor), [customer('b', duplicate)])[0]?.refusal;
const fates = (survivor: MergingCustomer, ...duplicates: MergingCustomer[]): unknown =>
  planMerge(survivor, duplicates).map(({ records }) => records.map(({ system, externalId, fate }) => `${system} ${externalId} ${fate}`)); // prettier-ignore

describe('who may be merged', () => {
  it('is two persons, or two companies', () => {
    expect(refusal({}, {})).toBeNull();
    expect(refusal({ kind: 'COMPANY' }, { kind: 'COMPANY' })).toBeNull();
    expect(refusal({ kind: 'COMPANY' }, {})).toBe('MERGE_KINDS_DIFFER');
  });

  it('is nobody with himself', () => {
    expect(planMerge(customer('a'), [customer('a')])[0]?.refusal).toBe('MERGE_WITH_ITSELF');
  });

  it('is nobody who was erased, on either side', () => {
    expect(refusal({ isErased: true }, {})).toBe('MERGE_ERASED');
    expect(refusal({}, { isErased: true })).toBe('MERGE_ERASED');
  });

  it('is nobody for whom another one stands already, and no duplicate that stands for others', () => {
    expect(refusal({ mergedIntoId: 'x' }, {})).toBe('MERGE_INTO_MERGED');
    expect(refusal({}, { mergedIntoId: 'a' })).toBe('MERGE_ALREADY');
    expect(refusal({}, { standsForOthers: true })).toBe('MERGE_STANDS_FOR_OTHERS');
    expect(refusal({ standsForOthers: true }, {})).toBeNull();
  });

  it('is no survivor that is gone everywhere, and not the customer of orders without a buyer', () => {
    expect(refusal({ isGone: true }, {})).toBe('MERGE_GONE');
    expect(refusal({}, { isGone: true })).toBeNull();
    expect(refusal({ isDefault: true }, {})).toBe('MERGE_DEFAULT_CUSTOMER');
    expect(refusal({}, { isDefault: true })).toBe('MERGE_DEFAULT_CUSTOMER');
  });
});

describe('a record of the duplicate', () => {
  const a = customer('a', { records: [record('shop', '1', 'a')] });

  it('moves where the survivor has none, and stays where both have one', () => {
    const b = customer('b', { records: [record('shop', '2', 'b'), record('till', '7', 'b')] });
    expect(fates(a, b)).toEqual([['shop 2 STAYS', 'till 7 MOVES']]);
  });

  it('moves from the first of several duplicates only', () => {
    const [b, c] = ['b', 'c'].map((id) => customer(id, { records: [record('till', id, id)] }));
    expect(fates(a, b!, c!)).toEqual([['till b MOVES'], ['till c STAYS']]);
  });

  it('comes to the survivor for whom it stood already', () => {
    const shared = customer('a', { records: [record('till', '7', 'b')] });
    expect(fates(shared, customer('b', { records: [record('till', '7', 'b')] }))).toEqual([['till 7 MOVES']]);
  });

  it('that belongs to the survivor is the same; that of a third customer goes on being shared', () => {
    expect(fates(a, customer('b', { records: [record('shop', '1', 'a')] }))).toEqual([['shop 1 SAME']]);
    expect(fates(a, customer('b', { records: [record('till', '9', 'x')] }))).toEqual([['till 9 SHARED']]);
  });

  it('stays when a record of a third customer stands for the survivor', () => {
    const sharing = customer('a', { records: [record('till', '9', 'x')] });
    expect(fates(sharing, customer('b', { records: [record('till', '7', 'b')] }))).toEqual([['till 7 STAYS']]);
  });

  it('is left alone when the duplicate is refused', () => {
    const b = customer('b', { kind: 'COMPANY', records: [record('till', '7', 'b')] });
    const c = customer('c', { records: [record('till', '8', 'c')] });
    expect(fates(a, b, c)).toEqual([[], ['till 8 MOVES']]);
  });
});

describe('an order in a system names', () => {
  const there = (id: string) => ({ id, isThere: true });
  const away = (id: string) => ({ id, isThere: false });
  const time = (more: Partial<StoodFor> = {}): StoodFor => ({ survivor: there('a'), coversOrder: true, isOver: false, ...more }); // prettier-ignore

  it('its buyer when nobody ever stood for him', () => {
    expect(namedBuyer(away('b'), [])).toBe('b');
  });

  it('the survivor when it comes there after the merge', () => {
    expect(namedBuyer(there('b'), [time()])).toBe('a');
    expect(namedBuyer(away('b'), [time({ survivor: away('a') })])).toBe('a');
  });

  it('its buyer when it was there before the merge', () => {
    expect(namedBuyer(there('b'), [time({ coversOrder: false })])).toBe('b');
  });

  it('the survivor when it was there before and the record of its buyer has moved', () => {
    expect(namedBuyer(away('b'), [time({ coversOrder: false })])).toBe('a');
  });

  it('the survivor of a merge that is over when it came there during it', () => {
    expect(namedBuyer(there('b'), [time({ isOver: true })])).toBe('a');
  });

  it('its buyer when the record went back to him', () => {
    expect(namedBuyer(there('b'), [time({ survivor: away('a'), isOver: true })])).toBe('b');
    expect(namedBuyer(away('b'), [time({ survivor: away('a'), isOver: true })])).toBe('b');
  });
});
