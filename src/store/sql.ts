/**
 * Pieces of SQL that are put together from conditions. Values never become text: the tag turns each into a parameter, and
 * only other pieces and names from our own code are inserted as text.
 */
import type { Query } from './database.js';

export interface Sql {
  readonly parts: readonly string[];
  readonly values: readonly unknown[];
}

const isSql = (value: unknown): value is Sql =>
  typeof value === 'object' && value !== null && 'parts' in value && 'values' in value;

/** sql`p.sku = ${sku} and ${condition}` */
export function sql(strings: TemplateStringsArray, ...inserts: readonly unknown[]): Sql {
  const parts: string[] = [strings[0]!];
  const values: unknown[] = [];
  inserts.forEach((insert, i) => {
    const after = strings[i + 1]!;
    if (isSql(insert)) {
      parts[parts.length - 1] += insert.parts[0]!;
      // One by one: as arguments of one call, very many would not fit on the stack.
      for (let at = 1; at < insert.parts.length; at++) parts.push(insert.parts[at]!);
      for (const value of insert.values) values.push(value);
      parts[parts.length - 1] += after;
    } else {
      values.push(insert);
      parts.push(after);
    }
  });
  return { parts, values };
}

/** Text of our own code: column lists, sort keys. Never something that a client sent. */
export const raw = (text: string): Sql => ({ parts: [text], values: [] });

/** In time that grows with the pieces, not with their square. */
export function joined(pieces: readonly Sql[], between: string): Sql {
  const parts: string[] = [''];
  const values: unknown[] = [];
  pieces.forEach((piece, i) => {
    parts[parts.length - 1] += `${i === 0 ? '' : between}${piece.parts[0]!}`;
    for (let at = 1; at < piece.parts.length; at++) parts.push(piece.parts[at]!);
    for (const value of piece.values) values.push(value);
  });
  return { parts, values };
}

/** All conditions; none = true. */
export const allOf = (conditions: readonly Sql[]): Sql =>
  conditions.length === 0 ? raw('true') : sql`(${joined(conditions, ' and ')})`;

/** Any of the conditions; none = false. */
export const anyOf = (conditions: readonly Sql[]): Sql =>
  conditions.length === 0 ? raw('false') : sql`(${joined(conditions, ' or ')})`;

export function textOf(statement: Sql): string {
  return statement.parts.reduce((text, part, i) => (i === 0 ? part : `${text}$${i}${part}`), '');
}

/** Rows of one statement as records of the graph; the select list says which fields they have. */
export const selected = async <T>(query: Query, text: string, values: readonly unknown[] = []): Promise<T[]> =>
  (await query.query(text, values)) as unknown as T[];
