/**
 * Values of canonical fields in one form each, so that equal values are equal JSON: decimals without needless zeros, instants
 * in UTC, clean text, no empty text. In: what a mapping made. Out: fields by type, or which of them do not fit.
 */
import type { Document, Field, Json } from '../base/document.js';
import { sameJson } from '../base/content-hash.js';
import { normaliseDecimal } from '../base/decimal.js';
import { cleanJson, cleanText } from './clean-text.js';
import { complete } from './complete.js';
import { customerFields } from './customer-fields.js';
import {
  categoryFields,
  productFields,
  stockLevelFields,
  stockLocationFields,
  variantFields,
  type CanonicalEntity,
} from './entities.js';
import { isGtin } from './gtin.js';
import { orderFields } from './order-fields.js';

export interface FieldProblem {
  readonly path: string;
  readonly message: string;
  readonly value: Json;
}

export interface NormalFields {
  /** Fields with a value. */
  readonly fields: Document;
  /** Fields that were stated to be empty. */
  readonly cleared: readonly string[];
  readonly problems: readonly FieldProblem[];
  /** How many values held characters that cannot be stored. */
  readonly cleaned: number;
}

/** All fields of a canonical record, the product of a variant included. */
export const fieldsOf: Readonly<Record<CanonicalEntity, readonly Field[]>> = {
  product: productFields,
  variant: [...variantFields, { name: 'product', type: 'reference', entity: 'product', label: 'Product' }],
  category: categoryFields,
  stock_location: stockLocationFields,
  stock_level: stockLevelFields,
  customer: customerFields,
  order: orderFields,
};

/** Most digits before and after the point that a column holds; inside a list or an object there is more room. */
const maxWhole = 13;
const maxFraction: Readonly<Record<string, number>> = { taxRate: 4 };
const maxNestedFraction = 12;
const largestInteger = 2 ** 31 - 1;

const unfit = Symbol('unfit');
type Normal = Json | undefined | typeof unfit;

/** Where a value stands: the path is put into words only when something is wrong there. */
interface Place {
  readonly name: string | number;
  readonly within: Place | undefined;
  /** What is wrong further inside. */
  readonly problems: FieldProblem[];
}

const pathOf = ({ name, within }: Place): string => (within === undefined ? `${name}` : `${pathOf(within)}.${name}`);

export function normaliseFields(
  entity: CanonicalEntity,
  stated: Document,
  statedEmpty: readonly string[],
): NormalFields {
  const { document, cleared } = complete(entity, stated, statedEmpty);
  const fields: Record<string, Json> = {};
  const empty = new Set(cleared);
  const problems: FieldProblem[] = [];
  let cleaned = 0;
  for (const field of fieldsOf[entity]) {
    const given = document[field.name];
    if (given === undefined) continue;
    const value = normaliseValue(field, given, { name: field.name, within: undefined, problems });
    if (value === unfit) problems.push({ path: field.name, message: expectation(field), value: cleanJson(given) });
    else if (value === undefined) empty.add(field.name);
    else {
      if (field.type === 'text' && value !== given && !sameJson(value, given)) cleaned++;
      fields[field.name] = value;
    }
  }
  if (entity === 'variant') separateBarcodes(fields, empty);
  return { fields, cleared: [...empty], problems, cleaned };
}

/** A code that is no GTIN stays findable as a barcode; it must not become an identity. */
function separateBarcodes(fields: Record<string, Json>, empty: Set<string>): void {
  const gtin = fields['gtin'];
  if (typeof gtin !== 'string' || isGtin(gtin)) return;
  delete fields['gtin'];
  empty.add('gtin');
  const barcodes = (fields['barcodes'] as readonly string[] | undefined) ?? [];
  fields['barcodes'] = barcodes.includes(gtin) ? barcodes : [...barcodes, gtin];
}

