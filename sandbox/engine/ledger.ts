/**
 * The ledger: one JSON line for every write that a client had applied, in a file of its own, written before the answer
 * is sent. A test counts effects in it after everything else was killed. Edits that the sandbox makes itself (seeding,
 * mutate) are not in it.
 */
import { closeSync, existsSync, ftruncateSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';

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
  const lines: LedgerLine[] = existsSync(path) ? readComplete(path) : [];
  let file = openSync(path, 'a');
  const lastSeq = (): number => lines.at(-1)?.seq ?? 0;

  const append = (added: readonly LedgerLine[]): void => {
    if (added.length === 0) return;
    writeSync(file, added.map((line) => `${JSON.stringify(line)}\n`).join(''));
    for (const line of added) lines.push(line);
  };

  return {
    get lastSeq() {
      return lastSeq();
    },
    after: (seq) => lines.filter((line) => line.seq > seq),
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

function readComplete(path: string): LedgerLine[] {
  const text = readFileSync(path, 'utf8');
  const complete = text.slice(0, text.lastIndexOf('\n') + 1);
  if (complete.length !== text.length) writeFileSync(path, complete);
  return complete
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as LedgerLine);
}
