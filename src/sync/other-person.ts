/**
 * Of the people of a company a target has one from the hub: whoever comes first, under the id of the company. When somebody else comes
 * first, the record there is still the person that it was. Pure. In: what is known of that record, what the hub wants to say, what it
 * would say of the others. Out: whether the record is one of the others. Somebody with a new name or address is nobody else.
 */
import type { Document } from '../base/document.js';
import type { CanonicalDocument } from '../store/canonical-documents.js';
import type { Projection } from '../store/projections.js';
import type { TargetRecord } from '../systems/system.js';
import type { PublishedMapping } from './configuration.js';
import { comparable } from './match-key.js';
import type { Prepared } from './plan.js';
import { runMapping } from './run-mapping.js';

const nothing: ReadonlySet<string> = new Set();

export interface Person {
  readonly row: Projection;
  /** What the target would be told of the other people of the company; of whom nothing can be said is left out. */
  readonly others: readonly Document[];
  /** The record of the target is one of the others: it no longer stands for this one. */
  readonly isReplaced: boolean;
}

interface PersonInput {
  readonly row: Projection;
  readonly record: Pick<TargetRecord, 'knownBy'>;
  readonly mapping: PublishedMapping;
  readonly source: Pick<CanonicalDocument, 'others' | 'isDeleted'>;
  /** What the mapping read, and what it made of that. */
  readonly read: Document | null;
  readonly mapped: Prepared;
}

/** The row is one of a record that is not there yet when somebody else has its place. */
export function personOf(input: PersonInput, isThere: boolean): Person {
  const { row, source } = input;
  const others = otherPeople(input, isThere);
  const isReplaced = isThere && !source.isDeleted && standsForAnother(input, others);
  const nobody = { externalId: null, wanted: null, held: null, drifted: [] };
  return { row: isReplaced ? { ...row, ...nobody } : row, others, isReplaced };
}

function otherPeople({ mapping, source, read }: PersonInput, isThere: boolean): readonly Document[] {
  return (source.others ?? []).flatMap((person): readonly Document[] => {
    const made = runMapping(mapping, { ...person, settings: read?.['settings'] ?? null }, isThere, nothing);
    return made.type === 'mapped' ? [made.document] : [];
  });
}

/** By what was said last of whom the target has. */
function standsForAnother({ record, row, mapped }: PersonInput, others: readonly Document[]): boolean {
  return mapped.type === 'mapped' && isOneOf(record, { ...row.held, ...row.wanted }, mapped.document, others);
}

/** Whether a record of the target agrees with one of the others in all in which it does with whom it should be, and in more. */
export function isOneOf(
  { knownBy = [] }: Pick<TargetRecord, 'knownBy'>,
  found: Document,
  wished: Document,
  others: readonly Document[],
): boolean {
  return others.some((other) => {
    const more = knownBy.filter((fields) => isSame(fields, found, other) && !isSame(fields, found, wished));
    const less = knownBy.filter((fields) => !isSame(fields, found, other) && isSame(fields, found, wished));
    return more.length > 0 && less.length === 0;
  });
}

const isSame = (fields: readonly string[], a: Document, b: Document): boolean =>
  fields.some((field) => comparable(a[field]) !== '') &&
  fields.every((field) => comparable(a[field]) === comparable(b[field]));
