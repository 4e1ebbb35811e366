/** The columns of an entity as a select list, so that each field is declared only once, in schema/. */
import { getMetadataArgsStorage } from 'typeorm';

export interface EntityColumn {
  readonly property: string;
  readonly column: string;
  readonly type: string;
}

/** Every column of an entity class, inherited ones included. */
export function columnsOf(entity: Function): readonly EntityColumn[] {
  const line: Function[] = [];
  for (
    let at: Function | null = entity;
    at !== null && at !== Function.prototype;
    at = Object.getPrototypeOf(at) as Function
  ) {
    line.push(at);
  }
  return getMetadataArgsStorage()
    .columns.filter(({ target }) => line.includes(target as Function))
    .map(({ propertyName, options }) => ({
      property: propertyName,
      column: options.name!,
      type: String(options.type),
    }));
}

/** `p.on_hand as "onHand", …`; decimals come as text without trailing zeros. */
export function selectList(entity: Function, alias: string): string {
  return columnsOf(entity)
    .map(({ property, column, type }) => {
      const name = `${alias}.${column}`;
      return `${type === 'numeric' ? `trim_scale(${name})::text` : name} as "${property}"`;
    })
    .join(', ');
}
