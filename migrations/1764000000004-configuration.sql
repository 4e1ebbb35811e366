-- why: connected systems, flows, mappings and value lists are data that people change while the hub runs.

create table system (
  id text primary key,
  key text not null unique,
  connector text not null,
  name text not null,
  settings jsonb not null default '{}',
  secrets bytea,
  secrets_set_at timestamptz,
  status text not null default 'CONNECTED' check (status in ('DRAFT', 'CONNECTED', 'DEGRADED', 'UNREACHABLE', 'CREDENTIALS_REJECTED', 'PAUSED')),
  status_reason text,
  status_since timestamptz not null default now(),
  account_fingerprint text,
  last_success_at timestamptz,
  last_error_at timestamptz,
  last_error_code text,
  last_error_message text,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
comment on column system.secrets is 'Encrypted with a data key that the master key wraps; see security/secrets.ts.';

create table flow (
  id text primary key,
  key text not null unique,
  name text not null,
  entity text not null check (entity in ('product', 'category', 'stock')),
  source text not null references system (key),
  target text not null references system (key),
  state text not null default 'ENABLED' check (state in ('DRAFT', 'ENABLED', 'PAUSED', 'SUSPENDED', 'DISABLED')),
  state_reason text,
  state_since timestamptz not null default now(),
  poll_every_ms integer not null default 5000 check (poll_every_ms >= 100),
  settings jsonb not null default '{}',
  run_requested_at timestamptz,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table flow_run (
  id text primary key,
  flow text not null,
  trigger text not null check (trigger in ('SCHEDULE', 'MANUAL', 'WEBHOOK', 'BACKFILL', 'REPLAY')),
  status text not null check (status in ('QUEUED', 'RUNNING', 'HELD', 'SUCCEEDED', 'PARTIAL', 'FAILED', 'CANCELLED')),
  started_at timestamptz not null,
  finished_at timestamptz,
  read integer not null default 0,
  created integer not null default 0,
  updated integer not null default 0,
  unchanged integer not null default 0,
  excluded integer not null default 0,
  failed integer not null default 0,
  blocked integer not null default 0
);
create index flow_run_list on flow_run (flow, started_at desc, id desc);

create table mapping (
  id text primary key,
  key text not null unique,
  connector text not null,
  direction text not null check (direction in ('inbound', 'outbound')),
  record text not null,
  entity text not null,
  published_version integer not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (connector, direction, record, entity)
);

create table mapping_version (
  mapping text not null references mapping (key),
  version integer not null,
  definition jsonb not null,
  note text,
  published_at timestamptz not null default now(),
  primary key (mapping, version)
);

create table value_list (
  id text primary key,
  key text not null unique,
  name text not null,
  kind text not null,
  when_unmapped text not null check (when_unmapped in ('fail', 'default', 'pass', 'omit')),
  default_value text,
  published_version integer not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table value_list_version (
  value_list text not null references value_list (key),
  version integer not null,
  entries jsonb not null,
  note text,
  published_at timestamptz not null default now(),
  primary key (value_list, version)
);

create table api_key (
  id text primary key,
  name text not null,
  prefix text not null,
  hash text not null unique,
  role text not null check (role in ('VIEWER', 'OPERATOR', 'EDITOR', 'ADMIN')),
  created_at timestamptz not null default now(),
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz
);

create table audit (
  id bigint generated always as identity primary key,
  at timestamptz not null default clock_timestamp(),
  actor text not null,
  action text not null,
  subject text not null,
  detail jsonb not null default '{}',
  request_id text
);
