/**
 * Who has stated a field, as documents for outbound mappings are asked for it. In: a record and a path of its document. Out:
 * the system; null when nobody has: the field is empty or holds a default, and no system has ever said so.
 */
import type { Document, Json } from '../base/document.js';
import { keyOfContest } from '../base/contested.js';
import type { CanonicalRecord } from '../canonical/record.js';

/** The system that the field at a path of a document came from; `*` = the record itself. Undefined: not one system. */
export type OriginOf = (path: string) => string | null | undefined;

/** `whenDeleted`: what a record that is gone reads as; its source has said so by no longer showing it. */
export function originIn(
  { fields, provenance, isDeleted }: CanonicalRecord,
  path: string,
  whenDeleted: Document = {},
): string | null | undefined {
  const field = path.split('.', 1)[0] ?? path;
  const named = provenance[field];
  const whole = provenance['*'];
  if (isDeleted && field in whenDeleted) return named ?? whole;
  if (named !== undefined) return named;
  return field !== '*' && isEmpty(fields[field]) ? null : whole;
}

/** Whether the field at a path of the record is contested. */
export const contestedIn =
  ({ provenance }: CanonicalRecord) =>
  (path: string): boolean =>
    keyOfContest(path.split('.', 1)[0] ?? path) in provenance;

const isEmpty = (value: Json | undefined): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
