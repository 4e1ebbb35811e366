-- why: records with a mark that the hub does not know go on when the record of that mark is read; who waits is asked every second.

create index parked_mark on parked (system) where code = 'MARK_UNKNOWN' and status in ('OPEN', 'REPLAYING');
