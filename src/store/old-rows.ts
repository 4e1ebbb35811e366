/**
 * Takes old rows off tables that grow with what happens and with what people do. Each statement removes one batch of what has ended
 * before a moment, and leaves what something else that stays is told by.
 */
import type { Tx } from './database.js';
import type { Removed } from './retention.js';

type RemoveOld = (tx: Tx, before: Date, limit: number) => Promise<Removed>;

const removal =
  (statement: string): RemoveOld =>
  async (tx, before, limit) => {
    const rows = await tx.query(`${statement} returning 1 as gone`, [before, limit]);
    return { count: rows.length, next: rows.length < limit ? null : '' };
  };

/** Problems that are over. */
export const removeOldProblems = removal(
  `delete from parked where id in (
     select id from parked where resolved_at < $1 and status in ('RESOLVED', 'DISCARDED') order by resolved_at limit $2)`,
);

/** Conflicts that are over, unless the journal still tells of one. */
export const removeOldConflicts = removal(
  `delete from field_conflict where id in (
     select c.id from field_conflict c where c.resolved_at < $1
       and not exists (select from journal j where j.canonical_id = c.canonical_id and j.detail ->> 'conflict' = c.id)
     limit $2)`,
);

/** What the write guard has held, once that is over. */
export const removeOldHolds = removal(
  `delete from write_hold where (run, held_at) in (select run, held_at from write_hold where ended_at < $1 limit $2)`,
);

/** Runs that have ended. The last one of a flow, and the last that went well, tell how it stands; held ones are told by what they held. */
export const removeOldRuns = removal(
  `delete from flow_run where id in (
     select r.id from flow_run r where r.finished_at < $1
       and not exists (select from write_hold h where h.run = r.id)
       and (not exists (select from flow f where f.key = r.flow)
         or exists (select from flow_run n where n.flow = r.flow and n.started_at > r.started_at
             and (r.status not in ('SUCCEEDED', 'PARTIAL') or n.status in ('SUCCEEDED', 'PARTIAL'))))
     limit $2)`,
);

/** On `j`, a job that ended long ago and by which nothing is told that stays: the last comparison of a flow, an erasure. */
const isOldJob = `j.finished_at < $1 and not exists (select from comparison c where c.job = j.id)
  and not exists (select from erasure e where e.job = j.id)`;

/** What jobs have found, before they go themselves: it may be much. */
export const removeOldImpacts = removal(
  `delete from impact where ctid = any(array(select i.ctid from job j join impact i on i.job = j.id where ${isOldJob} limit $2))`,
);

/** What jobs were to put back; it is of use only until they have ended. */
export const removeOldUndoRecords = removal(
  `delete from undo_record where ctid = any(array(
     select u.ctid from job j join undo_record u on u.job = j.id where j.finished_at < $1 limit $2))`,
);

export const removeOldJobs = removal(`delete from job where id in (select j.id from job j where ${isOldJob} limit $2)`);

/** Who did what. Ids grow with time, so what is younger is not looked at. */
export const removeOldAudit = removal(
  `delete from audit where id in (
     select id from audit where at < $1 and id < coalesce((select y.id from audit y where y.at >= $1 order by y.id limit 1), 9223372036854775807)
     order by id limit $2)`,
);
