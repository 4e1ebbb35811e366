-- why: long work that people start shows how far it is, can be cancelled, outlives the process that began it, and keeps what it found.

create table job (
  id text primary key,
  kind text not null check (kind in ('IMPACT_ANALYSIS')),
  status text not null default 'QUEUED' check (status in ('QUEUED', 'RUNNING', 'SUCCEEDED', 'FAILED', 'CANCELLING', 'CANCELLED')),
  input jsonb not null,
  done integer not null default 0,
  total integer,
  result jsonb,
  error_code text,
  error_message text,
  created_by text not null,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  finished_at timestamptz,
  owner text,
  lease_until timestamptz not null default '-infinity'
);
create index job_waiting on job (created_at) where status in ('QUEUED', 'RUNNING', 'CANCELLING');
create index job_list on job (created_at desc, id desc);
comment on column job.lease_until is 'Whoever runs it renews the lease; when that ends, somebody else starts it anew.';

create table impact (
  job text not null references job (id) on delete cascade,
  target text not null,
  entity text not null,
  canonical_id text not null,
  outcome text not null check (outcome in ('WRITE', 'FAIL', 'EXCLUDE')),
  changes jsonb not null,
  primary key (job, target, entity, canonical_id)
);
comment on table impact is 'Records that would come out differently with the mapping that an analysis was about.';
