/**
 * Everything the graph reads, for one request. Resolvers call these and nothing else of the database; each is one statement
 * a level, however many records the level has.
 */
import type { CategoryFilter, ProductVariantFilter } from '../schema/filters.js';
import type { Flow } from '../schema/flow.js';
import type { CategoryBy, ProductBy } from '../schema/inputs.js';
import type { DeadLetterFilter, SyncEventFilter } from '../schema/operation-filters.js';
import type { PageArgs } from '../schema/page.js';
import type { Product } from '../schema/product.js';
import type { ProductVariant } from '../schema/product-variant.js';
import type { Category } from '../schema/category.js';
import type { ToWrite } from '../schema/selection.js';
import type { DeadLetter, SyncEvent } from '../schema/sync-event.js';
import { alertReads } from './alert-reads.js';
import { auditReads } from './audit-reads.js';
import { causeReads } from './cause-reads.js';
import * as catalogue from './catalogue-reads.js';
import { connectionBelow, listConnection, logCountCap, type CursorCodec } from './connections.js';
import { conflictReads } from './conflict-access.js';
import { comparisonReads } from './comparison-reads.js';
import { columnsFor, columnsIn, selective, type AskedFields } from './columns.js';
import type { Query } from './database.js';
import { progressOf, type FlowProgress, type StreamsOf } from './flow-progress.js';
import { runsOfFlow } from './flow-reads.js';
import { changesOfEvent, seenPlaceOf } from './event-contents.js';
import { eventList, historyOf, type EventRow } from './journal-reads.js';
import { makeLoaders, type Loaders } from './loaders.js';
import { nodeReads, type NodeRead, type NodeReads } from './node-reads.js';
import { partsWhenUsed } from './parts-when-used.js';
import { keepProduct, productAlong, productSelect, type AlongProduct } from './read-along.js';
import { recordWritten, type WrittenRow } from './read-written.js';
import { recordReads } from './record-reads.js';
import { restoreReads } from './restore-reads.js';
import { groupList, problemList, readOpenIds, shownGroup, type GroupRow, type ProblemQuery } from './problem-reads.js';
import { searchReads } from './search-reads.js';
import { savedViewReads } from './saved-views.js';
import { salesReads } from './sales-access.js';
import { mappingReads } from './mapping-access.js';
import { operationReads } from './operation-access.js';
import type { shownEvent } from './shown-events.js';
import { shownFlow, shownSyncState } from './shown-flows.js';
import { shownRecords, type Shown } from './shown-records.js';
import { stockReads } from './stock-access.js';

export interface ReadDeps {
  readonly query: Query;
  readonly cursors: CursorCodec;
  /** What the operation asks for; undefined when that is not known, and everything is read. */
  readonly asked?: AskedFields | undefined;
  /** Without it, names and addresses of people are masked. */
  readonly seesPersonalData: boolean;
  readonly streamsOf: StreamsOf;
}

const same = <T>(row: T): T => row;

