/** Which processes of the hub are alive (table `hub_process`), and work that only one of them may do at a time. Moments are the database's. */
import type { Database, Query } from './database.js';

export interface LivingProcess {
  readonly id: string;
  readonly roles: readonly string[];
}

export interface Beat extends LivingProcess {
  readonly version: string;
  /** How long it counts as alive after this. */
  readonly ttlMs: number;
}

/** Says that a process is alive; returns all that are, itself included. Forgets those that have been gone for a day. */
export async function beat(query: Query, { id, roles, version, ttlMs }: Beat): Promise<readonly LivingProcess[]> {
  return query.query<LivingProcess & Record<string, unknown>>(
    `with me as (
       insert into hub_process (id, roles, version, alive_until)
       values ($1, $2, $3, clock_timestamp() + $4 * interval '1 millisecond')
       on conflict (id) do update set alive_until = excluded.alive_until
       returning id, roles
     ), gone as (
       delete from hub_process where id in (
         select id from hub_process where alive_until < clock_timestamp() - interval '1 day' for update skip locked)
     )
     select id, roles from me
     union all
     select id, roles from hub_process where alive_until > clock_timestamp() and id <> $1`,
    [id, roles, version, ttlMs],
    'process-beat',
  );
}

/** Says that a process has ended, so that nobody counts with it any more. */
export async function leave(query: Query, id: string): Promise<void> {
  await query.query('delete from hub_process where id = $1', [id]);
}

const startLock = 5_606_740;

/** Runs `work` while no other process does: for what each process makes sure of when it starts. */
export async function oneAtATime(database: Database, work: () => Promise<void>): Promise<void> {
  await database.tx(async (tx) => {
    await tx.query('select pg_advisory_xact_lock($1)', [startLock]);
    await work();
  });
}
