-- why: after a lost answer to an update the hub tells its own write from somebody's edit by what it had sent.

alter table projection add column sent jsonb;
comment on column projection.sent is 'The fields that the update under way asks for; kept until its outcome is known. What a create sends stands in wanted.';
