/**
 * What a proposal does to a canonical record. Pure: (record, proposal, ownership) → decision; sync/apply.ts carries it out.
 * Deciding the same proposal again on the outcome always gives `unchanged`, so a replay changes nothing.
 */
import type { Document, Json } from '../base/document.js';
import { sameJson } from '../base/content-hash.js';
import type { Contest } from './contests.js';
import { fieldDefaults, isRequired, requiredFields } from './field-defaults.js';
import { isManual, newOwner, rulingOn, withContests, type Contests } from './decide-contests.js';
import type { CanonicalEntity } from './entities.js';
import {
  fieldPolicies,
  keyOfMoveBack,
  mayWrite,
  originOf,
  worker,
  type FieldPolicy,
  type Ownership,
} from './ownership.js';
import { fieldsOf } from './normalise.js';
import { isKeyOf } from '../base/payment-keys.js';
import { paymentState, paymentStateAfter, wordsForPayment, wordsOfOrigin } from './payment-state.js';
import type { CanonicalRecord, Changes, Proposal, Provenance } from './record.js';
import { advance, carriedOver, isFurther, isLess, itemsOf, unite, withKeysOf } from './several-sources.js';

export type Decision =
  | { readonly type: 'created'; readonly record: CanonicalRecord; readonly changes: Changes }
  | {
      readonly type: 'updated';
      readonly record: CanonicalRecord;
      readonly changes: Changes;
      /** Fields that the proposal would have changed but that belong to somebody else: field → [held, proposed]. */
      readonly conflicts: Changes;
      /** Fields that are contested from now on, or in other words; null = not any more. */
      readonly contests?: Contests;
    }
  | { readonly type: 'unchanged'; readonly record: CanonicalRecord }
  | { readonly type: 'conflict'; readonly record: CanonicalRecord; readonly conflicts: Changes }
  /** The proposal cannot be a record; `path` is the field that is missing. */
  | { readonly type: 'refused'; readonly path: string; readonly reason: string };

/** Fields that say when, not what: taken over with a change, never a change of their own. */
const accompanying: ReadonlySet<string> = new Set(['asOf']);

/** `id`: what the record will be called when there is none yet. */
export function decide(
  current: CanonicalRecord | null,
  id: string,
  proposal: Proposal,
  ownership: Ownership,
): Decision {
  return current === null ? create(id, proposal) : update(current, proposal, ownership);
}

function create(id: string, proposal: Proposal): Decision {
  const { entity } = proposal;
  const fields: Record<string, Json> = { ...fieldDefaults[entity], ...proposal.fields };
  if (entity === 'stock_level') fields['asOf'] ??= proposal.seenAt;
  const missing = requiredFields[entity].find((field) => fields[field] === undefined);
  if (missing !== undefined) return { type: 'refused', path: missing, reason: `${missing} is empty` };
  const own = entity === 'order' ? Object.entries(otherThan(fields, { ...paymentState(fields) })) : [];
  for (const [field, value] of own) fields[field] = value;
  const changes: Record<string, Changes[string]> = {};
  for (const field of Object.keys(fields)) changes[field] = [null, fields[field] ?? null];
  const worked = Object.fromEntries(own.map(([field]) => [field, worker]));
  const provenance = { ...firstProvenance(proposal), ...worked };
  const record = { entity, id, version: 1, fields, provenance, isDeleted: false };
  return { type: 'created', record, changes };
}

/** A default that the system did not say is nobody's word: no other system is held to it. */
function firstProvenance({ entity, system, fields }: Proposal): Provenance {
  const provenance: Record<string, string | null> = { '*': system };
  for (const [field, value] of Object.entries<Json>(fieldDefaults[entity])) {
    if (fields[field] === undefined && !Array.isArray(value)) provenance[field] = null;
  }
  return provenance;
}

