/**
 * Sets stock. In: one document per SKU with its levels. Out: as few calls as possible, of up to 100 rows. Reads before it
 * writes: rows that hold the number already are not sent, and each row goes with the version that was read, so a number
 * that somebody else set in between is noticed (`stale`) and never overwritten unseen.
 */
import { cutText } from '../../base/cut-text.js';
import type { Document, Json } from '../../base/document.js';
import { normaliseDecimal } from '../../base/decimal.js';
import { asKoppelError, KoppelError } from '../../base/errors.js';
import type { HeldRecord, Sought, WriteOutcome, WriteRequest } from '../system.js';
import { unexpected, type Api } from './api.js';
import { refused, type Judged } from './answer.js';
import { readPage } from './page.js';
import { systemName } from './settings.js';
import { problemIn, stockRowShape } from './shapes.js';
import { detailsOf, stockRowKey } from './streams.js';
import { textOf } from './json-text.js';

/** Few enough that an address with the longest SKUs stays under 8 kB. */
const skusPerRead = 25;
const rowsPerWrite = 100;
const operation = 'PUT /stock';

/** Rows of one SKU by warehouse. */
type Rows = Map<string, Document>;

/** One row that has to be set. */
interface Wanted {
  readonly sku: string;
  readonly warehouseCode: string;
  readonly onHand: string;
  readonly version: number;
}

export interface StockTarget {
  write(requests: readonly WriteRequest[], deadline: number, signal: AbortSignal): Promise<readonly WriteOutcome[]>;
  find(sought: Sought, signal: AbortSignal): Promise<HeldRecord | null>;
}

export function makeStockTarget(api: Api): StockTarget {
  return {
    async write(requests, deadline, signal) {
      const skus = [...new Set(requests.map(({ document }) => textOf(document['sku'])))];
      let found: ReadonlyMap<string, Rows>;
      try {
        found = await present(api, skus, signal, deadline);
      } catch (thrown) {
        const error = asKoppelError(thrown);
        return requests.map(() => ({ type: 'failed', error }));
      }
      const rowsOf = (document: Document): Rows => found.get(textOf(document['sku'])) ?? new Map<string, Document>();
      const wanted = requests.flatMap(({ document }) => differing(document, rowsOf(document)));
      const outcomes = await sendRows(api, wanted, deadline, signal);
      return requests.map((request) => settle(request, rowsOf(request.document), outcomes));
    },

    async find(sought, signal) {
      const sku = sought.externalId ?? sought.document['sku'];
      if (typeof sku !== 'string' || sku === '') return null;
      const rows = (await present(api, [sku], signal)).get(sku);
      return rows === undefined || rows.size === 0 ? null : heldStock(sku, rows);
    },
  };
}

/** All rows of the SKUs as they are now. */
async function present(
  api: Api,
  skus: readonly string[],
  signal: AbortSignal,
  deadline?: number,
): Promise<ReadonlyMap<string, Rows>> {
  const { keyOf } = detailsOf('stock');
  const found = new Map<string, Rows>(skus.map((sku) => [sku, new Map<string, Document>()]));
  for (let at = 0; at < skus.length; at += skusPerRead) {
    const sku = skus.slice(at, at + skusPerRead);
    for (let cursor: string | undefined; ;) {
      const body = await api.read('/stock', { sku, limit: '250', cursor }, signal, deadline);
      const page = readPage(body, { operation: 'GET /stock', limit: 250, keyOf });
      for (const { document } of page.records) {
        const wrong = problemIn(stockRowShape, document);
        if (wrong !== undefined) throw unexpected('GET /stock', wrong);
        found.get(textOf(document['sku']))?.set(textOf(document['warehouseCode']), document);
      }
      if (page.nextCursor === null) break;
      cursor = page.nextCursor;
    }
  }
  return found;
}

