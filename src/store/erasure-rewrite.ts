/**
 * Rows that are read, changed outside the database, and written back in the same transaction: what an erasure takes out of them
 * depends on words of systems, which no statement knows. In: which rows of which table. Out: how many were changed.
 */
import type { Row, Tx } from './database.js';

export interface Rewritten {
  /** A table of the hub; never a text from outside. */
  readonly table: string;
  /** The columns that may be written back. */
  readonly columns: Readonly<Record<string, 'text' | 'jsonb'>>;
  /** More columns that are read. */
  readonly read?: readonly string[];
  readonly where: string;
  readonly values: readonly unknown[];
}

/** `change` gives the columns as they should be, or null when the row is to stay. */
export async function rewriteRows<R extends Row>(
  tx: Tx,
  { table, columns, read = [], where, values }: Rewritten,
  change: (row: R) => Row | null,
): Promise<number> {
  const names = Object.keys(columns);
  const rows = await tx.query<R & { place_: string; table_: string }>(
    `select ctid::text as place_, tableoid::text as table_, ${[...names, ...read].join(', ')} from ${table} where ${where} for update`,
    values,
  );
  const changed = rows.flatMap((row) => {
    const after = change(row);
    if (after === null) return [];
    const kept = Object.fromEntries(names.map((name) => [name, after[name] ?? null]));
    if (names.every((name) => JSON.stringify(kept[name]) === JSON.stringify(row[name] ?? null))) return [];
    return [{ place_: row.place_, table_: row.table_, ...kept }];
  });
  if (changed.length === 0) return 0;
  const typed = names.map((name) => `${name} ${columns[name]}`).join(', ');
  const set = names.map((name) => `${name} = v.${name}`).join(', ');
  await tx.query(
    `update ${table} t set ${set} from json_to_recordset($1::json) as v(place_ text, table_ text, ${typed})
     where t.ctid = v.place_::tid and t.tableoid = v.table_::oid`,
    [JSON.stringify(changed)],
  );
  return changed.length;
}
