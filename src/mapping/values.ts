/**
 * Makes a value fit the field it is for, or says why it does not. In: any JSON value and a field of the receiving
 * catalogue. Out: the value as that field holds it (decimals in normal form, text within its length). Nothing is ever cut
 * or guessed; what does not fit is a problem of that record.
 */
import Big from 'big.js';
import { cutText } from '../base/cut-text.js';
import type { Document, Field, Json } from '../base/document.js';
import { normaliseDecimal } from '../base/decimal.js';
import type { RecordProblem } from './mapping.js';
import { isEmpty } from './paths.js';

/** Collects problems; gives undefined for a value that is empty or does not fit. */
export type Coercer = (value: Json, path: string, problems: RecordProblem[]) => Json | undefined;

/** Text that no database can hold: NUL and halves of characters. It passes, because ingest cleans it; problems leave it out. */
// eslint-disable-next-line no-control-regex -- NUL is what is looked for.
const unstorable = /[\u0000\ud800-\udfff]/u;
const instantText = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(:\d{2}(?:\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?)?$/;
/** An instant that is written as documents hold it, and of which nothing needs to be computed. */
const settledInstant = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;
/** Deepest nesting taken over into a field whose inside the catalogue does not describe. */
const deepest = 32;

/** The coercer of a field; `list` fields take a list, or one value as a list of one. */
export function makeCoercer(field: Field): Coercer {
  const one = makeItemCoercer(field);
  if (field.list !== true) return one;
  return (value, path, problems) => {
    if (!Array.isArray(value)) {
      const item = one(value, path, problems);
      return item === undefined ? undefined : [item];
    }
    const items: Json[] = [];
    (value as readonly Json[]).forEach((each, index) => {
      const item = isEmpty(each) ? undefined : one(each, `${path}.${index}`, problems);
      if (item !== undefined) items.push(item);
    });
    return field.mergeBy === undefined ? items : mergeItems(items, field);
  };
}

function makeItemCoercer(field: Field): Coercer {
  switch (field.type) {
    case 'text':
    case 'reference':
      return limited(field, toText);
    case 'decimal':
      return limited(field, toDecimal);
    case 'integer':
      return limited(field, toInteger);
    case 'boolean':
      return toBoolean;
    case 'instant':
      return toInstant;
    case 'object':
      return field.fields === undefined ? toOpenObject : makeObjectCoercer(field.fields);
  }
}

function wrongType(value: Json, path: string, problems: RecordProblem[], expected: string): undefined {
  problems.push({
    code: 'WRONG_TYPE',
    path,
    message: `${path} should be ${expected}, but is ${show(value)}`,
    ...kept(value),
  });
  return undefined;
}

/** A value in a sentence: short, on one line. */
export function show(value: Json): string {
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'a list' : 'a group of fields';
  const text = JSON.stringify(value);
  return text.length > 60 ? `${cutText(text, 57)}…"` : text;
}

/** The value of a problem, when it is small and can be stored. */
export function kept(value: Json): { value?: Json } {
  if (typeof value === 'object' && value !== null) return {};
  return typeof value === 'string' && (value.length > 4_000 || unstorable.test(value)) ? {} : { value };
}

const toText: Coercer = (value, path, problems) => {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return normaliseDecimal(String(value)) ?? String(value);
  return wrongType(value, path, problems, 'text');
};

const toDecimal: Coercer = (value, path, problems) => {
  const decimal = typeof value === 'string' || typeof value === 'number' ? normaliseDecimal(String(value)) : undefined;
  return decimal ?? wrongType(value, path, problems, 'a decimal number');
};

const toInteger: Coercer = (value, path, problems) => {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value === 0 ? 0 : value;
  const decimal = typeof value === 'string' ? normaliseDecimal(value) : undefined;
  const number = decimal === undefined ? NaN : Number(decimal);
  return Number.isSafeInteger(number) ? number : wrongType(value, path, problems, 'a whole number');
};

const toBoolean: Coercer = (value, path, problems) => {
  if (typeof value === 'boolean') return value;
  if (value === 1 || value === '1' || value === 'true') return true;
  if (value === 0 || value === '0' || value === 'false') return false;
  return wrongType(value, path, problems, 'true or false');
};

const toInstant: Coercer = (value, path, problems) => {
  if (typeof value === 'string' && settledInstant.test(value)) return value;
  const parts = typeof value === 'string' ? instantText.exec(value) : null;
  if (parts === null) return wrongType(value, path, problems, 'a moment (ISO 8601)');
  const [, day = '', minutes = '00:00', seconds = ':00', zone = 'Z'] = parts;
  const at = Date.parse(`${day}T${minutes}${seconds.slice(0, 7)}${zone}`);
  if (Number.isNaN(at)) return wrongType(value, path, problems, 'a moment (ISO 8601)');
  const text = new Date(at).toISOString();
  const beyondMs = seconds.slice(7);
  return beyondMs === '' ? text : `${text.slice(0, -1)}${beyondMs}Z`;
};

const toOpenObject: Coercer = (value, path, problems) => {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return wrongType(value, path, problems, 'a group of fields');
  if (isWithin(value, 0)) return value;
  problems.push({ code: 'NOT_ALLOWED', path, message: `${path} is nested more than ${deepest} levels deep` });
  return undefined;
};

function isWithin(value: Json, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return depth <= deepest && Object.values(value).every((inner) => isWithin(inner as Json, depth + 1));
}

function makeObjectCoercer(fields: readonly Field[]): Coercer {
  const members = fields.map((field) => ({
    name: field.name,
    isRequired: field.required === true,
    coerce: makeCoercer(field),
  }));
  return (value, path, problems) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      return wrongType(value, path, problems, 'a group of fields');
    const out: Record<string, Json> = {};
    for (const member of members) {
      const inner = Object.hasOwn(value, member.name) ? (value as Document)[member.name] : undefined;
      const at = `${path}.${member.name}`;
      const result = inner === undefined || isEmpty(inner) ? undefined : member.coerce(inner, at, problems);
      if (result !== undefined) out[member.name] = result;
      else if (member.isRequired && isEmpty(inner))
        problems.push({ code: 'MISSING_VALUE', path: at, message: `${at} is required, but empty` });
    }
    return out;
  };
}

