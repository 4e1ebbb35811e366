-- why: a stream that was read while nothing was taken from it, or less than now, has to be read again from its beginning.

alter table capture_position add column takes jsonb;
comment on column capture_position.takes is 'What flows took from the stream when it was last read: kinds of records and from when on (null = all, now = nothing of the past). Null: not known.';
