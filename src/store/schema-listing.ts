/** The migrated tables as readable text: columns, constraints, indexes, comments. In: a database. Out: docs/schema.sql. */
import type { Query } from './database.js';
import { selected } from './sql.js';

interface TableRow {
  readonly name: string;
  readonly comment: string | null;
  readonly partitioned: string | null;
  readonly columns: readonly { readonly line: string; readonly comment: string | null; readonly name: string }[];
  readonly constraints: readonly string[] | null;
  readonly indexes: readonly string[] | null;
}

const tablesQuery = `select c.relname as name, obj_description(c.oid) as comment,
    case when c.relkind = 'p' then pg_get_partkeydef(c.oid) end as partitioned,
    (select json_agg(json_build_object('name', a.attname, 'comment', col_description(c.oid, a.attnum),
       'line', a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
         || case when a.attidentity <> '' then ' generated always as identity' else '' end
         || case when a.attnotnull then ' not null' else '' end
         || coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '')) order by a.attnum)
     from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
     where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
    (select json_agg(pg_get_constraintdef(k.oid) order by k.contype <> 'p', k.conname)
     from pg_constraint k where k.conrelid = c.oid and k.contype in ('p', 'u', 'f', 'c')) as constraints,
    (select json_agg(pg_get_indexdef(i.indexrelid) order by pg_get_indexdef(i.indexrelid))
     from pg_index i where i.indrelid = c.oid
       and not exists (select 1 from pg_constraint k where k.conindid = i.indexrelid and k.conrelid = c.oid)) as indexes
  from pg_class c
  where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
    and c.relname <> 'schema_migration'
  order by c.relname`;

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

function listing(table: TableRow): string {
  const body = [...table.columns.map(({ line }) => line), ...(table.constraints ?? [])];
  const ending = table.partitioned === null ? ';' : ` partition by ${table.partitioned};`;
  return [
    `create table ${table.name} (\n${body.map((line) => `  ${line}`).join(',\n')}\n)${ending}`,
    ...(table.comment === null ? [] : [`comment on table ${table.name} is ${quoted(table.comment)};`]),
    ...table.columns
      .filter(({ comment }) => comment !== null)
      .map(({ name, comment }) => `comment on column ${table.name}.${name} is ${quoted(comment!)};`),
    ...(table.indexes ?? []).map((index) => `${index.replace(/ ON (ONLY )?\w+\./, ' ON ')};`),
  ].join('\n');
}

export async function listTables(query: Query): Promise<string> {
  const tables = await selected<TableRow>(query, tablesQuery);
  const head = '-- What the migrations make, written by `npm run docs`; the migrations are what counts.';
  return `${[head, ...tables.map(listing)].join('\n\n')}\n`;
}
