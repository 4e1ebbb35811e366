-- why: a log that others keep (Kafka) may lose what was not taken in yet; the partition then stops until a person decides.

alter table consumer_position
  add column stopped_code text,
  add column stopped_message text,
  add column stopped_record text,
  add column stopped_at timestamptz;
comment on column consumer_position.stopped_code is 'LOG_POSITION_LOST: the log does not hold the next offset. Nobody reads on until a person has decided where.';
comment on column consumer_position.stopped_record is 'Kind of record in the partition, when it holds only one: by it the flows that it concerns are known.';
