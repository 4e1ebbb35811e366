/** What all edits need: somebody to tell, and a random record of a table that may be large. */
import type { Random } from '../engine/random.js';
import type { Call } from './behaviour.js';
import type { Table } from '../engine/table.js';

/** Told of every record that an edit changed. */
export type Changed = (
  type: 'products' | 'articles' | 'groups' | 'stock' | 'relations' | 'orders' | 'invoices' | 'customFields',
  key: string,
) => void;

/** Which edits are meant. */
export interface Restriction {
  /** Names of edits; all when absent. */
  readonly edits?: readonly string[];
  /** `own`: only records that no integration made. */
  readonly of: 'own' | 'any';
}

/** A call that a person makes: no line in the ledger, but the edit's result names what it changed. */
export const personCall = (changed: Changed): Call => ({
  operation: 'mutate',
  record(type, key) {
    if (type === 'orders' || type === 'invoices' || type === 'relations') changed(type, key);
  },
});

export function randomKey<T extends object>(table: Table<T>, random: Random): string {
  let left = random.integer(0, table.size - 1);
  for (const key of table.keys()) if (left-- === 0) return key;
  throw new Error(`the table ${table.name} is empty`);
}
