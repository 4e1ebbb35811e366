/** Article groups: the tree, the flat list of changes, and the calls that change them. Deleted ones stay in the changes. */
import type { Document } from '../../src/base/document.js';
import type { Behaviour } from './behaviour.js';
import { markerQuery, oneOf, pageOf, unsorted } from './paging.js';
import { touchGroup } from './product-saving.js';
import { listIn, numberIn, objectIn, textIn, type GroupRow } from './records.js';
import type { Shop } from './shop.js';

export function childrenOf(shop: Shop, groupNumber: number): GroupRow[] {
  return [...shop.groups.values()]
    .filter((group) => group.parentGroupNumber === groupNumber && !group.isDeleted)
    .sort((a, b) => a.sortOrder - b.sortOrder || a.groupNumber - b.groupNumber);
}

/** Products of the group in their order. */
export function membersOf(shop: Shop, groupNumber: number): string[] {
  const placed = [...shop.productsIn(groupNumber)].map((key) => {
    const place = shop.products.get(key)?.groups.find((candidate) => candidate.groupNumber === groupNumber);
    return { key, sortOrder: place?.sortOrder ?? 0 };
  });
  return placed.sort((a, b) => a.sortOrder - b.sortOrder || Number(a.key) - Number(b.key)).map(({ key }) => key);
}

export const getArticleGroupChanges: Behaviour = (shop, body) => {
  const request = objectIn(body, 'request');
  const numbers = listIn(request, 'groupNumbers');
  const page = pageOf(shop, shop.groups, shop.byMarker.groups, markerQuery(request), (group) =>
    oneOf(numbers, group.groupNumber),
  );
  return {
    changedArticleGroupList: page.map((group) => ({
      groupNumber: group.groupNumber,
      parentGroupNumber: group.parentGroupNumber,
      syncMarker: group.syncMarker,
      name: group.name,
      text: group.text,
      subGroupNumbers: childrenOf(shop, group.groupNumber).map((child) => String(child.groupNumber)),
      sortOrder: group.sortOrder,
      productNumbers: membersOf(shop, group.groupNumber),
      isDeleted: group.isDeleted,
    })),
  };
};

/** The tree. With a marker: the branches in which something changed, whole. */
export const getArticleGroups: Behaviour = (shop, body) => {
  const request = objectIn(body, 'request');
  const { from, limit } = markerQuery(request);
  const numbers = listIn(request, 'groupNumbers');
  const withArticles = request['retrieveArticleNumbers'] === true;
  const hasChanged = (group: GroupRow): boolean =>
    Number(group.syncMarker) >= (from ?? 0) || childrenOf(shop, group.groupNumber).some(hasChanged);
  const show = (group: GroupRow): Document => {
    const products = membersOf(shop, group.groupNumber);
    return {
      groupNumber: group.groupNumber,
      syncMarker: group.syncMarker,
      name: group.name,
      text: group.text,
      subGroupList: childrenOf(shop, group.groupNumber).map(show),
      sortOrder: group.sortOrder,
      productNumbers: products,
      ...(withArticles
        ? { articleNumbers: products.flatMap((key) => shop.products.get(key)?.articleNumbers ?? []) }
        : {}),
    };
  };
  const top = childrenOf(shop, 0).filter((group) => oneOf(numbers, group.groupNumber) && hasChanged(group));
  return { articleGroupList: unsorted(shop, top.slice(0, limit)).map(show) };
};

const livingGroup = (shop: Shop, groupNumber: number): GroupRow | undefined => {
  const group = shop.groups.get(groupNumber);
  return group?.isDeleted === false ? group : undefined;
};

export const newArticleGroup: Behaviour = (shop, body, call) => {
  const request = objectIn(body, 'request');
  const parent = numberIn(request, 'parentGroupNumber') ?? 0;
  if (parent !== 0 && livingGroup(shop, parent) === undefined) {
    return { result: 'NEW-ARTICLE-GROUP-RESULT-PARENT-NOTFOUND', groupNumber: 0 };
  }
  const name = textIn(request, 'name') ?? '';
  if (name === '') return { result: 'NEW-ARTICLE-GROUP-RESULT-FAILED', groupNumber: 0 };
  const groupNumber = addGroup(shop, parent, name, textIn(request, 'text') ?? '', numberIn(request, 'sortOrder'));
  call.record('groups', String(groupNumber));
  return { result: 'NEW-ARTICLE-GROUP-RESULT-OK', groupNumber };
};

export function addGroup(shop: Shop, parent: number, name: string, text: string, sortOrder?: number): number {
  const groupNumber = Number(shop.next('groupNumber'));
  const last = childrenOf(shop, parent).at(-1)?.sortOrder ?? 0;
  shop.groups.put(groupNumber, {
    groupNumber,
    parentGroupNumber: parent,
    syncMarker: shop.next('articleGroup'),
    name,
    text,
    sortOrder: sortOrder ?? last + 1,
    isDeleted: false,
  });
  touchGroup(shop, parent);
  return groupNumber;
}

/** Saves what differs; says whether anything did. */
export function changeGroup(shop: Shop, before: GroupRow, change: Partial<GroupRow>): boolean {
  const after = { ...before, ...change };
  const isSame = (['name', 'text', 'sortOrder', 'parentGroupNumber'] as const).every(
    (field) => after[field] === before[field],
  );
  if (isSame) return false;
  shop.groups.put(before.groupNumber, { ...after, syncMarker: shop.next('articleGroup') });
  if (after.parentGroupNumber !== before.parentGroupNumber) {
    touchGroup(shop, before.parentGroupNumber);
    touchGroup(shop, after.parentGroupNumber);
  }
  return true;
}

/** The group and all below it. */
export function subtreeOf(shop: Shop, groupNumber: number): number[] {
  return [groupNumber, ...childrenOf(shop, groupNumber).flatMap((child) => subtreeOf(shop, child.groupNumber))];
}

export const updateArticleGroup: Behaviour = (shop, body, call) => {
  const request = objectIn(body, 'request');
  const before = livingGroup(shop, numberIn(request, 'groupNumber') ?? 0);
  if (before === undefined) return { result: 'SAVE-ARTICLE-GROUP-RESULT-NOT-FOUND' };
  const parentGroupNumber = numberIn(request, 'parentGroupNumber') ?? before.parentGroupNumber;
  const isBelowItself = subtreeOf(shop, before.groupNumber).includes(parentGroupNumber);
  if (isBelowItself || (parentGroupNumber !== 0 && livingGroup(shop, parentGroupNumber) === undefined)) {
    return { result: 'SAVE-ARTICLE-GROUP-RESULT-FAILED' };
  }
  const changed = changeGroup(shop, before, {
    name: textIn(request, 'name') ?? before.name,
    text: textIn(request, 'text') ?? before.text,
    sortOrder: numberIn(request, 'sortOrder') ?? before.sortOrder,
    parentGroupNumber,
  });
  call.record('groups', String(before.groupNumber), { changed });
  return { result: 'SAVE-ARTICLE-GROUP-RESULT-OK' };
};
