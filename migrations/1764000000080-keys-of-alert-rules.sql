-- why: a configuration file names rules and channels of alerts by a key, which stays when their name changes and is the same in another hub.

alter table alert_rule add column key text;
alter table alert_channel add column key text;
comment on column alert_rule.key is 'What a configuration file calls it; given by a trigger when it is made without one.';
comment on column alert_channel.key is 'What a configuration file calls it; given by a trigger when it is made without one.';

create function give_alert_key() returns trigger language plpgsql as $$
declare
  plain text := translate(lower(new.name), 'àáâäãåçèéêëìíîïñòóôöõùúûüýÿ', 'aaaaaaceeeeiiiinooooouuuuyy');
  base text := trim(both '-' from left(trim(both '-' from regexp_replace(plain, '[^a-z0-9]+', '-', 'g')), 50));
  tried integer := 1;
  is_taken boolean;
begin
  if new.key is not null then
    return new;
  end if;
  if base = '' then
    base := 'unnamed';
  end if;
  -- Two that are made at once see each other.
  perform pg_advisory_xact_lock(hashtext('koppel.alert-keys'));
  loop
    new.key := base || case when tried = 1 then '' else '-' || tried end;
    execute format('select exists (select from %I where key = $1)', tg_table_name) into is_taken using new.key;
    exit when not is_taken;
    tried := tried + 1;
  end loop;
  return new;
end $$;

create trigger alert_rule_keyed before insert or update on alert_rule for each row execute function give_alert_key();
create trigger alert_channel_keyed before insert or update on alert_channel for each row execute function give_alert_key();

update alert_rule set key = null;
update alert_channel set key = null;
create unique index alert_rule_key on alert_rule (key);
create unique index alert_channel_key on alert_channel (key);
