-- why: people name the filters of lists that they look at again and again, find them on any machine, and give them to others.

create table saved_view (
  id text primary key,
  owner_id text not null references app_user (id) on delete cascade,
  list text not null check (list in ('ACTIVITY', 'PROBLEMS', 'PRODUCTS', 'CUSTOMERS', 'ORDERS', 'STOCK', 'AUDIT')),
  name text not null,
  query text not null,
  is_shared boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create unique index saved_view_name on saved_view (owner_id, list, lower(name));
comment on column saved_view.query is 'The filter as it stands in the address of the list, behind its question mark.';

create table saved_view_default (
  user_id text not null references app_user (id) on delete cascade,
  list text not null,
  view_id text not null references saved_view (id) on delete cascade,
  primary key (user_id, list)
);
create index saved_view_default_view on saved_view_default (view_id);
comment on table saved_view_default is 'With which view a list begins for a person: one of his own, or one that somebody shares.';
