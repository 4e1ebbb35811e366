/**
 * The tables of the pretended shop with their indexes, and the one way to write a record: with the stamp of the
 * transaction, the next version, a line in the ledger and a hint for webhooks.
 */
import { derivedKey } from '../../src/base/ids.js';
import { sameJson } from '../../src/base/content-hash.js';
import type { Store } from '../engine/store.js';
import type { Table } from '../engine/table.js';
import type { Row } from './answers.js';
import { instantText, rise, type Stamps } from './stamps.js';
import { textOf } from './answers.js';

export const resources = ['products', 'categories', 'debtors', 'contacts', 'orders', 'stock'] as const;
export type Resource = (typeof resources)[number];

/** Something that a registered address is told about. */
export interface Hint {
  readonly event: 'created' | 'changed' | 'deleted';
  readonly resource: Resource;
  readonly id: string;
  readonly updatedAt: string;
}

export interface Shop {
  readonly store: Store;
  readonly table: Readonly<Record<Resource, Table<Row>>>;
  readonly productBySku: (sku: string) => Row | undefined;
  readonly categoryByCode: (code: string) => Row | undefined;
  readonly orderByReference: (reference: string) => Row | undefined;
  /** Neither is unique. E-mail addresses are compared without regard to case. */
  readonly debtorsByReference: (reference: string) => readonly Row[];
  readonly debtorsByEmail: (email: string) => readonly Row[];
  /** An id that depends on the natural key and on how often it was made, so that two runs give the same ids. */
  newId(resource: Resource | 'lines' | 'payments' | 'webhooks', natural: string | undefined): string;
  /** The next number of a sequence. */
  nextNumber(sequence: string, from: number): number;
  /** The instant of the transaction. */
  now(): string;
  /** Starts a transaction's stamp; `save` uses it. */
  begin(): void;
  /** Stores a new or changed record. `op`: the client's operation, or undefined when a person did it. */
  save(resource: Resource, key: string, values: Row, op: string | undefined): Row;
  remove(resource: Resource, key: string): void;
  /** Gives a record a new version, because something that belongs to it has changed. */
  touch(resource: Resource, key: string): void;
  /** What became of this transaction so far; emptied by taking. */
  takeHints(): readonly Hint[];
}

export function makeShop(store: Store, stamps: Stamps): Shop {
  const table = Object.fromEntries(resources.map((name) => [name, store.table<Row>(name)])) as Record<
    Resource,
    Table<Row>
  >;
  const counters = store.table<{ n: number }>('counters');
  let stamp = 0n;
  let hints: Hint[] = [];

  const count = (name: string, from: number): number => {
    const n = (counters.get(name)?.n ?? from - 1) + 1;
    counters.put(name, { n });
    return n;
  };

  return {
    store,
    table,
    productBySku: uniqueIndex(table.products, 'sku'),
    categoryByCode: uniqueIndex(table.categories, 'code'),
    orderByReference: uniqueIndex(table.orders, 'externalReference'),
    debtorsByReference: index(table.debtors, 'externalReference', (text) => text),
    debtorsByEmail: index(table.debtors, 'email', (text) => text.toLowerCase()),
    newId(resource, natural) {
      const name = `${resource}:${natural ?? ''}`;
      return derivedKey('softmaat', name, String(count(name, 1)));
    },
    nextNumber: count,
    now: () => instantText(stamp),
    begin() {
      stamp = stamps.next();
    },
    save(resource, key, values, op) {
      const before = table[resource].get(key);
      const unchanged = before !== undefined && sameJson(bare(before), bare({ ...before, ...values }));
      const row = unchanged ? before : stamped(before, values, stamp, resource);
      if (!unchanged) {
        table[resource].put(key, row);
        hints.push({ event: before ? 'changed' : 'created', resource, id: key, updatedAt: textOf(row['updatedAt']) });
      }
      if (op !== undefined) {
        const fields = changedFields(before, row);
        store.record({
          type: resource,
          key: naturalKey(resource, key, row),
          op,
          extra: { id: key, version: row['version'], fields },
        });
      }
      return row;
    },
    remove(resource, key) {
      const before = table[resource].get(key);
      if (before === undefined) return;
      table[resource].remove(key);
      hints.push({ event: 'deleted', resource, id: key, updatedAt: rise(stamp, textOf(before['updatedAt'])) });
    },
    touch(resource, key) {
      const before = table[resource].get(key);
      if (before === undefined) return;
      const row = stamped(before, {}, stamp, resource);
      table[resource].put(key, row);
      hints.push({ event: 'changed', resource, id: key, updatedAt: textOf(row['updatedAt']) });
    },
    takeHints() {
      const taken = hints;
      hints = [];
      return taken;
    },
  };
}

/** By what a test recognises a record: SKU, code, (SKU, warehouse), reference; else the id. */
export function naturalKey(resource: Resource, key: string, row: Row): string {
  const fields = { products: 'sku', categories: 'code', orders: 'externalReference', debtors: 'externalReference' };
  const natural = (fields as Readonly<Record<string, string>>)[resource];
  const value = natural === undefined ? undefined : row[natural];
  return typeof value === 'string' ? value : key;
}

function stamped(before: Row | undefined, values: Row, stamp: bigint, resource: Resource): Row {
  const updatedAt = rise(stamp, before === undefined ? undefined : textOf(before['updatedAt']));
  const version = before === undefined ? 1 : Number(before['version']) + 1;
  const made: Row = resource === 'products' && before === undefined ? { createdAt: updatedAt } : {};
  return { ...before, ...values, ...made, updatedAt, version };
}

function bare(row: Row): Row {
  const rest: Record<string, Row[string]> = { ...row };
  delete rest['updatedAt'];
  delete rest['version'];
  return rest;
}

function changedFields(before: Row | undefined, after: Row): string[] {
  const names = Object.keys(after).filter((name) => name !== 'updatedAt' && name !== 'version');
  return before === undefined ? names : names.filter((name) => !sameJson(before[name], after[name]));
}

function uniqueIndex(table: Table<Row>, field: string): (value: string) => Row | undefined {
  const keys = new Map<string, string>();
  table.watch({
    changed(key, next, previous) {
      const old = previous?.[field];
      if (typeof old === 'string' && keys.get(old) === key) keys.delete(old);
      const now = next?.[field];
      if (typeof now === 'string') keys.set(now, key);
    },
    cleared: () => keys.clear(),
  });
  return (value) => {
    const key = keys.get(value);
    return key === undefined ? undefined : table.get(key);
  };
}

function index(table: Table<Row>, field: string, form: (text: string) => string): (value: string) => readonly Row[] {
  const keys = new Map<string, Set<string>>();
  const valueOf = (row: Row | undefined): string | undefined => {
    const value = row?.[field];
    return typeof value === 'string' ? form(value) : undefined;
  };
  table.watch({
    changed(key, next, previous) {
      const [old, now] = [valueOf(previous), valueOf(next)];
      if (old === now) return;
      if (old !== undefined) keys.get(old)?.delete(key);
      if (now === undefined) return;
      const set = keys.get(now) ?? new Set<string>();
      keys.set(now, set.add(key));
    },
    cleared: () => keys.clear(),
  });
  return (value) => [...(keys.get(form(value)) ?? [])].map((key) => table.get(key)).filter((row) => row !== undefined);
}
