/** What all edits need: somebody to tell, and a random record of a table that may be large. */
import type { Random } from '../engine/random.js';
import type { Table } from '../engine/table.js';

/** Told of every record that an edit changed. */
export type Changed = (type: 'products' | 'articles' | 'groups' | 'stock', key: string) => void;

export function randomKey<T extends object>(table: Table<T>, random: Random): string {
  let left = random.integer(0, table.size - 1);
  for (const key of table.keys()) if (left-- === 0) return key;
  throw new Error(`the table ${table.name} is empty`);
}
