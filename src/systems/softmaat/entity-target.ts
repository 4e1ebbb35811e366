/** What a target of one entity is: writes within a deadline, and finds. */
import type { Document } from '../../base/document.js';
import type { HeldRecord, Sought, WriteOutcome, WriteRequest } from '../system.js';
import { unexpected, type Api } from './api.js';
import { readPage } from './page.js';
import type { ReadRow } from './write-outcome.js';
import { textOf } from './json-text.js';

export interface EntityTarget {
  write(requests: readonly WriteRequest[], deadline: number, signal: AbortSignal): Promise<readonly WriteOutcome[]>;
  find(sought: Sought, signal: AbortSignal): Promise<HeldRecord | null>;
}

const most = 250;

/** Records by an exact filter, compared again by the caller. More than a page of them is nothing to choose from: undefined. */
export async function someFiltered(
  api: Api,
  path: string,
  filter: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<readonly Document[] | undefined> {
  const body = await api.read(path, { ...filter, limit: String(most) }, signal);
  const keyOf = (document: Document): string | undefined => textOf(document['id']) || undefined;
  const page = readPage(body, { operation: `GET ${path}`, limit: most, keyOf });
  return page.nextCursor === null ? page.records.map(({ document }) => document) : undefined;
}

/** The same by what hardly any two have: more than a page of them is an error. */
export async function filtered(...asked: Parameters<typeof someFiltered>): Promise<readonly Document[]> {
  const records = await someFiltered(...asked);
  if (records === undefined) throw unexpected(`GET ${asked[1]}`, `more than ${most} records agree with the filter`);
  return records;
}

/** The record as it is held; what is no such record is an error. */
export function sure(row: Document, read: ReadRow, operation: string): HeldRecord {
  const held = read(row);
  if (typeof held === 'string') throw unexpected(operation, held);
  return held;
}

/** If-Match for the version of the record that is known. */
export function ifMatch(document: Document | undefined): Readonly<Record<string, string>> {
  const version = document?.['version'];
  return typeof version === 'number' ? { 'if-match': `"${version}"` } : {};
}
