-- why: a reader of the log below what retention has removed went on with what came next, and nobody knew that anything was missing.
alter table log_partition add column kept_from bigint not null default 0;
comment on column log_partition.kept_from is 'Behind the last entry that retention has removed: from here on nothing is missing. Below it only some are left, each at its own offset.';

-- Of canonical events the oldest go first, and positions that a restore has left out are no entries that were removed.
update log_partition p set kept_from = coalesce(
  (select min(e."offset") from log_entry e where e.topic = p.topic and e.partition = p.partition), p.next_offset)
where p.topic = 'canonical';
-- Of changes the last one of each record stays: what was removed ends at the last hole.
update log_partition p set kept_from = coalesce(
  (select max(h."offset") from (
     select e."offset", lag(e."offset", 1, -1::bigint) over (order by e."offset") as before
     from log_entry e where e.topic = p.topic and e.partition = p.partition) h
   where h.before <> h."offset" - 1),
  case when exists (select from log_entry e where e.topic = p.topic and e.partition = p.partition) then 0 else p.next_offset end)
where p.topic like 'changes.%';
