/** The group tree: three levels, Dutch with some French, about thirty groups. */
import type { Random } from '../../engine/random.js';
import type { GoodsKind } from '../../engine/shop-data.js';
import type { Store } from '../../engine/store.js';
import type { GroupRow } from '../records.js';

interface Branch {
  readonly name: string;
  readonly text?: string;
  /** Goods that are put here. */
  readonly kind?: GoodsKind;
  readonly below?: readonly Branch[];
}

const tree: readonly Branch[] = [
  { name: 'Kleding', text: 'Alles om aan te trekken', below: [
    { name: 'Dames', below: [{ name: 'Jurken & rokken', kind: 'clothing' }, { name: 'Truien', kind: 'clothing' }] },
    { name: 'Heren', below: [{ name: 'Overhemden', kind: 'clothing' }, { name: 'Jeans', kind: 'clothing' }] },
    { name: 'Accessoires', below: [{ name: 'Sjaals, mutsen & "meer"', kind: 'clothing' }] },
  ] },
  { name: 'Schoenen', text: 'Chaussures', below: [
    { name: 'Sneakers', below: [{ name: 'Lage sneakers', kind: 'shoes' }] },
    { name: 'Laarzen & bottines', below: [{ name: 'Regenlaarzen', kind: 'shoes' }] },
  ] },
  { name: 'Maison & Wonen', text: 'Pour la maison <voor thuis>', below: [
    { name: 'Keuken', below: [{ name: 'Servies', kind: 'home' }, { name: 'Snijplanken', kind: 'home' }] },
    { name: 'Décoration', below: [{ name: 'Vases & bougeoirs', kind: 'home' }, { name: 'Textiel', kind: 'home' }] },
  ] },
  { name: 'Boeken & papier', below: [
    { name: 'Boeken', below: [{ name: 'Kookboeken', kind: 'paper' }] },
    { name: 'Papeterie', below: [{ name: 'Carnets', kind: 'paper' }] },
  ] },
  { name: 'Épicerie fine', text: 'Lekkers uit de streek', below: [
    { name: 'Zoet', below: [{ name: 'Chocolade & koek', kind: 'food' }] },
    { name: 'Hartig', below: [{ name: 'Olie & azijn', kind: 'food' }] },
  ] },
  { name: 'Speelgoed', below: [{ name: 'Hout', below: [{ name: 'Treinen & blokken', kind: 'toys' }, { name: 'Puzzels', kind: 'toys' }] }] },
]; // prettier-ignore

export function seedGroups(store: Store, random: Random): { articleGroup: number; groupNumber: number } {
  const table = store.table<GroupRow>('groups');
  let groupNumber = 0;
  let marker = 0;
  const add = (branch: Branch, parentGroupNumber: number, sortOrder: number): void => {
    const number = ++groupNumber;
    marker += random.integer(1, 3);
    table.put(number, {
      groupNumber: number,
      parentGroupNumber,
      syncMarker: String(marker),
      name: branch.name,
      text: branch.text ?? '',
      sortOrder,
      isDeleted: false,
    });
    (branch.below ?? []).forEach((child, at) => add(child, number, at + 1));
  };
  tree.forEach((branch, at) => add(branch, 0, at + 1));
  return { articleGroup: marker, groupNumber };
}

/** Group numbers by what is put in them, in the order in which `seedGroups` hands them out. */
export function groupsByKind(): ReadonlyMap<GoodsKind, readonly number[]> {
  const places = new Map<GoodsKind, number[]>();
  let groupNumber = 0;
  const walk = (branch: Branch): void => {
    const number = ++groupNumber;
    if (branch.kind !== undefined) places.set(branch.kind, [...(places.get(branch.kind) ?? []), number]);
    for (const child of branch.below ?? []) walk(child);
  };
  for (const branch of tree) walk(branch);
  return places;
}
