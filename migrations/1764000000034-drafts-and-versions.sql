-- why: mappings and value lists are edited as drafts and published as versions; a version keeps all that it says and who published it, so that it can be compared and gone back to.

alter table mapping add column draft jsonb;
alter table mapping add column draft_revision integer not null default 0;
alter table mapping_version add column published_by text;

alter table value_list add column draft jsonb;
alter table value_list add column draft_revision integer not null default 0;
alter table value_list_version add column published_by text;
alter table value_list_version add column body jsonb;
update value_list_version v
set body = jsonb_strip_nulls(jsonb_build_object('whenUnmapped', l.when_unmapped, 'defaultValue', l.default_value, 'entries', v.entries))
from value_list l
where l.key = v.value_list;
alter table value_list_version alter column body set not null;
alter table value_list_version drop column entries;
alter table value_list drop column when_unmapped;
alter table value_list drop column default_value;

comment on column mapping.draft is 'The definition that is being edited; null = there is nothing but the published version.';
comment on column mapping.draft_revision is 'Rises with every change of the draft, so that two people do not overwrite each other.';
comment on column value_list.draft is 'As of mapping: what the list says about codes without an entry, and its entries.';
comment on column value_list_version.body is 'What the list says about codes without an entry, and its entries.';

alter table parked add column value_list text;
comment on column parked.value_list is 'The list that lacks an entry, when that is what is wrong.';
create index parked_value_list on parked (value_list) where value_list is not null and status in ('OPEN', 'REPLAYING');
