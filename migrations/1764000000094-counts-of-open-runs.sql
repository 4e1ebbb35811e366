-- why: what a run of hours has done was known only when it ended, and a flow that had written all the time passed for quiet.

alter table flow_run
  add column counted_to bigint,
  add column counted_at timestamptz,
  add column last_written_at timestamptz;
comment on column flow_run.counted_to is 'While it is open: position of the journal up to which its counts go; null before they were counted first.';
comment on column flow_run.last_written_at is 'The last write to the target that went through.';
