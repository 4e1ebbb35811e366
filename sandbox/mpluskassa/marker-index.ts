/**
 * Finds records by their newest marker. In: every change of a table. Out: keys in rising order of marker, from a given one
 * on. Markers mostly arrive in rising order, so the index is an append-only list whose outdated entries are skipped; when
 * they arrive otherwise (seeding, rollback, a reset sequence) or too many are outdated it is sorted anew.
 */
import type { Table } from '../engine/table.js';

export interface MarkerIndex {
  /** Keys whose marker is at or above `marker`, lowest first. */
  from(marker: number): IterableIterator<string>;
}

export function indexByMarker<T extends object>(table: Table<T>, markerOf: (record: T) => string): MarkerIndex {
  const newest = new Map<string, number>();
  let markers: number[] = [];
  let keys: string[] = [];
  let isSorted = true;

  table.watch({
    changed(key, next) {
      if (next === undefined) return void newest.delete(key);
      const marker = Number(markerOf(next));
      if (newest.get(key) === marker) return;
      newest.set(key, marker);
      if (marker <= (markers.at(-1) ?? 0)) isSorted = false;
      if (!isSorted) return;
      markers.push(marker);
      keys.push(key);
    },
    cleared() {
      newest.clear();
      markers = [];
      keys = [];
      isSorted = true;
    },
  });

  const sort = (): void => {
    if (isSorted && markers.length <= newest.size * 2 + 1_000) return;
    const all = [...newest].sort(([, a], [, b]) => a - b);
    markers = all.map(([, marker]) => marker);
    keys = all.map(([key]) => key);
    isSorted = true;
  };

  return {
    *from(marker) {
      sort();
      for (let at = firstAtLeast(markers, marker); at < keys.length; at++) {
        const key = keys[at] as string;
        if (newest.get(key) === markers[at]) yield key;
      }
    },
  };
}

function firstAtLeast(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