/** Sends rows; what became of each, by key. */
async function sendRows(
  api: Api,
  rows: readonly Wanted[],
  deadline: number,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, RowOutcome>> {
  const outcomes = new Map<string, RowOutcome>();
  for (let at = 0; at < rows.length; at += rowsPerWrite) {
    const part = rows.slice(at, at + rowsPerWrite);
    const data = part.map(({ sku, warehouseCode, onHand, version }) => ({ sku, warehouseCode, onHand, version }));
    const judged = await api.write({ method: 'PUT', path: '/stock', body: { data }, deadline }, signal);
    const answers = judged.type === 'answered' ? readRows(judged.body, part) : [];
    part.forEach((row, index) => {
      outcomes.set(stockRowKey(row.sku, row.warehouseCode), answers[index] ?? notAnswered(judged));
    });
  }
  return outcomes;
}

type RowOutcome =
  | { readonly type: 'set'; readonly row: Document }
  | { readonly type: 'stale' }
  | { readonly type: 'refused' | 'failed' | 'unknown'; readonly error: KoppelError };

function notAnswered(judged: Judged): RowOutcome {
  if (judged.type === 'problem') return { type: 'refused', error: refused(judged.problem) };
  if (judged.type === 'error') return { type: judged.mayBeApplied ? 'unknown' : 'failed', error: judged.error };
  return { type: 'unknown', error: unexpected(operation, 'a row is missing in it') };
}

function readRows(body: Document, rows: readonly Wanted[]): readonly RowOutcome[] {
  const data = body['data'];
  const unclear = (what: string): RowOutcome => ({ type: 'unknown', error: unexpected(operation, what) });
  if (!Array.isArray(data) || data.length !== rows.length)
    return rows.map(() => unclear('it does not answer every row'));
  return rows.map((row, index) => {
    const answer = data[index] as Document;
    if (answer['sku'] !== row.sku || answer['warehouseCode'] !== row.warehouseCode)
      return unclear('it answers rows in another order');
    if (answer['status'] === 409) return { type: 'stale' };
    if (answer['status'] === 404) return { type: 'refused', error: refusedRow(row, answer) };
    const now = answer['row'] ?? null;
    const wrong =
      answer['status'] === 200 ? problemIn(stockRowShape, now) : `a row has status ${textOf(answer['status'])}`;
    return wrong === undefined ? { type: 'set', row: now as Document } : unclear(wrong);
  });
}

function refusedRow(row: Wanted, answer: Document): KoppelError {
  const isWarehouse = answer['code'] === 'unknown_warehouse';
  const what = isWarehouse
    ? `there is no warehouse ${row.warehouseCode} for the stock of ${row.sku}`
    : `there is no product ${row.sku} whose stock could be set; it may have been deleted there`;
  const original = typeof answer['message'] === 'string' ? { original: cutText(answer['message'], 500) } : {};
  return new KoppelError(
    'RECORD_REFUSED',
    { system: systemName, what },
    { path: isWarehouse ? 'levels.warehouseCode' : 'sku', ...original },
  );
}

/** Rows of a document that do not hold their number yet. */
export function differing(document: Document, rows: ReadonlyMap<string, Document>): readonly Wanted[] {
  const sku = textOf(document['sku']);
  return ((document['levels'] ?? []) as readonly Document[]).flatMap((level) => {
    const warehouseCode = textOf(level['warehouseCode']);
    const onHand = textOf(level['onHand']);
    const row = rows.get(warehouseCode);
    if (row !== undefined && normaliseDecimal(textOf(row['onHand'])) === normaliseDecimal(onHand)) return [];
    return [{ sku, warehouseCode, onHand, version: row === undefined ? 0 : Number(row['version']) }];
  });
}

/** The worst of its rows decides about a document. */
function settle(request: WriteRequest, rows: Rows, outcomes: ReadonlyMap<string, RowOutcome>): WriteOutcome {
  const sku = textOf(request.document['sku']);
  const created = rows.size === 0;
  const now: Rows = new Map(rows);
  const mine: RowOutcome[] = [];
  for (const { warehouseCode } of differing(request.document, rows)) {
    const outcome = outcomes.get(stockRowKey(sku, warehouseCode));
    if (outcome === undefined) continue;
    mine.push(outcome);
    if (outcome.type === 'set') now.set(warehouseCode, outcome.row);
  }
  for (const type of ['unknown', 'failed', 'refused'] as const) {
    const worst = mine.find((outcome) => outcome.type === type);
    if (worst !== undefined && 'error' in worst) return { type, error: worst.error };
  }
  if (mine.some((outcome) => outcome.type === 'stale')) return { type: 'stale' };
  return { type: 'written', created, held: heldStock(sku, now) };
}

/** All rows of a SKU in the order of their warehouses. */
function heldStock(sku: string, rows: Rows): HeldRecord {
  const levels = [...rows.values()]
    .sort((a, b) => (textOf(a['warehouseCode']) < textOf(b['warehouseCode']) ? -1 : 1))
    .map((row) => {
      const level: Record<string, Json> = { ...row };
      delete level['sku'];
      return level;
    });
  return { externalId: sku, key: sku, document: { sku, levels } };
}
