/** Reads of stock for the API; each function is one SQL statement. */
import type { StockLevelFilter } from '../schema/filters.js';
import type { StockLevelSort } from '../schema/sorts.js';
import { StockLevel, type StockSummary } from '../schema/stock-level.js';
import { StockLocation } from '../schema/stock-location.js';
import { columnsIn, type Columns, type StockSum } from './columns.js';
import { decimalConditions, searchConditions, textConditions, timeConditions } from './conditions.js';
import type { Query } from './database.js';
import { selectList } from './entity-columns.js';
import type { List, Order } from './pages.js';
import { raw, selected, sql, type Sql } from './sql.js';
import { isCounted } from './stock-levels.js';

export const levelColumns = selectList(StockLevel, 'l');
export const locationColumns = selectList(StockLocation, 'o');

const available = '(l.on_hand - l.reserved - l.safety_stock)';
const skuOfLevel = `coalesce((select v.sku from variant v where v.id = l.variant_id), '')`;
const id = { expression: 'l.id', type: 'text' } as const;

const levelOrders: Readonly<Record<StockLevelSort['field'], Omit<Order, 'descending'>>> = {
  SKU: { name: 'sku', keys: [{ expression: skuOfLevel, type: 'text' }, id] },
  AVAILABLE: { name: 'available', keys: [{ expression: available, type: 'numeric' }, id] },
  AS_OF: { name: 'asOf', keys: [{ expression: 'l.as_of', type: 'timestamptz' }, id] },
};

export interface StockLevelQuery {
  /** In what people know the variant by. */
  readonly search?: string | null | undefined;
  readonly filter?: StockLevelFilter | null | undefined;
  readonly sort?: StockLevelSort | null | undefined;
}

export function levelList({ search, filter, sort }: StockLevelQuery): List {
  const byVariant = [
    ...textConditions('v.sku', filter?.sku),
    ...searchConditions(['v.sku', 'v.gtin', 'v.name'], search),
  ];
  const order = sort ? levelOrders[sort.field] : { name: 'id', keys: [id] };
  return {
    select: raw(levelColumns),
    from: raw('stock_level l'),
    where: [
      raw(isCounted('l')),
      ...textConditions('l.variant_id', filter?.variantId),
      ...textConditions('l.location_id', filter?.locationId),
      ...byVariant.map((condition) => sql`l.variant_id in (select v.id from variant v where ${condition})`),
      ...decimalConditions(available, filter?.available),
      ...timeConditions('l.as_of', filter?.asOf),
    ],
    order: { ...order, descending: sort?.direction === 'DESC' },
  };
}

export const levelsOfVariant: List & { readonly parent: Sql } = {
  ...levelList({}),
  order: { name: 'location', keys: [{ expression: 'l.location_id', type: 'text' }, id], descending: false },
  parent: raw('l.variant_id'),
};

export const levelsOfLocation = (query: StockLevelQuery): List & { readonly parent: Sql } => ({
  ...levelList(query),
  parent: raw('l.location_id'),
});

export const locationList: List = {
  select: raw(locationColumns),
  from: raw('stock_location o'),
  where: [raw('o.deleted_at is null')],
  order: { name: 'id', keys: [{ expression: 'o.id', type: 'text' }], descending: false },
};

export const readLevels = (query: Query, ids: readonly string[]): Promise<StockLevel[]> =>
  selected(query, `select ${levelColumns} from stock_level l where l.id = any($1)`, [ids]);

export const readLocations = (query: Query, ids: readonly string[]): Promise<StockLocation[]> =>
  selected(query, `select ${locationColumns} from stock_location o where o.id = any($1)`, [ids]);

/** Sums over the levels that count (isCounted) of all locations. */
export const stockSums: Readonly<Record<StockSum, string>> = {
  onHand: 'trim_scale(sum(l.on_hand))::text',
  reserved: 'trim_scale(sum(l.reserved))::text',
  available: `trim_scale(sum(${available}))::text`,
  incoming: 'trim_scale(sum(l.incoming))::text',
  locationCount: 'count(*)::integer',
  oldestAsOf: 'min(l.as_of)',
};

const asText: Partial<Record<StockSum, string>> = {
  locationCount: 'count(*)::text',
  oldestAsOf: `to_json(min(l.as_of))#>>'{}'`,
};

/** The sums that are asked for, as texts. */
export const summaryTexts = (columns: Columns): readonly string[] =>
  columns.stock.map((name) => `${asText[name] ?? stockSums[name]} as "${name}"`);

type VariantStock = StockSummary & { readonly variantId: string };

/** The sums of such texts from the given one on; null when there is no stock. */
export function summaryOf(columns: Columns, variantId: string, texts: readonly (string | null)[], from: number) {
  const found: Record<string, unknown> = { variantId };
  let isThere = false;
  columns.stock.forEach((name, i) => {
    const text = texts[from + i] ?? null;
    // A count says something of no rows too.
    isThere ||= text !== null && !(name === 'locationCount' && text === '0');
    found[name] =
      text === null ? null : name === 'locationCount' ? Number(text) : name === 'oldestAsOf' ? new Date(text) : text;
  });
  return isThere ? (found as unknown as VariantStock) : null;
}

/** Sums over all locations of each variant. */
export const readStockSummaries = (query: Query, variantIds: readonly string[]): Promise<VariantStock[]> =>
  selected(
    query,
    `select ${['l.variant_id as "variantId"', ...columnsIn(query).stock.map((name) => `${stockSums[name]} as "${name}"`)].join(', ')}
     from stock_level l where l.variant_id = any($1) and ${isCounted('l')} group by l.variant_id`,
    [variantIds],
  );
