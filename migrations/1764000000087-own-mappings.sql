-- why: people make mappings beside those that connectors ship and choose for a system which of them translates; and what the first steps cannot read from the hub follows people to another browser.

alter table mapping add column name text;
alter table mapping add column own_version integer;
alter table mapping add column deleted_at timestamptz;
comment on column mapping.name is 'What people called a mapping that they made; null = it came with its connector and is called by what it carries.';
comment on column mapping.own_version is 'Version in use of a mapping that people made. Its published_version is 0, so that processes of the release before do not take it for the one of its kind.';
comment on column mapping.deleted_at is 'People have deleted it. Its versions stay, because what was done by them is explained by them.';

-- Of those that connectors ship there is one of a kind; people make as many as they like.
alter table mapping drop constraint mapping_connector_direction_record_entity_key;
create unique index mapping_shipped on mapping (connector, direction, record, entity) where own_version is null;

create table mapping_choice (
  system text not null references system (key) on delete cascade,
  direction text not null check (direction in ('inbound', 'outbound')),
  record text not null,
  entity text not null,
  mapping text not null references mapping (key),
  chosen_at timestamptz not null default now(),
  primary key (system, direction, record, entity)
);
create index mapping_choice_mapping on mapping_choice (mapping);
comment on table mapping_choice is 'Which mapping of its own a system uses for a kind of record; without a row it is the shipped one.';

create table setup_step (
  step text primary key,
  done_at timestamptz not null default now(),
  done_by text not null
);
comment on table setup_step is 'Steps of the wizard that somebody has said are done. Most are read from what there is instead.';
