-- why: after a time in which nobody looked, flows are given their time to catch up before anybody is told that they are late.

alter table alert_watch add column since timestamptz not null default now();
comment on column alert_watch.since is 'Since when rules have been looked after without a gap.';
