-- why: fields that people add in a system can be mapped when mappings know them, also while the system cannot be asked, and after they are gone.

create table discovered_field (
  system text not null references system (key),
  record text not null,
  path text not null,
  type text not null check (type in ('text', 'decimal', 'integer', 'boolean', 'instant', 'object', 'reference')),
  label text not null,
  is_list boolean not null default false,
  first_seen_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  gone_at timestamptz,
  primary key (system, record, path)
);
comment on table discovered_field is 'Fields that people added in a system, as it showed them last. One that is gone stays usable, because a published mapping may name it.';
comment on column discovered_field.path is 'As rules write it, from the record down.';
comment on column discovered_field.gone_at is 'When the system no longer showed it; null while it does.';
