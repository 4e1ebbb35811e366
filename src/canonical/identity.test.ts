import { describe, expect, it } from '@jest/globals';
import { eachMention, identify, makeByRecord, resolveMentions, type Draft, type KnownReference } from './identity.js';

let next = 0;
const newId = (entity: string): string => `${entity}-${++next}`;
const draft = (entity: Draft['entity'], externalId: string, fields: Draft['fields']): Draft => ({
  entity,
  externalId,
  fields,
  cleared: [],
});
const none = makeByRecord<KnownReference>();

describe('the identity of an external record', () => {
  it('is what its reference says, whatever its key is', () => {
    const known = makeByRecord<KnownReference>();
    known.set('variant', 'v1', { canonicalId: 'var_known', origin: 'INGESTED' });
    const candidates = { variant: [{ key: 'S', id: 'var_other', productId: null }] };
    const identities = identify({ drafts: [draft('variant', 'v1', { sku: 'S' })], known, candidates, newId });
    expect(identities.of('variant', 'v1')).toMatchObject({ canonicalId: 'var_known', isNew: false });
  });

  it('is the record with its key, and its product is the one of that record', () => {
    const drafts = [draft('product', 'p', {}), draft('variant', 'v', { sku: 'S', product: 'p' })];
    const candidates = { variant: [{ key: 'S', id: 'var_1', productId: 'prd_1' }] };
    const identities = identify({ drafts, known: none, candidates, newId });
    expect(identities.of('variant', 'v')).toMatchObject({ canonicalId: 'var_1', origin: 'MATCHED', isNew: true });
    expect(identities.of('product', 'p')).toMatchObject({ canonicalId: 'prd_1', origin: 'MATCHED' });
  });

  it('of a product is new when its variants belong to different products', () => {
    const drafts = [
      draft('product', 'p', {}),
      draft('variant', 'v', { sku: 'S', product: 'p' }),
      draft('variant', 'w', { sku: 'T', product: 'p' }),
    ];
    const candidates = {
      variant: [
        { key: 'S', id: 'var_1', productId: 'prd_1' },
        { key: 'T', id: 'var_2', productId: 'prd_2' },
      ],
    };
    const identities = identify({ drafts, known: none, candidates, newId });
    expect(identities.of('product', 'p').origin).toBe('INGESTED');
  });

  it('is given to one record only, although two have the same key', () => {
    const drafts = [draft('variant', 'v', { sku: 'S' }), draft('variant', 'w', { sku: 'S' })];
    const candidates = { variant: [{ key: 'S', id: 'var_1', productId: null }] };
    const identities = identify({ drafts, known: none, candidates, newId });
    expect(identities.of('variant', 'v').canonicalId).toBe('var_1');
    expect(identities.of('variant', 'w')).toMatchObject({ origin: 'INGESTED' });
    expect(identities.of('variant', 'w').canonicalId).not.toBe('var_1');
  });

  it('is nobody’s when two records have its key', () => {
    const candidates = {
      variant: [
        { key: 'S', id: 'var_1', productId: null },
        { key: 'S', id: 'var_2', productId: null },
      ],
    };
    const identities = identify({ drafts: [draft('variant', 'v', { sku: 'S' })], known: none, candidates, newId });
    expect(identities.ambiguous('variant', 'v')).toBe('S');
  });

  it('of a mentioned record is reserved once and the same for all who mention it', () => {
    const product = draft('product', 'p', { categories: ['c', 'd', 'c'] });
    const identities = identify({ drafts: [product], known: none, candidates: {}, newId });
    const fields = resolveMentions(product, identities);
    expect(fields['categories']).toEqual([
      identities.of('category', 'c').canonicalId,
      identities.of('category', 'd').canonicalId,
    ]);
    expect(identities.of('category', 'c')).toMatchObject({ origin: 'MENTIONED', isNew: true });
  });
});

