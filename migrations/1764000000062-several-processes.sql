-- why: several processes share the work: each must know how many of a kind are alive, and notice that the configuration has changed.

create table hub_process (
  id text primary key,
  roles text[] not null,
  version text not null,
  started_at timestamptz not null default clock_timestamp(),
  alive_until timestamptz not null
);
comment on table hub_process is 'Processes of the hub. Only hints for sharing work evenly: what a process may do is decided by leases.';
comment on column hub_process.id is 'The owner that the process writes into leases; another one at each start.';
comment on column hub_process.alive_until is 'Moved on every second; one that is past belongs to a process that is gone.';

create table configuration_change (
  id bigint generated always as identity primary key,
  at timestamptz not null default clock_timestamp()
);
comment on table configuration_change is 'One row per transaction that changed the configuration, kept for a day. Count and sum of ids name a revision: both read in one statement differ as soon as one more has committed.';
