/**
 * Keeps the planner's statistics young while tables grow from nothing. Plans that were made for empty tables read whole
 * tables for each record, and the server itself looks only once a minute: by then a first load has lost most of it. In: how
 * much has changed since each table was last analysed. Out: tables analysed anew each time they have tripled.
 */
import type { Database } from './database.js';

/**
 * Of how much a table is judged, a third of what the server itself looks at once a table has its size: that would keep a processor for
 * half a second while changes are on their way.
 */
const target = 30;

/** Analyses what has outgrown its statistics; returns the names. Passes over tables that are being vacuumed. */
export async function refreshStatistics(database: Database): Promise<readonly string[]> {
  const rows = await database.query<{ name: string }>(
    `select c.oid::regclass::text as name
     from pg_class c
     join pg_stat_user_tables s on s.relid = c.oid
     where c.relkind = 'r' and s.schemaname = current_schema() and pg_has_role(c.relowner, 'usage')
       and s.n_mod_since_analyze > 500 + 2 * greatest(c.reltuples, 0)
     order by 1`,
    [],
    'statistics-outgrown',
  );
  for (const { name } of rows) {
    await database.tx(async (tx) => {
      await tx.query(`set local default_statistics_target = ${target}`);
      await tx.query(`analyze (skip_locked) ${name}`);
    });
  }
  return rows.map(({ name }) => name);
}
