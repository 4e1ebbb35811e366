/**
 * Mappings for all who are told of them, read once for each state. In: how all are read, and which state somebody was told of.
 * Out: the mapping in that state or a later one; null when it is gone.
 */
import type { MappingMark } from '../store/followed-reads.js';
import type { MappingRow } from '../store/mapping-access.js';

const isSame = (row: MappingRow, mark: MappingMark): boolean =>
  row.draftRevision === mark.draftRevision &&
  row.publishedVersion === mark.publishedVersion &&
  row.chosenBy.join() === mark.chosenBy.join();

export function makeSharedMappings(
  read: () => Promise<readonly MappingRow[]>,
): (mark: MappingMark) => Promise<MappingRow | null> {
  let held: Promise<readonly MappingRow[]> = Promise.resolve([]);
  const renew = (): Promise<readonly MappingRow[]> => {
    const reading = read();
    held = reading;
    // What failed is not kept.
    reading.catch(() => {
      if (held === reading) held = Promise.resolve([]);
    });
    return reading;
  };
  return async (mark) => {
    const before = held;
    const isMeant = (row: MappingRow): boolean => row.id === mark.id;
    const known = (await before).find(isMeant);
    if (known !== undefined && isSame(known, mark)) return known;
    // Those who have waited with this one share what the first of them reads.
    return (await (held === before ? renew() : held)).find(isMeant) ?? null;
  };
}