function update(current: CanonicalRecord, proposal: Proposal, ownership: Ownership): Decision {
  const { entity, system } = proposal;
  const defaults: Document = fieldDefaults[entity];
  const changes: Record<string, Changes[string]> = {};
  const conflicts: Record<string, Changes[string]> = {};
  const timing: Record<string, Changes[string]> = {};
  const contests: Record<string, Contest | null> = {};
  const takenFrom: Record<string, string> = {};
  const consider = (field: string, stated: Json | undefined): void => {
    const before = current.fields[field];
    if (isManual(ownership, entity, field, system)) {
      const ruling = rulingOn(current, field, stated ?? null, proposal);
      if (ruling.type === 'contested') contests[field] = ruling.contest;
      if (ruling.type !== 'take') return;
      if (ruling.isOver) contests[field] = null;
      if (sameJson(before ?? null, ruling.value)) return;
      changes[field] = [before ?? null, ruling.value];
      takenFrom[field] = ruling.system;
      return;
    }
    const after = afterStated(current, field, stated, proposal, ownership);
    if (sameJson(before, after)) return;
    const pair: Changes[string] = [before ?? null, after ?? null];
    if (accompanying.has(field)) timing[field] = pair;
    else if (mayWrite(ownership, current, field, system) && mayMove(current, field, after, proposal, ownership)) {
      changes[field] = pair;
    } else {
      conflicts[field] = pair;
      const owner = newOwner(ownership, current, field, system);
      if (owner !== undefined) takenFrom[field] = owner;
    }
  };
  for (const field in proposal.fields) consider(field, proposal.fields[field]);
  for (const field of proposal.cleared) {
    if (proposal.fields[field] !== undefined) continue;
    if (isRequired(entity, field)) {
      return { type: 'refused', path: field, reason: `${field} is empty` };
    }
    consider(field, defaults[field]);
  }
  const own = [
    ...severalOwners(changes, proposal, ownership, current),
    ...(proposal.composed ?? []).filter((field) => field in changes),
    ...(entity === 'order' ? followPayments(current, changes, conflicts, proposal, ownership) : []),
    ...(entity === 'order' ? followLines(current, changes) : []),
  ];
  const isAsBefore = [changes, contests, takenFrom].every((each) => Object.keys(each).length === 0);
  if (isAsBefore && !current.isDeleted) {
    return Object.keys(conflicts).length === 0
      ? { type: 'unchanged', record: current }
      : { type: 'conflict', record: current, conflicts };
  }
  if (entity === 'stock_level') timing['asOf'] ??= [current.fields['asOf'] ?? null, proposal.seenAt];
  Object.assign(changes, timing);
  const record = withContests(changed(current, changes, system, own), takenFrom, contests, system);
  return { type: 'updated', record, changes, conflicts, ...(Object.keys(contests).length === 0 ? {} : { contests }) };
}

/** What a field would hold. A copy has lines of its own; what it says of them is said of the lines of the order. */
function afterStated(
  current: CanonicalRecord,
  field: string,
  stated: Json | undefined,
  { entity, system, fields, last }: Proposal,
  ownership: Ownership,
): Json | undefined {
  const before = current.fields[field];
  switch (ownership.policy(entity, field)) {
    case 'union':
      return unite(before, stated, system, last?.[field]);
    case 'furthestItems': {
      const isCopy = !mayWrite(ownership, current, 'lines', system);
      const items = isCopy ? withKeysOf(current.fields['lines'], stated, fields['lines']) : itemsOf(stated);
      const isOwn = isOfOrigin(current, field, system, ownership);
      return advance(before, items, (item) => isOwn && isLess(item, last?.[field]));
    }
    default:
      return stated;
  }
}

/** Lists with items of others than the system that speaks, or may be. */
function severalOwners(
  changes: Changes,
  { entity, system }: Proposal,
  ownership: Ownership,
  current: CanonicalRecord,
): string[] {
  return Object.entries(changes).flatMap(([field, [, after]]) => {
    if (ownership.policy(entity, field) === 'furthestItems') return originOf(current, field) === system ? [] : [field];
    if (ownership.policy(entity, field) !== 'union' || !Array.isArray(after)) return [];
    return (after as readonly Document[]).every(({ key }) => isKeyOf(system, key)) ? [] : [field];
  });
}

/**
 * Puts what follows from the payments in place of what a system has said of it, or might not say. Returns the fields in which that is
 * not the system's own word.
 */
function followPayments(
  current: CanonicalRecord,
  changes: Record<string, Changes[string]>,
  conflicts: Record<string, Changes[string]>,
  { system, fields: stated, last }: Proposal,
  ownership: Ownership,
): readonly string[] {
  const after: Record<string, Json> = { ...current.fields };
  for (const [field, [, value]] of Object.entries(changes)) if (value !== null) after[field] = value;
  const own: string[] = [];
  const isOfSpeaker = isOfOrigin(current, 'paymentStatus', system, ownership);
  const words = isOfSpeaker ? wordsForPayment(stated, last) : wordsOfOrigin(current, system);
  const state = paymentStateAfter(current.fields, after, words);
  for (const [field, value] of Object.entries(state)) {
    if (sameJson(stated[field], value)) {
      if (conflicts[field] === undefined) continue;
      delete conflicts[field];
    }
    const before = current.fields[field] ?? null;
    if (sameJson(before, value)) delete changes[field];
    else {
      changes[field] = [before, value];
      own.push(field);
    }
  }
  return own;
}

