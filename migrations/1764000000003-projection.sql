-- why: what each target should hold and does hold, every step that was taken, and what waits for a person.

create table projection (
  target text not null,
  entity text not null check (entity in ('product', 'variant', 'category', 'stock')),
  canonical_id text not null,
  flow text not null,
  state text not null check (state in ('in_sync', 'pending', 'writing', 'in_doubt', 'retrying', 'waiting_for', 'parked', 'excluded', 'held', 'paused', 'owned_by_target')),
  reason text,
  reason_code text,
  since timestamptz not null default now(),
  external_id text,
  wanted jsonb,
  wanted_hash text,
  held jsonb,
  drifted text[] not null default '{}',
  revision integer not null default 0,
  mapping_version integer,
  op_key text,
  attempt integer not null default 0,
  next_at timestamptz,
  in_flight_until timestamptz,
  epoch bigint not null default 0,
  look_again boolean not null default false,
  trace_id text,
  changed_at timestamptz,
  primary key (target, entity, canonical_id)
) with (fillfactor = 70);
create index projection_due on projection (target, entity, next_at) where next_at is not null;
create index projection_state on projection (state, target, entity);
create index projection_canonical on projection (canonical_id);
comment on column projection.wanted is 'The document that the last acknowledged write asked for; the next one is compared with it, so that what the target normalises does not look like a difference.';
comment on column projection.held is 'What the target held after that write, hub-owned fields only: the measure for echoes and for drift.';
comment on column projection.drifted is 'Top-level fields that somebody changed in the target although the hub owns them.';
comment on column projection.next_at is 'When a worker should look at the row; null = not before something happens.';
comment on column projection.look_again is 'An event came while a write was under way.';
comment on column projection.changed_at is 'When the oldest change that is not delivered yet was seen.';

create table projection_wait (
  target text not null,
  entity text not null,
  canonical_id text not null,
  awaited text not null,
  primary key (awaited, target, entity, canonical_id)
);
create index projection_wait_record on projection_wait (target, entity, canonical_id);
comment on column projection_wait.awaited is 'reference:<system>:<entity>:<canonical id>; released in the transaction in which that reference appears.';

create table journal (
  position bigint not null,
  at timestamptz not null default clock_timestamp(),
  trace_id text not null,
  step text not null,
  outcome text not null,
  flow text,
  system text,
  entity text,
  canonical_id text,
  external_id text,
  code text,
  message text,
  detail jsonb,
  duration_ms integer,
  primary key (position, at)
) partition by range (at);
create table journal_default partition of journal default;
create index journal_canonical on journal (canonical_id, position);
create index journal_trace on journal (trace_id, position);
comment on table journal is 'Every step of every record. position is in commit order, from log_partition (journal, 0). Partitioned by day, so that retention is a DROP.';

create table parked (
  id text primary key,
  status text not null default 'OPEN' check (status in ('OPEN', 'REPLAYING', 'RESOLVED', 'DISCARDED')),
  stage text not null check (stage in ('capture', 'ingest', 'project')),
  system text not null,
  flow text,
  entity text not null,
  canonical_id text,
  external_id text,
  record_key text not null,
  trace_id text not null,
  code text not null,
  message text not null,
  hint text not null,
  path text,
  original text,
  classification text not null,
  fingerprint text not null,
  payload jsonb not null,
  log_topic text,
  log_partition integer,
  log_offset bigint,
  attempt_count integer not null default 1,
  first_failed_at timestamptz not null default now(),
  last_failed_at timestamptz not null default now(),
  resolved_at timestamptz,
  resolution text,
  note text
);
create unique index parked_open on parked (stage, system, record_key) where status in ('OPEN', 'REPLAYING');
create index parked_list on parked (status, last_failed_at desc, id desc);
create index parked_fingerprint on parked (fingerprint, status);
comment on column parked.record_key is 'What is parked: <record>:<external id> for capture and ingest, <entity>:<canonical id> for project. One open problem per record.';

create table unmapped_value (
  value_list text not null,
  value text not null,
  second_key text not null default '',
  count bigint not null default 1,
  last_seen_at timestamptz not null default now(),
  example_trace_id text,
  primary key (value_list, value, second_key)
);
