-- why: the journal's counter is always there, so that whoever appends to it need not look, and COMMIT can go with the statement.

insert into log_partition (topic, partition) values ('journal', 0) on conflict do nothing;
