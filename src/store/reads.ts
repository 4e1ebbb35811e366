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
import type { StockLevel } from '../schema/stock-level.js';
import type { StockLocation } from '../schema/stock-location.js';
import { typeOfId } from '../schema/syncable.js';
import type { DeadLetter } from '../schema/sync-event.js';
import { auditReads } from './audit-reads.js';
import * as catalogue from './catalogue-reads.js';
import { connectionBelow, listConnection, logCountCap, type CursorCodec } from './connections.js';
import { conflictReads } from './conflict-access.js';
import { columnsFor, selective, type AskedFields } from './columns.js';
import type { Query } from './database.js';
import { readProgress, runsOfFlow } from './flow-reads.js';
import { eventList, historyOf, type EventRow } from './journal-reads.js';
import { makeLoaders } from './loaders.js';
import { keepProduct, productAlong, type AlongProduct } from './read-along.js';
import { groupList, problemList, readOpenIds, type ProblemQuery } from './problem-reads.js';
import { salesReads } from './sales-access.js';
import { mappingReads } from './mapping-access.js';
import { operationReads } from './operation-access.js';
import { shownEvent, shownJourney } from './shown-events.js';
import { shownFlow, shownSyncState } from './shown-flows.js';
import { shownRecords, type Shown } from './shown-records.js';
import { shownStatuses } from './shown-statuses.js';
import * as stock from './stock-reads.js';
import type { StatusOf } from './sync-reads.js';

/** What only connectors know of a system: which of its streams carries an entity, and how it tells changes. */
export interface StreamOf {
  readonly stream: string;
  readonly changeDetection: string;
}

export interface ReadDeps {
  readonly query: Query;
  readonly cursors: CursorCodec;
  /** What the operation asks for; undefined when that is not known, and everything is read. */
  readonly asked?: AskedFields | undefined;
  /** Without it, names and addresses of people are masked. */
  readonly seesPersonalData: boolean;
  streamOf(systemKey: string, flowEntity: string): StreamOf | undefined;
}

const same = <T>(row: T): T => row;

