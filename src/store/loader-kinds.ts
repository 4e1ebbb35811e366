/** Kinds of loaders of one request: one record by its key, all records of a key, answers to composed keys. */
import DataLoader from 'dataloader';
import { grouped } from './grouped.js';

/** A loader that is made when it is first used: most requests need few of them. */
export class LoaderWhenUsed<K, V, C = K> {
  readonly #make: () => DataLoader<K, V, C>;
  #made: DataLoader<K, V, C> | undefined;
  #known: Map<K, V> | undefined;

  constructor(make: () => DataLoader<K, V, C>) {
    this.#make = make;
  }

  load(key: K): Promise<V> {
    return (this.#made ??= this.#make()).load(key);
  }

  loadMany(keys: readonly K[]): Promise<(V | Error)[]> {
    return (this.#made ??= this.#make()).loadMany(keys);
  }

  /** What was read along with another record; it is not read again. */
  keep(key: K, value: V): void {
    (this.#known ??= new Map<K, V>()).set(key, value);
  }

  /** At once what was read along, else read. */
  get(key: K): V | Promise<V> {
    const known = this.#known?.get(key);
    return known === undefined ? this.load(key) : known;
  }
}

/** One record by its id, null where there is none. */
export function byKey<T>(read: (keys: readonly string[]) => Promise<readonly T[]>, keyOf: (row: T) => string) {
  const readAll = async (keys: readonly string[]): Promise<(T | null)[]> => {
    const found = new Map((await read(keys)).map((row) => [keyOf(row), row]));
    return keys.map((key) => found.get(key) ?? null);
  };
  return new LoaderWhenUsed<string, T | null>(() => new DataLoader<string, T | null>(readAll));
}

/** All records of a key, in the order of the statement. */
export function allByKey<T>(read: (keys: readonly string[]) => Promise<readonly T[]>, keyOf: (row: T) => string) {
  const readAll = async (keys: readonly string[]): Promise<(readonly T[])[]> => {
    const found = grouped(await read(keys), keyOf);
    return keys.map((key) => found.get(key) ?? []);
  };
  return new LoaderWhenUsed<string, readonly T[]>(() => new DataLoader<string, readonly T[]>(readAll));
}

/** One answer per composed key. */
export function byComposed<K, T>(
  read: (keys: readonly K[]) => Promise<readonly T[]>,
  nameOf: (key: K) => string,
  keyOf: (row: T) => string,
) {
  const readAll = async (keys: readonly K[]): Promise<(readonly T[])[]> => {
    const found = grouped(await read(keys), keyOf);
    return keys.map((key) => found.get(nameOf(key)) ?? []);
  };
  return new LoaderWhenUsed<K, readonly T[], string>(
    () => new DataLoader<K, readonly T[], string>(readAll, { cacheKeyFn: nameOf }),
  );
}
