-- why: while a hundred thousand records are loaded, hashes of the overlap are forgotten and runs are counted without reading whole tables.

create index capture_seen_version on capture_seen (system, stream, version);
create index journal_at on journal using brin (at) with (pages_per_range = 32, autosummarize = on);
