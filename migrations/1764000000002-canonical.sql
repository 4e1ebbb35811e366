-- why: the hub's own copy of the catalogue and stock, and which record of which system is which canonical record.



create table product (
  id text primary key,
  version integer not null,
  content_hash text not null,
  code text,
  type text not null default 'SIMPLE' check (type in ('SIMPLE', 'CONFIGURABLE')),
  status text not null default 'ACTIVE' check (status in ('ACTIVE', 'DISCONTINUED', 'ARCHIVED')),
  name text not null,
  short_description text,
  description text,
  brand text,
  is_visible_in_webshop boolean not null default true,
  categories text[] not null default '{}',
  attributes jsonb not null default '[]',
  provenance jsonb not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz
);
create index product_updated on product (updated_at, id);
create index product_name on product (name, id);
create index product_categories on product using gin (categories);
comment on column product.categories is 'Canonical ids in order; a category may be mentioned before it has been read.';

create table variant (
  id text primary key,
  version integer not null,
  content_hash text not null,
  product_id text not null,
  position integer not null default 0,
  sku text not null,
  name text,
  gtin text,
  barcodes text[] not null default '{}',
  is_active boolean not null default true,
  options jsonb not null default '[]',
  price_amount numeric(19, 6),
  price_currency text,
  price_includes_tax boolean,
  tax_class text,
  tax_rate numeric(7, 4),
  purchase_price numeric(19, 6),
  unit_code text,
  weight_grams integer,
  tracks_stock boolean not null default true,
  provenance jsonb not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz
);
create index variant_product on variant (product_id, position, id);
create index variant_sku on variant (sku);
create index variant_gtin on variant (gtin) where gtin is not null;

create table category (
  id text primary key,
  version integer not null,
  content_hash text not null,
  parent_id text,
  code text,
  name text not null,
  description text,
  position integer not null default 0,
  is_active boolean not null default true,
  provenance jsonb not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz
);
create index category_parent on category (parent_id, position, id);

create table stock_location (
  id text primary key,
  version integer not null,
  content_hash text not null,
  code text not null,
  name text not null,
  is_active boolean not null default true,
  provenance jsonb not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz
);

create table stock_level (
  id text primary key,
  version integer not null,
  content_hash text not null,
  variant_id text not null,
  location_id text not null,
  on_hand numeric(19, 6) not null,
  reserved numeric(19, 6) not null default 0,
  incoming numeric(19, 6) not null default 0,
  safety_stock numeric(19, 6) not null default 0,
  as_of timestamptz not null default now(),
  provenance jsonb not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz
);
create index stock_level_variant on stock_level (variant_id, location_id);
create index stock_level_location on stock_level (location_id, id);

create table external_reference (
  system text not null,
  entity text not null,
  external_id text not null,
  canonical_id text not null,
  natural_key text,
  origin text not null check (origin in ('INGESTED', 'MATCHED', 'CREATED', 'MANUAL', 'MENTIONED')),
  source_version numeric(30),
  content_hash text,
  first_seen_at timestamptz not null default now(),
  last_seen_at timestamptz,
  last_written_at timestamptz,
  primary key (system, entity, external_id),
  unique (system, entity, canonical_id)
);
create index external_reference_canonical on external_reference (canonical_id);
comment on column external_reference.origin is 'MENTIONED: another record referred to it before it was read itself; its canonical id is already reserved.';
comment on column external_reference.content_hash is 'Hash of the last document that was taken over; a change with the same hash is not looked at again.';
