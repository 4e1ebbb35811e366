-- why: several customers can be said to be one, and be taken apart again: who stands for whom, and what went over with that.

alter table customer add column merged_into_id text;
comment on column customer.merged_into_id is 'The customer that stands for this one: it is listed, written to targets and counted instead. Null = this one stands for itself.';
create index customer_merged_into on customer (merged_into_id) where merged_into_id is not null;

create table customer_merge (
  id text primary key,
  survivor_id text not null,
  duplicate_id text not null,
  merged_at timestamptz not null default clock_timestamp(),
  merged_by text not null,
  reason text not null,
  moved jsonb not null default '[]',
  ended_at timestamptz,
  ended_by text,
  end_reason text
);
create unique index customer_merge_open on customer_merge (duplicate_id) where ended_at is null;
create index customer_merge_survivor on customer_merge (survivor_id);
create index customer_merge_duplicate on customer_merge (duplicate_id);
comment on table customer_merge is 'Customers that were said to be one, also those that were taken apart since: an order goes on naming whoever stood for its buyer when it came to a system.';
comment on column customer_merge.moved is 'Records of systems that went over from the duplicate to the survivor, each as {system, entity, externalId}: they go back when the two are taken apart.';

create function customer_vat_key(vat_number text) returns text
  language sql immutable parallel safe
  return nullif(upper(regexp_replace(vat_number, '[^[:alnum:]]', '', 'g')), '');
comment on function customer_vat_key is 'A VAT number without dots and spaces: two customers with one are perhaps the same.';

create function customer_place_key(name text, addresses jsonb) returns text
  language sql immutable parallel safe
  return nullif(lower(regexp_replace(name, '[^[:alnum:]]', '', 'g')), '') || ' ' ||
    nullif(upper(regexp_replace(jsonb_path_query_first(addresses, '$[*].postalCode') #>> '{}', '[^[:alnum:]]', '', 'g')), '');
comment on function customer_place_key is 'Name and first postcode without signs and capitals: two customers with one are perhaps the same.';

create index customer_vat_key on customer (customer_vat_key(vat_number)) where vat_number is not null;
create index customer_place_key on customer (customer_place_key(coalesce(company_name, full_name, last_name), addresses))
  where addresses <> '[]';
