-- why: where an order stands is shown in each system's own words too, beside what the hub made of them.

alter table external_reference add column words jsonb;
comment on column external_reference.words is 'By canonical field the words in which the system said last where an order stands.';