function catalogueConnections({ query, cursors, seesPersonalData }: ReadDeps, load: Loaders) {
  const { below } = load;
  return {
    products: (asked: catalogue.ProductQuery, page: PageArgs, along?: AlongProduct, toWrite?: ToWrite) =>
      listConnection<Product, Product>(
        query,
        cursors,
        catalogue.productList({ ...asked, along: (columns) => productAlong(columns, along) }),
        page,
        { name: 'products', shown: keepProduct(load, along), toWrite, seesPersonal: seesPersonalData },
      ),
    productVariants: (
      search: string | null | undefined,
      filter: ProductVariantFilter | null | undefined,
      page: PageArgs,
      toWrite?: ToWrite,
    ) =>
      listConnection(query, cursors, catalogue.variantList(search, filter), page, {
        name: 'productVariants',
        shown: same<ProductVariant>,
        toWrite,
        seesPersonal: seesPersonalData,
      }),
    categories: (search: string | null | undefined, filter: CategoryFilter | null | undefined, page: PageArgs) =>
      listConnection(query, cursors, catalogue.categoryList(search, filter), page, {
        name: 'categories',
        shown: same<Category>,
      }),
    rootCategories: () => catalogue.readRootCategories(query),
    variantsOf: (parent: string, page: PageArgs) =>
      connectionBelow(below, cursors, catalogue.variantsOfProduct, page, {
        name: 'variants',
        shown: same<ProductVariant>,
        parent,
        made: null,
      }),
    childrenOf: (parent: string, page: PageArgs) =>
      connectionBelow(below, cursors, catalogue.childrenOfCategory, page, {
        name: 'children',
        shown: same<Category>,
        parent,
        made: null,
      }),
    productsIn: (parent: string, asked: catalogue.ProductQuery, includeDescendants: boolean, page: PageArgs) =>
      connectionBelow(below, cursors, catalogue.productsOfCategory(asked, includeDescendants), page, {
        name: 'categoryProducts',
        shown: same<Product>,
        parent,
        made: [asked, includeDescendants],
      }),
  };
}

function operationConnections({ query, cursors }: ReadDeps, below: Loaders['below'], shown: Shown) {
  return {
    syncEvents: (search: string | null | undefined, filter: SyncEventFilter | null | undefined, page: PageArgs) =>
      listConnection<EventRow, ReturnType<typeof shownEvent>>(
        query,
        cursors,
        eventList(search, filter, shown.seesPersonal),
        page,
        {
          name: 'syncEvents',
          shown: shown.event,
          cap: logCountCap,
        },
      ),
    historyOf: (parent: string, filter: SyncEventFilter | null | undefined, page: PageArgs) =>
      connectionBelow<EventRow, ReturnType<typeof shownEvent>>(below, cursors, historyOf(filter), page, {
        name: 'history',
        shown: shown.event,
        parent,
        made: filter ?? null,
      }),
    deadLetters: (asked: ProblemQuery, page: PageArgs) =>
      listConnection(query, cursors, problemList(asked, shown.seesPersonal), page, {
        name: 'deadLetters',
        shown: shown.problem<DeadLetter>,
        cap: logCountCap,
      }),
    deadLetterGroups: (filter: DeadLetterFilter | null | undefined, page: PageArgs) =>
      listConnection(query, cursors, groupList(filter), page, {
        name: 'deadLetterGroups',
        shown: (row: GroupRow) => shown.group(shownGroup(row)),
        cap: logCountCap,
      }),
    runsOf: (flow: Flow, page: PageArgs) =>
      connectionBelow(below, cursors, runsOfFlow, page, {
        name: 'runs',
        shown: same<object>,
        parent: flow.key,
        made: null,
      }),
  };
}

function flowLookUps(deps: ReadDeps, load: Loaders) {
  const flows = async (): Promise<readonly Flow[]> => (await load.flows()).map(shownFlow);
  let progress: Promise<readonly FlowProgress[]> | undefined;
  const readAllProgress = async () => progressOf(deps.query, await load.flows(), deps.streamsOf);
  return {
    flows,
    flow: async (id: string) => (await flows()).find((flow) => flow.id === id) ?? null,
    flowByKey: async (key: string) => (await flows()).find((flow) => flow.key === key) ?? null,
    system: async (id: string) => (await load.systems()).find((system) => system.id === id) ?? null,
    systemByKey: async (key: string) => (await load.systems()).find((system) => system.key === key) ?? null,
    async syncState(flow: Flow) {
      const all = await (progress ??= readAllProgress());
      const { entity, sourceKey: source, targetKey: target } = flow;
      const kind = deps.streamsOf({ entity, source, target })?.changeDetection ?? 'SYNC_MARKER';
      return shownSyncState(
        flow,
        all.find(({ flowKey }) => flowKey === flow.key)!,
        kind,
      );
    },
    async openProblems(flowKey: string) {
      return (await load.openPerFlow()).find((row) => row.flowKey === flowKey)?.n ?? 0;
    },
  };
}

