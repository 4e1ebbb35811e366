/** Taking changes back, field by field: what is put back, what is left alone, what cannot be. */
import { describe, expect, it } from '@jest/globals';
import type { Json } from '../base/document.js';
import type { CanonicalEntity } from './entities.js';
import type { CanonicalRecord, Changes } from './record.js';
import { putBack, undoFields, whyNever, type PastChange, type UndoFacts } from './undo.js';

const record = (fields: Record<string, Json>, more: Partial<CanonicalRecord> = {}): CanonicalRecord => ({
  entity: 'variant',
  id: 'var_1',
  version: 7,
  fields,
  provenance: { '*': 'till' },
  isDeleted: false,
  ...more,
});
const verdicts = (
  of: CanonicalRecord,
  changes: Changes,
  { later = [], ...more }: Partial<UndoFacts> & { readonly later?: readonly string[] } = {},
): Record<string, string> => {
  const history = [taken(changes), ...later.map((field): PastChange => ({ fields: [field] }))];
  const judged = undoFields({ record: of, history, obstacle: () => null, ...more });
  return Object.fromEntries(judged.map(({ field, verdict }) => [field, verdict]));
};
const taken = (changes: Changes): PastChange => ({ fields: Object.keys(changes), taken: changes });
const other = (...fields: readonly string[]): PastChange => ({ fields });
/** `price 10 reverse` of each field. */
const judge = (of: CanonicalRecord, ...history: readonly PastChange[]): readonly string[] =>
  undoFields({ record: of, history, obstacle: () => null }).map(
    ({ field, former, verdict }) => `${field} ${JSON.stringify(former)} ${verdict}`,
  );

describe('undoFields', () => {
  it('puts back what is still as the change left it', () => {
    const [price] = undoFields({
      record: record({ priceAmount: '99' }),
      history: [taken({ priceAmount: ['10', '99'] })],
      obstacle: () => null,
    });
    expect(price).toEqual({ field: 'priceAmount', now: '99', former: '10', verdict: 'reverse', message: null });
  });

  it('leaves alone what holds another value, and what was changed and came back', () => {
    const changes: Changes = { gtin: ['1', '2'], unitCode: ['kg', 'st'] };
    const of = record({ gtin: '3', unitCode: 'st' });
    expect(verdicts(of, changes, { later: ['unitCode'] })).toEqual({
      gtin: 'changedSince',
      unitCode: 'changedSince',
    });
  });

  it('empties a field that the change has filled, unless records cannot be without it', () => {
    expect(verdicts(record({ gtin: '2' }), { gtin: [null, '2'] })).toEqual({ gtin: 'reverse' });
    const product = record({ name: 'Shirt' }, { entity: 'product' });
    expect(verdicts(product, { name: [null, 'Shirt'] })).toEqual({ name: 'irreversible' });
  });

  it('never touches what records are known by, what is contested, and what is gone', () => {
    expect(verdicts(record({ sku: 'b' }), { sku: ['a', 'b'] })).toEqual({ sku: 'irreversible' });
    const contested = record({ gtin: '2' }, { provenance: { '*': 'till', 'gtin.contested': 'shop' } });
    expect(verdicts(contested, { gtin: ['1', '2'] })).toEqual({ gtin: 'irreversible' });
    expect(verdicts(record({ gtin: '2' }, { isDeleted: true }), { gtin: ['1', '2'] })).toEqual({
      gtin: 'irreversible',
    });
  });

  it('keeps together what says one thing: a price with its currency, the parts of a name', () => {
    const changes: Changes = { priceAmount: ['10', '12'], priceCurrency: ['EUR', 'USD'], gtin: ['1', '2'] };
    const of = record({ priceAmount: '12', priceCurrency: 'CHF', gtin: '2' });
    expect(verdicts(of, changes)).toEqual({
      priceAmount: 'changedSince',
      priceCurrency: 'changedSince',
      gtin: 'reverse',
    });
    const later = { later: ['priceIncludesTax'] };
    expect(verdicts(record({ priceAmount: '12' }), { priceAmount: ['10', '12'] }, later)).toEqual({
      priceAmount: 'changedSince',
    });
  });

  it('says what is in the way of a field', () => {
    const [field] = undoFields({
      record: record({ gtin: '2' }),
      history: [taken({ gtin: ['1', '2'] })],
      obstacle: (name) => `not ${name}`,
    });
    expect(field).toMatchObject({ verdict: 'irreversible', message: 'not gtin' });
  });
});

describe('undoFields of several changes of one record', () => {
  it('goes back to what each field held before the first of them', () => {
    const changes = [
      taken({ gtin: ['1', '2'] }),
      taken({ gtin: ['2', '3'], unitCode: ['st', 'kg'] }),
      taken({ gtin: ['3', '4'] }),
    ];
    expect(judge(record({ gtin: '4', unitCode: 'kg' }), ...changes)).toEqual([
      'gtin "1" reverse',
      'unitCode "st" reverse',
    ]);
  });

  it('leaves out what they have put back themselves', () => {
    expect(judge(record({ gtin: '1' }), taken({ gtin: ['1', '2'] }), taken({ gtin: ['2', '1'] }))).toEqual([]);
  });

  it('stops where somebody else has changed the field in between, and says so', () => {
    const history = [taken({ gtin: ['1', '2'] }), other('gtin'), taken({ gtin: ['3', '4'] })];
    const [field] = undoFields({ record: record({ gtin: '4' }), history, obstacle: () => null });
    expect(field).toMatchObject({ former: '3', verdict: 'reverse', message: expect.stringMatching(/in between/) });
    expect(judge(record({ gtin: '5' }), ...history, other('gtin'))).toEqual(['gtin "1" changedSince']);
  });

  it('goes back to one moment with all fields that say one thing', () => {
    const history = [
      taken({ priceAmount: ['1', '2'] }),
      other('priceAmount'),
      taken({ priceCurrency: ['EUR', 'USD'] }),
    ];
    expect(judge(record({ priceAmount: '3', priceCurrency: 'USD' }), ...history)).toEqual([
      'priceAmount "1" changedSince',
      'priceCurrency "EUR" reverse',
    ]);
  });

  it('cannot put back what is not kept any more, unless that is only in the middle', () => {
    const lost: PastChange = { fields: ['gtin'], taken: null };
    expect(judge(record({ gtin: '4' }), lost, taken({ gtin: ['2', '4'] }))).toEqual(['gtin null irreversible']);
    expect(judge(record({ gtin: '4' }), taken({ gtin: ['1', '2'] }), lost, taken({ gtin: ['3', '4'] }))).toEqual([
      'gtin "1" reverse',
    ]);
  });
});

describe('putBack', () => {
  it('gives the record the former values as the word of the hub, one version on', () => {
    const before = record({ gtin: '2', priceAmount: '9' });
    const after = putBack(before, [
      { field: 'gtin', former: null },
      { field: 'priceAmount', former: '10' },
    ]);
    expect(after).toMatchObject({ version: 8, provenance: { '*': 'till', gtin: 'hub', priceAmount: 'hub' } });
    expect(after.fields).toEqual({ priceAmount: '10' });
  });
});

describe('whyNever', () => {
  it('refuses orders with their invoices and deliveries, and stock, in words', () => {
    const refused: readonly CanonicalEntity[] = ['order', 'stock_level', 'stock_location'];
    for (const entity of refused) expect(whyNever(entity)).toEqual(expect.stringMatching(/\.$/));
    for (const entity of ['product', 'variant', 'category', 'customer']) expect(whyNever(entity)).toBeNull();
  });
});
