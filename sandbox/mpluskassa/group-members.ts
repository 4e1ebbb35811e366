/** Calls that remove groups or change which products are in one. Both sides of a membership take new markers. */
import type { Document } from '../../src/base/document.js';
import type { Behaviour } from './behaviour.js';
import { membersOf, subtreeOf } from './groups.js';
import { saveProduct, touchGroup } from './product-saving.js';
import { listIn, numberIn, objectIn, type ProductRow } from './records.js';
import type { Shop } from './shop.js';

export const deleteArticleGroup: Behaviour = (shop, body, call) => {
  const groupNumber = numberIn(objectIn(body, 'request'), 'groupNumber') ?? 0;
  const group = shop.groups.get(groupNumber);
  if (group?.isDeleted !== false) return { result: 'DELETE-ARTICLE-GROUP-RESULT-NOTFOUND' };
  for (const number of subtreeOf(shop, groupNumber)) {
    for (const key of membersOf(shop, number))
      setPlaces(shop, key, (places) => places.filter((place) => place.groupNumber !== number));
    const row = shop.groups.get(number);
    if (row !== undefined) shop.groups.put(number, { ...row, isDeleted: true, syncMarker: shop.next('articleGroup') });
    call.record('groups', String(number), { deleted: true });
  }
  touchGroup(shop, group.parentGroupNumber);
  return { result: 'DELETE-ARTICLE-GROUP-RESULT-OK' };
};

type Places = ProductRow['groups'];

function setPlaces(shop: Shop, productNumber: string, change: (places: Places) => Places): void {
  const product = shop.products.get(productNumber);
  if (product !== undefined) saveProduct(shop, { ...product, groups: change(product.groups) }, []);
}

/** Gives the group exactly these products, in this order. */
export function setMembers(shop: Shop, groupNumber: number, wanted: readonly string[]): void {
  const position = new Map(wanted.map((key, at) => [key, at + 1]));
  for (const key of new Set([...membersOf(shop, groupNumber), ...wanted])) {
    const sortOrder = position.get(key);
    setPlaces(shop, key, (places) => {
      const others = places.filter((place) => place.groupNumber !== groupNumber);
      if (sortOrder === undefined) return others;
      const known = places.findIndex((place) => place.groupNumber === groupNumber);
      if (known === -1) return [...places, { groupNumber, sortOrder }];
      return places.map((place, at) => (at === known ? { groupNumber, sortOrder } : place));
    });
  }
}

/** Makes one of the three membership calls: they differ in the list that the group has afterwards. */
function membershipCall(
  prefix: string,
  after: (members: string[], sent: string[], request: Document) => string[],
): Behaviour {
  return (shop, body, call) => {
    const request = objectIn(body, 'request');
    const groupNumber = numberIn(request, 'groupNumber') ?? 0;
    if (shop.groups.get(groupNumber)?.isDeleted !== false) return { result: `${prefix}-NOT-FOUND` };
    const sent = [...listIn<string>(request, 'productNumbers')];
    if (sent.some((key) => !shop.products.has(key))) return { result: `${prefix}-FAILED` };
    setMembers(shop, groupNumber, after(membersOf(shop, groupNumber), sent, request));
    call.record('groups', String(groupNumber), { productNumbers: sent });
    return { result: `${prefix}-OK` };
  };
}

export const addProductsToArticleGroup = membershipCall(
  'ADD-PRODUCTS-TO-ARTICLE-GROUP-RESULT',
  (members, sent, request) => {
    const added = sent.filter((key) => !members.includes(key));
    const position = numberIn(request, 'position') ?? members.length;
    return [...members.slice(0, position), ...added, ...members.slice(position)];
  },
);

export const replaceProductsOfArticleGroup = membershipCall('REPLACE-PRODUCTS-OF-ARTICLE-GROUP-RESULT', (_, sent) => [
  ...new Set(sent),
]);

export const deleteProductsFromArticleGroup = membershipCall(
  'DELETE-PRODUCTS-FROM-ARTICLE-GROUP-RESULT',
  (members, sent, request) => (request['removeAll'] === true ? [] : members.filter((key) => !sent.includes(key))),
);
