/**
 * What events of the activity log were about. In: what the journal notes beside them. Out: values before and after, and the record as its
 * system showed it. Both stand in the change log; what is not kept there any more is not shown.
 */
import type { Json } from '../base/document.js';
import type { FieldChange } from '../schema/configuration-file.js';
import type { SyncEvent } from '../schema/sync-event.js';
import type { Query } from './database.js';
import { selected } from './sql.js';

type Values = Readonly<Record<string, readonly [Json, Json]>>;

/** A change that was taken over: of which record, and under which trace. */
export interface AppliedKey {
  readonly canonicalId: string;
  readonly traceId: string;
}

export const nameOfApplied = ({ canonicalId, traceId }: AppliedKey): string => `${canonicalId} ${traceId}`;

interface CanonicalEventRow extends AppliedKey {
  readonly payload: string;
}

/** Canonical events of each record under each trace, in order. */
export const readCanonicalEvents = (query: Query, keys: readonly AppliedKey[]): Promise<CanonicalEventRow[]> =>
  selected(
    query,
    `select e.key as "canonicalId", e.trace_id as "traceId", e.payload from unnest($1::text[], $2::text[]) as k(key, trace_id)
     join log_entry e on e.topic = 'canonical' and e.key = k.key and e.trace_id = k.trace_id order by e."offset"`,
    [keys.map(({ canonicalId }) => canonicalId), keys.map(({ traceId }) => traceId)],
  );

export interface SeenRecord {
  /** `topic/partition/offset`. */
  readonly place: string;
  readonly document: Json;
}

/** Records as they were seen, by their places in the change log. */
export async function readSeenRecords(query: Query, places: readonly string[]): Promise<SeenRecord[]> {
  const parts = places.map((place) => /^(.+)\/(\d{1,9})\/(\d{1,18})$/.exec(place)).filter((found) => found !== null);
  const rows = await selected<{ place: string; payload: string }>(
    query,
    `select e.topic || '/' || e.partition || '/' || e."offset" as place, e.payload
     from unnest($1::text[], $2::integer[], $3::bigint[]) as k(topic, partition, "offset") join log_entry e using (topic, partition, "offset")`,
    [1, 2, 3].map((part) => parts.map((found) => found[part])),
  );
  return rows.map(({ place, payload }) => ({
    place,
    document: (JSON.parse(payload) as { document?: Json }).document ?? null,
  }));
}

/** What a system calls a record of a kind. */
export interface NameThere {
  readonly system: string;
  readonly entity: string;
  readonly externalId: string;
}

export const nameOfNamed = ({ system, entity, externalId }: NameThere): string => `${system} ${entity} ${externalId}`;

interface NamedRow extends NameThere {
  readonly canonicalId: string;
}

/** The records of the hub that systems call so. */
export const readNamedRecords = (query: Query, keys: readonly NameThere[]): Promise<NamedRow[]> =>
  selected(
    query,
    `select e.system, e.entity, e.external_id as "externalId", e.canonical_id as "canonicalId"
     from unnest($1::text[], $2::text[], $3::text[]) as k(system, entity, external_id) join external_reference e using (system, entity, external_id)`,
    [keys.map(({ system }) => system), keys.map(({ entity }) => entity), keys.map(({ externalId }) => externalId)],
  );

/** Where the record that an event is about stands in the change log; null when the event is not about reading one. */
export function seenPlaceOf({ detail }: SyncEvent): string | null {
  const place = detail?.['log'];
  return typeof place === 'string' ? place : null;
}

/** `read` gives the canonical events of a change that was taken over. */
export async function changesOfEvent(
  { step, detail, canonicalId, traceId }: SyncEvent,
  read: (key: AppliedKey) => Promise<readonly CanonicalEventRow[]>,
): Promise<readonly FieldChange[]> {
  if (step === 'written' || step === 'repaired') return shownChanges((detail?.['changes'] ?? {}) as Values);
  const version = detail?.['version'];
  if (step !== 'applied' || canonicalId === null || version === undefined) return [];
  const events = (await read({ canonicalId, traceId })).map(
    ({ payload }) => JSON.parse(payload) as { version: number; changes: Values },
  );
  return shownChanges(events.find((event) => event.version === version)?.changes ?? {});
}

const shownChanges = (values: Values): readonly FieldChange[] =>
  Object.entries(values).map(([path, [before, after]]) => ({
    kind: before === null ? 'ADDED' : after === null ? 'REMOVED' : 'CHANGED',
    path,
    before,
    after,
  }));
