/**
 * The contact that a record was told of stays in it: whoever comes first in his company by now did not place that order. Pure. In: what
 * the mapping made of the record, its row, what the target calls its customers. Out: the same, with the contact that was told by his id
 * in the target. Of another customer another contact is told, and where none was told or none is there any more, the present one.
 */
import { sameJson } from '../base/content-hash.js';
import type { Document, Field, Json } from '../base/document.js';
import type { Projection } from '../store/projections.js';
import { pick } from './difference.js';

/** `resolve` puts the ids of the target in the place of mentions. */
export function withToldContacts(
  document: Document,
  fields: readonly Field[],
  { wanted, held }: Pick<Projection, 'wanted' | 'held'>,
  resolve: (part: Document) => Document,
): Document {
  const told = (field: string): Json => (held?.[field] === null ? null : (wanted?.[field] ?? null));
  const kept = namesIn(document, fields, 'contact').filter((field) => typeof told(field) === 'string');
  if (kept.length === 0) return document;
  const customers = namesIn(document, fields, 'customer');
  const now = resolve(pick(document, customers));
  if (customers.some((field) => !sameJson(now[field], wanted?.[field]))) return document;
  return { ...document, ...Object.fromEntries(kept.map((field) => [field, `=${String(told(field))}`])) };
}

const namesIn = (document: Document, fields: readonly Field[], entity: string): readonly string[] =>
  fields
    .filter((field) => field.type === 'reference' && field.entity === entity && (document[field.name] ?? null) !== null)
    .map(({ name }) => name);
