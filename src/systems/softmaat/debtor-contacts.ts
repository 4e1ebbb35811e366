/**
 * The contacts of debtors: read with the companies of a page, and looked up before one is written. In: debtors as they
 * were read. Out: the same with their contacts, all of them, or an error. The first contact stands first.
 */
import type { Document } from '../../base/document.js';
import { KoppelError } from '../../base/errors.js';
import { unexpected, type Api } from './api.js';
import { readPage, type PageRecord } from './page.js';
import { textOf } from './json-text.js';
import { systemName } from './settings.js';

const atOnce = 4;
const largestPage = 250;

export const contactsPath = (debtorId: string): string => `/debtors/${encodeURIComponent(debtorId)}/contacts`;

/** All contacts of a debtor; null when there is no such debtor. */
export async function readContacts(
  api: Api,
  debtorId: string,
  signal: AbortSignal,
  deadline?: number,
): Promise<readonly Document[] | null> {
  const path = contactsPath(debtorId);
  const operation = 'GET contacts of a debtor';
  const contacts = new Map<string, Document>();
  const cursors = new Set<string>();
  for (let cursor: string | undefined; ;) {
    const body = await api.read(path, { limit: String(largestPage), cursor }, signal, deadline);
    if (body === null) return null;
    const keyOf = (document: Document): string | undefined => textOf(document['id']) || undefined;
    const page = readPage(body, { operation, limit: largestPage, keyOf });
    for (const { key, document } of page.records) contacts.set(key, document);
    if (page.nextCursor === null) return [...contacts.values()].sort(firstFirst);
    if (cursors.has(page.nextCursor)) throw unexpected(operation, 'its pages go round in a circle');
    cursors.add(page.nextCursor);
    cursor = page.nextCursor;
  }
}

function firstFirst(a: Document, b: Document): number {
  if (a['primary'] !== b['primary']) return a['primary'] === true ? -1 : 1;
  return textOf(a['id']) < textOf(b['id']) ? -1 : 1;
}

/** Companies with their contacts; persons have none. */
export async function withContacts(
  api: Api,
  records: readonly PageRecord[],
  signal: AbortSignal,
): Promise<readonly PageRecord[]> {
  const read = async (record: PageRecord): Promise<PageRecord> => {
    if (record.document['kind'] !== 'company') return record;
    const contacts = await readContacts(api, record.key, signal);
    // Deleted since the page was read: the next read no longer shows it.
    if (contacts === null)
      throw new KoppelError('INCOMPLETE_RESPONSE', {
        system: systemName,
        operation: 'GET /debtors',
        what: `debtor ${record.key} vanished while its contacts were read`,
      });
    return { ...record, document: { ...record.document, contacts } };
  };
  const completed: PageRecord[] = [];
  for (let at = 0; at < records.length; at += atOnce) {
    const results = await Promise.allSettled(records.slice(at, at + atOnce).map(read));
    for (const result of results) {
      if (result.status === 'rejected') throw result.reason;
      completed.push(result.value);
    }
  }
  return completed;
}
