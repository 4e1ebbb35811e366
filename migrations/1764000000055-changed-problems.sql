-- why: whoever follows problems is told of each that arises or ends, also when a long transaction commits late; the transaction that changed a row says which rows are new to a snapshot.

alter table parked add column changed_in xid8;
create index parked_changed on parked (changed_in);
comment on column parked.changed_in is 'The transaction that changed the row last, set by a trigger; null for rows from before.';

create function note_changed_in() returns trigger language plpgsql as $$
begin
  new.changed_in := pg_current_xact_id();
  return new;
end $$;
create trigger parked_changed before insert or update on parked for each row execute function note_changed_in();
