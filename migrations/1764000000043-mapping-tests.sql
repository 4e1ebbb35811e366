-- why: records with what a mapping should make of them, so that a later edit cannot change unnoticed what was agreed.

create table mapping_test (
  id text primary key,
  mapping text not null references mapping (key) on delete cascade,
  name text not null,
  operation text not null check (operation in ('create', 'update')),
  input jsonb not null,
  expected jsonb not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (mapping, name)
);
comment on column mapping_test.expected is 'The document that the mapping makes; or { "excluded": reason }; or { "failed": [code and path of each problem] }.';
