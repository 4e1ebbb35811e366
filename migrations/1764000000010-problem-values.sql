-- why: a problem names the value that it is about and where that stands in the record it came from; neither can be read off the payload, which is in other words or not there.

alter table parked add column source_path text;
alter table parked add column value jsonb;
comment on column parked.path is 'Where in the record that was to be made or written.';
comment on column parked.source_path is 'Where in the record that was read: the canonical one for project, that of the system otherwise.';
comment on column parked.value is 'What stands there; null when it is not known or when no field is named.';

update parked set value = payload -> 'wanted' #> string_to_array(path, '.') where stage = 'project' and path is not null;
