-- why: a flow that somebody pauses for an hour goes on by itself, also when nobody thinks of it any more.

alter table flow add column paused_until timestamptz;
