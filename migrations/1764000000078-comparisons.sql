-- why: two systems are compared as a whole by way of the hub, so that it can be proved that they agree, and what does not is found.

create table comparison (
  id text primary key,
  job text not null unique references job(id) on delete cascade,
  flow text not null,
  entity text not null,
  source text not null,
  target text not null,
  counts jsonb not null default '{}',
  created_at timestamptz not null default now(),
  finished_at timestamptz
);
comment on column comparison.finished_at is 'When it had ended well; null while it goes on, and when it was cancelled or failed.';
create index comparison_of_flow on comparison (flow, created_at desc, id desc);
create index comparison_list on comparison (created_at desc, id desc);

create table comparison_item (
  id text primary key,
  comparison text not null references comparison(id) on delete cascade,
  state text not null check (state in ('DIFFERENT', 'MISSED', 'MISSING_IN_TARGET', 'MISSING_IN_SOURCE', 'ONLY_IN_TARGET', 'DUPLICATE', 'KNOWN', 'IN_FLIGHT')),
  system text not null,
  entity text not null,
  external_id text,
  canonical_id text,
  changes jsonb not null default '[]',
  reason text,
  reason_code text,
  repair_asked_at timestamptz
);
comment on column comparison_item.system is 'Whose record it is: the one that holds something else, says something that was missed, or lacks the record.';
comment on column comparison_item.entity is 'As a target holds it (stock, contact) or as a system shows it (stock_level).';
create index comparison_item_list on comparison_item (comparison, state, id);
create index comparison_item_record on comparison_item (canonical_id) where canonical_id is not null;

create unlogged table comparison_seen (
  comparison text not null,
  system text not null,
  entity text not null,
  external_id text not null,
  primary key (comparison, system, entity, external_id)
);
comment on table comparison_seen is 'While a comparison reads: what systems have shown. What the hub knows and was not shown is missing.';

create table comparison_schedule (
  flow text primary key references flow(key) on delete cascade,
  every_hours integer not null check (every_hours between 1 and 720)
);
