/** What records of the hub hold, field by field. In: which records, and which fields their kind has. Out: every field, the empty ones too. */
import type { Document, Field } from '../base/document.js';
import type { CanonicalEntity } from '../canonical/entities.js';
import type { CanonicalRecord } from '../canonical/record.js';
import type { RecordField } from '../schema/record-field.js';
import type { Query } from './database.js';
import { loadRows } from './rows.js';

export type StoredEntity = CanonicalEntity;
export type FieldsOf = (entity: StoredEntity) => readonly Field[];

export interface StoredRecord {
  readonly entity: StoredEntity;
  readonly id: string;
}

/** Records as the hub holds them, one statement for each kind. */
export async function readFields(query: Query, records: readonly StoredRecord[]): Promise<readonly CanonicalRecord[]> {
  const kinds = [...new Set(records.map(({ entity }) => entity))];
  const rows = await Promise.all(
    kinds.map((kind) =>
      loadRows(
        query,
        kind,
        records.filter(({ entity }) => entity === kind).map(({ id }) => id),
      ),
    ),
  );
  return rows.flat();
}

const called = ({ name, label }: Field) => ({ path: name, label: label ?? name });

/** In the order in which the kind has them. */
export const shownFields = (fields: readonly Field[], held: Document): readonly RecordField[] =>
  fields.map((field) => ({
    ...called(field),
    value: held[field.name] ?? null,
    parts: (field.fields ?? []).map(called),
  }));
