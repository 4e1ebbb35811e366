-- why: all changes of a run or of a published mapping can be taken back at once: which records such a job is about, what was shown of each, and which are done, so that a job that begins anew goes on

create table undo_record (
  job text not null references job (id) on delete cascade,
  place integer not null,
  entity text not null,
  canonical_id text not null,
  positions bigint[] not null,
  fields text[],
  state text not null default 'OPEN' check (state in ('OPEN', 'PUT_BACK', 'LEFT_ALONE')),
  primary key (job, place)
);
comment on table undo_record is 'Records that a job of kind UNDO puts back; forgotten some time after it has ended.';
comment on column undo_record.place is 'In the order in which the records were changed first.';
comment on column undo_record.positions is 'Of the changes in the journal that are taken back, the oldest first.';
comment on column undo_record.fields is 'Those that the plan has shown as put back; null: the plan did not look at the record, the job judges all of it.';
create index undo_record_open on undo_record (job, place) where state = 'OPEN';
