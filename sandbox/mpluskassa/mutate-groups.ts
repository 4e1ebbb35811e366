/** Edits of the group tree: renaming, moving, reordering, new groups. Nobody deletes groups at random. */
import type { Random } from '../engine/random.js';
import { goods } from '../engine/shop-data.js';
import { addGroup, changeGroup, childrenOf, subtreeOf } from './groups.js';
import type { Changed } from './edit.js';
import type { GroupRow } from './records.js';
import type { Shop } from './shop.js';

export function editGroup(shop: Shop, random: Random, changed: Changed): void {
  const living = [...shop.groups.values()].filter((group) => !group.isDeleted);
  const group = random.pick(living);
  const draw = random.next();
  if (draw < 0.45) change(shop, group, { name: newName(random) }, changed);
  else if (draw < 0.6) change(shop, group, { text: `Actie ${random.integer(1, 99)} & meer` }, changed);
  else if (draw < 0.75) change(shop, group, { sortOrder: random.integer(1, 20) }, changed);
  else if (draw < 0.9) move(shop, random, group, changed);
  else changed('groups', String(addGroup(shop, depthOf(shop, group) < 3 ? group.groupNumber : 0, newName(random), '')));
}

const newName = (random: Random): string =>
  `${random.pick(goods).noun} & ${random.pick(goods).fr} ${random.integer(1, 99)}`;

function change(shop: Shop, group: GroupRow, fields: Partial<GroupRow>, changed: Changed): void {
  if (changeGroup(shop, group, fields)) changed('groups', String(group.groupNumber));
}

/** Under another parent, never below itself and never deeper than three levels. */
function move(shop: Shop, random: Random, group: GroupRow, changed: Changed): void {
  const below = subtreeOf(shop, group.groupNumber);
  const height = heightOf(shop, group.groupNumber);
  const parents = [...shop.groups.values()].filter(
    (other) => !other.isDeleted && !below.includes(other.groupNumber) && depthOf(shop, other) + height <= 3,
  );
  if (parents.length === 0) return;
  change(shop, group, { parentGroupNumber: random.pick(parents).groupNumber }, changed);
}

function depthOf(shop: Shop, group: GroupRow): number {
  const parent = shop.groups.get(group.parentGroupNumber);
  return parent === undefined ? 1 : 1 + depthOf(shop, parent);
}

function heightOf(shop: Shop, groupNumber: number): number {
  return 1 + Math.max(0, ...childrenOf(shop, groupNumber).map((child) => heightOf(shop, child.groupNumber)));
}
