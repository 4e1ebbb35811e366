-- why: who made a key and from where something was done can be seen, and a key can be limited to documents that were written down before.

alter table api_key add column created_by text;
alter table api_key add column trusted_documents_only boolean not null default false;
comment on column api_key.created_by is 'Id of the key with which it was made; null for the one of the first start.';

alter table audit add column address text;
alter table audit add column user_agent text;
create index audit_of_subject on audit (subject, id);
create index audit_of_actor on audit (actor, id);
