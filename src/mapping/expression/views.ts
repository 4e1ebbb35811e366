/**
 * Documents as expressions see them: one class per kind of record or item, whose members give the values of its fields in
 * the types of the language (decimals exact, whole numbers as such, instants as timestamps). A member that is absent or
 * empty is absent, except for lists, which are then empty; one that does not fit its field fails.
 */
import type { Environment } from '@marcbachmann/cel-js';
import { isObject, type Document, type Field, type Json } from '../../base/document.js';
import type { RecordProblem } from '../mapping.js';
import { isEmpty } from '../paths.js';
import { makeCoercer, type Coercer } from '../values.js';
import { charge, chargeValue } from './budget.js';
import { toDecimal } from './decimal.js';
import { ExpressionFailure } from './failure.js';

const raw = Symbol('document');

export class View {
  readonly [raw]: Document;
  constructor(document: Document) {
    this[raw] = document;
  }
}

/** The document of a view. */
export const documentOf = (view: View): Document => view[raw];

type Wrap = (value: Json) => unknown;
/** A kind of record: what the language calls it, and how its values are made. */
export interface ViewType {
  readonly name: string;
  readonly wrap: Wrap;
}

/** The type of a value of a field in the language; of a list, that of its items. */
export interface ValueType {
  readonly name: string;
  readonly wrap: Wrap;
}

const plain: Readonly<Record<Exclude<Field['type'], 'object'>, ValueType>> = {
  text: { name: 'string', wrap: (value) => value },
  reference: { name: 'string', wrap: (value) => value },
  decimal: { name: 'decimal', wrap: (value) => toDecimal(value as string) },
  integer: { name: 'int', wrap: (value) => BigInt(value as number) },
  boolean: { name: 'bool', wrap: (value) => value },
  instant: { name: 'google.protobuf.Timestamp', wrap: (value) => new Date(value as string) },
};
const open: ValueType = { name: 'dyn', wrap: (value) => value };

/** Registers the types of a catalogue's fields, and says what each list of objects holds. */
export function registerViews(
  env: Environment,
  fields: readonly Field[],
  byFields: Map<readonly Field[], ViewType>,
): ViewType {
  return registerView(env, 'Record', fields, byFields);
}

function registerView(
  env: Environment,
  name: string,
  fields: readonly Field[],
  byFields: Map<readonly Field[], ViewType>,
): ViewType {
  const Class = class extends View {};
  const types: Record<string, string> = {};
  for (const field of fields) {
    if (field.name in Object.prototype) continue;
    const type = typeOfField(env, `${name}_${field.name}`, field, byFields);
    types[field.name] = field.list === true ? `list<${type.name}>` : type.name;
    const read = makeRead(field, type);
    Object.defineProperty(Class.prototype, field.name, {
      get(this: View) {
        return read(this[raw]);
      },
    });
  }
  env.registerType(name, { ctor: Class, fields: types });
  const view: ViewType = { name, wrap: (value) => new Class(isObject(value) ? value : {}) };
  byFields.set(fields, view);
  return view;
}

function typeOfField(
  env: Environment,
  name: string,
  field: Field,
  byFields: Map<readonly Field[], ViewType>,
): ValueType {
  if (field.type !== 'object') return plain[field.type];
  return field.fields === undefined ? open : registerView(env, name, field.fields, byFields);
}

/** How an item of a list is seen, when the list holds plain values. */
export const plainType = (field: Field): ValueType => (field.type === 'object' ? open : plain[field.type]);

/** Wraps a value that was read as a plain item of a list. */
export function wrapItem(field: Field, value: Json): unknown {
  return plainType(field).wrap(fitting(field, makeCoercer({ ...field, list: false }), value));
}

function makeRead(field: Field, type: ValueType): (document: Document) => unknown {
  const { name } = field;
  const isView = field.type === 'object' && field.fields !== undefined;
  const coerce = isView ? undefined : makeCoercer({ ...field, list: false, required: false });
  const isText = (field.type === 'text' || field.type === 'reference') && field.values === undefined;
  const one = (value: Json): unknown => {
    if (typeof value === 'string') {
      chargeValue(value);
      if (isText && field.maxLength === undefined) return value;
    }
    if (coerce !== undefined) return type.wrap(fitting(field, coerce, value));
    if (!isObject(value)) throw misfit(field, value);
    return type.wrap(value);
  };
  const own = (document: Document): Json | undefined => (Object.hasOwn(document, name) ? document[name] : undefined);
  if (field.list !== true) {
    return (document) => {
      const value = own(document);
      return value === undefined || isEmpty(value) ? undefined : one(value);
    };
  }
  return (document) => {
    const value = own(document);
    if (value === undefined || isEmpty(value)) return [];
    const items = (Array.isArray(value) ? value : [value]) as readonly Json[];
    chargeValue(items);
    return items.filter((item) => !isEmpty(item)).map(one);
  };
}

function fitting(field: Field, coerce: Coercer, value: Json): Json {
  const problems: RecordProblem[] = [];
  const result = coerce(value, field.name, problems);
  const [problem] = problems;
  if (problem !== undefined) throw new ExpressionFailure(problem.message, problem);
  if (result === undefined) throw misfit(field, value);
  charge(1);
  return result;
}

const misfit = (field: Field, value: Json): ExpressionFailure =>
  new ExpressionFailure(`${field.name} should be ${field.type}, but is ${typeof value}`);