function productBy({ query, seesPersonalData }: ReadDeps, load: Loaders) {
  return async (by: ProductBy, along?: AlongProduct, toWrite?: ToWrite): Promise<Product | null> => {
    const key = by.externalReference ?? (by.sku !== undefined ? { sku: by.sku } : by.gtin !== undefined ? { gtin: by.gtin } : { id: by.id! }); // prettier-ignore
    const find = <T>(select: string) => catalogue.findProduct<T>(query, key, select);
    const written = await recordWritten<Product>(toWrite, seesPersonalData, find<WrittenRow>);
    if (written !== undefined) return written;
    if (by.id !== undefined) return load.product.load(by.id);
    const [found = null] = await find<Product>(productSelect(columnsIn(query), along));
    return keepProduct(load, along)(found);
  };
}

interface ReadNeeds {
  /** Reads only the columns that are asked for. */
  readonly deps: ReadDeps;
  readonly shown: Shown;
  readonly load: Loaders;
}

const readsOf = partsWhenUsed(
  ({ load }: ReadNeeds) => ({ load }),
  ({ deps, load }: ReadNeeds) => catalogueConnections(deps, load),
  ({ deps, load }: ReadNeeds) => stockReads(deps, load.below),
  ({ deps, load, shown }: ReadNeeds) => operationConnections(deps, load.below, shown),
  ({ deps, load, shown }: ReadNeeds) => salesReads({ ...deps, shown }, load),
  ({ deps, load }: ReadNeeds) => flowLookUps(deps, load),
  ({ deps }: ReadNeeds) => auditReads(deps),
  ({ deps }: ReadNeeds) => alertReads(deps),
  ({ deps }: ReadNeeds) => savedViewReads(deps),
  ({ deps }: ReadNeeds) => mappingReads(deps),
  ({ deps }: ReadNeeds) => conflictReads(deps),
  ({ deps }: ReadNeeds) => comparisonReads(deps),
  ({ deps }: ReadNeeds) => restoreReads(deps),
  ({ deps }: ReadNeeds) => causeReads(deps),
  ({ deps, shown }: ReadNeeds) => operationReads({ ...deps, shown }),
  ({ deps, shown }: ReadNeeds) => searchReads({ ...deps, shown }),
  ({ load }: ReadNeeds, whole: NodeReads) => nodeReads(load, whole),
  ({ deps, load }: ReadNeeds) => ({
    product: productBy(deps, load),
    category: (by: CategoryBy) =>
      by.id !== undefined
        ? load.category.load(by.id)
        : catalogue.findCategory(deps.query, by.externalReference ?? { slug: by.slug! }),
  }),
  ({ deps, load, shown }: ReadNeeds, whole: { readonly node: NodeRead }) =>
    recordReads({ load, shown, seesPersonalData: deps.seesPersonalData, node: (id) => whole.node(id) }),
  ({ deps, load }: ReadNeeds) => ({
    /** Id of the record that a system calls so; null when the hub knows none. */
    recordNamed: async (system: string, entity: string, externalId: string) =>
      (await load.namedRecords.load({ system, entity, externalId }))[0]?.canonicalId ?? null,
    changesOf: (of: SyncEvent) => changesOfEvent(of, (key) => load.canonicalEvents.load(key)),
    seenIn: async (of: SyncEvent) => {
      const place = seenPlaceOf(of);
      return place === null ? null : ((await load.seenRecord.load(place))?.document ?? null);
    },
    openProblemIds: (selection: Parameters<typeof readOpenIds>[1], limit: number) =>
      readOpenIds(deps.query, selection, limit),
  }),
);

/** The reads of one request. */
export function makeReads(given: ReadDeps) {
  const deps = { ...given, query: selective(given.query, columnsFor(given.asked)) };
  const shown = shownRecords(deps.seesPersonalData);
  return readsOf({ deps, shown, load: makeLoaders({ query: deps.query, shown }) });
}
export type Reads = ReturnType<typeof makeReads>;