/** Adds the checks of length and allowed values, only where the field has them. */
function limited(field: Field, coerce: Coercer): Coercer {
  const { maxLength, values } = field;
  if (maxLength === undefined && values === undefined) return coerce;
  const allowed = values === undefined ? undefined : new Set<Json>(values);
  return (value, path, problems) => {
    const result = coerce(value, path, problems);
    if (result === undefined) return undefined;
    if (
      maxLength !== undefined &&
      typeof result === 'string' &&
      result.length > maxLength &&
      [...result].length > maxLength
    ) {
      problems.push({
        code: 'TOO_LONG',
        path,
        message: `${path} has ${[...result].length} characters; at most ${maxLength} fit`,
        ...kept(result),
      });
      return undefined;
    }
    if (allowed !== undefined && !allowed.has(result)) {
      problems.push({
        code: 'NOT_ALLOWED',
        path,
        message: `${path} is ${show(result)}; allowed are ${(values ?? []).join(', ')}`,
        ...kept(result),
      });
      return undefined;
    }
    return result;
  };
}

/** Items with the same `mergeBy` value become one; `sum` fields are added up exactly, the first item gives the rest. */
export function mergeItems(items: readonly Json[], field: Field): readonly Json[] {
  const { mergeBy } = field;
  if (mergeBy === undefined || items.length < 2) return items;
  const byKey = new Map<Json, Record<string, Json>>();
  const merged: Json[] = [];
  for (const item of items as readonly Document[]) {
    const key = item[mergeBy];
    const first = key === undefined || key === null ? undefined : byKey.get(key);
    if (first !== undefined) {
      for (const name of field.sum ?? []) first[name] = add(first[name], item[name]);
      continue;
    }
    const copy = { ...item };
    if (key !== undefined && key !== null) byKey.set(key, copy);
    merged.push(copy);
  }
  return merged;
}

function add(a: Json | undefined, b: Json | undefined): Json {
  const left = a === undefined || a === null ? undefined : normaliseDecimal(String(a));
  const right = b === undefined || b === null ? undefined : normaliseDecimal(String(b));
  if (left === undefined || right === undefined) return (left === undefined ? b : a) ?? null;
  const sum = new Big(left).plus(right).toFixed();
  return typeof a === 'number' ? Number(sum) : (normaliseDecimal(sum) ?? sum);
}
