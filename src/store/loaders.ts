/**
 * Loaders of one request: whatever the fields of one level of a query ask for becomes one statement, and nothing is read
 * twice. A field resolver reaches the database only through these. Lists below other records have a loader per set of
 * arguments, so that a page of products asks for all their variants at once.
 */
import DataLoader from 'dataloader';
import * as catalogue from './catalogue-reads.js';
import type { Query } from './database.js';
import * as duplicates from './customer-duplicates.js';
import * as merges from './customer-merges.js';
import * as contents from './event-contents.js';
import * as flows from './flow-reads.js';
import { grouped } from './grouped.js';
import * as journal from './journal-reads.js';
import * as lastWords from './last-words.js';
import { allByKey, byComposed, byKey } from './loader-kinds.js';
import { partsWhenUsed } from './parts-when-used.js';
import { countRowsBelow, readPagesBelow, type List, type Page, type PageRequest } from './pages.js';
import * as problems from './problem-reads.js';
import * as recordFields from './record-fields.js';
import * as sales from './sales-reads.js';
import type { Shown } from './shown-records.js';
import type { Sql } from './sql.js';
import * as stock from './stock-reads.js';
import * as sync from './sync-reads.js';
import * as holds from './write-holds.js';

type BelowList = List & { readonly parent: Sql };

function once<T>(read: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined;
  return () => (answer ??= read());
}

/** Pages below parents: `load(list, arguments that made it, page, parent)`. */
function pagesBelow(query: Query) {
  const loaders = new Map<string, DataLoader<string, Page<unknown>>>();
  const counters = new Map<string, DataLoader<string, number>>();
  const kept = new Map<string, Map<string, Page<unknown>>>();
  const keyOf = (name: string, { limit, direction, from }: PageRequest): string =>
    `${name} ${limit} ${direction}${from === null ? '' : ` ${JSON.stringify(from)}`}`;
  return {
    /** At once what was read with the parents, else read. */
    page<T>(list: BelowList, name: string, page: PageRequest, parent: string): Page<T> | Promise<Page<T>> {
      const key = keyOf(name, page);
      const found = kept.get(key)?.get(parent);
      if (found !== undefined) return found as Page<T>;
      const loader =
        loaders.get(key) ?? new DataLoader<string, Page<unknown>>((ids) => readPagesBelow(query, list, page, ids));
      loaders.set(key, loader);
      return loader.load(parent) as Promise<Page<T>>;
    },
    /** Where pages are put that are read with their parents, by parent. */
    keptPages(name: string, page: PageRequest): Map<string, Page<unknown>> {
      const key = keyOf(name, page);
      const pages = kept.get(key) ?? new Map<string, Page<unknown>>();
      kept.set(key, pages);
      return pages;
    },
    count(list: BelowList, name: string, parent: string): Promise<number> {
      const loader = counters.get(name) ?? new DataLoader<string, number>((ids) => countRowsBelow(query, list, ids));
      counters.set(name, loader);
      return loader.load(parent);
    },
  };
}

const recordName = ({ system, recordKey }: { system: string; recordKey: string }): string => `${system} ${recordKey}`;

const catalogueLoaders = (query: Query) => ({
  product: byKey(
    (ids) => catalogue.readProducts(query, ids),
    (row) => row.id,
  ),
  variant: byKey(
    (ids) => catalogue.readVariants(query, ids),
    (row) => row.id,
  ),
  category: byKey(
    (ids) => catalogue.readCategories(query, ids),
    (row) => row.id,
  ),
  defaultVariant: byKey(
    (ids) => catalogue.readDefaultVariants(query, ids),
    (row) => row.productId,
  ),
  ancestors: allByKey(
    (ids) => catalogue.readAncestors(query, ids),
    (row) => row.of,
  ),
  options: allByKey(
    (ids) => catalogue.readOptions(query, ids),
    (row) => row.productId,
  ),
  location: byKey(
    (ids) => stock.readLocations(query, ids),
    (row) => row.id,
  ),
  level: byKey(
    (ids) => stock.readLevels(query, ids),
    (row) => row.id,
  ),
  stockSummary: byKey(
    (ids) => stock.readStockSummaries(query, ids),
    (row) => row.variantId,
  ),
});

const salesLoaders = (query: Query, shown: Shown) => ({
  customer: byKey(
    async (ids) => (await sales.readCustomers(query, ids)).map(shown.customer),
    (row) => row.id,
  ),
  /** The customer of an order: the one that stands for him, where another one does. */
  buyer: byKey(
    async (ids) => (await sales.readBuyers(query, ids)).map(({ of, customer }) => ({ of, customer: shown.customer(customer) })), // prettier-ignore
    (row) => row.of,
  ),
  merges: allByKey(
    async (ids) => (await merges.openMergesInto(query, ids)).map(merges.shownMerge),
    (row) => row.survivorId,
  ),
  possibleDuplicates: allByKey(
    (ids) => duplicates.readPossibleDuplicates(query, ids),
    (row) => row.of,
  ),
  order: byKey(
    async (ids) => (await sales.readOrders(query, ids)).map(shown.order),
    (row) => row.id,
  ),
  relations: allByKey(
    (ids) => sales.readRelations(query, ids),
    (row) => row.orderId,
  ),
  statements: allByKey(
    (ids) => sales.readStatements(query, ids),
    (row) => row.orderId,
  ),
});

