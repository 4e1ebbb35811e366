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
  /** The `values` stand in the order in which the field goes through them; a target that is further on is left there. Of a list: a write only adds to it. */
  readonly advances?: boolean;
  /** What it means to a shop, so that changes of many records at once that would hurt are noticed before they are sent. */
  readonly watched?: 'price' | 'stock' | 'inUse';
  /** For lists: they are the hub's as a whole, so an item that nobody asked for is a difference. */
  readonly whole?: boolean;
  /** For lists of objects: items with the same value of this field are one item, and `sum` fields are added up. */
  readonly mergeBy?: string;
  readonly sum?: readonly string[];
  /**
   * For lists whose items a path can name: `characteristics.material` is the value of the item `{ code, value }` with that
   * code; in a list of plain values it says whether that one is among them. The items that are known, or `any`. Values of
   * items travel as text; their type says what is in it.
   */
  readonly byCode?: 'any' | readonly Field[];
  /** For lists of objects in which people in a system have items beside the hub's: the field that tells items apart; of lists by code it is the code. */
  readonly itemKey?: string;
}

/** All fields of one kind of record of a system (or of one canonical entity). */
export interface RecordCatalogue {
  readonly record: string;
  readonly fields: readonly Field[];
}

/** A field that people added in a system: an item, known by its code, of a list that the catalogue has. */
export interface DiscoveredField {
  /** Kind of record in the connector's catalogue. */
  readonly record: string;
  /** From the record down, as rules write it; what follows the list is the code, whatever is in it. */
  readonly path: string;
  readonly type: FieldType;
  readonly label: string;
  /** It holds several values. */
  readonly list?: boolean;
}

/** Neither a list nor a plain value. */
export const isObject = (value: Json | undefined): value is Document =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
