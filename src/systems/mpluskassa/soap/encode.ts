/**
 * Documents to elements, by the tables and in the vendor's order. A document that does not fit throws UNEXPECTED with the
 * path: it is written by our own code.
 */
import type { Document, Json } from '../../../base/document.js';
import { KoppelError } from '../../../base/errors.js';
import type { FieldKind, ObjectType, SchemaField } from './schema.js';
import { ValueError, writeScalar } from './values.js';
import { element, escapeText } from './xml-writer.js';

/** The content of one element. */
export function encodeObject(document: Document, type: ObjectType, prefix: string, path = ''): string {
  for (const name of Object.keys(document)) {
    if (!type.byName.has(name)) throw doesNotFit(`${path}${name}`, `the type ${type.name} has no such field`);
  }
  let xml = '';
  for (const field of type.fields) xml += encodeField(field, document, prefix, path, type);
  return xml;
}

function encodeField(field: SchemaField, document: Document, prefix: string, path: string, type: ObjectType): string {
  const here = path + field.name;
  const value = document[field.name];
  if (field.occurs === '*') {
    let xml = '';
    listOf(value, here).forEach((item, i) => {
      xml += element(prefix, field.name, encodeKind(field.kind, item, prefix, `${here}.${i}`));
    });
    return xml;
  }
  if (value !== undefined && (value !== null || isDate(field.kind))) {
    return element(prefix, field.name, encodeKind(field.kind, value, prefix, here));
  }
  if (field.occurs === '1') return element(prefix, field.name, encodeMissing(field.kind, prefix, here));
  return isNeededCompanion(field.name, document, type) ? element(prefix, field.name, '0') : '';
}

const scaledFields = new WeakMap<ObjectType, ReadonlyMap<string, readonly string[]>>();

/** Names of the numbers whose scale stands in a field of that name. */
function scaledBy(name: string, type: ObjectType): readonly string[] {
  let byCompanion = scaledFields.get(type);
  if (byCompanion === undefined) {
    const names = new Map<string, string[]>();
    for (const field of type.fields) {
      if (field.companion !== undefined)
        names.set(field.companion, [...(names.get(field.companion) ?? []), field.name]);
    }
    scaledFields.set(type, (byCompanion = names));
  }
  return byCompanion.get(name) ?? [];
}

/** The scale of a number is always said, because clients read a missing one differently. */
function isNeededCompanion(name: string, document: Document, type: ObjectType): boolean {
  return scaledBy(name, type).some((field) => document[field] !== undefined && document[field] !== null);
}

function encodeKind(kind: FieldKind, value: Json, prefix: string, path: string): string {
  switch (kind.is) {
    case 'scalar':
      return encodeValue(kind.type, value, prefix, path);
    case 'enum':
      if (typeof value !== 'string' || !kind.values.has(value)) {
        throw doesNotFit(path, `${JSON.stringify(value)} is not a ${kind.name}`);
      }
      return value;
    case 'object':
      if (value === null || typeof value !== 'object' || Array.isArray(value))
        throw doesNotFit(path, 'it is not an object');
      return encodeObject(value as Document, kind.type, prefix, `${path}.`);
    case 'list': {
      let xml = '';
      listOf(value, path).forEach((item, i) => {
        xml += element(prefix, kind.item.name, encodeKind(kind.item.kind, item, prefix, `${path}.${i}`));
      });
      return xml;
    }
  }
}

function encodeValue(type: Parameters<typeof writeScalar>[0], value: Json, prefix: string, path: string): string {
  try {
    const written = writeScalar(type, value);
    if (typeof written === 'string') return escapeText(written);
    return written.map(([name, text]) => element(prefix, name, text)).join('');
  } catch (error) {
    if (error instanceof ValueError) throw doesNotFit(path, error.message);
    throw error;
  }
}

function encodeMissing(kind: FieldKind, prefix: string, path: string): string {
  if (kind.is === 'list') return '';
  if (kind.is === 'object') return encodeObject({}, kind.type, prefix, `${path}.`);
  if (kind.is === 'scalar' && (kind.type === 'str' || kind.type === 'base64')) return '';
  if (isDate(kind)) return encodeKind(kind, null, prefix, path);
  throw doesNotFit(path, 'it is required');
}

const isDate = (kind: FieldKind): boolean =>
  kind.is === 'scalar' && (kind.type === 'MDate' || kind.type === 'MDateTime');

function listOf(value: Json | undefined, path: string): readonly Json[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw doesNotFit(path, 'it is not a list');
  return value as readonly Json[];
}

const doesNotFit = (path: string, what: string): KoppelError =>
  new KoppelError(
    'UNEXPECTED',
    { what: `a message for MplusKASSA does not fit its schema at ${path}: ${what}` },
    { path },
  );