const journeyLoaders = (query: Query, shown: Shown) => ({
  references: allByKey(
    async (ids) => (await sync.readReferences(query, ids)).map(shown.reference),
    (row) => row.canonicalId,
  ),
  reference: byKey(
    async (ids) => (await sync.readReferencesById(query, ids)).map(shown.reference),
    (row) => row.id,
  ),
  fields: byComposed(
    (records: readonly recordFields.StoredRecord[]) => recordFields.readFields(query, records),
    ({ id }) => id,
    ({ id }) => id,
  ),
  statuses: byComposed(
    (records: readonly sync.StatusOf[]) => sync.readStatuses(query, records),
    ({ entity, id }) => `${entity} ${id}`,
    (row) => `${row.ofEntity} ${row.of}`,
  ),
  awaited: byComposed(
    (waiting: Parameters<typeof sync.readAwaited>[1]) => sync.readAwaited(query, waiting),
    ({ target, entity, canonicalId }) => `${target} ${entity} ${canonicalId}`,
    (row) => row.key,
  ),
  problem: byKey(
    async (ids) => (await problems.readProblems(query, ids)).map(shown.problem),
    (row) => row.id,
  ),
  problemOf: byComposed(
    async (records: Parameters<typeof problems.readOpenProblemsOf>[1]) =>
      (await problems.readOpenProblemsOf(query, records)).map(shown.problem),
    recordName,
    (row) => row.key,
  ),
  problemsOfTrace: allByKey(
    async (ids) => (await problems.readProblemsOfTraces(query, ids)).map(shown.problem),
    (row) => row.traceId,
  ),
  event: byKey(
    async (ids) => (await journal.readEvents(query, ids)).map(shown.row),
    (row) => row.id,
  ),
  journey: allByKey(
    async (ids) => (await journal.readJourneys(query, ids)).map(shown.row),
    (row) => row.traceId,
  ),
  lastEvent: byComposed(
    async (records: Parameters<typeof journal.readLastEvents>[1]) =>
      (await journal.readLastEvents(query, records)).map(shown.row),
    ({ system, canonicalId }) => `${system} ${canonicalId}`,
    (row) => `${row.system} ${row.canonicalId}`,
  ),
});

/** What changes were about, and what brought the value of a field. */
const contentLoaders = (query: Query) => ({
  namedRecords: byComposed(
    (keys: readonly contents.NameThere[]) => contents.readNamedRecords(query, keys),
    contents.nameOfNamed,
    contents.nameOfNamed,
  ),
  canonicalEvents: byComposed(
    (keys: readonly contents.AppliedKey[]) => contents.readCanonicalEvents(query, keys),
    contents.nameOfApplied,
    contents.nameOfApplied,
  ),
  lastChanges: allByKey(
    (ids) => lastWords.readLastChanges(query, ids),
    (row) => row.canonicalId,
  ),
  usedMapping: byKey(
    (names) => lastWords.readUsedMappings(query, names),
    ({ name }) => name,
  ),
  seenRecord: byKey(
    (places) => contents.readSeenRecords(query, places),
    ({ place }) => place,
  ),
});

const flowLoaders = (query: Query) => ({
  run: byKey(
    (ids) => flows.readRuns(query, ids),
    (row) => row.id,
  ),
  counts: new DataLoader<{ flow: string; windowMs: number }, flows.CountsRow | null, string>(
    async (keys) => countsOf(query, keys),
    { cacheKeyFn: ({ flow, windowMs }) => `${flow} ${windowMs}` },
  ),
  hold: byKey((runs) => holds.readHolds(query, runs), ({ run }) => run), // prettier-ignore
  openHolds: once(() => holds.readOpenHolds(query)),
  systems: once(() => flows.readSystems(query)),
  flows: once(() => flows.readFlows(query)),
  openPerFlow: once(() => problems.countOpenPerFlow(query)),
});

interface LoaderNeeds {
  readonly query: Query;
  readonly shown: Shown;
}

/**
 * The loaders of one request. `query` is the database, or a wrapper that stops when the request has ended; `shown` says what
 * the caller may see of people.
 */
export const makeLoaders = partsWhenUsed(
  ({ query }: LoaderNeeds) => ({ query, below: pagesBelow(query) }),
  ({ query }: LoaderNeeds) => catalogueLoaders(query),
  ({ query, shown }: LoaderNeeds) => salesLoaders(query, shown),
  ({ query, shown }: LoaderNeeds) => journeyLoaders(query, shown),
  ({ query }: LoaderNeeds) => contentLoaders(query),
  ({ query }: LoaderNeeds) => flowLoaders(query),
);
export type Loaders = ReturnType<typeof makeLoaders>;

/** One statement per window, because fields of one level nearly always ask for the same window. */
async function countsOf(
  query: Query,
  keys: readonly { readonly flow: string; readonly windowMs: number }[],
): Promise<(flows.CountsRow | null)[]> {
  const found = new Map<string, flows.CountsRow>();
  for (const [window, asked] of grouped(keys, ({ windowMs }) => String(windowMs))) {
    const rows = await flows.readCounts(
      query,
      asked.map(({ flow }) => flow),
      Number(window),
    );
    for (const row of rows) found.set(`${row.flowKey} ${window}`, row);
  }
  return keys.map(({ flow, windowMs }) => found.get(`${flow} ${windowMs}`) ?? null);
}
