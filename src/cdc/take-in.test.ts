/** Which partitions share a transaction. */
import { describe, expect, it } from '@jest/globals';
import { groupsOf } from './take-in.js';

const topic = 'changes.till';
const heldAt = (...offsets: readonly bigint[]) =>
  offsets.map((nextOffset, partition) => ({ consumer: 'ingest', topic, partition, nextOffset, epoch: 1n }));
const partitionsOf = (groups: ReturnType<typeof groupsOf>) =>
  groups.map((group) => group.map(({ partition }) => partition));

describe('partitions with something to be taken in', () => {
  it('share a transaction while there is room in it, and those without anything are left out', () => {
    expect(partitionsOf(groupsOf(heldAt(0n, 5n, 7n, 0n, 1n), [3n, 5n, 9n, 4n, 9n], 9))).toEqual([[0, 2, 3], [4]]);
  });

  it('have one of their own when they fill it', () => {
    expect(partitionsOf(groupsOf(heldAt(0n, 0n, 0n), [100n, 10n, 1n], 10))).toEqual([[0], [1], [2]]);
  });

  it('are looked at alone when they are beyond the end of the log', () => {
    expect(partitionsOf(groupsOf(heldAt(0n, 9n, 0n), [1n, 3n, 1n], 10))).toEqual([[0], [1], [2]]);
  });
});
