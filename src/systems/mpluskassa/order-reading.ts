/** An order in an answer as a record. In: the answer of a call that gives one order. Out: the record and the vendor's structure. */
import type { Document } from '../../base/document.js';
import type { HeldRecord } from '../system.js';
import { recordsOf } from './records.js';
import { objectIn, orderShape } from './sale-shapes.js';

/** An order as it was just read: the record, and the vendor's structure with its counters. */
export interface ReadOrder {
  readonly held: HeldRecord;
  readonly raw: Document;
}

/** The order in an answer; null when there is none. */
export function orderIn(answer: Document): ReadOrder | null {
  const raw = objectIn(answer, 'order');
  if (answer['result'] === 'GET-ORDER-RESULT-NOT-FOUND' || Object.keys(raw).length === 0) return null;
  const record = recordsOf({ body: { orderList: [raw] }, problems: [] }, orderShape)[0]?.record;
  if (record === undefined) return null;
  if (record.problem !== undefined) throw record.problem;
  return {
    raw,
    held: { externalId: record.externalId, key: null, document: record.document, version: record.version },
  };
}
