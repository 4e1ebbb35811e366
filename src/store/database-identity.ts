/**
 * Whether the database is where it was when the hub started last. A dump that is restored gets other numbers for its tables, a database
 * that moves another server, one that is recovered to a moment another timeline, files that are copied back another moment; a crash
 * changes none of them. What was noted last travels inside the database, so nothing has to be kept outside of it.
 */
import type { Query } from './database.js';

export interface DatabaseIdentity {
  /** Null where the server does not tell. */
  readonly server: string | null;
  readonly database: string;
  readonly relation: string;
  readonly timeline: string | null;
  /** When a file of the server was put where it is; null where the server does not tell, or is not the hub's own. */
  readonly files: string | null;
}

/** What the server says of the database now. */
export async function presentIdentity(query: Query): Promise<DatabaseIdentity> {
  const [row] = await query.query<{ database: string; relation: string }>(
    `select (select oid::text from pg_database where datname = current_database()) as database,
       'database_identity'::regclass::oid::text as relation`,
  );
  const server = await told(query, 'select system_identifier::text as told from pg_control_system()');
  const timeline = await told(query, 'select left(pg_walfile_name(pg_current_wal_lsn()), 8) as told');
  // Copied files get another moment, whatever the copy keeps of the old ones. Of the server of `npm start`, whose folder is the backup: where
  // others look after the files, they may touch them at every start.
  const files = await told(
    query,
    `select extract(epoch from coalesce(change, creation))::text as told from pg_stat_file('PG_VERSION')
     where current_setting('cluster_name') = 'koppel'`,
  );
  return { ...row!, server, timeline, files };
}

/** Servers that others run do not all let themselves be asked. */
async function told(query: Query, question: string): Promise<string | null> {
  try {
    const [row] = await query.query<{ told: string }>(question);
    return row?.told ?? null;
  } catch {
    return null;
  }
}

/** Null before the first start. */
export async function notedIdentity(query: Query): Promise<DatabaseIdentity | null> {
  const [row] = await query.query<DatabaseIdentity & Record<string, unknown>>(
    'select server, database, relation, timeline, files from database_identity',
  );
  return row ?? null;
}

export async function noteIdentity(query: Query, identity: DatabaseIdentity): Promise<void> {
  const { server, database, relation, timeline, files } = identity;
  await query.query(
    `insert into database_identity (server, database, relation, timeline, files) values ($1, $2, $3, $4, $5)
     on conflict (is_only) do update set server = excluded.server, database = excluded.database,
       relation = excluded.relation, timeline = excluded.timeline, files = excluded.files, noted_at = clock_timestamp()`,
    [server, database, relation, timeline, files],
  );
}

/** Whether the server is a standby that was not promoted, or was made read-only. */
export async function isReadOnly(query: Query): Promise<boolean> {
  const [row] = await query.query<{ isReadOnly: boolean }>(
    `select pg_is_in_recovery() or current_setting('transaction_read_only')::boolean as "isReadOnly"`,
  );
  return row?.isReadOnly === true;
}
