/** What is known about a record besides the record itself: its fields, how systems stand with it, what happened to it. */
import type { Document, Field } from '../base/document.js';
import type { CanonicalRecord } from '../canonical/record.js';
import type { FieldProvenance } from '../schema/provenance.js';
import type { SyncEvent } from '../schema/sync-event.js';
import type { FieldOrigins, LastChange } from './last-words.js';
import type { Loaders } from './loaders.js';
import { notedMappings } from './noted-mappings.js';
import { isPersonal } from './personal-data.js';
import { shownFields, type FieldsOf, type StoredEntity, type StoredRecord } from './record-fields.js';
import { shownEvent, shownJourney } from './shown-events.js';
import type { Shown } from './shown-records.js';
import { shownStatuses, type Around } from './shown-statuses.js';
import type { StatusOf } from './sync-reads.js';

type Waiting = Parameters<Around['awaited']>[0];

interface RecordReadsDeps {
  readonly load: Loaders;
  readonly shown: Shown;
  readonly seesPersonalData: boolean;
  node(id: string): Promise<object | null>;
}

/** What the engine knows of fields. */
interface KnownOrigins {
  readonly fieldsOf: FieldsOf;
  readonly origins: FieldOrigins;
}

export function recordReads({ load, shown, seesPersonalData, node }: RecordReadsDeps) {
  const explained = async (
    record: CanonicalRecord,
    { name: field, label }: Field,
    changes: readonly LastChange[],
    origins: FieldOrigins,
  ): Promise<FieldProvenance | null> => {
    const last = changes.find((change) => change.field === field) ?? null;
    const used = last?.mapping == null ? null : await load.usedMapping.load(last.mapping);
    const isSeen = used !== null && last?.log != null && origins.needsSeen(used, record.entity, field);
    const seen = isSeen ? ((await load.seenRecord.load(last.log))?.document ?? null) : null;
    const origin = origins.explain({ record, field, last, used, seen });
    if (origin === null) return null;
    const { system: systemKey, rule, made } = origin;
    return {
      ...{ path: field, label: label ?? field, rule, systemKey, made, entity: record.entity },
      changedAt: last?.at ?? null,
      eventId: last?.eventId ?? null,
      mappingKey: made === null ? null : (used?.key ?? null),
      mappingVersion: made === null ? null : (used?.version ?? null),
    };
  };
  return {
    async fieldsOf({ entity, id }: StoredRecord, fieldsOf: FieldsOf) {
      if (!seesPersonalData && isPersonal(entity)) return [];
      const [found] = await load.fields.load({ entity, id });
      return found === undefined ? [] : shownFields(fieldsOf(entity), found.fields);
    },
    /** Fields that a record held at a moment, as the caller may see them. */
    fieldsThen(entity: StoredEntity, held: Document, of: { readonly fieldsOf: FieldsOf; readonly isErased: boolean }) {
      const fields = of.isErased ? [] : shownFields(of.fieldsOf(entity), shown.fields(entity, held));
      return { fields, isMasked: of.isErased || (!seesPersonalData && isPersonal(entity)) };
    },
    /** `paths`: of these fields; of all when null. */
    async provenanceOf({ entity, id }: StoredRecord, paths: readonly string[] | null, known: KnownOrigins) {
      const [[record], changes] = await Promise.all([load.fields.load({ entity, id }), load.lastChanges.load(id)]);
      if (record === undefined) return [];
      const fields = known.fieldsOf(entity).filter(({ name }) => paths === null || paths.includes(name));
      const found = await Promise.all(fields.map((field) => explained(record, field, changes, known.origins)));
      return found.filter((each) => each !== null);
    },
    async statusesOf(record: StatusOf, id: string) {
      const systems = await load.systems();
      // The flows with the others: what is asked of statuses then comes in one step for all records.
      const [rows, references, flows] = await Promise.all([
        load.statuses.load(record),
        load.references.load(id),
        load.flows(),
      ]);
      const around = { flows, awaited: (waiting: Waiting) => load.awaited.load(waiting) };
      return shownStatuses(record, systems, rows.map(shown.status), references, around);
    },
    async journeyOf(traceId: string, canonicalId: string | null) {
      const rows = await load.journey.load(traceId);
      const mine = rows.filter(
        (row) => canonicalId === null || row.canonicalId === null || row.canonicalId === canonicalId,
      );
      return shownJourney(mine);
    },
    /** The mappings that translated the record of an event. */
    async mappingsOf({ traceId, canonicalId, position }: SyncEvent) {
      const rows = await load.journey.load(traceId);
      const mine = rows.filter((row) => canonicalId === null || row.canonicalId === canonicalId);
      return notedMappings(mine.map(shownEvent), position);
    },
    async lastEvent(system: string, canonicalId: string) {
      const row = (await load.lastEvent.load({ system, canonicalId }))[0];
      return row === undefined ? null : shownEvent(row);
    },
    async awaitedBy(waiting: Waiting) {
      const awaited = await load.awaited.load(waiting);
      return (await Promise.all(awaited.map(({ awaitedId }) => node(awaitedId)))).filter((found) => found !== null);
    },
  };
}
