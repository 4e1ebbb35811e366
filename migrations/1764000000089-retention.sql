-- why: what is older than it is to be kept is removed by one process at a time, and what it removed last, and what it had to leave, can be told.

create table retention (
  is_only boolean primary key default true check (is_only),
  owner text,
  lease_until timestamptz not null default '-infinity',
  due_at timestamptz not null default '-infinity',
  swept_at timestamptz,
  report jsonb
);
comment on table retention is 'Which process removes what is older than it is to be kept; one row.';
comment on column retention.due_at is 'When it is done the next time.';
comment on column retention.report is 'Of the last time that it was done to the end: what was removed, since when what is kept, and what is kept longer, and why.';
insert into retention default values;

create index parked_ended on parked (resolved_at) where resolved_at is not null;
