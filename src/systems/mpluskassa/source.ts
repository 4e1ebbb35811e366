/** The streams of MplusKASSA behind the port. In: stream, position, limit. Out: complete pages; see the readers for their guarantees. */
import type { Clock } from '../../base/clock.js';
import type { Document } from '../../base/document.js';
import { KoppelError } from '../../base/errors.js';
import type { DocumentPart, SeenRecord, Source, Stream } from '../system.js';
import { makeListReader, type ListReader } from '../whole-list.js';
import type { Api } from './api.js';
import { numbersOf, readBranches } from './branches.js';
import { deriveStock } from './derive.js';
import { makeMarkerReader, type MarkerReader, type MarkerSource } from './marker-stream.js';
import { groupShape, productShape, recordsOf, type Shape } from './records.js';
import { invoiceShape, orderShape, relationShape } from './sale-shapes.js';
import type { Settings } from './settings.js';
import { sorted } from './stock-position.js';
import { makeStockReader, type Heads } from './stock-stream.js';

/** A row as one level of the document of its article. */
function levelOf(row: Document): DocumentPart | null {
  const { articleNumber, branchNumber, amountPhysical: amount } = deriveStock(row);
  if (typeof articleNumber !== 'string' || typeof branchNumber !== 'string' || typeof amount !== 'string') return null;
  return { externalId: articleNumber, list: 'levels', key: 'branchNumber', item: { branchNumber, amount } };
}

export const streams: readonly Stream[] = [
  { name: 'groups', record: 'articleGroup', entity: 'category' },
  { name: 'branches', record: 'branch', entity: 'stock_location', versionsPerMs: 1 },
  { name: 'products', record: 'product', entity: 'product' },
  { name: 'stock', record: 'stock', entity: 'stock_level', partIn: levelOf },
  { name: 'relations', record: 'relation', entity: 'customer' },
  { name: 'orders', record: 'order', entity: 'order' },
  { name: 'invoices', record: 'invoice', entity: 'order' },
];

export function makeSource(api: Api, settings: Settings, clock: Clock): Source {
  const heads = (signal: AbortSignal): Promise<Heads> => readHeads(api, signal);
  const branches = (signal: AbortSignal): Promise<readonly SeenRecord[]> => listBranches(api, settings, signal);
  const branchNumbers = async (signal: AbortSignal): Promise<readonly number[]> =>
    sorted(settings.branches ?? numbersOf(await branches(signal)));
  const byName: Readonly<Record<string, MarkerReader>> = {
    products: makeMarkerReader(productSource(api), clock),
    groups: makeMarkerReader(groupSource(api), clock),
    branches: withoutLimit(makeListReader(branches, clock)),
    stock: makeStockReader({ api, clock, heads, branchNumbers }),
    relations: makeMarkerReader(saleSource(api, 'relations', relationShape), clock),
    orders: makeMarkerReader(saleSource(api, 'orders', orderShape), clock),
    invoices: makeMarkerReader(saleSource(api, 'invoices', invoiceShape), clock),
  };
  const reader = (stream: string): MarkerReader => {
    const found = Object.hasOwn(byName, stream) ? byName[stream] : undefined;
    if (found === undefined) throw new KoppelError('UNEXPECTED', { what: `there is no stream ${stream}` });
    return found;
  };

  return {
    read: async (stream, from, { limit, signal }) => reader(stream).read(from, limit, signal),
    head: async (stream, signal) => reader(stream).head(signal),
    isAfter: (stream, head, version) => reader(stream).isAfter?.(head, version) ?? false,
    scan: (stream, signal) => reader(stream).scan(signal),
  };
}

type AllHeads = Heads & Readonly<Record<'relations' | 'orders' | 'invoices', bigint | null>>;

async function readHeads(api: Api, signal: AbortSignal): Promise<AllHeads> {
  const markers = await api.ask('getCurrentSyncMarkers', {}, signal);
  const marker = (field: string): bigint | null => {
    const value = markers[field];
    return typeof value === 'string' ? BigInt(value) : null;
  };
  return {
    articles: marker('articleSyncMarker'),
    groups: marker('articleGroupSyncMarker'),
    stock: marker('stockId'),
    relations: marker('relationSyncMarker'),
    orders: marker('orderSyncMarker'),
    invoices: marker('invoiceSyncMarker'),
  };
}

async function listBranches(api: Api, settings: Settings, signal: AbortSignal): Promise<readonly SeenRecord[]> {
  const records = await readBranches(api, signal);
  const wanted = settings.branches === null ? null : new Set(settings.branches.map(String));
  return records.filter(({ externalId }) => wanted === null || wanted.has(externalId));
}

const productSource = (api: Api): MarkerSource => ({
  stream: 'products',
  operation: 'getProducts',
  head: async (signal) => (await readHeads(api, signal)).articles,
  async list(from, limit, signal) {
    const request = {
      pluNumbers: [],
      syncMarker: String(from),
      syncMarkerLimit: limit,
      includeAllArticlesOfSelectedProducts: true,
    };
    return recordsOf(await api.read('getProducts', { request }, signal), productShape);
  },
});

const groupSource = (api: Api): MarkerSource => ({
  stream: 'groups',
  operation: 'getArticleGroupChanges',
  head: async (signal) => (await readHeads(api, signal)).groups,
  async list(from, limit, signal) {
    const request = { syncMarker: String(from), syncMarkerLimit: limit };
    return recordsOf(await api.read('getArticleGroupChanges', { request }, signal), groupShape);
  },
});

const saleSource = (api: Api, stream: 'relations' | 'orders' | 'invoices', shape: Shape): MarkerSource => ({
  stream,
  operation: shape.operation,
  head: async (signal) => (await readHeads(api, signal))[stream],
  async list(from, limit, signal) {
    const request = { syncMarker: String(from), syncMarkerLimit: limit };
    return recordsOf(await api.read(shape.operation, { request }, signal), shape);
  },
});

const withoutLimit = (reader: ListReader): MarkerReader => ({
  ...reader,
  read: (from, _limit, signal) => reader.read(from, signal),
});
