/**
 * Decoded lists as records: document, id, version and the lowest marker by which the list was entered. One record whose
 * values cannot be read gets a problem and keeps its raw document; the others are not affected.
 */
import type { Document, Json } from '../../base/document.js';
import { KoppelError } from '../../base/errors.js';
import type { SeenRecord } from '../system.js';
import { unexpected } from './api.js';
import { neutralDocument } from './neutral.js';
import { systemName } from './settings.js';
import { operations, type Decoded, type OperationName, type ValueProblem } from './soap/codec.js';
import type { ObjectType } from './soap/schema.js';
import { ValueError } from './soap/values.js';

export interface MarkedRecord {
  readonly record: SeenRecord;
  /** All markers of the record that could be read. */
  readonly markers: readonly bigint[];
}

export interface Shape {
  readonly operation: OperationName;
  /** Field of the answer that holds the records. */
  readonly list: string;
  readonly type: ObjectType;
  readonly without: ReadonlySet<string>;
  readonly idOf: (item: Document) => string | undefined;
  readonly hasMarker: boolean;
  readonly markersOf: (item: Document) => readonly bigint[];
  /** Adjusts the finished document. */
  readonly finish: (document: Document, item: Document) => Document;
}

export const markerOf = (item: Document, field: string): readonly bigint[] => {
  const value = item[field];
  return typeof value === 'string' && /^\d{1,20}$/.test(value) ? [BigInt(value)] : [];
};
export const articlesOf = (product: Document): readonly Document[] =>
  (product['articleList'] as readonly Document[] | undefined) ?? [];
export const idIn = (item: Document, field: string): string | undefined => {
  const value = item[field];
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  return /^\d+$/.test(text) ? text : undefined;
};

export const productShape: Shape = {
  operation: 'getProducts',
  list: 'productList',
  type: itemType('getProducts', 'productList'),
  without: new Set(),
  idOf: (item) => idIn(item, 'productNumber'),
  hasMarker: true,
  markersOf: (item) => [item, ...articlesOf(item)].flatMap((each) => markerOf(each, 'syncMarker')),
  // Membership has no order, and the service gives it in any.
  finish: (document) => {
    const groups = (document['groupNumbers'] ?? []) as readonly string[];
    return { ...document, groupNumbers: [...groups].sort((a, b) => Number(a) - Number(b)) };
  },
};

export const groupShape: Shape = {
  operation: 'getArticleGroupChanges',
  list: 'changedArticleGroupList',
  type: itemType('getArticleGroupChanges', 'changedArticleGroupList'),
  // Which products are in a group stands on the products; a group of thousands would repeat it with every change.
  without: new Set(['productNumbers', 'subGroupNumbers']),
  idOf: (item) => idIn(item, 'groupNumber'),
  hasMarker: true,
  markersOf: (item) => markerOf(item, 'syncMarker'),
  // Group 0 is the root, which is no group.
  finish: (document) => (document['parentGroupNumber'] === '0' ? omit(document, 'parentGroupNumber') : document),
};

export const branchShape: Shape = {
  operation: 'getBranches',
  list: 'branches',
  type: itemType('getBranches', 'branches'),
  without: new Set(['workplaces']),
  idOf: (item) => idIn(item, 'branchNumber'),
  hasMarker: false,
  markersOf: () => [],
  finish: (document) => document,
};

export const stockShape: Shape = {
  operation: 'getStock',
  list: 'articleStocks',
  type: itemType('getStock', 'articleStocks'),
  without: new Set(['subArticle', 'stockId']),
  idOf: (item) => {
    const [article, branch] = [idIn(item, 'articleNumber'), idIn(item, 'branchNumber')];
    return article === undefined || branch === undefined ? undefined : `${article}:${branch}`;
  },
  hasMarker: true,
  markersOf: (item) => markerOf(item, 'stockId'),
  finish: (document, item) => ({ ...document, changeTimestamp: item['changeTimestamp'] ?? null }),
};

export function itemType(operation: OperationName, list: string): ObjectType {
  const kind = operations[operation].response.byName.get(list)?.kind;
  const item = kind?.is === 'list' ? kind.item.kind : kind;
  if (item?.is !== 'object') throw new Error(`${operation} has no list ${list}`);
  return item.type;
}

export function omit(document: Document, field: string): Document {
  const { [field]: _, ...rest } = document;
  return rest;
}

/** All records of an answer. `fill` completes the raw items, before anything is read from them. */
export function recordsOf(decoded: Decoded, shape: Shape, fill?: Document): readonly MarkedRecord[] {
  const problems = problemsByItem(decoded.problems, shape);
  const items = decoded.body[shape.list] as readonly Document[];
  return items.map((item, index) =>
    toRecord(fill === undefined ? item : { ...fill, ...item }, index, shape, problems.get(index)),
  );
}

/** A problem outside of the records concerns the whole answer. */
function problemsByItem(problems: readonly ValueProblem[], shape: Shape): ReadonlyMap<number, ValueProblem> {
  const byItem = new Map<number, ValueProblem>();
  for (const problem of problems) {
    const [list, index, ...rest] = problem.path.split('.');
    if (list !== shape.list || index === undefined || !/^\d+$/.test(index)) {
      throw unexpected(shape.operation, `${problem.path}: ${problem.message}`);
    }
    const at = Number(index);
    if (!byItem.has(at)) byItem.set(at, { path: rest.join('.'), message: problem.message });
  }
  return byItem;
}

function toRecord(item: Document, index: number, shape: Shape, found: ValueProblem | undefined): MarkedRecord {
  const markers = shape.markersOf(item);
  const version = markers.reduce((highest, marker) => (marker > highest ? marker : highest), 0n);
  const id = shape.idOf(item);
  // Without a number it must still be the same record each time that it is seen.
  const externalId = id ?? `unreadable:${version > 0n ? String(version) : `#${index}`}`;
  const broken = (problem: ValueProblem): MarkedRecord => ({
    record: { externalId, version, document: item, problem: unreadable(externalId, problem) },
    markers,
  });
  if (found !== undefined) return broken(found);
  if (id === undefined) return broken({ path: '', message: 'it has no number' });
  if (markers.length === 0 && shape.hasMarker) return broken({ path: '', message: 'it has no marker' });
  try {
    const document = shape.finish(neutralDocument(item, shape.type, shape.without), item);
    return { record: { externalId, version, document }, markers };
  } catch (error) {
    if (error instanceof ValueError) return broken({ path: '', message: error.message });
    throw error;
  }
}

function unreadable(externalId: string, problem: ValueProblem): KoppelError {
  const where = problem.path === '' ? externalId : `${problem.path} of ${externalId}`;
  return new KoppelError(
    'RECORD_UNREADABLE',
    { system: systemName, what: `${where}: ${problem.message}` },
    problem.path === '' ? {} : { path: problem.path },
  );
}

/** A text field of a raw document. */
export const textIn = (document: Document, field: string): string | undefined => {
  const value: Json | undefined = document[field];
  return typeof value === 'string' ? value : undefined;
};
