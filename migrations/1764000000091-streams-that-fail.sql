-- why: one stream that fails for ever hid behind the others of its system, which answer; it is told of by itself.

alter table capture_position
  add column failing_since timestamptz,
  add column failing_code text,
  add column failing_message text;
comment on column capture_position.failing_since is 'The first failure since the stream was read last; null while it is read. The hub goes on trying.';
comment on column capture_position.failing_message is 'What the last failure said.';
comment on column alert.subject is 'What it is about: flow:<key>, system:<key>, streams:<key> (some of what a system shows), or all.';
