-- why: what a list shows can be taken away as a file; it is kept for a day where every process that serves the API can read it.

create table export_file (
  job text primary key references job (id) on delete cascade,
  subject text not null,
  made_by text not null,
  scopes text[] not null,
  writer text not null,
  read_to text,
  row_count integer not null default 0,
  byte_count integer not null default 0,
  chunk_count integer not null default 0,
  begun_at timestamptz not null default clock_timestamp(),
  finished_at timestamptz,
  expires_at timestamptz not null
);
comment on table export_file is 'Files that jobs of kind EXPORT write. One without finished_at is being written and is given to nobody.';
comment on column export_file.scopes is 'What the list and its columns need: whoever downloads the file has all of them.';
comment on column export_file.writer is 'The attempt that writes it; what an earlier one still sends is refused.';
comment on column export_file.read_to is 'Cursor of the last record that is in it; an attempt that takes over goes on behind it.';
create index export_file_expiry on export_file (expires_at);

create table export_chunk (
  job text not null references export_file (job) on delete cascade,
  place integer not null,
  bytes bytea not null,
  primary key (job, place)
);
comment on table export_chunk is 'Parts of such files, in their order; each ends with a whole record.';
