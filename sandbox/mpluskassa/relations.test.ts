import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Document } from '../../src/base/document.js';
import { openTestShop, type TestShop } from './test-shop.js';

let test: TestShop;
beforeEach(() => {
  test = openTestShop();
});
afterEach(() => test.close());

const create = (relation: Document): Document => test.call('createRelation', { relation });

describe('relations', () => {
  it('are found by a fragment in any case, when every given field matches', () => {
    create({ name: 'Zorgvuldige Klant', email: 'Zorg.Klant@example.nl', city: 'Brugge' });
    const find = (relation: Document): unknown => test.call('findRelation', { relation })['result'];
    expect(find({ email: 'zorg.klant@EXAMPLE' })).toBe('FIND-RELATION-RESULT-OK');
    expect(find({ email: 'zorg.klant', city: 'Damme' })).toBe('FIND-RELATION-RESULT-NOT-FOUND');
    expect(find({})).toBe('FIND-RELATION-RESULT-NOT-FOUND');
  });

  it('can be mistaken for another one by the forgiving look-up, not by the exact one', () => {
    const wrong = create({ name: 'A', email: 'peter.jan@uniek.example' });
    const right = create({ name: 'B', email: 'jan@uniek.example' });
    const relation = { email: 'jan@uniek.example' };
    const forgiving = test.call('findRelation', { relation })['relation'] as Document;
    const exact = test.call('findRelationV2', { request: { relation, exactMatch: true } })['relation'] as Document;
    expect(forgiving['relationNumber']).toBe(wrong['relationNumber']);
    expect(exact['relationNumber']).toBe(right['relationNumber']);
  });

  it('refuse a number that is taken and a missing name', () => {
    expect(create({ relationNumber: '1', name: 'x' })['result']).toBe(
      'CREATE-RELATION-RESULT-FAILED-RELATION-NUMBER-ALREADY-TAKEN',
    );
    expect(create({ email: 'x@example.nl' })).toMatchObject({
      result: 'CREATE-RELATION-RESULT-FAILED',
      relationNumber: '0',
    });
  });

  it('have no protection against being created twice', () => {
    const first = create({ name: 'Dubbel', email: 'dubbel@example.nl' });
    const second = create({ name: 'Dubbel', email: 'dubbel@example.nl' });
    expect(second['relationNumber']).not.toBe(first['relationNumber']);
  });

  it('take a marker for a change and none for a repetition', () => {
    const update = (): Document => test.call('updateRelation', { relation: { relationNumber: '3', city: 'Damme' } });
    const from = test.shop.current('relation') + 1;
    update();
    update();
    const changed = test.call('getRelations', { request: { syncMarker: String(from) } })['relationList'] as Document[];
    expect(changed).toMatchObject([{ relationNumber: '3', city: 'Damme', syncMarker: String(from) }]);
    expect(test.shop.current('relation')).toBe(from);
  });
});
