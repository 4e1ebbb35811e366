-- why: nobody was told of changes that wait in the log while no ingest takes them in; both times are written with rows that are written anyway.

alter table consumer_position add column moved_at timestamptz not null default now();
comment on column consumer_position.moved_at is 'When next_offset was moved last.';

alter table log_partition add column waits_since timestamptz;
comment on column log_partition.waits_since is
  'Of a log in Kafka: when the first of the entries was acknowledged that ingest had not passed when the last ones were. The Postgres log knows it by log_entry.at.';
