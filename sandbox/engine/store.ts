/**
 * The durable state of a sandbox: tables of JSON records in memory and one journal line for each transaction, written
 * before the transaction returns. In: a seeding function that always makes the same records from the same seed. Out:
 * tables and the ledger. Because seeding repeats itself, the journal holds only what came after it: a sandbox that was
 * killed at any moment resumes with exactly the transactions that it had answered.
 */
import { appendFileSync, closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync, writeSync } from 'node:fs'; // prettier-ignore
import { join } from 'node:path';
import type { Clock } from '../../src/base/clock.js';
import { openLedger, type Ledger, type LedgerEntry, type LedgerLine } from './ledger.js';
import { SandboxUsageError } from './sandbox-system.js';
import { makeTable, type AnyTable, type Table } from './table.js';

export interface StoreOptions {
  readonly dataDir: string;
  /** Name of the system; a folder of another system is refused. */
  readonly system: string;
  readonly seed: number;
  readonly products: number;
  readonly clock: Clock;
  /** Fills the empty tables; must depend on nothing but its arguments. */
  seedInto(store: Store, settings: SeedSettings): void;
}

export interface SeedSettings {
  readonly seed: number;
  readonly products: number;
}

export interface Store {
  /** The table of that name; made when it is asked for first. */
  table<T extends object>(name: string): Table<T>;
  /** All or nothing, durable when it returns; a transaction inside another one is part of it. */
  transaction<T>(work: () => T): T;
  /** Adds a line to the ledger, together with the transaction that it belongs to. */
  record(entry: LedgerEntry): void;
  readonly ledger: Ledger;
  /** What the records were made from; the data folder wins over the options. */
  readonly settings: SeedSettings;
  /** Back to the seeded records; journal and ledger are emptied. */
  reset(settings?: Partial<SeedSettings>): void;
  close(): void;
}

type Put = readonly [table: string, key: string, record: object | null];
interface JournalLine {
  readonly puts: readonly Put[];
  readonly ledger?: readonly LedgerLine[];
}
interface Header extends SeedSettings {
  readonly system: string;
  readonly format: number;
}

/** Raise when seeding makes other records than before: old folders are then refused instead of being misread. */
const format = 1;
const compactAboveLines = 2_000;

export function openStore(options: StoreOptions): Store {
  mkdirSync(options.dataDir, { recursive: true });
  const path = join(options.dataDir, 'state.jsonl');
  const tables = new Map<string, AnyTable>();
  const ledger = openLedger(join(options.dataDir, 'ledger.jsonl'));
  let settings: SeedSettings = { seed: options.seed, products: options.products };
  let file = -1;
  let puts: Put[] = [];
  let entries: LedgerEntry[] = [];
  let undo: (() => void)[] = [];
  let depth = 0;
  let replaying = true;

  const tableOf = (name: string): AnyTable => {
    let table = tables.get(name);
    if (table === undefined) {
      table = makeTable(name, (key, next, previous) => {
        if (replaying) return;
        if (depth === 0) throw new Error(`${name} was changed outside a transaction`);
        puts.push([name, key, next ?? null]);
        undo.push(() => tableOf(name).restore(key, previous));
      });
      tables.set(name, table);
    }
    return table;
  };

  const commit = (): void => {
    if (puts.length === 0 && entries.length === 0) return;
    const lines = ledger.prepare(entries, options.clock.now().toISOString());
    const line: JournalLine = lines.length === 0 ? { puts } : { puts, ledger: lines };
    writeSync(file, `${JSON.stringify(line)}\n`);
    ledger.append(lines);
  };

  const rollback = (): void => {
    for (const step of undo.reverse()) step();
  };

  const store: Store = {
    table: <T extends object>(name: string) => tableOf(name) as unknown as Table<T>,
    transaction(work) {
      if (depth > 0) return work();
      depth = 1;
      puts = [];
      entries = [];
      undo = [];
      try {
        const result = work();
        commit();
        return result;
      } catch (error) {
        rollback();
        throw error;
      } finally {
        depth = 0;
        undo = [];
      }
    },
    record(entry) {
      if (depth === 0) throw new Error('a ledger line needs a transaction');
      entries.push(entry);
    },
    ledger,
    get settings() {
      return settings;
    },
    reset(wanted = {}) {
      settings = { seed: wanted.seed ?? settings.seed, products: wanted.products ?? settings.products };
      if (file !== -1) closeSync(file);
      replaying = true;
      for (const table of tables.values()) table.clear();
      ledger.clear();
      writeFileSync(path, `${JSON.stringify({ system: options.system, format, ...settings } satisfies Header)}\n`);
      options.seedInto(store, settings);
      replaying = false;
      file = openSync(path, 'a');
    },
    close() {
      if (file !== -1) closeSync(file);
      file = -1;
      ledger.close();
    },
  };

  if (!existsSync(path)) {
    store.reset();
    return store;
  }
  const { header, lines } = readJournal(path, options.system);
  settings = { seed: header.seed, products: header.products };
  options.seedInto(store, settings);
  for (const line of lines) {
    for (const [name, key, record] of line.puts) tableOf(name).restore(key, record ?? undefined);
    ledger.repair(line.ledger ?? []);
  }
  replaying = false;
  if (lines.length > compactAboveLines) compact(path, header, lines);
  file = openSync(path, 'a');
  return store;
}

/** Complete lines only; a line that was cut by a kill was never answered and is taken off the file. */
function readJournal(path: string, system: string): { header: Header; lines: JournalLine[] } {
  const text = readFileSync(path, 'utf8');
  const complete = text.slice(0, text.lastIndexOf('\n') + 1);
  if (complete.length !== text.length) writeFileSync(path, complete);
  const [first, ...rest] = complete.split('\n').filter((line) => line !== '');
  const header = JSON.parse(first ?? '{}') as Partial<Header>;
  if (header.system !== system || header.format !== format) {
    throw new SandboxUsageError(
      `${path} holds ${header.system ?? 'something else'} (format ${header.format ?? '?'}), not ${system} (format ${format}); use another folder or delete it`,
    );
  }
  return { header: header as Header, lines: rest.map((line) => JSON.parse(line) as JournalLine) };
}

/** Keeps the newest put of every record; the ledger has its own file by now. */
function compact(path: string, header: Header, lines: readonly JournalLine[]): void {
  const newest = new Map<string, Put>();
  for (const { puts } of lines) for (const put of puts) newest.set(`${put[0]}\u0000${put[1]}`, put);
  const temporary = `${path}.new`;
  writeFileSync(temporary, `${JSON.stringify(header)}\n`);
  const all = [...newest.values()];
  for (let at = 0; at < all.length; at += 1_000) {
    appendFileSync(temporary, `${JSON.stringify({ puts: all.slice(at, at + 1_000) } satisfies JournalLine)}\n`);
  }
  renameSync(temporary, path);
}
