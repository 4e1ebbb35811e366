-- why: a customer can be erased; what systems show of him afterwards is known as erased and taken in without personal data.

alter table customer add column erased_at timestamptz;
comment on column customer.erased_at is 'When his personal data were removed here; the record stays as a placeholder for his orders.';

create table erasure (
  customer_id text not null,
  reach text not null,
  job text not null,
  begun_at timestamptz not null default clock_timestamp(),
  report jsonb,
  primary key (customer_id),
  check (reach in ('HUB_ONLY', 'HUB_AND_SYSTEMS'))
);
comment on table erasure is 'Customers that are erased or being erased. Until customer.erased_at is set, targets are told a placeholder instead of him (HUB_AND_SYSTEMS) or nothing.';

comment on column erasure.report is 'What was removed and what stays, counted; written in the transaction that removes it.';

create table erased_record (
  system text not null,
  entity text not null,
  external_id text not null,
  canonical_id text not null,
  primary key (system, entity, external_id)
);
comment on table erased_record is 'What systems call erased customers and their orders. Capture and ingest take personal data out of what is shown of them.';
create index erased_record_canonical on erased_record (canonical_id);
