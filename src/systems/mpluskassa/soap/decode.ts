/**
 * Elements to documents, by the tables. Structure that is wrong throws; a value that is wrong is noted with its path and
 * kept as text, so that one broken record does not cost the rest of the page.
 */
import { cutText } from '../../../base/cut-text.js';
import type { Document, Json } from '../../../base/document.js';
import type { FieldKind, ObjectType, SchemaField } from './schema.js';
import { readScalar, ValueError } from './values.js';
import type { XmlElement } from './xml-reader.js';

/** A value that could not be read. `path` is dotted: `productList.3.articleList.0.vatCode`. */
export interface ValueProblem {
  readonly path: string;
  readonly message: string;
}

export interface Decoded {
  readonly body: Document;
  readonly problems: readonly ValueProblem[];
}

/** `lists`: whether repeated elements that are missing come as an empty list (answers) or stay absent (requests). */
export function decodeObject(element: XmlElement, type: ObjectType, lists: 'empty' | 'absent'): Decoded {
  const problems: ValueProblem[] = [];
  const reader: Reader = { problems, lists };
  return { body: readObject(reader, element, type, ''), problems };
}

interface Reader {
  readonly problems: ValueProblem[];
  readonly lists: 'empty' | 'absent';
}

function readObject(reader: Reader, element: XmlElement, type: ObjectType, path: string): Document {
  const document: Record<string, Json> = {};
  for (const child of element.children) {
    const field = type.byName.get(child.name);
    if (field === undefined) continue;
    if (field.occurs === '*') {
      const list = (document[field.name] ??= []) as Json[];
      const value = readKind(reader, child, field.kind, `${path}${field.name}.${list.length}`);
      if (value !== undefined) list.push(value);
      continue;
    }
    if (Object.hasOwn(document, field.name)) {
      reader.problems.push({ path: path + field.name, message: 'it is there twice' });
      continue;
    }
    const value = readKind(reader, child, field.kind, path + field.name);
    if (value !== undefined) document[field.name] = value;
  }
  for (const field of type.fields) if (!(field.name in document)) readAbsent(reader, field, document, path);
  return document;
}

function readAbsent(reader: Reader, field: SchemaField, document: Record<string, Json>, path: string): void {
  if (field.occurs === '*') {
    if (reader.lists === 'empty') document[field.name] = [];
  } else if (field.occurs === '1') {
    if (field.kind.is === 'list') document[field.name] = [];
    // A missing text does no harm until somebody needs it; a missing number is a broken record.
    else if (field.kind.is !== 'scalar' || (field.kind.type !== 'str' && field.kind.type !== 'base64')) {
      reader.problems.push({ path: path + field.name, message: 'it is missing' });
    }
  }
}

function readKind(reader: Reader, element: XmlElement, kind: FieldKind, path: string): Json | undefined {
  switch (kind.is) {
    case 'scalar':
      return readValue(reader, element, kind, path);
    case 'enum': {
      const text = element.text.trim();
      if (text === '') return undefined;
      if (!kind.values.has(text)) {
        reader.problems.push({ path, message: `"${cutText(text, 60)}" is not a known ${kind.name}` });
      }
      return text;
    }
    case 'object':
      return readObject(reader, element, kind.type, `${path}.`);
    case 'list': {
      const items: Json[] = [];
      for (const child of element.children) {
        if (child.name !== kind.item.name) continue;
        const value = readKind(reader, child, kind.item.kind, `${path}.${items.length}`);
        if (value !== undefined) items.push(value);
      }
      return items;
    }
  }
}

function readValue(
  reader: Reader,
  element: XmlElement,
  kind: FieldKind & { is: 'scalar' },
  path: string,
): Json | undefined {
  try {
    return readScalar(kind.type, element);
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    reader.problems.push({ path, message: error.message });
    return element.text;
  }
}
