/** The columns of an entity as a select list, so that each field is declared only once, in schema/. */
import { getMetadataArgsStorage } from 'typeorm';

/** A class as the libraries know it: only its identity matters here. */
type EntityClass = abstract new (...args: never[]) => object;

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
      type: String(options.type),
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
