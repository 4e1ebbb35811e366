/**
 * The ledger: one JSON line for every write that a client had applied, in a file of its own, written before the answer
 * is sent. A test counts effects in it after everything else was killed. Edits that the sandbox makes itself (seeding,
 * mutate) are not in it.
 */
import { closeSync, ftruncateSync, openSync } from 'node:fs';
import { appendLines, eachLine } from './json-lines.js';

export interface LedgerEntry {
  /** Kind of record: `products`, `orders` … */
  readonly type: string;
  readonly key: string;
  /** What was done: the operation's name. */
  readonly op: string;
  readonly requestId?: string;
  readonly extra?: Readonly<Record<string, unknown>>;
}

export interface LedgerLine extends LedgerEntry {
  readonly seq: number;
  readonly at: string;
}

export interface Ledger {
  readonly lastSeq: number;
  /** Lines with a greater sequence number. */
  after(seq: number): readonly LedgerLine[];
  /** Numbers and dates entries; nothing is written yet. */
  prepare(entries: readonly LedgerEntry[], at: string): readonly LedgerLine[];
  append(lines: readonly LedgerLine[]): void;
  /** Appends those lines that a kill kept from the file. */
  repair(lines: readonly LedgerLine[]): void;
  clear(): void;
  close(): void;
}

export function openLedger(path: string): Ledger {
  const lines: LedgerLine[] = [];
  eachLine<LedgerLine>(path, (line) => lines.push(line));
  let file = openSync(path, 'a');
  const lastSeq = (): number => lines.at(-1)?.seq ?? 0;

  const append = (added: readonly LedgerLine[]): void => {
    appendLines(file, added);
    for (const line of added) lines.push(line);
  };

  return {
    get lastSeq() {
      return lastSeq();
    },
    // Numbers rise by one from 1, so they are positions as well.
    after: (seq) => lines.slice(seq),
    prepare: (entries, at) => entries.map((entry, index) => ({ seq: lastSeq() + index + 1, at, ...entry })),
    append,
    repair: (added) => append(added.filter((line) => line.seq > lastSeq())),
    clear() {
      lines.length = 0;
      ftruncateSync(file);
    },
    close() {
      if (file !== -1) closeSync(file);
      file = -1;
    },
  };
}
