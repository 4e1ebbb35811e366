-- why: people sign in with accounts of their own, so that what was done can be told by person and taken away from one person.

create table app_user (
  id text primary key,
  version integer not null default 1,
  name text not null,
  email text not null,
  email_key text not null unique,
  role text not null check (role in ('VIEWER', 'OPERATOR', 'EDITOR', 'ADMIN')),
  language text not null default 'en',
  is_disabled boolean not null default false,
  password_hash text,
  invitation_hash text unique,
  invitation_expires_at timestamptz,
  created_at timestamptz not null default now(),
  created_by text,
  last_seen_at timestamptz
);
comment on column app_user.email_key is 'The e-mail address in small letters and one form of Unicode, so that it belongs to one person only.';
comment on column app_user.password_hash is 'scrypt with its parameters and salt; null until an invitation was accepted.';
comment on column app_user.invitation_hash is 'SHA-256 of a token that is shown once and sets the password once.';
comment on column app_user.created_by is 'Id of the user or key; null for the first account.';

create table session (
  hash text primary key,
  user_id text not null references app_user (id) on delete cascade,
  created_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  expires_at timestamptz not null
);
create index session_of_user on session (user_id);
create index session_age on session (expires_at);
comment on column session.hash is 'SHA-256 of the token in the cookie; the token itself is kept nowhere.';
