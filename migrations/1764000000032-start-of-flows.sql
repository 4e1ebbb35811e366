-- why: a flow that starts now sends nothing of the past, also nothing that another flow has brought in before; so it must be known when it started.

alter table flow add column started_at timestamptz not null default now();
update flow set started_at = created_at;
comment on column flow.started_at is 'When the flow was enabled first, or its start was set anew. For one that starts now everything that the hub knew before is past.';