function normaliseValue(field: Field, given: Json, place: Place): Normal {
  if (given === null) return undefined;
  if (!field.list) return normaliseOne(field, given, place);
  if (!Array.isArray(given)) return unfit;
  const items: Json[] = [];
  const list = given as readonly Json[];
  for (let index = 0; index < list.length; index++) {
    const value = normaliseOne(field, list[index] ?? null, { name: index, within: place, problems: place.problems });
    if (value === unfit) return unfit;
    if (value !== undefined) items.push(value);
  }
  return items;
}

function normaliseOne(field: Field, given: Json, place: Place): Normal {
  if (given === null) return undefined;
  switch (field.type) {
    case 'text':
    case 'reference':
      return normaliseTextOf(field, given);
    case 'decimal':
      return normaliseDecimalOf(field.name, given, place.within !== undefined);
    case 'integer':
      return typeof given === 'number' && Number.isInteger(given) && Math.abs(given) <= largestInteger ? given : unfit;
    case 'boolean':
      return typeof given === 'boolean' ? given : unfit;
    case 'instant':
      return normaliseInstant(given);
    case 'object':
      return normaliseObject(field, given, place);
  }
}

/** Member by member: unknown and empty ones are left out, and what is wrong is named by its own path. */
function normaliseObject(field: Field, given: Json, place: Place): Normal {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return unfit;
  if (field.fields === undefined) return cleanJson(given);
  const members: Record<string, Json> = {};
  let isEmpty = true;
  const { problems } = place;
  for (const member of field.fields) {
    const { name } = member;
    const inner = Object.hasOwn(given, name) ? ((given as Document)[name] ?? null) : null;
    if (inner === null && member.required !== true) continue;
    const at: Place = { name, within: place, problems };
    const value = normaliseValue(member, inner, at);
    if (value === unfit) problems.push({ path: pathOf(at), message: expectation(member), value: cleanJson(inner) });
    else if (value !== undefined) {
      members[name] = value;
      isEmpty = false;
    } else if (member.required === true) problems.push({ path: pathOf(at), message: `${name} is empty`, value: null });
  }
  return isEmpty ? undefined : members;
}

function normaliseTextOf(field: Field, given: Json): Normal {
  if (typeof given !== 'string') return unfit;
  const text = cleanText(given);
  if (text === '') return undefined;
  if (field.values !== undefined && !field.values.includes(text)) return unfit;
  // A GTIN that is too long is no GTIN; it is kept as a barcode.
  if (field.maxLength !== undefined && text.length > field.maxLength && field.name !== 'gtin') return unfit;
  return text;
}

function normaliseDecimalOf(name: string, given: Json, isNested: boolean): Normal {
  if (typeof given !== 'string') return unfit;
  if (given.trim() === '') return undefined;
  const text = normaliseDecimal(given);
  if (text === undefined) return unfit;
  const [whole = '', fraction = ''] = text.replace('-', '').split('.');
  const room = name === 'taxRate' && !isNested ? 3 : maxWhole;
  const fine = isNested ? maxNestedFraction : (maxFraction[name] ?? 6);
  return whole.length > room || fraction.length > fine ? unfit : text;
}

function normaliseInstant(given: Json): Normal {
  if (typeof given !== 'string') return unfit;
  const ms = Date.parse(given);
  return Number.isNaN(ms) || !/[zZ]|[+-]\d\d:?\d\d$/.test(given) ? unfit : new Date(ms).toISOString();
}

function expectation(field: Field): string {
  const what = field.list ? `a list of ${field.type}` : field.type;
  if (field.values !== undefined) return `${field.name} must be one of ${field.values.join(', ')}`;
  if (field.type === 'decimal') {
    return `${field.name} must be a decimal number in text with few enough digits to be kept exactly`;
  }
  if (field.maxLength !== undefined) return `${field.name} must be ${what} of at most ${field.maxLength} characters`;
  return `${field.name} must be ${what}`;
}
