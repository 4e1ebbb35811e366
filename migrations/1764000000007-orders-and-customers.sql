-- why: customers and orders in both directions: the hub's copies, and what it takes to recognise its own writes in a system that is source and target at once.

create table customer (
  id text primary key,
  version integer not null,
  content_hash text not null,
  kind text not null default 'PERSON' check (kind in ('PERSON', 'COMPANY')),
  number text,
  company_name text,
  full_name text,
  first_name text,
  infix text,
  last_name text,
  email text,
  phone text,
  mobile text,
  website text,
  language text,
  vat_number text,
  registration_number text,
  price_list text,
  payment_term text,
  payment_days integer,
  is_active boolean not null default true,
  is_blocked boolean not null default false,
  note text,
  addresses jsonb not null default '[]',
  contacts jsonb not null default '[]',
  provenance jsonb not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz
);
create index customer_updated on customer (updated_at, id);
create index customer_name on customer (coalesce(company_name, full_name, last_name, number, id), id);
create index customer_email on customer (lower(email), id);
create index customer_number on customer (number);

create table sales_order (
  id text primary key,
  version integer not null,
  content_hash text not null,
  type text not null default 'ORDER' check (type in ('ORDER', 'INVOICE', 'CREDIT_NOTE')),
  number text,
  reference text,
  status text not null default 'OPEN',
  payment_status text not null default 'UNPAID',
  fulfillment_status text not null default 'UNFULFILLED',
  customer_id text,
  customer_snapshot jsonb,
  billing_address jsonb,
  shipping_address jsonb,
  placed_at timestamptz not null,
  placed_at_local text,
  document_date text,
  delivery_date text,
  due_date text,
  location_id text,
  currency text not null,
  tax_method text not null default 'INCLUSIVE' check (tax_method in ('INCLUSIVE', 'EXCLUSIVE', 'REVERSE_CHARGED', 'NONE')),
  tax_country text,
  lines jsonb not null default '[]',
  shipping_method text,
  taxes jsonb not null default '[]',
  total_excl numeric(19, 6),
  total_tax numeric(19, 6),
  total_incl numeric(19, 6),
  paid_amount numeric(19, 6),
  payments jsonb not null default '[]',
  payment_method text,
  payment_term text,
  note text,
  provenance jsonb not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz
);
create index sales_order_placed on sales_order (placed_at desc, id desc);
create index sales_order_updated on sales_order (updated_at, id);
create index sales_order_number on sales_order (number);
create index sales_order_reference on sales_order (reference) where reference is not null;
create index sales_order_customer on sales_order (customer_id, placed_at desc, id desc);
create index sales_order_status on sales_order (status, placed_at desc, id desc);
create index sales_order_lines on sales_order using gin (lines jsonb_path_ops);
comment on column sales_order.lines is 'The order keeps its own copy of names, prices and VAT; the product may be gone.';

alter table external_reference add column shown jsonb;
comment on column external_reference.shown is 'What the system said last of the fields that several systems may change, in canonical words: only a difference from it is a change of its own (G5). Set by ingest and by the acknowledgement of a write.';
create index external_reference_key on external_reference (system, entity, natural_key) where natural_key is not null;

create table deferred_change (
  system text not null,
  entity text not null,
  external_id text not null,
  canonical_id text,
  version numeric(30) not null,
  change jsonb not null,
  trace_id text not null,
  log_topic text,
  log_partition integer,
  log_offset bigint,
  deferred_at timestamptz not null default now(),
  primary key (system, entity, external_id)
);
comment on table deferred_change is 'Changes that a system showed while a write to the same record was under way: which part of them is our own can be told only once its outcome is known. Newest per record.';

create table reference_alias (
  system text not null,
  entity text not null,
  canonical_id text not null,
  external_id text not null,
  created_at timestamptz not null default now(),
  primary key (system, entity, canonical_id)
);
create index reference_alias_external on reference_alias (system, entity, external_id);
comment on table reference_alias is 'Records of the hub that share one record of a system with another one (two customers with one e-mail address): it stands for them, but only its own record writes to it.';

create table allocated_number (
  system text not null,
  entity text not null,
  canonical_id text not null,
  number numeric(18) not null,
  allocated_at timestamptz not null default now(),
  primary key (system, entity, canonical_id),
  unique (system, entity, number)
);
comment on table allocated_number is 'Numbers that the hub gave to records whose own key the system cannot hold. Never changed, never given twice.';

alter table projection drop constraint projection_entity_check;
alter table projection add constraint projection_entity_check
  check (entity in ('product', 'variant', 'category', 'stock', 'customer', 'contact', 'order'));
alter table projection add column match_key text;
comment on column projection.match_key is 'While a record is being made: what a record of the target would be matched by. Two records with the same key are never made at the same time.';
create index projection_match_key on projection (target, entity, match_key) where match_key is not null;

alter table flow drop constraint flow_entity_check;
alter table flow add constraint flow_entity_check check (entity in ('product', 'category', 'stock', 'customer', 'order'));
