/**
 * The vocabulary of documents: what a record looks like while it travels, and how a connector or the canonical model
 * describes its fields. Values are plain JSON. Decimals are strings (`"19.95"`), instants ISO 8601 text in UTC,
 * external numbers are text: nothing here ever passes through a binary float.
 */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** One record in somebody's words. */
export type Document = { readonly [field: string]: Json };

/** `decimal`, `integer` and `instant` say how the JSON value is written: decimals and instants as text, integers as number. */
export type FieldType = 'text' | 'decimal' | 'integer' | 'boolean' | 'instant' | 'object' | 'reference';

/**
 * One field that a rule can read or write. `list` marks repeated values; a list of `object` has `fields`.
 * A `reference` names another record: `entity` says which canonical entity, `use` whether the system is given that
 * record's external id (default) or its natural key (`sku`). On the way in, a reference whose value starts with `key:` names
 * the record by its natural key in that system; on the way out, one that starts with `=` is the target's own id, said as it is.
 */
export interface Field {
  readonly name: string;
  readonly type: FieldType;
  readonly label?: string;
  readonly list?: boolean;
  readonly required?: boolean;
  readonly maxLength?: number;
  readonly values?: readonly string[];
  /** False when the system ignores or refuses the field in that operation; both default to true. */
  readonly onCreate?: boolean;
  readonly onUpdate?: boolean;
  /** Calculated by the connector from the record; cannot be written. */
  readonly computed?: boolean;
  readonly fields?: readonly Field[];
  readonly entity?: string;
  readonly use?: 'id' | 'key';
  /** The `values` stand in the order in which the field goes through them; a target that is further on is left there. */
  readonly advances?: boolean;
  /** For lists: they are the hub's as a whole, so an item that nobody asked for is a difference. */
  readonly whole?: boolean;
  /** For lists of objects: items with the same value of this field are one item, and `sum` fields are added up. */
  readonly mergeBy?: string;
  readonly sum?: readonly string[];
}

/** All fields of one kind of record of a system (or of one canonical entity). */
export interface RecordCatalogue {
  readonly record: string;
  readonly fields: readonly Field[];
}
