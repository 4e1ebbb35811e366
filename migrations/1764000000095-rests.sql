-- why: a change of a field about which people decide rests before it is written; the next event of the record made it due at once.

alter table projection add column rests_until timestamptz;
comment on column projection.rests_until is 'Nothing is planned of the row before then, however due it is: an edit in another system is to be seen first.';
