-- why: people are told when something needs them, by rules that they set, and see what was sent to whom.

create table alert_channel (
  id text primary key,
  kind text not null check (kind in ('EMAIL', 'WEBHOOK')),
  name text not null,
  target text not null,
  secrets bytea,
  has_secret boolean not null default false,
  language text not null default 'en',
  verified_at timestamptz,
  last_error text,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
comment on column alert_channel.target is 'An e-mail address, or the URL of a webhook without its query, as people are shown it.';
comment on column alert_channel.secrets is 'The whole URL of a webhook and what its messages are signed with, sealed as security/secrets.ts says.';
comment on column alert_channel.has_secret is 'Whether messages are signed.';
comment on column alert_channel.language is 'In which messages are written: that of whoever set it up.';
comment on column alert_channel.verified_at is 'When a message went through first since its target was last changed.';

create table alert_rule (
  id text primary key,
  name text not null,
  kind text not null,
  severity text not null,
  threshold integer,
  window_minutes integer,
  flows text[] not null default '{}',
  systems text[] not null default '{}',
  channels text[] not null default '{}',
  is_enabled boolean not null default true,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
comment on column alert_rule.flows is 'Keys; empty = all. One that is limited to flows or systems of which none is left is switched off.';

create table alert (
  id text primary key,
  rule text references alert_rule (id) on delete set null,
  kind text not null,
  severity text not null,
  subject text not null,
  flow text,
  system text,
  title text not null,
  description text not null,
  path text,
  started_at timestamptz not null default now(),
  missed integer not null default 0,
  acknowledged_at timestamptz,
  acknowledged_by text,
  note text,
  snoozed_until timestamptz,
  resolved_at timestamptz,
  rests boolean not null default false
);
create unique index alert_of_subject on alert (rule, subject) where resolved_at is null;
create index alert_resting on alert (rule, subject) where rests;
create index alert_list on alert (started_at desc, id desc);
comment on column alert.subject is 'What it is about: flow:<key>, system:<key>, or all.';
comment on column alert.missed is 'Rounds in a row in which its condition did not hold.';
comment on column alert.rests is 'Ended by a person while its condition held: nothing begins anew until the condition has ended or the rule was saved.';

create table alert_notification (
  id text primary key,
  alert text not null references alert (id) on delete cascade,
  channel text references alert_channel (id) on delete set null,
  reason text not null check (reason in ('STARTED', 'REMINDER', 'RESOLVED')),
  created_at timestamptz not null default now(),
  due_at timestamptz not null default now(),
  claimed_by text,
  claimed_until timestamptz not null default '-infinity',
  attempts integer not null default 0,
  tried_at timestamptz,
  last_error text,
  delivered_at timestamptz,
  given_up_at timestamptz
);
create unique index alert_notification_once on alert_notification (alert, channel, reason) where reason <> 'REMINDER';
create index alert_notification_of_alert on alert_notification (alert);
create index alert_notification_due on alert_notification (due_at) where delivered_at is null and given_up_at is null;
comment on column alert_notification.claimed_until is 'Whoever has claimed it sends it until then; afterwards anybody may.';

create table alert_watch (
  is_only boolean primary key default true check (is_only),
  owner text,
  lease_until timestamptz not null default '-infinity'
);
comment on table alert_watch is 'Which process looks after the rules; one row.';
insert into alert_watch default values;
