-- why: a hub whose database was restored writes nothing to a target before the flows that lead there were compared with what the systems hold by now.

create table database_identity (
  is_only boolean primary key default true check (is_only),
  server text,
  database text not null,
  relation text not null,
  timeline text,
  files text,
  noted_at timestamptz not null default clock_timestamp()
);
comment on table database_identity is 'Where the database was when the hub started last; a dump, a copy or a recovery brings it elsewhere, which is how the hub notices.';
comment on column database_identity.server is 'Identifier that the server was made with; null where it cannot be asked.';
comment on column database_identity.relation is 'Number of this table itself: another one after every restore of a dump.';
comment on column database_identity.timeline is 'Of the write-ahead log; another one after every recovery to a moment, and after a standby took over.';

comment on column database_identity.files is 'When a file of the server that it never touches was put where it is: another moment after files were copied back. Null where it cannot be asked.';

create table restore_check (
  id text primary key,
  cause text not null check (cause in ('DATABASE_COPIED', 'SERVER_CHANGED', 'SERVER_RECOVERED', 'FILES_COPIED', 'ASKED')),
  started_by text not null,
  started_at timestamptz not null default clock_timestamp(),
  finished_at timestamptz
);
create unique index restore_check_open on restore_check ((finished_at is null)) where finished_at is null;

create table restore_check_flow (
  restore text not null references restore_check(id) on delete cascade,
  flow text not null references flow(key) on delete cascade,
  place integer not null,
  state text not null default 'WAITING' check (state in ('WAITING', 'READING', 'LOOKING', 'COMPARED', 'SKIPPED')),
  read integer not null default 0,
  taken_in integer not null default 0,
  found integer not null default 0,
  held integer not null default 0,
  error_code text,
  error_message text,
  try_at timestamptz not null default '-infinity',
  owner text,
  lease_until timestamptz not null default '-infinity',
  finished_at timestamptz,
  primary key (restore, flow)
);
comment on column restore_check_flow.taken_in is 'Records that had changed since the database was saved.';
comment on column restore_check_flow.found is 'Records that the target had and the hub did not know to be there.';
comment on column restore_check_flow.held is 'Writes that wait for a person, because the target holds something that nothing explains.';

alter table flow add column verifying text check (verifying in ('READING', 'LOOKING'));
alter table flow add column verifying_in text;
comment on column flow.verifying is 'While it is not null nothing is written to the target: the systems are read, then the target is asked for records that the hub would make.';
comment on column flow.verifying_in is 'The check that will open it; whoever works for an earlier one cannot.';
