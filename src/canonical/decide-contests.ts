/** Contested fields in a decision: what a statement does to them, and how the record notes it. Pure. */
import { keyOfContest } from '../base/contested.js';
import type { Json } from '../base/document.js';
import { rule, type Contest, type Ruling } from './contests.js';
import type { CanonicalEntity } from './entities.js';
import { originOf, worker, type Ownership } from './ownership.js';
import type { CanonicalRecord, Proposal } from './record.js';

/** Field → what it is about; null = it is over. */
export type Contests = Readonly<Record<string, Contest | null>>;

/** People decide about the field, and the system has a say in it. */
export const isManual = (ownership: Ownership, entity: CanonicalEntity, field: string, system: string): boolean =>
  ownership.policy(entity, field) === 'manual' && ownership.isSource(entity, system);

export function rulingOn(
  current: CanonicalRecord,
  field: string,
  value: Json,
  { system, last, seenAt }: Proposal,
): Ruling {
  const origin = originOf(current, field);
  return rule({
    system,
    value,
    last: last?.[field],
    at: seenAt,
    held: current.fields[field] ?? null,
    // What people have put there themselves is nobody's claim.
    holder: origin === worker ? undefined : origin,
    contest: current.contests?.[field],
  });
}

/**
 * The owner of a field that still counts as the system's own, because the value came from there before the field got another
 * owner: from now on it is the owner's, so that the system is told what it holds.
 */
export function newOwner(
  ownership: Ownership,
  current: CanonicalRecord,
  field: string,
  system: string,
): string | undefined {
  const owners = ownership.owners(current.entity, field);
  if (owners === undefined || owners.has(system) || originOf(current, field) !== system) return undefined;
  return [...owners].sort()[0];
}

/** Notes what is contested, and whose a value is that was taken when a contest ended. */
export function withContests(
  record: CanonicalRecord,
  takenFrom: Readonly<Record<string, string>>,
  contests: Contests,
  system: string,
): CanonicalRecord {
  const fields = Object.keys(contests);
  if (fields.length === 0) return { ...record, provenance: { ...record.provenance, ...takenFrom } };
  const over = new Set(fields.filter((field) => contests[field] === null));
  const isOver = ([key]: readonly [string, unknown]): boolean => [...over].some((field) => keyOfContest(field) === key);
  const open = fields.filter((field) => !over.has(field));
  const left = Object.entries(record.contests ?? {}).filter(([field]) => !over.has(field));
  return {
    ...record,
    provenance: {
      ...Object.fromEntries(Object.entries(record.provenance).filter((each) => !isOver(each))),
      ...takenFrom,
      ...Object.fromEntries(
        open.map((field) => [keyOfContest(field), record.provenance[keyOfContest(field)] ?? system]),
      ),
    },
    contests: { ...Object.fromEntries(left), ...Object.fromEntries(open.map((field) => [field, contests[field]!])) },
  };
}