function catalogueConnections({ query, cursors }: ReadDeps, load: ReturnType<typeof makeLoaders>) {
  const { below } = load;
  return {
    products: (asked: catalogue.ProductQuery, page: PageArgs, along?: AlongProduct) =>
      listConnection<Product, Product>(
        query,
        cursors,
        catalogue.productList({ ...asked, along: (columns) => productAlong(columns, along) }),
        page,
        { name: 'products', shown: keepProduct(load, along) },
      ),
    productVariants: (
      search: string | null | undefined,
      filter: ProductVariantFilter | null | undefined,
      page: PageArgs,
    ) =>
      listConnection(query, cursors, catalogue.variantList(search, filter), page, {
        name: 'productVariants',
        shown: same<ProductVariant>,
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

function stockConnections({ query, cursors }: ReadDeps, below: ReturnType<typeof makeLoaders>['below']) {
  return {
    stockLevels: (asked: stock.StockLevelQuery, page: PageArgs) =>
      listConnection(query, cursors, stock.levelList(asked), page, { name: 'stockLevels', shown: same<StockLevel> }),
    stockLocations: (page: PageArgs) =>
      listConnection(query, cursors, stock.locationList, page, { name: 'stockLocations', shown: same<StockLocation> }),
    levelsOf: (parent: string, page: PageArgs) =>
      connectionBelow(below, cursors, stock.levelsOfVariant, page, {
        name: 'variantLevels',
        shown: same<StockLevel>,
        parent,
        made: null,
      }),
    levelsAt: (parent: string, asked: stock.StockLevelQuery, page: PageArgs) =>
      connectionBelow(below, cursors, stock.levelsOfLocation(asked), page, {
        name: 'locationLevels',
        shown: same<StockLevel>,
        parent,
        made: asked,
      }),
  };
}

function operationConnections(
  { query, cursors }: ReadDeps,
  below: ReturnType<typeof makeLoaders>['below'],
  shown: Shown,
) {
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
        shown: shown.group,
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

function flowLookUps(deps: ReadDeps, load: ReturnType<typeof makeLoaders>) {
  const flows = async (): Promise<readonly Flow[]> => (await load.flows()).map(shownFlow);
  let progress: ReturnType<typeof readProgress> | undefined;
  const readAllProgress = async () => {
    const rows = await load.flows();
    const streams = rows.flatMap(({ key, source, entity }) => {
      const found = deps.streamOf(source, entity);
      return found === undefined ? [] : [{ flow: key, system: source, stream: found.stream }];
    });
    return readProgress(deps.query, streams);
  };
  return {
    flows,
    flow: async (id: string) => (await flows()).find((flow) => flow.id === id) ?? null,
    flowByKey: async (key: string) => (await flows()).find((flow) => flow.key === key) ?? null,
    system: async (id: string) => (await load.systems()).find((system) => system.id === id) ?? null,
    systemByKey: async (key: string) => (await load.systems()).find((system) => system.key === key) ?? null,
    async syncState(flow: Flow) {
      const all = await (progress ??= readAllProgress());
      const kind = deps.streamOf(flow.sourceKey, flow.entity)?.changeDetection ?? 'SYNC_MARKER';
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

/** What is known about a record besides the record itself. */
function recordReads(load: ReturnType<typeof makeLoaders>, shown: Shown, node: (id: string) => Promise<object | null>) {
  return {
    async statusesOf(record: StatusOf, id: string) {
      const systems = await load.systems();
      const [rows, references] = await Promise.all([load.statuses.load(record), load.references.load(id)]);
      return shownStatuses(record, systems, rows.map(shown.status), references);
    },
    async journeyOf(traceId: string, canonicalId: string | null) {
      const rows = await load.journey.load(traceId);
      const mine = rows.filter(
        (row) => canonicalId === null || row.canonicalId === null || row.canonicalId === canonicalId,
      );
      return shownJourney(mine);
    },
    async lastEvent(system: string, canonicalId: string) {
      const row = (await load.lastEvent.load({ system, canonicalId }))[0];
      return row === undefined ? null : shownEvent(row);
    },
    async awaitedBy(waiting: { readonly target: string; readonly entity: string; readonly canonicalId: string }) {
      const awaited = await load.awaited.load(waiting);
      return (await Promise.all(awaited.map(({ awaitedId }) => node(awaitedId)))).filter((found) => found !== null);
    },
  };
}

/** The reads of one request. */
export function makeReads(given: ReadDeps) {
  const deps = { ...given, query: selective(given.query, columnsFor(given.asked)) };
  const shown = shownRecords(deps.seesPersonalData);
  const load = makeLoaders(deps.query, shown);
  const { query } = deps;
  const flows = flowLookUps(deps, load);
  const sales = salesReads({ query, cursors: deps.cursors, shown }, load);
  const conflicts = conflictReads({ query, cursors: deps.cursors, seesPersonalData: deps.seesPersonalData });
  const audit = auditReads(deps);
  const event = async (id: string) => {
    const row = await load.event.load(id);
    return row === null ? null : shownEvent(row);
  };
  const nodes: Readonly<Record<string, (id: string) => Promise<object | null>>> = {
    Product: (id) => load.product.load(id),
    ProductVariant: (id) => load.variant.load(id),
    Category: (id) => load.category.load(id),
    StockLocation: (id) => load.location.load(id),
    StockLevel: (id) => load.level.load(id),
    Customer: (id) => load.customer.load(id),
    Order: (id) => load.order.load(id),
    OrderLine: sales.partOfOrder,
    Payment: sales.partOfOrder,
    System: flows.system,
    Flow: flows.flow,
    FlowRun: (id) => load.run.load(id),
    SyncEvent: event,
    DeadLetter: (id) => load.problem.load(id),
    ApiKey: audit.apiKey,
    AuditEntry: audit.auditEntry,
    ExternalReference: (id) => load.reference.load(id),
    FieldConflict: conflicts.fieldConflict,
  };
  const node = async (id: string): Promise<object | null> => (await nodes[typeOfId(id) ?? '']?.(id)) ?? null;
  return {
    load,
    ...catalogueConnections(deps, load),
    ...stockConnections(deps, load.below),
    ...operationConnections(deps, load.below, shown),
    ...sales,
    ...flows,
    ...audit,
    ...mappingReads({ query, cursors: deps.cursors }),
    ...conflicts,
    ...operationReads({ query, cursors: deps.cursors, shown }),
    event,
    node,
    product: async (by: ProductBy, along?: AlongProduct) => {
      if (by.id !== undefined) return load.product.load(by.id);
      const key = by.externalReference ?? (by.sku !== undefined ? { sku: by.sku } : { gtin: by.gtin! });
      return keepProduct(
        load,
        along,
      )(await catalogue.findProduct(query, key, (columns) => productAlong(columns, along)));
    },
    category: (by: CategoryBy) =>
      by.id !== undefined
        ? load.category.load(by.id)
        : catalogue.findCategory(query, by.externalReference ?? { slug: by.slug! }),
    ...recordReads(load, shown, node),
    openProblemIds: (selection: Parameters<typeof readOpenIds>[1], limit: number) =>
      readOpenIds(query, selection, limit),
  };
}
export type Reads = ReturnType<typeof makeReads>;
