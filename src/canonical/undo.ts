/**
 * What taking changes of a record back would do to it, field by field. Pure. In: the record as it is, its changes from the first one that is
 * taken back on, and what keeps a field from being put back. Out: a verdict for each field, with the reason in words.
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
  /** What it held before the changes. */
  readonly former: Json;
  readonly verdict: UndoVerdict;
  /** Why not, or what has to be known; null = nothing to say. */
  readonly message: string | null;
}

/** One change in the past of a record. */
export interface PastChange {
  readonly fields: readonly string[];
  /** What it did when it is one of those that are taken back: field → [before, after]; null when that is not kept any more. */
  readonly taken?: Changes | null;
}

export interface UndoFacts {
  readonly record: CanonicalRecord;
  /** All changes of the record from the first one that is taken back on, oldest first. */
  readonly history: readonly PastChange[];
  /** Why a field that is as the changes left it cannot be put back; null when it can. */
  readonly obstacle: (field: string) => string | null;
}

/** They say one thing together: what one of them cannot do, none of them does. */
const together: readonly (readonly string[])[] = [
  ['fullName', 'firstName', 'infix', 'lastName'],
  ['priceAmount', 'priceCurrency', 'priceIncludesTax'],
];

const notKept = 'What it replaced is not kept any more.';

/**
 * A verdict for each field that the changes touched, in their order. Where somebody else has changed a field in between, it goes back to what
 * it held then: the same as taking back one change after the other, the latest first. What the changes have put back themselves is left out.
 */
export function undoFields(facts: UndoFacts): readonly UndoneField[] {
  const touched = [...new Set(facts.history.flatMap((change) => (change.taken === undefined ? [] : fieldsOf(change))))];
  const units = touched.map((field) => together.find((fields) => fields.includes(field)) ?? [field]);
  const judged = new Map([...new Set(units)].flatMap((unit) => judge(facts, unit, touched)));
  return touched.flatMap((field) => judged.get(field) ?? []);
}

const fieldsOf = ({ fields, taken }: PastChange): readonly string[] => (taken ? Object.keys(taken) : fields);

/** Fields that go together, of those that were touched. */
function judge(
  facts: UndoFacts,
  unit: readonly string[],
  touched: readonly string[],
): readonly (readonly [string, UndoneField | null])[] {
  const about = facts.history.filter((change) => fieldsOf(change).some((field) => unit.includes(field)));
  const cut = about.findLastIndex(({ taken }) => taken === undefined) + 1;
  const isCut = about.slice(0, cut).some(({ taken }) => taken !== undefined);
  const stretch = about.slice(cut);
  const judged = touched
    .filter((field) => unit.includes(field))
    .map((field) => {
      const its = stretch.filter((change) => fieldsOf(change).includes(field));
      return { field, isLast: its.length > 0, verdict: its.length > 0 ? judgeField(facts, field, its, isCut) : gone(facts, field) }; // prettier-ignore
    });
  const blocking = judged.find(({ isLast, verdict }) => isLast && verdict !== null && verdict.verdict !== 'reverse');
  return judged.map(({ field, isLast, verdict }) => {
    if (blocking?.verdict == null || !isLast || verdict?.verdict !== 'reverse') return [field, verdict];
    return [field, { ...verdict, verdict: blocking.verdict.verdict, message: blocking.verdict.message }];
  });
}

/** Somebody has changed it after the last change that is taken back. */
function gone({ record, history }: UndoFacts, field: string): UndoneField {
  const now = record.fields[field] ?? null;
  const first = history.find(({ taken }) => taken != null && field in taken)?.taken?.[field];
  return { field, now, former: first?.[0] ?? null, verdict: 'changedSince', message: null };
}

/** Null: the changes have put it back themselves. */
function judgeField(
  { record, obstacle }: UndoFacts,
  field: string,
  changes: readonly PastChange[],
  isCut: boolean,
): UndoneField | null {
  const now = record.fields[field] ?? null;
  const first = changes[0]?.taken?.[field];
  const last = changes.at(-1)?.taken?.[field];
  if (first === undefined || last === undefined)
    return { field, now, former: null, verdict: 'irreversible', message: notKept };
  const said = { field, now, former: first[0] };
  if (!sameJson(now, last[1])) return { ...said, verdict: 'changedSince', message: null };
  if (sameJson(now, said.former)) return null;
  const message = unfit(record, field, said.former) ?? obstacle(field);
  if (message !== null) return { ...said, verdict: 'irreversible', message };
  const note = isCut ? 'Somebody else has changed it in between; it goes back to what it held then.' : null;
  return { ...said, verdict: 'reverse', message: note };
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
