/** What is known about a record besides the record itself: its fields, how systems stand with it, what happened to it. */
import type { Loaders } from './loaders.js';
import { isPersonal } from './personal-data.js';
import { shownFields, type FieldsOf, type StoredEntity } from './record-fields.js';
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

export function recordReads({ load, shown, seesPersonalData, node }: RecordReadsDeps) {
  return {
    async fieldsOf(entity: StoredEntity, id: string, fieldsOf: FieldsOf) {
      if (!seesPersonalData && isPersonal(entity)) return [];
      const [found] = await load.fields.load({ entity, id });
      return found === undefined ? [] : shownFields(fieldsOf(entity), found.fields);
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
