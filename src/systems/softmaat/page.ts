/**
 * Reads one page completely or not at all. In: the body of a list and what was asked for. Out: its records with their
 * stamps, or an error when anything about the page as a whole is not as promised. A single wrong record is told apart
 * from a wrong page, because only the record is parked.
 */
import { cutText } from '../../base/cut-text.js';
import type { Document, Json } from '../../base/document.js';
import { KoppelError } from '../../base/errors.js';
import { microsOf } from './instant.js';
import { systemName } from './settings.js';
import { textOf } from './json-text.js';

export interface PageRecord {
  readonly key: string;
  readonly updatedAt: string;
  readonly version: bigint;
  readonly document: Document;
  /** What keeps the record from being read, seen before its fields are looked at. */
  readonly what?: string;
}

export interface PageRead {
  readonly records: readonly PageRecord[];
  readonly nextCursor: string | null;
}

export interface Asked {
  readonly operation: string;
  readonly limit: number;
  /** The key of a record; undefined when the record has none. */
  readonly keyOf: (document: Document) => string | undefined;
  /** Set when the page should be in the order of (updatedAt, key) from this instant on. */
  readonly updatedFrom?: string | null;
}

export function readPage(body: Document | null, asked: Asked): PageRead {
  const wrong = (code: 'INCOMPLETE_RESPONSE' | 'UNEXPECTED_RESPONSE', what: string): KoppelError =>
    new KoppelError(code, { system: systemName, operation: asked.operation, what });
  const data = body?.['data'];
  const page = body?.['page'];
  if (!Array.isArray(data)) throw wrong('UNEXPECTED_RESPONSE', 'it has no list "data"');
  if (typeof page !== 'object' || page === null || !Object.hasOwn(page, 'nextCursor')) {
    throw wrong('INCOMPLETE_RESPONSE', 'it does not say whether there is a next page');
  }
  const nextCursor = (page as Document)['nextCursor'];
  if (nextCursor !== null && (typeof nextCursor !== 'string' || nextCursor === '')) {
    throw wrong('UNEXPECTED_RESPONSE', 'page.nextCursor is neither text nor null');
  }
  if (data.length > asked.limit)
    throw wrong('UNEXPECTED_RESPONSE', `${data.length} records where ${asked.limit} were asked for`);
  if (data.length === 0 && nextCursor !== null)
    throw wrong('INCOMPLETE_RESPONSE', 'a page without records is not the last one');
  const records = (data as readonly Json[]).map((item, index) => readRecord(item, index, asked, wrong));
  if (asked.updatedFrom !== undefined) checkOrder(records, asked.updatedFrom, wrong);
  return { records, nextCursor };
}

type Wrong = (code: 'INCOMPLETE_RESPONSE' | 'UNEXPECTED_RESPONSE', what: string) => KoppelError;

function readRecord(item: Json, index: number, asked: Asked, wrong: Wrong): PageRecord {
  if (typeof item !== 'object' || item === null || Array.isArray(item))
    throw wrong('UNEXPECTED_RESPONSE', `data.${index} is no record`);
  const document = item as Document;
  const key = asked.keyOf(document);
  const updatedAt = document['updatedAt'];
  const version = typeof updatedAt === 'string' ? microsOf(updatedAt) : undefined;
  if (key === undefined) throw wrong('UNEXPECTED_RESPONSE', `data.${index} has no key`);
  if (version === undefined) throw wrong('UNEXPECTED_RESPONSE', `data.${index} has no usable updatedAt`);
  return { key, updatedAt: textOf(updatedAt), version, ...withinDepth(document) };
}

/** As deep as the till's records may be. Far deeper ones can be neither hashed nor stored, and would hold up their page. */
const mostLevels = 64;

/** The record without the members that are nested too deeply, of which an empty object stays: it is no value of any field. */
function withinDepth(document: Document): Pick<PageRecord, 'document' | 'what'> {
  const deep = Object.keys(document).filter((name) => isDeeper(document[name], mostLevels - 1));
  const [first] = deep;
  if (first === undefined) return { document };
  const cut = Object.fromEntries(deep.map((name) => [name, {}]));
  const what = `${cutText(first, 100)} is nested more than ${mostLevels} levels deep`;
  return { document: { ...document, ...cut }, what };
}

function isDeeper(value: Json | undefined, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((each: Json | undefined) => isDeeper(each, levels - 1));
}

function checkOrder(records: readonly PageRecord[], from: string | null, wrong: Wrong): void {
  let least = from === null ? 0n : (microsOf(from) ?? 0n);
  for (const [index, record] of records.entries()) {
    if (record.version < least) throw wrong('UNEXPECTED_RESPONSE', `data.${index} is older than what stands before it`);
    least = record.version;
  }
}
