/** The columns of an entity as a select list, so that each field is declared only once, in schema/. */
import { getMetadataArgsStorage } from 'typeorm/globals.js';

/** A class as the libraries know it: only its identity matters here. */
export type EntityClass = abstract new (...args: never[]) => object;

export interface EntityColumn {
  readonly property: string;
  readonly column: string;
  readonly type: string;
}

/** Every column of an entity class, inherited ones included. */
export function columnsOf(entity: EntityClass): readonly EntityColumn[] {
  const line: unknown[] = [];
  for (let at: unknown = entity; typeof at === 'function' && at !== Object; at = Object.getPrototypeOf(at))
    line.push(at);
  return getMetadataArgsStorage()
    .columns.filter(({ target }) => line.includes(target))
    .map(({ propertyName, options }) => ({
      property: propertyName,
      column: options.name!,
      type: `${String(options.type)}${options.array === true ? '[]' : ''}`,
    }));
}

/** `p.on_hand as "onHand", …`; decimals come as text without trailing zeros. */
export function selectList(of: EntityClass | readonly EntityColumn[], alias: string): string {
  return (Array.isArray(of) ? (of as readonly EntityColumn[]) : columnsOf(of as EntityClass))
    .map(({ property, column, type }) => {
      const name = `${alias}.${column}`;
      return `${type === 'numeric' ? `trim_scale(${name})::text` : name} as "${property}"`;
    })
    .join(', ');
}

/** What a type of column looks like as text, and how its value is made of that; text itself where nothing is said. */
const texts: Readonly<
  Record<string, { readonly sql?: (name: string) => string; readonly read?: (text: string) => unknown }>
> = {
  text: { sql: (name) => name },
  'text[]': { sql: (name) => `to_json(${name})::text`, read: JSON.parse },
  jsonb: { read: JSON.parse },
  numeric: { sql: (name) => `trim_scale(${name})::text` },
  integer: { read: Number },
  boolean: { read: (text) => text === 'true' },
  timestamptz: { sql: (name) => `to_json(${name})#>>'{}'`, read: (text) => new Date(text) },
};

/** A row as an array of texts, as it is read together with another one: JSON with names costs both sides more. */
export interface TextRow {
  /** Expressions, all of them text. */
  readonly select: readonly string[];
  /** The row that `selectList` would have given. Texts after those of the columns are not looked at. */
  read(found: readonly (string | null)[]): Record<string, unknown>;
}

export function textRow(columns: readonly EntityColumn[], alias: string): TextRow {
  const names = columns.map(({ property }) => property);
  const reads = columns.map(({ type }) => texts[type]?.read);
  const empty: Record<string, unknown> = Object.fromEntries(names.map((name) => [name, null]));
  return {
    select: columns.map(({ column, type }) => (texts[type]?.sql ?? ((name) => `${name}::text`))(`${alias}.${column}`)),
    read(found) {
      const row = { ...empty };
      for (let i = 0; i < names.length; i++) {
        const text = found[i] ?? null;
        const read = reads[i];
        row[names[i]!] = text === null || read === undefined ? text : read(text);
      }
      return row;
    },
  };
}
