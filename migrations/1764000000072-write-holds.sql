-- why: what would empty, zero, reprice or switch off more records than a flow lets through waits for a person instead of being sent.

create table write_hold (
  flow text not null,
  run text not null,
  held_at timestamptz not null default clock_timestamp(),
  records integer not null,
  percent integer not null,
  samples jsonb not null default '[]',
  ended_at timestamptz,
  ending text check (ending in ('RELEASED', 'DROPPED', 'GONE')),
  note text,
  counts jsonb,
  primary key (run, held_at),
  check ((ended_at is null) = (ending is null))
);
comment on table write_hold is 'While one of a flow has not ended, its harmful updates rest in state held with a reason_code HELD_…; all others go on.';
comment on column write_hold.records is 'The limit of the flow at that time, and the one in per cent.';
comment on column write_hold.samples is 'The first few of them, with what the target holds and what it would be told.';
comment on column write_hold.counts is 'How many of which kind were held when it ended; until then the rows are counted.';
create unique index write_hold_open on write_hold (flow) where ended_at is null;

create table write_harm (
  flow text not null,
  entity text not null,
  canonical_id text not null,
  at timestamptz not null default clock_timestamp(),
  primary key (flow, entity, canonical_id)
);
comment on table write_harm is 'Harmful updates that were let through lately; what is older than the window of the guard means nothing and is removed.';

alter table projection add column approved_at timestamptz;
comment on column projection.approved_at is 'When somebody let a held write of the record go on; until it is in sync the guard does not ask again.';
