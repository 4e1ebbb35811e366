-- why: a record that somebody has asked to be taken in again is taken in again also when a write to it is under way just then.

alter table deferred_change add column force boolean not null default false;
comment on column deferred_change.force is 'It is taken in although the same document has been taken over already: somebody has asked for that.';
