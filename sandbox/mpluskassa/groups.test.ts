import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Document } from '../../src/base/document.js';
import { openTestShop, type TestShop } from './test-shop.js';

let test: TestShop;
beforeEach(() => {
  test = openTestShop();
});
afterEach(() => test.close());

const changes = (from: number): Document[] =>
  test.call('getArticleGroupChanges', { request: { syncMarker: String(from) } })[
    'changedArticleGroupList'
  ] as Document[];
const since = (): number => test.shop.current('articleGroup') + 1;

describe('article groups', () => {
  it('are a tree of three levels', () => {
    const depth = (groups: Document[]): number =>
      groups.length === 0 ? 0 : 1 + Math.max(...groups.map((group) => depth(group['subGroupList'] as Document[])));
    const tree = test.call('getArticleGroups', { request: {} })['articleGroupList'] as Document[];
    expect(depth(tree)).toBe(3);
    expect(changes(0).length).toBeGreaterThanOrEqual(30);
  });

  it('come again with a new marker when they are renamed, and not when nothing differs', () => {
    const from = since();
    test.call('updateArticleGroup', { request: { groupNumber: 4, name: 'Rokken' } });
    expect(changes(from)).toMatchObject([{ groupNumber: 4, name: 'Rokken', isDeleted: false }]);
    const later = since();
    test.call('updateArticleGroup', { request: { groupNumber: 4, name: 'Rokken' } });
    expect(changes(later)).toEqual([]);
  });

  it('cannot be moved below themselves', () => {
    const answer = test.call('updateArticleGroup', { request: { groupNumber: 1, parentGroupNumber: 4 } });
    expect(answer['result']).toBe('SAVE-ARTICLE-GROUP-RESULT-FAILED');
  });

  it('stay in the changes as deleted, with all below them, and let go of their products', () => {
    const from = since();
    test.call('deleteArticleGroup', { request: { groupNumber: 1 } });
    const deleted = changes(from).filter((group) => group['isDeleted'] === true);
    expect(deleted.length).toBeGreaterThan(4);
    const orphaned = [...test.shop.products.values()].flatMap((product) => product.groups);
    const numbers = deleted.map((group) => group['groupNumber']);
    expect(orphaned.some((place) => numbers.includes(place.groupNumber))).toBe(false);
    expect(test.call('deleteArticleGroup', { request: { groupNumber: 1 } })['result']).toMatch(/NOTFOUND$/);
  });

  it('show the same membership as the products do, from both sides', () => {
    const products = [...test.shop.products.keys()].slice(0, 3);
    test.call('replaceProductsOfArticleGroup', {
      request: { groupNumber: 35, productNumbers: [...products].reverse() },
    });
    const marker = test.shop.current('article');
    const group = changes(0).find((candidate) => candidate['groupNumber'] === 35);
    expect(group?.['productNumbers']).toEqual([...products].reverse());
    const read = test.call('getProducts', { request: { groupNumbers: [35] } })['productList'] as Document[];
    expect(read.map((product) => product['productNumber']).sort()).toEqual([...products].sort());
    expect(read.some((product) => product['syncMarker'] === String(marker))).toBe(true);
  });
});
