-- why: a page that was read before our last write shows the record as it was; without the version of that write it would look as if somebody had undone it.

alter table external_reference add column written_version numeric(30);
comment on column external_reference.written_version is 'Of the record in the streams of the system, as our last write left it; null = the system does not tell.';
