/**
 * How a test makes the whole installation behave otherwise, by `POST /__sandbox/faults`:
 * `oldRelease` (no V2/V3 calls, "nothing changed" is FAILED), `noIdempotency` (no calls with an idempotency key, and an
 * extOrderId may be used twice: the worst that a release could be), `promotions` (every line gets a tenth off, unless the call
 * says that promotions do not apply), `alwaysPromotions` (even then), `sorted` (pages in order of markers), `unsorted` (the usual
 * way again), `forbid` with `operations` (those are refused for this ident), `resetMarkers` (all sequences restart: markers
 * are lower than what readers have seen), `emptyLists` (everything that is read is answered with empty lists). They last until faults are cleared; a reset of markers stays.
 */
import { SandboxUsageError } from '../engine/sandbox-system.js';
import type { Table } from '../engine/table.js';
import type { Sequence, Shop } from './shop.js';

type Body = Readonly<Record<string, unknown>>;

export function makeSwitches(shop: Shop): Readonly<Record<string, (body: Body) => void>> {
  return {
    oldRelease: () => shop.switches.put('oldRelease', { values: [] }),
    noIdempotency: () => shop.switches.put('noIdempotency', { values: [] }),
    promotions: () => shop.switches.put('promotions', { values: [] }),
    alwaysPromotions: () => shop.switches.put('alwaysPromotions', { values: [] }),
    sorted: () => shop.switches.put('sorted', { values: [] }),
    emptyLists: () => shop.switches.put('emptyLists', { values: [] }),
    unsorted: () => shop.switches.remove('sorted'),
    forbid: (body) => shop.switches.put('forbid', { values: operationsIn(body) }),
    resetMarkers: () => resetMarkers(shop),
  };
}

export function clearSwitches(shop: Shop): void {
  for (const name of [...shop.switches.keys()]) shop.switches.remove(name);
}

function operationsIn(body: Body): string[] {
  const operations = body['operations'];
  if (Array.isArray(operations) && operations.every((name) => typeof name === 'string')) return operations;
  throw new SandboxUsageError('forbid needs operations: a list of operation names');
}

/** As after a restore or a migration: everything is renumbered from 1 in its present order. */
function resetMarkers(shop: Shop): void {
  const renumber = <T extends object>(
    table: Table<T>,
    keys: Iterable<string>,
    field: string,
    sequence: Sequence,
  ): void => {
    let value = shop.current(sequence);
    for (const key of [...keys]) {
      const row = table.get(key);
      if (row !== undefined) table.put(key, { ...row, [field]: String(++value) });
    }
    shop.sequences.put(sequence, { value });
  };
  for (const sequence of ['article', 'articleGroup', 'relation', 'order', 'invoice', 'packingSlip', 'stock'] as const) {
    shop.sequences.put(sequence, { value: 0 });
  }
  for (const key of [...shop.byMarker.products.from(0)]) {
    const product = shop.products.get(key);
    if (product === undefined) continue;
    renumber(shop.articles, product.articleNumbers, 'syncMarker', 'article');
    shop.products.put(key, { ...product, syncMarker: String(shop.current('article')) });
  }
  renumber(shop.groups, shop.byMarker.groups.from(0), 'syncMarker', 'articleGroup');
  renumber(shop.relations, shop.byMarker.relations.from(0), 'syncMarker', 'relation');
  renumber(shop.orders, shop.byMarker.orders.from(0), 'syncMarker', 'order');
  renumber(shop.invoices, shop.byMarker.invoices.from(0), 'syncMarker', 'invoice');
  renumber(shop.packingSlips, shop.byMarker.packingSlips.from(0), 'syncMarker', 'packingSlip');
  renumber(shop.stock, shop.byMarker.stock.from(0), 'stockId', 'stock');
}
