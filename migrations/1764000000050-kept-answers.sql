-- why: a client that never saw the answer to a mutation can send it again without its effect happening twice.

create table kept_answer (
  key_id text not null,
  idempotency_key text not null,
  input_hash text not null,
  claim text not null,
  claimed_until timestamptz not null,
  answer text,
  created_at timestamptz not null default clock_timestamp(),
  primary key (key_id, idempotency_key)
);
create index kept_answer_age on kept_answer (created_at);
comment on table kept_answer is 'First answers to mutations that carry an idempotency key, for 24 hours.';
comment on column kept_answer.input_hash is 'Of the mutation and its input; the same key with another one is refused.';
comment on column kept_answer.answer is 'Null while the mutation is carried out.';
comment on column kept_answer.claimed_until is 'When somebody else may carry it out because nothing has been heard any more.';
