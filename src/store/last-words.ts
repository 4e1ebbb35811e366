/**
 * The last change of each field of records, as the journal notes it, and the versions of the mappings that made them. One statement
 * each, whatever the number of records. Nothing is written for this when a record changes: the journal names the fields anyway.
 */
import type { Json } from '../base/document.js';
import type { CanonicalEntity } from '../canonical/entities.js';
import type { ProvenanceRule } from '../canonical/provenance.js';
import type { CanonicalRecord } from '../canonical/record.js';
import type { PlacedRule } from '../mapping/making.js';
import type { MappingDefinition } from '../mapping/mapping.js';
import type { Query } from './database.js';
import { selected } from './sql.js';

/** The last change that was about a field of a record. */
export interface LastChange {
  readonly canonicalId: string;
  readonly field: string;
  readonly eventId: string;
  readonly at: Date;
  readonly outcome: string;
  /** The system that it came from; null: a person, or the hub. */
  readonly system: string | null;
  readonly externalId: string | null;
  /** `key@version` of the mapping. */
  readonly mapping: string | null;
  /** Where the record as it was seen stands in the change log. */
  readonly log: string | null;
  /** A person decided: a conflict was ended by choice, a change taken back, a person erased. */
  readonly isByHand: boolean;
}

/** Of every field of the records that the journal still has a change of. All changes are gone through, but only the last ones are read whole. */
export const readLastChanges = (query: Query, ids: readonly string[]): Promise<readonly LastChange[]> =>
  selected<LastChange>(
    query,
    `with last as (
       select j.canonical_id, f.field, max(j.position) as position
       from journal j
       cross join lateral jsonb_array_elements_text(case jsonb_typeof(j.detail -> 'fields') when 'array' then j.detail -> 'fields' else '[]' end) as f(field)
       where j.canonical_id = any($1::text[]) and (j.step = 'applied' or (j.step = 'conflict' and j.outcome = 'resolved'))
       group by j.canonical_id, f.field)
     select j.canonical_id as "canonicalId", last.field, 'evt_' || j.position as "eventId", j.at,
       j.outcome, j.system, j.external_id as "externalId", j.detail ->> 'mapping' as mapping, j.detail ->> 'log' as log,
       j.outcome in ('undone', 'erased') or (j.detail ? 'by' and coalesce(c.resolution <> 'POLICY', true)) as "isByHand"
     from last join journal j on j.position = last.position
     left join field_conflict c on c.id = j.detail ->> 'conflict'`,
    [ids],
  );

/** A version of a mapping, by which records were translated. */
export interface UsedMapping {
  /** `key@version`. */
  readonly name: string;
  readonly key: string;
  readonly version: number;
  readonly definition: MappingDefinition;
}

/** Versions that are there, by `key@version`. */
export const readUsedMappings = (query: Query, names: readonly string[]): Promise<readonly UsedMapping[]> =>
  selected<UsedMapping>(
    query,
    `select v.mapping || '@' || v.version as name, v.mapping as key, v.version, v.definition
     from unnest($1::text[], $2::integer[]) as k(mapping, version) join mapping_version v using (mapping, version)`,
    [names.map((name) => name.replace(/@\d+$/, '')), names.map((name) => Number(/@(\d{1,9})$/.exec(name)?.[1] ?? 0))],
  );

/** What is known of the value of one field. */
export interface AskedOrigin {
  readonly record: CanonicalRecord;
  readonly field: string;
  /** Null when the journal has none any more. */
  readonly last: LastChange | null;
  /** Null when no mapping translated it, or the version is not there any more. */
  readonly used: UsedMapping | null;
  /** The record as its system showed it; null when that is not kept. */
  readonly seen: Json;
}

export interface FieldOrigin {
  /** Key of the system that stated the value; null: a person, the hub, or nobody. */
  readonly system: string | null;
  readonly rule: ProvenanceRule;
  /** The rule of the mapping that made it; the first of several. */
  readonly made: PlacedRule | null;
}

/** Who explains values; the engine, which knows mappings and owners. */
export interface FieldOrigins {
  /** Whether the record as it was seen has to be known, to say how a version of a mapping made a field. */
  needsSeen(used: UsedMapping, entity: CanonicalEntity, field: string): boolean;
  /** Null: the field is empty and has always been. */
  explain(asked: AskedOrigin): FieldOrigin | null;
}
