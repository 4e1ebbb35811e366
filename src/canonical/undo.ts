/**
 * What taking a change back would do to a record, field by field. Pure. In: what the change replaced, the record as it is, which of its
 * fields were changed later, and what keeps a field from being put back. Out: a verdict for each field, with the reason in words.
 */
import { keyOfContest } from '../base/contested.js';
import type { Document, Json } from '../base/document.js';
import { sameJson } from '../base/content-hash.js';
import type { CanonicalEntity } from './entities.js';
import { isRequired } from './field-defaults.js';
import { isRefinable, worker } from './ownership.js';
import type { CanonicalRecord, Changes } from './record.js';

/** `reverse`: it is put back. `changedSince`: somebody has changed it, so it is left alone. `irreversible`: the hub cannot put it back. */
export type UndoVerdict = 'reverse' | 'changedSince' | 'irreversible';

export interface UndoneField {
  readonly field: string;
  /** What it holds now. */
  readonly now: Json;
  /** What it held before the change. */
  readonly former: Json;
  readonly verdict: UndoVerdict;
  /** Why not, or what has to be known; null = nothing to say. */
  readonly message: string | null;
}

export interface UndoFacts {
  readonly record: CanonicalRecord;
  /** What the change did: field → [before, after]. */
  readonly changes: Changes;
  /** Fields that another change has touched after it. */
  readonly changedLater: ReadonlySet<string>;
  /** Why a field that is as the change left it cannot be put back; null when it can. */
  readonly obstacle: (field: string) => string | null;
}

/** They say one thing together: what one of them cannot do, none of them does. */
const together: readonly (readonly string[])[] = [
  ['fullName', 'firstName', 'infix', 'lastName'],
  ['priceAmount', 'priceCurrency', 'priceIncludesTax'],
];

/** A verdict for each field that the change touched, in its order. */
export function undoFields({ record, changes, changedLater, obstacle }: UndoFacts): readonly UndoneField[] {
  const judged = Object.entries(changes).map(([field, [former, after]]): UndoneField => {
    const now = record.fields[field] ?? null;
    const said = { field, now, former };
    if (changedLater.has(field) || !sameJson(now, after)) return { ...said, verdict: 'changedSince', message: null };
    const message = unfit(record, field, former) ?? obstacle(field);
    return { ...said, verdict: message === null ? 'reverse' : 'irreversible', message };
  });
  return judged.map((each) => {
    const group = together.find((fields) => fields.includes(each.field)) ?? [];
    const blocking = judged.find(({ field, verdict }) => group.includes(field) && verdict !== 'reverse');
    const isLater = group.some((field) => changedLater.has(field));
    if (each.verdict !== 'reverse' || (blocking === undefined && !isLater)) return each;
    return { ...each, verdict: blocking?.verdict ?? 'changedSince', message: blocking?.message ?? null };
  });
}

/** What of the record itself is in the way. */
function unfit(record: CanonicalRecord, field: string, former: Json): string | null {
  if (!isRefinable(record.entity, field))
    return 'By this field records are known or belong together; it is not put back.';
  if (record.isDeleted) return 'The record is gone from every system.';
  if (keyOfContest(field) in record.provenance)
    return 'The systems do not agree on this field; a person decides under Conflicts.';
  if (former === null && isRequired(record.entity, field)) return 'The field cannot be empty.';
  return null;
}

/** Why nothing of such records is taken back; null when the fields decide. */
export function whyNever(entity: string | null): string | null {
  switch (entity) {
    case 'order':
      return 'Orders, invoices and deliveries are facts of the systems that booked them; a credit note or a correction there puts them right.';
    case 'stock_level':
      return 'Stock is counted; only another count in the system that counts it puts it right.';
    case 'product':
    case 'variant':
    case 'category':
    case 'customer':
      return null;
    default:
      return 'Nobody decides about the fields of such records in the hub.';
  }
}

/** The record with these fields put back: the hub's own word from now on, so that every system is told. */
export function putBack(
  record: CanonicalRecord,
  fields: readonly Pick<UndoneField, 'field' | 'former'>[],
): CanonicalRecord {
  const values: Document = {
    ...record.fields,
    ...Object.fromEntries(fields.map(({ field, former }) => [field, former])),
  };
  const owners = Object.fromEntries(fields.map(({ field }) => [field, worker]));
  return {
    ...record,
    version: record.version + 1,
    fields: Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null)),
    provenance: { ...record.provenance, ...owners },
  };
}

/** Whether something of a change of such a record may be taken back at all. */
export const isUndoable = (entity: string | null): entity is CanonicalEntity => whyNever(entity) === null;
