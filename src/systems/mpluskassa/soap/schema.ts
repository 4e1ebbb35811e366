/**
 * Turns the written tables into what the codec walks over. In: strings such as `articleNumber:long? lineList:LineList?`.
 * Out: fields with resolved types.
 *
 * Notation: `name:type` exactly one, `?` optional, `*` repeated. Types are a scalar (`str int long short uint bool dec date
 * dateTime base64`), `MDate` and `MDateTime` (the vendor's structures), an enumeration, or another type by its name.
 * A type whose only field is repeated is a list wrapper.
 */
import { enums } from './enums.js';
import { operationTable, type OperationName } from './operations.js';
import { invoicesTypes } from './types-invoices.js';
import { mastersTypes } from './types-masters.js';
import { ordersTypes } from './types-orders.js';
import { productsTypes } from './types-products.js';
import { relationsTypes } from './types-relations.js';
import { stockTypes } from './types-stock.js';

export type ScalarType =
  'str' | 'int' | 'long' | 'short' | 'uint' | 'bool' | 'dec' | 'date' | 'dateTime' | 'base64' | 'MDate' | 'MDateTime';

export type FieldKind =
  | { readonly is: 'scalar'; readonly type: ScalarType }
  | { readonly is: 'enum'; readonly name: string; readonly values: ReadonlySet<string> }
  | { readonly is: 'object'; readonly type: ObjectType }
  /** A wrapper element around repeated items; a plain list in documents. */
  | { readonly is: 'list'; readonly item: SchemaField };

export interface SchemaField {
  readonly name: string;
  /** `1` exactly one, `?` optional, `*` repeated without a wrapper. */
  readonly occurs: '1' | '?' | '*';
  readonly kind: FieldKind;
  /** Field of the same object that says how many decimal places this scaled number has. */
  readonly companion?: string;
}

export interface ObjectType {
  readonly name: string;
  readonly fields: readonly SchemaField[];
  readonly byName: ReadonlyMap<string, SchemaField>;
}

export interface Operation {
  readonly name: OperationName;
  readonly request: ObjectType;
  readonly responseElement: string;
  readonly response: ObjectType;
}

const typeTable: Readonly<Record<string, string>> = {
  ...mastersTypes,
  ...productsTypes,
  ...stockTypes,
  ...relationsTypes,
  ...ordersTypes,
  ...invoicesTypes,
};
const scalars = new Set<string>([
  'str', 'int', 'long', 'short', 'uint', 'bool', 'dec', 'date', 'dateTime', 'base64', 'MDate', 'MDateTime',
]); // prettier-ignore

const enumKinds = new Map<string, FieldKind>(
  Object.entries(enums).map(([name, text]) => {
    const words = text.trim().split(/\s+/);
    const prefix = words[0]?.endsWith(':') ? words.shift()!.slice(0, -1) : '';
    return [name, { is: 'enum', name, values: new Set(words.map((word) => prefix + word)) }];
  }),
);
/** Filled in two steps, because types refer to each other and to themselves. */
const objectTypes = new Map<string, ObjectType>();

function objectType(name: string): ObjectType {
  const known = objectTypes.get(name);
  if (known !== undefined) return known;
  const text = typeTable[name];
  if (text === undefined) throw new Error(`the type ${name} is not in the tables`);
  const fields: SchemaField[] = [];
  const byName = new Map<string, SchemaField>();
  const type: ObjectType = { name, fields, byName };
  objectTypes.set(name, type);
  for (const field of parseFields(text)) {
    fields.push(field);
    byName.set(field.name, field);
  }
  return type;
}

function parseFields(text: string): SchemaField[] {
  const words = text.trim().split(/\s+/).filter(Boolean);
  const names = new Set(words.map((word) => word.slice(0, word.indexOf(':'))));
  return words.map((word) => {
    const match = /^(\w+):(\w+)([?*]?)$/.exec(word);
    if (match === null) throw new Error(`the field "${word}" is not in the notation`);
    const [, name = '', type = '', mark = ''] = match;
    const companion = type === 'long' ? companionOf(name, names) : undefined;
    const occurs = mark === '' ? '1' : (mark as '?' | '*');
    return { name, occurs, kind: kindOf(type), ...(companion === undefined ? {} : { companion }) };
  });
}

function kindOf(type: string): FieldKind {
  if (scalars.has(type)) return { is: 'scalar', type: type as ScalarType };
  const enumKind = enumKinds.get(type);
  if (enumKind !== undefined) return enumKind;
  const object = objectType(type);
  // A wrapper is found by its text: its own fields may not be filled yet when types refer to each other in a circle.
  const wrapped = /^(\w+):(\w+)\*$/.exec((typeTable[type] ?? '').trim());
  if (wrapped === null) return { is: 'object', type: object };
  return { is: 'list', item: { name: wrapped[1]!, occurs: '*', kind: kindOf(wrapped[2]!) } };
}

/** The companions' names follow no single rule; these patterns cover all of them (a test compares them with the tables). */
function companionOf(name: string, siblings: ReadonlySet<string>): string | undefined {
  const candidates = [
    `${name}DecimalPlaces`,
    name.replace(/Quantity(Value)?$/, (_, value?: string) =>
      value === undefined ? 'DecimalPlaces' : 'QuantityDecimalPlaces',
    ),
    name.replace(/^amount(?=Free$|Reserved$|Incoming$)/, 'decimalPlaces'),
    name.replace(/^quantity(?=Old$|New$)/, 'decimalPlaces'),
    ...(['quantity', 'amount', 'amountChanged', 'intValue'].includes(name) ? ['decimalPlaces'] : []),
  ];
  return candidates.find((candidate) => candidate !== name && siblings.has(candidate));
}

function parseOperation(name: OperationName): Operation {
  const [request = '', answer = ''] = operationTable[name].split('=>');
  const [responseElement = '', ...fields] = answer.trim().split(/\s+/);
  return { name, request: inline(request), responseElement, response: inline(fields.join(' ')) };
}

function inline(text: string): ObjectType {
  const fields = parseFields(text);
  return { name: '', fields, byName: new Map(fields.map((field) => [field.name, field])) };
}

/** Every call that is spoken, by name. */
export const operations: Readonly<Record<OperationName, Operation>> = Object.fromEntries(
  (Object.keys(operationTable) as OperationName[]).map((name) => [name, parseOperation(name)]),
) as Record<OperationName, Operation>;
