/** Warehouses: master data without a time of change, read as a whole and compared by its hash. A list that is not as promised is an error. */
import type { Clock } from '../../base/clock.js';
import type { Document, Json } from '../../base/document.js';
import { KoppelError } from '../../base/errors.js';
import type { SeenRecord } from '../system.js';
import { makeListReader, type ListReader } from '../whole-list.js';
import { unexpected, type Api } from './api.js';
import { textOf } from './json-text.js';
import { systemName } from './settings.js';
import { problemIn, warehouseShape } from './shapes.js';

const path = '/warehouses';

export function makeWarehouseReader(api: Api, clock: Clock): ListReader {
  return makeListReader(async (signal) => {
    const body = await api.read(path, {}, signal);
    const data = body?.['data'];
    if (!Array.isArray(data)) throw unexpected(`GET ${path}`, 'it has no list "data"');
    // An empty list is an accident rather than a shop without a place for its stock.
    if (data.length === 0) throw unexpected(`GET ${path}`, 'it names no warehouse');
    return (data as readonly Json[]).map(toSeen);
  }, clock);
}

function toSeen(item: Json): SeenRecord {
  const code = typeof item === 'object' && item !== null ? (item as Document)['code'] : undefined;
  if (typeof code !== 'string' || code === '') throw unexpected(`GET ${path}`, 'a warehouse has no code');
  const { name } = item as Document;
  const seen = { externalId: code, version: 0n, document: { code, name: name ?? null } };
  const what = problemIn(warehouseShape, item);
  if (what === undefined) return { ...seen, document: { code, name: textOf(name) } };
  return { ...seen, problem: new KoppelError('RECORD_UNREADABLE', { system: systemName, what }) };
}
