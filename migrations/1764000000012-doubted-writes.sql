-- why: whether a write that lost its answer took effect is asked of the target only while that is not known, and by any process.

alter table projection add column doubted_since timestamptz;
comment on column projection.doubted_since is 'When the first write was planned of those that may have taken effect without an answer; null once the target has answered.';
