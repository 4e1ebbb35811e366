/**
 * When a check after a restore is over: as soon as every flow in use was compared. Flows that are not in use keep nobody waiting; they are
 * compared when somebody takes them into use again.
 */
import type { Tx } from './database.js';

/** Ends the check that goes on if no flow in use is left to compare; returns its id then. */
export async function finishCheck(tx: Tx): Promise<string | undefined> {
  const [ended] = await tx.query<{ id: string }>(
    `update restore_check c set finished_at = clock_timestamp()
     where c.finished_at is null and not exists (
       select from restore_check_flow r join flow f on f.key = r.flow and f.state in ('ENABLED', 'PAUSED', 'SUSPENDED')
       where r.restore = c.id and r.state not in ('COMPARED', 'SKIPPED'))
     returning c.id`,
  );
  return ended?.id;
}

/** A flow that was not compared while it was out of use has to be: in the check that goes on, else in the last one, which goes on then. */
export async function rejoinCheck(tx: Tx, flow: string): Promise<void> {
  const [waits] = await tx.query<{ restore: string }>(
    `select c.id as restore from flow f, restore_check c
     where f.key = $1 and f.verifying_in is not null
       and not exists (select from restore_check o where o.id = f.verifying_in and o.finished_at is null)
     order by c.started_at desc limit 1`,
    [flow],
  );
  if (waits === undefined) return;
  await tx.query('update restore_check set finished_at = null where id = $1', [waits.restore]);
  await tx.query(
    `insert into restore_check_flow (restore, flow, place)
     select $1, $2, coalesce(max(place), 0) + 1 from restore_check_flow where restore = $1
     on conflict (restore, flow) do update set state = 'WAITING', read = 0, owner = null, lease_until = '-infinity', try_at = '-infinity'`,
    [waits.restore, flow],
  );
  await tx.query(`update flow set verifying = 'READING', verifying_in = $2 where key = $1`, [flow, waits.restore]);
}
