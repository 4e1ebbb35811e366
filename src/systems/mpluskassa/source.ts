/** The streams of MplusKASSA behind the port. In: stream, position, limit. Out: complete pages; see the readers for their guarantees. */
import type { Clock } from '../../base/clock.js';
import { KoppelError } from '../../base/errors.js';
import type { SeenRecord, Source, Stream } from '../system.js';
import type { Api } from './api.js';
import { makeBranchReader } from './branch-stream.js';
import { makeMarkerReader } from './marker-stream.js';
import { branchShape, groupShape, productShape, recordsOf } from './records.js';
import type { Settings } from './settings.js';
import { makeStockReader, type Heads } from './stock-stream.js';

export const streams: readonly Stream[] = [
  { name: 'groups', record: 'articleGroup', entity: 'category' },
  { name: 'branches', record: 'branch', entity: 'stock_location' },
  { name: 'products', record: 'product', entity: 'product' },
  { name: 'stock', record: 'stock', entity: 'stock_level' },
];

export function makeSource(api: Api, settings: Settings, clock: Clock): Source {
  const heads = async (signal: AbortSignal): Promise<Heads> => {
    const markers = await api.ask('getCurrentSyncMarkers', {}, signal);
    const marker = (field: string): bigint | null => {
      const value = markers[field];
      return typeof value === 'string' ? BigInt(value) : null;
    };
    return {
      articles: marker('articleSyncMarker'),
      groups: marker('articleGroupSyncMarker'),
      stock: marker('stockId'),
    };
  };
  const branches = async (signal: AbortSignal): Promise<readonly SeenRecord[]> => {
    const records = recordsOf(await api.read('getBranches', {}, signal), branchShape).map(({ record }) => record);
    const wanted = settings.branches === null ? null : new Set(settings.branches.map(String));
    return records.filter(({ externalId }) => wanted === null || wanted.has(externalId));
  };
  const branchNumbers = async (signal: AbortSignal): Promise<readonly number[]> =>
    settings.branches ??
    (await branches(signal)).filter(({ problem }) => problem === undefined).map(({ externalId }) => Number(externalId));

  const products = makeMarkerReader(
    {
      stream: 'products',
      operation: 'getProducts',
      head: async (signal) => (await heads(signal)).articles,
      async list(from, limit, signal) {
        const request = {
          pluNumbers: [],
          syncMarker: String(from),
          syncMarkerLimit: limit,
          includeAllArticlesOfSelectedProducts: true,
        };
        return recordsOf(await api.read('getProducts', { request }, signal), productShape);
      },
    },
    clock,
  );
  const groups = makeMarkerReader(
    {
      stream: 'groups',
      operation: 'getArticleGroupChanges',
      head: async (signal) => (await heads(signal)).groups,
      async list(from, limit, signal) {
        const request = { syncMarker: String(from), syncMarkerLimit: limit };
        return recordsOf(await api.read('getArticleGroupChanges', { request }, signal), groupShape);
      },
    },
    clock,
  );
  const byName: Readonly<Record<string, ReturnType<typeof makeMarkerReader>>> = {
    products,
    groups,
    branches: withoutLimit(makeBranchReader(branches, clock)),
    stock: makeStockReader({ api, clock, heads, branchNumbers }),
  };
  const reader = (stream: string): ReturnType<typeof makeMarkerReader> => {
    const found = Object.hasOwn(byName, stream) ? byName[stream] : undefined;
    if (found === undefined) throw new KoppelError('UNEXPECTED', { what: `there is no stream ${stream}` });
    return found;
  };

  return {
    read: async (stream, from, { limit, signal }) => reader(stream).read(from, limit, signal),
    head: async (stream, signal) => reader(stream).head(signal),
    scan: (stream, signal) => reader(stream).scan(signal),
  };
}

const withoutLimit = (reader: ReturnType<typeof makeBranchReader>): ReturnType<typeof makeMarkerReader> => ({
  ...reader,
  read: (from, _limit, signal) => reader.read(from, signal),
});