/** Puts what was sent of lines that have become others in its place. Returns the field when that is the hub's own word. */
function followLines(current: CanonicalRecord, changes: Record<string, Changes[string]>): readonly string[] {
  const lines = changes['lines'];
  if (lines === undefined) return [];
  const held = current.fields['deliveries'] ?? null;
  const before = changes['deliveries']?.[1] ?? held;
  const after = carriedOver(lines[0], lines[1], before);
  if (before === null || sameJson(before, after)) return [];
  delete changes['deliveries'];
  if (sameJson(held, after)) return [];
  changes['deliveries'] = [held, after];
  return ['deliveries'];
}

/** What follows from the payments of an order (`state`), where `stated` says something else. */
const otherThan = (stated: Document, state: Document): Document =>
  Object.fromEntries(Object.entries(state).filter(([field, value]) => !sameJson(stated[field], value)));

/** Whether the record, or the field of it, is the system's own. */
const isOfOrigin = (current: CanonicalRecord, field: string, system: string, ownership: Ownership): boolean =>
  current.provenance['*'] === system || ownership.owners(current.entity, field)?.has(system) === true;

/**
 * A `furthest` field goes on by anybody; back only by the system that the record came from, or by its owner, when it takes
 * back what it said itself: a step on that is behind what another system did meanwhile is no step back.
 */
function mayMove(
  current: CanonicalRecord,
  field: string,
  after: Json | undefined,
  { entity, system, last }: Proposal,
  ownership: Ownership,
): boolean {
  if (ownership.policy(entity, field) !== 'furthest') return true;
  const stages = stagesOf(entity, field);
  if (isFurther(stages, current.fields[field], after)) return true;
  const said = last?.[field] ?? null;
  return isOfOrigin(current, field, system, ownership) && (said === null || isFurther(stages, after, said));
}

function changed(current: CanonicalRecord, changes: Changes, system: string, own: readonly string[]): CanonicalRecord {
  const fields: Record<string, Json> = { ...current.fields };
  for (const field in changes) {
    const after = changes[field]?.[1];
    if (after === null || after === undefined) delete fields[field];
    else fields[field] = after;
  }
  return {
    ...current,
    version: current.version + 1,
    fields,
    provenance: withMovesBack(current.entity, changes, system, {
      ...attributed(current, Object.keys(changes), system),
      ...Object.fromEntries(own.map((field) => [field, worker])),
    }),
    isDeleted: false,
  };
}

/** Notes which fields were moved back, so that targets are told, and forgets it of those that have gone on. */
function withMovesBack(entity: CanonicalEntity, changes: Changes, system: string, provenance: Provenance): Provenance {
  const policies: Readonly<Record<string, FieldPolicy>> = fieldPolicies[entity];
  const moved = Object.keys(changes).filter((field) => policies[field] === 'furthest');
  if (moved.length === 0) return provenance;
  const gone = new Set(moved.map(keyOfMoveBack));
  const back = moved.filter((field) => !isFurther(stagesOf(entity, field), ...pairOf(changes[field])));
  return {
    ...Object.fromEntries(Object.entries(provenance).filter(([key]) => !gone.has(key))),
    ...Object.fromEntries(back.map((field) => [keyOfMoveBack(field), system])),
  };
}

const pairOf = (pair: Changes[string] | undefined): readonly [Json | undefined, Json | undefined] => [
  pair?.[0],
  pair?.[1],
];

/** The values of a field in the order in which it goes through them. */
const stagesOf = (entity: CanonicalEntity, field: string): readonly string[] =>
  fieldsOf[entity].find(({ name }) => name === field)?.values ?? [];

function attributed(current: CanonicalRecord, fields: readonly string[], system: string): Provenance {
  const foreign = fields.filter((field) => originOf(current, field) !== system || current.provenance[field] === null);
  if (foreign.length === 0) return current.provenance;
  const provenance: Record<string, string | null> = { ...current.provenance };
  for (const field of foreign) provenance[field] = system;
  return provenance;
}
