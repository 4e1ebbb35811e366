-- why: people say which system owns a field, or that they decide themselves when several systems change it at once.

create table field_owner (
  entity text not null,
  field text not null,
  policy text not null check (policy in ('source', 'lastWriter', 'manual')),
  owner text references system (key),
  updated_at timestamptz not null default now(),
  primary key (entity, field),
  check (owner is null or policy = 'source')
);
comment on table field_owner is 'Only fields that people have said something about; all others follow their flows.';

create table field_conflict (
  id text primary key,
  entity text not null,
  canonical_id text not null,
  field text not null,
  base jsonb,
  claims jsonb not null,
  detected_at timestamptz not null default now(),
  resolved_at timestamptz,
  resolved_by text,
  resolution text check (resolution in ('AGREED', 'CHOSEN', 'POLICY')),
  value jsonb,
  check ((resolved_at is null) = (resolution is null))
);
comment on column field_conflict.base is 'What the systems last agreed on; json null = nothing; SQL null = they never did, as far as is known.';
comment on column field_conflict.claims is 'By system: value, and at = when it was seen.';
comment on column field_conflict.resolution is 'AGREED: the systems came round by themselves. CHOSEN: a person chose. POLICY: the field got another owner.';
create unique index field_conflict_open on field_conflict (canonical_id, field) where resolved_at is null;
create index field_conflict_list on field_conflict (detected_at desc, id desc);
