-- why: a key may have fewer scopes than its role, so that a program gets only what it needs.

alter table api_key add column scopes text[];
comment on column api_key.scopes is 'Null = all scopes of the role.';
