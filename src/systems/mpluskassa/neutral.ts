/**
 * The vendor's structures as record documents: the same fields and words, but amounts and quantities as decimal text, ids
 * as text, custom fields as code and value. Driven by the codec's tables, so that documents and catalogue cannot disagree.
 */
import Big from 'big.js';
import type { Document, Field, Json } from '../../base/document.js';
import { ValueError } from './soap/values.js';
import type { FieldKind, ObjectType, SchemaField } from './soap/schema.js';

type Meaning = 'plain' | 'money' | 'scaled' | 'percentage' | 'id';

/**
 * Left out of documents: markers are the version, times of change say nothing, pictures are not exchanged. Structures
 * inside another one of their own type (lines below a line, relations below a relation) are left out as well.
 */
const omitted = new Set([
  'syncMarker',
  'changeTimestamp',
  'imageData',
  'thumbData',
  'imageDataResult',
  'thumbDataResult',
]);

/** Whole cents; quantities of the same names have a companion that says their scale. */
const moneyNames = /(?:^p|P)rice(?:Incl|Excl)?$|(?:^a|A)mount(?:Excl)?$|^(?:balance|creditLimit)$/;

function meaningOf(field: SchemaField): Meaning {
  if (field.companion !== undefined) return 'scaled';
  if (field.kind.is !== 'scalar') return 'plain';
  const { type } = field.kind;
  if ((type === 'int' || type === 'long') && /Percentage/.test(field.name)) return 'percentage';
  if (type === 'long' && moneyNames.test(field.name)) return 'money';
  if (type === 'long') return 'id';
  if (type !== 'int') return 'plain';
  if (/SequenceNumber$/.test(field.name)) return 'plain';
  return /(?:Numbers?|Ids?|Code|Group|category)$/.test(field.name) || /^vatCode/.test(field.name) ? 'id' : 'plain';
}

interface PlannedField {
  readonly field: SchemaField;
  readonly meaning: Meaning;
}
const plans = new Map<ObjectType, readonly PlannedField[]>();

const objectOf = (kind: FieldKind): ObjectType | undefined =>
  kind.is === 'object' ? kind.type : kind.is === 'list' ? objectOf(kind.item.kind) : undefined;

function planOf(type: ObjectType): readonly PlannedField[] {
  let plan = plans.get(type);
  if (plan === undefined) {
    const companions = new Set(type.fields.map((field) => field.companion));
    plan = type.fields
      .filter((field) => !omitted.has(field.name) && !companions.has(field.name) && objectOf(field.kind) !== type)
      .map((field) => ({ field, meaning: meaningOf(field) }));
    plans.set(type, plan);
  }
  return plan;
}

/** A decoded structure as a document. Its values must have been readable; throws ValueError for an impossible scale. */
export function neutralDocument(source: Document, type: ObjectType, without: ReadonlySet<string> = none): Document {
  const document: Record<string, Json> = {};
  for (const { field, meaning } of planOf(type)) {
    const value = source[field.name];
    if (value === undefined || value === null || without.has(field.name)) continue;
    if (field.occurs === '*') {
      document[field.name] = (value as readonly Json[]).map((item) => neutralValue(item, field.kind, meaning, 0));
    } else {
      const places = field.companion === undefined ? 0 : ((source[field.companion] as number | undefined) ?? 0);
      document[field.name] = neutralValue(value, field.kind, meaning, places);
    }
  }
  return document;
}

const none: ReadonlySet<string> = new Set();

function neutralValue(value: Json, kind: FieldKind, meaning: Meaning, places: number): Json {
  switch (kind.is) {
    case 'object':
      if (kind.type.name === 'CustomField') return customField(value as Document);
      return neutralDocument(value as Document, kind.type);
    case 'list': {
      const { item } = kind;
      const items = (value as readonly Json[]).map((each) => neutralValue(each, item.kind, meaningOf(item), 0));
      // A custom field without a value says nothing.
      return items.filter((each) => each !== null);
    }
    case 'enum':
      return value;
    case 'scalar':
      return neutralScalar(value, meaning, places);
  }
}

