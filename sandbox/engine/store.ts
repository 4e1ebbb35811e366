/**
 * The durable state of a sandbox: tables of JSON records in memory and one journal line for each transaction, written
 * before the transaction returns. In: a seeding function that always makes the same records from the same seed. Out:
 * tables and the ledger. Because seeding repeats itself, the journal holds only what came after it: a sandbox that was
 * killed at any moment resumes with exactly the transactions that it had answered.
 */
import { closeSync, existsSync, mkdirSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../../src/base/clock.js';
import { lockFolder } from './folder-lock.js';
import { appendLines, eachLine } from './json-lines.js';
import { openLedger, type Ledger, type LedgerEntry, type LedgerLine } from './ledger.js';
import { makeMemory, type Memory, type Put } from './memory.js';
import { SandboxUsageError } from './usage-error.js';
import type { Table } from './table.js';

export interface StoreOptions {
  readonly dataDir: string;
  /** Name of the system; a folder of another system is refused. */
  readonly system: string;
  readonly seed: number;
  readonly products: number;
  readonly withProblems?: boolean;
  readonly clock: Clock;
  /** Fills the empty tables; must depend on nothing but its arguments. */
  seedInto(store: Store, settings: SeedSettings): void;
}

export interface SeedSettings {
  readonly seed: number;
  readonly products: number;
  /** Whether a few records are among them that no hub can carry over before somebody has decided something. */
  readonly withProblems?: boolean;
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
  const unlock = lockFolder(options.dataDir);
  const path = join(options.dataDir, 'state.jsonl');
  const ledger = openLedger(join(options.dataDir, 'ledger.jsonl'));
  const { seed, products, withProblems = false } = options;
  let settings: SeedSettings = { seed, products, withProblems };
  let file = -1;
  const memory = makeMemory((puts, entries) => {
    const lines = ledger.prepare(entries, options.clock.now().toISOString());
    appendLines(file, [(lines.length === 0 ? { puts } : { puts, ledger: lines }) satisfies JournalLine]);
    ledger.append(lines);
  });

  const store: Store = {
    table: <T extends object>(name: string) => memory.tableOf(name) as unknown as Table<T>,
    transaction: (work) => memory.transaction(work),
    record: (entry) => memory.record(entry),
    ledger,
    get settings() {
      return settings;
    },
    reset(wanted = {}) {
      settings = { ...settings, seed: wanted.seed ?? settings.seed, products: wanted.products ?? settings.products };
      if (file !== -1) closeSync(file);
      memory.clear();
      ledger.clear();
      writeFileSync(path, `${JSON.stringify({ system: options.system, format, ...settings } satisfies Header)}\n`);
      memory.unrecorded(() => options.seedInto(store, settings));
      file = openSync(path, 'a');
    },
    close() {
      if (file !== -1) closeSync(file);
      file = -1;
      ledger.close();
      unlock();
    },
  };

  const seedAs = (header: Header): void => {
    settings = { seed: header.seed, products: header.products, withProblems: header.withProblems ?? false };
    options.seedInto(store, settings);
  };

  try {
    if (existsSync(path)) memory.unrecorded(() => replay({ path, system: options.system, memory, ledger, seedAs }));
    if (existsSync(path)) file = openSync(path, 'a');
    else store.reset();
  } catch (error) {
    store.close();
    throw error;
  }
  return store;
}

interface Replay {
  readonly path: string;
  readonly system: string;
  readonly memory: Memory;
  readonly ledger: Ledger;
  seedAs(header: Header): void;
}

/** Makes the seeded records again and applies what came after; shortens a long journal. */
function replay({ path, system, memory, ledger, seedAs }: Replay): void {
  let header: Header | undefined;
  let lines = 0;
  const changed = new Map<string, Set<string>>();
  eachLine<Header | JournalLine>(path, (line) => {
    if (header === undefined) return seedAs((header = checkHeader(line as Header, path, system)));
    const { puts, ledger: noted = [] } = line as JournalLine;
    for (const [name, key, record] of puts) {
      memory.tableOf(name).restore(key, record ?? undefined);
      changed.set(name, (changed.get(name) ?? new Set()).add(key));
    }
    ledger.repair(noted);
    lines++;
  });
  // Killed before the first line was written: nothing ever happened here.
  if (header === undefined) rmSync(path);
  else if (lines > compactAboveLines) compact(path, header, changed, memory);
}

function checkHeader(header: Partial<Header>, path: string, system: string): Header {
  if (header.system === system && header.format === format) return header as Header;
  const held = `${header.system ?? 'something else'} (format ${header.format ?? '?'})`;
  throw new SandboxUsageError(
    `${path} holds ${held}, not ${system} (format ${format}); use another folder or delete it`,
  );
}

/** Writes the journal anew with one put for every record that was ever changed; the ledger has its own file. */
function compact(
  path: string,
  header: Header,
  changed: ReadonlyMap<string, ReadonlySet<string>>,
  memory: Memory,
): void {
  const temporary = `${path}.new`;
  writeFileSync(temporary, `${JSON.stringify(header)}\n`);
  for (const [name, keys] of changed) {
    const puts = [...keys].map((key): Put => [name, key, memory.tableOf(name).get(key) ?? null]);
    for (let at = 0; at < puts.length; at += 1_000) {
      appendLines(temporary, [{ puts: puts.slice(at, at + 1_000) } satisfies JournalLine]);
    }
  }
  renameSync(temporary, path);
}
