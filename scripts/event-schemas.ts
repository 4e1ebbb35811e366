/**
 * JSON Schemas of the topics in Kafka, made from the code that fills them: what all changes have in common, what all canonical events
 * have, and per canonical entity the fields. In a change the fields are those of the system, untranslated. Pure.
 */
import type { Document, Field, FieldType, Json } from '../src/base/document.js';
import { canonicalEntities, inboundCatalogue, type CanonicalEntity } from '../src/canonical/entities.js';
import { connectorName, schemaVersion } from '../src/log/change-message.js';
import { recordsIn } from '../src/sync/systems.js';
import { connectors } from '../src/systems/connectors.js';

const draft = 'http://json-schema.org/draft-07/schema#';
const text = { type: 'string' };
const someText = { type: 'string', minLength: 1 };
const integer = { type: 'integer' };

/** An object that has all of these and nothing else, but for the optional ones. */
const whole = (properties: Document, optional: Document = {}): Document => ({
  type: 'object',
  required: Object.keys(properties),
  additionalProperties: false,
  properties: { ...properties, ...optional },
});

const envelope = (title: string, description: string, parts: Document): Document => ({
  $schema: draft,
  title,
  description,
  ...whole(parts),
});

const source = { version: { const: schemaVersion }, connector: { const: connectorName } };

function changeSchema(): Document {
  const streams = connectors.flatMap((connector) => connector.streams);
  const records = [...new Set(streams.flatMap(recordsIn))].sort();
  const names = [...new Set(streams.map(({ name }) => name))].sort();
  const about = {
    ...source,
    name: { type: 'string', pattern: '^[a-z][a-z0-9-]{0,62}$' },
    ts_ms: integer,
    stream: { enum: names },
    record: { enum: records },
    id: someText,
    revision: { type: 'string', pattern: '^-?[0-9]{1,30}$' },
    hash: someText,
  };
  return envelope(
    'A value of koppel.changes.<system>.<record>',
    `One record as a system showed it, in that system's words. Schema changes/${schemaVersion}.`,
    {
      before: { type: 'null' },
      after: { type: 'object' },
      source: whole(about, { problem: whole({ code: text, message: text }, { path: text }) }),
      op: { const: 'r' },
      ts_ms: integer,
    },
  );
}

/** `before` and `after` are there as `op` says. */
const sides = [
  { op: 'c', side: 'before' },
  { op: 'd', side: 'after' },
].map(({ op, side }) => ({
  if: { properties: { op: { const: op } } },
  then: { properties: { [side]: { type: 'null' } } },
  else: { properties: { [side]: { type: 'object' } } },
}));

function eventSchema(name: string, entity: Json, fields: Document): Document {
  return {
    ...envelope(
      `A value of koppel.canonical.${name}`,
      `The fact that a canonical record changed, with the fields that did. Schema canonical/${schemaVersion}.`,
      {
        before: fields,
        after: fields,
        source: whole({
          ...source,
          name: { const: 'hub' },
          ts_ms: integer,
          entity,
          id: someText,
          revision: { type: 'integer', minimum: 1 },
          position: { type: 'string', pattern: '^[0-9]+$' },
          cause: whole({ system: text, externalId: text }),
        }),
        op: { enum: ['c', 'u', 'd'] },
        ts_ms: integer,
      },
    ),
    allOf: sides,
  };
}

const written: Readonly<Record<Exclude<FieldType, 'object'>, Document>> = {
  text: {},
  decimal: { pattern: '^-?[0-9]+(\\.[0-9]+)?$' },
  instant: { format: 'date-time', pattern: 'Z$' },
  reference: { minLength: 1 },
  integer: {},
  boolean: {},
};

/** A value of a field; null where the record has none. */
function valueSchema({
  name: _,
  type,
  label,
  list,
  values,
  fields,
  entity,
}: Omit<Field, 'type'> & { readonly type: FieldType }): Document {
  const described = [label, type === 'reference' && `id of a ${entity}`].filter(Boolean).join('; ');
  const description: Document = described === '' ? {} : { description: described };
  const one: Document =
    type === 'object'
      ? { type: 'object', additionalProperties: false, properties: fieldsSchema(fields ?? []) }
      : {
          type: type === 'integer' || type === 'boolean' ? type : 'string',
          ...written[type],
          ...(values === undefined ? {} : { enum: values }),
        };
  if (list === true) return { ...description, type: ['array', 'null'], items: one };
  const orNull: Document = values === undefined || type === 'object' ? {} : { enum: [...values, null] };
  return { ...description, ...one, type: [one['type'] as string, 'null'], ...orNull };
}

const fieldsSchema = (fields: readonly Field[]): Document =>
  Object.fromEntries(fields.map((field) => [field.name, valueSchema(field)]));

/** Said by systems beside the record, to find it: never part of it. */
const besideRecord: ReadonlySet<string> = new Set(['hubId', 'settlesMarked', 'variants']);
/** Said by the hub alone. */
const ofHub: Partial<Record<CanonicalEntity, readonly Field[]>> = {
  customer: [{ name: 'mergedInto', type: 'reference', entity: 'customer', label: 'Who stands for this one' }],
};

function fieldsOf(entity: CanonicalEntity): readonly Field[] {
  const catalogue: readonly Field[] = inboundCatalogue.find(({ record }) => record === entity)?.fields ?? [];
  return [...catalogue.filter(({ name }) => !besideRecord.has(name)), ...(ofHub[entity] ?? [])];
}

/** The files of docs/events/, by their names. */
export function eventSchemas(): ReadonlyMap<string, Document> {
  const anyFields = { type: ['object', 'null'] };
  return new Map([
    ['change.schema.json', changeSchema()],
    ['canonical.schema.json', eventSchema('<entity>', { enum: canonicalEntities }, anyFields)],
    ...canonicalEntities.map((entity): [string, Document] => {
      const fields = { ...anyFields, additionalProperties: false, properties: fieldsSchema(fieldsOf(entity)) };
      return [`canonical.${entity}.schema.json`, eventSchema(entity, { const: entity }, fields)];
    }),
  ]);
}

/** As the files hold it. */
export const schemaText = (schema: Document): string => `${JSON.stringify(schema, null, 2)}\n`;