function neutralScalar(value: Json, meaning: Meaning, places: number): Json {
  switch (meaning) {
    case 'plain':
      return value;
    case 'id':
      return String(value);
    case 'money':
      return scaled(value, 2).toFixed(2);
    case 'scaled':
      return scaled(value, places).toFixed();
    case 'percentage':
      return percentage(value);
  }
}

function scaled(value: Json, places: number): Big {
  if (places < 0 || places > 18) throw new ValueError(`${places} decimal places are not possible`);
  return new Big(String(value)).times(new Big(10).pow(-places));
}

/** The unit is not documented: whole percents and hundredths both occur, and no percentage of a shop is above 100. */
function percentage(value: Json): string {
  const number = new Big(String(value));
  return (number.gt(100) ? number.div(100) : number).toFixed();
}

/** `{ code, value }` with the value of the data type as text; null when it has none. */
function customField(source: Document): Json {
  const value = customValue(source);
  const code = source['fieldName'];
  return typeof code !== 'string' || code === '' || value === undefined || value === '' ? null : { code, value };
}

function customValue(source: Document): string | undefined {
  const places = (source['decimalPlaces'] as number | undefined) ?? 0;
  const number = source['intValue'];
  const values: Readonly<Record<string, string | undefined>> = {
    STRING: text(source['strValue']),
    INT: text(number),
    DECIMAL: number === undefined || number === null ? undefined : scaled(number, places).toFixed(),
    BOOL: text(source['boolValue']),
    DATE: text(source['dateValue']),
    DATETIME: text(source['dateTimeValue']),
    MULTISELECTINT: ((source['multiSelectInt'] as readonly number[] | undefined) ?? []).join(',') || undefined,
  };
  const type = String(source['dataType'] ?? '').replace('DATA-TYPE-', '');
  if (type in values) return values[type];
  return Object.values(values).find((value) => value !== undefined && value !== '');
}

const text = (value: Json | undefined): string | undefined =>
  value === undefined || value === null ? undefined : String(value);

/** The fields of such documents for the catalogue. */
export function neutralFields(
  type: ObjectType,
  labels: Readonly<Record<string, string>>,
  without: ReadonlySet<string> = none,
): readonly Field[] {
  if (type.name === 'CustomField') return codeAndValue;
  return planOf(type)
    .filter(({ field }) => !without.has(field.name))
    .map(({ field, meaning }) => {
      const label = labels[field.name];
      const list = field.occurs === '*' || field.kind.is === 'list';
      return {
        name: field.name,
        ...typeOf(field.kind, meaning, labels),
        ...(label === undefined ? {} : { label }),
        ...(list ? { list } : {}),
        ...(hasItemsByCode(field) ? { byCode: [] } : {}),
      };
    });
}

/** Lists whose items people define in the back office. */
const hasItemsByCode = ({ name, kind }: SchemaField): boolean =>
  objectOf(kind)?.name === 'CustomField' || name === 'categoryIds';

const codeAndValue: readonly Field[] = [
  { name: 'code', type: 'text', required: true },
  { name: 'value', type: 'text', required: true },
];

function typeOf(
  kind: FieldKind,
  meaning: Meaning,
  labels: Readonly<Record<string, string>>,
): Pick<Field, 'type' | 'fields' | 'values'> {
  switch (kind.is) {
    case 'object':
      return { type: 'object', fields: neutralFields(kind.type, labels) };
    case 'list':
      return typeOf(kind.item.kind, meaningOf(kind.item), labels);
    case 'enum':
      return { type: 'text', values: [...kind.values] };
    case 'scalar':
      if (meaning === 'money' || meaning === 'scaled' || meaning === 'percentage') return { type: 'decimal' };
      if (meaning === 'id') return { type: 'text' };
      return { type: scalarTypes[kind.type] };
  }
}

const scalarTypes = {
  str: 'text',
  base64: 'text',
  date: 'text',
  MDate: 'text',
  long: 'text',
  int: 'integer',
  short: 'integer',
  uint: 'integer',
  bool: 'boolean',
  dec: 'decimal',
  dateTime: 'instant',
  MDateTime: 'instant',
} as const;
