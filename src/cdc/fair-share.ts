/** How many of a topic's partitions one of several processes should hold, and which it gives back when that has become fewer. */

/** The most that one of `members` processes holds when all have as much as each other. */
export const fairShare = (partitions: number, members: number): number => Math.ceil(partitions / Math.max(1, members));

/** Of the partitions held, those that are too many: the last ones, so that what stays is in order. */
export function surplusOf(held: readonly number[], share: number): readonly number[] {
  return [...held].sort((a, b) => a - b).slice(share);
}