describe('the mark of the hub on a record', () => {
  const marked = new Map<string, string | null>([
    ['ord_free', null],
    ['ord_taken', 'first'],
  ]);
  const carrying = (externalId: string, hubId: string): Draft => ({ ...draft('order', externalId, {}), hubId });
  const of = (drafts: readonly Draft[], known = none) => identify({ drafts, known, candidates: {}, marked, newId });

  it('says which one it is, and makes a second record with it a duplicate', () => {
    const identities = of([carrying('a', 'ord_free'), carrying('b', 'ord_free'), carrying('c', 'ord_taken')]);
    expect(identities.of('order', 'a')).toMatchObject({ canonicalId: 'ord_free', origin: 'MATCHED' });
    expect(identities.duplicateOf('order', 'a')).toBeUndefined();
    expect(identities.duplicateOf('order', 'b')).toBe('a');
    expect(identities.duplicateOf('order', 'c')).toBe('first');
  });

  it('that names nothing is no mark, and never turns a record that is known into another one', () => {
    const known = makeByRecord<KnownReference>();
    known.set('order', 'k', { canonicalId: 'ord_own', origin: 'INGESTED' });
    const identities = of([carrying('k', 'ord_free'), carrying('n', 'ord_unknown')], known);
    expect(identities.of('order', 'k').canonicalId).toBe('ord_own');
    expect(identities.of('order', 'n').origin).toBe('INGESTED');
  });

  it('turns an id that was only reserved into the marked record', () => {
    const known = makeByRecord<KnownReference>();
    known.set('order', 'm', { canonicalId: 'ord_reserved', origin: 'MENTIONED' });
    const identities = of([carrying('m', 'ord_free')], known);
    expect(identities.of('order', 'm').canonicalId).toBe('ord_free');
    expect(identities.merges).toMatchObject([{ from: 'ord_reserved', to: 'ord_free' }]);
  });
});

describe('a key that was mentioned before its record was read', () => {
  const reservations = (isOwn: boolean) => ({ variant: [{ key: 'S', id: 'var_reserved', isOwn, isEmpty: true }] });
  const variant = draft('variant', 'v', { sku: 'S' });

  it.each([true, false])('gives the record its id, whichever system mentioned it (own: %p)', (isOwn) => {
    const identities = identify({
      drafts: [variant],
      known: none,
      candidates: {},
      reservations: reservations(isOwn),
      newId,
    });
    expect(identities.of('variant', 'v').canonicalId).toBe('var_reserved');
    expect(identities.of('variant', 'key:S').canonicalId).toBe('var_reserved');
    expect(identities.overtaken('variant', 'v')).toBe(isOwn ? 'key:S' : undefined);
    expect(identities.merges).toEqual([]);
  });

  it('is merged into a record that is there already', () => {
    const candidates = { variant: [{ key: 'S', id: 'var_1', productId: null }] };
    const identities = identify({
      drafts: [variant],
      known: none,
      candidates,
      reservations: reservations(true),
      newId,
    });
    expect(identities.of('variant', 'key:S').canonicalId).toBe('var_1');
    expect(identities.merges).toMatchObject([{ from: 'var_reserved', to: 'var_1' }]);
  });
});

describe('the records that a draft mentions', () => {
  it('are all its references', () => {
    const mentions: string[] = [];
    eachMention(draft('stock_level', 'x', { variant: 'v', location: 'l', onHand: '1' }), (entity, id) =>
      mentions.push(`${entity} ${id}`),
    );
    expect(mentions).toEqual(['variant v', 'stock_location l']);
  });

  it('are those inside its lines too', () => {
    const order = draft('order', 'o', { customer: 'c', lines: [{ key: '1', variant: 'v' }, { key: '2' }] });
    const identities = identify({ drafts: [order], known: none, candidates: {}, newId });
    expect(resolveMentions(order, identities)).toEqual({
      customer: identities.of('customer', 'c').canonicalId,
      lines: [{ key: '1', variant: identities.of('variant', 'v').canonicalId }, { key: '2' }],
    });
  });
});
