/**
 * A table of JSON records by key. Records are never changed in place: a changed record is a new object. Whoever keeps an
 * index watches the table and hears of every change, of seeding, replay and rollback too.
 */
export interface Watcher<T> {
  changed(key: string, next: T | undefined, previous: T | undefined): void;
  cleared(): void;
}

export interface Table<T extends object> {
  readonly name: string;
  get(key: string | number): T | undefined;
  has(key: string | number): boolean;
  put(key: string | number, record: T): void;
  remove(key: string | number): void;
  readonly size: number;
  keys(): IterableIterator<string>;
  values(): IterableIterator<T>;
  entries(): IterableIterator<[string, T]>;
  /** Also tells of the records that are there already. */
  watch(watcher: Watcher<T>): void;
  /** Rises with every change; for caches. */
  readonly revision: number;
}

/** With what only the store may do: put a record without writing it to the journal. */
export interface AnyTable extends Table<object> {
  restore(key: string, record: object | undefined): void;
  clear(): void;
}

type OnChange = (key: string, next: object | undefined, previous: object | undefined) => void;

export function makeTable(name: string, onChange: OnChange): AnyTable {
  const records = new Map<string, object>();
  const watchers: Watcher<object>[] = [];
  let revision = 0;

  const set = (key: string, next: object | undefined): void => {
    const previous = records.get(key);
    if (next === undefined) records.delete(key);
    else records.set(key, next);
    revision++;
    for (const watcher of watchers) watcher.changed(key, next, previous);
  };

  return {
    name,
    get: (key) => records.get(String(key)),
    has: (key) => records.has(String(key)),
    put(key, record) {
      const text = String(key);
      onChange(text, record, records.get(text));
      set(text, record);
    },
    remove(key) {
      const text = String(key);
      if (!records.has(text)) return;
      onChange(text, undefined, records.get(text));
      set(text, undefined);
    },
    get size() {
      return records.size;
    },
    keys: () => records.keys(),
    values: () => records.values(),
    entries: () => records.entries(),
    watch(watcher) {
      watchers.push(watcher);
      for (const [key, record] of records) watcher.changed(key, record, undefined);
    },
    get revision() {
      return revision;
    },
    restore: set,
    clear() {
      records.clear();
      revision++;
      for (const watcher of watchers) watcher.cleared();
    },
  };
}
