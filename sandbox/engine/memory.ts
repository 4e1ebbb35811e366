/**
 * The tables of a store and the transactions over them, in memory. In: changes made through tables. Out: at the end of
 * each transaction what it changed, handed to `commit` before the caller goes on; a failed one is taken back completely.
 */
import type { LedgerEntry } from './ledger.js';
import { makeTable, type AnyTable } from './table.js';

export type Put = readonly [table: string, key: string, record: object | null];

export interface Memory {
  tableOf(name: string): AnyTable;
  transaction<T>(work: () => T): T;
  record(entry: LedgerEntry): void;
  /** Changes inside need no transaction and are not committed: seeding and replay. */
  unrecorded(work: () => void): void;
  clear(): void;
}

export function makeMemory(commit: (puts: readonly Put[], entries: readonly LedgerEntry[]) => void): Memory {
  const tables = new Map<string, AnyTable>();
  let puts: Put[] = [];
  let entries: LedgerEntry[] = [];
  let undo: (() => void)[] = [];
  let isOpen = false;
  let isRecorded = true;

  const onChange = (name: string) => (key: string, next: object | undefined, previous: object | undefined) => {
    if (!isRecorded) return;
    if (!isOpen) throw new Error(`${name} was changed outside a transaction`);
    puts.push([name, key, next ?? null]);
    undo.push(() => tables.get(name)?.restore(key, previous));
  };

  return {
    tableOf(name) {
      let table = tables.get(name);
      if (table === undefined) tables.set(name, (table = makeTable(name, onChange(name))));
      return table;
    },
    transaction(work) {
      if (isOpen) return work();
      isOpen = true;
      [puts, entries, undo] = [[], [], []];
      try {
        const result = work();
        if (puts.length > 0 || entries.length > 0) commit(puts, entries);
        return result;
      } catch (error) {
        for (const step of undo.reverse()) step();
        throw error;
      } finally {
        isOpen = false;
      }
    },
    record(entry) {
      if (!isOpen) throw new Error('a ledger line needs a transaction');
      entries.push(entry);
    },
    unrecorded(work) {
      isRecorded = false;
      try {
        work();
      } finally {
        isRecorded = true;
      }
    },
    clear() {
      for (const table of tables.values()) table.clear();
    },
  };
}
