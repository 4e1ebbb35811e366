-- why: the change log, positions and leases: what makes every later step replayable and owned by one process at a time.

create table setting (
  name text primary key,
  value jsonb not null
);
comment on table setting is 'Facts about this installation that must not change unnoticed (number of partitions, key fingerprint).';

create table log_partition (
  topic text not null,
  partition integer not null,
  next_offset bigint not null default 0,
  primary key (topic, partition)
) with (fillfactor = 10);
comment on table log_partition is 'Hands out offsets. Updated last before COMMIT, so that offset order is commit order and has no gaps.';

create table log_entry (
  topic text not null,
  partition integer not null,
  "offset" bigint not null,
  key text not null,
  trace_id text not null,
  at timestamptz not null default clock_timestamp(),
  payload text not null,
  primary key (topic, partition, "offset")
);
create index log_entry_key on log_entry (topic, key, "offset");

create table consumer_position (
  consumer text not null,
  topic text not null,
  partition integer not null,
  next_offset bigint not null default 0,
  owner text,
  epoch bigint not null default 0,
  lease_until timestamptz not null default '-infinity',
  primary key (consumer, topic, partition)
) with (fillfactor = 50);
comment on table consumer_position is 'How far a consumer has come, moved in the transaction of the effect and guarded by epoch and expected offset.';

create table capture_position (
  system text not null,
  stream text not null,
  position text,
  account text,
  state text not null default 'running' check (state in ('running', 'stopped')),
  stopped_code text,
  stopped_message text,
  owner text,
  epoch bigint not null default 0,
  lease_until timestamptz not null default '-infinity',
  updated_at timestamptz not null default now(),
  primary key (system, stream)
);

create table capture_seen (
  system text not null,
  stream text not null,
  external_id text not null,
  version numeric(30) not null,
  hash text not null,
  primary key (system, stream, external_id)
);
comment on table capture_seen is 'Hashes of the records inside the overlap that is read again; older ones are deleted.';
