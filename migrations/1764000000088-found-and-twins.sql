-- why: what a comparison finds while it reads stays here and not in memory, and what customers may have in common is kept beside them, so that possible duplicates are found at once.

create unlogged table comparison_found (
  comparison text not null,
  reading smallint not null,
  key text not null,
  place bigint generated always as identity,
  state text not null,
  system text not null,
  entity text not null,
  external_id text,
  canonical_id text,
  changes jsonb not null,
  reason text,
  reason_code text,
  primary key (comparison, reading, key)
);
comment on table comparison_found is 'While a comparison reads: what each of its two readings has found. What stands in both becomes comparison_item.';
create index comparison_found_record on comparison_found (comparison, reading, canonical_id) where canonical_id is not null;
create index comparison_found_place on comparison_found (comparison, reading, place);

create table customer_key (
  customer_id text primary key references customer(id) on delete cascade,
  kind text not null,
  email_key text,
  vat_key text,
  place_key text
);
comment on table customer_key is 'By what customers who stand for themselves are perhaps one. Kept by a trigger, because working it out of every customer took seconds.';
create index customer_key_email on customer_key (kind, email_key, customer_id) where email_key is not null;
create index customer_key_vat on customer_key (kind, vat_key, customer_id) where vat_key is not null;
create index customer_key_place on customer_key (kind, place_key, customer_id) where place_key is not null;

create function keep_customer_key() returns trigger
  language plpgsql as $$
begin
  if new.merged_into_id is not null or new.erased_at is not null or new.deleted_at is not null then
    delete from customer_key where customer_id = new.id;
  else
    insert into customer_key as k (customer_id, kind, email_key, vat_key, place_key)
    values (new.id, new.kind, nullif(lower(new.email), ''), customer_vat_key(new.vat_number),
      customer_place_key(coalesce(new.company_name, new.full_name, new.last_name), new.addresses))
    on conflict (customer_id) do update
    set kind = excluded.kind, email_key = excluded.email_key, vat_key = excluded.vat_key, place_key = excluded.place_key
    where (k.kind, k.email_key, k.vat_key, k.place_key)
      is distinct from (excluded.kind, excluded.email_key, excluded.vat_key, excluded.place_key);
  end if;
  return null;
end $$;
create trigger customer_key
  after insert or update of kind, email, vat_number, company_name, full_name, last_name, addresses, merged_into_id, erased_at, deleted_at
  on customer for each row execute function keep_customer_key();

insert into customer_key (customer_id, kind, email_key, vat_key, place_key)
select id, kind, nullif(lower(email), ''), customer_vat_key(vat_number), customer_place_key(coalesce(company_name, full_name, last_name), addresses)
from customer
where merged_into_id is null and erased_at is null and deleted_at is null;
