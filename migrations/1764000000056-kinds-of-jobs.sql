-- why: jobs send records again too, of a flow or by their ids; other kinds of long work follow.

alter table job drop constraint job_kind_check;
alter table job add constraint job_kind_check check (kind in ('UNDO', 'REPLAY', 'BACKFILL', 'IMPACT_ANALYSIS', 'RECONCILIATION', 'REPAIR', 'EXPORT', 'CONFIG_IMPORT', 'ERASURE'));
