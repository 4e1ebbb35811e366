-- why: people share the problems among themselves: who deals with one, under which words it is filed, and who ended it.

alter table parked add column assignee text references app_user (id) on delete set null;
alter table parked add column tags text[] not null default '{}';
alter table parked add column resolved_by text;
create index parked_of_assignee on parked (assignee) where assignee is not null;
comment on column parked.resolved_by is 'Id of the user or key; null when the hub ended it itself.';
